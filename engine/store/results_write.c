/* results_write.c - the rows of a run into the store. See results.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One prepared statement a table, one step a row. Positions in the facts become ids on the way.
 */
#include "engine/store/db.h"
#include "engine/store/results.h"

#include <string.h>

static spil_status entity_id(const spil_facts *facts, uint32_t entity, int64_t *out, spil_err *err)
{
    if (entity >= facts->entity_count)
        return spil_fail(err, SPIL_RANGE, "the facts have no entity %u", entity);
    *out = facts->entities[entity].id;
    return SPIL_OK;
}

/* Little-endian, whatever the machine: a store may be read on another. */
static void encode(const double *values, size_t count, unsigned char *out)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        for (unsigned byte = 0; byte < 8; byte++)
            out[i * 8 + byte] = (unsigned char)(bits >> (8 * byte));
    }
}

spil_status spil_store_add_run_models(spil_store *store, int64_t run,
                                      const spil_run_model_row *rows, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    for (size_t i = 0; i < count; i++)
        TRY(DB_RUN(store, ADD_RUN_MODEL, err, DB_INT(run), DB_TEXT(rows[i].model),
                   DB_TEXT(rows[i].version), DB_TEXT(rows[i].digest)));
done:
    return rc;
}

spil_status spil_store_add_figures(spil_store *store, int64_t run, const spil_figure_row *rows,
                                   size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    for (size_t i = 0; i < count; i++)
        TRY(DB_RUN(store, ADD_FIGURE, err, DB_INT(run), DB_TEXT(rows[i].name),
                   DB_REAL(rows[i].value)));
done:
    return rc;
}

spil_status spil_store_drop_figures(spil_store *store, int64_t run, const char *begin,
                                    spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(DB_RUN(store, DROP_FIGURES, err, DB_INT(run), DB_TEXT(begin)));
done:
    return rc;
}

spil_status spil_store_add_metric(spil_store *store, int64_t run, const spil_facts *facts,
                                  const spil_metric_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t entity = 0;
    TRY(spil_db_must_write(store, err));
    TRY(DB_RUN(store, ADD_METRIC, err, DB_INT(run), DB_TEXT(row->name), DB_INT(row->approximate),
               DB_REAL(row->error), DB_REAL(row->confidence), DB_INT(row->sure_ranks),
               DB_REAL(row->top_error)));
    const int64_t metric = spil_db_new_id(store);
    for (size_t i = 0; i < row->count; i++) {
        TRY(entity_id(facts, row->entity[i], &entity, err));
        TRY(DB_RUN(store, ADD_METRIC_VALUE, err, DB_INT(metric), DB_INT(entity),
                   DB_REAL(row->value[i])));
    }
done:
    return rc;
}

spil_status spil_store_add_communities(spil_store *store, int64_t run,
                                       const spil_community_row *rows, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    for (size_t i = 0; i < count; i++)
        TRY(DB_RUN(store, ADD_COMMUNITY, err, DB_INT(run), DB_INT(i), DB_INT(rows[i].size),
                   DB_INT(rows[i].inner_edges), DB_INT(rows[i].cut_edges), DB_REAL(rows[i].density),
                   DB_REAL(rows[i].conductance), DB_REAL(rows[i].stability)));
done:
    return rc;
}

spil_status spil_store_add_members(spil_store *store, int64_t run, const spil_facts *facts,
                                   const spil_member_row *rows, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t entity = 0;
    TRY(spil_db_must_write(store, err));
    for (size_t i = 0; i < count; i++) {
        TRY(entity_id(facts, rows[i].entity, &entity, err));
        TRY(DB_RUN(store, ADD_MEMBER, err, DB_INT(run), DB_INT(rows[i].community), DB_INT(entity),
                   DB_REAL(rows[i].membership)));
    }
done:
    return rc;
}

spil_status spil_store_add_scores(spil_store *store, int64_t run, size_t draws,
                                  const spil_score_row *rows, size_t count, spil_err *err)
{
    static const char *const parts[] = {"chain", "process", "step", "role"};
    spil_status rc = SPIL_OK;
    unsigned char *bytes = NULL;
    TRY(spil_db_must_write(store, err));
    TRY(NEW_ARRAY(bytes, draws * 8, err));
    for (size_t i = 0; i < count; i++) {
        const spil_score_row *const row = &rows[i];
        const spil_points *const p = &row->probability, *const f = &row->filled;
        if (row->draw)
            encode(row->draw, draws, bytes);
        TRY(DB_RUN(store, ADD_SCORE, err, DB_INT(run), DB_INT(row->community), DB_TEXT(row->model),
                   DB_TEXT(parts[row->part]), DB_TEXT(row->step), DB_TEXT(row->role),
                   DB_REAL(p->p5), DB_REAL(p->p50), DB_REAL(p->p95), DB_REAL(p->mean),
                   DB_REAL(f->p5), DB_REAL(f->p50), DB_REAL(f->p95), DB_REAL(f->mean),
                   DB_REAL(row->stand_ins), DB_INT(row->weakest),
                   DB_BLOB(row->draw ? bytes : NULL, draws * 8)));
    }
done:
    spil_free(bytes);
    return rc;
}

spil_status spil_store_add_holders(spil_store *store, int64_t run, const spil_facts *facts,
                                   const spil_holder_row *rows, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t entity = 0;
    TRY(spil_db_must_write(store, err));
    for (size_t i = 0; i < count; i++) {
        TRY(entity_id(facts, rows[i].entity, &entity, err));
        TRY(DB_RUN(store, ADD_HOLDER, err, DB_INT(run), DB_INT(rows[i].community),
                   DB_TEXT(rows[i].model), DB_TEXT(rows[i].step), DB_TEXT(rows[i].role),
                   DB_INT(entity), DB_REAL(rows[i].q)));
    }
done:
    return rc;
}

spil_status spil_store_add_falls(spil_store *store, int64_t run, const spil_facts *facts,
                                 const spil_fall_row *rows, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t entity = 0;
    TRY(spil_db_must_write(store, err));
    for (size_t i = 0; i < count; i++) {
        const spil_points *const fall = &rows[i].fall;
        TRY(entity_id(facts, rows[i].entity, &entity, err));
        TRY(DB_RUN(store, ADD_FALL, err, DB_INT(run), DB_INT(rows[i].community),
                   DB_TEXT(rows[i].model), DB_INT(entity), DB_REAL(fall->p5), DB_REAL(fall->p50),
                   DB_REAL(fall->p95), DB_REAL(fall->mean)));
    }
done:
    return rc;
}

/* Id of the row that a contribution rests on; 0 for none. */
static spil_status reference_id(const spil_facts *facts, const spil_contribution_row *row,
                                int64_t *out, spil_err *err)
{
    const size_t i = row->reference;
    size_t count = 1;
    int64_t id = 0;
    switch (row->refers) {
    case SPIL_REFERENCE_SIGNAL:
        id = i < (count = facts->signal_count) ? facts->signals[i].id : 0;
        break;
    case SPIL_REFERENCE_ATTRIBUTE:
        id = i < (count = facts->attribute_count) ? facts->attributes[i].id : 0;
        break;
    case SPIL_REFERENCE_ROLE:
        id = i < (count = facts->role_count) ? facts->roles[i].id : 0;
        break;
    case SPIL_REFERENCE_LINK:
        id = i < (count = facts->link_count) ? facts->links[i].id : 0;
        break;
    case SPIL_REFERENCE_NONE:
    default:
        *out = 0;
        return SPIL_OK;
    }
    if (i >= count)
        return spil_fail(err, SPIL_RANGE, "contribution '%s' names row %zu of %zu", row->name, i,
                         count);
    *out = id;
    return SPIL_OK;
}

spil_status spil_store_add_contributions(spil_store *store, int64_t run, const spil_facts *facts,
                                         const spil_contribution_row *rows, size_t count,
                                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t entity = 0, reference = 0;
    TRY(spil_db_must_write(store, err));
    for (size_t i = 0; i < count; i++) {
        const spil_contribution_row *const row = &rows[i];
        TRY(entity_id(facts, row->entity, &entity, err));
        TRY(reference_id(facts, row, &reference, err));
        const spil_reference to = row->refers;
        TRY(DB_RUN(store, ADD_CONTRIBUTION, err, DB_INT(run), DB_INT(row->community),
                   DB_TEXT(row->model), DB_INT(entity), DB_TEXT(row->step), DB_TEXT(row->kind),
                   DB_TEXT(row->name), DB_ID(to == SPIL_REFERENCE_SIGNAL ? reference : 0),
                   DB_ID(to == SPIL_REFERENCE_ATTRIBUTE ? reference : 0),
                   DB_ID(to == SPIL_REFERENCE_ROLE ? reference : 0),
                   DB_ID(to == SPIL_REFERENCE_LINK ? reference : 0), DB_REAL(row->value)));
    }
done:
    return rc;
}

spil_status spil_store_add_actions(spil_store *store, int64_t run, const spil_facts *facts,
                                   size_t draws, spil_action_row *rows, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    unsigned char *bytes = NULL;
    int64_t entity = 0;
    TRY(spil_db_must_write(store, err));
    TRY(NEW_ARRAY(bytes, draws * 8, err));
    for (size_t i = 0; i < count; i++) {
        spil_action_row *const row = &rows[i];
        TRY(entity_id(facts, row->entity, &entity, err));
        if (row->draw)
            encode(row->draw, draws, bytes);
        TRY(DB_RUN(store, ADD_ACTION, err, DB_INT(run), DB_INT(row->community), DB_TEXT(row->model),
                   DB_TEXT(row->step), DB_TEXT(row->barrier), DB_TEXT(row->partner), DB_INT(entity),
                   DB_REAL(row->hours), DB_REAL(row->lead_days), DB_REAL(row->effect),
                   DB_REAL(row->recovers), DB_INT(row->candidates), DB_REAL(row->gain.p5),
                   DB_REAL(row->gain.p50), DB_REAL(row->gain.p95), DB_REAL(row->gain.mean),
                   DB_BLOB(row->draw ? bytes : NULL, draws * 8), DB_REAL(row->cost),
                   DB_INT(row->covert), DB_REAL(row->moved), DB_REAL(row->abroad)));
        row->id = spil_db_new_id(store);
    }
done:
    spil_free(bytes);
    return rc;
}

spil_status spil_store_add_targets(spil_store *store, int64_t run, spil_target_row *rows,
                                   size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    for (size_t i = 0; i < count; i++) {
        TRY(DB_RUN(store, ADD_TARGET, err, DB_INT(run), DB_INT(i + 1), DB_INT(rows[i].action),
                   DB_REAL(rows[i].marginal), DB_REAL(rows[i].stability)));
        rows[i].id = spil_db_new_id(store);
        rows[i].status = "proposed";
    }
done:
    return rc;
}
