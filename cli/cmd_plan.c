/* cmd_plan.c - `spil plan CASE.db`: who does what by when, and what each partner brings.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/opt_lang.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/base/text.h"
#include "engine/run/analysis.h"
#include "reports/lang.h"
#include "reports/plan_files.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static struct {
    const char *start, *week, *gap, *more, *exact, *calendar, *workbook, *lang, *models, *format,
        *show;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("start", given.start, "first day (default: today)", "DATE"),
    OPT_TEXT("week", given.week, "hours a week that partners work (default: 16 each)",
             "partner=N,..."),
    OPT_TEXT("gap", given.gap, "days between two actions on one entity (default: 7)", "N"),
    OPT_TEXT("more", given.more, "how many hours more to try for each partner (default: 40)", "N"),
    OPT_TEXT("exact", given.exact, "seconds to look for the best list; 0: do not (default: 10)",
             "N"),
    OPT_TEXT("show", given.show, "actions, partners or sums (default: all three in a table)",
             "WHAT"),
    OPT_TEXT("ics", given.calendar, "write a calendar for all, and one a partner beside it",
             "FILE.ics"),
    OPT_TEXT("xlsx", given.workbook, "write a workbook", "FILE.xlsx"),
    OPT_TEXT("lang", given.lang, "language: nl or en (default: en)", "LANG"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

/* ---- options ---- */

static spil_status read_week(spil_plan_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_list_opts hours = {.top = 0};
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        hours.hours[p] = opts->week[p];
    if (given.week)
        TRY(spil_parse_hours(&hours, given.week, err));
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        if (hours.hours[p] <= 0)
            return spil_fail(err, SPIL_USAGE,
                             "--week: %s with 0 hours a week never ends; leave it out of the list "
                             "with spil targets --hours %s=0",
                             spil_partner_id((spil_partner)p), spil_partner_id((spil_partner)p));
        opts->week[p] = hours.hours[p];
    }
done:
    return rc;
}

static spil_status read_opts(spil_plan_opts *opts, spil_lang *lang, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *opts = spil_plan_defaults();
    opts->start = (spil_day)(time(NULL) / 86400);
    opts->progress = spil_meter();
    TRY(spil_opt_day("--start", given.start, &opts->start, err));
    TRY(spil_opt_double("--gap", given.gap, -1e-9, 365, &opts->gap_days, err));
    TRY(spil_opt_double("--more", given.more, 0, 1e6, &opts->more_hours, err));
    TRY(spil_opt_double("--exact", given.exact, -1e-9, 1e6, &opts->exact_seconds, err));
    TRY(read_week(opts, err));
    TRY(spil_opt_lang(given.lang, lang, err));
    if (given.show && strcmp(given.show, "actions") != 0 && strcmp(given.show, "partners") != 0 &&
        strcmp(given.show, "sums") != 0)
        rc =
            spil_fail(err, SPIL_USAGE, "--show: '%s' is not actions, partners or sums", given.show);
done:
    return rc;
}

/* ---- tables ---- */

/* What is on record of an action: works, fails, done (not known yet) or not done. */
static void add_record(spil_table *table, const spil_plan_record *record)
{
    char day[16];
    spil_format_day(record->day, day);
    spil_table_text(table, !record->known  ? NULL
                           : !record->done ? "not done"
                           : record->result == SPIL_OUTCOME_UNKNOWN
                               ? "done"
                               : spil_outcome_word(record->result));
    spil_table_text(table, record->known ? day : NULL);
    spil_table_number(table, record->known ? record->hours : (double)NAN);
}

static spil_status table_of_actions(spil_table **out, const spil_plan *plan,
                                    const spil_plan_words *words, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "rank", .label = "#", .kind = SPIL_COLUMN_WHOLE},
        {.name = "partner", .places = 20},
        {.name = "action", .places = 30},
        {.name = "key", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "name", .label = "target", .places = 28},
        {.name = "begin"},
        {.name = "stands"},
        {.name = "hours", .kind = SPIL_COLUMN_REAL},
        {.name = "cost", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "adds", .kind = SPIL_COLUMN_REAL, .places = -3},
        {.name = "moved", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "abroad", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "model", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "step", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "barrier", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "community", .kind = SPIL_COLUMN_WHOLE, .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "status"},
        {.name = "record"},
        {.name = "record_day", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "record_hours", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < plan->item_count; i++) {
        const spil_plan_item *const item = &plan->items[i];
        char begin[16], stands[16];
        spil_format_day(item->begin, begin);
        spil_format_day(item->stands, stands);
        spil_table_row(table);
        spil_table_count(table, item->rank);
        spil_table_text(table, spil_partner_id(item->partner));
        spil_table_text(table, spil_plan_action(words, item));
        spil_table_text(table, item->entity->key);
        spil_table_text(table, spil_entity_name(item->entity));
        spil_table_text(table, begin);
        spil_table_text(table, stands);
        spil_table_number(table, item->hours);
        spil_table_number(table, item->cost);
        spil_table_number(table, item->marginal);
        spil_table_number(table, item->moved);
        spil_table_number(table, item->abroad);
        spil_table_text(table, item->model);
        spil_table_text(table, item->step);
        spil_table_text(table, item->barrier);
        spil_table_count(table, item->community + 1);
        spil_table_text(table, item->status);
        add_record(table, &item->record);
    }
    *out = table;
done:
    return rc;
}

static spil_status table_of_partners(spil_table **out, const spil_plan *plan, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "partner", .places = 20},
        {.name = "actions", .kind = SPIL_COLUMN_WHOLE},
        {.name = "given", .kind = SPIL_COLUMN_REAL},
        {.name = "used", .kind = SPIL_COLUMN_REAL},
        {.name = "credit", .kind = SPIL_COLUMN_REAL, .places = -3},
        {.name = "credit_error", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "without", .label = "gain without it", .kind = SPIL_COLUMN_REAL, .places = -3},
        {.name = "more", .label = "gain of more hours", .kind = SPIL_COLUMN_REAL, .places = -3},
        {.name = "last", .label = "last stands"},
        {.name = "done", .kind = SPIL_COLUMN_WHOLE},
        {.name = "hours_done", .label = "hours spent", .kind = SPIL_COLUMN_REAL},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++) {
        const spil_plan_partner *const it = &plan->partners[p];
        char last[16];
        if (it->actions == 0 && !isfinite(it->given))
            continue;
        spil_format_day(it->last, last);
        spil_table_row(table);
        spil_table_text(table, spil_partner_id((spil_partner)p));
        spil_table_count(table, it->actions);
        spil_table_number(table, isfinite(it->given) ? it->given : (double)NAN);
        spil_table_number(table, it->used);
        spil_table_number(table, it->credit);
        spil_table_number(table, it->credit_error);
        spil_table_number(table, it->out);
        spil_table_number(table, isfinite(it->given) ? it->more : (double)NAN);
        spil_table_text(table, it->last == SPIL_NO_DAY ? NULL : last);
        spil_table_count(table, it->done);
        spil_table_number(table, it->hours_done);
    }
    *out = table;
done:
    return rc;
}

static void add_sum(spil_table *table, const char *name, double value)
{
    spil_table_row(table);
    spil_table_text(table, name);
    spil_table_number(table, value);
}

static spil_status table_of_sums(spil_table **out, const spil_plan *plan, spil_err *err)
{
    static const spil_table_column columns[] = {{.name = "figure"},
                                                {.name = "value", .kind = SPIL_COLUMN_REAL}};
    spil_table *table = NULL;
    const double nothing = (double)NAN;
    const spil_status rc = spil_table_new(&table, columns, 2, err);
    if (rc != SPIL_OK)
        return rc;
    add_sum(table, "gain", plan->gain);
    add_sum(table, "possible", plan->possible);
    add_sum(table, "moved_to_other_steps", plan->moved);
    add_sum(table, "moved_abroad", plan->abroad);
    add_sum(table, "money", plan->money);
    add_sum(table, "budget", isfinite(plan->budget) ? plan->budget : nothing);
    add_sum(table, "gain_of_a_tenth_more_money",
            isfinite(plan->budget) ? plan->more_money : nothing);
    add_sum(table, "chains_touched", plan->chains);
    add_sum(table, "chains_broken_expected", plan->broken);
    add_sum(table, "steps_addressed", plan->steps);
    add_sum(table, "best_gain", plan->has_optimum ? plan->optimum : nothing);
    add_sum(table, "proven_bound", plan->bound > 0 ? plan->bound : nothing);
    add_sum(table, "gap", plan->bound > 0 ? 1 - plan->gain / plan->bound : nothing);
    add_sum(table, "actions", (double)plan->item_count);
    add_sum(table, "actions_done", (double)plan->tally.done);
    add_sum(table, "actions_that_work", (double)plan->tally.works);
    add_sum(table, "actions_that_fail", (double)plan->tally.fails);
    add_sum(table, "hours_planned", plan->tally.hours_planned);
    add_sum(table, "hours_spent", plan->tally.hours_used);
    add_sum(table, "steps_hit", (double)plan->tally.steps_hit);
    add_sum(table, "chains_hit", (double)plan->tally.chains_hit);
    *out = table;
    return SPIL_OK;
}

static bool of_one_partner(const spil_plan *plan)
{
    size_t partners = 0;
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        partners += plan->partners[p].actions > 0;
    return partners == 1 && !isfinite(plan->budget);
}

/* What is proved before anything is worked out: see engine/interventions/choose.c. */
static void tell_guarantee(const spil_plan *plan)
{
    const double share = 100 * (1 - exp(-1)) / 2;
    if (of_one_partner(plan))
        spil_tell("Without wishes a greedy list of one partner takes away at least %.0f%% of what "
                  "the best does (Khuller, Moss & Naor 1999).",
                  share);
    else
        spil_tell(
            "A greedy list of one partner has at least %.0f%% of the best by proof; for several, "
            "or with a budget, nothing is proved beforehand: %s.",
            share, plan->bound > 0 ? "see the limit above" : "--exact SECONDS looks for a limit");
}

static void tell_sums(const spil_plan *plan)
{
    spil_tell("%s", "");
    spil_tell("The plan is expected to take away %.3g of the %.3g that all processes stand for: of "
              "%.0f chains it works on, %.2g are broken.",
              plan->gain, plan->possible, plan->chains, plan->broken);
    if (plan->moved > 0 || plan->abroad > 0)
        spil_tell("That is net: %.3g more would go but comes back at another step of the process, "
                  "and %.3g across the border.",
                  plan->moved, plan->abroad);
    if (isfinite(plan->budget))
        spil_tell("It costs %.0f of %.0f euro beside the hours; a tenth more would add %.3g.",
                  plan->money, plan->budget, plan->more_money);
    if (plan->has_optimum && plan->bound <= plan->optimum)
        spil_tell("The best list there is would take away %.4g: this one falls %.1f%% short.",
                  plan->optimum, 100 * fmax(1 - plan->gain / plan->optimum, 0));
    else if (plan->bound > 0)
        spil_tell("No list takes away more than %.4g: this one is within %.1f%% of that.",
                  plan->bound, 100 * fmax(1 - plan->gain / plan->bound, 0));
    tell_guarantee(plan);
    if (plan->tally.done > 0)
        spil_tell(
            "On record: %zu of %zu actions done in %.4g of %.4g hours; %zu work, %zu fail; at "
            "least one worked in %zu of %.0f steps, %zu of %.0f chains.",
            plan->tally.done, plan->item_count, plan->tally.hours_used, plan->tally.hours_planned,
            plan->tally.works, plan->tally.fails, plan->tally.steps_hit, plan->steps,
            plan->tally.chains_hit, plan->chains);
    if (!plan->credit_exact)
        spil_tell("%s", "Shares of the gain are sampled; --json tells their errors.");
}

static spil_status show(const spil_plan *plan, const spil_plan_words *words,
                        spil_table_format format, spil_err *err)
{
    static const char *const parts[] = {"actions", "partners", "sums"};
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    const char *const only = given.show                    ? given.show
                             : format == SPIL_FORMAT_TABLE ? NULL
                                                           : "actions";
    for (size_t i = 0; i < 3; i++) {
        if (only ? strcmp(only, parts[i]) != 0 : i == 2)
            continue;
        if (i == 0)
            TRY(table_of_actions(&table, plan, words, err));
        else if (i == 1)
            TRY(table_of_partners(&table, plan, err));
        else
            TRY(table_of_sums(&table, plan, err));
        if (!only && i == 1)
            spil_tell("%s", "");
        TRY(spil_show_table(table, format, "plan", NULL, err));
        spil_table_free(table);
        table = NULL;
    }
    if (!only)
        tell_sums(plan);
done:
    spil_table_free(table);
    return rc;
}

/* ---- files ---- */

static spil_status write_calendar(const spil_plan *plan, const spil_plan_words *words,
                                  spil_partner partner, const char *path, spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    spil_status rc = spil_plan_calendar(plan, words, partner, &text, err);
    if (rc == SPIL_OK)
        rc = spil_write_file(path, spil_str_text(&text), text.length, err);
    spil_str_free(&text);
    return rc;
}

/* all.ics, and all-police.ics for each partner that has work. */
static spil_status write_calendars(const spil_plan *plan, const spil_plan_words *words,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t length = strlen(given.calendar);
    const bool ends = length > 4 && strcmp(given.calendar + length - 4, ".ics") == 0;
    spil_str path = SPIL_STR_INIT;
    TRY(write_calendar(plan, words, SPIL_PARTNER_COUNT, given.calendar, err));
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++) {
        if (plan->partners[p].actions == 0)
            continue;
        spil_str_clear(&path);
        spil_str_addf(&path, "%.*s-%s.ics", (int)(ends ? length - 4 : length), given.calendar,
                      spil_partner_id((spil_partner)p));
        TRY(spil_str_status(&path, err));
        TRY(write_calendar(plan, words, (spil_partner)p, spil_str_text(&path), err));
    }
done:
    spil_str_free(&path);
    return rc;
}

static spil_status write_files(const spil_plan *plan, const spil_plan_words *words, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    if (given.calendar)
        TRY(write_calendars(plan, words, err));
    if (given.workbook) {
        TRY(spil_plan_workbook(plan, words, &text, err));
        TRY(spil_write_file(given.workbook, spil_str_text(&text), text.length, err));
    }
done:
    spil_str_free(&text);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_plan *plan = NULL;
    spil_model_set *models = NULL;
    spil_plan_opts opts;
    spil_plan_words words = {.lang = SPIL_LANG_EN};
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_plan, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(read_opts(&opts, &words.lang, err));
    TRY(spil_model_set_read(&models, given.models, err));
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    TRY(spil_plan_make(&plan, store, &opts, err));
    words.models = models;
    words.start = opts.start;
    words.fingerprint = plan->from.rows->run.input_digest;
    TRY(write_files(plan, &words, err));
    TRY(show(plan, &words, format, err));
done:
    spil_plan_free(plan);
    spil_model_set_free(models);
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_plan = {
    .name = "plan",
    .arguments = "CASE.db",
    .summary = "who does what by when, what each partner brings, what more time would",
    .details =
        "Lays the newest list out in time: a partner takes its actions in the order of the list,\n"
        "at so many hours a week, and an action stands when its work is done and its lead time\n"
        "has passed. Beside it, for each partner: its share of the gain (Shapley value: shares "
        "add\n"
        "up to the whole, and who adds nothing gets nothing), what the others would still achieve\n"
        "without it, and what more of its hours would add. In small cases the best list there is\n"
        "is worked out too, and how far the chosen one falls short of it.\n"
        "\n"
        "examples:\n"
        "  spil plan case.db --start 2026-01-05 --week police=24,municipality=12\n"
        "  spil plan case.db --ics plan.ics --xlsx plan.xlsx\n"
        "  spil plan case.db --show partners --json",
    .run = run,
};
