/* A community scored again without some of its records, and what halves it: against every set.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "t.h"
#include "t_hand.h"

#include "engine/barriers/numbers.h"
#include "engine/run/part.h"

#define TWO "tests/data/models/two_steps.yaml"
enum { DRAWS = 20 };

static spil_err err;

/* The community of six of test_score.c, and P9 - A9 that have nothing to do with it. */
static t_hand *community_of_six(void)
{
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P2", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P1", SPIL_LINK_works_for, "C1", 1);
    t_hand_link(c, "P3", SPIL_LINK_directs, "C1", 0.9);
    t_hand_link(c, "P3", SPIL_LINK_knows, "P4", 1);
    t_hand_link(c, "P9", SPIL_LINK_lives_at, "A9", 1);
    t_hand_signal(c, "A1", "smell", 1, 1, NULL);
    t_hand_signal(c, "A1", "look", 1, 1, "2024-04-10");
    t_hand_signal(c, "A1", "power", 0.5, 1, "2024-01-01");
    t_hand_signal(c, "A9", "power", 1, 1, "2024-01-01");
    t_hand_signal(c, "P2", "cash", 1, 0.5, NULL);
    t_hand_role(c, "P1", "two_steps", "make", "maker", 0.6);
    t_hand_role(c, "P4", "two_steps", "sell", "seller", 0.5);
    t_hand_ready(c);
    return c;
}

static spil_part *part_of(const t_hand *c, const char *entity, double known)
{
    spil_part *part = NULL;
    const uint32_t member = t_hand_find(c, "P1");
    const spil_part_opts opts = {.community = c->communities->best.of[c->network->vertex[member]],
                                 .entity = entity ? t_hand_find(c, entity) : UINT32_MAX,
                                 .draws = DRAWS,
                                 .seed = 3,
                                 .as_of = c->facts->newest,
                                 .known = known};
    assert_ok(spil_part_new(&part, c->facts, c->network, c->communities, c->models, &opts, &err));
    return part;
}

static double value_of(const spil_part *part, const spil_record *without, size_t count)
{
    double value;
    assert_ok(spil_part_value(part, without, count, &value, &err));
    return value;
}

static const spil_score *score_of_six(const t_hand *c, const spil_scores *scores)
{
    const uint32_t of = c->communities->best.of[c->network->vertex[t_hand_find(c, "P1")]];
    for (size_t i = 0; i < scores->count; i++)
        if (scores->scores[i].community == of)
            return &scores->scores[i];
    fail();
    return NULL;
}

static void part_value__of_everything_is_that_of_the_whole_case(void **state)
{
    (void)state;
    t_hand *const c = community_of_six();
    spil_scores *const scores = t_hand_score(c, DRAWS, 3);
    const spil_score *const score = score_of_six(c, scores);
    spil_part *part = part_of(c, NULL, score->chain.mean);
    assert_true(value_of(part, NULL, 0) == score->chain.mean);
    spil_part_free(part);
    part = part_of(c, "P1", (double)NAN);
    assert_true(value_of(part, NULL, 0) == t_hand_entity_score(c, score, "P1")->fall.mean);
    spil_part_free(part);
    spil_scores_free(scores);
    t_hand_free(c);
}

/* Without the role of P4 the odds of `sell` fall by its L = 10^0.5, and both seats are empty: the
 * chain as test_score.c has it, with 0.25 seats. */
static void part_value__without_a_record_is_as_if_nobody_recorded_it(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P4", 1);
    t_hand_signal(c, "P1", "cash", 1, 1, NULL);
    t_hand_role(c, "P4", "two_steps", "sell", "seller", 0.5);
    t_hand_ready(c);
    spil_part *const part = part_of(c, NULL, (double)NAN);
    const double odds = 1.0 / 9 * (4.2 / 1.8); /* L = 5 */
    const double expected = odds / (1 + odds) * 0.9 * (4 / 4.2) * 0.5 * 0.25;
    assert_close(value_of(part, &(spil_record){SPIL_RECORD_ROLE, 0}, 1), expected, 1e-12);
    const spil_record both[] = {{SPIL_RECORD_ROLE, 0}, {SPIL_RECORD_SIGNAL, 0}};
    assert_true(value_of(part, both, 2) == 0);
    spil_part_free(part);
    t_hand_free(c);
}

/* Smallest set by trying all of up to three records. */
static size_t smallest_by_trying(const spil_part *part)
{
    size_t count;
    const spil_record *const r = spil_part_records(part, &count);
    const double half = value_of(part, NULL, 0) / 2;
    for (size_t size = 1; size <= 3; size++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = size > 1 ? i + 1 : 0; j < (size > 1 ? count : 1); j++)
                for (size_t k = size > 2 ? j + 1 : 0; k < (size > 2 ? count : 1); k++) {
                    const spil_record set[] = {r[i], r[j], r[k]};
                    if (value_of(part, set, size) <= half)
                        return size;
                }
    return SIZE_MAX;
}

static void assert_smallest(const t_hand *c, const char *entity)
{
    spil_halving found;
    spil_part *const part = part_of(c, entity, (double)NAN);
    assert_ok(spil_part_halve(&found, part, NULL, &err));
    assert_true(found.count > 0 && found.smallest);
    assert_int_equal(found.count, smallest_by_trying(part));
    assert_true(found.after <= found.before / 2);
    assert_true(found.after == value_of(part, found.records, found.count));
    spil_free(found.records);
    spil_part_free(part);
}

static void part_halve__finds_the_smallest_set(void **state)
{
    (void)state;
    t_hand *const c = community_of_six();
    assert_smallest(c, NULL);
    assert_smallest(c, "P1");
    assert_smallest(c, "P2");
    t_hand_free(c);
}

/* Two signals of one family hide each other: neither alone changes anything. */
static void part_halve__sees_through_records_that_say_the_same(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P2", SPIL_LINK_lives_at, "A1", 1);
    t_hand_signal(c, "P1", "cash", 1, 1, NULL);
    t_hand_signal(c, "P2", "cash", 1, 1, NULL);
    t_hand_ready(c);
    spil_halving found;
    spil_part *const part = part_of(c, NULL, (double)NAN);
    assert_ok(spil_part_halve(&found, part, NULL, &err));
    assert_int_equal(found.count, 2);
    assert_true(found.smallest);
    assert_true(found.after == 0);
    spil_free(found.records);
    spil_part_free(part);
    t_hand_free(c);
}

static void numbers__are_pinned_and_put_back(void **state)
{
    (void)state;
    t_hand *const c = community_of_six();
    spil_model *const model = c->models->models[0];
    spil_numbers numbers;
    assert_ok(spil_numbers_list(&numbers, c->models, &err));
    /* harm, prior, role; make: prior, given, unseen, 3 signals of two numbers; sell: prior, given,
     * unseen, opportunity, signal */
    assert_int_equal(numbers.count, 3 + 9 + 6);
    const spil_number *const smell = &numbers.items[6];
    assert_string_equal(smell->item, "smell");
    spil_part *const part = part_of(c, NULL, (double)NAN);
    const double before = value_of(part, NULL, 0);
    assert_string_equal(spil_number_word(numbers.items[7].kind), "found");
    assert_close(numbers.items[7].high, 6.0 / 13, 1e-12); /* twice the odds of 0.3 */
    spil_number_pin(smell, 40);
    assert_true(model->steps[0].signals[0].ratio.low == 40);
    assert_true(value_of(part, NULL, 0) > before);
    spil_number_reset(smell);
    assert_true(value_of(part, NULL, 0) == before);
    const spil_number wide = {.kind = SPIL_NUMBER_LR, .mid = 4, .low = 1, .high = 8};
    assert_close(spil_number_point(&wide, 0.05), 1, 1e-12);
    assert_close(spil_number_point(&wide, 0.5), 4, 1e-12);
    assert_close(spil_number_point(&wide, 0.95), 8, 1e-12);
    const spil_number chance = {.kind = SPIL_NUMBER_PRIOR, .mid = 0.5, .low = 0.2, .high = 0.8};
    assert_close(spil_number_point(&chance, 0.05), 0.2, 1e-12);
    assert_close(spil_number_point(&chance, 0.5), 0.5, 1e-12);
    spil_part_free(part);
    spil_numbers_free(&numbers);
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(part_value__of_everything_is_that_of_the_whole_case),
        T(part_value__without_a_record_is_as_if_nobody_recorded_it),
        T(part_halve__finds_the_smallest_set),
        T(part_halve__sees_through_records_that_say_the_same),
        T(numbers__are_pinned_and_put_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
