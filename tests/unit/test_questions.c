/* The next best question, worked out by hand. SPDX-License-Identifier: GPL-3.0-or-later */
#include "t.h"
#include "t_hand.h"

#include "engine/run/questions.h"

#define TWO "tests/data/models/two_steps.yaml"
enum { MAKE, SELL };
static spil_err err;

/* P1 - A1, smell at A1 with strength 0.5 and confidence 0.8; P5 - A5, power. */
static t_hand *two_places(void)
{
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P5", SPIL_LINK_lives_at, "A5", 1);
    t_hand_signal(c, "A1", "smell", 0.5, 0.8, NULL);
    t_hand_signal(c, "A5", "power", 1, 1, NULL);
    t_hand_ready(c);
    return c;
}

static const spil_question *find(const t_hand *c, const spil_questions *all, const char *entity,
                                 size_t step, spil_fact_kind kind, size_t item)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].entity == t_hand_find(c, entity) && all->items[i].step == step &&
            all->items[i].kind == kind && all->items[i].item == item)
            return &all->items[i];
    return NULL;
}

/* Is there power (LR 8) at A1? Recorded at one of the two addresses: (1 + 0.5) / (2 + 1) = 0.5, and
 * of A1 alone can it be asked. Chance: 0.5 + P(make) x (min(0.95, 0.5 x 8) - 0.5).
 * A yes counts ln 8 in full, as the one on record does. What follows is the chain of score.h. */
static void questions__are_worth_their_chance_times_the_move(void **state)
{
    (void)state;
    t_hand *const c = two_places();
    spil_questions all;
    const spil_questions_opts opts = {.top = 20, .as_of = SPIL_NO_DAY};
    assert_ok(
        spil_questions_find(&all, c->facts, c->network, c->communities, c->models, &opts, &err));
    const spil_question *const q = find(c, &all, "A1", MAKE, SPIL_FACT_SIGNAL, 2);
    assert_non_null(q);
    const double l = pow(4, 0.4), odds = 1.0 / 9 * (0.9 * l + 0.1) / (0.1 * l + 0.9);
    const double r = odds / (1 + odds), given = 0.9 * l / (0.9 * l + 0.1);
    const double without = 0.1 * l / (0.1 * l + 0.9);
    const double step = r * given + (1 - r) * without;
    /* seats: maker 0.5, two sellers 0.25; sell is as likely as `given` says: 0.8; harm 2 */
    const double value = 2 * r * given * 0.5 * 0.8 * 0.25;
    const double l2 = l * 8, odds2 = 1.0 / 9 * (0.9 * l2 + 0.1) / (0.1 * l2 + 0.9);
    const double r2 = odds2 / (1 + odds2), given2 = 0.9 * l2 / (0.9 * l2 + 0.1);
    const double after = 2 * r2 * given2 * 0.5 * 0.8 * 0.25;
    assert_close(q->value, value, 1e-12);
    assert_close(q->value_yes, after, 1e-12);
    assert_close(q->chance, 0.5 + step * 0.45, 1e-12);
    assert_close(q->worth, q->chance * (after - value), 1e-12);
    assert_int_equal(q->partner, SPIL_PARTNER_municipality); /* closes addresses at this step */
    assert_int_equal(q->place, 2); /* power at A5 says more than smell at A1 */
    assert_int_equal(q->place_yes, 1);
    for (size_t i = 1; i < all.count; i++)
        assert_true(all.items[i - 1].worth >= all.items[i].worth);
    spil_questions_clear(&all);
    t_hand_free(c);
}

static void questions__are_not_asked_of_what_is_on_record_or_of_another_kind(void **state)
{
    (void)state;
    t_hand *const c = two_places();
    spil_questions all;
    bool askable;
    const spil_questions_opts opts = {.top = 20, .as_of = SPIL_NO_DAY};
    assert_ok(
        spil_questions_find(&all, c->facts, c->network, c->communities, c->models, &opts, &err));
    assert_null(find(c, &all, "A1", MAKE, SPIL_FACT_SIGNAL, 0)); /* smell: on record */
    assert_null(find(c, &all, "P1", MAKE, SPIL_FACT_SIGNAL, 1)); /* look: of addresses */
    assert_non_null(find(c, &all, "P1", SELL, SPIL_FACT_SIGNAL, 0));
    assert_non_null(find(c, &all, "P1", MAKE, SPIL_FACT_ROLE, 0));
    spil_question q = *find(c, &all, "P1", SELL, SPIL_FACT_SIGNAL, 0);
    assert_ok(spil_question_about(&all, &q, t_hand_find(c, "A1"), &askable, &err));
    assert_false(askable);
    assert_ok(spil_question_about(&all, &q, t_hand_find(c, "P5"), &askable, &err));
    assert_false(askable); /* of another community */
    const double worth = q.worth;
    assert_ok(spil_question_about(&all, &q, t_hand_find(c, "P1"), &askable, &err));
    assert_true(askable && q.worth == worth);
    spil_questions_clear(&all);
    t_hand_free(c);
}

/* What lies below the first `top` before and after moves no list. */
static void questions__count_where_they_reach_the_list(void **state)
{
    (void)state;
    t_hand *const c = two_places();
    spil_questions all;
    const spil_questions_opts opts = {.top = 1, .as_of = SPIL_NO_DAY};
    assert_ok(
        spil_questions_find(&all, c->facts, c->network, c->communities, c->models, &opts, &err));
    assert_true(all.count > 0);
    for (size_t i = 0; i < all.count; i++)
        assert_true(all.items[i].place == 1 || all.items[i].place_yes == 1);
    assert_null(find(c, &all, "A1", MAKE, SPIL_FACT_SIGNAL, 1)); /* look beside smell: no more */
    spil_questions_clear(&all);
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(questions__are_worth_their_chance_times_the_move),
        T(questions__are_not_asked_of_what_is_on_record_or_of_another_kind),
        T(questions__count_where_they_reach_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
