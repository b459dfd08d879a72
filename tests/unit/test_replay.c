/* Numbers turned in models that are at work, with looks on record: against evidence collected anew
 * with the same numbers. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "t.h"
#include "t_hand.h"

#include "engine/barriers/numbers.h"
#include "engine/barriers/replay.h"

#include <string.h>

#define TWO "tests/data/models/two_steps.yaml"

static spil_err err;

/* Everything that a replay stands on. */
typedef struct bench {
    size_t *member_row;
    spil_vid *member;
    spil_effort *looks;
    spil_evidence *evidence;
    spil_replay *replay;
} bench;

static bench bench_of(const t_hand *c)
{
    bench b = {0};
    const spil_score_opts opts = {.draws = 1, .seed = 1, .as_of = c->facts->newest};
    assert_ok(spil_partition_members(&b.member_row, &b.member, &c->communities->best, &err));
    assert_ok(spil_effort_new(&b.looks, c->facts, &err));
    assert_ok(spil_evidence_collect(&b.evidence, c->facts, c->network, c->communities, b.member_row,
                                    b.member, c->models, &opts, &err));
    const spil_against_place place = {c->facts, c->network,   c->models,
                                      b.looks,  b.member_row, b.member};
    assert_ok(spil_replay_new(&b.replay, b.evidence, c->models, &place, &err));
    return b;
}

static void close_bench(bench *b)
{
    spil_replay_free(b->replay);
    spil_evidence_free(b->evidence);
    spil_effort_free(b->looks);
    spil_free(b->member_row);
    spil_free(b->member);
}

/* Two places; at one smell was found in five looks and power looked for in vain, at the other cash
 * was found and the place looked at twice. */
static t_hand *two_places(bool looked)
{
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P3", 1);
    t_hand_link(c, "P2", SPIL_LINK_lives_at, "A2", 1);
    t_hand_signal(c, "A1", "smell", 1, 0.8, NULL);
    t_hand_signal(c, "P2", "cash", 1, 1, NULL);
    t_hand_role(c, "P1", "two_steps", "make", "maker", 0.6);
    if (looked) {
        t_hand_attribute(c, "A1", "inspections", "5");
        t_hand_attribute(c, "A2", "inspections", "2");
        t_hand_attribute(c, "P3", "inspections_bank", "1");
        t_hand_attribute(c, "P3", "inspections", "4");
    }
    t_hand_ready(c);
    return c;
}

static void assert_same_values(const bench *a, const bench *b)
{
    double one[2], two[2];
    assert_int_equal(a->evidence->pair_count, 2);
    assert_int_equal(b->evidence->pair_count, 2);
    spil_replay_values(a->replay, one);
    spil_replay_values(b->replay, two);
    for (size_t p = 0; p < 2; p++)
        assert_close(one[p], two[p], 1e-14);
}

static void replay__of_a_turned_number_is_that_of_a_model_with_it(void **state)
{
    (void)state;
    t_hand *const c = two_places(true);
    bench at_work = bench_of(c);
    spil_numbers numbers;
    double before[2], after[2];
    size_t moved = 0, found = 0;
    assert_ok(spil_numbers_list(&numbers, c->models, &err));
    spil_replay_values(at_work.replay, before);
    for (size_t i = 0; i < numbers.count; i++) {
        const spil_number *const each = &numbers.items[i];
        spil_number_pin(each, each->high);
        spil_replay_read(at_work.replay);
        bench anew = bench_of(c);
        assert_same_values(&at_work, &anew);
        close_bench(&anew);
        spil_replay_values(at_work.replay, after);
        moved +=
            each->kind == SPIL_NUMBER_FOUND && (after[0] != before[0] || after[1] != before[1]);
        found += each->kind == SPIL_NUMBER_FOUND;
        spil_number_reset(each);
    }
    spil_replay_read(at_work.replay);
    spil_replay_values(at_work.replay, after);
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(found, 4);
    assert_int_equal(moved, 4); /* smell and cash were found, power and look in vain */
    spil_numbers_free(&numbers);
    close_bench(&at_work);
    t_hand_free(c);
}

static void replay__knows_no_found_where_nobody_recorded_a_look(void **state)
{
    (void)state;
    t_hand *const c = two_places(false);
    bench b = bench_of(c);
    double before[2], after[2];
    spil_replay_values(b.replay, before);
    c->models->models[0]->steps[0].signals[0].found = 0.9;
    spil_replay_read(b.replay);
    spil_replay_values(b.replay, after);
    assert_memory_equal(before, after, sizeof before);
    close_bench(&b);
    t_hand_free(c);
}

/* What comes to light was not looked for in vain: the value is that of a case that has it. */
static void replay__of_an_answer_takes_back_what_spoke_against_it(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO), *const told = t_hand_new(TWO);
    t_hand *const both[] = {c, told};
    for (size_t i = 0; i < 2; i++) {
        t_hand_link(both[i], "P1", SPIL_LINK_lives_at, "A1", 1);
        t_hand_signal(both[i], "A1", "smell", 1, 1, NULL);
        t_hand_attribute(both[i], "A1", "inspections", "1");
    }
    t_hand_signal(told, "A1", "power", 1, 1, NULL);
    t_hand_ready(c);
    t_hand_ready(told);
    bench asked = bench_of(c), known = bench_of(told);
    size_t power = 0;
    const spil_model_step *const make = &c->models->models[0]->steps[0];
    while (strcmp(make->signals[power].code, "power") != 0)
        power++;
    const spil_fact fact = {.entity = t_hand_find(c, "A1"),
                            .family = spil_family_of_signal(make, power),
                            .column = spil_column_signal(asked.evidence->columns, 0, 0, power),
                            .role = SPIL_NO_SEAT,
                            .kind = SPIL_FACT_SIGNAL,
                            .weight = 1,
                            .name = "power"};
    spil_replay_pair now = {0}, yes = {0}, whole = {0};
    assert_ok(spil_replay_pair_value(asked.replay, 0, NULL, &now, &err));
    assert_ok(spil_replay_pair_value(asked.replay, 0, &fact, &yes, &err));
    assert_ok(spil_replay_pair_value(known.replay, 0, NULL, &whole, &err));
    assert_true(yes.value > now.value);
    assert_close(yes.value, whole.value, 1e-14);
    close_bench(&asked);
    close_bench(&known);
    t_hand_free(c);
    t_hand_free(told);
}

static spil_status replay_and_free(const t_hand *c)
{
    spil_status rc = SPIL_OK;
    bench b = {0};
    const spil_score_opts opts = {.draws = 1, .seed = 1, .as_of = c->facts->newest};
    TRY(spil_partition_members(&b.member_row, &b.member, &c->communities->best, NULL));
    TRY(spil_effort_new(&b.looks, c->facts, NULL));
    TRY(spil_evidence_collect(&b.evidence, c->facts, c->network, c->communities, b.member_row,
                              b.member, c->models, &opts, NULL));
    const spil_against_place place = {c->facts, c->network,   c->models,
                                      b.looks,  b.member_row, b.member};
    TRY(spil_replay_new(&b.replay, b.evidence, c->models, &place, NULL));
done:
    close_bench(&b);
    return rc;
}

static void replay__survives_lack_of_memory(void **state)
{
    (void)state;
    t_hand *const c = two_places(true);
    assert_survives_no_memory(replay_and_free(c));
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(replay__of_a_turned_number_is_that_of_a_model_with_it),
        T(replay__knows_no_found_where_nobody_recorded_a_look),
        T(replay__of_an_answer_takes_back_what_spoke_against_it),
        T(replay__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
