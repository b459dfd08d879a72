/* Wear: what is left of the chains as entities go. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/wear.h"
#include "t.h"
#include "t_hand.h"

#include "engine/base/mem.h"

#define TWO "tests/data/models/two_steps.yaml"

static spil_wear *wear_of(const t_hand *c, size_t draws)
{
    spil_wear *wear = NULL;
    spil_err err;
    const spil_score_opts opts = {.draws = draws, .seed = 1, .as_of = SPIL_NO_DAY};
    assert_ok(spil_wear_new(&wear, c->facts, c->network, c->communities, c->models, &opts, &err));
    return wear;
}

static spil_wear_point without(spil_wear *wear, const t_hand *c, const char *key)
{
    spil_err err;
    const spil_vid v = c->network->vertex[t_hand_find(c, key)];
    assert_ok(spil_wear_take(wear, &v, 1, &err));
    return spil_wear_now(wear);
}

/* n: of the community, so that several stand in one case. P1 makes, P2 and P3 sell; all hang on
 * company C, and P4 on P3 alone. */
static void add_ring(t_hand *c, char n, double confidence)
{
    char key[6][3] = {"P1", "P2", "P3", "C1", "P4", "A1"};
    static const char letter[] = "abcdef";
    for (size_t i = 0; i < 6; i++)
        key[i][0] = key[i][0], key[i][1] = (char)(n == '1' ? key[i][1] : letter[i]);
    t_hand_link(c, key[0], SPIL_LINK_directs, key[3], 1);
    t_hand_link(c, key[1], SPIL_LINK_works_for, key[3], confidence);
    t_hand_link(c, key[2], SPIL_LINK_works_for, key[3], confidence);
    t_hand_link(c, key[2], SPIL_LINK_knows, key[4], confidence);
    t_hand_link(c, key[4], SPIL_LINK_lives_at, key[5], 1);
    t_hand_signal(c, key[5], "smell", 1, 1, NULL);
    t_hand_role(c, key[0], "two_steps", "make", "maker", 0.9);
    t_hand_role(c, key[1], "two_steps", "sell", "seller", 0.8);
    t_hand_role(c, key[2], "two_steps", "sell", "seller", 0.7);
}

static void wear__with_one_out_the_chain_is_less_by_that_entitys_fall(void **state)
{
    (void)state;
    static const char *const keys[] = {"P1", "P2", "P3", "C1", "P4", "A1"};
    t_hand *const c = t_hand_new(TWO);
    add_ring(c, '1', 0.7);
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, 40, 1);
    const spil_score *const score = &scores->scores[0];
    spil_wear *const wear = wear_of(c, 40);
    assert_close(spil_wear_now(wear).chain, score->chain.mean, 1e-12);
    for (size_t i = 0; i < 6; i++) {
        const spil_entity_score *const each = t_hand_entity_score(c, score, keys[i]);
        const double fall = each ? each->fall.mean : 0;
        assert_close(without(wear, c, keys[i]).chain, score->chain.mean - fall, 1e-12);
        spil_wear_reset(wear);
        assert_close(spil_wear_now(wear).chain, score->chain.mean, 1e-12);
    }
    spil_wear_free(wear);
    spil_scores_free(scores);
    t_hand_free(c);
}

static void wear__the_sole_holder_of_a_step_takes_one_complete_chain_along(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    add_ring(c, '1', 1);
    add_ring(c, '2', 1);
    t_hand_ready(c);
    spil_wear *const wear = wear_of(c, 2);
    assert_int_equal(spil_wear_now(wear).communities, 2);
    assert_int_equal(spil_wear_now(wear).complete, 2);
    const double whole = spil_wear_now(wear).chain;
    const size_t held = spil_wear_now(wear).seats_held;
    assert_int_equal(held, 4);                            /* a maker and a seller of each */
    assert_int_equal(without(wear, c, "P2").complete, 2); /* the other still sells */
    assert_int_equal(spil_wear_now(wear).seats_held, held);
    const spil_wear_point sold_out = without(wear, c, "P3");
    assert_int_equal(sold_out.complete, 1);
    assert_int_equal(sold_out.seats_held, held - 2); /* the maker is cut off with it */
    assert_true(sold_out.chain < whole);
    assert_int_equal(without(wear, c, "Pa").complete, 0); /* the sole maker of the other */
    spil_wear_reset(wear);
    assert_int_equal(spil_wear_now(wear).complete, 2);
    spil_wear_free(wear);
    t_hand_free(c);
}

/* C1 holds no seat, but without it maker and sellers no longer hang together. */
static void wear__a_holder_who_is_cut_off_fills_nothing(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    add_ring(c, '1', 1);
    t_hand_ready(c);
    spil_wear *const wear = wear_of(c, 2);
    assert_int_equal(without(wear, c, "C1").complete, 0);
    spil_wear_free(wear);
    t_hand_free(c);
}

/* Nobody is recorded as a seller: somebody unseen may sell, until nothing shows the chain. */
static void wear__a_seat_that_nobody_was_seen_on_breaks_nothing(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P2", 1);
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_signal(c, "A1", "smell", 1, 1, NULL);
    t_hand_ready(c);
    spil_wear *const wear = wear_of(c, 2);
    assert_int_equal(spil_wear_now(wear).complete, 1);
    assert_int_equal(spil_wear_now(wear).seats_held, 0);
    assert_true(spil_wear_now(wear).seats_unseen > 0);
    assert_int_equal(without(wear, c, "P2").complete, 1);
    assert_int_equal(without(wear, c, "A1").complete, 0);
    spil_wear_free(wear);
    t_hand_free(c);
}

static void wear__without_a_scored_community_is_zero(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P2", 1);
    t_hand_ready(c);
    spil_wear *const wear = wear_of(c, 2);
    const spil_wear_point point = without(wear, c, "P1");
    assert_int_equal(point.communities, 0);
    assert_int_equal(point.complete, 0);
    assert_close(point.chain, 0, 0);
    spil_wear_free(wear);
    t_hand_free(c);
}

static spil_status all_of_it(const t_hand *c)
{
    spil_status rc = SPIL_OK;
    spil_err err = SPIL_ERR_INIT;
    spil_wear *wear = NULL;
    const spil_vid first = 0;
    const spil_score_opts opts = {.draws = 2, .seed = 1, .as_of = SPIL_NO_DAY};
    TRY(spil_wear_new(&wear, c->facts, c->network, c->communities, c->models, &opts, &err));
    rc = spil_wear_take(wear, &first, 1, &err);
done:
    spil_wear_free(wear);
    return rc;
}

static void wear__survives_every_failed_allocation(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    add_ring(c, '1', 0.7);
    t_hand_ready(c);
    assert_survives_no_memory(all_of_it(c));
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(wear__with_one_out_the_chain_is_less_by_that_entitys_fall),
        T(wear__the_sole_holder_of_a_step_takes_one_complete_chain_along),
        T(wear__a_holder_who_is_cut_off_fills_nothing),
        T(wear__a_seat_that_nobody_was_seen_on_breaks_nothing),
        T(wear__without_a_scored_community_is_zero),
        T(wear__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
