/* cmd_allocate.c - `spil allocate --regions FILE.csv --budget HOURS`: one budget over regions, by
 * inhabitants, by risk and by marginal effect, and what each division achieves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/allocate_sheet.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "reports/plot.h"

#include <math.h>
#include <string.h>

enum { PLOT_POINTS = 41, PLOT_DRAWS = 200 };

static struct {
    const char *regions, *budget, *draws, *seed, *format, *plot;
    int json, totals;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("regions", given.regions, "the regions (see below)", "FILE.csv"),
    OPT_TEXT("budget", given.budget, "hours to divide", "HOURS"),
    OPT_TEXT("draws", given.draws, "draws of harm and returns (default: 2000)", "N"),
    OPT_TEXT("seed", given.seed, "of the draws (default: 1)", "N"),
    OPT_FLAG("totals", given.totals, "what each division achieves alone, without the regions"),
    OPT_TEXT("plot", given.plot, "also draw what each achieves, up to twice the budget",
             "FILE.svg"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

typedef struct asked {
    double budget;
    uint64_t draws, seed;
    spil_table_format format;
} asked;

typedef struct work {
    allocate_sheet sheet;
    double *hours[SPIL_ALLOCATE_KEYS];
    spil_allocate_outcome outcome;
} work;

static void work_free(work *w)
{
    for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++)
        spil_free(w->hours[k]);
    allocate_sheet_clear(&w->sheet);
}

/* ---- dividing ---- */

static spil_status divide(work *w, double budget, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++)
        TRY(spil_allocate(w->hours[k], w->sheet.regions.items, w->sheet.regions.count, budget,
                          (spil_allocate_key)k, err));
done:
    return rc;
}

static spil_status look(spil_allocate_outcome *out, const work *w, size_t draws, uint64_t seed,
                        spil_err *err)
{
    double *const hours[SPIL_ALLOCATE_KEYS] = {w->hours[0], w->hours[1], w->hours[2]};
    return spil_allocate_look(out, w->sheet.regions.items, w->sheet.regions.count, hours, draws,
                              seed, err);
}

/* ---- telling ---- */

static const spil_table_column total_columns[] = {
    {.name = "divided_by", .label = "divided by"},
    {.name = "prevented", .label = "prevents", .kind = SPIL_COLUMN_REAL, .places = -4},
    {.name = "prevented_p5", .label = "5%", .kind = SPIL_COLUMN_REAL, .places = -4},
    {.name = "prevented_p95", .label = "95%", .kind = SPIL_COLUMN_REAL, .places = -4},
    {.name = "price", .label = "price", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "price_p5", .label = "5%", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "price_p95", .label = "95%", .kind = SPIL_COLUMN_REAL, .places = 3}};

static spil_status total_table(spil_table **out, const work *w, spil_err *err)
{
    spil_status rc =
        spil_table_new(out, total_columns, sizeof total_columns / sizeof *total_columns, err);
    for (int k = 0; rc == SPIL_OK && k < SPIL_ALLOCATE_KEYS; k++) {
        const spil_allocate_outcome *const o = &w->outcome;
        const double numbers[] = {o->prevented[k], o->drawn[k].p5,       o->drawn[k].p95,
                                  o->price[k],     o->price_drawn[k].p5, o->price_drawn[k].p95};
        spil_table_row(*out);
        spil_table_text(*out, spil_allocate_key_name((spil_allocate_key)k));
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            spil_table_number(*out, numbers[i]);
    }
    return rc;
}

static const spil_table_column region_columns[] = {
    {.name = "region"},
    {.name = "inhabitants", .kind = SPIL_COLUMN_WHOLE},
    {.name = "harm", .kind = SPIL_COLUMN_REAL, .places = -4},
    {.name = "hours_inhabitants",
     .label = "h by inhabitants",
     .kind = SPIL_COLUMN_REAL,
     .places = 1},
    {.name = "hours_risk", .label = "h by risk", .kind = SPIL_COLUMN_REAL, .places = 1},
    {.name = "hours_effect", .label = "h by effect", .kind = SPIL_COLUMN_REAL, .places = 1},
    {.name = "change_hours", .label = "gains or loses h", .kind = SPIL_COLUMN_REAL, .places = 1},
    {.name = "prevented_inhabitants",
     .label = "prevents by inhabitants",
     .kind = SPIL_COLUMN_REAL,
     .places = -4},
    {.name = "prevented_risk", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "prevented_effect", .label = "by effect", .kind = SPIL_COLUMN_REAL, .places = -4},
    {.name = "change_prevented", .label = "change", .kind = SPIL_COLUMN_REAL, .places = -4},
    {.name = "assumed", .label = "range assumed of"},
    {.name = "harm_p5", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "harm_p95", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "half_hours", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "half_p5", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "half_p95", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "reach", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "misfit", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS}};

/* Which numbers came without a range, and how the curve stands to the case it is taken from. */
static void add_origin(spil_table *table, const spil_allocate_region *r,
                       const allocate_origin *from)
{
    spil_table_text(table, from->harm_assumed   ? from->half_assumed ? "harm, half_hours" : "harm"
                           : from->half_assumed ? "half_hours"
                                                : NULL);
    spil_table_number(table, r->harm.low);
    spil_table_number(table, r->harm.high);
    spil_table_number(table, r->half.mid);
    spil_table_number(table, r->half.low);
    spil_table_number(table, r->half.high);
    spil_table_number(table, r->reach);
    spil_table_number(table, from->from_case ? from->misfit : (double)NAN);
}

static spil_status region_table(spil_table **out, const work *w, spil_err *err)
{
    spil_status rc =
        spil_table_new(out, region_columns, sizeof region_columns / sizeof *region_columns, err);
    for (size_t i = 0; rc == SPIL_OK && i < w->sheet.regions.count; i++) {
        const spil_allocate_region *const r = &w->sheet.regions.items[i];
        double prevented[SPIL_ALLOCATE_KEYS];
        spil_table_row(*out);
        spil_table_text(*out, r->name);
        spil_table_count(*out, (uint64_t)r->inhabitants);
        spil_table_number(*out, r->harm.mid);
        for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++) {
            prevented[k] = spil_allocate_prevented(r, w->hours[k][i]);
            spil_table_number(*out, w->hours[k][i]);
        }
        spil_table_number(*out, w->hours[SPIL_ALLOCATE_EFFECT][i] -
                                    w->hours[SPIL_ALLOCATE_INHABITANTS][i]);
        for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++)
            spil_table_number(*out, prevented[k]);
        spil_table_number(*out,
                          prevented[SPIL_ALLOCATE_EFFECT] - prevented[SPIL_ALLOCATE_INHABITANTS]);
        add_origin(*out, r, &w->sheet.origins.items[i]);
    }
    return rc;
}

static void tell_price(const work *w)
{
    const spil_allocate_outcome *const o = &w->outcome;
    size_t gain = 0, lose = 0;
    for (size_t i = 0; i < w->sheet.regions.count; i++) {
        const double change =
            w->hours[SPIL_ALLOCATE_EFFECT][i] - w->hours[SPIL_ALLOCATE_INHABITANTS][i];
        gain += change > 1e-9;
        lose += change < -1e-9;
    }
    spil_note("price of dividing by inhabitants: %.1f%% of what the best division prevents "
              "(90%%: %.1f to %.1f)",
              100 * o->price[0], 100 * o->price_drawn[0].p5, 100 * o->price_drawn[0].p95);
    spil_note(
        "by effect, regions that gain hours: %zu; that lose: %zu; one more hour would prevent %.4g",
        gain, lose, o->least_marginal);
    if (allocate_sheet_assumed(&w->sheet) > 0)
        spil_note("%zu numbers came without a range: half and twice is assumed",
                  allocate_sheet_assumed(&w->sheet));
    for (size_t i = 0; i < w->sheet.regions.count; i++)
        if (w->sheet.origins.items[i].from_case)
            spil_note("%s: from its case; lists of other hours lie within %.0f%% of the curve",
                      w->sheet.regions.items[i].name, ceil(100 * w->sheet.origins.items[i].misfit));
}

static spil_status show(const work *w, const asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *totals = NULL, *regions = NULL;
    spil_str members = SPIL_STR_INIT;
    TRY(total_table(&totals, w, err));
    TRY(region_table(&regions, w, err));
    spil_str_addf(&members,
                  "\"budget\": %.10g, \"draws\": %llu, \"seed\": %llu, \"assumed\": %zu, "
                  "\"one_more_hour\": %.10g",
                  a->budget, (unsigned long long)a->draws, (unsigned long long)a->seed,
                  allocate_sheet_assumed(&w->sheet), w->outcome.least_marginal);
    if (!given.totals) {
        spil_str_add(&members, ", \"totals\": ");
        TRY(spil_table_write(totals, SPIL_FORMAT_JSON, &members, err));
    }
    TRY(spil_str_status(&members, err));
    if (a->format == SPIL_FORMAT_TABLE && !given.totals) {
        TRY(spil_show_table(regions, a->format, "allocate", NULL, err));
        spil_tell(" ");
    }
    TRY(spil_show_table(given.totals || a->format == SPIL_FORMAT_TABLE ? totals : regions,
                        a->format, "allocate", spil_str_text(&members), err));
    if (a->format == SPIL_FORMAT_TABLE)
        tell_price(w);
done:
    spil_table_free(totals);
    spil_table_free(regions);
    spil_str_free(&members);
    return rc;
}

/* ---- picture ---- */

static spil_status draw(work *w, const asked *a, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double x[PLOT_POINTS], y[3 * SPIL_ALLOCATE_KEYS][PLOT_POINTS];
    spil_plot_line lines[SPIL_ALLOCATE_KEYS];
    spil_str out = SPIL_STR_INIT;
    for (size_t i = 0; i < PLOT_POINTS; i++) {
        spil_allocate_outcome o;
        x[i] = 2 * a->budget * (double)i / (PLOT_POINTS - 1);
        TRY(spil_check_stop(err));
        TRY(divide(w, x[i], err));
        TRY(look(&o, w, PLOT_DRAWS, a->seed, err));
        for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++) {
            y[k][i] = o.prevented[k];
            y[SPIL_ALLOCATE_KEYS + k][i] = o.drawn[k].p5;
            y[2 * SPIL_ALLOCATE_KEYS + k][i] = o.drawn[k].p95;
        }
    }
    for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++)
        lines[k] = (spil_plot_line){.name = spil_allocate_key_name((spil_allocate_key)k),
                                    .x = x,
                                    .y = y[k],
                                    .low = y[SPIL_ALLOCATE_KEYS + k],
                                    .high = y[2 * SPIL_ALLOCATE_KEYS + k],
                                    .count = PLOT_POINTS};
    spil_plot_svg(&out,
                  &(spil_plot){.title = "Harm prevented, by what the hours are divided by",
                               .x_label = "hours of all regions together",
                               .y_label = "harm prevented, as harm in the sheet (band: 90%)",
                               .lines = lines,
                               .line_count = SPIL_ALLOCATE_KEYS},
                  1);
    TRY(spil_str_status(&out, err));
    TRY(spil_write_file(path, spil_str_text(&out), out.length, err));
    spil_note("%s: written", path);
done:
    spil_str_free(&out);
    return rc;
}

/* ---- the command ---- */

static spil_status read_options(asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *a = (asked){.draws = 2000, .seed = 1};
    if (!given.regions || !given.budget)
        return spil_fail(err, SPIL_USAGE, "%s is missing; see spil help allocate",
                         given.regions ? "--budget HOURS" : "--regions FILE.csv");
    TRY(spil_opt_double("--budget", given.budget, 0, 1e12, &a->budget, err));
    TRY(spil_opt_uint("--draws", given.draws, 20, 1000000, &a->draws, err));
    TRY(spil_opt_uint("--seed", given.seed, 0, INT64_MAX, &a->seed, err));
    rc = spil_opt_format(given.format, given.json, &a->format, err);
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    asked a;
    work w = {.outcome = {.least_marginal = 0}};
    TRY(spil_args_read(&args, &spil_cmd_allocate, options, argc, argv, 0, 0, err));
    if (args.helped)
        goto done;
    TRY(read_options(&a, err));
    TRY(allocate_sheet_read(&w.sheet, given.regions, err));
    for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++)
        TRY(NEW_ARRAY(w.hours[k], w.sheet.regions.count, err));
    TRY(divide(&w, a.budget, err));
    TRY(look(&w.outcome, &w, (size_t)a.draws, a.seed, err));
    TRY(show(&w, &a, err));
    if (given.plot)
        rc = draw(&w, &a, given.plot, err);
done:
    work_free(&w);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_allocate = {
    .name = "allocate",
    .arguments = "",
    .summary = "one budget over regions: by inhabitants, by risk, by what an hour prevents",
    .details =
        "FILE.csv has a row a region: region, inhabitants, harm (expected without these hours, in\n"
        "any unit that is the same for all), half_hours (hours that prevent half of what hours "
        "can\n"
        "prevent), and, if known, reach (the part of the harm that hours can prevent at all, 0 to\n"
        "1; default 1) and the 5% and 95% points harm_low, harm_high, half_low, half_high "
        "(without\n"
        "them: half and twice). Prevented in x hours: harm * reach * (1 - 2^(-x / half_hours)).\n"
        "A region with a case of its own names it in the column case: what is empty of harm,\n"
        "half_hours and reach is taken from its newest analysis, with the ranges over its draws.\n"
        "\n"
        "price: 1 - prevented / prevented by the best division. Division by effect is exact for\n"
        "this form of returns. Intervals are over draws of harm and half_hours.\n"
        "\n"
        "examples:\n"
        "  spil allocate --regions regions.csv --budget 4000\n"
        "  spil allocate --regions regions.csv --budget 4000 --json\n"
        "  spil allocate --regions regions.csv --budget 4000 --plot regions.svg",
    .run = run,
};
