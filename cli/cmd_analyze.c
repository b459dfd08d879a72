/* cmd_analyze.c - `spil analyze CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/learned_file.h"
#include "cli/opt_groups.h"
#include "cli/show.h"
#include "cli/summary.h"

static struct {
    const char *learned;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_GROUP(spil_analysis_options),
    OPT_TEXT("learned", given.learned,
             "effects learned from outcomes, in the place of the models' (spil learn\n"
             "--write)",
             "FILE.csv"),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_analysis_opts opts = SPIL_ANALYSIS_OPTS_DEFAULTS;
    spil_analysis_summary summary = {0};
    spil_scope *scope = NULL;
    spil_args args = {0};
    spil_learned_file learned = {.arena = NULL};
    TRY(spil_args_read(&args, &spil_cmd_analyze, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_analysis_given(&opts, err));
    TRY(spil_scope_given(&scope, err));
    opts.scope = scope;
    if (given.learned)
        TRY(spil_learned_file_read(&learned, given.learned, err));
    opts.learned = learned.rows.items;
    opts.learned_count = learned.rows.count;
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_WRITE, err));
    TRY(spil_analyze(&summary, store, &opts, err));
    TRY(spil_show_analysis(&summary, given.json, err));
    spil_note_unread(&summary);
    if (given.learned)
        spil_note("effects of %zu barriers are learned, from %s", learned.rows.count,
                  given.learned);
    if (!given.json)
        spil_note("next: spil targets %s", args.words[0]);
done:
    spil_store_close(store);
    spil_scope_free(scope);
    spil_learned_file_free(&learned);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_analyze = {
    .name = "analyze",
    .arguments = "CASE.db",
    .summary = "hold communities against barrier models: scores and actions",
    .details =
        "Measures the network, finds its communities, holds each against every barrier model, and\n"
        "works out what each intervention would do. All of it is kept in the case as a run; a\n"
        "failure or Ctrl-C leaves the case as it was. The same input, options and seed give the\n"
        "same figures, for any number of threads.\n"
        "\n"
        "examples:\n"
        "  spil analyze case.db\n"
        "  spil analyze case.db --draws 1000 --as-of 2024-12-31\n"
        "  spil analyze case.db --around P12 --within 2\n"
        "  spil analyze case.db --learned learned.csv",
    .run = run,
};
