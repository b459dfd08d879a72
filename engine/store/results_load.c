/* results_load.c - the rows of a run out of the store. See results.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows come by community, then in order of adding, so that each community's rows are one stretch.
 * Ids become positions in the facts on the way.
 */
#include "engine/base/vec.h"
#include "engine/store/db.h"
#include "engine/store/idmap.h"
#include "engine/store/results.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Arrays of numbers that rows point into. */
struct spil_results_blocks {
    SPIL_VEC(void *) all;
};

typedef struct loading {
    spil_store *store;
    const spil_facts *facts;
    spil_results *results;
    unsigned what;
    int64_t run, parent;
    spil_idmap entities, references[SPIL_REFERENCE_LINK + 1];
    spil_idmap actions, targets; /* by id */
} loading;

void spil_results_free(spil_results *results)
{
    if (!results)
        return;
    for (size_t i = 0; results->blocks && i < results->blocks->all.count; i++)
        spil_free(results->blocks->all.items[i]);
    if (results->blocks)
        spil_free(results->blocks->all.items);
    spil_free(results->blocks);
    spil_free(results->models);
    spil_free(results->figures);
    spil_free(results->metrics);
    spil_free(results->communities);
    spil_free(results->members);
    spil_free(results->scores);
    spil_free(results->holders);
    spil_free(results->falls);
    spil_free(results->contributions);
    spil_free(results->actions);
    spil_free(results->targets);
    spil_free(results->decisions);
    spil_free(results->member_row);
    spil_free(results->score_row);
    spil_free(results->holder_row);
    spil_free(results->fall_row);
    spil_free(results->contribution_row);
    spil_arena_free(results->arena);
    spil_free(results);
}

/* ---- pieces of a row ---- */

static spil_status text(loading *load, const spil_cursor *rows, int column, const char **out,
                        spil_err *err)
{
    const char *const found = spil_db_text(rows, column);
    return spil_arena_text(load->results->arena, out, found, strlen(found), err);
}

static spil_points points(const spil_cursor *rows, int first)
{
    return (spil_points){spil_db_real(rows, first), spil_db_real(rows, first + 1),
                         spil_db_real(rows, first + 2), spil_db_real(rows, first + 3)};
}

static spil_status position(const loading *load, const spil_idmap *map, int64_t id,
                            const char *noun, uint32_t *out, spil_err *err)
{
    *out = spil_idmap_get(map, id);
    if (*out != SPIL_NO_POSITION)
        return SPIL_OK;
    return spil_fail(err, SPIL_INPUT, "run %" PRId64 " names %s %" PRId64 ", which is not there",
                     load->run, noun, id);
}

/* The store keeps no row of an entity that is gone; the facts lack those that were merged since. */
static spil_status entity(const loading *load, const spil_cursor *rows, int column, uint32_t *out,
                          spil_err *err)
{
    *out = spil_idmap_get(&load->entities, spil_db_int(rows, column));
    if (*out != SPIL_NO_POSITION)
        return SPIL_OK;
    return spil_fail(err, SPIL_INPUT,
                     "entities were merged since run %" PRId64 "; run 'spil analyze' again",
                     load->run);
}

static spil_status community(const loading *load, const spil_cursor *rows, int column,
                             uint32_t *out, spil_err *err)
{
    const int64_t number = spil_db_int(rows, column);
    if (number < 0 || (uint64_t)number >= load->results->community_count)
        return spil_fail(err, SPIL_INPUT, "run %" PRId64 " has no community %" PRId64, load->run,
                         number);
    *out = (uint32_t)number;
    return SPIL_OK;
}

/* A zeroed array of count numbers of size bytes that dies with the results. */
static spil_status new_block(loading *load, void **out, size_t count, size_t size, spil_err *err)
{
    spil_status rc = SPIL_OK;
    void *block = NULL;
    TRY(spil_alloc(&block, count, size, err));
    TRY(VEC_PUSH(load->results->blocks->all, block, err));
    *out = block;
    block = NULL;
done:
    spil_free(block);
    return rc;
}

static spil_status draws(loading *load, const spil_cursor *rows, int column, const double **out,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    const unsigned char *const bytes = sqlite3_column_blob(rows->statement, column);
    const size_t count = (size_t)sqlite3_column_bytes(rows->statement, column) / 8;
    void *block = NULL;
    *out = NULL;
    if (!bytes || !(load->what & SPIL_RESULTS_DRAWS))
        return SPIL_OK;
    if (load->results->draws != 0 && load->results->draws != count)
        return spil_fail(err, SPIL_INPUT, "run %" PRId64 " has rows of %zu and of %zu draws",
                         load->run, load->results->draws, count);
    load->results->draws = count;
    TRY(new_block(load, &block, count, sizeof(double), err));
    double *const values = block;
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = 0;
        for (unsigned byte = 0; byte < 8; byte++)
            bits |= (uint64_t)bytes[i * 8 + byte] << (8 * byte);
        memcpy(&values[i], &bits, sizeof bits);
    }
    *out = values;
done:
    return rc;
}

/* ---- tables ---- */

typedef spil_status take_row(loading *load, const spil_cursor *rows, void *row, spil_err *err);

/* All rows of the statement into a grown array: take fills one. community_row, where asked for: the
 * start of each community's rows; the community is the first field of the row and of the result. */
static spil_status load_table(loading *load, spil_stmt which, void **items, size_t *count,
                              size_t size, take_row *take, size_t **community_row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    const spil_db_value runs[] = {DB_INT(load->run), DB_INT(load->parent)};
    size_t room = 0;
    if (community_row)
        TRY(NEW_ARRAY(*community_row, load->results->community_count + 1, err));
    TRY(spil_db_select(&rows, load->store, which, runs, 2, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        TRY(spil_vec_reserve(items, *count, &room, size, err));
        void *const row = (char *)*items + *count * size;
        memset(row, 0, size);
        TRY(take(load, &rows, row, err));
        ++*count;
        if (community_row) {
            uint32_t number;
            memcpy(&number, row, sizeof number);
            (*community_row)[number + 1] = *count;
        }
    }
    for (size_t k = 0; community_row && k < load->results->community_count; k++)
        if ((*community_row)[k + 1] < (*community_row)[k]) /* it has no rows */
            (*community_row)[k + 1] = (*community_row)[k];
done:
    spil_db_close(&rows);
    return rc;
}

#define TABLE(statement, name, take, community_row)                                                \
    TRY(load_table(load, SPIL_STMT_##statement, (void **)&results->name##s,                        \
                   &results->name##_count, sizeof *results->name##s, take, community_row, err))

static spil_status take_model(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_run_model_row *const row = out;
    TRY(text(load, rows, 0, &row->model, err));
    TRY(text(load, rows, 1, &row->version, err));
    TRY(text(load, rows, 2, &row->digest, err));
done:
    return rc;
}

static spil_status take_figure(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_figure_row *const row = out;
    row->value = spil_db_real(rows, 1);
    return text(load, rows, 0, &row->name, err);
}

static int order_values(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static spil_status load_values(loading *load, int64_t metric, size_t count, spil_metric_row *row,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    double *by_entity = NULL;
    void *entities = NULL, *values = NULL;
    TRY(new_block(load, &entities, count, sizeof(uint32_t), err));
    TRY(new_block(load, &values, count, sizeof(double), err));
    TRY(NEW_ARRAY(by_entity, load->facts->entity_count, err));
    uint32_t *const which = entities;
    TRY(DB_SELECT(&rows, load->store, METRIC_VALUES, err, DB_INT(metric)));
    for (size_t i = 0; i < count; i++) {
        TRY(spil_db_next(&rows, err));
        TRY(entity(load, &rows, 0, &which[i], err));
        by_entity[which[i]] = spil_db_real(&rows, 1);
    }
    qsort(which, count, sizeof *which, order_values);
    for (size_t i = 0; i < count; i++)
        ((double *)values)[i] = by_entity[which[i]];
    row->entity = which;
    row->value = values;
    row->count = count;
done:
    spil_db_close(&rows);
    spil_free(by_entity);
    return rc;
}

static spil_status take_metric(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_metric_row *const row = out;
    TRY(text(load, rows, 1, &row->name, err));
    row->approximate = spil_db_int(rows, 2) != 0;
    row->error = spil_db_real(rows, 3);
    row->confidence = spil_db_real(rows, 4);
    row->sure_ranks = (uint32_t)spil_db_int(rows, 6);
    row->top_error = spil_db_real(rows, 7);
    TRY(load_values(load, spil_db_int(rows, 0), (size_t)spil_db_int(rows, 5), row, err));
done:
    return rc;
}

static spil_status take_community(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_community_row *const row = out;
    if ((uint64_t)spil_db_int(rows, 0) != load->results->community_count)
        return spil_fail(err, SPIL_INPUT, "run %" PRId64 " lacks community %zu", load->run,
                         load->results->community_count);
    *row = (spil_community_row){.size = (uint64_t)spil_db_int(rows, 1),
                                .inner_edges = (uint64_t)spil_db_int(rows, 2),
                                .cut_edges = (uint64_t)spil_db_int(rows, 3),
                                .density = spil_db_real(rows, 4),
                                .conductance = spil_db_real(rows, 5),
                                .stability = spil_db_real(rows, 6)};
    return SPIL_OK;
}

static spil_status take_member(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_member_row *const row = out;
    TRY(community(load, rows, 0, &row->community, err));
    TRY(entity(load, rows, 1, &row->entity, err));
    row->membership = spil_db_real(rows, 2);
done:
    return rc;
}

static spil_score_part part_of(const char *name)
{
    if (strcmp(name, "chain") == 0)
        return SPIL_PART_CHAIN;
    if (strcmp(name, "process") == 0)
        return SPIL_PART_PROCESS;
    return strcmp(name, "step") == 0 ? SPIL_PART_STEP : SPIL_PART_ROLE;
}

static spil_status take_score(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_score_row *const row = out;
    TRY(community(load, rows, 0, &row->community, err));
    TRY(text(load, rows, 1, &row->model, err));
    row->part = part_of(spil_db_text(rows, 2));
    TRY(text(load, rows, 3, &row->step, err));
    TRY(text(load, rows, 4, &row->role, err));
    row->probability = points(rows, 5);
    row->filled = points(rows, 9);
    row->stand_ins = spil_db_real(rows, 13);
    row->weakest = spil_db_int(rows, 14) != 0;
    TRY(draws(load, rows, 15, &row->draw, err));
done:
    return rc;
}

static spil_status take_holder(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_holder_row *const row = out;
    TRY(community(load, rows, 0, &row->community, err));
    TRY(text(load, rows, 1, &row->model, err));
    TRY(text(load, rows, 2, &row->step, err));
    TRY(text(load, rows, 3, &row->role, err));
    TRY(entity(load, rows, 4, &row->entity, err));
    row->q = spil_db_real(rows, 5);
done:
    return rc;
}

static spil_status take_fall(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_fall_row *const row = out;
    TRY(community(load, rows, 0, &row->community, err));
    TRY(text(load, rows, 1, &row->model, err));
    TRY(entity(load, rows, 2, &row->entity, err));
    row->fall = points(rows, 3);
done:
    return rc;
}

static spil_status take_contribution(loading *load, const spil_cursor *rows, void *out,
                                     spil_err *err)
{
    static const char *const nouns[] = {"", "signal", "attribute", "role", "link"};
    spil_status rc = SPIL_OK;
    spil_contribution_row *const row = out;
    TRY(community(load, rows, 0, &row->community, err));
    TRY(text(load, rows, 1, &row->model, err));
    TRY(entity(load, rows, 2, &row->entity, err));
    TRY(text(load, rows, 3, &row->step, err));
    TRY(text(load, rows, 4, &row->kind, err));
    TRY(text(load, rows, 5, &row->name, err));
    for (int r = SPIL_REFERENCE_SIGNAL; r <= SPIL_REFERENCE_LINK; r++) {
        const int64_t id = spil_db_int(rows, 5 + r); /* 0 for NULL */
        uint32_t at = 0;
        if (id == 0)
            continue;
        TRY(position(load, &load->references[r], id, nouns[r], &at, err));
        row->refers = (spil_reference)r;
        row->reference = at;
    }
    row->value = spil_db_real(rows, 10);
done:
    return rc;
}

static spil_status take_action(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_action_row *const row = out;
    row->id = spil_db_int(rows, 0);
    TRY(community(load, rows, 1, &row->community, err));
    TRY(text(load, rows, 2, &row->model, err));
    TRY(text(load, rows, 3, &row->step, err));
    TRY(text(load, rows, 4, &row->barrier, err));
    TRY(text(load, rows, 5, &row->partner, err));
    TRY(entity(load, rows, 6, &row->entity, err));
    row->hours = spil_db_real(rows, 7);
    row->lead_days = spil_db_real(rows, 8);
    row->effect = spil_db_real(rows, 9);
    row->recovers = spil_db_real(rows, 10);
    row->candidates = (uint32_t)spil_db_int(rows, 11);
    row->gain = points(rows, 12);
    TRY(draws(load, rows, 16, &row->draw, err));
    row->cost = spil_db_real(rows, 17);
    row->covert = spil_db_int(rows, 18) != 0;
    row->moved = spil_db_real(rows, 19);
    row->abroad = spil_db_real(rows, 20);
done:
    return rc;
}

static spil_status take_target(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_target_row *const row = out;
    uint32_t at = 0;
    row->id = spil_db_int(rows, 0);
    TRY(position(load, &load->actions, spil_db_int(rows, 1), "action", &at, err));
    row->action = at;
    row->marginal = spil_db_real(rows, 2);
    row->stability = spil_db_real(rows, 3);
    TRY(text(load, rows, 4, &row->status, err));
done:
    return rc;
}

static spil_status take_decision(loading *load, const spil_cursor *rows, void *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_decision_row *const row = out;
    uint32_t at = 0;
    TRY(position(load, &load->targets, spil_db_int(rows, 0), "target", &at, err));
    row->target = at;
    if (!spil_verdict_find(spil_db_text(rows, 1), &row->verdict))
        rc = spil_fail(err, SPIL_INPUT, "a decision has the unknown verdict '%.40s'",
                       spil_db_text(rows, 1));
    TRY(rc);
    TRY(text(load, rows, 2, &row->reviewer, err));
    TRY(text(load, rows, 3, &row->reason, err));
    row->time = spil_db_int(rows, 4);
done:
    return rc;
}

/* ---- the run ---- */

static spil_status load_run(loading *load, int64_t id, spil_run_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT(&rows, load->store, GET_RUN, err, DB_INT(id)));
    TRY(spil_db_next(&rows, err));
    if (!rows.has_row) {
        rc = spil_fail(err, SPIL_NOT_FOUND, "%s: has no run %" PRId64, load->store->path, id);
        goto done;
    }
    row->id = id;
    row->parent = spil_db_int(&rows, 1);
    TRY(text(load, &rows, 2, &row->command, err));
    TRY(text(load, &rows, 3, &row->options, err));
    TRY(text(load, &rows, 4, &row->version, err));
    TRY(text(load, &rows, 5, &row->input_digest, err));
    row->seed = (uint64_t)spil_db_int(&rows, 6);
    row->draws = (uint64_t)spil_db_int(&rows, 7);
    row->as_of = spil_db_day(&rows, 8);
done:
    spil_db_close(&rows);
    return rc;
}

#define MAP(out, array, count)                                                                     \
    TRY(spil_idmap_build((out), (array) ? &(array)[0].id : NULL, sizeof *(array), (count), err))

static spil_status map_facts(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = load->facts;
    MAP(&load->entities, facts->entities, facts->entity_count);
    if (!(load->what & SPIL_RESULTS_REASONS))
        goto done;
    MAP(&load->references[SPIL_REFERENCE_SIGNAL], facts->signals, facts->signal_count);
    MAP(&load->references[SPIL_REFERENCE_ATTRIBUTE], facts->attributes, facts->attribute_count);
    MAP(&load->references[SPIL_REFERENCE_ROLE], facts->roles, facts->role_count);
    MAP(&load->references[SPIL_REFERENCE_LINK], facts->links, facts->link_count);
done:
    return rc;
}

static spil_status load_findings(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_results *const results = load->results;
    const unsigned what = load->what;
    if (what & SPIL_RESULTS_METRICS)
        TABLE(RUN_METRICS, metric, take_metric, NULL);
    if (what & ~(unsigned)(SPIL_RESULTS_METRICS | SPIL_RESULTS_DRAWS))
        TRY(load_table(load, SPIL_STMT_RUN_COMMUNITIES, (void **)&results->communities,
                       &results->community_count, sizeof *results->communities, take_community,
                       NULL, err));
    if (what & SPIL_RESULTS_COMMUNITIES)
        TABLE(RUN_MEMBERS, member, take_member, &results->member_row);
    if (what & SPIL_RESULTS_SCORES) {
        TABLE(RUN_SCORES, score, take_score, &results->score_row);
        TABLE(RUN_HOLDERS, holder, take_holder, &results->holder_row);
        TABLE(RUN_FALLS, fall, take_fall, &results->fall_row);
    }
    if (what & SPIL_RESULTS_REASONS)
        TABLE(RUN_CONTRIBUTIONS, contribution, take_contribution, &results->contribution_row);
done:
    return rc;
}

static spil_status load_proposals(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_results *const results = load->results;
    if (load->what & (SPIL_RESULTS_ACTIONS | SPIL_RESULTS_TARGETS))
        TABLE(RUN_ACTIONS, action, take_action, NULL);
    if (load->what & SPIL_RESULTS_TARGETS) {
        MAP(&load->actions, results->actions, results->action_count);
        TABLE(RUN_TARGETS, target, take_target, NULL);
        MAP(&load->targets, results->targets, results->target_count);
        TABLE(RUN_DECIDED, decision, take_decision, NULL);
    }
done:
    return rc;
}

static spil_status load_all(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_results *results = NULL;
    TRY(NEW(results, err));
    load->results = results;
    TRY(NEW(results->blocks, err));
    TRY(spil_arena_new(&results->arena, err));
    TRY(load_run(load, load->run, &results->run, err));
    load->parent = results->run.parent;
    if (load->parent != 0)
        TRY(load_run(load, load->parent, &results->parent, err));
    TRY(map_facts(load, err));
    TABLE(RUN_MODELS, model, take_model, NULL);
    TABLE(RUN_FIGURES, figure, take_figure, NULL);
    TRY(load_findings(load, err));
    TRY(load_proposals(load, err));
done:
    return rc;
}

spil_status spil_results_load(spil_results **out, spil_store *store, int64_t run,
                              const spil_facts *facts, unsigned what, spil_err *err)
{
    spil_status rc = SPIL_OK;
    loading load = {.store = store, .facts = facts, .what = what, .run = run};
    bool began = false;
    TRY(spil_db_begin_read(store, &began, err));
    TRY(load_all(&load, err));
    *out = load.results;
    load.results = NULL;
done:
    spil_db_end_read(store, began);
    spil_results_free(load.results);
    spil_idmap_free(&load.entities);
    for (int r = 0; r <= SPIL_REFERENCE_LINK; r++)
        spil_idmap_free(&load.references[r]);
    spil_idmap_free(&load.actions);
    spil_idmap_free(&load.targets);
    return rc;
}

double spil_results_figure(const spil_results *results, const char *name, double fallback)
{
    for (size_t i = 0; i < results->figure_count; i++)
        if (strcmp(results->figures[i].name, name) == 0)
            return results->figures[i].value;
    return fallback;
}
