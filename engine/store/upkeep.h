/* upkeep.h - what is in a store, whether it is sound, and what must go.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_STORE_UPKEEP_H
#define SPIL_STORE_UPKEEP_H

#include "engine/store/store.h"

typedef struct spil_store_counts {
    int schema; /* version */
    uint64_t bytes, sources, entities, attributes, links, roles, signals, rejects, runs, decisions,
        audit_entries;
    spil_day first_expiry; /* earliest keep_until; SPIL_NO_DAY when no source states one */
} spil_store_counts;

spil_status spil_store_info(spil_store_counts *out, spil_store *store, spil_err *err) SPIL_CHECKED;

/* Looks at every page, reference, kind, count of rejected rows and audit entry. each (may be NULL)
 * gets every problem in plain words; *problems says how many. */
spil_status spil_store_check(spil_store *store, void (*each)(const char *problem, void *user),
                             void *user, uint64_t *problems, spil_err *err) SPIL_CHECKED;

typedef struct spil_purged {
    uint64_t sources, entities, attributes, links, roles, signals, rejects, runs, decisions;
} spil_purged;

/* Deletes every source whose keep_until lies before the day, all that came from it alone, and all
 * runs, with the decisions on them: each was made of it too. An entity that another source names or
 * refers to stays, with what that source says of it. Overwrites what it frees, rebuilds the file,
 * and writes the audit entry (counts and digests, nobody's name). Outside a transaction; needs room
 * for a second copy of the file. When only the rebuilding fails the rows are gone all the same, and
 * the message says so; the next purge rebuilds. */
spil_status spil_store_purge(spil_purged *out, spil_store *store, spil_day before,
                             spil_err *err) SPIL_CHECKED;

#endif
