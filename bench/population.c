/* population.c - see population.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/population.h"

#include "engine/base/rng.h"
#include "engine/base/vec.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 96, SURNAMES = 60000, GIVEN = 4000, STREETS = 8000, STAFF = 7 };

typedef struct person {
    char given[24], surname[40], prefix[12];
    char second; /* initial of a second given name, or 0 */
    uint32_t birth, home, entity, truth;
    uint32_t source; /* register */
} person;

typedef struct firm {
    char name[64];
    uint32_t number, home, entity, truth;
} firm;

typedef struct home {
    char street[40];
    uint32_t number, postcode, city, entity, twin; /* twin: 1 + entity of a second record */
} home;

typedef struct maker {
    const population_opts *opts;
    const population_rates *rates;
    spil_rng rng, sources; /* sources: which register, of a stream of its own */
    spil_facts *facts;
    SPIL_VEC(uint32_t) same;
    SPIL_VEC(person) persons;
    SPIL_VEC(firm) firms;
    SPIL_VEC(home) homes;
    SPIL_VEC(uint32_t) * ties; /* of each person: entities */
    uint32_t *again;           /* of each entity: 1 + its latest second record */
    uint64_t line;
    spil_status rc;
    spil_err *err;
} maker;

/* ---- draws ---- */

static bool chance(maker *m, double p)
{
    return spil_rng_unit(&m->rng) < p;
}

static bool corrupt(maker *m, double p)
{
    return chance(m, fmin(p * m->opts->corruption, 0.95));
}

static uint32_t below(maker *m, uint32_t bound)
{
    return (uint32_t)spil_rng_below(&m->rng, bound);
}

/* Rank 0 .. count - 1 with p ~ 1 / (rank + shift). */
static uint32_t zipf(maker *m, uint32_t count, double shift)
{
    const double u = spil_rng_unit(&m->rng);
    const double rank = shift * pow(((double)count + shift) / shift, u) - shift;
    return rank < count ? (uint32_t)rank : count - 1;
}

/* ---- words of syllables ---- */

static const char *const heads[] = {
    "jan", "vis",   "bak", "smi", "mei", "mul", "bos", "pet",  "hend", "dek",  "wil",  "kok",
    "ver", "schou", "kui", "pos", "vel", "hui", "mar", "bren", "koe",  "scho", "bla",  "prin",
    "zwa", "hof",   "lub", "ger", "roe", "wit", "ste", "kos",  "mol",  "fen",  "tim",  "har",
    "dro", "ach",   "ijz", "oos", "gru", "kle", "wou", "zee",  "rij",  "pau",  "noor", "lam",
    "kra", "haan",  "eve", "dam", "bru", "aar", "tui", "spa",  "ren",  "nij",  "leu",  "joo"};
static const char *const middles[] = {
    "s",   "der", "ker", "t",   "jer", "ler", "ma", "ers", "rik", "k",   "lem", "ber", "mee", "ten",
    "per", "st",  "dij", "sen", "ti",  "nen", "n",  "van", "el",  "gel", "ver", "hou", "li",  "me",
    "sch", "te",  "di",  "ra",  "lo",  "de",  "ga", "wij", "vo",  "se",  "ge",  "ho"};
static const char *const tails[] = {"en",    "sen",  "s",     "",     "man",  "stra", "huis",
                                    "berg",  "ink",  "sma",   "veld", "hout", "aar",  "mans",
                                    "horst", "dam",  "broek", "kamp", "meer", "ma",   "ing",
                                    "land",  "wijk", "zen",   "eel"};

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

/* Word number n; different numbers give different words nearly always. */
static void word_of(uint32_t n, uint32_t salt, char *out, size_t room)
{
    const uint32_t h = n * 2654435761U + salt; /* neighbours in rank share nothing */
    const uint32_t mixed = (h ^ h >> 15) * 2246822519U;
    const char *const head = heads[mixed % COUNT(heads)];
    const char *const middle = middles[mixed / 64 % COUNT(middles)];
    const char *const tail = tails[mixed / 4096 % COUNT(tails)];
    (void)snprintf(out, room, "%s%s%s", head, middle, tail);
    out[0] = (char)toupper((unsigned char)out[0]);
}

static void surname(maker *m, char out[40], char prefix[12])
{
    static const char *const prefixes[] = {"van", "de", "van de", "van der", "ten", "van den"};
    const uint32_t n = zipf(m, SURNAMES, 20);
    word_of(n, 17, out, 40);
    (void)snprintf(prefix, 12, "%s", n % 10 < 3 ? prefixes[n / 10 % COUNT(prefixes)] : "");
}

/* ---- typing ---- */

const population_rates population_error_rates = {.surname_typed = 0.08,
                                                 .prefix_lost = 0.05,
                                                 .partner_added = 0.03,
                                                 .given_typed = 0.06,
                                                 .other_form = 0.04,
                                                 .swapped = 0.02,
                                                 .initials = 0.35,
                                                 .moved = 0.10,
                                                 .nearby = 0.6,
                                                 .no_address = 0.08,
                                                 .no_birth = 0.10,
                                                 .other_birth = 0.01,
                                                 .twice = 0.13,
                                                 .first_letter = 0.078,
                                                 .replaced = 567.0 / 842,
                                                 .left_out = 153.0 / 842,
                                                 .put_in = 99.0 / 842};

/* A letter replaced, left out, put in (half of them doubled), or two swapped. */
static void slip(maker *m, char *word, size_t room)
{
    const size_t length = strlen(word);
    if (length < 3 || length + 2 > room)
        return;
    const bool first = chance(m, m->rates->first_letter);
    const size_t at = first ? 0 : 1 + below(m, (uint32_t)length - 2);
    const double kind = spil_rng_unit(&m->rng);
    const char other = (char)('a' + (char)below(m, 26));
    if (kind < m->rates->replaced) {
        word[at] = other;
    } else if (kind < m->rates->replaced + m->rates->left_out) {
        memmove(word + at, word + at + 1, length - at);
    } else if (kind < m->rates->replaced + m->rates->left_out + m->rates->put_in) {
        const bool doubled = chance(m, 0.5);
        memmove(word + at + 1, word + at, length - at + 1);
        if (!doubled)
            word[at + 1] = other;
    } else {
        const char swap = word[at];
        word[at] = word[at + 1];
        word[at + 1] = swap;
    }
}

static void mistype(maker *m, char *word, size_t room)
{
    slip(m, word, room);
    if (chance(m, m->rates->twice))
        slip(m, word, room);
}

/* ---- facts ---- */

static uint32_t any_register(maker *m)
{
    return m->opts->registers > 1 ? (uint32_t)spil_rng_below(&m->sources, m->opts->registers) : 0;
}

static uint32_t add_entity(maker *m, spil_entity_kind kind, const char *label, uint32_t truth,
                           uint32_t source)
{
    char key[24];
    const uint32_t at = (uint32_t)m->facts->entity_count;
    /* keys in no order of truth: a second record may come first */
    (void)snprintf(key, sizeof key, "%c%08x",
                   "PCA"[kind == SPIL_ENTITY_person    ? 0
                         : kind == SPIL_ENTITY_company ? 1
                                                       : 2],
                   at * 2654435761U);
    const spil_entity row = {.id = (int64_t)at + 1,
                             .kind = kind,
                             .key = key,
                             .label = label,
                             .type = "",
                             .origin = {source, ++m->line}};
    if (m->rc == SPIL_OK)
        m->rc = spil_facts_add_entity(m->facts, &row, m->err);
    if (m->rc == SPIL_OK)
        m->rc = VEC_PUSH(m->same, truth == UINT32_MAX ? at : truth, m->err);
    return at;
}

static void add_attribute(maker *m, uint32_t entity, const char *name, const char *value)
{
    const spil_attribute row = {.entity = entity,
                                .name = name,
                                .value = value,
                                .origin = m->facts->entities[entity].origin};
    if (m->rc == SPIL_OK && *value)
        m->rc = spil_facts_add_attribute(m->facts, &row, m->err);
}

static void add_number(maker *m, uint32_t entity, const char *name, const char *format, uint32_t n)
{
    char text[32];
    (void)snprintf(text, sizeof text,
                   format[0] == 'k'   ? "%08u"
                   : format[0] == 'b' ? "h%07u"
                                      : "%u",
                   n);
    add_attribute(m, entity, name, text);
}

static void add_link(maker *m, uint32_t from, uint32_t to, spil_link_kind kind)
{
    const spil_link row = {.from = from,
                           .to = to,
                           .kind = kind,
                           .type = "",
                           .weight = 1,
                           .confidence = 1,
                           .since = SPIL_NO_DAY,
                           .until = SPIL_NO_DAY,
                           .origin = {0, m->line}};
    const bool where = kind == SPIL_LINK_lives_at || kind == SPIL_LINK_registered_at;
    if (m->rc == SPIL_OK && (where || !m->opts->no_links))
        m->rc = spil_facts_add_link(m->facts, &row, m->err);
}

static void postcode_of(const home *h, char out[16])
{
    (void)snprintf(out, 16, "%04u%c%c", 1000 + h->postcode / 676 % 9000,
                   (char)('A' + (char)(h->postcode / 26 % 26)),
                   (char)('A' + (char)(h->postcode % 26)));
}

static uint32_t add_home(maker *m, const home *h, bool again)
{
    char label[NAME], street[40], city[40], postcode[16];
    memcpy(street, h->street, sizeof street);
    word_of(h->city, 91, city, sizeof city);
    postcode_of(h, postcode);
    if (again) {
        const uint32_t how = below(m, 3);
        char *const end = strstr(street, "straat");
        if (how == 0)
            postcode[0] = '\0';
        else if (how == 1 && end)
            (void)snprintf(end, 5, "str.");
        else
            mistype(m, street, sizeof street);
    }
    (void)snprintf(label, sizeof label, "%s %u, %s", street, h->number, city);
    const uint32_t entity =
        add_entity(m, SPIL_ENTITY_address, label, again ? h->entity : UINT32_MAX, 0);
    add_attribute(m, entity, "street", street);
    add_number(m, entity, "number", "n", h->number);
    add_attribute(m, entity, "postcode", postcode);
    add_attribute(m, entity, "city", city);
    return entity;
}

enum { ANY_CITY = UINT32_MAX };

static uint32_t new_home(maker *m, uint32_t city)
{
    static const char *const kinds[] = {"straat", "weg", "laan", "straat"};
    home h = {.city = city == ANY_CITY ? zipf(m, 400, 8) : city, .twin = 0};
    const uint32_t street = below(m, STREETS);
    word_of(street, 5, h.street, 24);
    (void)snprintf(h.street + strlen(h.street), 12, "%s", kinds[street % 4]);
    h.number = 1 + (uint32_t)m->homes.count % 250;
    h.postcode = (uint32_t)(m->homes.count / 30 * 7919 % (9000U * 676U)); /* 30 houses a postcode */
    h.entity = add_home(m, &h, false);
    if (m->rc == SPIL_OK)
        m->rc = VEC_PUSH(m->homes, h, m->err);
    return (uint32_t)m->homes.count - 1;
}

/* The record of the home that another register has: now and then one of its own. */
static uint32_t home_entity(maker *m, uint32_t at, bool again)
{
    home *const h = &m->homes.items[at];
    if (!again || !chance(m, 0.33))
        return h->entity;
    if (!h->twin)
        h->twin = 1 + add_home(m, h, true);
    return h->twin - 1;
}

/* ---- persons ---- */

static void label_of(maker *m, const person *p, bool initials, bool turned, char out[NAME])
{
    char given[32];
    if (initials && p->second)
        (void)snprintf(given, sizeof given, "%c.%c.", p->given[0], p->second);
    else if (initials)
        (void)snprintf(given, sizeof given, "%c.", p->given[0]);
    else
        (void)snprintf(given, sizeof given, "%s", p->given);
    const char *const blank = p->prefix[0] ? " " : "";
    if (turned)
        (void)snprintf(out, NAME, "%s, %s%s%s", p->surname, given, blank, p->prefix);
    else
        (void)snprintf(out, NAME, "%s %s%s%s", given, p->prefix, blank, p->surname);
    if (chance(m, 0.15))
        for (char *c = out; *c; c++)
            *c = (char)toupper((unsigned char)*c);
}

static void add_person(maker *m, person *p, bool initials, bool turned, bool where, bool again)
{
    char label[NAME];
    label_of(m, p, initials, turned, label);
    p->entity = add_entity(m, SPIL_ENTITY_person, label, again ? p->truth : UINT32_MAX, p->source);
    if (!again)
        p->truth = p->entity;
    if (p->birth && m->opts->births)
        add_number(m, p->entity, "birth_hash", "b", p->birth);
    if (where)
        add_link(m, p->entity, home_entity(m, p->home, again), SPIL_LINK_lives_at);
}

static void new_person(maker *m, const person *family, uint32_t at, uint32_t home_at)
{
    person p = {.home = home_at};
    p.source = at > 0 && !m->opts->mixed ? family[0].source : any_register(m);
    const bool child = at >= 2;
    surname(m, p.surname, p.prefix);
    word_of(zipf(m, GIVEN, 10), 40503, p.given, sizeof p.given);
    p.second = chance(m, 0.4) ? (char)('A' + (char)below(m, 26)) : 0;
    p.birth = 1 + below(m, 25000);
    if (at > 0 && (child || chance(m, 0.5))) {
        memcpy(p.surname, family[0].surname, sizeof p.surname);
        memcpy(p.prefix, family[0].prefix, sizeof p.prefix);
    }
    if (child && chance(m, 0.02))
        memcpy(p.given, family[at % 2].given, sizeof p.given);
    if (at == 3 && chance(m, 0.02))
        p.birth = family[2].birth;
    if (chance(m, 0.05))
        p.birth = 0; /* not on record */
    const bool initials = chance(m, 0.1), turned = chance(m, 0.1), where = chance(m, 0.95);
    add_person(m, &p, initials, turned, where, false);
    if (m->rc == SPIL_OK)
        m->rc = VEC_PUSH(m->persons, p, m->err);
}

static void new_household(maker *m)
{
    const double u = spil_rng_unit(&m->rng);
    const uint32_t size = u < 0.4 ? 1 : u < 0.75 ? 2 : 4;
    const uint32_t at = new_home(m, ANY_CITY);
    for (uint32_t i = 0; i < size && m->rc == SPIL_OK; i++)
        new_person(m, m->persons.items + m->persons.count - i, i, at);
}

/* The record that a register has of an entity: its own, or the first. */
static uint32_t as_known_in(const maker *m, uint32_t source, uint32_t entity)
{
    const uint32_t again = m->again[entity];
    return again && m->facts->entities[again - 1].origin.source == source ? again - 1 : entity;
}

/* The ties of a second record: half of the person's, and now and then a firm that only it has. */
static void add_ties(maker *m, uint32_t original, const person *p)
{
    for (size_t i = 0; i < m->ties[original].count; i++)
        if (chance(m, 0.5))
            add_link(m, p->entity, as_known_in(m, p->source, m->ties[original].items[i]),
                     SPIL_LINK_related);
    if (chance(m, 0.3) && m->firms.count)
        add_link(m, p->entity, m->firms.items[below(m, (uint32_t)m->firms.count)].entity,
                 SPIL_LINK_works_for);
    m->again[m->persons.items[original].entity] = 1 + p->entity;
}

/* A short form of the name, or the second name in its place. */
static void use_other_form(maker *m, person *p)
{
    const size_t length = strlen(p->given);
    if (chance(m, 0.5)) {
        if (length > 4)
            p->given[3 + below(m, (uint32_t)length - 4)] = '\0';
    } else {
        word_of(zipf(m, GIVEN, 10), 40503, p->given, sizeof p->given);
        p->second = 0;
    }
}

static void spoil_name(maker *m, person *p, bool initials)
{
    if (corrupt(m, m->rates->surname_typed))
        mistype(m, p->surname, sizeof p->surname);
    if (corrupt(m, m->rates->given_typed))
        mistype(m, p->given, sizeof p->given);
    else if (corrupt(m, m->rates->other_form))
        use_other_form(m, p);
    if (corrupt(m, m->rates->prefix_lost))
        p->prefix[0] = '\0';
    if (corrupt(m, m->rates->partner_added)) {
        char other[40], prefix[12];
        surname(m, other, prefix);
        const size_t length = strlen(p->surname);
        (void)snprintf(p->surname + length, sizeof p->surname - length, "-%.*s", 16, other);
    }
    if (!initials && corrupt(m, m->rates->swapped)) {
        char swap[40];
        memcpy(swap, p->surname, sizeof swap);
        memcpy(p->surname, p->given, sizeof p->given);
        (void)snprintf(p->given, sizeof p->given, "%.*s", (int)sizeof p->given - 1, swap);
    }
}

static void record_again(maker *m, uint32_t original)
{
    person p = m->persons.items[original];
    p.source = any_register(m);
    const bool initials = corrupt(m, m->rates->initials);
    spoil_name(m, &p, initials);
    if (corrupt(m, m->rates->moved)) {
        const bool nearby = chance(m, m->rates->nearby);
        p.home = new_home(m, nearby ? m->homes.items[p.home].city : ANY_CITY);
    }
    if (corrupt(m, m->rates->no_birth))
        p.birth = 0;
    else if (p.birth && corrupt(m, m->rates->other_birth))
        p.birth = 1 + below(m, 25000);
    const bool turned = chance(m, 0.3), where = !corrupt(m, m->rates->no_address);
    add_person(m, &p, initials, turned, where, true);
    add_ties(m, original, &p);
}

static void link_people(maker *m)
{
    const uint32_t n = (uint32_t)m->persons.count;
    m->rc = NEW_ARRAY(m->ties, n, m->err);
    if (m->rc == SPIL_OK)
        m->rc = NEW_ARRAY(m->again, m->facts->entity_count, m->err);
    for (uint32_t i = 0; i < n && m->rc == SPIL_OK; i++) {
        const uint32_t from = m->persons.items[i].entity;
        while (chance(m, 0.4) && m->rc == SPIL_OK) {
            const bool work = chance(m, 0.5) && m->firms.count;
            const uint32_t other = work ? m->firms.items[below(m, (uint32_t)m->firms.count)].entity
                                        : m->persons.items[below(m, n)].entity;
            if (other == from)
                continue;
            add_link(m, from, other, work ? SPIL_LINK_works_for : SPIL_LINK_met);
            if (m->rc == SPIL_OK)
                m->rc = VEC_PUSH(m->ties[i], other, m->err);
        }
    }
}

/* ---- firms ---- */

static void add_firm(maker *m, firm *f, bool form, bool number, bool again)
{
    char label[NAME];
    (void)snprintf(label, sizeof label, "%s%s", f->name, form ? " B.V." : "");
    f->entity = add_entity(m, SPIL_ENTITY_company, label, again ? f->truth : UINT32_MAX, 0);
    if (!again)
        f->truth = f->entity;
    if (number)
        add_number(m, f->entity, "kvk", "k", f->number);
    add_link(m, f->entity, home_entity(m, f->home, again), SPIL_LINK_registered_at);
}

static void new_firm(maker *m)
{
    static const char *const trades[] = {"Bouw",   "Holding",  "Transport",  "Beheer",
                                         "Advies", "Vastgoed", "Schoonmaak", "Autohandel",
                                         "Horeca", "Techniek"};
    firm f = {.number = 10000000 + (uint32_t)m->firms.count};
    char name[40], prefix[12];
    surname(m, name, prefix);
    const uint32_t trade = below(m, COUNT(trades));
    (void)snprintf(f.name, sizeof f.name, "%s %s", name, trades[trade]);
    f.home = below(m, (uint32_t)m->homes.count);
    add_firm(m, &f, true, true, false);
    if (m->rc == SPIL_OK)
        m->rc = VEC_PUSH(m->firms, f, m->err);
}

static void record_firm_again(maker *m, uint32_t original)
{
    firm f = m->firms.items[original];
    if (corrupt(m, 0.08))
        mistype(m, f.name, sizeof f.name);
    if (corrupt(m, 0.10))
        f.home = new_home(m, ANY_CITY);
    const bool form = !corrupt(m, 0.4), number = !corrupt(m, 0.4);
    add_firm(m, &f, form, number, true);
}

/* ---- the whole ---- */

static void fill(maker *m)
{
    const spil_source source = {.path = "made",
                                .sha256 = "0",
                                .loader = "",
                                .options = "",
                                .grade = "",
                                .owner = "",
                                .basis = "",
                                .purpose = "",
                                .keep_until = SPIL_NO_DAY};
    for (uint32_t i = 0; (i == 0 || i < m->opts->registers) && m->rc == SPIL_OK; i++)
        m->rc = spil_facts_add_source(m->facts, &source, m->err);
    const uint64_t first = (uint64_t)((double)m->opts->persons * (1 - m->opts->duplicates));
    while (m->persons.count < first && m->rc == SPIL_OK)
        new_household(m);
    while (m->firms.count < first / STAFF / 3 && m->rc == SPIL_OK)
        new_firm(m);
    if (m->rc == SPIL_OK)
        link_people(m);
    const uint32_t n = (uint32_t)m->persons.count, firms = (uint32_t)m->firms.count;
    for (uint32_t i = 0; i < n && m->rc == SPIL_OK; i++)
        if (chance(m, m->opts->duplicates)) {
            record_again(m, i);
            if (chance(m, 0.1))
                record_again(m, i);
        }
    for (uint32_t i = 0; i < firms && m->rc == SPIL_OK; i++)
        if (chance(m, m->opts->duplicates))
            record_firm_again(m, i);
}

static spil_status finish(population *out, maker *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_facts_finish(m->facts, err));
    TRY(NEW_ARRAY(out->same, m->facts->entity_count, err));
    for (size_t e = 0; e < m->facts->entity_count; e++) /* id - 1 is the order of adding */
        out->same[e] = m->same.items[m->facts->entities[e].id - 1];
    out->facts = m->facts;
    m->facts = NULL;
done:
    return rc;
}

spil_status population_make(population *out, const population_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    maker m = {.opts = opts,
               .rates = opts->rates ? opts->rates : &population_error_rates,
               .rng = spil_rng_stream(opts->seed, 7),
               .sources = spil_rng_stream(opts->seed, 8),
               .err = err};
    TRY(spil_facts_new(&m.facts, err));
    fill(&m);
    TRY(m.rc);
    TRY(finish(out, &m, err));
done:
    spil_facts_free(m.facts);
    for (size_t i = 0; m.ties && i < m.persons.count; i++)
        spil_free(m.ties[i].items);
    spil_free(m.ties);
    spil_free(m.again);
    spil_free(m.same.items);
    spil_free(m.persons.items);
    spil_free(m.firms.items);
    spil_free(m.homes.items);
    return rc;
}

void population_free(population *people)
{
    spil_facts_free(people->facts);
    spil_free(people->same);
    *people = (population){NULL, NULL};
}
