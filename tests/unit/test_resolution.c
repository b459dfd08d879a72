/* Who is who, on towns of people: those who are one, and those who look alike but are not.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/resolution/resolve.h"

/* ---- a town ---- */

/* A place of 400 people of 40 surnames and 50 given names, two at an address; then who is tested.
 */
typedef struct town {
    spil_facts *facts;
    uint32_t entities, source; /* source: of what is added */
    bool backwards;            /* adds links in another order of ends and lines */
} town;

static uint32_t add(town *t, spil_entity_kind kind, const char *key, const char *label)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_entity row = {.id = t->entities + 1,
                             .kind = kind,
                             .key = key,
                             .label = label,
                             .type = "",
                             .origin = {t->source, t->entities + 2}};
    assert_ok(spil_facts_add_entity(t->facts, &row, &err));
    return t->entities++;
}

static void say(town *t, uint32_t entity, const char *name, const char *value)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_attribute row = {
        .entity = entity, .name = name, .value = value, .origin = {t->source, 1}};
    if (value)
        assert_ok(spil_facts_add_attribute(t->facts, &row, &err));
}

static void tie(town *t, uint32_t from, uint32_t to, spil_link_kind kind)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_link row = {.from = from,
                           .to = to,
                           .kind = kind,
                           .type = "",
                           .weight = 1,
                           .confidence = 1,
                           .since = SPIL_NO_DAY,
                           .until = SPIL_NO_DAY};
    assert_ok(spil_facts_add_link(t->facts, &row, &err));
}

static uint32_t home(town *t, const char *key, const char *street, const char *number,
                     const char *postcode)
{
    const uint32_t it = add(t, SPIL_ENTITY_address, key, street);
    say(t, it, "street", street);
    say(t, it, "number", number);
    say(t, it, "postcode", postcode);
    say(t, it, "city", "Ede");
    return it;
}

static uint32_t person(town *t, const char *key, const char *name, const char *birth,
                       uint32_t address)
{
    const uint32_t it = add(t, SPIL_ENTITY_person, key, name);
    say(t, it, "birth_hash", birth);
    if (address != UINT32_MAX)
        tie(t, it, address, SPIL_LINK_lives_at);
    return it;
}

static void spell(char *out, size_t room, unsigned n, const char *tail)
{
    static const char *const parts[] = {"ba", "ke", "li", "mo", "ru", "sta", "ve"};
    (void)snprintf(out, room, "%c%s%s%s", (char)('b' + (char)(n % 20)), parts[n % 7],
                   parts[n / 7 % 7], tail);
}

static void settle(town *t)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_source source = {.path = "x.csv",
                                .sha256 = "0",
                                .loader = "",
                                .options = "",
                                .grade = "",
                                .owner = "",
                                .basis = "",
                                .purpose = "",
                                .keep_until = SPIL_NO_DAY};
    *t = (town){.backwards = t->backwards};
    assert_ok(spil_facts_new(&t->facts, &err));
    for (unsigned i = 0; i < 2; i++)
        assert_ok(spil_facts_add_source(t->facts, &source, &err));
    uint32_t at = UINT32_MAX;
    for (unsigned i = 0; i < 400; i++) {
        char key[16], name[64], given[16], surname[16], birth[16], number[16], postcode[16];
        const unsigned k = t->backwards ? 398 - i + 2 * (i % 2) : i; /* pairs stay together */
        spell(given, sizeof given, k * 7 % 50, "");
        spell(surname, sizeof surname, k / 2 % 40 + 50, "sma");
        (void)snprintf(name, sizeof name, "%s %s", given, surname);
        (void)snprintf(birth, sizeof birth, "d%u", k * 37 % 1000);
        (void)snprintf(number, sizeof number, "%u", k / 2 % 60 + 1);
        (void)snprintf(postcode, sizeof postcode, "67%02uAB", k / 40);
        (void)snprintf(key, sizeof key, "BA%u", k / 2);
        if (i % 2 == 0)
            at = home(t, key, "Dorpsstraat", number, postcode);
        (void)snprintf(key, sizeof key, "BP%u", k);
        (void)person(t, key, name, birth, at);
    }
}

static spil_resolution *solve(town *t, const spil_known_pair *answers, size_t count)
{
    spil_err err = SPIL_ERR_INIT;
    spil_resolution *out = NULL;
    const spil_resolve_opts opts = SPIL_RESOLVE_OPTS_DEFAULTS;
    if (!t->facts->attribute_row) /* once */
        assert_ok(spil_facts_finish(t->facts, &err));
    assert_ok(spil_resolve_facts(&out, t->facts, answers, count, &opts, &err));
    return out;
}

/* The key of the entity that stands for this one. */
static const char *one(const town *t, const spil_resolution *r, const char *key)
{
    for (size_t i = 0; i < r->merge_count; i++)
        if (strcmp(t->facts->entities[r->merges[i].entity].key, key) == 0)
            return t->facts->entities[r->merges[i].cluster].key;
    return key;
}

static const spil_weighed_pair *doubt(const town *t, const spil_resolution *r, const char *a,
                                      const char *b)
{
    for (size_t i = 0; i < r->doubtful_count; i++)
        if (strcmp(t->facts->entities[r->doubtful[i].a].key, a) == 0 &&
            strcmp(t->facts->entities[r->doubtful[i].b].key, b) == 0)
            return &r->doubtful[i];
    return NULL;
}

static void end(town *t, spil_resolution *r)
{
    spil_resolution_free(r);
    spil_facts_free(t->facts);
}

static void resolve__merges_one_person_in_two_registers(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    (void)person(&t, "P1", "Jan Pieter van der Aalbes", "x1", at);
    (void)person(&t, "P2", "AALBES, J.P. van der", "x1", at);
    (void)person(&t, "P3", "Pieternel Kwartelmans", "x2", at);
    (void)person(&t, "P4", "Pieternel Kwartlemans", "x2", UINT32_MAX); /* a slip, no address */
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_string_equal(one(&t, r, "P2"), "P1");
    assert_string_equal(one(&t, r, "P4"), "P3");
    assert_int_equal(r->kinds[2].merged, 2); /* and nobody of the 400 */
    end(&t, r);
}

static void resolve__leaves_a_family_apart(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    const uint32_t company = add(&t, SPIL_ENTITY_company, "C1", "Aalbes Beheer B.V.");
    static const char *const names[] = {"Jan van Aalbes", "Anna van Aalbes", "Piet van Aalbes",
                                        "Klaartje van Aalbes"};
    for (unsigned i = 0; i < 4; i++) {
        char key[8];
        (void)snprintf(key, sizeof key, "P%u", i);
        tie(&t, person(&t, key, names[i], NULL, at), company, SPIL_LINK_shareholder_of);
    }
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_int_equal(r->kinds[2].merged, 0);
    end(&t, r);
}

static void resolve__asks_whether_they_are_twins(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    (void)person(&t, "P1", "Karel Kwartelmans", "x1", at);
    (void)person(&t, "P2", "Truus Kwartelmans", "x1", at);
    (void)person(&t, "P3", "Karelt Kwartelmans", "x1", at); /* a slip of the pen */
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_string_equal(one(&t, r, "P3"), "P1");
    assert_string_equal(one(&t, r, "P2"), "P2");
    const spil_weighed_pair *const twins = doubt(&t, r, "P1", "P2");
    assert_non_null(twins);
    assert_non_null(strstr(twins->why, "twins"));
    end(&t, r);
}

static void resolve__joins_three_records_of_which_two_have_little_in_common(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    const uint32_t company = add(&t, SPIL_ENTITY_company, "C1", "Aalbes Beheer B.V.");
    tie(&t, person(&t, "P1", "Berend Kwartelmans", "x1", at), company, SPIL_LINK_directs);
    (void)person(&t, "P2", "Berend Kwartelmans", "x1", UINT32_MAX);
    tie(&t, person(&t, "P3", "B. Kwartelmans", NULL, at), company, SPIL_LINK_directs);
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_string_equal(one(&t, r, "P2"), "P1");
    assert_string_equal(one(&t, r, "P3"), "P1");
    end(&t, r);
}

/* Bits for "the same" of two rows of the same or of two registers, where a hundred people stand in
 * both. */
static double bits_across(uint32_t source)
{
    spil_err err = SPIL_ERR_INIT;
    town t = {0};
    settle(&t);
    for (unsigned i = 0; i < 100; i++) { /* of the people of the town, again */
        char key[16], name[64];
        (void)snprintf(key, sizeof key, "Q%u", i);
        const uint32_t town_home = 3 * (i / 2); /* an address, then the two who live there */
        (void)snprintf(name, sizeof name, "%s", t.facts->entities[town_home + 1 + i % 2].label);
        t.source = 1;
        (void)person(&t, key, name, NULL, town_home);
    }
    t.source = 0;
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    (void)person(&t, "P1", "Berend Kwartelmans", NULL, at);
    t.source = source;
    (void)person(&t, "P2", "B. Kwartelmans", NULL, at);
    const spil_resolve_opts opts = {.threshold = 1, .review = 1e-12};
    spil_resolution *r = NULL;
    assert_ok(spil_facts_finish(t.facts, &err));
    assert_ok(spil_resolve_facts(&r, t.facts, NULL, 0, &opts, &err));
    const spil_weighed_pair *const pair = doubt(&t, r, "P1", "P2");
    assert_non_null(pair);
    assert_non_null(strstr(pair->pattern, source ? "sources two" : "sources one"));
    const double bits = pair->weight;
    end(&t, r);
    return bits;
}

static void resolve__learns_that_registers_seldom_repeat_themselves(void **state)
{
    (void)state;
    assert_true(bits_across(1) > bits_across(0) + 3);
}

static void resolve__counts_a_merged_acquaintance_as_one(void **state)
{
    (void)state;
    for (int linked = 0; linked <= 1; linked++) {
        town t = {0};
        settle(&t);
        const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
        const uint32_t p1 = person(&t, "P1", "Berend Kwartelmans", "x1", UINT32_MAX);
        const uint32_t p2 = person(&t, "P2", "B. Kwartelmans", NULL, UINT32_MAX);
        (void)person(&t, "P3", "Bart Kwartelmans", "x3", UINT32_MAX); /* fits P2 as well */
        const uint32_t q1 = person(&t, "Q1", "Zoe Elders", "x2", at);
        const uint32_t q2 = person(&t, "Q2", "Zoe Elders", "x2", at);
        if (linked) {
            tie(&t, p1, q1, SPIL_LINK_met);
            tie(&t, p2, q2, SPIL_LINK_met);
        }
        spil_resolution *const r = solve(&t, NULL, 0);
        assert_string_equal(one(&t, r, "Q2"), "Q1");
        assert_string_equal(one(&t, r, "P2"), linked ? "P1" : "P2");
        if (!linked)
            assert_non_null(strstr(doubt(&t, r, "P1", "P2")->why, "P3 fits as well"));
        for (size_t i = 0; i < r->merge_count; i++)
            if (strcmp(t.facts->entities[r->merges[i].entity].key, "P2") == 0)
                assert_non_null(strstr(r->merges[i].pattern, "ties shared (Q1)"));
        end(&t, r);
    }
}

/* Two records with an initial in common at one address: bits for "the same". */
static double bits_of(const char *initial)
{
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    const spil_resolve_opts opts = {.threshold = 1, .review = 1e-12};
    spil_err err = SPIL_ERR_INIT;
    spil_resolution *r = NULL;
    char full[32], brief[32];
    (void)snprintf(full, sizeof full, "%sero Kwartelmans", initial);
    (void)snprintf(brief, sizeof brief, "%s. Kwartelmans", initial);
    (void)person(&t, "P1", full, NULL, at);
    (void)person(&t, "P2", brief, NULL, at);
    assert_ok(spil_facts_finish(t.facts, &err));
    assert_ok(spil_resolve_facts(&r, t.facts, NULL, 0, &opts, &err));
    const spil_weighed_pair *const pair = doubt(&t, r, "P1", "P2");
    assert_non_null(pair);
    const double bits = pair->weight;
    end(&t, r);
    return bits;
}

static void resolve__lets_a_rare_initial_say_more(void **state)
{
    (void)state;
    assert_true(bits_of("Z") > bits_of("B") + 1); /* no other Z in town */
}

static void resolve__leaves_father_and_son_with_equal_initials_apart(void **state)
{
    (void)state;
    for (int births = 0; births <= 1; births++) {
        town t = {0};
        settle(&t);
        const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
        (void)person(&t, "P1", "J. van Aalbes", births ? "x1" : NULL, at);
        (void)person(&t, "P2", "J. van Aalbes", births ? "x2" : NULL, at);
        (void)person(&t, "P3", "Karel Smidsen sr.", NULL, at);
        (void)person(&t, "P4", "Karel Smidsen jr.", NULL, at);
        (void)person(&t, "P5", "Berend Kwartelmans", "x3", at);
        (void)person(&t, "P6", "Berend Kwartelmans", "x4", at); /* all of his name */
        spil_resolution *const r = solve(&t, NULL, 0);
        assert_int_equal(r->kinds[2].merged, 0);
        end(&t, r);
    }
}

static void resolve__leaves_a_student_house_apart(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    for (unsigned i = 0; i < 12; i++) {
        char key[8], name[40], given[16], surname[16], birth[16];
        spell(given, sizeof given, i * 3, "");
        spell(surname, sizeof surname, i + 51, "sma");
        (void)snprintf(key, sizeof key, "P%u", i);
        (void)snprintf(name, sizeof name, "%s %s", given, surname);
        (void)snprintf(birth, sizeof birth, "s%u", i);
        (void)person(&t, key, name, birth, at);
    }
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_int_equal(r->kinds[2].merged, 0);
    end(&t, r);
}

static void resolve__does_not_take_a_common_name_for_a_person(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    for (unsigned i = 0; i < 12; i++) { /* twelve of one name, each at home elsewhere */
        char key[16], number[8];
        (void)snprintf(key, sizeof key, "A%u", i);
        (void)snprintf(number, sizeof number, "%u", 100 + i);
        const uint32_t at = home(&t, key, "Molenweg", number, "6711CD");
        (void)snprintf(key, sizeof key, "P%u", i);
        (void)person(&t, key, "Jan Jansen", NULL, at);
    }
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_int_equal(r->kinds[2].merged, 0);
    end(&t, r);
}

static void resolve__asks_when_two_fit_as_well(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    const uint32_t firm = add(&t, SPIL_ENTITY_company, "C1", "Aalbes Beheer B.V.");
    static const char *const names[] = {"J. van Aalbes", "Jan van Aalbes", "Joris van Aalbes"};
    for (unsigned i = 0; i < 3; i++) {
        char key[8];
        (void)snprintf(key, sizeof key, "P%u", i);
        tie(&t, person(&t, key, names[i], NULL, at), firm, SPIL_LINK_directs);
    }
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_int_equal(r->kinds[2].merged, 0);
    end(&t, r);
}

static void resolve__does_not_merge_two_who_are_linked_with_each_other(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    const uint32_t a = person(&t, "P1", "Berend Kwartelmans", "x1", at);
    const uint32_t b = person(&t, "P2", "Berend Kwartelmans", "x1", at);
    tie(&t, a, b, SPIL_LINK_family);
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_int_equal(r->kinds[2].merged, 0);
    assert_string_equal(doubt(&t, r, "P1", "P2")->why, "linked with each other");
    end(&t, r);
}

static void resolve__obeys_a_person(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    const uint32_t a = person(&t, "P1", "Berend Kwartelmans", "x1", at);
    const uint32_t b = person(&t, "P2", "Berend Kwartelmans", "x1", at);
    const uint32_t c = person(&t, "P3", "Zoe Elders", NULL, UINT32_MAX);
    spil_resolution *r = solve(&t, NULL, 0);
    assert_string_equal(one(&t, r, "P2"), "P1");
    spil_resolution_free(r);
    (void)a;
    (void)b;
    (void)c;
    const spil_known_pair answers[] = {
        {spil_facts_find(t.facts, "P2"), spil_facts_find(t.facts, "P1"), false},
        {spil_facts_find(t.facts, "P1"), spil_facts_find(t.facts, "P3"), true},
    };
    r = solve(&t, answers, 2);
    assert_string_equal(one(&t, r, "P2"), "P2");
    assert_string_equal(one(&t, r, "P3"), "P1");
    for (size_t i = 0; i < r->merge_count; i++)
        if (strcmp(t.facts->entities[r->merges[i].entity].key, "P3") == 0)
            assert_true(strstr(r->merges[i].pattern, "a person's answer") == r->merges[i].pattern);
    end(&t, r);
}

static uint32_t firm(town *t, const char *key, const char *name, const char *number, uint32_t at)
{
    const uint32_t it = add(t, SPIL_ENTITY_company, key, name);
    say(t, it, "kvk", number);
    tie(t, it, at, SPIL_LINK_registered_at);
    return it;
}

static void resolve__merges_firms_by_number_or_by_name_and_place(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    for (unsigned i = 0; i < 60; i++) {
        char key[16], name[40], word[16], number[16];
        spell(word, sizeof word, i, "veld");
        (void)snprintf(key, sizeof key, "BC%u", i);
        (void)snprintf(name, sizeof name, "%s Bouw B.V.", word);
        (void)snprintf(number, sizeof number, "%u", 10000000 + i);
        (void)firm(&t, key, name, number, home(&t, word, "Kade", number, "6799ZZ"));
    }
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    (void)firm(&t, "C1", "Zwartkop Transport B.V.", "12345678", at);
    (void)firm(&t, "C2", "Zwartkop Transport", NULL, at);
    (void)firm(&t, "C3", "Zwartkop Beheer B.V.", NULL, at);          /* of one owner */
    (void)firm(&t, "C4", "Zwartkop Transport B.V.", "87654321", at); /* two numbers */
    (void)firm(&t, "C5", "Vastgoed Kolk 1 B.V.", NULL, at);
    (void)firm(&t, "C6", "Vastgoed Kolk 2 B.V.", NULL, at);
    (void)firm(&t, "C7", "Vastgoed Kolk II B.V.", NULL, at);
    (void)firm(&t, "C8", "Wintertaling Holding", "33333333", at);
    (void)firm(&t, "C9", "Zomertaling Holding B.V.", "33333333", at); /* took another name */
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_string_equal(one(&t, r, "C3"), "C3");
    assert_string_equal(one(&t, r, "C6"), "C6");
    assert_string_equal(one(&t, r, "C7"), "C7");
    assert_string_equal(one(&t, r, "C9"), "C8");
    /* C2 is C1 or C4, and nothing tells which */
    assert_string_equal(one(&t, r, "C4"), "C4");
    assert_string_equal(one(&t, r, "C2"), "C2");
    assert_non_null(doubt(&t, r, "C1", "C2"));
    end(&t, r);
}

static void resolve__merges_addresses_by_their_parts(void **state)
{
    (void)state;
    town t = {0};
    settle(&t);
    (void)home(&t, "A1", "Molenweg", "3", "6711 CD");
    (void)home(&t, "A2", "MOLENWEG", "3", "6711cd");
    (void)home(&t, "A3", "Molenwg", "3", NULL);
    (void)home(&t, "A4", "Molenweg", "3a", "6711CD"); /* another door */
    (void)home(&t, "A5", "Molenweg", "3b", "6711CD");
    (void)home(&t, "A6", "Molenweg", "5", "6711CD");
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_string_equal(one(&t, r, "A2"), "A1");
    assert_string_equal(one(&t, r, "A3"), "A1");
    assert_string_equal(one(&t, r, "A4"), "A4");
    assert_string_equal(one(&t, r, "A5"), "A5");
    assert_string_equal(one(&t, r, "A6"), "A6");
    assert_string_equal(doubt(&t, r, "A1", "A4")->why, "one has an addition, the other none");
    end(&t, r);
}

/* ---- always the same ---- */

static void fill_with_doubles(town *t)
{
    settle(t);
    for (unsigned i = 0; i < 40; i++) {
        char key[16], name[40], number[8], birth[8];
        const unsigned k = t->backwards ? 39 - i : i;
        (void)snprintf(number, sizeof number, "%u", 200 + k);
        (void)snprintf(key, sizeof key, "XA%u", k);
        (void)snprintf(birth, sizeof birth, "e%u", k);
        const uint32_t at = home(t, key, "Molenweg", number, "6711CD");
        spell(name, sizeof name, k + 3, " Kwartelmans");
        (void)snprintf(key, sizeof key, "XP%u", k);
        (void)person(t, key, name, birth, at);
        (void)snprintf(key, sizeof key, "XQ%u", k);
        (void)person(t, key, name, k % 3 ? birth : NULL, k % 4 ? at : UINT32_MAX);
    }
}

static void assert_same(const town *a, const spil_resolution *x, const town *b,
                        const spil_resolution *y)
{
    assert_int_equal(x->merge_count, y->merge_count);
    assert_int_equal(x->doubtful_count, y->doubtful_count);
    assert_true(x->merge_count > 40);
    for (size_t i = 0; i < x->merge_count; i++) {
        assert_string_equal(a->facts->entities[x->merges[i].entity].key,
                            b->facts->entities[y->merges[i].entity].key);
        assert_string_equal(a->facts->entities[x->merges[i].cluster].key,
                            b->facts->entities[y->merges[i].cluster].key);
        assert_string_equal(x->merges[i].pattern, y->merges[i].pattern);
        assert_close(x->merges[i].weight, y->merges[i].weight, 0); /* to the last bit */
    }
    for (size_t i = 0; i < x->doubtful_count; i++) {
        assert_string_equal(x->doubtful[i].pattern, y->doubtful[i].pattern);
        assert_close(x->doubtful[i].weight, y->doubtful[i].weight, 0);
    }
}

static void resolve__does_not_depend_on_threads_or_order(void **state)
{
    (void)state;
    town forth = {0}, back = {.backwards = true};
    fill_with_doubles(&forth);
    fill_with_doubles(&back);
    spil_par_set_threads(1);
    spil_resolution *const r1 = solve(&forth, NULL, 0);
    spil_par_set_threads(3);
    spil_resolution *const r3 = solve(&forth, NULL, 0);
    spil_resolution *const rb = solve(&back, NULL, 0);
    spil_par_set_threads(0);
    assert_same(&forth, r1, &forth, r3);
    assert_same(&forth, r1, &back, rb);
    spil_resolution_free(r3);
    end(&forth, r1);
    end(&back, rb);
}

static spil_status resolve_once(const spil_facts *facts)
{
    spil_err err = SPIL_ERR_INIT;
    spil_resolution *r = NULL;
    const spil_resolve_opts opts = SPIL_RESOLVE_OPTS_DEFAULTS;
    const spil_status rc = spil_resolve_facts(&r, facts, NULL, 0, &opts, &err);
    spil_resolution_free(r);
    return rc;
}

static void resolve__survives_every_failed_allocation(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    town t = {0};
    const spil_source source = {.path = "x.csv",
                                .sha256 = "0",
                                .loader = "",
                                .options = "",
                                .grade = "",
                                .owner = "",
                                .basis = "",
                                .purpose = "",
                                .keep_until = SPIL_NO_DAY};
    assert_ok(spil_facts_new(&t.facts, &err));
    assert_ok(spil_facts_add_source(t.facts, &source, &err));
    const uint32_t at = home(&t, "A1", "Molenweg", "3", "6711CD");
    (void)person(&t, "P1", "Berend Kwartelmans", "x1", at);
    (void)person(&t, "P2", "Berend Kwartelmans", "x1", at);
    (void)person(&t, "P3", "B. Kwartelmans", NULL, at);
    (void)person(&t, "P4", "Anna Smit", NULL, UINT32_MAX);
    assert_ok(spil_facts_finish(t.facts, &err));
    spil_par_set_threads(2);
    assert_survives_no_memory(resolve_once(t.facts));
    spil_par_set_threads(0);
    spil_facts_free(t.facts);
}

static void resolve__has_nothing_to_say_of_an_empty_case(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    town t = {0};
    assert_ok(spil_facts_new(&t.facts, &err));
    spil_resolution *const r = solve(&t, NULL, 0);
    assert_int_equal(r->merge_count, 0);
    assert_int_equal(r->doubtful_count, 0);
    end(&t, r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(resolve__merges_one_person_in_two_registers),
        T(resolve__leaves_a_family_apart),
        T(resolve__asks_whether_they_are_twins),
        T(resolve__joins_three_records_of_which_two_have_little_in_common),
        T(resolve__learns_that_registers_seldom_repeat_themselves),
        T(resolve__counts_a_merged_acquaintance_as_one),
        T(resolve__lets_a_rare_initial_say_more),
        T(resolve__leaves_father_and_son_with_equal_initials_apart),
        T(resolve__leaves_a_student_house_apart),
        T(resolve__does_not_take_a_common_name_for_a_person),
        T(resolve__asks_when_two_fit_as_well),
        T(resolve__does_not_merge_two_who_are_linked_with_each_other),
        T(resolve__obeys_a_person),
        T(resolve__merges_firms_by_number_or_by_name_and_place),
        T(resolve__merges_addresses_by_their_parts),
        T(resolve__does_not_depend_on_threads_or_order),
        T(resolve__survives_every_failed_allocation),
        T(resolve__has_nothing_to_say_of_an_empty_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
