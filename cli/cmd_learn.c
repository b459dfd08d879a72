/* cmd_learn.c - `spil learn [CASE.db]`: what outcomes teach about instruments, and what a practice
 * did where it was tried. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/barrier_name.h"
#include "cli/case.h"
#include "cli/learn_compare.h"
#include "cli/learned_file.h"
#include "cli/opt.h"
#include "cli/sheet.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/store/outcome.h"

#include <string.h>

static struct {
    const char *outcomes, *compare, *scale, *resamples, *seed, *write, *models, *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("outcomes", given.outcomes,
             "more outcomes: barrier, done, result and, if needed, model and step;\n"
             "what `spil outcome --format csv` gives",
             "FILE.csv"),
    OPT_TEXT("compare", given.compare,
             "before and after, with and without: region, period (before, after),\n"
             "treated (yes, no), count and, for several, practice",
             "FILE.csv"),
    OPT_TEXT("scale", given.scale, "of the change in a region: ratio or count (default: ratio)",
             "WORD"),
    OPT_TEXT("resamples", given.resamples, "of bootstrap and permutation (default: 4999)", "N"),
    OPT_TEXT("seed", given.seed, "of them (default: 1)", "N"),
    OPT_TEXT("write", given.write, "write what was learned, for spil analyze --learned",
             "FILE.csv"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

/* Results of one barrier so far. */
typedef struct tally {
    spil_barrier_place place;
    uint32_t works, fails, in_case, in_file;
    spil_day first, last; /* of those in the case */
} tally;

typedef struct work {
    spil_model_set *models;
    SPIL_VEC(tally) tallies;
    spil_practice *practices; /* one each */
    size_t unknown, unread;   /* done without a result yet; of barriers that no model has */
    spil_learned_file learned;
    spil_comparisons compared;
    spil_str why;
} work;

static void work_free(work *w)
{
    spil_model_set_free(w->models);
    spil_free(w->tallies.items);
    spil_free(w->practices);
    spil_learned_file_free(&w->learned);
    spil_comparisons_free(&w->compared);
    spil_str_free(&w->why);
}

/* ---- counting ---- */

static spil_status tally_of(work *w, const spil_barrier_place *place, tally **out, spil_err *err)
{
    for (size_t i = 0; i < w->tallies.count; i++)
        if (w->tallies.items[i].place.barrier == place->barrier) {
            *out = &w->tallies.items[i];
            return SPIL_OK;
        }
    const tally fresh = {.place = *place, .first = SPIL_NO_DAY, .last = SPIL_NO_DAY};
    const spil_status rc = VEC_PUSH(w->tallies, fresh, err);
    if (rc == SPIL_OK)
        *out = &w->tallies.items[w->tallies.count - 1];
    return rc;
}

static void count(tally *t, spil_outcome_result result)
{
    t->works += result == SPIL_OUTCOME_WORKS;
    t->fails += result == SPIL_OUTCOME_FAILS;
}

static spil_status count_stored(const spil_outcome *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    work *const w = user;
    spil_barrier_place place = {0};
    tally *t = NULL;
    if (!row->done)
        return SPIL_OK;
    if (row->result == SPIL_OUTCOME_UNKNOWN) {
        w->unknown++;
        return SPIL_OK;
    }
    if (!spil_barrier_named(&place, w->models, row->model, row->step, row->barrier, &w->why)) {
        w->unread++;
        return SPIL_OK;
    }
    TRY(tally_of(w, &place, &t, err));
    count(t, row->result);
    t->in_case++;
    t->first = t->first == SPIL_NO_DAY || row->day < t->first ? row->day : t->first;
    t->last = row->day > t->last ? row->day : t->last;
done:
    return rc;
}

enum { MODEL, STEP, BARRIER, DONE, RESULT, COLUMNS };
static const spil_sheet_column sheet_columns[COLUMNS] = {
    {"model", false}, {"step", false}, {"barrier", true}, {"done", true}, {"result", true}};

static spil_status count_row(spil_sheet_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    work *const w = user;
    spil_barrier_place place = {0};
    spil_outcome_result result = SPIL_OUTCOME_UNKNOWN;
    const char *const word = spil_sheet_cell(row, RESULT);
    tally *t = NULL;
    bool done = false;
    if (!*word && !*spil_sheet_cell(row, DONE))
        return SPIL_OK;
    if (!spil_sheet_yes_no(row, DONE, &done))
        return SPIL_OK;
    if (*word && !spil_outcome_find(word, &result)) {
        spil_sheet_fault(row, RESULT, "works, fails or unknown");
        return SPIL_OK;
    }
    if (!done && result != SPIL_OUTCOME_UNKNOWN) {
        spil_sheet_fault(row, RESULT, "unknown, as it was not done");
        return SPIL_OK;
    }
    if (!spil_barrier_named(&place, w->models, spil_sheet_cell(row, MODEL),
                            spil_sheet_cell(row, STEP), spil_sheet_cell(row, BARRIER), &w->why)) {
        spil_sheet_fault(row, BARRIER, spil_str_text(&w->why));
        return SPIL_OK;
    }
    w->unknown += done && result == SPIL_OUTCOME_UNKNOWN;
    if (result == SPIL_OUTCOME_UNKNOWN)
        return SPIL_OK;
    TRY(tally_of(w, &place, &t, err));
    count(t, result);
    t->in_file++;
done:
    return rc;
}

/* By model, step and place in the step. */
static int by_place(const tally *a, const tally *b)
{
    const int model = strcmp(a->place.model->id, b->place.model->id);
    if (model != 0)
        return model;
    if (a->place.step != b->place.step)
        return a->place.step < b->place.step ? -1 : 1;
    return a->place.barrier < b->place.barrier ? -1 : a->place.barrier > b->place.barrier;
}

static void sort_tallies(work *w)
{
    for (size_t i = 1; i < w->tallies.count; i++) {
        const tally each = w->tallies.items[i];
        size_t at = i;
        for (; at > 0 && by_place(&w->tallies.items[at - 1], &each) > 0; at--)
            w->tallies.items[at] = w->tallies.items[at - 1];
        w->tallies.items[at] = each;
    }
}

static spil_status learn(work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sort_tallies(w);
    TRY(NEW_ARRAY(w->practices, w->tallies.count, err));
    for (size_t i = 0; i < w->tallies.count; i++) {
        const tally *const t = &w->tallies.items[i];
        w->practices[i] = (spil_practice){.prior_a = t->place.barrier->effect_a,
                                          .prior_b = t->place.barrier->effect_b,
                                          .works = t->works,
                                          .fails = t->fails};
    }
    rc = spil_learn_practices(w->practices, w->tallies.count, err);
done:
    return rc;
}

/* ---- the learned numbers ---- */

/* "12 results in case.db (2024-01-02 to 2024-12-11), 5 in extra.csv" */
static void tell_from(const tally *t, const char *path, spil_str *out)
{
    char first[16], last[16];
    spil_format_day(t->first, first);
    spil_format_day(t->last, last);
    spil_str_clear(out);
    if (t->in_case)
        spil_str_addf(out, "%u result%s in %s (%s to %s)", t->in_case, t->in_case == 1 ? "" : "s",
                      spil_path_name(path), first, last);
    if (t->in_file)
        spil_str_addf(out, "%s%u result%s in %s", t->in_case ? ", " : "", t->in_file,
                      t->in_file == 1 ? "" : "s", spil_path_name(given.outcomes));
}

static spil_status write_learned(work *w, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_arena_new(&w->learned.arena, err));
    for (size_t i = 0; i < w->tallies.count; i++) {
        const tally *const t = &w->tallies.items[i];
        spil_learned l = {.model = t->place.model->id,
                          .step = t->place.step->id,
                          .barrier = t->place.barrier->id,
                          .prior_a = t->place.barrier->effect_a,
                          .prior_b = t->place.barrier->effect_b,
                          .works = t->works,
                          .fails = t->fails};
        tell_from(t, path, &w->why);
        TRY(spil_str_status(&w->why, err));
        TRY(spil_arena_text(w->learned.arena, &l.from, spil_str_text(&w->why), w->why.length, err));
        TRY(VEC_PUSH(w->learned.rows, l, err));
    }
    TRY(spil_learned_file_write(&w->learned, given.write, err));
    spil_note("%s: effects of %zu barriers; then spil analyze CASE.db --learned %s", given.write,
              w->learned.rows.count, given.write);
done:
    return rc;
}

/* ---- telling ---- */

static const spil_table_column columns[] = {
    {.name = "model"},
    {.name = "step", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "barrier"},
    {.name = "partner", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "works", .kind = SPIL_COLUMN_WHOLE},
    {.name = "fails", .kind = SPIL_COLUMN_WHOLE},
    {.name = "prior_mean", .label = "model says", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "prior_low", .label = "5%", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "prior_high", .label = "95%", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "mean", .label = "learned", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "low", .label = "5%", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "high", .label = "95%", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "over", .label = "over the others", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "over_low", .label = "low", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "over_high", .label = "high", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "p_holm", .label = "p (Holm)", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "finding"}};

static void add_interval(spil_table *table, const spil_interval *interval)
{
    spil_table_number(table, interval->mean);
    spil_table_number(table, interval->low);
    spil_table_number(table, interval->high);
}

static spil_status practice_table(spil_table **out, const work *w, spil_err *err)
{
    spil_status rc = spil_table_new(out, columns, sizeof columns / sizeof *columns, err);
    for (size_t i = 0; rc == SPIL_OK && i < w->tallies.count; i++) {
        const tally *const t = &w->tallies.items[i];
        const spil_practice *const p = &w->practices[i];
        spil_table_row(*out);
        spil_table_text(*out, t->place.model->id);
        spil_table_text(*out, t->place.step->id);
        spil_table_text(*out, t->place.barrier->id);
        spil_table_text(*out, spil_partner_id(t->place.barrier->partner));
        spil_table_count(*out, p->works);
        spil_table_count(*out, p->fails);
        add_interval(*out, &p->prior);
        add_interval(*out, &p->posterior);
        add_interval(*out, &p->over);
        spil_table_number(*out, p->adjusted);
        spil_table_text(*out, spil_finding_text(p->finding));
    }
    return rc;
}

static void explain(const work *w)
{
    spil_note("too few to say: fewer than %d results of the instrument, or of all others; in "
              "--compare fewer than %d regions on either side",
              SPIL_LEARN_FEWEST, SPIL_LEARN_FEWEST);
    spil_note("better, worse: the interval excludes zero at a level shared over all that are "
              "judged, and p after Holm is at most %g",
              SPIL_LEARN_ALPHA);
    if (w->unknown)
        spil_note("%zu done, with a result that is not known yet: not counted", w->unknown);
    if (w->unread)
        spil_note("%zu results of barriers that none of the models has: not counted", w->unread);
}

/* People get a table each; csv the instruments, or the comparison where only that was asked for;
 * json both. */
static spil_status show(const work *w, bool instruments, spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *practices = NULL, *compared = NULL;
    spil_str members = SPIL_STR_INIT;
    TRY(practice_table(&practices, w, err));
    TRY(spil_comparisons_table(&compared, &w->compared, err));
    spil_str_addf(&members,
                  "\"alpha\": %g, \"fewest\": %d, \"unknown\": %zu, \"unread\": %zu, "
                  "\"comparisons\": ",
                  SPIL_LEARN_ALPHA, SPIL_LEARN_FEWEST, w->unknown, w->unread);
    TRY(spil_table_write(compared, SPIL_FORMAT_JSON, &members, err));
    TRY(spil_str_status(&members, err));
    if (instruments || format == SPIL_FORMAT_JSON)
        TRY(spil_show_table(practices, format, "learn", spil_str_text(&members), err));
    if (format == SPIL_FORMAT_TABLE && instruments && given.compare)
        spil_tell(" ");
    if (given.compare &&
        (format == SPIL_FORMAT_TABLE || (format == SPIL_FORMAT_CSV && !instruments)))
        TRY(spil_show_table(compared, format, "learn", NULL, err));
    if (format == SPIL_FORMAT_TABLE)
        explain(w);
done:
    spil_table_free(practices);
    spil_table_free(compared);
    spil_str_free(&members);
    return rc;
}

/* ---- the command ---- */

static spil_status read_outcomes(work *w, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    TRY(spil_models_given(&w->models, given.models, err));
    if (path) {
        TRY(spil_case_open(&store, path, SPIL_STORE_READ, err));
        TRY(spil_store_each_outcome(store, count_stored, w, err));
    }
    if (given.outcomes)
        TRY(spil_sheet_read(&(spil_sheet){.columns = sheet_columns,
                                          .column_count = COLUMNS,
                                          .made_by = "spil outcome --format csv",
                                          .left_alone = "nothing was learned",
                                          .each = count_row,
                                          .user = w},
                            given.outcomes, err));
    rc = learn(w, err);
done:
    spil_store_close(store);
    return rc;
}

static spil_status compare(work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_compare_opts opts = SPIL_COMPARE_OPTS_DEFAULTS;
    uint64_t resamples = opts.resamples;
    if (given.scale && strcmp(given.scale, "ratio") != 0 && strcmp(given.scale, "count") != 0)
        return spil_fail(err, SPIL_USAGE, "--scale: '%s' is neither ratio nor count", given.scale);
    TRY(spil_opt_uint("--resamples", given.resamples, 999, 1000000, &resamples, err));
    TRY(spil_opt_uint("--seed", given.seed, 0, UINT32_MAX, &opts.seed, err));
    opts.resamples = (size_t)resamples;
    w->compared.ratio = !given.scale || strcmp(given.scale, "ratio") == 0;
    if (given.compare)
        rc = spil_comparisons_read(&w->compared, given.compare, &opts, err);
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    spil_table_format format = SPIL_FORMAT_TABLE;
    work w = {.why = SPIL_STR_INIT};
    TRY(spil_args_read(&args, &spil_cmd_learn, options, argc, argv, 0, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    const char *const path = args.count ? args.words[0] : NULL;
    const bool instruments = path || given.outcomes;
    if (!instruments && !given.compare) {
        rc = spil_fail(err, SPIL_USAGE, "CASE.db, --outcomes or --compare is missing");
        goto done;
    }
    if (given.write && !instruments) {
        rc = spil_fail(err, SPIL_USAGE, "--write needs outcomes: CASE.db or --outcomes");
        goto done;
    }
    TRY(compare(&w, err));
    if (instruments)
        TRY(read_outcomes(&w, path, err));
    TRY(show(&w, instruments, format, err));
    if (given.write)
        rc = write_learned(&w, path, err);
done:
    work_free(&w);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_learn = {
    .name = "learn",
    .arguments = "[CASE.db]",
    .summary = "what outcomes teach about each barrier, and what a practice did where it was tried",
    .details =
        "Each barrier starts from the Beta(a, b) of its model file and learns from the outcomes "
        "on\n"
        "record (spil outcome): Beta(a + works, b + fails), with a 90% interval. It is called "
        "better\n"
        "or worse than all others together only where that stands after correction for how many\n"
        "are judged; where nothing works better than anything else, 5 in 100 such tables at most\n"
        "call anything better. --compare holds regions with a practice against regions without,\n"
        "before and after (difference in differences; bootstrap over regions, p by permutation).\n"
        "\n"
        "examples:\n"
        "  spil learn case.db\n"
        "  spil learn case.db --outcomes other.csv --write learned.csv\n"
        "  spil analyze case.db --learned learned.csv\n"
        "  spil learn --compare burglaries.csv",
    .run = run,
};
