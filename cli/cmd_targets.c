/* cmd_targets.c - `spil targets CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt_groups.h"
#include "cli/show.h"
#include "cli/target_table.h"
#include "engine/run/wishes.h"

static struct {
    const char *format, *models;
    int json, why;
} given;

static const struct poptOption options[] = {
    OPT_GROUP(spil_list_options),
    OPT_FLAG("why", given.why, "the reasons of each, with the rows they rest on"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_result *result = NULL;
    spil_wishes *wishes = NULL;
    spil_list_opts opts = spil_list_defaults();
    spil_result_opts result_opts = SPIL_RESULT_OPTS_DEFAULTS;
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_lang lang = SPIL_LANG_EN;
    int64_t made = 0;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_targets, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_list_given(&opts, &wishes, &lang, err));
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_WRITE, err));
    TRY(spil_choose_targets(&made, store, &opts, spil_meter(), err));
    result_opts.models = given.models;
    TRY(spil_result_load(&result, store, made, &result_opts, err));
    TRY(spil_show_targets(result, lang, format, SIZE_MAX, given.why, err));
    if (format == SPIL_FORMAT_TABLE)
        spil_note("next: spil report %s --out DIR", args.words[0]);
done:
    spil_result_free(result);
    spil_wishes_free(wishes);
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_targets = {
    .name = "targets",
    .arguments = "CASE.db",
    .summary = "choose interventions within the hours of the partners",
    .details =
        "Chooses interventions from the newest analysis, together, so that the list as a whole\n"
        "hurts the processes most within the hours that partners have. In: the community. Gain: "
        "by\n"
        "how much the chance that a process runs whole would fall, times the harm of the crime;\n"
        "5-95%: its interval. Stable: the share of draws in which the action stands on the list "
        "of\n"
        "that draw too.\n"
        "Every target is a proposal, for people to accept or turn down.\n"
        "\n"
        "examples:\n"
        "  spil targets case.db\n"
        "  spil targets case.db --hours police=80,municipality=40 --top 10 --why\n"
        "  spil targets case.db --budget 20000 --days 60 --must A510 --must-not P12:house_visit\n"
        "  spil targets case.db --json",
    .more_help = spil_list_more_help,
    .run = run,
};
