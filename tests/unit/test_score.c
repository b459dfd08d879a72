/* Scores: worked out by hand, and what must hold whatever the facts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/par.h"
#include "t.h"
#include "t_hand.h"

#include "engine/stats/draw.h"

#define TWO "tests/data/models/two_steps.yaml"
enum { MAKE, SELL };

/* The community of six:
 *
 *     P2 - A1 - P1 - C1 - P3 - P4     A1: smell, look, power (strength 1/2, 100 days old)
 *                                     P1: maker 0.6   P2: cash 0.5   P4: seller 0.5
 *
 * Step make: b = 0.1, a = 0.9. Families: senses = the stronger of ln 4 and ln 2;
 * energy = 1/2 x 2^(-100/100) x ln 8; the recorded role = 0.6 x ln 10.
 *     L = 4 x 8^0.25 x 10^0.6 = 4 x 1.6817928305 x 3.9810717055 = 26.781351408419
 *     a L = 24.103216267577   a L + 0.1 = 24.203216267577   b L + 0.9 = 3.578135140842
 *     factor of the odds 24.203216267577 / 3.578135140842 = 6.764198476
 *     given 24.103216267577 / 24.203216267577 = 0.995868317711
 * Step sell: b = 0.2, a = 0.8. money = 1/2 x ln 5; the recorded role = 1/2 x ln 10.
 *     L = 50^0.5 = 7.071067811865
 *     a L + 0.2 = 5.856854249492   b L + 0.8 = 2.214213562373
 *     factor of the odds 2.645117142   given 0.965851975911
 * Process: odds = 0.1 / 0.9 x 6.764198476 x 2.645117142 = 1.988010816
 *     R = 0.665329189980
 * Seats: maker 1 - (1 - 0.6) x 0.5 = 0.8.
 *     Two sellers, one seen with 0.5, an empty seat filled with 0.5:
 *     0.5 x 0.5 + 0.5 x 0.25 = 0.375
 * Chain = R x 0.995868317711 x 0.965851975911 x 0.8 x 0.375 = 0.191986336329
 *
 * One who is taken out leaves an empty seat. The maker's is filled only if he was not the
 * maker: 0.4 x 0.5 = 0.2; the sellers' likewise: 0.5 x 0.25 = 0.125.
 */
static t_hand *community_of_six(void)
{
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P2", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P1", SPIL_LINK_works_for, "C1", 1);
    t_hand_link(c, "P3", SPIL_LINK_directs, "C1", 1);
    t_hand_link(c, "P3", SPIL_LINK_knows, "P4", 1);
    t_hand_signal(c, "A1", "smell", 1, 1, NULL);
    t_hand_signal(c, "A1", "look", 1, 1, "2024-04-10");
    t_hand_signal(c, "A1", "power", 0.5, 1, "2024-01-01"); /* 100 days before */
    t_hand_signal(c, "P2", "cash", 1, 0.5, NULL);
    t_hand_role(c, "P1", "two_steps", "make", "maker", 0.6);
    t_hand_role(c, "P4", "two_steps", "sell", "seller", 0.5);
    return c;
}

static void score__of_the_community_of_six_is_as_on_paper(void **state)
{
    (void)state;
    t_hand *const c = community_of_six();
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, 7, 1);
    assert_int_equal(scores->count, 1);
    const spil_score *const score = &scores->scores[0];
    assert_close(score->process.mean, 0.6653291899803853, 1e-12);
    assert_close(score->chain.mean, 0.19198633632917464, 1e-12);
    assert_close(score->chain.p5, 0.19198633632917464, 1e-12);
    assert_close(score->chain.p95, 0.19198633632917464, 1e-12);
    assert_close(score->steps[MAKE].probability.p50, 0.913072101632828, 1e-12);
    assert_close(score->steps[SELL].probability.p50, 0.856363057825827, 1e-12);
    assert_close(score->steps[MAKE].filled.mean, 0.8, 1e-12);
    assert_close(score->steps[SELL].filled.mean, 0.375, 1e-12);
    assert_close(score->steps[SELL].roles[0].filled.mean, 0.375, 1e-12);
    assert_close(score->steps[MAKE].stand_ins, 0.6, 1e-12);
    assert_close(score->steps[SELL].stand_ins, 0.25, 1e-12); /* 0.5 for two seats */
    assert_false(score->steps[MAKE].weakest);
    assert_true(score->steps[SELL].weakest);
    assert_int_equal(score->holder_count, 2);
    assert_int_equal(score->holders[0].entity, t_hand_find(c, "P1"));
    assert_close(score->holders[0].q, 0.6, 1e-12);
    spil_scores_free(scores);
    t_hand_free(c);
}

/* Taking A1 out takes P2 along (cash), P1 takes A1 and P2 along; the larger rest is kept. C1 parts
 * three from two, P3 hides P4: both hold the seller by position alone. The falls are the chain
 * again without those facts; the shares are averages over all orders of taking away: 4! for A1. */
static void score__falls_and_their_shares_are_as_on_paper(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        double fall;
    } expected[] = {{"P1", 0.18105535136058307},  {"P4", 0.14315658054561167},
                    {"P3", 0.14315658054561167},  {"C1", 0.14315658054561167},
                    {"A1", 0.090479668885937808}, {"P2", 0.028946849670759833}};
    t_hand *const c = community_of_six();
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, 3, 1);
    const spil_score *const score = &scores->scores[0];
    assert_int_equal(score->entity_count, 6);
    for (size_t i = 0; i < 6; i++) {
        const spil_entity_score *const each = t_hand_entity_score(c, score, expected[i].key);
        assert_non_null(each);
        assert_close(each->fall.mean, expected[i].fall, 1e-12);
    }
    assert_int_equal(score->entities[0].entity, t_hand_find(c, "P1"));
    assert_int_equal(score->entities[5].entity, t_hand_find(c, "P2"));
    assert_close(t_hand_contribution(c, score, "A1", "smell"), 0.032421085216380333, 1e-12);
    assert_close(t_hand_contribution(c, score, "A1", "look"), 0.013821209757665804, 1e-12);
    assert_close(t_hand_contribution(c, score, "A1", "power"), 0.015843496252567882, 1e-12);
    assert_close(t_hand_contribution(c, score, "A1", "position"), 0.028393877659323812, 1e-12);
    assert_close(t_hand_contribution(c, score, "P1", "maker"), 0.12222171140850047, 1e-12);
    assert_close(t_hand_contribution(c, score, "P1", "position"), 0.058833639952082621, 1e-12);
    assert_close(t_hand_contribution(c, score, "C1", "position"), 0.14315658054561167, 1e-12);
    assert_close(t_hand_contribution(c, score, "P4", "seller"), 0.14315658054561167, 1e-12);
    assert_int_equal(score->contribution_count, 10);
    /* services: the entity's own facts at one step, nobody else */
    const spil_entity_score *const a1 = t_hand_entity_score(c, score, "A1");
    assert_int_equal(a1->service_count, 1);
    assert_int_equal(a1->services[0].step, MAKE);
    assert_close(a1->services[0].fall[2], 0.063811811220491815, 1e-12);
    assert_close(t_hand_entity_score(c, score, "P1")->services[0].fall[0], 0.15386774034235565,
                 1e-12);
    assert_int_equal(t_hand_entity_score(c, score, "C1")->service_count, 0);
    spil_scores_free(scores);
    t_hand_free(c);
}

/* P1 - P2 with confidence 0.7; only where the edge is in the draw are both there, else P1 alone
 * (parts of one each: the smallest vertex). */
static void score__an_uncertain_link_is_there_in_its_share_of_the_draws(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P2", 0.7);
    t_hand_signal(c, "P2", "cash", 1, 1, NULL);
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, 4000, 1);
    const spil_score *const score = &scores->scores[0];
    /* without: R = 0.1, given 0.9 and 0.8, seats 0.5 and 0.25 */
    const double without = 0.1 * 0.9 * 0.8 * 0.5 * 0.25;
    /* with L = 5 at sell: a L + 1 - a = 4.2, b L + 1 - b = 1.8 */
    const double odds = 1.0 / 9 * (4.2 / 1.8);
    const double with = odds / (1 + odds) * 0.9 * (4 / 4.2) * 0.5 * 0.25;
    size_t there = 0;
    for (size_t b = 0; b < 4000; b++) {
        const bool in = score->chain_draw[b] > (with + without) / 2;
        assert_close(score->chain_draw[b], in ? with : without, 1e-12);
        there += in;
    }
    assert_true(fabs((double)there / 4000 - 0.7) < 0.03); /* 4 standard errors */
    /* P2 falls when it is there, and so does P1, who holds it; P1 by position alone */
    const double mean = (double)there / 4000 * (with - without);
    assert_close(t_hand_entity_score(c, score, "P2")->fall.mean, mean, 1e-12);
    assert_close(t_hand_contribution(c, score, "P2", "cash"), mean, 1e-12);
    spil_scores_free(scores);
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(score__of_the_community_of_six_is_as_on_paper),
        T(score__falls_and_their_shares_are_as_on_paper),
        T(score__an_uncertain_link_is_there_in_its_share_of_the_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
