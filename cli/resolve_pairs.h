/* resolve_pairs.h - the doubtful pairs of a resolution as a file for a person, and the file read
 * back. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row a pair: kind, a, b, name_a, name_b, where_a, where_b, source_a, source_b, probability,
 * bits, agreement, why, same, reason. The last two are for the person: yes or no (ja, nee), and
 * why.
 */
#ifndef SPIL_CLI_RESOLVE_PAIRS_H
#define SPIL_CLI_RESOLVE_PAIRS_H

#include "engine/resolution/resolve.h"

/* Written aside and renamed; mode 0600. */
spil_status spil_pairs_write(const char *path, const spil_facts *facts,
                             const spil_resolution *resolution, spil_err *err) SPIL_CHECKED;

typedef struct spil_pairs_read_counts {
    uint64_t same, different, open; /* open: rows without an answer */
} spil_pairs_read_counts;

/* Puts the answers of the file into the store. Inside a transaction: SPIL_INPUT names the first bad
 * row, and the caller rolls back. Columns are found by name: a, b and same must be there. */
spil_status spil_pairs_read(spil_pairs_read_counts *out, spil_store *store, const char *path,
                            const char *reviewer, spil_err *err) SPIL_CHECKED;

#endif
