/* test_example.c - the engine on the committed example region: it finds those who were planted.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The region is made anew; that it is the committed one, byte for byte, is for tests/cli to say.
 */
#include "tests/unit/t.h"

#include "bench/models/measure.h"

#include <stdlib.h>

enum { PLANTED = 4 };
static char folder[] = "/tmp/spil-example-XXXXXX";
static spil_bench_case *example;

static int set_up(void **state)
{
    (void)state;
    spil_err err;
    assert_non_null(mkdtemp(folder));
    spil_bench_setup setup = {.region = SPIL_GEN_OPTIONS_DEFAULTS,
                              .models = "datasets/models",
                              .folder = folder,
                              .runs = 20,
                              .draws = 200};
    setup.region.seed = 6; /* as EXAMPLE_OPTIONS in the Makefile */
    setup.region.communities = PLANTED;
    assert_ok(spil_bench_case_make(&example, &setup, &err));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
    spil_bench_case_free(example);
    return 0;
}

static void example__keeps_most_of_each_collaboration_in_one_community(void **state)
{
    (void)state;
    assert_int_equal(example->planted_count, PLANTED);
    for (size_t p = 0; p < PLANTED; p++) {
        assert_true(example->planted[p].named);
        assert_true(example->planted[p].members >= 8);
        assert_true(example->planted[p].held >= 0.5);
    }
}

/* The best pair of each community, in the engine's own order, until there are as many communities
 * as collaborations: each is the home of a collaboration, and was scored under its model. */
static void example__ranks_the_planted_communities_above_all_others(void **state)
{
    (void)state;
    uint32_t seen[PLANTED];
    size_t count = 0;
    for (size_t s = 0; s < example->scores->count && count < PLANTED; s++) {
        const spil_score *const score = &example->scores->scores[s];
        bool again = false, home = false;
        for (size_t i = 0; i < count; i++)
            again = again || seen[i] == score->community;
        if (again)
            continue;
        for (size_t p = 0; p < PLANTED; p++)
            home = home || (example->planted[p].home == score->community &&
                            example->planted[p].model == score->model);
        if (!home)
            fail_msg("community %u (rank %zu) is nobody's home", score->community, count + 1);
        seen[count++] = score->community;
    }
    assert_int_equal(count, PLANTED);
}

/* Not every step of every collaboration is on record, and some records are untrue: the example is
 * no walk in the park. */
static void example__has_gaps_and_untrue_records(void **state)
{
    (void)state;
    size_t unrecorded = 0, untrue = 0;
    for (size_t i = 0; i < example->seat_count; i++)
        unrecorded += !example->seats[i].recorded;
    for (size_t i = 0; i < example->facts->link_count; i++)
        untrue += example->untrue_link[i];
    assert_true(unrecorded > 10);
    assert_true(untrue > 20);
}

/* Ten members a home are found by position far above chance, and better than by degree. */
static void example__targets_are_members_more_often_than_by_degree(void **state)
{
    (void)state;
    spil_err err;
    spil_bench_rows rows = {0};
    const spil_bench_place at = {&rows, 0, 2, NULL};
    assert_ok(spil_bench_targets(&at, example, &err));
    assert_ok(spil_bench_rows_sum(&rows, &err));
    const double spil = spil_bench_mean_of(&rows, "targets", "spil", "average_precision", 0);
    const double degree = spil_bench_mean_of(&rows, "targets", "degree", "average_precision", 0);
    assert_true(spil > degree);
    spil_bench_rows_free(&rows);
}

/* When nothing is known to be untrue and the models are as they were, a variant that changes
 * nothing gives the same scores to the last bit. */
static void rescore__without_change_changes_nothing(void **state)
{
    (void)state;
    spil_err err;
    const spil_bench_change none = {.name = "nothing"};
    spil_scores *again = NULL;
    assert_ok(spil_bench_rescore(&again, example, &none, example->models, 200, 1, &err));
    assert_int_equal(again->count, example->scores->count);
    for (size_t s = 0; s < again->count; s++) {
        assert_int_equal(again->scores[s].community, example->scores->scores[s].community);
        assert_close(again->scores[s].chain.mean, example->scores->scores[s].chain.mean, 0);
    }
    spil_scores_free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(example__keeps_most_of_each_collaboration_in_one_community),
        T(example__ranks_the_planted_communities_above_all_others),
        T(example__has_gaps_and_untrue_records),
        T(example__targets_are_members_more_often_than_by_degree),
        T(rescore__without_change_changes_nothing),
    };
    return cmocka_run_group_tests_name("example", tests, set_up, tear_down);
}
