/* cmd_origins.c - `spil origins FILE.csv` or `spil origins --case CASE.db`: where suspects come
 * from, as bounds. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/sheet.h"
#include "cli/show.h"
#include "engine/base/vec.h"
#include "engine/interventions/origin.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct {
    const char *path, *municipality, *country, *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("case", given.path, "count the suspects of this case instead of reading a file",
             "CASE.db"),
    OPT_TEXT("municipality", given.municipality, "with it: the municipality that is looked at",
             "NAME"),
    OPT_TEXT("country", given.country, "and the country it lies in (default: NL)", "CODE"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

typedef struct region {
    const char *name;
    spil_homes homes;
} region;

typedef struct work {
    SPIL_VEC(region) regions;
    spil_arena *arena;
} work;

/* ---- the sheet ---- */

enum { REGION, FIRST_COUNT, COLUMNS = FIRST_COUNT + SPIL_HOME_COUNT };
static const spil_sheet_column sheet_columns[COLUMNS] = {
    {"region", true},
    [FIRST_COUNT + SPIL_HOME_SAME] = {"same", true},
    [FIRST_COUNT + SPIL_HOME_ELSEWHERE] = {"elsewhere", true},
    [FIRST_COUNT + SPIL_HOME_ABROAD] = {"abroad", true},
    [FIRST_COUNT + SPIL_HOME_UNKNOWN] = {"unknown", true}};

/* "<5" is a count that was withheld before it came here: as good as any below 5. */
static bool read_count(spil_sheet_row *row, size_t column, uint64_t *out)
{
    const char *const cell = spil_sheet_cell(row, column);
    if (strcmp(cell, "<5") == 0) {
        *out = 0;
        return true;
    }
    if (spil_parse_uint(cell, 1000000000, out))
        return true;
    spil_sheet_fault(row, column, "a count, or <5");
    return false;
}

static spil_status read_region(spil_sheet_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    work *const w = user;
    uint64_t count[SPIL_HOME_COUNT];
    region each = {.name = spil_sheet_cell(row, REGION)};
    bool fine = true;
    for (size_t h = 0; h < SPIL_HOME_COUNT; h++)
        fine = read_count(row, FIRST_COUNT + h, &count[h]) && fine;
    if (!fine)
        return SPIL_OK;
    each.homes = spil_homes_of(count);
    TRY(spil_arena_text(w->arena, &each.name, each.name, strlen(each.name), err));
    rc = VEC_PUSH(w->regions, each, err);
done:
    return rc;
}

/* ---- telling ---- */

static const spil_table_column columns[] = {
    {.name = "region"},
    {.name = "lives", .places = 40},
    {.name = "count"},
    {.name = "low", .label = "share: 5%", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "high", .label = "95%", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "warning", .places = 60}};

static void add_count(spil_table *table, uint64_t least, uint64_t most)
{
    char text[64];
    if (least == most)
        (void)snprintf(text, sizeof text, "%llu", (unsigned long long)least);
    else if (least == 0 && most < SPIL_HOME_FEWEST)
        (void)snprintf(text, sizeof text, "<%d", SPIL_HOME_FEWEST);
    else
        (void)snprintf(text, sizeof text, "%llu to %llu", (unsigned long long)least,
                       (unsigned long long)most);
    spil_table_text(table, text);
}

static void add_row(spil_table *table, const region *r, const char *lives, uint64_t least,
                    uint64_t most, const spil_home_share *share)
{
    spil_table_row(table);
    spil_table_text(table, r->name);
    spil_table_text(table, lives);
    add_count(table, least, most);
    spil_table_number(table, share ? share->low : (double)NAN);
    spil_table_number(table, share ? share->high : (double)NAN);
    spil_table_text(table, r->homes.small ? "small numbers: say little" : "");
}

static void add_region(spil_table *table, const region *r)
{
    const spil_homes *const h = &r->homes;
    for (int k = 0; k < SPIL_HOME_COUNT; k++)
        add_row(table, r, spil_home_text((spil_home)k), h->least[k], h->most[k], &h->share[k]);
    add_row(table, r, "abroad, if none of the unknown are", h->least[SPIL_HOME_ABROAD],
            h->most[SPIL_HOME_ABROAD], &h->none_abroad);
    add_row(table, r, "abroad, if all of the unknown are",
            h->least[SPIL_HOME_ABROAD] + h->least[SPIL_HOME_UNKNOWN],
            h->most[SPIL_HOME_ABROAD] + h->most[SPIL_HOME_UNKNOWN], &h->all_abroad);
    add_row(table, r, "all", h->total_least, h->total_most, NULL);
}

static spil_status show(const work *w, spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    size_t small = 0;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < w->regions.count; i++) {
        add_region(table, &w->regions.items[i]);
        small += w->regions.items[i].homes.small;
    }
    TRY(spil_show_table(table, format, "origins", "\"interval\": 0.9, \"fewest_shown\": 5", err));
    if (small)
        spil_note("in %zu of %zu regions numbers are small: a count below %d or fewer than %d in "
                  "all; read the intervals, not their middle",
                  small, w->regions.count, SPIL_HOME_FEWEST, SPIL_HOME_SMALL);
done:
    spil_table_free(table);
    return rc;
}

/* ---- a case ---- */

static spil_status count_case(work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_facts *facts = NULL;
    uint64_t count[SPIL_HOME_COUNT];
    region each = {.name = given.municipality};
    TRY(spil_case_open(&store, given.path, SPIL_STORE_READ, err));
    TRY(spil_store_load_facts(&facts, store, err));
    TRY(spil_homes_count(count, facts, given.municipality, given.country ? given.country : "NL",
                         err));
    each.homes = spil_homes_of(count);
    rc = VEC_PUSH(w->regions, each, err);
done:
    spil_facts_free(facts);
    spil_store_close(store);
    return rc;
}

static spil_status check(const spil_args *args, spil_err *err)
{
    if (given.path && args->count)
        return spil_fail(err, SPIL_USAGE, "a file of counts or --case, not both");
    if (given.path && !given.municipality)
        return spil_fail(err, SPIL_USAGE, "--municipality NAME is missing");
    if (!given.path && (given.municipality || given.country))
        return spil_fail(err, SPIL_USAGE, "--municipality and --country go with --case CASE.db");
    return given.path ? SPIL_OK : spil_args_need(args, &spil_cmd_origins, 1, err);
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    spil_table_format format = SPIL_FORMAT_TABLE;
    work w = {.arena = NULL};
    TRY(spil_args_read(&args, &spil_cmd_origins, options, argc, argv, 0, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(check(&args, err));
    TRY(spil_arena_new(&w.arena, err));
    if (given.path)
        TRY(count_case(&w, err));
    else
        TRY(spil_sheet_read(&(spil_sheet){.columns = sheet_columns,
                                          .column_count = COLUMNS,
                                          .made_by = "spil help origins",
                                          .left_alone = "nothing is told",
                                          .each = read_region,
                                          .user = &w},
                            args.words[0], err));
    rc = show(&w, format, err);
done:
    spil_free(w.regions.items);
    spil_arena_free(w.arena);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_origins = {
    .name = "origins",
    .arguments = "[FILE.csv]",
    .summary = "where suspects come from: bounds, never a point, and no count below 5",
    .details =
        "FILE.csv has a row a region: region, and how many suspects of its cases live in the same\n"
        "municipality (same), elsewhere in the country (elsewhere), abroad (abroad: country of\n"
        "residence as recorded for the case, nothing else), or where nobody wrote it down\n"
        "(unknown). A count below 5 is shown as <5, and every share is worked out as if it could\n"
        "be anything from 0 to 4, so that no figure gives it away. Shares are 90% intervals\n"
        "(Jeffreys); the share abroad is told with none and with all of the unknown abroad.\n"
        "With --case the suspects of a case are counted: persons with a recorded role, or a "
        "suspect\n"
        "together with somebody, by their recorded country of residence and municipality.\n"
        "\n"
        "examples:\n"
        "  spil origins suspects.csv\n"
        "  spil origins suspects.csv --json\n"
        "  spil origins --case case.db --municipality Rietschemonde",
    .run = run,
};
