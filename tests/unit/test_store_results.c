/* What runs made comes back as it was written. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/store/results.h"
#include "tests/unit/t_store.h"

enum { DRAWS = 5, COMMUNITIES = 3 };

/* Three persons and an address, with a signal, a role, a link and an attribute; keys in an order
 * that makes ids and positions differ. */
static spil_facts *fill(t_store *t)
{
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    assert_ok(spil_store_begin(t->store, &err));
    const int64_t source = t_add_source(t->store, "a.csv");
    const int64_t z = t_put(t->store, SPIL_ENTITY_person, "z", "Zeger", source, 1);
    const int64_t y = t_put(t->store, SPIL_ENTITY_person, "y", "Yme", source, 2);
    (void)t_put(t->store, SPIL_ENTITY_person, "x", "Xander", source, 3);
    const int64_t a = t_put(t->store, SPIL_ENTITY_address, "a", "Laan 1", source, 4);
    const spil_new_signal signals[] = {{z, "smell", 1, 1, 100, source, 5},
                                       {a, "power_theft", 1, 1, 101, source, 6}};
    assert_ok(spil_store_add_signal(t->store, &signals[0], &err));
    assert_ok(spil_store_add_signal(t->store, &signals[1], &err));
    const spil_new_role role = {y, "m", "s", "landlord", 1, source, 7};
    assert_ok(spil_store_add_role(t->store, &role, &err));
    assert_ok(spil_store_add_attribute(t->store, a, "use", "barn", source, 4, &err));
    t_link(t->store, z, y, 1, source, 8);
    assert_ok(spil_store_commit(t->store, &err));
    assert_ok(spil_store_load_facts(&facts, t->store, &err));
    return facts;
}

static const spil_run_row analysis = {.command = "analyze",
                                      .options = "{\"draws\":5}",
                                      .version = "0.1.0",
                                      .input_digest = "00ff",
                                      .seed = UINT64_MAX - 1,
                                      .draws = DRAWS,
                                      .as_of = 101};

static const double draw[] = {0.5, 1e-300, -0.0, 0.1, 1.0 / 3};

static spil_status add_findings(spil_store *store, const spil_facts *facts, int64_t run,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_run_model_row model = {"m", "1", "abcd"};
    const spil_figure_row figures[] = {{"quality", 0.25}, {"nothing", (double)NAN}};
    const uint32_t which[] = {3, 1, 2};
    const double values[] = {3.5, (double)NAN, (double)INFINITY};
    const spil_metric_row metric = {"betweenness", true, 0.01, 0.95, which, values, 3, 7, 0.02};
    const spil_community_row communities[COMMUNITIES] = {
        {2, 1, 1, 1, 0.5, 0.9}, {1, 0, 1, 1, 0, 1}, {1, 0, 0, 1, 0, 1}};
    const spil_member_row members[] = {{0, 3, 0.8}, {0, 2, 0.7}, {2, 0, 1}};
    const spil_points p = {0.1, 0.2, 0.3, 0.21}, q = {0.4, 0.5, 0.6, 0.51};
    const spil_score_row scores[] = {
        {2, SPIL_PART_CHAIN, "m", NULL, NULL, p, {0, 0, 0, 0}, 0, false, draw},
        {0, SPIL_PART_PROCESS, "m", "", "", q, {0, 0, 0, 0}, 0, false, NULL},
        {0, SPIL_PART_STEP, "m", "s", "", p, q, 1.5, true, NULL},
        {0, SPIL_PART_ROLE, "m", "s", "landlord", {0, 0, 0, 0}, q, 1.5, false, NULL},
    };
    const spil_holder_row holders[] = {{0, 3, "m", "s", "landlord", 0.75}};
    const spil_fall_row falls[] = {{0, 3, "m", p}, {0, 2, "m", q}};
    TRY(spil_store_add_run_models(store, run, &model, 1, err));
    TRY(spil_store_add_figures(store, run, figures, 2, err));
    TRY(spil_store_add_metric(store, run, facts, &metric, err));
    TRY(spil_store_add_communities(store, run, communities, COMMUNITIES, err));
    TRY(spil_store_add_members(store, run, facts, members, 3, err));
    TRY(spil_store_add_scores(store, run, DRAWS, scores, 4, err));
    TRY(spil_store_add_holders(store, run, facts, holders, 1, err));
    TRY(spil_store_add_falls(store, run, facts, falls, 2, err));
done:
    return rc;
}

static spil_status add_reasons(spil_store *store, const spil_facts *facts, int64_t run,
                               spil_err *err)
{
    const spil_contribution_row rows[] = {
        {0, 3, "m", "s", "signal", "smell", SPIL_REFERENCE_SIGNAL, 1, 0.5},
        {0, 2, "m", "s", "role", "landlord", SPIL_REFERENCE_ROLE, 0, 0.25},
        {0, 3, "m", "s", "rule", "shared_home", SPIL_REFERENCE_LINK, 0, 0.125},
        {1, 0, "m", "s", "opportunity", "barn", SPIL_REFERENCE_ATTRIBUTE, 0, 0.0625},
        {0, 3, "m", "", "position", "position", SPIL_REFERENCE_NONE, 0, -0.1},
    };
    return spil_store_add_contributions(store, run, facts, rows, 5, err);
}

/* An analysis and, on it, a list of two targets; ids of both runs. */
static spil_status add_runs(spil_store *store, const spil_facts *facts, int64_t *first,
                            int64_t *second, int64_t target_ids[2], spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_action_row actions[] = {
        {0,
         0,
         3,
         "m",
         "s",
         "closure",
         "municipality",
         24,
         30,
         0.6,
         0.2,
         4,
         {1, 2, 3, 2.1},
         draw,
         500,
         0.1,
         0.2,
         true},
        {0, 0, 2, "m", "s", "fine", "tax", 8, 5, 0.3, 0.1, 0, {0, 1, 2, 1.1}, draw, 0, 0, 0, false},
        {0,
         2,
         0,
         "m",
         "s",
         "talk",
         "police",
         2,
         1,
         0.1,
         0,
         1,
         {0, 0, 1, 0.2},
         NULL,
         0,
         0,
         0,
         false},
    };
    TRY(spil_store_add_run(store, &analysis, first, err));
    TRY(add_findings(store, facts, *first, err));
    TRY(add_reasons(store, facts, *first, err));
    TRY(spil_store_add_actions(store, *first, facts, DRAWS, actions, 3, err));
    const spil_run_row list = {.parent = *first,
                               .command = "targets",
                               .options = "{}",
                               .version = "0.1.0",
                               .input_digest = "00ff",
                               .seed = 1,
                               .draws = DRAWS,
                               .as_of = SPIL_NO_DAY};
    TRY(spil_store_add_run(store, &list, second, err));
    spil_target_row targets[] = {{.action = actions[1].id, .marginal = 1.1, .stability = 0.9},
                                 {.action = actions[0].id, .marginal = 0.7, .stability = 0.8}};
    TRY(spil_store_add_targets(store, *second, targets, 2, err));
    const spil_figure_row figure = {"gain", 1.8};
    TRY(spil_store_add_figures(store, *second, &figure, 1, err));
    target_ids[0] = targets[0].id;
    target_ids[1] = targets[1].id;
done:
    return rc;
}

static void write_runs(t_store *t, const spil_facts *facts, int64_t *first, int64_t *second,
                       int64_t target_ids[2])
{
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(t->store, &err));
    assert_ok(add_runs(t->store, facts, first, second, target_ids, &err));
    assert_ok(spil_store_commit(t->store, &err));
}

static void results_load__gives_back_the_findings(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t run = 0, list = 0, ids[2];
    spil_facts *const facts = fill(t);
    spil_results *r = NULL;
    write_runs(t, facts, &run, &list, ids);
    assert_ok(spil_results_load(&r, t->store, run, facts, SPIL_RESULTS_ALL, &err));
    assert_string_equal(r->run.command, "analyze");
    assert_true(r->run.seed == UINT64_MAX - 1);
    assert_int_equal(r->run.as_of, 101);
    assert_int_equal(r->parent.id, 0);
    assert_int_equal(r->draws, DRAWS);
    assert_string_equal(r->models[0].digest, "abcd");
    assert_close(spil_results_figure(r, "quality", 0), 0.25, 0);
    assert_true(isnan(spil_results_figure(r, "nothing", 0)));
    assert_close(spil_results_figure(r, "gain", 7), 7, 0);

    assert_int_equal(r->metric_count, 1);
    assert_int_equal(r->metrics[0].count, 3);
    assert_true(r->metrics[0].approximate);
    assert_int_equal(r->metrics[0].sure_ranks, 7);
    assert_close(r->metrics[0].top_error, 0.02, 0);
    assert_int_equal(r->metrics[0].entity[0], 1);
    assert_true(isnan(r->metrics[0].value[0]));
    assert_true(isinf(r->metrics[0].value[1]));
    assert_close(r->metrics[0].value[2], 3.5, 0);

    assert_int_equal(r->community_count, COMMUNITIES);
    assert_close(r->communities[0].stability, 0.9, 0);
    assert_int_equal(r->member_row[0], 0);
    assert_int_equal(r->member_row[1], 2);
    assert_int_equal(r->member_row[2], 2); /* community 1 has none */
    assert_int_equal(r->member_row[3], 3);
    assert_int_equal(r->members[1].entity, 2);
    assert_close(r->members[1].membership, 0.7, 0);

    assert_int_equal(r->score_row[1], 3);
    assert_int_equal(r->score_row[2], 3);
    assert_int_equal(r->score_row[3], 4);
    assert_int_equal(r->scores[0].part, SPIL_PART_PROCESS);
    assert_int_equal(r->scores[1].part, SPIL_PART_STEP);
    assert_true(r->scores[1].weakest);
    assert_close(r->scores[1].filled.p95, 0.6, 0);
    assert_close(r->scores[1].stand_ins, 1.5, 0);
    assert_string_equal(r->scores[2].role, "landlord");
    assert_null(r->scores[2].draw);
    assert_int_equal(r->scores[3].part, SPIL_PART_CHAIN);
    assert_string_equal(r->scores[3].step, "");
    assert_memory_equal(r->scores[3].draw, draw, sizeof draw); /* to the bit: -0.0 too */

    assert_int_equal(r->holders[0].entity, 3);
    assert_close(r->holders[0].q, 0.75, 0);
    assert_int_equal(r->fall_row[1], 2);
    assert_int_equal(r->falls[1].entity, 2);
    assert_close(r->falls[1].fall.mean, 0.51, 0);
    spil_results_free(r);
    spil_facts_free(facts);
}

static void results_load__gives_back_reasons_with_what_they_rest_on(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t run = 0, list = 0, ids[2];
    spil_facts *const facts = fill(t);
    spil_results *r = NULL;
    write_runs(t, facts, &run, &list, ids);
    assert_string_equal(facts->signals[1].code, "smell");
    assert_ok(spil_results_load(&r, t->store, run, facts, SPIL_RESULTS_REASONS, &err));
    assert_int_equal(r->contribution_count, 5);
    assert_int_equal(r->contribution_row[1], 4);
    assert_int_equal(r->contribution_row[2], 5);
    const spil_contribution_row *const c = r->contributions;
    assert_int_equal(c[0].refers, SPIL_REFERENCE_SIGNAL);
    assert_int_equal(c[0].reference, 1);
    assert_int_equal(c[0].entity, 3);
    assert_int_equal(c[1].refers, SPIL_REFERENCE_ROLE);
    assert_int_equal(c[2].refers, SPIL_REFERENCE_LINK);
    assert_string_equal(c[2].name, "shared_home");
    assert_int_equal(c[3].refers, SPIL_REFERENCE_NONE);
    assert_string_equal(c[3].step, "");
    assert_close(c[3].value, -0.1, 0);
    assert_int_equal(c[4].refers, SPIL_REFERENCE_ATTRIBUTE);
    assert_string_equal(c[4].kind, "opportunity");
    spil_results_free(r);
    spil_facts_free(facts);
}

static void results_load__joins_a_list_to_its_analysis(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t run = 0, list = 0, found = 0, ids[2];
    spil_facts *const facts = fill(t);
    spil_results *r = NULL;
    write_runs(t, facts, &run, &list, ids);
    assert_ok(spil_store_find_run(t->store, "targets", &found, &err));
    assert_int_equal(found, list);
    assert_ok(spil_store_find_run(t->store, "report", &found, &err));
    assert_int_equal(found, 0);
    assert_ok(spil_results_load(&r, t->store, list, facts,
                                SPIL_RESULTS_TARGETS | SPIL_RESULTS_DRAWS, &err));
    assert_int_equal(r->parent.id, run);
    assert_string_equal(r->parent.command, "analyze");
    assert_int_equal(r->action_count, 3);
    assert_string_equal(r->actions[0].barrier, "closure");
    assert_close(r->actions[0].gain.mean, 2.1, 0);
    assert_int_equal(r->actions[0].candidates, 4);
    assert_close(r->actions[0].cost, 500, 0);
    assert_close(r->actions[0].moved, 0.1, 0);
    assert_close(r->actions[0].abroad, 0.2, 0);
    assert_true(r->actions[0].covert && !r->actions[1].covert);
    assert_memory_equal(r->actions[1].draw, draw, sizeof draw);
    assert_null(r->actions[2].draw);
    assert_int_equal(r->target_count, 2);
    assert_int_equal(r->targets[0].action, 1);
    assert_int_equal(r->targets[1].action, 0);
    assert_close(r->targets[1].stability, 0.8, 0);
    assert_string_equal(r->targets[0].status, "proposed");
    assert_close(spil_results_figure(r, "gain", 0), 1.8, 0);
    assert_close(spil_results_figure(r, "quality", 0), 0.25, 0); /* of the parent */
    assert_int_equal(r->score_count, 0);                         /* not asked for */
    spil_results_free(r);
    r = NULL;
    assert_fails(spil_results_load(&r, t->store, 99, facts, SPIL_RESULTS_ALL, &err), SPIL_NOT_FOUND,
                 "no run 99");
    spil_facts_free(facts);
}

static void store_add_run__replaces_the_same_run(void **state)
{
    t_store *const t = *state;
    int64_t run = 0, list = 0, ids[2];
    spil_facts *const facts = fill(t);
    write_runs(t, facts, &run, &list, ids);
    write_runs(t, facts, &run, &list, ids);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM run"), 2);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM target"), 2);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM action"), 3);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM metric_value"), 3);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM contribution"), 5);
    spil_facts_free(facts);
}

static void store_add_decision__keeps_its_run(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t run = 0, list = 0, ids[2];
    spil_facts *const facts = fill(t);
    spil_results *r = NULL;
    write_runs(t, facts, &run, &list, ids);
    assert_ok(spil_store_begin(t->store, &err));
    spil_decision_row row = {ids[1], SPIL_VERDICT_ACCEPTED, "A. Bakker", "", 0};
    assert_fails(spil_store_add_decision(t->store, &row, &err), SPIL_INPUT, "reason");
    row.reason = "fits the plan";
    assert_ok(spil_store_add_decision(t->store, &row, &err));
    row.target = 99;
    assert_fails(spil_store_add_decision(t->store, &row, &err), SPIL_NOT_FOUND, "no target 99");
    assert_fails(spil_store_delete_run(t->store, run, &err), SPIL_INPUT, "decisions hang on it");
    assert_fails(spil_store_delete_run(t->store, 99, &err), SPIL_NOT_FOUND, "no run 99");
    assert_ok(spil_store_commit(t->store, &err));
    assert_ok(spil_store_audit_verify(t->store, &err));
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM audit WHERE action = 'decide'"), 1);
    assert_ok(spil_results_load(&r, t->store, list, facts, SPIL_RESULTS_TARGETS, &err));
    assert_string_equal(r->targets[1].status, "accepted");
    assert_string_equal(r->targets[0].status, "proposed");
    assert_int_equal(r->decision_count, 1);
    assert_int_equal(r->decisions[0].target, 1);
    assert_string_equal(r->decisions[0].reviewer, "A. Bakker");
    spil_results_free(r);
    write_runs(t, facts, &run, &list, ids); /* the same again: the decided one stays */
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM run"), 4);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM decision"), 1);
    spil_facts_free(facts);
}

static void store_delete_run__takes_everything_along(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t run = 0, list = 0, ids[2];
    spil_facts *const facts = fill(t);
    write_runs(t, facts, &run, &list, ids);
    assert_ok(spil_store_begin(t->store, &err));
    assert_ok(spil_store_delete_run(t->store, run, &err));
    assert_ok(spil_store_commit(t->store, &err));
    static const char *const tables[] = {"run",          "run_model", "figure",           "metric",
                                         "metric_value", "community", "community_member", "score",
                                         "holder",       "fall",      "contribution",     "action",
                                         "target"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char sql[64];
        (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
        assert_int_equal(t_query(t->path, sql), 0);
    }
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), 4);
    spil_facts_free(facts);
}

static void store_add_results__refuse_what_the_facts_do_not_hold(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t run = 0;
    spil_facts *const facts = fill(t);
    const spil_member_row member = {0, 4, 1};
    assert_fails(spil_store_add_members(t->store, 1, facts, &member, 1, &err), SPIL_DB,
                 "outside a transaction");
    assert_ok(spil_store_begin(t->store, &err));
    assert_ok(spil_store_add_run(t->store, &analysis, &run, &err));
    assert_fails(spil_store_add_members(t->store, run, facts, &member, 1, &err), SPIL_RANGE,
                 "no entity 4");
    const spil_member_row homeless = {5, 0, 1};
    assert_fails(spil_store_add_members(t->store, run, facts, &homeless, 1, &err), SPIL_DB,
                 "FOREIGN KEY");
    const spil_contribution_row reason = {0,  0, "m", "s", "signal", "x", SPIL_REFERENCE_SIGNAL,
                                          99, 1};
    assert_fails(spil_store_add_contributions(t->store, run, facts, &reason, 1, &err), SPIL_RANGE,
                 "row 99 of 2");
    spil_facts_free(facts);
}

static spil_status write_and_load(t_store *t, const spil_facts *facts)
{
    spil_status rc = SPIL_OK;
    int64_t run = 0, list = 0, ids[2];
    spil_results *results = NULL;
    TRY(spil_store_begin(t->store, NULL));
    TRY(add_runs(t->store, facts, &run, &list, ids, NULL));
    TRY(spil_results_load(&results, t->store, list, facts, SPIL_RESULTS_ALL, NULL));
done:
    spil_results_free(results);
    spil_store_rollback(t->store);
    return rc;
}

static void results__survive_every_failed_allocation(void **state)
{
    t_store *const t = *state;
    spil_facts *const facts = fill(t);
    (void)write_and_load(t, facts); /* its rollback drops the keys that fill left in memory */
    assert_survives_no_memory(write_and_load(t, facts));
    spil_facts_free(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(results_load__gives_back_the_findings),
        T_STORE(results_load__gives_back_reasons_with_what_they_rest_on),
        T_STORE(results_load__joins_a_list_to_its_analysis),
        T_STORE(store_add_run__replaces_the_same_run),
        T_STORE(store_add_decision__keeps_its_run),
        T_STORE(store_delete_run__takes_everything_along),
        T_STORE(store_add_results__refuse_what_the_facts_do_not_hold),
        T_STORE(results__survive_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("store_results", tests, NULL, NULL);
}
