/* cmd_purge.c - `spil purge CASE.db --before DATE`: what has expired goes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/store/upkeep.h"

#include <inttypes.h>

static struct {
    const char *before;
    int dry, json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("before", given.before,
             "take out the sources that were to be kept until a day\n"
             "before this one; today's date takes out what has expired",
             "DATE"),
    OPT_FLAG("dry-run", given.dry, "only list the sources that would go"),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

/* ---- what would go ---- */

typedef struct listing {
    spil_table *table;
    spil_day before;
} listing;

static spil_status add_expired(const spil_source_entry *row, void *user, spil_err *err)
{
    const listing *const list = user;
    char day[16];
    if (row->source.keep_until == SPIL_NO_DAY || row->source.keep_until >= list->before)
        return spil_check_stop(err);
    spil_format_day(row->source.keep_until, day);
    spil_table_row(list->table);
    spil_table_text(list->table, spil_path_name(row->source.path));
    spil_table_text(list->table, row->source.path);
    spil_table_text(list->table, row->source.sha256);
    spil_table_text(list->table, row->source.owner);
    spil_table_text(list->table, day);
    spil_table_count(list->table, row->source.rows);
    return spil_check_stop(err);
}

static spil_status list_expired(spil_store *store, spil_day before, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "file", .shown = SPIL_SHOWN_PEOPLE, .places = 60},
        {.name = "path", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "sha256", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "owner"},
        {.name = "keep_until", .label = "keep until"},
        {.name = "rows", .kind = SPIL_COLUMN_WHOLE},
    };
    spil_status rc = SPIL_OK;
    listing list = {.before = before};
    TRY(spil_table_new(&list.table, columns, sizeof columns / sizeof *columns, err));
    TRY(spil_store_each_source(store, add_expired, &list, err));
    if (given.json || spil_table_rows(list.table) > 0)
        TRY(spil_show_table(list.table, given.json ? SPIL_FORMAT_JSON : SPIL_FORMAT_TABLE, "purge",
                            "\"dry_run\": true", err));
    else
        spil_note("nothing expired before %s", given.before);
done:
    spil_table_free(list.table);
    return rc;
}

/* ---- what went ---- */

static spil_status show_gone(const spil_purged *gone, spil_err *err)
{
    const struct {
        const char *name;
        uint64_t count;
    } parts[] = {{"sources", gone->sources},    {"entities", gone->entities},
                 {"links", gone->links},        {"attributes", gone->attributes},
                 {"roles", gone->roles},        {"signals", gone->signals},
                 {"rejects", gone->rejects},    {"runs", gone->runs},
                 {"decisions", gone->decisions}};
    const size_t count = sizeof parts / sizeof *parts;
    spil_str text = SPIL_STR_INIT;
    spil_str_add(&text, given.json ? "{\"command\": \"purge\", \"shape\": 1, \"dry_run\": false"
                                   : "gone:");
    for (size_t i = 0; i < count; i++) {
        if (given.json)
            spil_str_addf(&text, ", \"%s\": %" PRIu64, parts[i].name, parts[i].count);
        else
            spil_str_addf(&text, "%s %" PRIu64 " %s", i ? "," : "", parts[i].count, parts[i].name);
    }
    spil_str_add(&text, given.json ? "}\n" : "\n");
    const spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        spil_put(&text);
    spil_str_free(&text);
    return rc;
}

static spil_status take_out(spil_store *store, const char *path, spil_day before, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_purged gone = {0};
    TRY(spil_store_purge(&gone, store, before, err));
    if (gone.sources == 0)
        spil_note("nothing expired before %s; the file was rebuilt all the same", given.before);
    if (gone.sources > 0 || given.json)
        TRY(show_gone(&gone, err));
    if (gone.sources > 0)
        spil_note("written to the audit chain of %s; copies, backups and reports made before are "
                  "yours to destroy",
                  path);
    if (gone.runs > 0)
        spil_note("analyses and decisions rested on it and went too; next: spil analyze %s", path);
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_day before = SPIL_NO_DAY;
    spil_store *store = NULL;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_purge, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_day("--before", given.before, &before, err));
    if (before == SPIL_NO_DAY) {
        rc =
            spil_fail(err, SPIL_USAGE,
                      "say with --before DATE which sources go: those that were to be kept until a "
                      "day before it");
        goto done;
    }
    TRY(spil_case_open(&store, args.words[0], given.dry ? SPIL_STORE_READ : SPIL_STORE_WRITE, err));
    rc = given.dry ? list_expired(store, before, err) : take_out(store, args.words[0], before, err);
done:
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_purge = {
    .name = "purge",
    .arguments = "CASE.db --before DATE",
    .summary = "delete what has expired, without a trace in the file",
    .details =
        "Deletes every source that was to be kept until a day before DATE (--keep-until of the\n"
        "import), with all that came from it alone, and every analysis, list and decision, since\n"
        "those were made of it too. An entity that another source names stays, with what that one\n"
        "says of it. What is freed is overwritten, the file is rebuilt, and the audit chain gets\n"
        "an entry with counts and digests, and nobody's name. It cannot be undone; --dry-run "
        "tells\n"
        "first.\n"
        "\n"
        "examples:\n"
        "  spil purge case.db --before 2027-01-01 --dry-run\n"
        "  spil purge case.db --before 2027-01-01",
    .run = run,
};
