/* cmd_outcome.c - `spil outcome CASE.db`: what was done, and what came of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/barrier_name.h"
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/sheet.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/run/choosing.h"
#include "engine/run/result.h"
#include "engine/run/words.h"
#include "engine/store/outcome.h"
#include "engine/store/results.h"
#include "reports/escape.h"

#include <math.h>
#include <string.h>

static struct {
    const char *target, *entity, *barrier, *model, *step, *day, *done, *result, *hours, *by, *note;
    const char *sheet, *answers, *models, *format;
    int json, again;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("target", given.target, "the proposal of this rank on the newest list", "RANK"),
    OPT_TEXT("entity", given.entity, "or: whom or what it was about", "KEY"),
    OPT_TEXT("barrier", given.barrier, "with it: the instrument", "ID"),
    OPT_TEXT("model", given.model, "where several models have it", "ID"),
    OPT_TEXT("step", given.step, "where several steps have it", "ID"),
    OPT_TEXT("day", given.day, "when it was done, or dropped", "DATE"),
    OPT_TEXT("done", given.done, "was it done at all: yes or no (default: yes)", "YES|NO"),
    OPT_TEXT("result", given.result, "works, fails or unknown (default: unknown)", "WORD"),
    OPT_TEXT("hours", given.hours, "hours that the partner used", "N"),
    OPT_TEXT("by", given.by, "the name of who reports it", "NAME"),
    OPT_TEXT("note", given.note, "what else is worth knowing", "TEXT"),
    OPT_FLAG("again", given.again, "it was done once more, on another day than is on record"),
    OPT_TEXT("sheet", given.sheet, "write the newest list as a sheet to fill in", "FILE.csv"),
    OPT_TEXT("answers", given.answers, "read the filled-in sheet back", "FILE.csv"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

enum { HOURS_MOST = 1000000 };

typedef struct work {
    spil_store *store;
    spil_model_set *models;
    spil_str why;
    size_t put[SPIL_OUTCOME_PUTS];
} work;

/* ---- the sheet, written ---- */

static const char sheet_header[] =
    "rank,model,step,barrier,partner,key,name,action,status,day,done,result,hours,reporter,note\n";

static void add_target(spil_str *out, const spil_result *result, const spil_result_target *t)
{
    const spil_result_entity *const entity = &result->entities[t->entity];
    const char *const cells[] = {result->models[t->model].id,
                                 t->step_id,
                                 t->barrier.id,
                                 spil_partner_id(t->barrier.partner),
                                 entity->key,
                                 entity->name,
                                 t->barrier.names.en};
    static const char *const status[] = {[SPIL_TARGET_PROPOSED] = "proposed",
                                         [SPIL_TARGET_ACCEPTED] = "accepted",
                                         [SPIL_TARGET_REJECTED] = "rejected",
                                         [SPIL_TARGET_HELD] = "held"};
    spil_str_addf(out, "%u", t->rank);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        spil_str_add(out, ",");
        spil_csv_cell(out, cells[i]);
    }
    spil_str_addf(out, ",%s,,,,,,\n", status[t->status]);
}

static spil_status write_sheet(spil_store *store, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t run = 0;
    spil_result *result = NULL;
    spil_result_opts opts = SPIL_RESULT_OPTS_DEFAULTS;
    spil_str text = SPIL_STR_INIT;
    size_t count = 0;
    opts.models = given.models;
    TRY(spil_newest_list(&run, store, err));
    TRY(spil_result_load(&result, store, run, &opts, err));
    spil_str_add(&text, sheet_header);
    for (size_t i = 0; i < result->target_count; i++)
        if (result->targets[i].status != SPIL_TARGET_REJECTED) {
            add_target(&text, result, &result->targets[i]);
            count++;
        }
    TRY(spil_str_status(&text, err));
    TRY(spil_write_file(path, spil_str_text(&text), text.length, err));
    spil_note("%s: %zu actions to fill in; then spil outcome CASE.db --answers %s", path, count,
              path);
done:
    spil_result_free(result);
    spil_str_free(&text);
    return rc;
}

/* ---- the sheet, read ---- */

enum { MODEL, STEP, BARRIER, PARTNER, KEY, DAY, DONE, RESULT, HOURS, REPORTER, NOTE, COLUMNS };
static const spil_sheet_column sheet_columns[COLUMNS] = {
    {"model", false}, {"step", false},    {"barrier", true}, {"partner", false},
    {"key", true},    {"day", true},      {"done", true},    {"result", true},
    {"hours", false}, {"reporter", true}, {"note", false}};

/* One action that is told with two days would count as two results. */
static spil_status check_once(const work *w, const spil_outcome *row, spil_err *err)
{
    spil_day other = SPIL_NO_DAY;
    char day[16];
    if (given.again || !row->done)
        return SPIL_OK;
    const spil_status rc = spil_store_outcome_other_day(w->store, row, &other, err);
    if (rc != SPIL_OK || other == SPIL_NO_DAY)
        return rc;
    spil_format_day(other, day);
    return spil_fail(
        err, SPIL_INPUT,
        "%.60s against '%.60s' is on record as done on %s; with that day this overrules "
        "it, with --again it counts as done once more",
        row->barrier, row->key, day);
}

static spil_status keep(work *w, const spil_outcome *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_outcome_put what = SPIL_OUTCOME_SAME;
    TRY(check_once(w, row, err));
    TRY(spil_store_put_outcome(w->store, row, &what, err));
    w->put[what]++;
done:
    return rc;
}

static bool read_words(spil_sheet_row *row, spil_outcome *out)
{
    const char *const result = spil_sheet_cell(row, RESULT);
    if (!spil_sheet_yes_no(row, DONE, &out->done))
        return false;
    if (*result && !spil_outcome_find(result, &out->result)) {
        spil_sheet_fault(row, RESULT, "works, fails or unknown");
        return false;
    }
    if (!out->done && out->result != SPIL_OUTCOME_UNKNOWN) {
        spil_sheet_fault(row, RESULT, "unknown, as it was not done");
        return false;
    }
    if (!spil_parse_day(spil_sheet_cell(row, DAY), &out->day)) {
        spil_sheet_fault(row, DAY, "a date such as 2024-12-31");
        return false;
    }
    if (!*spil_sheet_cell(row, REPORTER)) {
        spil_sheet_fault(row, REPORTER, "the name of who reports it");
        return false;
    }
    out->hours = (double)NAN;
    return !*spil_sheet_cell(row, HOURS) ||
           spil_sheet_number(row, HOURS, 0, HOURS_MOST, (double)NAN, &out->hours);
}

static bool read_barrier(spil_sheet_row *row, work *w, spil_outcome *out)
{
    spil_barrier_place place = {0};
    const char *const partner = spil_sheet_cell(row, PARTNER);
    if (!spil_barrier_named(&place, w->models, spil_sheet_cell(row, MODEL),
                            spil_sheet_cell(row, STEP), spil_sheet_cell(row, BARRIER), &w->why)) {
        spil_sheet_fault(row, BARRIER, spil_str_text(&w->why));
        return false;
    }
    out->model = place.model->id;
    out->step = place.step->id;
    out->barrier = place.barrier->id;
    out->partner = spil_partner_id(place.barrier->partner);
    if (*partner && strcmp(partner, out->partner) != 0) {
        spil_sheet_fault(row, PARTNER, out->partner);
        return false;
    }
    return true;
}

/* Rows that say neither done nor result nor day are passed over: nothing was said. */
static spil_status read_row(spil_sheet_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    work *const w = user;
    spil_outcome out = {.key = spil_sheet_cell(row, KEY),
                        .reporter = spil_sheet_cell(row, REPORTER),
                        .note = spil_sheet_cell(row, NOTE),
                        .result = SPIL_OUTCOME_UNKNOWN};
    int64_t entity = 0;
    if (!*spil_sheet_cell(row, DONE) && !*spil_sheet_cell(row, RESULT) &&
        !*spil_sheet_cell(row, DAY))
        return SPIL_OK;
    if (!read_words(row, &out) || !read_barrier(row, w, &out))
        return SPIL_OK;
    TRY(spil_store_find_entity(w->store, out.key, &entity, NULL, err));
    if (entity == 0)
        spil_sheet_fault(row, KEY, "the key of somebody or something in the case");
    else
        rc = keep(w, &out, err);
done:
    return rc;
}

/* ---- from options ---- */

/* The proposal of the rank on the newest list; texts live in *rows and *facts. */
static spil_status find_target(spil_outcome *out, spil_store *store, spil_facts **facts,
                               spil_results **rows, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t rank = 0;
    int64_t run = 0;
    TRY(spil_opt_uint("--target", given.target, 1, UINT32_MAX, &rank, err));
    TRY(spil_newest_list(&run, store, err));
    TRY(spil_store_load_facts(facts, store, err));
    TRY(spil_results_load(rows, store, run, *facts, SPIL_RESULTS_TARGETS, err));
    if (rank > (*rows)->target_count) {
        rc = spil_fail(err, SPIL_NOT_FOUND, "the list has no rank %llu; it has %zu",
                       (unsigned long long)rank, (*rows)->target_count);
        goto done;
    }
    const spil_action_row *const action = &(*rows)->actions[(*rows)->targets[rank - 1].action];
    out->model = action->model;
    out->step = action->step;
    out->barrier = action->barrier;
    out->partner = action->partner;
    out->key = (*facts)->entities[action->entity].key;
done:
    return rc;
}

static spil_status named_barrier(spil_outcome *out, work *w, spil_err *err)
{
    spil_barrier_place place = {0};
    if (!given.entity || !given.barrier)
        return spil_fail(err, SPIL_USAGE, "%s is missing: what was done, and to whom",
                         given.entity ? "--barrier ID" : "--target RANK or --entity KEY");
    if (!spil_barrier_named(&place, w->models, given.model, given.step, given.barrier, &w->why))
        return spil_fail(err, SPIL_USAGE, "--barrier: '%s'; expected %s", given.barrier,
                         spil_str_text(&w->why));
    out->model = place.model->id;
    out->step = place.step->id;
    out->barrier = place.barrier->id;
    out->partner = spil_partner_id(place.barrier->partner);
    out->key = given.entity;
    return SPIL_OK;
}

static spil_status typed(work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    spil_results *rows = NULL;
    spil_outcome out = {.day = SPIL_NO_DAY,
                        .done = true,
                        .result = SPIL_OUTCOME_UNKNOWN,
                        .hours = (double)NAN,
                        .reporter = given.by,
                        .note = given.note};
    double hours = 0;
    if (!given.by || !given.day)
        return spil_fail(err, SPIL_USAGE, "%s is missing: an outcome has a name and a day",
                         given.by ? "--day DATE" : "--by NAME");
    TRY(spil_opt_day("--day", given.day, &out.day, err));
    if (given.done && !spil_yes_no(given.done, &out.done))
        return spil_fail(err, SPIL_USAGE, "--done: '%s' is not yes or no", given.done);
    if (given.result && !spil_outcome_find(given.result, &out.result))
        return spil_fail(err, SPIL_USAGE, "--result: '%s' is not works, fails or unknown",
                         given.result);
    if (given.hours) {
        TRY(spil_opt_double("--hours", given.hours, -1e-300, HOURS_MOST, &hours, err));
        out.hours = hours;
    }
    TRY(given.target ? find_target(&out, w->store, &facts, &rows, err)
                     : named_barrier(&out, w, err));
    rc = keep(w, &out, err);
done:
    spil_results_free(rows);
    spil_facts_free(facts);
    return rc;
}

/* ---- listing ---- */

static const spil_table_column columns[] = {
    {.name = "day"},
    {.name = "model", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "step", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "barrier"},
    {.name = "partner"},
    {.name = "key"},
    {.name = "name"},
    {.name = "done"},
    {.name = "result"},
    {.name = "hours", .kind = SPIL_COLUMN_REAL, .places = 1},
    {.name = "reporter"},
    {.name = "note"}};

static spil_status add_row(const spil_outcome *row, void *user, spil_err *err)
{
    (void)err;
    spil_table *const table = user;
    char day[16];
    spil_format_day(row->day, day);
    spil_table_row(table);
    spil_table_text(table, day);
    spil_table_text(table, row->model);
    spil_table_text(table, row->step);
    spil_table_text(table, row->barrier);
    spil_table_text(table, row->partner);
    spil_table_text(table, row->key);
    spil_table_text(table, row->label);
    spil_table_text(table, row->done ? "yes" : "no");
    spil_table_text(table, spil_outcome_word(row->result));
    spil_table_number(table, row->hours);
    spil_table_text(table, row->reporter);
    spil_table_text(table, row->note);
    return SPIL_OK;
}

static spil_status list(spil_store *store, spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    TRY(spil_store_each_outcome(store, add_row, table, err));
    TRY(spil_show_table(table, format, "outcome", NULL, err));
    if (format == SPIL_FORMAT_TABLE && spil_table_rows(table) == 0)
        spil_note("nothing is on record yet; see spil help outcome");
done:
    spil_table_free(table);
    return rc;
}

/* ---- the command ---- */

static spil_status record(work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_models_given(&w->models, given.models, err));
    TRY(spil_store_begin(w->store, err));
    if (given.answers)
        rc = spil_sheet_read(&(spil_sheet){.columns = sheet_columns,
                                           .column_count = COLUMNS,
                                           .made_by = "spil outcome --sheet",
                                           .left_alone = "nothing was kept",
                                           .each = read_row,
                                           .user = w},
                             given.answers, err);
    else
        rc = typed(w, err);
    if (rc == SPIL_OK)
        rc = spil_store_commit(w->store, err);
    spil_store_rollback(w->store);
    if (rc == SPIL_OK)
        spil_note("outcomes: %zu new, %zu overruled, %zu known already", w->put[SPIL_OUTCOME_NEW],
                  w->put[SPIL_OUTCOME_CHANGED], w->put[SPIL_OUTCOME_SAME]);
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    spil_table_format format = SPIL_FORMAT_TABLE;
    work w = {.why = SPIL_STR_INIT};
    TRY(spil_args_read(&args, &spil_cmd_outcome, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    const bool one = given.target || given.entity || given.barrier || given.result || given.done ||
                     given.day || given.hours || given.by || given.note;
    if ((given.sheet != NULL) + (given.answers != NULL) + one > 1) {
        rc = spil_fail(err, SPIL_USAGE, "one of --sheet, --answers and the options of one outcome");
        goto done;
    }
    const bool writes = given.answers || one;
    TRY(spil_case_open(&w.store, args.words[0], writes ? SPIL_STORE_WRITE : SPIL_STORE_READ, err));
    if (writes)
        rc = record(&w, err);
    else if (given.sheet)
        rc = write_sheet(w.store, given.sheet, err);
    else
        rc = list(w.store, format, err);
done:
    spil_model_set_free(w.models);
    spil_str_free(&w.why);
    spil_store_close(w.store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_outcome = {
    .name = "outcome",
    .arguments = "CASE.db",
    .summary = "record what was done and what came of it; list what is on record",
    .details =
        "An outcome is a barrier raised (or not) against somebody or something on a day: did it\n"
        "work (the step is no longer served), fail, or is that not known yet; how many hours it\n"
        "took; who says so. A later word on the same barrier, key and day overrules the earlier\n"
        "one; each stands in the audit chain. The same done on another day is refused unless\n"
        "--again says that it was done once more. Without options what is on record is listed.\n"
        "--sheet writes the newest list to fill in (day, done, result, hours, reporter, note),\n"
        "--answers reads it back: all of it, or, when a row is wrong, nothing.\n"
        "\n"
        "examples:\n"
        "  spil outcome case.db --target 1 --day 2026-03-02 --result works --hours 20 --by 'J. de "
        "Vries'\n"
        "  spil outcome case.db --entity A7 --barrier closure --model cannabis_cultivation \\\n"
        "      --day 2026-03-02 --result fails --by 'J. de Vries'\n"
        "  spil outcome case.db --sheet done.csv\n"
        "  spil outcome case.db --answers done.csv\n"
        "  spil outcome case.db --json",
    .run = run,
};
