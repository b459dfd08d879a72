/* cmd_import.c - `spil import CASE.db FILE...`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt_groups.h"
#include "cli/show.h"
#include "cli/summary.h"

static struct {
    const char *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_GROUP(spil_import_options),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

/* Files before a failing one stay imported, so what came in is shown in both cases. */
static spil_status show(const spil_import_summary *summary, const char *case_path,
                        spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_import_table(&table, summary, err));
    TRY(spil_show_table(table, format, "import", NULL, err));
    spil_note_import(summary, case_path);
done:
    spil_table_free(table);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    spil_status rc = SPIL_OK, shown = SPIL_OK;
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_import_opts opts = SPIL_IMPORT_OPTS_DEFAULTS;
    spil_import_summary *summary = NULL;
    spil_store *store = NULL;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_import, options, argc, argv, 2, SIZE_MAX, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_import_given(&opts, err));
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_WRITE, err));
    rc = spil_import(&summary, store, args.words + 1, args.count - 1, &opts, err);
    if (summary && (rc == SPIL_OK || summary->count)) {
        shown = show(summary, args.words[0], format, err);
        if (shown == SPIL_OK)
            shown = spil_note_hubs(store, err);
        *partial = spil_import_was_partial(summary);
    }
    rc = rc == SPIL_OK ? shown : rc;
done:
    spil_import_summary_free(summary);
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_import = {
    .name = "import",
    .arguments = "CASE.db FILE...",
    .summary = "take files of partners into a case",
    .details =
        "Takes files, plain or gzipped, into the case. Each is recognised by its header, and "
        "comes\n"
        "in whole or not at all; a row that cannot be taken is kept apart with the reason\n"
        "(spil rejects), and the exit status is then 1. The order of the files does not matter.\n"
        "The same bytes twice change nothing. Columns such as nationality, birthplace, religion "
        "or\n"
        "health are dropped at the door.\n"
        "\n"
        "examples:\n"
        "  spil import case.db persons.csv companies.csv addresses.csv links.csv signals.csv\n"
        "  spil import case.db meetings.tsv --loader edges --kind met --merge sum\n"
        "  spil import case.db register.csv.gz --grade B2 --owner police --keep-until 2029-12-31",
    .more_help = spil_import_more_help,
    .run = run,
};
