/* Actions and the list: by hand, against every possible list, and what must hold.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "t.h"
#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/interventions/stand_in.h"
#include "engine/interventions/target.h"
#include "t_hand.h"

enum { DRAWS = 50 };

/* The community of six of test_score.c: P2 - A1 - P1 - C1 - P3 - P4. */
static t_hand *community_of_six(void)
{
    t_hand *const c = t_hand_new("tests/data/models/two_steps.yaml");
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P2", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P1", SPIL_LINK_works_for, "C1", 1);
    t_hand_link(c, "P3", SPIL_LINK_directs, "C1", 1);
    t_hand_link(c, "P3", SPIL_LINK_knows, "P4", 1);
    t_hand_signal(c, "A1", "smell", 1, 1, NULL);
    t_hand_signal(c, "A1", "look", 1, 1, "2024-04-10");
    t_hand_signal(c, "A1", "power", 0.5, 1, "2024-01-01");
    t_hand_signal(c, "P2", "cash", 1, 0.5, NULL);
    t_hand_role(c, "P1", "two_steps", "make", "maker", 0.6);
    t_hand_role(c, "P4", "two_steps", "sell", "seller", 0.5);
    t_hand_ready(c);
    return c;
}

static spil_actions *find_actions(const t_hand *c, const spil_scores *scores, size_t most)
{
    spil_err err = SPIL_ERR_INIT;
    spil_actions *actions = NULL;
    const spil_action_opts opts = {.seed = 1, .most = most};
    assert_ok(spil_actions_find(&actions, c->facts, c->network, c->models, scores, &opts, &err));
    return actions;
}

static const spil_action *action_on(const t_hand *c, const spil_actions *actions, const char *key)
{
    const spil_action *found = NULL;
    for (size_t i = 0; i < actions->count; i++)
        if (actions->actions[i].entity == t_hand_find(c, key)) {
            assert_null(found);
            found = &actions->actions[i];
        }
    assert_non_null(found);
    return found;
}

/* Horizon 90 days, a try every 30: three tries; reach 0.5 and 0.2.
 *   A1 close:  nobody is an address within two steps                    recovers 0
 *   P1 arrest: maker, substitutability 0.5; P2 and P3 at two steps      1 - (1 - 0.1)^2 = 0.19
 *   P4 seize:  seller, 0.8; P3 at one step                              1 - (1 - 0.4) = 0.4
 *   P2 seize:  no role, but a person could sell: 0.8; P1 at two steps   1 - (1 - 0.16) = 0.16
 * Falls of the steps: test_score.c. Harm 2. */
static void actions_find__gain_is_harm_fall_effect_and_no_recovery(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        size_t step;
        spil_partner partner;
        double fall, recovers, hours, effect;
        uint32_t candidates;
    } expected[] = {
        {"A1", 0, SPIL_PARTNER_municipality, 0.063811811220491815, 0, 20, 0.8, 0},
        {"P1", 0, SPIL_PARTNER_police, 0.15386774034235565, 0.19, 40, 0.5, 2},
        {"P4", 1, SPIL_PARTNER_police, 0.14315658054561167, 0.4, 10, 0.5, 1},
        {"P2", 1, SPIL_PARTNER_police, 0.028946849670759833, 0.16, 10, 0.5, 1},
    };
    t_hand *const c = community_of_six();
    spil_scores *const scores = t_hand_score(c, DRAWS, 1);
    spil_actions *const actions = find_actions(c, scores, 0);
    assert_int_equal(actions->count, 4);
    for (size_t i = 0; i < 4; i++) {
        const spil_action *const each = action_on(c, actions, expected[i].key);
        assert_int_equal(each->step, expected[i].step);
        assert_int_equal(each->partner, expected[i].partner);
        assert_int_equal(each->candidates, expected[i].candidates);
        assert_close(each->recovers, expected[i].recovers, 1e-12);
        assert_true(each->hours == expected[i].hours && each->effect == expected[i].effect);
        double sum = 0;
        for (size_t b = 0; b < DRAWS; b++) {
            const double effect =
                each->draw[b] / (2 * expected[i].fall * (1 - expected[i].recovers));
            assert_true(effect > 0 && effect < 1);
            assert_true(each->draw[b] <= actions->chains[0].value[b]);
            sum += effect;
        }
        assert_true(fabs(sum / DRAWS - expected[i].effect) < 0.12);
    }
    /* one barrier is drawn once for all its uses */
    const spil_action *const p4 = action_on(c, actions, "P4");
    const spil_action *const p2 = action_on(c, actions, "P2");
    for (size_t b = 0; b < DRAWS; b++)
        assert_close(p4->draw[b] / p2->draw[b],
                     0.14315658054561167 * 0.6 / (0.028946849670759833 * 0.84), 1e-9);
    for (size_t i = 1; i < actions->count; i++)
        assert_true(actions->actions[i].gain.mean <= actions->actions[i - 1].gain.mean);
    assert_close(actions->chains[0].value[3], 2 * 0.19198633632917464, 1e-12);
    spil_actions_free(actions);
    spil_actions *const two = find_actions(c, scores, 2);
    assert_int_equal(two->count, 2);
    spil_actions_free(two);
    spil_scores_free(scores);
    t_hand_free(c);
}

static void stand_in_chance__tries_the_near_first_and_no_more_than_time_allows(void **state)
{
    (void)state;
    const spil_model model = {.horizon_days = 100, .attempt_days = 30, .reach = {0.5, 0.2}};
    assert_close(spil_stand_in_chance(&model, 1, 0, 0), 0, 1e-15);
    assert_close(spil_stand_in_chance(&model, 1, 1, 0), 0.5, 1e-15);
    assert_close(spil_stand_in_chance(&model, 1, 1, 1), 1 - 0.5 * 0.8, 1e-15);
    assert_close(spil_stand_in_chance(&model, 1, 1, 9), 1 - 0.5 * 0.64, 1e-15); /* 3 tries */
    assert_close(spil_stand_in_chance(&model, 1, 9, 9), 1 - 0.125, 1e-15);
    assert_close(spil_stand_in_chance(&model, 0, 9, 9), 0, 1e-15);
}

/* ---- choosing ---- */

typedef struct deck {
    spil_choice choices[40];
    double draw[40][DRAWS];
    double value[4][DRAWS];
    const double *chain_value[4];
    size_t count, chains, draws;
} deck;

static spil_target_list *choose(const deck *d, const spil_list_opts *opts)
{
    spil_err err = SPIL_ERR_INIT;
    spil_target_list *list = NULL;
    assert_ok(spil_targets_choose(&list, d->choices, d->count, d->chain_value, d->chains, d->draws,
                                  opts, NULL, &err));
    return list;
}

static void put(deck *d, double gain, double hours, spil_partner partner, size_t chain)
{
    spil_choice *const each = &d->choices[d->count];
    for (size_t b = 0; b < d->draws; b++)
        d->draw[d->count][b] = gain;
    *each = (spil_choice){hours, partner, chain, d->draw[d->count], UINT32_MAX, 0};
    d->count++;
}

static void deck_start(deck *d, size_t chains, size_t draws, double value)
{
    *d = (deck){.chains = chains, .draws = draws};
    for (size_t c = 0; c < chains; c++) {
        d->chain_value[c] = d->value[c];
        for (size_t b = 0; b < draws; b++)
            d->value[c][b] = value;
    }
}

/* V = 10, police has 7 hours: a 6 in 6 hours, b 5 in 5, c 4 in 2. By the hour: c adds 4, Q = 0.6; a
 * no longer fits; b adds 0.6 x 5 = 3: together 7. Largest first: a alone, 6. So c, b. */
static void targets_choose__takes_the_better_of_both_orders(void **state)
{
    (void)state;
    deck d;
    deck_start(&d, 1, 2, 10);
    put(&d, 6, 6, SPIL_PARTNER_police, 0);
    put(&d, 5, 5, SPIL_PARTNER_police, 0);
    put(&d, 4, 2, SPIL_PARTNER_police, 0);
    spil_list_opts opts = {.top = 10};
    opts.hours[SPIL_PARTNER_police] = 7;
    spil_target_list *list = choose(&d, &opts);
    assert_int_equal(list->count, 2);
    assert_int_equal(list->targets[0].choice, 2);
    assert_int_equal(list->targets[1].choice, 1);
    assert_close(list->targets[0].marginal, 4, 1e-12);
    assert_close(list->targets[1].marginal, 3, 1e-12);
    assert_close(list->gain, 7, 1e-12);
    assert_close(list->possible, 10, 1e-12);
    assert_close(list->hours_used[SPIL_PARTNER_police], 7, 1e-12);
    assert_close(list->targets[0].stability, 1, 1e-12);
    spil_target_list_free(list);
    opts.hours[SPIL_PARTNER_police] = 6; /* by the hour: c, 4; largest first: a, 6 */
    list = choose(&d, &opts);
    assert_int_equal(list->count, 1);
    assert_int_equal(list->targets[0].choice, 0);
    spil_target_list_free(list);
    opts.hours[SPIL_PARTNER_police] = 0; /* takes no part */
    list = choose(&d, &opts);
    assert_int_equal(list->count, 0);
    spil_target_list_free(list);
}

static void targets_choose__one_of_an_excluding_group_and_no_more_than_top(void **state)
{
    (void)state;
    deck d;
    deck_start(&d, 1, 1, 100);
    for (int i = 0; i < 4; i++)
        put(&d, 5, 1, SPIL_PARTNER_bank, 0);
    d.choices[0].exclusive = d.choices[1].exclusive = 4000000000U;
    spil_list_opts opts = {.top = 10};
    opts.hours[SPIL_PARTNER_bank] = HUGE_VAL;
    spil_target_list *list = choose(&d, &opts);
    assert_int_equal(list->count, 3); /* ties: the first of the group */
    assert_int_equal(list->targets[0].choice, 0);
    assert_int_equal(list->targets[1].choice, 2);
    assert_int_equal(list->targets[2].choice, 3);
    spil_target_list_free(list);
    opts.top = 2;
    list = choose(&d, &opts);
    assert_int_equal(list->count, 2);
    spil_target_list_free(list);
    opts.top = 0;
    list = choose(&d, &opts);
    assert_int_equal(list->count, 0);
    spil_target_list_free(list);
}

/* Two draws, room for one: the first action is best on the whole and in draw 0 alone. */
static void targets_choose__stability_is_the_share_of_draws_that_agree(void **state)
{
    (void)state;
    deck d;
    deck_start(&d, 1, 4, 10);
    put(&d, 0, 1, SPIL_PARTNER_bank, 0);
    put(&d, 2, 1, SPIL_PARTNER_bank, 0);
    d.draw[0][0] = 9;
    spil_list_opts opts = {.top = 1};
    opts.hours[SPIL_PARTNER_bank] = 10;
    spil_target_list *const list = choose(&d, &opts);
    assert_int_equal(list->targets[0].choice, 0);
    assert_close(list->targets[0].marginal, 9.0 / 4, 1e-12);
    assert_close(list->targets[0].stability, 0.25, 1e-12);
    spil_target_list_free(list);
}

static void fill_at_random(deck *d, uint64_t seed, size_t count, size_t chains, size_t draws)
{
    spil_rng rng = spil_rng_stream(77, seed);
    deck_start(d, chains, draws, 0);
    for (size_t c = 0; c < chains; c++)
        for (size_t b = 0; b < draws; b++)
            d->value[c][b] = 1 + 9 * spil_rng_unit(&rng);
    for (size_t i = 0; i < count; i++) {
        const size_t chain = (size_t)spil_rng_below(&rng, chains);
        put(d, 0, 1 + (double)spil_rng_below(&rng, 9), (spil_partner)spil_rng_below(&rng, 2),
            chain);
        for (size_t b = 0; b < draws; b++)
            d->draw[i][b] = d->value[chain][b] * spil_rng_unit(&rng) * 0.9;
    }
}

/* Joint gain of a set, straight from its definition; -1 when it breaks the hours. */
static double joint_gain(const deck *d, unsigned set, const double *hours)
{
    double used[2] = {0, 0}, sum = 0;
    for (size_t i = 0; i < d->count; i++)
        if (set >> i & 1U)
            used[d->choices[i].partner] += d->choices[i].hours;
    if (used[0] > hours[0] || used[1] > hours[1])
        return -1;
    for (size_t b = 0; b < d->draws; b++)
        for (size_t c = 0; c < d->chains; c++) {
            double kept = 1;
            for (size_t i = 0; i < d->count; i++)
                if ((set >> i & 1U) && d->choices[i].chain == c)
                    kept *= 1 - d->draw[i][b] / d->value[c][b];
            sum += d->value[c][b] * (1 - kept);
        }
    return sum / (double)d->draws;
}

static void targets_choose__comes_near_the_best_of_all_lists(void **state)
{
    (void)state;
    double ratios = 0, worst = 1;
    for (uint64_t seed = 0; seed < 60; seed++) {
        static deck d;
        fill_at_random(&d, seed, 11, 2, 3);
        spil_list_opts opts = {.top = 11};
        opts.hours[0] = 12;
        opts.hours[1] = 9;
        spil_target_list *const list = choose(&d, &opts);
        double best = 0;
        for (unsigned set = 0; set < 1U << 11; set++)
            best = fmax(best, joint_gain(&d, set, opts.hours));
        unsigned mine = 0;
        double sum = 0;
        for (size_t i = 0; i < list->count; i++) {
            mine |= 1U << list->targets[i].choice;
            sum += list->targets[i].marginal;
        }
        assert_close(joint_gain(&d, mine, opts.hours), list->gain, 1e-12); /* hours kept, too */
        assert_close(sum, list->gain, 1e-12);
        worst = fmin(worst, list->gain / best);
        ratios += list->gain / best;
        spil_target_list_free(list);
    }
    assert_true(worst > 0.8);
    assert_true(ratios / 60 > 0.97);
}

/* Submodular: with hours that never bind, what an action adds only falls along the list. */
static void targets_choose__adds_less_and_less(void **state)
{
    (void)state;
    static deck d;
    for (uint64_t seed = 0; seed < 30; seed++) {
        fill_at_random(&d, seed, 40, 3, 10);
        for (size_t i = 0; i < d.count; i++)
            d.choices[i].hours = 1;
        spil_list_opts opts = {.top = 40};
        opts.hours[0] = opts.hours[1] = HUGE_VAL;
        spil_target_list *const list = choose(&d, &opts);
        assert_int_equal(list->count, 40);
        for (size_t i = 1; i < list->count; i++)
            assert_true(list->targets[i].marginal <= list->targets[i - 1].marginal + 1e-12);
        assert_true(list->gain <= list->possible);
        spil_target_list_free(list);
    }
}

static void targets_choose__does_not_depend_on_threads(void **state)
{
    (void)state;
    static deck d;
    fill_at_random(&d, 5, 40, 3, DRAWS);
    spil_list_opts opts = {.top = 8};
    opts.hours[0] = opts.hours[1] = 30;
    spil_par_set_threads(1);
    spil_target_list *const one = choose(&d, &opts);
    spil_par_set_threads(4);
    spil_target_list *const four = choose(&d, &opts);
    spil_par_set_threads(0);
    assert_int_equal(one->count, four->count);
    for (size_t i = 0; i < one->count; i++) {
        assert_int_equal(one->targets[i].choice, four->targets[i].choice);
        assert_true(one->targets[i].marginal == four->targets[i].marginal);
        assert_true(one->targets[i].stability == four->targets[i].stability);
    }
    spil_target_list_free(one);
    spil_target_list_free(four);
}

static spil_status choose_and_free(const deck *d, const spil_list_opts *opts)
{
    spil_target_list *list = NULL;
    const spil_status rc = spil_targets_choose(&list, d->choices, d->count, d->chain_value,
                                               d->chains, d->draws, opts, NULL, NULL);
    spil_target_list_free(list);
    return rc;
}

static spil_status find_and_free(const t_hand *c, const spil_scores *scores)
{
    spil_actions *actions = NULL;
    const spil_action_opts opts = {.seed = 1};
    const spil_status rc =
        spil_actions_find(&actions, c->facts, c->network, c->models, scores, &opts, NULL);
    spil_actions_free(actions);
    return rc;
}

static void targets__survive_lack_of_memory(void **state)
{
    (void)state;
    static deck d;
    fill_at_random(&d, 5, 10, 2, 3);
    spil_list_opts opts = {.top = 3};
    opts.hours[0] = opts.hours[1] = 30;
    spil_par_set_threads(1);
    assert_survives_no_memory(choose_and_free(&d, &opts));
    t_hand *const c = community_of_six();
    spil_scores *const scores = t_hand_score(c, 3, 1);
    assert_survives_no_memory(find_and_free(c, scores));
    spil_par_set_threads(0);
    spil_scores_free(scores);
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(actions_find__gain_is_harm_fall_effect_and_no_recovery),
        T(stand_in_chance__tries_the_near_first_and_no_more_than_time_allows),
        T(targets_choose__takes_the_better_of_both_orders),
        T(targets_choose__one_of_an_excluding_group_and_no_more_than_top),
        T(targets_choose__stability_is_the_share_of_draws_that_agree),
        T(targets_choose__comes_near_the_best_of_all_lists),
        T(targets_choose__adds_less_and_less),
        T(targets_choose__does_not_depend_on_threads),
        T(targets__survive_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
