/* cmd_report.c - `spil report CASE.db --out DIR`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/opt_lang.h"
#include "cli/show.h"
#include "engine/run/result.h"
#include "reports/report.h"

enum { NODES_MOST = 5000 }; /* of one drawing: more is a blot on any screen */

static struct {
    const char *out, *lang, *models, *nodes, *communities;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("out", given.out, "folder to write to; made when missing", "DIR"),
    OPT_TEXT("lang", given.lang, "language: nl or en (default: en)", "LANG"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_TEXT("nodes", given.nodes, "draw at most so many members of a community (default: 150)",
             "N"),
    OPT_TEXT("communities", given.communities,
             "show so many communities, and those of the first targets (default: 10)", "N"),
    OPT_HELP,
    OPT_END,
};

static void list_files(spil_str *out)
{
    spil_str_add(out, "files:\n");
    for (size_t i = 0; i < spil_report_count; i++)
        spil_str_addf(out, "  %-14s %s\n", spil_reports[i]->file, spil_reports[i]->summary);
}

static spil_status read_limits(spil_result_opts *opts, spil_err *err)
{
    uint64_t nodes = opts->nodes, communities = opts->communities;
    spil_status rc = SPIL_OK;
    if (given.nodes)
        TRY(spil_opt_uint("--nodes", given.nodes, 1, NODES_MOST, &nodes, err));
    if (given.communities)
        TRY(spil_opt_uint("--communities", given.communities, 1, 1000, &communities, err));
    opts->nodes = (size_t)nodes;
    opts->communities = (size_t)communities;
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_result *result = NULL;
    spil_result_opts opts = SPIL_RESULT_OPTS_DEFAULTS;
    spil_lang lang = SPIL_LANG_EN;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_report, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    if (!given.out) {
        rc = spil_fail(err, SPIL_USAGE, "say where to write with --out DIR");
        goto done;
    }
    TRY(spil_opt_lang(given.lang, &lang, err));
    opts.models = given.models;
    TRY(read_limits(&opts, err));
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    TRY(spil_result_load(&result, store, 0, &opts, err));
    TRY(spil_report_write_all(result, lang, given.out, err));
    for (size_t i = 0; i < spil_report_count; i++)
        spil_tell("%s/%s", given.out, spil_reports[i]->file);
done:
    spil_result_free(result);
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_report = {
    .name = "report",
    .arguments = "CASE.db --out DIR",
    .summary = "write the newest list as files that open anywhere",
    .details =
        "Writes the newest target list, with its reasons and networks, into a folder. All files "
        "are\n"
        "made before the first is replaced; only you can read them. report.html opens without a\n"
        "network. More members of a community can be drawn with --nodes: above 500 the page\n"
        "draws them on a canvas.\n"
        "\n"
        "example:\n"
        "  spil report case.db --out report --lang nl",
    .more_help = list_files,
    .run = run,
};
