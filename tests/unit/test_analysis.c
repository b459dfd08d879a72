/* test_analysis.c - the pipeline on the example region: what it keeps, and what undoes it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/metrics/metric.h"
#include "engine/run/analysis.h"
#include "engine/run/plan.h"
#include "engine/run/portfolio.h"
#include "engine/run/words.h"
#include "engine/store/results.h"
#include "tests/unit/t_case.h"
#include "tests/unit/t_store.h"

static const char *const region[] = {
    "datasets/examples/region/persons.csv",   "datasets/examples/region/companies.csv",
    "datasets/examples/region/addresses.csv", "datasets/examples/region/links.csv",
    "datasets/examples/region/roles.csv",     "datasets/examples/region/signals.csv",
};

static spil_err err;

static spil_analysis_opts quick(void)
{
    spil_analysis_opts opts = SPIL_ANALYSIS_OPTS_DEFAULTS;
    opts.draws = 40;
    opts.runs = 3;
    opts.models = "datasets/models";
    return opts;
}

static int region_setup(void **state)
{
    if (t_case_setup(state) != 0)
        return -1;
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_import(c, region, sizeof region / sizeof *region));
    return 0;
}

static int analysed_setup(void **state)
{
    if (region_setup(state) != 0)
        return -1;
    t_case *const c = *state;
    const spil_analysis_opts opts = quick();
    spil_analysis_summary summary;
    assert_ok(spil_analyze(&summary, c->store, &opts, &err));
    return 0;
}

#define T_REGION(name) cmocka_unit_test_setup_teardown(name, region_setup, t_case_teardown)
#define T_ANALYSED(name) cmocka_unit_test_setup_teardown(name, analysed_setup, t_case_teardown)

typedef struct kept {
    spil_facts *facts;
    spil_results *rows;
} kept;

static kept load(const t_case *c, const char *command)
{
    kept k = {NULL, NULL};
    int64_t run = 0;
    assert_ok(spil_store_find_run(c->store, command, &run, &err));
    assert_true(run > 0);
    assert_ok(spil_store_load_facts(&k.facts, c->store, &err));
    assert_ok(spil_results_load(&k.rows, c->store, run, k.facts, SPIL_RESULTS_ALL, &err));
    return k;
}

static void unload(kept *k)
{
    spil_results_free(k->rows);
    spil_facts_free(k->facts);
}

/* ---- analyze ---- */

static size_t shipped_models(void)
{
    spil_model_set *set = NULL;
    assert_ok(spil_model_set_read(&set, "datasets/models", &err));
    const size_t count = set->count;
    spil_model_set_free(set);
    return count;
}

static void analyze__keeps_what_each_stage_made(void **state)
{
    t_case *const c = *state;
    const spil_analysis_opts opts = quick();
    spil_analysis_summary summary = {0};
    assert_ok(spil_analyze(&summary, c->store, &opts, &err));
    kept k = load(c, SPIL_RUN_ANALYZE);
    assert_int_equal(k.rows->run.id, summary.run);
    assert_int_equal(k.rows->run.as_of, k.facts->newest);
    size_t m = 0;
    for (size_t i = 0; i < spil_metric_count; i++) {
        if (spil_metrics[i]->by_name)
            continue;
        assert_true(m < k.rows->metric_count);
        assert_string_equal(k.rows->metrics[m].name, spil_metrics[i]->name);
        assert_int_equal(k.rows->metrics[m++].count, summary.vertices);
    }
    assert_int_equal(k.rows->metric_count, m);
    assert_int_equal(k.rows->model_count, shipped_models());
    assert_int_equal(k.rows->community_count, summary.communities);
    assert_int_equal(k.rows->member_count, summary.vertices);
    assert_int_equal(k.rows->action_count, summary.actions);
    assert_true(summary.actions > 0 && summary.scored > 0);
    assert_true(summary.scored <= summary.communities);
    assert_true(spil_results_figure(k.rows, SPIL_FIGURE_QUALITY, 0) > 0.3);
    assert_close(spil_results_figure(k.rows, SPIL_FIGURE_HARM "cannabis_cultivation", 0), 3.0, 0);
    unload(&k);
}

/* The promise of the scores, seen through the store: contributions add up to the fall. */
static void analyze__contributions_add_up_to_the_fall_of_each_entity(void **state)
{
    kept k = load(*state, SPIL_RUN_ANALYZE);
    const spil_results *const r = k.rows;
    size_t checked = 0;
    for (size_t f = 0; f < r->fall_count; f++) {
        const spil_fall_row *const fall = &r->falls[f];
        double sum = 0;
        for (size_t i = r->contribution_row[fall->community];
             i < r->contribution_row[fall->community + 1]; i++)
            if (r->contributions[i].entity == fall->entity &&
                strcmp(r->contributions[i].model, fall->model) == 0)
                sum += r->contributions[i].value;
        assert_close(sum, fall->fall.mean, 1e-9);
        checked++;
    }
    assert_true(checked > 50);
    unload(&k);
}

static void analyze__every_reason_names_a_row_of_its_own_entity(void **state)
{
    kept k = load(*state, SPIL_RUN_ANALYZE);
    size_t signals = 0, roles = 0;
    for (size_t i = 0; i < k.rows->contribution_count; i++) {
        const spil_contribution_row *const c = &k.rows->contributions[i];
        spil_fact_kind kind;
        assert_true(spil_fact_find(c->kind, &kind));
        if (kind == SPIL_FACT_SIGNAL) {
            assert_int_equal(k.facts->signals[c->reference].entity, c->entity);
            assert_string_equal(k.facts->signals[c->reference].code, c->name);
            signals++;
        } else if (kind == SPIL_FACT_ROLE) {
            assert_int_equal(k.facts->roles[c->reference].entity, c->entity);
            assert_string_equal(k.facts->roles[c->reference].role, c->name);
            roles++;
        }
    }
    assert_true(signals > 0 && roles > 0);
    unload(&k);
}

static void assert_same_actions(const spil_results *a, const spil_results *b)
{
    assert_int_equal(a->action_count, b->action_count);
    for (size_t i = 0; i < a->action_count; i++) {
        assert_int_equal(a->actions[i].entity, b->actions[i].entity);
        assert_string_equal(a->actions[i].barrier, b->actions[i].barrier);
        assert_memory_equal(a->actions[i].draw, b->actions[i].draw, a->draws * sizeof(double));
    }
}

static void analyze__twice_is_one_run_with_the_same_rows_for_any_thread_count(void **state)
{
    t_case *const c = *state;
    spil_analysis_opts opts = quick();
    spil_analysis_summary summary;
    kept before = load(c, SPIL_RUN_ANALYZE);
    spil_par_set_threads(3);
    assert_ok(spil_analyze(&summary, c->store, &opts, &err));
    spil_par_set_threads(0);
    kept after = load(c, SPIL_RUN_ANALYZE);
    assert_same_actions(before.rows, after.rows);
    assert_int_equal(t_query(c->store_path, "SELECT count(*) FROM run"), 1);
    unload(&after);
    unload(&before);
    opts.seed = 2;
    assert_ok(spil_analyze(&summary, c->store, &opts, &err));
    assert_int_equal(t_query(c->store_path, "SELECT count(*) FROM run"), 2);
}

static void analyze__that_is_stopped_or_refused_leaves_no_trace(void **state)
{
    t_case *const c = *state;
    spil_analysis_opts opts = quick();
    spil_analysis_summary summary = {.run = 77};
    const int64_t entries = t_query(c->store_path, "SELECT count(*) FROM audit");
    spil_request_stop();
    assert_fails(spil_analyze(&summary, c->store, &opts, &err), SPIL_CANCELLED, "stopped");
    spil_clear_stop();
    opts.method = "guess";
    assert_fails(spil_analyze(&summary, c->store, &opts, &err), SPIL_USAGE, "'guess'");
    opts = quick();
    opts.models = "no/such/folder";
    assert_fails(spil_analyze(&summary, c->store, &opts, &err), SPIL_NOT_FOUND, "no/such/folder");
    assert_int_equal(summary.run, 77);
    assert_int_equal(t_query(c->store_path, "SELECT count(*) FROM run"), 0);
    assert_int_equal(t_query(c->store_path, "SELECT count(*) FROM metric"), 0);
    assert_int_equal(t_query(c->store_path, "SELECT count(*) FROM audit"), entries);
    opts = quick();
    assert_ok(spil_analyze(&summary, c->store, &opts, &err));
}

static void analyze__of_an_empty_case_finds_nothing_and_says_so(void **state)
{
    t_case *const c = *state;
    const spil_analysis_opts opts = quick();
    spil_list_opts list = spil_list_defaults();
    spil_analysis_summary summary = {0};
    int64_t run = 0;
    assert_ok(spil_analyze(&summary, c->store, &opts, &err));
    assert_int_equal(summary.vertices + summary.communities + summary.actions, 0);
    assert_ok(spil_choose_targets(&run, c->store, &list, NULL, &err));
    kept k = load(c, SPIL_RUN_TARGETS);
    assert_int_equal(k.rows->target_count, 0);
    unload(&k);
}

static void analyze__writes_the_audit_chain(void **state)
{
    t_case *const c = *state;
    assert_int_equal(t_query(c->store_path, "SELECT count(*) FROM audit WHERE action = 'analyze'"),
                     1);
    assert_ok(spil_store_audit_verify(c->store, &err));
}

/* ---- choose ---- */

static double hours_of(const spil_results *r, const char *partner)
{
    double hours = 0;
    for (size_t t = 0; t < r->target_count; t++)
        if (strcmp(r->actions[r->targets[t].action].partner, partner) == 0)
            hours += r->actions[r->targets[t].action].hours;
    return hours;
}

static void choose_targets__keeps_to_the_hours_and_counts_them(void **state)
{
    t_case *const c = *state;
    spil_list_opts opts = spil_list_defaults();
    int64_t run = 0;
    opts.top = 500;
    assert_ok(spil_parse_hours(&opts, "municipality=90,police=0,bank=24", &err));
    assert_ok(spil_choose_targets(&run, c->store, &opts, NULL, &err));
    kept k = load(c, SPIL_RUN_TARGETS);
    assert_int_equal(k.rows->run.id, run);
    assert_true(hours_of(k.rows, "municipality") <= 90);
    assert_true(hours_of(k.rows, "bank") <= 24);
    assert_close(hours_of(k.rows, "police"), 0, 0);
    assert_true(hours_of(k.rows, "municipality") > 0);
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        char name[80];
        const char *const partner = spil_partner_id((spil_partner)p);
        (void)snprintf(name, sizeof name, SPIL_FIGURE_HOURS_USED "%s", partner);
        assert_close(spil_results_figure(k.rows, name, -1), hours_of(k.rows, partner), 1e-9);
    }
    assert_close(spil_results_figure(k.rows, SPIL_FIGURE_HOURS_GIVEN "bank", -1), 24, 0);
    assert_true(isnan(spil_results_figure(k.rows, SPIL_FIGURE_HOURS_GIVEN "notary", (double)NAN)));
    unload(&k);
}

static void choose_targets__adds_up_and_takes_one_instrument_an_entity_and_step(void **state)
{
    t_case *const c = *state;
    spil_list_opts opts = spil_list_defaults();
    int64_t run = 0;
    opts.top = 60;
    assert_ok(spil_choose_targets(&run, c->store, &opts, NULL, &err));
    kept k = load(c, SPIL_RUN_TARGETS);
    const spil_results *const r = k.rows;
    assert_int_equal(r->target_count, 60);
    double gain = 0;
    for (size_t t = 0; t < r->target_count; t++) {
        const spil_action_row *const a = &r->actions[r->targets[t].action];
        gain += r->targets[t].marginal;
        assert_true(r->targets[t].marginal <= a->gain.mean + 1e-12);
        assert_true(r->targets[t].stability >= 0 && r->targets[t].stability <= 1);
        assert_string_equal(r->targets[t].status, "proposed");
        for (size_t u = 0; u < t; u++) {
            const spil_action_row *const b = &r->actions[r->targets[u].action];
            assert_false(a->entity == b->entity && strcmp(a->model, b->model) == 0 &&
                         strcmp(a->step, b->step) == 0);
        }
    }
    assert_close(spil_results_figure(r, SPIL_FIGURE_GAIN, 0), gain, 1e-9);
    assert_true(gain <= spil_results_figure(r, SPIL_FIGURE_POSSIBLE, 0));
    unload(&k);
}

/* What is kept with the list is what a plan of it works out; once a list, also when made again. */
static void choose_targets__keeps_what_each_partner_brings(void **state)
{
    t_case *const c = *state;
    spil_list_opts opts = spil_list_defaults();
    int64_t run = 0;
    opts.top = 8;
    assert_ok(spil_parse_hours(&opts, "municipality=30", &err));
    assert_ok(spil_choose_targets(&run, c->store, &opts, NULL, &err));
    assert_ok(spil_choose_targets(&run, c->store, &opts, NULL, &err));
    spil_plan_opts plan_opts = spil_plan_defaults();
    spil_plan *plan = NULL;
    plan_opts.exact_seconds = 0;
    assert_ok(spil_plan_make(&plan, c->store, &plan_opts, &err));
    kept k = load(c, SPIL_RUN_TARGETS);
    const spil_result_portfolio portfolio = spil_portfolio_read(k.rows);
    assert_true(portfolio.known);
    assert_close(portfolio.more_hours, plan_opts.more_hours, 0);
    double sum = 0;
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        const spil_result_share *const share = &portfolio.partners[p];
        assert_close(share->credit, plan->partners[p].credit, 0);
        assert_close(share->without, plan->partners[p].out, 0);
        assert_true(isnan(share->more) == (p != SPIL_PARTNER_municipality));
        sum += share->credit;
    }
    assert_close(portfolio.partners[SPIL_PARTNER_municipality].more,
                 plan->partners[SPIL_PARTNER_municipality].more, 0);
    assert_close(sum, spil_results_figure(k.rows, SPIL_FIGURE_GAIN, 0), 1e-9);
    unload(&k);
    spil_plan_free(plan);
}

static void choose_targets__wants_an_analysis_of_all_that_came_in(void **state)
{
    t_case *const c = *state;
    const spil_list_opts opts = spil_list_defaults();
    int64_t run = 0;
    assert_fails(spil_choose_targets(&run, c->store, &opts, NULL, &err), SPIL_NOT_FOUND,
                 "no analysis yet");
    const spil_analysis_opts analysis = quick();
    spil_analysis_summary summary;
    assert_ok(spil_analyze(&summary, c->store, &analysis, &err));
    t_case_assert_imported(c, t_case_take(c, "id,name\nP99999,Late\n"));
    assert_fails(spil_choose_targets(&run, c->store, &opts, NULL, &err), SPIL_INPUT,
                 "imported since the analysis");
    assert_int_equal(run, 0);
}

/* ---- hours ---- */

static void parse_hours__sets_those_named_and_leaves_the_others(void **state)
{
    (void)state;
    spil_list_opts opts = spil_list_defaults();
    assert_ok(spil_parse_hours(&opts, "police=16.5,bank=0", &err));
    assert_close(opts.hours[SPIL_PARTNER_police], 16.5, 0);
    assert_close(opts.hours[SPIL_PARTNER_bank], 0, 0);
    assert_true(isinf(opts.hours[SPIL_PARTNER_municipality]));
    assert_int_equal(opts.top, 20);
}

static void parse_hours__names_what_is_wrong(void **state)
{
    (void)state;
    spil_list_opts opts = spil_list_defaults();
    assert_fails(spil_parse_hours(&opts, "polise=1", &err), SPIL_USAGE, "'polise'");
    assert_fails(spil_parse_hours(&opts, "police", &err), SPIL_USAGE, "'police' is not");
    assert_fails(spil_parse_hours(&opts, "police=-1", &err), SPIL_USAGE, "'-1'");
    assert_fails(spil_parse_hours(&opts, "police=", &err), SPIL_USAGE, "''");
    assert_fails(spil_parse_hours(&opts, "police=nan", &err), SPIL_USAGE, "'nan'");
    assert_fails(spil_parse_hours(&opts, "police=1,,bank=2", &err), SPIL_USAGE, "''");
}

/* ---- memory ---- */

static spil_status analyze_and_choose(const char *path)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_analysis_opts opts = quick();
    spil_analysis_summary summary;
    const spil_list_opts list = spil_list_defaults();
    int64_t run = 0;
    opts.draws = 20;
    opts.runs = 1;
    TRY(spil_store_open(&store, path, SPIL_STORE_WRITE, NULL));
    TRY(spil_analyze(&summary, store, &opts, NULL));
    TRY(spil_choose_targets(&run, store, &list, NULL, NULL));
done:
    spil_store_close(store);
    return rc;
}

/* Every 61st allocation, from another first one each time: all of them would take minutes, and
 * the stages have loops of their own. */
static void analyze__survives_no_memory(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {
        t_case_text(c, "p.csv", "id,name\nP1,An\nP2,Bo\n"),
        t_case_text(c, "a.csv", "id,street,number,city\nA1,Kade,1,Ede\n"),
        t_case_text(c, "l.csv", "from,to,kind\nP1,A1,lives_at\nP2,A1,lives_at\n"),
        t_case_text(c, "s.csv", "entity,code\nA1,power_theft\n"),
    };
    t_case_assert_imported(c, t_case_import(c, paths, 4));
    for (int64_t first = 1; first <= 3; first++) {
        spil_status rc = SPIL_NO_MEMORY;
        for (int64_t k = first; rc != SPIL_OK; k += 61) {
            const int64_t live = spil_mem_live();
            spil_mem_fail_after(k);
            rc = analyze_and_choose(c->store_path);
            spil_mem_fail_after(0);
            assert_int_equal(spil_mem_live(), live);
            if (rc != SPIL_OK)
                assert_int_equal(rc, SPIL_NO_MEMORY);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_REGION(analyze__keeps_what_each_stage_made),
        T_ANALYSED(analyze__contributions_add_up_to_the_fall_of_each_entity),
        T_ANALYSED(analyze__every_reason_names_a_row_of_its_own_entity),
        T_ANALYSED(analyze__twice_is_one_run_with_the_same_rows_for_any_thread_count),
        T_REGION(analyze__that_is_stopped_or_refused_leaves_no_trace),
        T_CASE(analyze__of_an_empty_case_finds_nothing_and_says_so),
        T_ANALYSED(analyze__writes_the_audit_chain),
        T_ANALYSED(choose_targets__keeps_to_the_hours_and_counts_them),
        T_ANALYSED(choose_targets__adds_up_and_takes_one_instrument_an_entity_and_step),
        T_ANALYSED(choose_targets__keeps_what_each_partner_brings),
        T_REGION(choose_targets__wants_an_analysis_of_all_that_came_in),
        T(parse_hours__sets_those_named_and_leaves_the_others),
        T(parse_hours__names_what_is_wrong),
        T_CASE(analyze__survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
