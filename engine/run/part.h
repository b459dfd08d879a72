/* part.h - one community of a case, scored again as if some of its records were not there.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copied are the members and everything within `reach` links of them, so that rules see what they
 * saw. Nothing else changes: the same communities, draws and day, so that without anything left out
 * the value is that of the whole case, to the last bit. spil_part_new checks that against `known`
 * and takes the whole case along when the neighbourhood does not suffice.
 */
#ifndef SPIL_RUN_PART_H
#define SPIL_RUN_PART_H

#include "engine/barriers/score.h"

typedef enum spil_record_kind {
    SPIL_RECORD_SIGNAL,
    SPIL_RECORD_ROLE,
    SPIL_RECORD_ATTRIBUTE,
    SPIL_RECORD_LINK
} spil_record_kind;

/* A recorded row: index into that array of the whole facts. */
typedef struct spil_record {
    spil_record_kind kind;
    size_t index;
} spil_record;

typedef struct spil_part_opts {
    uint32_t community;
    uint32_t entity; /* value: mean fall of the chain without it; UINT32_MAX: mean chain itself */
    size_t draws;
    uint64_t seed;
    spil_day as_of;
    double known; /* value by the whole case, as far as it is known; NaN: not */
} spil_part_opts;

typedef struct spil_part spil_part;

/* models: the one model that the community is held against. All are borrowed. */
spil_status spil_part_new(spil_part **out, const spil_facts *facts, const spil_network *network,
                          const spil_communities *communities, const spil_model_set *models,
                          const spil_part_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_part_free(spil_part *part);

/* The value without these records; 0 when nothing is left that is evidence. */
spil_status spil_part_value(const spil_part *part, const spil_record *without, size_t count,
                            double *value, spil_err *err) SPIL_CHECKED;

/* Records of the part that may count: signals, roles and attributes of its members, and links with
 * an end among them; by kind, then index. Borrowed. */
const spil_record *spil_part_records(const spil_part *part, size_t *count);

enum { SPIL_HALVING_MOST = 12 }; /* records of a set */

/* What would have to be false for the value to halve. */
typedef struct spil_halving {
    spil_record *records; /* none: no set that was tried halves it. Caller: spil_free */
    size_t count;
    double before, after;
    bool smallest;   /* all smaller sets of records were tried, and none does */
    size_t scorings; /* how often the part was scored for it */
} spil_halving;

/* Greedy: the record whose loss costs most goes first, each time by scoring again; what turns out
 * not to be needed is put back. Sets of one are always tried in full, pairs while they are few.
 * O(set x records) scorings. */
spil_status spil_part_halve(spil_halving *out, const spil_part *part, spil_progress *progress,
                            spil_err *err) SPIL_CHECKED;

#endif
