/* cmd_sensitivity.c - `spil sensitivity CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/barriers/sensitivity.h"
#include "engine/run/moved.h"
#include "engine/run/reopen.h"

#include <inttypes.h>
#include <stdio.h>

static struct {
    const char *top, *samples, *models, *format, *threads;
    int json, keep;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("top", given.top, "the first K of the ranking count (default: 20)", "K"),
    OPT_TEXT("samples", given.samples,
             "points of the variance split, 0: none;\npowers of two are best (default: 256)", "N"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_FLAG("keep", given.keep, "keep the first ten with the analysis: the report tells them"),
    OPT_THREADS(given.threads),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

enum { SHOWN = 20 };

static spil_status show(const spil_reopened *it, const spil_sensitivity *found,
                        spil_table_format format, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "number", .places = 100},
        {.name = "value", .kind = SPIL_COLUMN_REAL, .places = -3},
        {.name = "low", .kind = SPIL_COLUMN_REAL, .places = -3},
        {.name = "high", .kind = SPIL_COLUMN_REAL, .places = -3},
        {.name = "shift_low",
         .label = "at low",
         .unit = "places",
         .kind = SPIL_COLUMN_REAL,
         .places = 2},
        {.name = "shift_high",
         .label = "at high",
         .unit = "places",
         .kind = SPIL_COLUMN_REAL,
         .places = 2},
        {.name = "kept", .kind = SPIL_COLUMN_REAL, .places = 2},
        {.name = "total_low", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "total_high", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "first", .label = "alone", .kind = SPIL_COLUMN_REAL, .places = 3},
        {.name = "total", .label = "with others", .kind = SPIL_COLUMN_REAL, .places = 3},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    spil_str name = SPIL_STR_INIT;
    char members[160];
    const bool people = format == SPIL_FORMAT_TABLE;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < found->count && (!people || i < SHOWN); i++) {
        const spil_sensitivity_row *const row = &found->rows[i];
        spil_moved_name(&name, it->models, &row->number);
        spil_table_row(table);
        spil_table_text(table, spil_str_text(&name));
        spil_table_number(table, row->number.mid);
        spil_table_number(table, row->number.low);
        spil_table_number(table, row->number.high);
        spil_table_number(table, row->shift_low);
        spil_table_number(table, row->shift_high);
        spil_table_number(table, row->kept);
        spil_table_number(table, row->total_low);
        spil_table_number(table, row->total_high);
        spil_table_number(table, row->first);
        spil_table_number(table, row->total);
    }
    (void)snprintf(
        members, sizeof members,
        "\"pairs\": %zu, \"top\": %zu, \"samples\": %zu, \"drawn\": %zu, \"assumed\": %zu",
        found->pairs, found->top, found->samples, found->drawn, found->count);
    TRY(spil_show_table(table, format, "sensitivity", members, err));
    if (people) {
        spil_note("places: how far the first %zu of %zu scored pairs move on average; kept: share "
                  "of them that stay",
                  found->top, found->pairs);
        if (found->drawn)
            spil_note("alone, with others: shares of the variance when %zu numbers vary together "
                      "(%zu points)",
                      found->drawn, found->samples * (found->drawn + 2));
        if (found->count > SHOWN)
            spil_note("%zu assumed numbers more; --format csv shows all", found->count - SHOWN);
    }
done:
    spil_str_free(&name);
    spil_table_free(table);
    return rc;
}

/* The analysis, also when the rows are those of a list made of it. */
static int64_t analysis_of(const spil_reopened *it)
{
    return it->rows->parent.id ? it->rows->parent.id : it->rows->run.id;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_case_run c = {.store = NULL};
    spil_sensitivity found = {0};
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_sensitivity_opts opts = SPIL_SENSITIVITY_OPTS_DEFAULTS;
    uint64_t top = opts.top, samples = opts.samples;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_sensitivity, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_opt_uint("--top", given.top, 1, 100000, &top, err));
    TRY(spil_opt_uint("--samples", given.samples, 0, 1 << 20, &samples, err));
    TRY(spil_opt_threads(given.threads, err));
    opts.top = (size_t)top;
    opts.samples = (size_t)samples;
    opts.progress = spil_meter();
    TRY(spil_case_run_open(&c, args.words[0], given.keep ? SPIL_STORE_WRITE : SPIL_STORE_READ,
                           given.models, err));
    opts.as_of = spil_reopened_run(&c.it)->as_of;
    TRY(spil_sensitivity_find(&found, c.it.facts, c.it.network, c.it.communities, c.it.models,
                              &opts, err));
    if (given.keep)
        TRY(spil_moved_keep(c.store, analysis_of(&c.it), c.it.models, &found, err));
    rc = show(&c.it, &found, format, err);
done:
    spil_sensitivity_clear(&found);
    spil_case_run_close(&c);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_sensitivity = {
    .name = "sensitivity",
    .arguments = "CASE.db",
    .summary = "which assumed number moves the ranking most",
    .details =
        "Sets each assumed number of the models to both ends of its range and tells how far the\n"
        "ranking of the newest analysis moves. The numbers that move it most are then drawn\n"
        "together, and the variance is split over them: what each does alone (first-order Sobol\n"
        "index) and with all others (total).\n"
        "\n"
        "examples:\n"
        "  spil sensitivity case.db\n"
        "  spil sensitivity case.db --keep && spil report case.db --out DIR\n"
        "  spil sensitivity case.db --top 50 --samples 1024 --format csv",
    .run = run,
};
