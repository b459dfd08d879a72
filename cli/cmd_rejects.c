/* cmd_rejects.c - `spil rejects CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/store/store.h"

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

static const spil_table_column columns[] = {
    {.name = "file", .shown = SPIL_SHOWN_PEOPLE, .places = 60},
    {.name = "path", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "line", .kind = SPIL_COLUMN_WHOLE},
    {.name = "column"},
    {.name = "reason", .places = 72},
    {.name = "raw", .label = "row as found"},
};

static spil_status add_reject(const spil_reject *row, void *user, spil_err *err)
{
    spil_table *const table = user;
    spil_table_row(table);
    spil_table_text(table, spil_path_name(row->path));
    spil_table_text(table, row->path);
    spil_table_count(table, row->line);
    spil_table_text(table, row->column);
    spil_table_text(table, row->reason);
    spil_table_text(table, row->raw);
    return spil_check_stop(err);
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_store *store = NULL;
    spil_table *table = NULL;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_rejects, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    TRY(spil_store_each_reject(store, add_reject, table, err));
    if (format == SPIL_FORMAT_TABLE && spil_table_rows(table) == 0)
        spil_note("no row was rejected");
    else
        TRY(spil_show_table(table, format, "rejects", NULL, err));
done:
    spil_table_free(table);
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_rejects = {
    .name = "rejects",
    .arguments = "CASE.db",
    .summary = "list the rows that could not be taken, and why",
    .details =
        "Lists each row that an import could not take: file, line, column, reason, and the row\n"
        "as it was found. Mend the export and import it again, or leave them.",
    .run = run,
};
