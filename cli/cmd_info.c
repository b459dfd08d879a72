/* cmd_info.c - `spil info CASE.db`: how much is in a case, whose it is, and until when.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/store/hubs.h"
#include "engine/store/upkeep.h"

#include <inttypes.h>
#include <time.h>

static struct {
    int json;
} given;

static const struct poptOption options[] = {OPT_JSON(given.json), OPT_HELP, OPT_END};

/* ---- sources ---- */

/* "2026-03-01T09:30:00Z" */
static void format_time(int64_t microseconds, char out[32])
{
    const time_t seconds = (time_t)(microseconds / 1000000);
    struct tm parts;
    out[0] = '\0';
    if (gmtime_r(&seconds, &parts))
        (void)strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static spil_status add_source(const spil_source_entry *row, void *user, spil_err *err)
{
    spil_table *const table = user;
    const spil_source *const s = &row->source;
    char day[16], time[32];
    spil_format_day(s->keep_until, day);
    format_time(row->imported, time);
    spil_table_row(table);
    spil_table_text(table, spil_path_name(s->path));
    spil_table_text(table, s->path);
    spil_table_text(table, s->sha256);
    spil_table_count(table, row->bytes);
    spil_table_text(table, time);
    spil_table_text(table, s->owner);
    spil_table_text(table, s->basis);
    spil_table_text(table, s->purpose);
    spil_table_text(table, day);
    spil_table_count(table, s->rows);
    spil_table_count(table, s->rejected);
    return spil_check_stop(err);
}

static spil_status table_of_sources(spil_table **out, spil_store *store, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "file", .shown = SPIL_SHOWN_PEOPLE, .places = 60},
        {.name = "path", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "sha256", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "bytes", .kind = SPIL_COLUMN_WHOLE},
        {.name = "imported", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "owner"},
        {.name = "basis"},
        {.name = "purpose"},
        {.name = "keep_until", .label = "keep until"},
        {.name = "rows", .kind = SPIL_COLUMN_WHOLE},
        {.name = "rejected", .kind = SPIL_COLUMN_WHOLE},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    TRY(spil_store_each_source(store, add_source, table, err));
    *out = table;
    table = NULL;
done:
    spil_table_free(table);
    return rc;
}

/* ---- hubs ---- */

static spil_status add_hub(const spil_hub *row, void *user, spil_err *err)
{
    spil_table *const table = user;
    spil_table_row(table);
    spil_table_text(table, row->key);
    spil_table_text(table, row->label);
    spil_table_text(table, spil_entity_kind_info(row->kind)->name);
    spil_table_count(table, row->degree);
    spil_table_count(table, row->most);
    return spil_check_stop(err);
}

static spil_status table_of_hubs(spil_table **out, spil_store *store, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "key", .label = "hub"},
        {.name = "name"},
        {.name = "kind"},
        {.name = "degree", .label = "linked to", .kind = SPIL_COLUMN_WHOLE},
        {.name = "most", .label = "allowed", .kind = SPIL_COLUMN_WHOLE},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    TRY(spil_store_each_hub(store, add_hub, table, err));
    *out = table;
    table = NULL;
done:
    spil_table_free(table);
    return rc;
}

/* ---- counts ---- */

static void write_counts(const spil_store_counts *c, bool json, spil_str *out)
{
    const struct {
        const char *name, *label;
        uint64_t count;
    } figures[] = {{"schema", "schema version", (uint64_t)c->schema},
                   {"bytes", "bytes", c->bytes},
                   {"source_count", "sources", c->sources},
                   {"entity_count", "entities", c->entities},
                   {"link_count", "links", c->links},
                   {"attribute_count", "attributes", c->attributes},
                   {"role_count", "roles", c->roles},
                   {"signal_count", "signals", c->signals},
                   {"reject_count", "rejected rows", c->rejects},
                   {"run_count", "runs", c->runs},
                   {"decision_count", "decisions", c->decisions},
                   {"audit_count", "audit entries", c->audit_entries}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (json)
            spil_str_addf(out, ", \"%s\": %" PRIu64, figures[i].name, figures[i].count);
        else
            spil_str_addf(out, "%-15s %12" PRIu64 "\n", figures[i].label, figures[i].count);
    }
    char day[16];
    spil_format_day(c->first_expiry, day);
    if (json)
        spil_str_addf(out, ", \"first_expiry\": %s%s%s", day[0] ? "\"" : "", day[0] ? day : "null",
                      day[0] ? "\"" : "");
    else
        spil_str_addf(out, "%-15s %12s\n", "first expiry", day[0] ? day : "none stated");
}

/* An empty table is left out for people. */
static spil_status add_table(spil_str *out, const char *name, const spil_table *table, bool json,
                             spil_err *err)
{
    if (json)
        spil_str_addf(out, ", \"%s\": ", name);
    else if (spil_table_rows(table) == 0)
        return SPIL_OK;
    else
        spil_str_add(out, "\n");
    return spil_table_write(table, json ? SPIL_FORMAT_JSON : SPIL_FORMAT_TABLE, out, err);
}

static spil_status show(spil_store *store, const spil_store_counts *counts, bool json,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *sources = NULL, *hubs = NULL;
    spil_str text = SPIL_STR_INIT;
    TRY(table_of_sources(&sources, store, err));
    TRY(table_of_hubs(&hubs, store, err));
    if (json)
        spil_str_add(&text, "{\"command\": \"info\", \"shape\": 1");
    write_counts(counts, json, &text);
    TRY(add_table(&text, "sources", sources, json, err));
    TRY(add_table(&text, "hubs", hubs, json, err));
    if (json)
        spil_str_add(&text, "}\n");
    TRY(spil_str_status(&text, err));
    spil_put(&text);
done:
    spil_str_free(&text);
    spil_table_free(sources);
    spil_table_free(hubs);
    return rc;
}

/* ---- the command ---- */

/* Today as a day of the calendar in UTC. */
static spil_day today(void)
{
    const time_t now = time(NULL);
    return (spil_day)(now / 86400);
}

static void note_expired(const spil_store_counts *counts, const char *path)
{
    char day[16];
    if (counts->first_expiry == SPIL_NO_DAY || counts->first_expiry >= today())
        return;
    spil_format_day(today(), day);
    spil_note("a source was to be kept until before today; next: spil purge %s --before %s", path,
              day);
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store_counts counts;
    spil_store *store = NULL;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_info, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    TRY(spil_store_info(&counts, store, err));
    TRY(show(store, &counts, given.json, err));
    note_expired(&counts, args.words[0]);
done:
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_info = {
    .name = "info",
    .arguments = "CASE.db",
    .summary = "how much is in a case, whose it is, and until when",
    .details =
        "Counts what is in a case, and lists its sources with owner, legal ground, purpose and\n"
        "the last day that each may be kept (spil purge takes out what has expired). Names the\n"
        "hubs: entities linked to more others than their kind is allowed, such as a block of "
        "flats\n"
        "or a trust office. They make no community.",
    .run = run,
};
