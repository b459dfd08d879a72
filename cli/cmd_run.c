/* cmd_run.c - `spil run CASE.db FILE... --out DIR`: all of it in order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/batch.h"
#include "cli/case.h"
#include "cli/learned_file.h"
#include "cli/opt_groups.h"
#include "cli/show.h"
#include "cli/summary.h"
#include "cli/target_table.h"
#include "engine/run/result.h"
#include "engine/run/wishes.h"

enum { SHOWN = 10 };

static struct {
    const char *out, *config, *learned;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("out", given.out, "folder of the report; made when missing", "DIR"),
    OPT_TEXT("config", given.config, "all of it from this file, instead of words here",
             "FILE.yaml"),
    OPT_TEXT("learned", given.learned,
             "effects learned from outcomes, in the place of the models' (spil learn\n"
             "--write)",
             "FILE.csv"),
    OPT_GROUP(spil_list_options),
    OPT_GROUP(spil_analysis_options),
    OPT_GROUP(spil_import_options),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

typedef struct job {
    const char *case_path;
    const char *const *files;
    size_t file_count;
    spil_import_opts import;
    spil_analysis_opts analysis;
    spil_list_opts list;
    spil_lang lang;
    spil_scope *scope;
    spil_wishes *wishes;
    spil_learned_file learned;
} job;

static spil_status read_job(job *j, const spil_args *args, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *j = (job){.case_path = args->words[0],
               .files = args->words + 1,
               .file_count = args->count - 1,
               .import = SPIL_IMPORT_OPTS_DEFAULTS,
               .analysis = SPIL_ANALYSIS_OPTS_DEFAULTS,
               .list = spil_list_defaults()};
    if (!given.out)
        return spil_fail(err, SPIL_USAGE, "say where the report goes with --out DIR");
    TRY(spil_import_given(&j->import, err));
    TRY(spil_analysis_given(&j->analysis, err));
    TRY(spil_scope_given(&j->scope, err));
    j->analysis.scope = j->scope;
    if (given.learned)
        TRY(spil_learned_file_read(&j->learned, given.learned, err));
    j->analysis.learned = j->learned.rows.items;
    j->analysis.learned_count = j->learned.rows.count;
    rc = spil_list_given(&j->list, &j->wishes, &j->lang, err);
done:
    return rc;
}

static spil_status open_or_make(spil_store **out, const char *path, bool *made, spil_err *err)
{
    spil_err own = SPIL_ERR_INIT;
    spil_status rc = spil_store_open(out, path, SPIL_STORE_WRITE, &own);
    if (rc != SPIL_NOT_FOUND)
        return rc == SPIL_OK ? rc : spil_fail(err, rc, "%s", own.msg);
    rc = spil_store_create(path, err);
    *made = rc == SPIL_OK;
    return rc == SPIL_OK ? spil_case_open(out, path, SPIL_STORE_WRITE, err) : rc;
}

static spil_status take_in(const job *j, spil_store *store, bool *partial, spil_err *err)
{
    spil_import_summary *summary = NULL;
    const spil_status rc = spil_import(&summary, store, j->files, j->file_count, &j->import, err);
    if (summary) {
        spil_note_import(summary, j->case_path);
        *partial = spil_import_was_partial(summary);
    }
    spil_import_summary_free(summary);
    return rc == SPIL_OK ? spil_note_hubs(store, err) : rc;
}

static spil_status write_and_show(const job *j, spil_store *store, int64_t list, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result *result = NULL;
    spil_result_opts opts = SPIL_RESULT_OPTS_DEFAULTS;
    opts.models = j->analysis.models;
    TRY(spil_result_load(&result, store, list, &opts, err));
    TRY(spil_report_write_all(result, j->lang, given.out, err));
    TRY(spil_show_targets(result, j->lang, given.json ? SPIL_FORMAT_JSON : SPIL_FORMAT_TABLE,
                          given.json ? SIZE_MAX : SHOWN, false, err));
    if (!given.json) {
        if (result->target_count > SHOWN)
            spil_tell("... and %zu more in the report", result->target_count - SHOWN);
        spil_tell("%s", "");
        spil_tell("report: %s/report.html", given.out);
    }
done:
    spil_result_free(result);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err);

/* The words of the file as if they had been typed, under its lock and into its log. */
static spil_status run_batch(const char *path, bool *partial, spil_err *err)
{
    spil_batch batch;
    spil_status rc = spil_batch_open(&batch, path, spil_cmd_run.name, options, err);
    given.config = NULL;
    if (rc == SPIL_OK) {
        spil_note("begin: %s", path);
        rc = run((int)batch.words.count - 1, batch.words.items, partial, err);
        if (rc == SPIL_OK)
            spil_note("end: exit status %d", *partial ? 1 : 0);
    }
    spil_batch_free(&batch);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    job j = {0};
    int64_t list = 0;
    bool made = false;
    spil_analysis_summary summary = {0};
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_run, options, argc, argv, 0, SIZE_MAX, err));
    if (args.helped)
        goto done;
    if (given.config) {
        rc = argc - args.loudness > 3
                 ? spil_fail(err, SPIL_USAGE,
                             "--config FILE says everything; nothing else may stand beside it")
                 : run_batch(given.config, partial, err);
        goto done;
    }
    TRY(spil_args_need(&args, &spil_cmd_run, 2, err));
    TRY(read_job(&j, &args, err));
    TRY(open_or_make(&store, j.case_path, &made, err));
    TRY(take_in(&j, store, partial, err));
    TRY(spil_analyze(&summary, store, &j.analysis, err));
    spil_note_analysis(&summary);
    if (given.learned)
        spil_note("effects of %zu barriers are learned, from %s", j.learned.rows.count,
                  given.learned);
    TRY(spil_choose_targets(&list, store, &j.list, spil_meter(), err));
    rc = write_and_show(&j, store, list, err);
done:
    if (rc != SPIL_OK && made)
        spil_store_discard_empty(store); /* no file came in: no case either */
    else
        spil_store_close(store);
    spil_scope_free(j.scope);
    spil_wishes_free(j.wishes);
    spil_learned_file_free(&j.learned);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_run = {
    .name = "run",
    .arguments = "CASE.db FILE... --out DIR",
    .summary = "all of it: take files in, analyze, choose, report",
    .details =
        "Makes the case when it is missing, imports the files, analyzes, chooses targets, writes\n"
        "the report, and prints the top of the list. Run again with more files, it goes on with\n"
        "the same case; files that it knows already change nothing. Exit status 1 tells that rows\n"
        "were rejected (spil rejects); the report is written all the same.\n"
        "\n"
        "With --config FILE.yaml everything comes from a file, for a scheduler; docs/commands.md\n"
        "tells how.\n"
        "\n"
        "example:\n"
        "  spil run case.db exports/*.csv --out report --hours police=80,municipality=40",
    .run = run,
};
