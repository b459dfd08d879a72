/* result.c - see result.h: the order in which a result is made, and what it keeps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/result.h"

#include "engine/base/digest.h"
#include "engine/base/str.h"
#include "engine/graph/igraph_view.h"
#include "engine/run/moved.h"
#include "engine/run/result_draft.h"
#include "engine/run/words.h"

#include <gsl/gsl_version.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- what the parts share ---- */

spil_status spil_draft_array(const spil_draft *draft, void **out, size_t count, size_t size,
                             spil_err *err)
{
    void *block = NULL;
    spil_status rc = spil_alloc(&block, count, size, err);
    if (rc != SPIL_OK)
        return rc;
    rc = VEC_PUSH(draft->room->blocks, block, err);
    if (rc != SPIL_OK) {
        spil_free(block);
        return rc;
    }
    *out = block;
    return SPIL_OK;
}

uint32_t spil_draft_model(const spil_draft *draft, const char *id)
{
    for (size_t i = 0; i < draft->result->model_count; i++)
        if (strcmp(draft->result->models[i].id, id) == 0)
            return (uint32_t)i;
    return SPIL_NOT_SHOWN;
}

const spil_model *spil_draft_model_file(const spil_draft *draft, uint32_t model)
{
    return draft->room->models->models[draft->model_at[model]];
}

size_t spil_draft_step(const spil_model *model, const char *id)
{
    size_t step = 0;
    while (step < model->step_count && strcmp(model->steps[step].id, id) != 0)
        step++;
    return step;
}

spil_origin spil_draft_origin(const spil_draft *draft, spil_origin origin)
{
    return (spil_origin){draft->source_at[origin.source], origin.line};
}

/* ---- the run ---- */

/* The list's options beside those of the analysis it builds on: {"analyze":...,"targets":...}. */
static spil_status join_options(const spil_draft *draft, const char **out, spil_err *err)
{
    const spil_results *const rows = draft->rows;
    spil_str text = SPIL_STR_INIT;
    spil_str_add(&text, "{");
    if (rows->parent.id)
        spil_str_addf(&text, "\"%s\":%s,", rows->parent.command, rows->parent.options);
    spil_str_addf(&text, "\"%s\":%s}", rows->run.command, rows->run.options);
    spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        rc = spil_arena_text(draft->room->arena, out, text.text, text.length, err);
    spil_str_free(&text);
    return rc;
}

static spil_status add_fingerprint(const spil_draft *draft, spil_result_run *run, spil_err *err)
{
    char text[SPIL_DIGEST_TEXT], number[64];
    spil_digest digest;
    spil_digest_begin(&digest);
    spil_digest_add_text(&digest, run->version);
    spil_digest_add_text(&digest, run->command);
    spil_digest_add_text(&digest, run->options);
    spil_digest_add_text(&digest, run->input_digest);
    (void)snprintf(number, sizeof number, "%" PRIu64 " %zu %d", run->seed, run->draws, run->as_of);
    spil_digest_add_text(&digest, number);
    for (size_t i = 0; i < draft->result->model_count; i++)
        spil_digest_add_text(&digest, draft->result->models[i].digest);
    spil_digest_end(&digest, text);
    return spil_arena_text(draft->room->arena, &run->fingerprint, text, strlen(text), err);
}

static spil_status describe_run(const spil_draft *draft, spil_err *err)
{
    const spil_results *const rows = draft->rows;
    const spil_run_row *const analysis = rows->parent.id ? &rows->parent : &rows->run;
    spil_result *const result = draft->result;
    result->run = (spil_result_run){.version = analysis->version,
                                    .command = rows->run.command,
                                    .input_digest = analysis->input_digest,
                                    .seed = analysis->seed,
                                    .draws = (size_t)analysis->draws,
                                    .as_of = analysis->as_of};
    const spil_status rc = join_options(draft, &result->run.options, err);
    return rc == SPIL_OK ? add_fingerprint(draft, &result->run, err) : rc;
}

/* Of this program: what can change a figure or a drawing. */
static spil_status list_libraries(const spil_draft *draft, spil_err *err)
{
    const spil_result_library libraries[] = {
        {"gsl", gsl_version},
        {"igraph", spil_igraph_version()},
        {"sqlite", spil_store_library_version()},
    };
    const size_t count = sizeof libraries / sizeof libraries[0];
    const spil_status rc = DRAFT_ARRAY(draft, draft->result->libraries, count, err);
    if (rc != SPIL_OK)
        return rc;
    memcpy(draft->result->libraries, libraries, sizeof libraries);
    draft->result->library_count = count;
    return SPIL_OK;
}

static void read_figures(const spil_draft *draft)
{
    spil_result *const result = draft->result;
    const spil_results *const rows = draft->rows;
    result->quality = spil_results_figure(rows, SPIL_FIGURE_QUALITY, (double)NAN);
    result->gain = spil_results_figure(rows, SPIL_FIGURE_GAIN, 0.0);
    result->possible = spil_results_figure(rows, SPIL_FIGURE_POSSIBLE, 0.0);
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        char name[80];
        (void)snprintf(name, sizeof name, SPIL_FIGURE_HOURS_USED "%s",
                       spil_partner_id((spil_partner)p));
        result->hours_used[p] = spil_results_figure(rows, name, 0.0);
        (void)snprintf(name, sizeof name, SPIL_FIGURE_HOURS_GIVEN "%s",
                       spil_partner_id((spil_partner)p));
        result->hours_given[p] = spil_results_figure(rows, name, HUGE_VAL);
    }
    result->portfolio = spil_portfolio_read(rows);
}

/* The newest list, else the newest analysis. */
static spil_status choose_run(spil_store *store, int64_t *run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (*run != 0)
        return SPIL_OK;
    TRY(spil_store_find_run(store, SPIL_RUN_TARGETS, run, err));
    if (*run == 0)
        TRY(spil_store_find_run(store, SPIL_RUN_ANALYZE, run, err));
    if (*run == 0)
        rc = spil_fail(err, SPIL_NOT_FOUND, "%s: no analysis yet; run 'spil analyze' first",
                       spil_store_path(store));
done:
    return rc;
}

/* What came in or was merged after the analysis would be counted in the report but not weighed in
 * it. */
static spil_status check_input(spil_store *store, const spil_draft *draft, spil_err *err)
{
    char now[SPIL_DIGEST_TEXT];
    const spil_run_row *const analysis =
        draft->rows->parent.id ? &draft->rows->parent : &draft->rows->run;
    const spil_status rc = spil_store_input_digest(store, now, err);
    if (rc != SPIL_OK || strcmp(now, analysis->input_digest) == 0)
        return rc;
    return spil_fail(err, SPIL_INPUT,
                     "%s: files were imported, or entities merged, since run %" PRId64
                     "; run 'spil analyze' again",
                     spil_store_path(store), analysis->id);
}

/* ---- the whole ---- */

static spil_status open_room(spil_draft *draft, spil_store *store, int64_t run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    struct spil_result_room *const room = draft->room;
    TRY(spil_arena_new(&room->arena, err));
    TRY(spil_store_load_facts(&room->facts, store, err));
    draft->facts = room->facts;
    TRY(spil_results_load(&room->rows, store, run, room->facts,
                          SPIL_RESULTS_ALL & ~(unsigned)SPIL_RESULTS_DRAWS, err));
    draft->rows = room->rows;
    TRY(spil_model_set_read(&room->models, draft->opts->models, err));
    TRY(spil_network_build(&draft->network, room->facts, err));
done:
    return rc;
}

static void close_draft(spil_draft *draft)
{
    spil_network_free(draft->network);
    spil_free(draft->model_at);
    spil_free(draft->source_at);
    spil_free(draft->shown_as);
    spil_free(draft->entity_at);
    spil_free(draft->degree);
    spil_free(draft->betweenness);
    spil_free(draft->edge_link_row);
    spil_free(draft->edge_links);
    spil_result_free(draft->result);
}

spil_status spil_result_load(spil_result **out, spil_store *store, int64_t run,
                             const spil_result_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_draft draft = {.opts = opts};
    TRY(choose_run(store, &run, err));
    TRY(NEW(draft.result, err));
    TRY(NEW(draft.result->room, err));
    draft.room = draft.result->room;
    TRY(open_room(&draft, store, run, err));
    TRY(check_input(store, &draft, err));
    TRY(spil_draft_models(&draft, err));
    TRY(describe_run(&draft, err));
    read_figures(&draft);
    TRY(spil_draft_moved(&draft, err));
    TRY(list_libraries(&draft, err));
    TRY(spil_draft_input(&draft, store, err));
    TRY(spil_draft_communities(&draft, err));
    TRY(spil_draft_targets(&draft, err));
    for (size_t c = 0; c < draft.result->community_count; c++)
        TRY(spil_draft_network(&draft, c, err));
    TRY(spil_draft_overview(&draft, err));
    TRY(spil_draft_entities(&draft, err));
    TRY(spil_draft_records(&draft, err));
    *out = draft.result;
    draft.result = NULL;
done:
    close_draft(&draft);
    return rc;
}

void spil_result_free(spil_result *result)
{
    if (!result)
        return;
    struct spil_result_room *const room = result->room;
    if (room) {
        for (size_t i = 0; i < room->blocks.count; i++)
            spil_free(room->blocks.items[i]);
        spil_free(room->blocks.items);
        spil_arena_free(room->arena);
        spil_model_set_free(room->models);
        spil_results_free(room->rows);
        spil_facts_free(room->facts);
        spil_free(room);
    }
    spil_free(result);
}
