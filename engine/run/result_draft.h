/* result_draft.h - a result in the making: what the parts of result.c share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts are borrowed from facts, rows and models, which the result keeps. Parts run in the order
 * below: communities say what is shown, targets and chains add to it, entities come last and
 * translate positions in the facts into positions in result->entities.
 */
#ifndef SPIL_RUN_RESULT_DRAFT_H
#define SPIL_RUN_RESULT_DRAFT_H

#include "engine/base/vec.h"
#include "engine/graph/network.h"
#include "engine/run/result.h"
#include "engine/store/results.h"

struct spil_result_room {
    spil_facts *facts;
    spil_results *rows;
    spil_model_set *models;
    spil_arena *arena;
    SPIL_VEC(void *) blocks;
};

typedef struct spil_draft {
    spil_result *result;
    struct spil_result_room *room;
    const spil_result_opts *opts;
    const spil_facts *facts;
    const spil_results *rows;
    spil_network *network;
    uint32_t *model_at;  /* rows->models: position in room->models */
    uint32_t *source_at; /* facts->sources: position in the result */
    uint32_t *shown_as;  /* rows->communities: position in result, or SPIL_NOT_SHOWN */
    uint32_t *entity_at; /* facts->entities: 1 when shown; then its position, else NOT_SHOWN */
    double *degree, *betweenness; /* facts->entities; NAN where there is none */
    /* links of edge e: edge_links[edge_link_row[e] .. edge_link_row[e + 1]) */
    size_t *edge_link_row;
    uint32_t *edge_links;
} spil_draft;

/* An array that lives as long as the result. */
spil_status spil_draft_array(const spil_draft *draft, void **out, size_t count, size_t size,
                             spil_err *err) SPIL_CHECKED;
#define DRAFT_ARRAY(draft, pointer, count, err)                                                    \
    spil_draft_array((draft), (void **)&(pointer), (count), sizeof *(pointer), (err))
spil_origin spil_draft_origin(const spil_draft *draft, spil_origin origin);
/* Position in result->models of the id, or SPIL_NOT_SHOWN. */
uint32_t spil_draft_model(const spil_draft *draft, const char *id);
const spil_model *spil_draft_model_file(const spil_draft *draft, uint32_t model);
/* Position of the step in the model, or step_count. */
size_t spil_draft_step(const spil_model *model, const char *id);

static inline spil_spread spil_draft_spread(spil_points p)
{
    return (spil_spread){.p5 = p.p5, .p50 = p.p50, .p95 = p.p95, .mean = p.mean};
}

/* result_input.c */
spil_status spil_draft_input(spil_draft *draft, spil_store *store, spil_err *err) SPIL_CHECKED;
/* result_model.c: SPIL_INPUT when a file is not the one the run used. */
spil_status spil_draft_models(spil_draft *draft, spil_err *err) SPIL_CHECKED;
/* result_community.c */
spil_status spil_draft_communities(spil_draft *draft, spil_err *err) SPIL_CHECKED;
/* result_network.c: nodes and edges of the community at that position, whose chains are done. */
spil_status spil_draft_network(spil_draft *draft, size_t community, spil_err *err) SPIL_CHECKED;
/* result_chain.c: chains of the run's community k, best first. */
spil_status spil_draft_chains(spil_draft *draft, spil_result_community *out, uint32_t k,
                              spil_err *err) SPIL_CHECKED;
spil_result_barrier spil_draft_barrier(const spil_model_barrier *barrier);
/* result_target.c */
spil_status spil_draft_targets(spil_draft *draft, spil_err *err) SPIL_CHECKED;
/* result_overview.c: once it is known which communities are shown. */
spil_status spil_draft_overview(spil_draft *draft, spil_err *err) SPIL_CHECKED;
/* result_entity.c: until now positions in the facts; from now on in result->entities. */
spil_status spil_draft_entities(spil_draft *draft, spil_err *err) SPIL_CHECKED;
/* result_record.c: of the entities, once they have their positions. */
spil_status spil_draft_records(spil_draft *draft, spil_err *err) SPIL_CHECKED;

#endif
