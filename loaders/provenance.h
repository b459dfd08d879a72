/* provenance.h - rows that say themselves which file they first came from.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `spil export` writes names for each row the file and line that it came from, by the digest
 * of that file. When it is read again, those files stand in the new case as they stood in the old
 * one, with grade, legal basis and the day until which they may be kept, and each row belongs to
 * its own.
 */
#ifndef SPIL_LOADERS_PROVENANCE_H
#define SPIL_LOADERS_PROVENANCE_H

#include "loaders/intake.h"

/* Before the name of a detail, as a column of links.csv (writer_csv.c). */
#define SPIL_DETAIL_COLUMN "detail:"

/* The file is known from now on; one that was known stays as it is. A digest that is none, or
 * counts that do not add up, are a complaint. */
spil_status spil_provenance_add(spil_intake *intake, const spil_source *file,
                                spil_err *err) SPIL_CHECKED;
/* What is written from now on until the next row belongs to this file (NULL or "": to the file that
 * is read). An unknown digest is a complaint about field. */
spil_status spil_provenance_use(spil_intake *intake, const char *field, const char *sha256,
                                spil_err *err) SPIL_CHECKED;

/* The trait that the name of an attribute says it is, or NULL where it may come in. What stands in
 * a case as hash under a key (secret.h) comes back as that hash, and nothing else under its name.
 */
const spil_trait *spil_provenance_trait(const char *name, const char *value);

#endif
