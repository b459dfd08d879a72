/* resolve_kind.h - the entities of one kind: from records to merges. For resolve.c alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_RESOLUTION_RESOLVE_KIND_H
#define SPIL_RESOLUTION_RESOLVE_KIND_H

#include "engine/base/vec.h"
#include "engine/resolution/resolve.h"

typedef struct spil_resolve_job {
    spil_reading *reading;
    const spil_known_pair *answers; /* a < b, in order, each pair once */
    size_t answer_count;
    const spil_resolve_opts *opts;
    SPIL_VEC(spil_merge_row) merges;
    SPIL_VEC(spil_weighed_pair) doubtful;
    spil_arena *arena;
} spil_resolve_job;

/* Appends to merges and doubtful, fills kind, and moves reading->one to the merged entities. */
spil_status spil_resolve_kind(spil_resolve_job *job, spil_resolved_kind *kind,
                              spil_err *err) SPIL_CHECKED;

#endif
