/* Rules: what each sees, what it must not see, and that it can be switched off.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "t.h"
#include "t_hand.h"

#include "engine/barriers/rule.h"

#define CANNABIS "datasets/models/cannabis_cultivation.yaml"
#define LAUNDERING "datasets/models/money_laundering_front_companies.yaml"

/* Hits of the rule on the case; signals of code count for step 0. */
static spil_rule_hits hits_by(const t_hand *c, const spil_model_rule *rule, const char *code)
{
    spil_err err = SPIL_ERR_INIT;
    static spil_step_mask steps[64];
    spil_link_index links;
    spil_rule_hits hits = {0};
    assert_non_null(rule->rule);
    assert_true(c->facts->signal_count <= 64);
    for (size_t i = 0; i < c->facts->signal_count; i++)
        steps[i] = strcmp(c->facts->signals[i].code, code) == 0;
    assert_ok(spil_link_index_build(&links, c->facts, &err));
    const spil_rule_view view = {c->facts, &links, c->network, c->communities, c->models->models[0],
                                 steps};
    assert_ok(rule->rule->run(&view, rule, &hits, &err));
    spil_link_index_clear(&links);
    return hits;
}

static spil_rule_hits hits_of(const t_hand *c, const char *name, double at_least, const char *code)
{
    static spil_condition where[] = {{"use", "barn"}, {"sbi", "47*"}};
    const spil_model_rule rule = {.rule = spil_rule_find(name),
                                  .at_least = at_least,
                                  .steps = 1,
                                  .where = where,
                                  .where_count = 2};
    return hits_by(c, &rule, code);
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

static void live(t_hand *c, const char *director, const char *company, const char *founded,
                 const char *dissolved)
{
    t_hand_link(c, director, SPIL_LINK_directs, company, 1);
    if (founded)
        t_hand_attribute(c, company, "founded", founded);
    if (dissolved)
        t_hand_attribute(c, company, "dissolved", dissolved);
}

static void rule_short_lived_companies_director__wants_both_dates(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(LAUNDERING);
    live(c, "P1", "C11", "2020-01-01", "2020-12-31"); /* 365 days */
    live(c, "P1", "C12", "2021-01-01", "2022-01-01"); /* 365 */
    live(c, "P2", "C21", "2020-01-01", "2020-12-31");
    live(c, "P2", "C22", "2020-01-01", "2021-01-01"); /* 366: leap year */
    live(c, "P3", "C31", "2020-01-01", "2020-02-01");
    live(c, "P3", "C32", "2024-01-01", NULL); /* still lives */
    live(c, "P3", "C33", NULL, "2024-01-01");
    live(c, "P4", "C41", "2020-01-01", "2019-02-01"); /* dissolved before it was founded */
    live(c, "P4", "C42", "soon", "2020-02-01");
    live(c, "P4", "A1", "2020-01-01", "2020-02-01"); /* no company */
    t_hand_ready(c);
    const spil_model_rule rule = {.rule = spil_rule_find("short_lived_companies_director"),
                                  .at_least = 2,
                                  .within_days = 365};
    spil_rule_hits hits = hits_by(c, &rule, "");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "P1"));
    assert_int_equal(hits.items[0].saw.kind, SPIL_SAW_LINK);
    spil_free(hits.items);
    t_hand_free(c);
}

/* Two groups and P0, who knows `ties` of the other one. */
static size_t joiners(int ties)
{
    static const char *const ours[] = {"P1", "P2", "P3"}, *const theirs[] = {"P11", "P12", "P13"};
    t_hand *const c = t_hand_new(CANNABIS);
    for (int i = 0; i < 3; i++)
        t_hand_link(c, "P0", SPIL_LINK_knows, ours[i], 1);
    for (int i = 0; i < ties; i++)
        t_hand_link(c, "P0", SPIL_LINK_knows, theirs[i], 1);
    t_hand_link(c, "P0", SPIL_LINK_met, theirs[0], 1); /* the same one again */
    for (int i = 1; i < 3; i++)
        t_hand_link(c, theirs[0], SPIL_LINK_knows, theirs[i], 1);
    t_hand_ready(c);
    for (int i = 0; i < 3; i++) /* what community detection would find */
        c->communities->best.of[c->network->vertex[t_hand_find(c, theirs[i])]] = 1;
    spil_rule_hits hits = hits_of(c, "joins_communities", 2, "");
    const size_t count = hits.count;
    if (count)
        assert_int_equal(hits.items[0].entity, t_hand_find(c, "P0"));
    spil_free(hits.items);
    t_hand_free(c);
    return count;
}

static void rule_joins_communities__wants_two_ties_in_each(void **state)
{
    (void)state;
    assert_int_equal(joiners(0), 0);
    assert_int_equal(joiners(1), 0); /* met and known, but one person */
    assert_int_equal(joiners(2), 1);
    assert_int_equal(joiners(3), 1);
}

static void rule_power_use__wants_a_barn_that_takes_much(void **state)
{
    (void)state;
    static spil_condition barn[] = {{"use", "barn"}};
    t_hand *const c = t_hand_new(CANNABIS);
    const char *const places[] = {"A1", "A2", "A3", "A4", "A5"};
    const char *const uses[] = {"barn", "barn", "home", "barn", "barn"};
    const char *const power[] = {"20000", "19999.5", "90000", "much", NULL};
    for (int i = 0; i < 5; i++) {
        t_hand_attribute(c, places[i], "use", uses[i]);
        if (power[i])
            t_hand_attribute(c, places[i], "power_kwh", power[i]);
    }
    t_hand_ready(c);
    const spil_model_rule rule = {
        .rule = spil_rule_find("power_use"), .at_least = 20000, .where = barn, .where_count = 1};
    spil_rule_hits hits = hits_by(c, &rule, "");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "A1"));
    assert_string_equal(c->facts->attributes[hits.items[0].saw.reference].name, "power_kwh");
    spil_free(hits.items);
    t_hand_free(c);
}

static void own(t_hand *c, const char *owner, const char *address, const char *use)
{
    t_hand_link(c, owner, SPIL_LINK_owns, address, 1);
    t_hand_attribute(c, address, "use", use);
}

/* Without means and two homes; with means; one home; nothing recorded of the means; barns. */
static void rule_owner_without_means__wants_recorded_lack(void **state)
{
    (void)state;
    static spil_condition poor[] = {{"income", "none"}, {"assets", "none"}};
    t_hand *const c = t_hand_new(LAUNDERING);
    own(c, "P1", "A11", "Home");
    own(c, "P1", "A12", "woning");
    own(c, "P2", "A21", "home");
    own(c, "P2", "A22", "home");
    own(c, "P3", "A31", "home");
    own(c, "P3", "A32", "barn");
    own(c, "P4", "A41", "home");
    own(c, "P4", "A42", "home");
    const char *const persons[] = {"P1", "P2", "P3"};
    for (int i = 0; i < 3; i++) {
        t_hand_attribute(c, persons[i], "income", "none");
        t_hand_attribute(c, persons[i], "assets", i == 1 ? "some" : "none");
    }
    t_hand_ready(c);
    const spil_model_rule rule = {.rule = spil_rule_find("owner_without_means"),
                                  .at_least = 2,
                                  .where = poor,
                                  .where_count = 2};
    spil_rule_hits hits = hits_by(c, &rule, "");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "P1"));
    assert_int_equal(c->facts->links[hits.items[0].saw.reference].kind, SPIL_LINK_owns);
    spil_free(hits.items);
    t_hand_free(c);
}

/* t_hand links have no date; this one puts dates on them. */
static void bought(t_hand *c, const char *owner, const char *home, spil_day day)
{
    for (size_t l = 0; l < c->facts->link_count; l++)
        if (c->facts->links[l].from == t_hand_find(c, owner) &&
            c->facts->links[l].to == t_hand_find(c, home))
            c->facts->links[l].since = day;
}

static void rule_collector_of_homes__counts_within_a_stretch(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(LAUNDERING);
    const char *const homes[] = {"A1", "A2", "A3", "A4", "A5", "A6"};
    for (int i = 0; i < 6; i++) {
        own(c, "P1", homes[i], "home");
        t_hand_link(c, "C1", SPIL_LINK_owns, homes[i], 1);
        t_hand_link(c, "P2", SPIL_LINK_owns, homes[i], 1);
    }
    t_hand_ready(c);
    for (int i = 0; i < 6; i++) {
        bought(c, "P1", homes[i], 10000 + 400 * i); /* one each 400 days: 3 within 800 */
        bought(c, "C1", homes[i], 10000 + 100 * i); /* six within 500 */
    }                                               /* of P2's deeds no date is known */
    spil_model_rule rule = {
        .rule = spil_rule_find("collector_of_homes"), .at_least = 4, .within_days = 800};
    spil_rule_hits hits = hits_by(c, &rule, "");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "C1"));
    spil_free(hits.items);
    rule.at_least = 3;
    hits = hits_by(c, &rule, "");
    assert_int_equal(hits.count, 2);
    assert_true(hit(c, &hits, "P1"));
    spil_free(hits.items);
    t_hand_free(c);
}

static void rule_supplies_process__wants_sector_and_tie(void **state)
{
    (void)state;
    static spil_condition trade[] = {{"sbi", "4675*"}};
    t_hand *const c = t_hand_new(CANNABIS);
    t_hand_attribute(c, "C1", "sbi", "46751");
    t_hand_attribute(c, "C2", "sbi", "46751");
    t_hand_attribute(c, "C3", "sbi", "5610");
    t_hand_link(c, "A1", SPIL_LINK_paid, "C1", 1); /* either way round */
    t_hand_link(c, "C2", SPIL_LINK_paid, "A2", 1);
    t_hand_link(c, "C3", SPIL_LINK_paid, "A1", 1);
    t_hand_signal(c, "A1", "power_theft", 1, 1, NULL);
    t_hand_ready(c);
    const spil_model_rule rule = {
        .rule = spil_rule_find("supplies_process"), .steps = 1, .where = trade, .where_count = 1};
    spil_rule_hits hits = hits_by(c, &rule, "power_theft");
    assert_int_equal(hits.count, 1);
    assert_true(hit(c, &hits, "C1"));
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
    static const char *const condition[] = {"owner_of_location"}; /* all rules of this kind */
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
    opts.rules_off = condition;
    opts.rules_off_count = 1;
    assert_ok(
        spil_score_all(&scores, c->facts, c->network, c->communities, c->models, &opts, &err));
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
        T(rule_short_lived_companies_director__wants_both_dates),
        T(rule_joins_communities__wants_two_ties_in_each),
        T(rule_power_use__wants_a_barn_that_takes_much),
        T(rule_owner_without_means__wants_recorded_lack),
        T(rule_collector_of_homes__counts_within_a_stretch),
        T(rule_supplies_process__wants_sector_and_tie),
        T(rules__can_be_switched_off_one_by_one),
        T(rules__say_what_they_see),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
