/* Rules: what each sees, what it must not see, and that it can be switched off.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "t.h"
#include "t_hand.h"

#include "engine/barriers/rule.h"

#define CANNABIS "datasets/models/cannabis_cultivation.yaml"
#define LAUNDERING "datasets/models/money_laundering_front_companies.yaml"

/* Hits of the rule with this name on the case; steps: whose evidence; signals of code count for
 * step 0. */
static spil_rule_hits hits_of(const t_hand *c, const char *name, double at_least, const char *code)
{
    spil_err err = SPIL_ERR_INIT;
    static spil_condition where[] = {{"use", "barn"}, {"sbi", "47*"}};
    static spil_step_mask steps[64];
    spil_link_index links;
    spil_rule_hits hits = {0};
    const spil_model_rule rule = {.rule = spil_rule_find(name),
                                  .at_least = at_least,
                                  .steps = 1,
                                  .where = where,
                                  .where_count = 2};
    assert_non_null(rule.rule);
    assert_true(c->facts->signal_count <= 64);
    for (size_t i = 0; i < c->facts->signal_count; i++)
        steps[i] = strcmp(c->facts->signals[i].code, code) == 0;
    assert_ok(spil_link_index_build(&links, c->facts, &err));
    const spil_rule_view view = {c->facts, &links, c->models->models[0], steps, NULL};
    assert_ok(rule.rule->run(&view, &rule, &hits, &err));
    spil_link_index_clear(&links);
    return hits;
}

static bool hit(const t_hand *c, const spil_rule_hits *hits, const char *key)
{
    for (size_t i = 0; i < hits->count; i++)
        if (hits->items[i].entity == t_hand_find(c, key))
            return true;
    return false;
}

static void rule_attribute__wants_every_condition(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(CANNABIS);
    t_hand_attribute(c, "C1", "use", "Barn"); /* case folded */
    t_hand_attribute(c, "C1", "sbi", "4776");
    t_hand_attribute(c, "C2", "use", "barn");
    t_hand_attribute(c, "C3", "use", "barn");
    t_hand_attribute(c, "C3", "sbi", "4");
    t_hand_ready(c);
    spil_rule_hits hits = hits_of(c, "attribute", 0, "");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "C1"));
    assert_int_equal(hits.items[0].saw.kind, SPIL_SAW_ATTRIBUTE);
    assert_string_equal(c->facts->attributes[hits.items[0].saw.reference].name, "use");
    spil_free(hits.items);
    t_hand_free(c);
}

static void rule_owner_of_location__points_at_the_deed(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(CANNABIS);
    t_hand_link(c, "P1", SPIL_LINK_owns, "A1", 1);
    t_hand_link(c, "P2", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P3", SPIL_LINK_owns, "A2", 1);
    t_hand_link(c, "A1", SPIL_LINK_related, "P4", 1);
    t_hand_signal(c, "A1", "power_theft", 1, 1, NULL);
    t_hand_signal(c, "A2", "other", 1, 1, NULL);
    t_hand_ready(c);
    spil_rule_hits hits = hits_of(c, "owner_of_location", 0, "power_theft");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "P1"));
    assert_int_equal(hits.items[0].saw.kind, SPIL_SAW_LINK);
    assert_int_equal(c->facts->links[hits.items[0].saw.reference].kind, SPIL_LINK_owns);
    spil_free(hits.items);
    hits = hits_of(c, "carries_evidence", 1, "power_theft");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "A1"));
    spil_free(hits.items);
    t_hand_free(c);
}

static void rule_several_companies_director__counts_companies_once(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(LAUNDERING);
    t_hand_link(c, "P1", SPIL_LINK_directs, "C1", 1);
    t_hand_link(c, "P1", SPIL_LINK_directs, "C1", 0.5); /* the same again */
    t_hand_link(c, "P1", SPIL_LINK_directs, "C2", 1);
    t_hand_link(c, "P2", SPIL_LINK_directs, "C1", 1);
    t_hand_link(c, "P2", SPIL_LINK_directs, "C2", 1);
    t_hand_link(c, "P2", SPIL_LINK_directs, "C3", 1);
    t_hand_link(c, "P3", SPIL_LINK_works_for, "C1", 1);
    t_hand_ready(c);
    spil_rule_hits hits = hits_of(c, "several_companies_director", 3, "");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "P2"));
    spil_free(hits.items);
    t_hand_free(c);
}

/* A business building with five companies of five directors is none; three of one director are. */
static void rule_shared_address_companies__leaves_business_buildings_alone(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(LAUNDERING);
    const char *const companies[] = {"C1", "C2", "C3", "C4", "C5"};
    const char *const directors[] = {"P1", "P2", "P3", "P4", "P5"};
    for (int i = 0; i < 5; i++) {
        t_hand_link(c, companies[i], SPIL_LINK_registered_at, "A1", 1);
        t_hand_link(c, directors[i], SPIL_LINK_directs, companies[i], 1);
    }
    const char *const shells[] = {"C11", "C12", "C13"};
    for (int i = 0; i < 3; i++) {
        t_hand_link(c, shells[i], SPIL_LINK_registered_at, "A2", 1);
        t_hand_link(c, "P9", SPIL_LINK_directs, shells[i], 1);
    }
    t_hand_ready(c);
    spil_rule_hits hits = hits_of(c, "shared_address_companies", 3, "");
    assert_true(hit(c, &hits, "C11") && hit(c, &hits, "C12") && hit(c, &hits, "C13"));
    assert_true(hit(c, &hits, "P9") && hit(c, &hits, "A2"));
    assert_int_equal(hits.count, 5);
    spil_free(hits.items);
    t_hand_free(c);
}

static void rules__can_be_switched_off_one_by_one(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    t_hand *const c = t_hand_new(CANNABIS);
    t_hand_link(c, "P1", SPIL_LINK_owns, "A1", 1);
    t_hand_signal(c, "A1", "power_theft", 1, 1, NULL);
    t_hand_ready(c);
    static const char *const off[] = {"owner_of_site", "no_such_rule"};
    spil_score_opts opts = SPIL_SCORE_OPTS_DEFAULTS;
    opts.draws = 4;
    spil_scores *scores = NULL;
    assert_ok(
        spil_score_all(&scores, c->facts, c->network, c->communities, c->models, &opts, &err));
    assert_int_equal(scores->scores[0].holder_count, 2); /* owner and premises */
    assert_true(t_hand_contribution(c, &scores->scores[0], "P1", "owner_of_site") > 0);
    spil_scores_free(scores);
    opts.rules_off = off;
    opts.rules_off_count = 2;
    assert_ok(
        spil_score_all(&scores, c->facts, c->network, c->communities, c->models, &opts, &err));
    assert_int_equal(scores->scores[0].holder_count, 1);
    assert_null(t_hand_entity_score(c, &scores->scores[0], "P1"));
    spil_scores_free(scores);
    t_hand_free(c);
}

static void rules__say_what_they_see(void **state)
{
    (void)state;
    for (size_t i = 0; i < spil_rule_count; i++) {
        assert_true(strlen(spil_rules[i]->summary) > 10);
        assert_ptr_equal(spil_rule_find(spil_rules[i]->name), spil_rules[i]);
    }
    assert_null(spil_rule_find("no_such_rule"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(rule_attribute__wants_every_condition),
        T(rule_owner_of_location__points_at_the_deed),
        T(rule_several_companies_director__counts_companies_once),
        T(rule_shared_address_companies__leaves_business_buildings_alone),
        T(rules__can_be_switched_off_one_by_one),
        T(rules__say_what_they_see),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
