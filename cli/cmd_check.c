/* cmd_check.c - `spil check CASE.db`: is the case sound? SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/store/upkeep.h"

#include <inttypes.h>

static struct {
    const char *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

static const spil_table_column columns[] = {{.name = "problem", .places = 200}};

static void add_problem(const char *problem, void *user)
{
    spil_table_row(user);
    spil_table_text(user, problem);
}

static spil_status show(const spil_table *table, const char *path, uint64_t problems,
                        spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (format != SPIL_FORMAT_TABLE || problems > 0)
        TRY(spil_show_table(table, format, "check",
                            problems ? "\"sound\": false" : "\"sound\": true", err));
    if (problems == 0)
        spil_note("%s is sound: pages, references, kinds, counts and audit chain", path);
    else
        spil_note("%s: %" PRIu64 " problem%s; go back to a copy that is sound, or import the files "
                  "into a new case",
                  path, problems, problems == 1 ? "" : "s");
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table_format format = SPIL_FORMAT_TABLE;
    uint64_t problems = 0;
    spil_store *store = NULL;
    spil_table *table = NULL;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_check, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    TRY(spil_store_check(store, add_problem, table, &problems, err));
    TRY(show(table, args.words[0], problems, format, err));
    *partial = problems > 0;
done:
    spil_table_free(table);
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_check = {
    .name = "check",
    .arguments = "CASE.db",
    .summary = "look whether a case is sound",
    .details =
        "Looks at every page of the file, every reference between rows, the kinds, the counts of\n"
        "rejected rows, and the audit chain: an entry that was changed, inserted or taken out\n"
        "shows. Lists what is wrong; exit status 1 when anything is. Changes nothing.",
    .run = run,
};
