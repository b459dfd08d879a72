/* Scores: what must hold whatever the facts. Random cases against a model that ships, and against
 * one made from it in which steps are alternatives, optional, or of any time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/file.h"
#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/base/str.h"
#include "t.h"
#include "t_hand.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DRAWS = 24, ROWS_MOST = 80, SEEDS = 12 };
#define SHIPPED "datasets/models/cannabis_cultivation.yaml"
static const char *model = SHIPPED; /* or the same with steps that are ways to one end */

/* ---- cases as rows that can be added in any order ---- */

typedef struct row {
    enum { LINK, SIGNAL, ROLE, ATTRIBUTE } kind;
    char from[8], to[8];
    spil_link_kind link;
    const char *code, *step, *role;
    double strength, confidence;
    const char *date;
} row;

typedef struct sheet {
    row rows[ROWS_MOST];
    size_t count;
} sheet;

static const struct {
    char kind;
    const char *code;
} signals[] = {{'A', "power_theft"},         {'A', "smell_report"},  {'A', "condensation"},
               {'A', "blacked_out_windows"}, {'P', "cash_deposits"}, {'P', "unexplained_wealth"},
               {'P', "opium_act_record"},    {'C', "cash_loan"},     {'A', "plant_waste_dumped"},
               {'P', "cuttings_transport"},  {'A', "rent_paid_cash"}};
static const struct {
    char kind;
    const char *step, *role;
} roles[] = {{'P', "growing", "grower"},    {'P', "power", "electrician"},
             {'P', "harvest", "cutter"},    {'P', "location", "landlord"},
             {'A', "location", "premises"}, {'C', "equipment", "grow_shop"}};

static void name(char *out, char kind, uint64_t number)
{
    (void)snprintf(out, 8, "%c%u", kind, (unsigned)number);
}

/* A tree of n entities with some more links, uncertain unless certain is set, and facts on them. */
static void fill(sheet *s, uint64_t seed, uint64_t n, bool certain)
{
    static const char kinds[] = "PAC";
    spil_rng rng = spil_rng_stream(99, seed);
    s->count = 0;
    for (uint64_t i = 1; i < n + n / 3; i++) {
        const uint64_t a = i < n ? i : spil_rng_below(&rng, n),
                       b = spil_rng_below(&rng, i < n ? i : n);
        row *const r = &s->rows[s->count];
        if (a == b)
            continue;
        *r = (row){.kind = LINK, .link = (spil_link_kind)spil_rng_below(&rng, 4)};
        r->confidence = certain ? 1 : 0.5 + 0.5 * spil_rng_unit(&rng);
        name(r->from, kinds[a % 3], a);
        name(r->to, kinds[b % 3], b);
        s->count++;
    }
    for (uint64_t i = 0; i < n; i++) {
        row *const r = &s->rows[s->count];
        const uint64_t e = spil_rng_below(&rng, n);
        *r = (row){.strength = 1, .confidence = 0.4 + 0.6 * spil_rng_unit(&rng)};
        r->date = spil_rng_below(&rng, 2) ? "2023-05-01" : "2024-02-01";
        name(r->from, kinds[e % 3], e);
        if (spil_rng_below(&rng, 3)) {
            const uint64_t k = spil_rng_below(&rng, sizeof signals / sizeof *signals);
            r->kind = SIGNAL;
            r->code = signals[k].code;
            s->count += signals[k].kind == r->from[0];
        } else {
            const uint64_t k = spil_rng_below(&rng, sizeof roles / sizeof *roles);
            r->kind = ROLE;
            r->step = roles[k].step;
            r->role = roles[k].role;
            s->count += roles[k].kind == r->from[0];
        }
    }
    s->rows[s->count++] = (row){.kind = SIGNAL,
                                .from = "P0",
                                .code = "cash_deposits",
                                .strength = 1,
                                .confidence = 0.7,
                                .date = "2024-01-05"};
}

static void add_row(t_hand *c, const row *r)
{
    if (r->kind == LINK)
        t_hand_link(c, r->from, r->link, r->to, r->confidence);
    else if (r->kind == SIGNAL)
        t_hand_signal(c, r->from, r->code, r->strength, r->confidence, r->date);
    else if (r->kind == ROLE)
        t_hand_role(c, r->from, "cannabis_cultivation", r->step, r->role, r->confidence);
    else
        t_hand_attribute(c, r->from, "use", "barn");
}

static t_hand *play(const sheet *s, bool backwards)
{
    t_hand *const c = t_hand_new(model);
    for (size_t i = 0; i < s->count; i++)
        add_row(c, &s->rows[backwards ? s->count - 1 - i : i]);
    return c;
}

/* All that a score says, as text, by key: two scores are the same when their texts are. */
static char *say(const t_hand *c, const spil_scores *scores)
{
    spil_str text = SPIL_STR_INIT;
    for (size_t i = 0; i < scores->count; i++) {
        const spil_score *const score = &scores->scores[i];
        spil_str_addf(&text, "chain %a %a %a %a process %a\n", score->chain.p5, score->chain.p50,
                      score->chain.p95, score->chain.mean, score->process.mean);
        for (size_t b = 0; b < scores->draws; b++)
            spil_str_addf(&text, "%a ", score->chain_draw[b]);
        for (size_t s = 0; s < score->step_count; s++)
            spil_str_addf(&text, "step %a %a %a %d\n", score->steps[s].probability.mean,
                          score->steps[s].filled.mean, score->steps[s].stand_ins,
                          score->steps[s].weakest);
        for (size_t e = 0; e < score->entity_count; e++) {
            const spil_entity_score *const each = &score->entities[e];
            spil_str_addf(&text, "%s %a %a\n", c->facts->entities[each->entity].key,
                          each->fall.mean, each->fall.p95);
            for (size_t k = 0; k < each->service_count; k++)
                spil_str_addf(&text, " %zu %a", each->services[k].step, each->services[k].fall[1]);
        }
        for (size_t k = 0; k < score->contribution_count; k++) {
            const spil_contribution *const each = &score->contributions[k];
            spil_str_addf(&text, "%s %s %a\n", c->facts->entities[each->entity].key, each->name,
                          each->value);
        }
        for (size_t h = 0; h < score->holder_count; h++)
            spil_str_addf(&text, "%s %zu %a\n", c->facts->entities[score->holders[h].entity].key,
                          score->holders[h].role, score->holders[h].q);
    }
    assert_false(text.failed);
    return text.text;
}

static char *score_and_say(t_hand *c)
{
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, DRAWS, 3);
    char *const text = say(c, scores);
    spil_scores_free(scores);
    t_hand_free(c);
    return text;
}

/* ---- properties ---- */

static void score__does_not_depend_on_the_order_of_input(void **state)
{
    (void)state;
    sheet s;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        fill(&s, seed, 18, false);
        char *const forwards = score_and_say(play(&s, false));
        char *const backwards = score_and_say(play(&s, true));
        assert_string_equal(forwards, backwards);
        spil_free(forwards);
        spil_free(backwards);
    }
}

/* Others who are not linked to anybody here, with keys before, between and after. */
static void score__does_not_change_for_unrelated_entities(void **state)
{
    (void)state;
    sheet s;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        fill(&s, seed, 18, false);
        char *const alone = score_and_say(play(&s, false));
        t_hand *const c = play(&s, false);
        t_hand_entity(c, "A-1");
        t_hand_entity(c, "P5x");
        t_hand_link(c, "C2y", SPIL_LINK_registered_at, "A2y", 0.9);
        t_hand_link(c, "P999", SPIL_LINK_knows, "P998", 0.5);
        char *const among = score_and_say(c);
        assert_string_equal(alone, among);
        spil_free(alone);
        spil_free(among);
    }
}

static void score__has_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    sheet s, other;
    fill(&s, 4, 18, false);
    fill(&other, 5, 18, false);
    char *text[2];
    for (int i = 0; i < 2; i++) {
        spil_par_set_threads(i ? 4 : 1);
        t_hand *const c = play(&s, false);
        for (size_t r = 0; r < other.count; r++) { /* a second community */
            row renamed = other.rows[r];
            (void)snprintf(renamed.from, 8, "%cx%s", other.rows[r].from[0], other.rows[r].from + 1);
            if (renamed.kind == LINK)
                (void)snprintf(renamed.to, 8, "%cx%s", other.rows[r].to[0], other.rows[r].to + 1);
            add_row(c, &renamed);
        }
        text[i] = score_and_say(c);
    }
    spil_par_set_threads(0);
    assert_string_equal(text[0], text[1]);
    spil_free(text[0]);
    spil_free(text[1]);
}

/* One sheet after another in one case, each with names of its own: so many communities. */
static t_hand *play_many(uint64_t seed, uint64_t sheets)
{
    t_hand *const c = t_hand_new(strcmp(model, SHIPPED) == 0 ? "datasets/models" : model);
    for (uint64_t k = 0; k < sheets; k++) {
        sheet s;
        fill(&s, seed + k, 8 + k % 9, k % 3 == 0);
        for (size_t i = 0; i < s.count; i++) {
            row *const r = &s.rows[i];
            char *const names[] = {r->from, r->to};
            for (size_t e = 0; e < 2; e++)
                if (names[e][0])
                    name(names[e], names[e][0], 100 * (k + 1) + strtoull(names[e] + 1, NULL, 10));
            add_row(c, r);
        }
    }
    t_hand_ready(c);
    return c;
}

static spil_scores *score_to(const t_hand *c, spil_score_depth depth, size_t deep_most)
{
    spil_err err = SPIL_ERR_INIT;
    spil_scores *scores = NULL;
    spil_score_opts opts = SPIL_SCORE_OPTS_DEFAULTS;
    opts.draws = 300; /* more than one block of the bulk */
    opts.depth = depth;
    opts.deep_most = deep_most;
    assert_ok(
        spil_score_all(&scores, c->facts, c->network, c->communities, c->models, &opts, &err));
    return scores;
}

/* All that is said of one pair. */
static char *say_pair(const t_hand *c, const spil_scores *scores, size_t i)
{
    const spil_scores one = {.scores = scores->scores + i, .count = 1, .draws = scores->draws};
    return say(c, &one);
}

/* Going deep into some only changes nothing of them, nor the chain of the others, nor the order;
 * and it is those with the largest chain x harm. */
static void score__of_some_is_as_that_of_all(void **state)
{
    (void)state;
    enum { SHEETS = 30, DEEP = 7 };
    t_hand *const c = play_many(5, SHEETS);
    spil_par_set_threads(1);
    spil_scores *const all = score_to(c, SPIL_SCORE_FULL, 0);
    spil_par_set_threads(3);
    spil_scores *const some = score_to(c, SPIL_SCORE_FULL, DEEP);
    spil_scores *const none = score_to(c, SPIL_SCORE_CHAINS, 0);
    spil_par_set_threads(0);
    size_t deep = 0;
    bool seen[SHEETS] = {false}; /* in order of the scores, so the first DEEP that come by */
    assert_int_equal(all->count, some->count);
    assert_int_equal(all->count, none->count);
    assert_int_equal(all->deep, all->communities);
    assert_int_equal(some->deep, DEEP);
    assert_int_equal(none->deep, 0);
    for (size_t i = 0; i < all->count; i++) {
        const spil_score *const a = &all->scores[i], *const s = &some->scores[i],
                                *const n = &none->scores[i];
        assert_int_equal(a->community, s->community);
        assert_int_equal(a->model, s->model);
        assert_memory_equal(&a->chain, &s->chain, sizeof a->chain);
        assert_memory_equal(&a->process, &s->process, sizeof a->process);
        assert_memory_equal(&a->chain, &n->chain, sizeof a->chain);
        assert_memory_equal(&a->process, &n->process, sizeof a->process);
        assert_null(n->chain_draw);
        if (!seen[a->community] && deep < DEEP) {
            seen[a->community] = true;
            deep++;
        }
        assert_int_equal(seen[a->community], s->chain_draw != NULL);
        assert_int_equal(seen[a->community] ? a->entity_count : 0, s->entity_count);
        if (!seen[a->community])
            continue;
        char *const whole = say_pair(c, all, i), *const part = say_pair(c, some, i);
        assert_string_equal(whole, part);
        spil_free(whole);
        spil_free(part);
    }
    assert_int_equal(deep, DEEP);
    spil_scores_free(all);
    spil_scores_free(some);
    spil_scores_free(none);
    t_hand_free(c);
}

static void score__contributions_add_up_to_the_fall(void **state)
{
    (void)state;
    sheet s;
    size_t many = 0;
    for (uint64_t seed = 0; seed < 2 * SEEDS; seed++) {
        fill(&s, seed, 18, seed % 2);
        for (int more = 0; more < 7; more++) { /* one with more than five causes */
            s.rows[s.count] = (row){.kind = SIGNAL,
                                    .from = "P0",
                                    .strength = 1,
                                    .code = more % 2 ? "cash_deposits" : "opium_act_record",
                                    .confidence = 0.3 + 0.1 * more,
                                    .date = "2024-01-05"};
            s.count++;
        }
        t_hand *const c = play(&s, false);
        t_hand_ready(c);
        spil_scores *const scores = t_hand_score(c, DRAWS, seed);
        assert_int_equal(scores->count, 1);
        const spil_score *const score = &scores->scores[0];
        size_t k = 0;
        for (size_t e = 0; e < score->entity_count; e++) {
            const size_t begin = k;
            double sum = 0;
            for (; k < score->contribution_count &&
                   score->contributions[k].entity == score->entities[e].entity;
                 k++) {
                assert_true(k == begin ||
                            score->contributions[k].value <= score->contributions[k - 1].value);
                sum += score->contributions[k].value;
            }
            assert_close(sum, score->entities[e].fall.mean, 1e-12);
            assert_true(score->entities[e].fall.mean <= score->chain.mean);
            many += k - begin > 5;
        }
        assert_int_equal(k, score->contribution_count);
        spil_scores_free(scores);
        t_hand_free(c);
    }
    assert_true(many > 0);
}

/* Whatever fact is added to a sound member: no step, seat or chain gets less likely in any draw. */
static void score__more_evidence_lowers_nothing(void **state)
{
    (void)state;
    sheet s;
    for (uint64_t seed = 0; seed < 2 * SEEDS; seed++) {
        fill(&s, seed, 15, false);
        t_hand *const less = play(&s, false);
        t_hand *const more = play(&s, false);
        const row extra = seed % 3 ? (row){.kind = SIGNAL,
                                           .from = "A1",
                                           .strength = 1,
                                           .confidence = 0.9,
                                           .code = signals[seed % 4].code,
                                           .date = "2024-02-01"}
                                   : (row){.kind = ROLE,
                                           .from = "P3",
                                           .confidence = 0.8,
                                           .step = roles[seed % 3].step,
                                           .role = roles[seed % 3].role};
        add_row(more, &extra);
        t_hand_ready(less);
        t_hand_ready(more);
        /* the newest date is the same in both, so nothing ages differently */
        assert_int_equal(less->facts->newest, more->facts->newest);
        spil_scores *const a = t_hand_score(less, DRAWS, seed), *const b =
                                                                    t_hand_score(more, DRAWS, seed);
        for (size_t d = 0; d < DRAWS; d++)
            assert_true(b->scores[0].chain_draw[d] >= a->scores[0].chain_draw[d] * (1 - 1e-12));
        for (size_t step = 0; step < a->scores[0].step_count; step++) {
            const spil_step_score *const was = &a->scores[0].steps[step], *const is =
                                                                              &b->scores[0]
                                                                                   .steps[step];
            assert_true(is->probability.mean >= was->probability.mean * (1 - 1e-12));
            assert_true(is->probability.p5 >= was->probability.p5 * (1 - 1e-12));
            assert_true(is->filled.mean >= was->filled.mean * (1 - 1e-12));
        }
        spil_scores_free(a);
        spil_scores_free(b);
        t_hand_free(less);
        t_hand_free(more);
    }
}

static double chain_of(const char *const *codes, size_t count, double strength)
{
    t_hand *const c = t_hand_new(model);
    t_hand_link(c, "P1", SPIL_LINK_owns, "A1", 1);
    for (size_t i = 0; i < count; i++)
        t_hand_signal(c, "A1", codes[i], i ? strength : 1, 0.9, NULL);
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, DRAWS, 1);
    const double chain = scores->scores[0].chain.mean;
    spil_scores_free(scores);
    t_hand_free(c);
    return chain;
}

static void score__a_family_counts_once(void **state)
{
    (void)state;
    const char *const five[] = {"condensation", "condensation", "condensation", "condensation",
                                "condensation"};
    const char *const two_families[] = {"condensation", "heat_image"};
    assert_true(chain_of(five, 1, 1) == chain_of(five, 5, 1));
    assert_true(chain_of(five, 1, 1) == chain_of(five, 5, 0.5));
    assert_true(chain_of(two_families, 2, 1) > chain_of(two_families, 1, 1));
}

static void score__without_evidence_there_is_none(void **state)
{
    (void)state;
    t_hand *c = t_hand_new(model);
    t_hand_link(c, "P1", SPIL_LINK_owns, "A1", 1);
    t_hand_attribute(c, "A1", "use", "barn"); /* an opportunity and a rule that only seats */
    t_hand_attribute(c, "A1", "vacant", "yes");
    t_hand_signal(c, "P1", "no_such_code", 1, 1, NULL);
    t_hand_role(c, "P1", "no_such_model", "step", "role", 1);
    t_hand_role(c, "P1", "cannabis_cultivation", "growing", "no_such_role", 1);
    t_hand_ready(c);
    spil_scores *scores = t_hand_score(c, DRAWS, 1);
    assert_int_equal(scores->count, 0);
    spil_scores_free(scores);
    t_hand_free(c);
    c = t_hand_new(model); /* nobody at all */
    t_hand_ready(c);
    scores = t_hand_score(c, DRAWS, 1);
    assert_int_equal(scores->count, 0);
    spil_scores_free(scores);
    t_hand_free(c);
}

static void score__one_member_is_a_community_too(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(model);
    t_hand_entity(c, "A1");
    t_hand_signal(c, "A1", "power_theft", 1, 1, NULL);
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, DRAWS, 1);
    assert_int_equal(scores->count, 1);
    assert_int_equal(scores->scores[0].entity_count, 1);
    assert_true(scores->scores[0].process.mean > 0.1); /* prior 0.01, LR 60 at one step */
    assert_close(scores->scores[0].entities[0].fall.mean,
                 t_hand_contribution(c, &scores->scores[0], "A1", "power_theft") +
                     t_hand_contribution(c, &scores->scores[0], "A1", "site_shows"),
                 1e-12);
    spil_scores_free(scores);
    t_hand_free(c);
}

/* What is recorded of the entity is cited: every contribution but position points at a row of it.
 */
static void score__every_contribution_cites_a_recorded_row(void **state)
{
    (void)state;
    sheet s;
    fill(&s, 8, 18, false);
    t_hand *const c = play(&s, false);
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, DRAWS, 1);
    const spil_score *const score = &scores->scores[0];
    assert_true(score->contribution_count > 3);
    for (size_t k = 0; k < score->contribution_count; k++) {
        const spil_contribution *const each = &score->contributions[k];
        if (each->kind == SPIL_FACT_SIGNAL) {
            assert_int_equal(c->facts->signals[each->reference].entity, each->entity);
            assert_string_equal(c->facts->signals[each->reference].code, each->name);
        } else if (each->kind == SPIL_FACT_ROLE) {
            assert_int_equal(c->facts->roles[each->reference].entity, each->entity);
        } else if (each->kind == SPIL_FACT_RULE) {
            assert_int_not_equal(each->saw.kind, SPIL_SAW_NOTHING);
            assert_string_equal(c->models->models[0]->rules[each->reference].id, each->name);
        }
    }
    spil_scores_free(scores);
    t_hand_free(c);
}

static spil_status score_and_free(const t_hand *c, spil_score_depth depth)
{
    spil_scores *scores = NULL;
    const spil_score_opts opts = {.draws = 2, .seed = 1, .as_of = SPIL_NO_DAY, .depth = depth};
    const spil_status rc =
        spil_score_all(&scores, c->facts, c->network, c->communities, c->models, &opts, NULL);
    spil_scores_free(scores);
    return rc;
}

static void score__survives_lack_of_memory(void **state)
{
    (void)state;
    sheet s;
    fill(&s, 2, 12, false);
    t_hand *const c = play(&s, false);
    t_hand_ready(c);
    spil_par_set_threads(1);
    assert_survives_no_memory(score_and_free(c, SPIL_SCORE_FULL));
    assert_survives_no_memory(score_and_free(c, SPIL_SCORE_CHAINS));
    spil_par_set_threads(0);
    t_hand_free(c);
}

/* ---- the same model with a choice of steps ---- */

static char ways[] = "/tmp/spil-test-ways-XXXXXX";

/* Puts text after the first `  - id: step` of the model. */
static void add_to_step(spil_str *out, const char *from, const char *step, const char *text)
{
    char line[80];
    (void)snprintf(line, sizeof line, "  - id: %s\n", step);
    const char *const at = strstr(from, line);
    assert_non_null(at);
    spil_str_clear(out);
    spil_str_add_n(out, from, (size_t)(at - from) + strlen(line));
    spil_str_add(out, text);
    spil_str_add(out, at + strlen(line));
}

static int write_ways(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    char *shipped = NULL;
    size_t length = 0;
    spil_str one = SPIL_STR_INIT, two = SPIL_STR_INIT;
    const int file = mkstemp(ways);
    assert_true(file >= 0);
    (void)close(file);
    assert_ok(spil_read_file(&shipped, &length, SHIPPED, SPIL_MODEL_BYTES_MOST, &err));
    add_to_step(&one, shipped, "power", "    any_of: inside\n");
    add_to_step(&two, one.text, "growing", "    any_of: inside\n    any_time: true\n");
    assert_ok(spil_write_file(ways, two.text, two.length, &err));
    spil_free(shipped);
    spil_str_free(&one);
    spil_str_free(&two);
    model = ways;
    return 0;
}

static int remove_ways(void **state)
{
    (void)state;
    return unlink(ways);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(score__does_not_depend_on_the_order_of_input),
        T(score__does_not_change_for_unrelated_entities),
        T(score__has_the_same_bits_for_any_number_of_threads),
        T(score__of_some_is_as_that_of_all),
        T(score__contributions_add_up_to_the_fall),
        T(score__more_evidence_lowers_nothing),
        T(score__a_family_counts_once),
        T(score__without_evidence_there_is_none),
        T(score__one_member_is_a_community_too),
        T(score__every_contribution_cites_a_recorded_row),
        T(score__survives_lack_of_memory),
    };
    const int failed = cmocka_run_group_tests_name("shipped", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("ways", tests, write_ways, remove_ways);
}
