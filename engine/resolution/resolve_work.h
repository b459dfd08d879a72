/* resolve_work.h - what the files of resolve_kind.c share: one pair weighed, groups, reasons. For
 * them alone. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     resolve_kind.c    the two walks over the blocks, and the merges
 *     resolve_score.c   what a pair weighs
 *     resolve_group.c   groups, and what merged acquaintances add
 *     resolve_reason.c  why it was merged, and why not, in words
 */
#ifndef SPIL_RESOLUTION_RESOLVE_WORK_H
#define SPIL_RESOLUTION_RESOLVE_WORK_H

#include "engine/resolution/candidates.h"
#include "engine/resolution/cluster.h"
#include "engine/resolution/counts.h"
#include "engine/resolution/resolve_kind.h"

#include <stdatomic.h>

typedef SPIL_VEC(spil_scored_pair) spil_pair_list;

typedef struct spil_resolve_work {
    spil_resolve_job *job;
    const spil_words *words;
    const spil_field_set *set;
    spil_records *records;
    spil_frequencies frequencies;
    spil_candidates *blocks;
    spil_linkage *model;
    double *table;         /* weight of each code with all bins 0, without frequency */
    double least_kept;     /* probability */
    uint64_t **counts;     /* threads: of patterns, then the sum in the first */
    spil_pair_list *pairs; /* threads, then all in the first */
    unsigned threads;
    atomic_bool failed;
    uint32_t *group;
} spil_resolve_work;

/* ---- what a pair weighs; a, b: records, a < b ---- */

/* Weights of all codes, once the model is fitted. */
spil_status spil_score_prepare(spil_resolve_work *w, spil_err *err) SPIL_CHECKED;
void spil_score_bins(const spil_resolve_work *w, const spil_agreement *agreement, uint32_t a,
                     uint8_t bin[SPIL_FIELDS]);
/* How common the equal value of the field is; 0 where that does not count. */
double spil_score_share(const spil_resolve_work *w, const spil_agreement *agreement, unsigned f,
                        uint32_t a);
/* What a person said of the two; NULL: nothing. */
const spil_known_pair *spil_score_answer(const spil_resolve_work *w, uint32_t a, uint32_t b);
spil_scored_pair spil_score(const spil_resolve_work *w, uint32_t a, uint32_t b);
/* The same for spil_cluster; user: a spil_resolve_work. */
spil_pair_chance spil_score_chance(const void *user, uint32_t a, uint32_t b);
/* May each of the kept pairs be accepted by itself? */
void spil_score_mark_sure(spil_resolve_work *w);
int spil_by_records(const void *left, const void *right); /* order of scored pairs */

/* ---- groups ---- */

/* Fills w->group and the verdicts of the kept pairs; adds pairs that merged acquaintances make
 * likely. */
spil_status spil_resolve_group(spil_resolve_work *w, spil_err *err) SPIL_CHECKED;

/* ---- words, in the arena of the job ---- */

spil_status spil_reason_for(const spil_resolve_work *w, const spil_scored_pair *pair,
                            const char **out, spil_err *err) SPIL_CHECKED;
spil_status spil_reason_against(const spil_resolve_work *w, const spil_scored_pair *pair,
                                const char **out, spil_err *err) SPIL_CHECKED;

#endif
