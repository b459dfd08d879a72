/* What a score may and may not rest on: facts alone, and not how often somebody looked.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "t.h"
#include "t_hand.h"

#include "engine/stats/draw.h"

#include <stdio.h>
#include <stdlib.h>

#define TWO "tests/data/models/two_steps.yaml"
enum { PLACES = 60, VISITS = 5 };

static void name(char *out, size_t size, char kind, unsigned area, unsigned place)
{
    (void)snprintf(out, size, "%c%u", kind, area * 1000 + place);
}

/* Two areas of the same places: every second one runs the process. A visit finds the smell at 40%
 * of the guilty addresses and 10% of the others (LR 4, as the model has it), the power and the cash
 * likewise by their own ratios. The first area is visited five times as often. Returns records by
 * area. */
static t_hand *two_areas(size_t records[2])
{
    static const struct {
        char kind;
        const char *code;
        double guilty, other;
    } found[] = {{'A', "smell", 0.4, 0.1}, {'A', "power", 0.4, 0.05}, {'P', "cash", 0.4, 0.08}};
    t_hand *const c = t_hand_new(TWO);
    records[0] = records[1] = 0;
    for (unsigned area = 0; area < 2; area++)
        for (unsigned place = 0; place < PLACES; place++) {
            char person[16], address[16];
            name(person, sizeof person, 'P', area + 1, place);
            name(address, sizeof address, 'A', area + 1, place);
            t_hand_link(c, person, SPIL_LINK_lives_at, address, 1);
            for (unsigned visit = 0; visit < (area == 0 ? VISITS : 1); visit++)
                for (size_t f = 0; f < sizeof found / sizeof *found; f++) {
                    const uint64_t key = spil_key_join(spil_key_text(address), f);
                    const double chance = place % 2 ? found[f].other : found[f].guilty;
                    if (spil_unit_at(key, visit) >= chance)
                        continue;
                    t_hand_signal(c, found[f].kind == 'A' ? address : person, found[f].code, 1, 1,
                                  NULL);
                    records[area]++;
                }
        }
    t_hand_ready(c);
    return c;
}

static unsigned area_of(const t_hand *c, const spil_score *score)
{
    return c->facts->entities[score->entities[0].entity].key[1] == '1' ? 0 : 1;
}

/* Five visits give some five times the records. What they add to a score is far less, since reports
 * of one family are one fact and no step proves the crime alone. */
static void score__does_not_rise_with_the_number_of_visits(void **state)
{
    (void)state;
    size_t records[2];
    double sum[2] = {0, 0}, highest[2] = {0, 0};
    size_t scored[2] = {0, 0};
    t_hand *const c = two_areas(records);
    spil_scores *const scores = t_hand_score(c, 20, 1);
    for (size_t i = 0; i < scores->count; i++) {
        const spil_score *const score = &scores->scores[i];
        const unsigned area = area_of(c, score);
        sum[area] += score->chain.mean;
        highest[area] = fmax(highest[area], score->chain.mean);
        scored[area]++;
    }
    /* where nothing was found the chance is that of the model: R = 0.1, given 0.9 and 0.8, seats */
    for (unsigned area = 0; area < 2; area++)
        sum[area] += (double)(PLACES - scored[area]) * 0.1 * 0.9 * 0.8 * 0.5 * 0.25;
    const double more_records = (double)records[0] / (double)records[1];
    assert_true(more_records > 4 && more_records < 6);
    assert_true(sum[0] / sum[1] < 2.2);          /* of all places together */
    assert_close(highest[0], highest[1], 1e-12); /* a place with all three signals is one */
    spil_scores_free(scores);
    t_hand_free(c);
}

/* ---- with looks on record ---- */

enum { MANY = 600, TENTH = 10 };

static const struct {
    char kind;
    const char *code;
    double guilty, ratio;
} seen[] = {{'A', "smell", 0.4, 4}, {'A', "power", 0.4, 8}, {'P', "cash", 0.4, 5}};
enum { SEEN = sizeof seen / sizeof *seen };

/* A place where nothing was found, n looks: the formulas of score.h on paper. A step of which k
 * families were looked for has L = product of ((1 - d) / (1 - d / LR))^n over them. */
static double bare_chain(double looks)
{
    const double given[2] = {0.9, 0.8}, prior[2] = {0.1, 0.2}, seats[2] = {0.5, 0.25};
    double ln[2] = {0, 0}, odds = 0.1 / 0.9, chain = 1;
    for (size_t f = 0; f < SEEN; f++)
        ln[f == 2] += looks * (log(1 - seen[f].guilty) - log(1 - seen[f].guilty / seen[f].ratio));
    for (size_t s = 0; s < 2; s++) {
        const double l = exp(ln[s]), with = given[s] * l + 1 - given[s];
        odds *= with / (prior[s] * l + 1 - prior[s]);
        chain *= given[s] * l / with * seats[s];
    }
    return chain * odds / (1 + odds);
}

/* A tenth of the places run the process, as the model's prior has it; so are the steps there, and
 * elsewhere. */
static bool runs_step(unsigned place, size_t step)
{
    static const double given[2] = {0.9, 0.8}, prior[2] = {0.1, 0.2};
    return spil_unit_at(77 + step, place) < (place % TENTH ? prior : given)[step];
}

/* One area of MANY places; so many looks at each, which are recorded or not. Sum of the chains of
 * all places. */
static double area_sum(unsigned looks, bool recorded, size_t *records)
{
    char count[12];
    t_hand *const c = t_hand_new(TWO);
    double sum = 0;
    *records = 0;
    (void)snprintf(count, sizeof count, "%u", looks);
    for (size_t i = 0; i < 3; i++)
        c->models->models[0]->steps[i / 2].signals[i % 2 * 2].found = 0.4;
    for (unsigned place = 0; place < MANY; place++) {
        char person[16], address[16];
        name(person, sizeof person, 'P', 1, place);
        name(address, sizeof address, 'A', 1, place);
        t_hand_link(c, person, SPIL_LINK_lives_at, address, 1);
        if (recorded) {
            t_hand_attribute(c, person, "inspections", count);
            t_hand_attribute(c, address, "inspections_bank", "0"); /* it sees none of them */
            t_hand_attribute(c, address, "inspections", count);
        }
        for (unsigned look = 0; look < looks; look++)
            for (size_t f = 0; f < SEEN; f++) {
                const uint64_t key = spil_key_join(spil_key_text(address), f);
                const double chance =
                    runs_step(place, f / 2) ? seen[f].guilty : seen[f].guilty / seen[f].ratio;
                if (spil_unit_at(key, look) >= chance)
                    continue;
                t_hand_signal(c, seen[f].kind == 'A' ? address : person, seen[f].code, 1, 1, NULL);
                ++*records;
            }
    }
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, 1, 1);
    for (size_t i = 0; i < scores->count; i++)
        sum += scores->scores[i].chain.mean;
    sum += (double)(MANY - scores->count) * bare_chain(recorded ? looks : 0);
    spil_scores_free(scores);
    t_hand_free(c);
    return sum;
}

/* Five times the looks, five times the records: twice and a half the score while nobody says how
 * often anybody looked, nearly the same once it is on record. */
static void score__does_not_rise_with_looks_on_record(void **state)
{
    (void)state;
    size_t one, five;
    const double plain = area_sum(1, false, &one), much = area_sum(VISITS, false, &five);
    assert_true((double)five / (double)one > 4);
    const double told = area_sum(1, true, &one), much_told = area_sum(VISITS, true, &five);
    print_message("five times the looks: %.2f times the records, %.2f times the score, %.2f when "
                  "looks are on record\n",
                  (double)five / (double)one, much / plain, much_told / told);
    assert_true(much / plain > 1.8);
    assert_true(much_told / told > 0.8 && much_told / told < 1.25);
}

/* Looked at and nothing found: below a place at which nobody looked; found in one look of five:
 * less than in the only one. On paper: bare_chain. */
static void score__falls_where_a_look_finds_nothing(void **state)
{
    (void)state;
    double chain[3];
    static const char *const looks[] = {NULL, "1", "5"};
    for (size_t i = 0; i < 3; i++) {
        t_hand *const c = t_hand_new(TWO);
        t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
        t_hand_signal(c, "A1", "smell", 1, 1, NULL);
        if (looks[i])
            t_hand_attribute(c, "A1", "inspections", looks[i]);
        t_hand_ready(c);
        spil_scores *const scores = t_hand_score(c, 4, 1);
        chain[i] = scores->scores[0].chain.mean;
        spil_scores_free(scores);
        t_hand_free(c);
    }
    /* no look on record: L = 4; one: smell L = 4, power looked for: (1 - 0.3) / (1 - 0.3 / 8);
     * five: smell (1 - 0.7^5) / (1 - 0.925^5), power ((1 - 0.3) / (1 - 0.3 / 8))^5 */
    const double l[3] = {4, 4 * 0.7 / 0.9625,
                         (1 - pow(0.7, 5)) / (1 - pow(0.925, 5)) * pow(0.7 / 0.9625, 5)};
    for (size_t i = 0; i < 3; i++) {
        const double with = 0.9 * l[i] + 0.1, odds = 0.1 / 0.9 * with / (0.1 * l[i] + 0.9);
        assert_close(chain[i], odds / (1 + odds) * (0.9 * l[i] / with) * 0.5 * 0.8 * 0.25, 1e-12);
    }
    assert_true(chain[0] > chain[1] && chain[1] > chain[2]);
}

/* The same finding a second, third, ... time changes nothing at all. */
static void score__of_one_place_is_that_of_its_first_finding(void **state)
{
    (void)state;
    double chain[2];
    for (int times = 0; times < 2; times++) {
        t_hand *const c = t_hand_new(TWO);
        t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
        for (int i = 0; i < (times ? VISITS : 1); i++)
            t_hand_signal(c, "A1", "smell", 1, 1, NULL);
        t_hand_ready(c);
        spil_scores *const scores = t_hand_score(c, 20, 1);
        chain[times] = scores->scores[0].chain.mean;
        spil_scores_free(scores);
        t_hand_free(c);
    }
    assert_true(chain[0] == chain[1]);
}

/* Attributes that no model asks for are nothing to a score: here what a file might say of a person.
 */
static void score__takes_no_notice_of_what_no_model_asks_for(void **state)
{
    (void)state;
    double fall[2];
    for (int with = 0; with < 2; with++) {
        t_hand *const c = t_hand_new(TWO);
        t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
        t_hand_link(c, "P2", SPIL_LINK_lives_at, "A1", 1);
        t_hand_signal(c, "P1", "cash", 1, 0.5, NULL);
        t_hand_role(c, "P2", "two_steps", "make", "maker", 0.5);
        if (with) {
            t_hand_attribute(c, "P1", "municipality", "Sprenglo");
            t_hand_attribute(c, "P2", "profile", "high");
            t_hand_attribute(c, "A1", "district", "7");
        }
        t_hand_ready(c);
        spil_scores *const scores = t_hand_score(c, 20, 1);
        fall[with] = t_hand_entity_score(c, &scores->scores[0], "P1")->fall.mean;
        spil_scores_free(scores);
        t_hand_free(c);
    }
    assert_true(fall[0] == fall[1]);
}

/* No signal, no role, no rule: no score, whoever it is. */
static void score__needs_a_record(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P2", 1);
    t_hand_attribute(c, "P1", "municipality", "Sprenglo");
    t_hand_signal(c, "P9", "cash", 1, 1, NULL); /* of somebody else */
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, 20, 1);
    assert_int_equal(scores->count, 1);
    assert_int_equal(scores->scores[0].entity_count, 1);
    assert_int_equal(scores->scores[0].entities[0].entity, t_hand_find(c, "P9"));
    spil_scores_free(scores);
    t_hand_free(c);
}

/* A model that asks for nothing (no signals, roles or rules) scores nobody. */
static void score__of_a_model_that_asks_for_nothing_is_none(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(TWO);
    spil_model *const model = c->models->models[0];
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_signal(c, "P1", "cash", 1, 1, NULL);
    t_hand_role(c, "P1", "two_steps", "make", "maker", 0.5);
    t_hand_ready(c);
    for (size_t s = 0; s < model->step_count; s++)
        model->steps[s].signal_count = model->steps[s].role_count = 0; /* an opportunity is left */
    spil_scores *scores = t_hand_score(c, 20, 1);
    assert_int_equal(scores->count, 0);
    spil_scores_free(scores);
    c->models->count = 0; /* and no model at all */
    scores = t_hand_score(c, 20, 1);
    assert_int_equal(scores->count, 0);
    spil_scores_free(scores);
    c->models->count = 1;
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(score__does_not_rise_with_the_number_of_visits),
        T(score__does_not_rise_with_looks_on_record),
        T(score__falls_where_a_look_finds_nothing),
        T(score__of_one_place_is_that_of_its_first_finding),
        T(score__takes_no_notice_of_what_no_model_asks_for),
        T(score__needs_a_record),
        T(score__of_a_model_that_asks_for_nothing_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
