/* cmd_audit.c - `spil audit verify|show|head CASE.db`: what was done, and whether anybody changed
 * the record of it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

static struct {
    const char *head, *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("head", given.head, "verify: the chain must still hold this hash, noted earlier",
             "HASH"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

static const spil_table_column columns[] = {
    {.name = "number", .label = "#", .kind = SPIL_COLUMN_WHOLE},
    {.name = "time"},
    {.name = "action"},
    {.name = "detail", .places = 80},
    {.name = "hash", .shown = SPIL_SHOWN_PROGRAMS},
};

typedef struct reading {
    spil_table *table; /* NULL: not wanted */
    uint64_t count;
    bool found; /* an entry with the hash asked for */
    char head[65];
} reading;

/* "2026-11-24T09:30:05Z" */
static void format_time(int64_t microseconds, char out[32])
{
    const time_t seconds = (time_t)(microseconds / 1000000);
    struct tm parts;
    if (!gmtime_r(&seconds, &parts) || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        out[0] = '\0';
}

static spil_status take(const spil_audit_entry *row, void *user, spil_err *err)
{
    reading *const r = user;
    char when[32];
    r->count++;
    r->found = r->found || (given.head && strcmp(row->hash, given.head) == 0);
    (void)snprintf(r->head, sizeof r->head, "%s", row->hash);
    if (r->table) {
        format_time(row->time, when);
        spil_table_row(r->table);
        spil_table_count(r->table, (uint64_t)row->number);
        spil_table_text(r->table, when);
        spil_table_text(r->table, row->action);
        spil_table_text(r->table, row->detail);
        spil_table_text(r->table, row->hash);
    }
    return spil_check_stop(err);
}

static spil_status verify(spil_store *store, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    reading r = {0};
    TRY(spil_store_audit_verify(store, err));
    TRY(spil_store_each_audit(store, take, &r, err));
    if (given.head && !r.found) {
        rc = spil_fail(err, SPIL_INPUT,
                       "%s: no entry of its %" PRIu64
                       " has the hash that was noted: entries were cut off, "
                       "or this is another case",
                       path, r.count);
        goto done;
    }
    spil_tell("%s: %" PRIu64 " entries, each fits the one before; head %s", path, r.count,
              r.count ? r.head : "none");
done:
    return rc;
}

static spil_status show(spil_store *store, spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    reading r = {0};
    TRY(spil_table_new(&r.table, columns, sizeof columns / sizeof *columns, err));
    TRY(spil_store_each_audit(store, take, &r, err));
    TRY(spil_show_table(r.table, format, "audit", NULL, err));
done:
    spil_table_free(r.table);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_table_format format = SPIL_FORMAT_TABLE;
    reading r = {0};
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_audit, options, argc, argv, 2, 2, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_case_open(&store, args.words[1], SPIL_STORE_READ, err));
    if (strcmp(args.words[0], "verify") == 0) {
        rc = verify(store, args.words[1], err);
    } else if (strcmp(args.words[0], "show") == 0) {
        rc = show(store, format, err);
    } else if (strcmp(args.words[0], "head") == 0) {
        TRY(spil_store_each_audit(store, take, &r, err));
        spil_tell("%" PRIu64 " %s", r.count, r.count ? r.head : "none");
    } else {
        rc = spil_fail(err, SPIL_USAGE, "'%s' is not verify, show or head", args.words[0]);
    }
done:
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_audit = {
    .name = "audit",
    .arguments = "verify|show|head CASE.db",
    .summary = "what was done to the case, and whether that record is whole",
    .details =
        "Every import, run, decision, export and purge adds an entry that holds the hash of the\n"
        "one before. verify finds an entry that was changed, removed or put elsewhere. Entries\n"
        "cut off at the end do not show by themselves: note the head (spil audit head) outside\n"
        "the case, and give it to verify --head.\n"
        "\n"
        "examples:\n"
        "  spil audit verify case.db\n"
        "  spil audit head case.db >>heads-kept-elsewhere.txt\n"
        "  spil audit show case.db --json",
    .run = run,
};
