/* suggest.h - a first mapping for a file, guessed from its header and its first rows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * suggest_words.def says which names of columns mean what; values confirm a guess or make one
 * where the name says nothing (a column full of postcodes is one). No value of the file comes out,
 * only what shape values have: a mapping is passed on, the file is not.
 */
#ifndef SPIL_LOADERS_SUGGEST_H
#define SPIL_LOADERS_SUGGEST_H

#include "engine/base/str.h"

/* Appends the text of the mapping. */
spil_status spil_mapping_suggest(spil_str *out, const char *path, spil_err *err) SPIL_CHECKED;
/* The same of bytes in memory: for tests. */
spil_status spil_mapping_suggest_memory(spil_str *out, const char *name, const void *bytes,
                                        size_t length, spil_err *err) SPIL_CHECKED;

#endif
