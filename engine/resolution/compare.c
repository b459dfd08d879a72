/* compare.c - see compare.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The expected levels are a start for the estimation and its prior (linkage.h): rounded shares of
 * what careful linkage studies report for typing errors (surname 5-10%, given names 10-15% with
 * initials more often than not in extracts) and for moved house (a quarter). On a case of any size
 * the data outweigh them.
 */
#include "engine/resolution/compare.h"

#include "engine/resolution/similar.h"

#include <string.h>

enum { SURNAME, ADDRESS, TIES, GIVEN, BIRTH, SOURCES, NUMBER, POSTCODE = 1 };
enum { SURNAME_PART = 2, SURNAME_SWAPPED, SURNAME_CLOSE, SURNAME_EQUAL };
enum { AT_PLACE = 2, AT_SAME };
enum { BUSY = 8 }; /* a tie that more have is a busy one: a firm rather than a friend */
enum { TIES_NONE = 1, TIES_BUSY, TIES_SHARED, TIES_SEVERAL };
enum { COMPANY_TIES_SHARED = 2 };
enum { GIVEN_SIMILAR = 2, GIVEN_INITIAL, GIVEN_INITIALS, GIVEN_CLOSE, GIVEN_EQUAL };
enum { NAME_PART = 2, NAME_CLOSE, NAME_EQUAL };
enum { ADDRESS_CLOSE = 2, ADDRESS_EQUAL };
enum { HOUSE_PART = 2, HOUSE_EQUAL };
enum { NUMBER_EQUAL = 2 };
enum { SOURCES_ONE = 1, SOURCES_TWO };

/* Where they live or are registered; a number that the law makes unique. */
/* clang-format off */
#define ADDRESS_FIELD                                                                              \
    {"address", {"missing", "differ", "place", "same"}, 4, false, {0, 0.20, 0.20, 0.60}, 1, false, false}
#define NUMBER_FIELD(differ, most_differ)                                                          \
    {"number", {"missing", "differ", "equal"}, 3, false, {0, (differ), 1 - (differ)}, (most_differ), true, true}
/* clang-format on */

static const spil_field person_fields[] = {
    {"surname",
     {"missing", "differ", "part", "swapped", "close", "equal"},
     6,
     true,
     {0, 0.02, 0.03, 0.02, 0.08, 0.85},
     0.03,
     true,
     false},
    ADDRESS_FIELD,
    {"ties",
     {"missing", "none", "shared by many", "shared", "several shared"},
     5,
     false,
     {0, 0.60, 0.10, 0.20, 0.10},
     1,
     false,
     false},
    {"given",
     {"missing", "differ", "similar", "initial", "initials", "close", "equal"},
     7,
     true,
     {0, 0.01, 0.01, 0.22, 0.07, 0.08, 0.61},
     0.02,
     true,
     false},
    {"birth", {"missing", "differ", "equal"}, 3, false, {0, 0.015, 0.985}, 0.02, true, false},
    {"sources", {"missing", "one", "two"}, 3, false, {0, 0.30, 0.70}, 1, false, false},
    NUMBER_FIELD(0.01, 0.02),
};
static const spil_field company_fields[] = {
    {"name",
     {"missing", "differ", "part", "close", "equal"},
     5,
     true,
     {0, 0.04, 0.06, 0.15, 0.75},
     0.08,
     true,
     false},
    ADDRESS_FIELD,
    {"ties", {"missing", "none", "shared"}, 3, false, {0, 0.40, 0.60}, 1, false, false},
    {"form", {"missing", "differ", "equal"}, 3, false, {0, 0.03, 0.97}, 0.10, false, false},
    NUMBER_FIELD(0.02, 0.03),
};
static const spil_field address_fields[] = {
    {"street",
     {"missing", "differ", "close", "equal"},
     4,
     true,
     {0, 0.02, 0.13, 0.85},
     0.04,
     true,
     false},
    {"postcode",
     {"missing", "differ", "close", "equal"},
     4,
     true,
     {0, 0.03, 0.07, 0.90},
     0.08,
     true,
     false},
    {"place",
     {"missing", "differ", "close", "equal"},
     4,
     false,
     {0, 0.05, 0.05, 0.90},
     0.10,
     false,
     false},
    {"house",
     {"missing", "differ", "part", "equal"},
     4,
     false,
     {0, 0.01, 0.09, 0.90},
     0.02,
     false,
     false},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const spil_field_set sets[] = {
    {SPIL_ENTITY_person, person_fields, COUNT(person_fields), true, SOURCES},
    {SPIL_ENTITY_company, company_fields, COUNT(company_fields), false, 0},
    {SPIL_ENTITY_address, address_fields, COUNT(address_fields), false, 0},
};

const spil_field_set *spil_fields_of(spil_entity_kind kind)
{
    for (size_t i = 0; i < COUNT(sets); i++)
        if (sets[i].kind == kind)
            return &sets[i];
    return NULL;
}

uint32_t spil_field_word(const spil_field_set *set, unsigned field, const spil_record *record)
{
    if (set->fields[field].unique)
        return record->number;
    if (set->kind == SPIL_ENTITY_person && field == BIRTH)
        return record->birth;
    if (set->kind == SPIL_ENTITY_person && field == GIVEN)
        return record->given[0];
    if (set->kind == SPIL_ENTITY_address && field == POSTCODE)
        return record->form;
    return field == 0 ? record->name : 0;
}

bool spil_agree_in_initial(const spil_field_set *set, const spil_agreement *agreement)
{
    return set->kind == SPIL_ENTITY_person && agreement->level[GIVEN] == GIVEN_INITIAL;
}

/* ---- pieces ---- */

static uint8_t equal_or_not(uint32_t a, uint32_t b)
{
    return a == 0 || b == 0 ? SPIL_MISSING : a == b ? NUMBER_EQUAL : SPIL_DIFFER;
}

static bool words_close(const spil_words *words, uint32_t a, uint32_t b)
{
    return spil_close(spil_words_text(words, a), spil_words_text(words, b));
}

/* How many of a's words b has too, but for a slip; *of: the words of the one that has fewer. */
static unsigned shared_parts(const spil_record *a, const spil_record *b, const spil_words *words,
                             unsigned *of)
{
    unsigned shared = 0, count[2] = {0, 0};
    const spil_record *const both[2] = {a, b};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < SPIL_PARTS; i++)
            count[k] += both[k]->part[i] != 0;
    for (size_t i = 0; i < (count[0] ? SPIL_PARTS : 1); i++)
        for (size_t j = 0; j < (count[1] ? SPIL_PARTS : 1); j++) {
            const uint32_t x = count[0] ? a->part[i] : a->name;
            const uint32_t y = count[1] ? b->part[j] : b->name;
            shared += x != 0 && y != 0 && (x == y || words_close(words, x, y));
        }
    for (size_t k = 0; k < 2; k++)
        count[k] = count[k] ? count[k] : 1;
    *of = count[0] < count[1] ? count[0] : count[1];
    return shared;
}

static uint8_t compare_surname(const spil_record *a, const spil_record *b, const spil_words *words)
{
    unsigned of;
    if (a->name == 0 || b->name == 0)
        return SPIL_MISSING;
    if (a->name == b->name) /* "van den Berg" and "van der Berg" are close */
        return a->form == b->form || a->form == 0 || b->form == 0 ? SURNAME_EQUAL : SURNAME_CLOSE;
    if (words_close(words, a->name, b->name))
        return SURNAME_CLOSE;
    return shared_parts(a, b, words, &of) > 0 ? SURNAME_PART : SPIL_DIFFER;
}

/* Initials that both state, when they agree: "J.P." and "J.P.K." have two, "J.P." and "J.A." none.
 */
static size_t shared_initials(const spil_record *a, const spil_record *b)
{
    size_t count = 0;
    for (; a->initials[count] && b->initials[count]; count++)
        if (a->initials[count] != b->initials[count])
            return 0;
    return count;
}

/* Two full given names that are not the same; close as in spil_close, whose likeness it needs too.
 */
static uint8_t compare_full_given(const spil_words *words, uint32_t a, uint32_t b)
{
    const char *const x = spil_words_text(words, a), *const y = spil_words_text(words, b);
    const size_t lx = strlen(x), ly = strlen(y), shorter = lx < ly ? lx : ly;
    const double likeness = spil_jaro_winkler(x, y);
    if (likeness >= 0.90 || (shorter >= 4 && spil_within_one_edit(x, y)) ||
        (shorter >= 3 && memcmp(x, y, shorter) == 0)) /* "alex(ander)" */
        return GIVEN_CLOSE;
    return likeness >= 0.80 ? GIVEN_SIMILAR : SPIL_DIFFER;
}

static uint8_t compare_given(const spil_record *a, const spil_record *b, const spil_words *words)
{
    if (!a->initials[0] || !b->initials[0])
        return SPIL_MISSING;
    const size_t shared = shared_initials(a, b);
    const bool second = a->given[0] == b->given[1] || a->given[1] == b->given[0];
    if (a->given[0] && b->given[0]) {
        if (a->given[0] == b->given[0])
            return shared ? GIVEN_EQUAL : GIVEN_INITIAL;
        const uint8_t level = compare_full_given(words, a->given[0], b->given[0]);
        if (level == GIVEN_CLOSE)
            return shared || a->initials[0] != b->initials[0] ? GIVEN_CLOSE : GIVEN_INITIAL;
        return second ? GIVEN_CLOSE : level; /* one calls himself by his second name */
    }
    return shared > 1 ? GIVEN_INITIALS : shared ? GIVEN_INITIAL : SPIL_DIFFER;
}

static uint8_t compare_at(const spil_records *records, const spil_record *a, const spil_record *b)
{
    if (spil_common_at(records, a, b) != UINT32_MAX)
        return AT_SAME;
    if (a->place && b->place)
        return a->place == b->place ? AT_PLACE : SPIL_DIFFER;
    return a->at_count && b->at_count ? SPIL_DIFFER : SPIL_MISSING;
}

static uint8_t compare_ties(const spil_records *records, const spil_record *a, const spil_record *b)
{
    const uint32_t *const ties = records->ties;
    unsigned shared = 0, fewest = SPIL_HUB;
    if (a->tie_count == 0 || b->tie_count == 0)
        return SPIL_MISSING;
    for (uint32_t i = a->tie_begin, j = b->tie_begin;
         i < a->tie_begin + a->tie_count && j < b->tie_begin + b->tie_count;) {
        const uint32_t x = ties[i], y = ties[j];
        if (x == y) {
            shared++;
            fewest = records->busy[i] < fewest ? records->busy[i] : fewest;
        }
        i += x <= y;
        j += y <= x;
    }
    return shared == 0     ? TIES_NONE
           : shared > 1    ? TIES_SEVERAL
           : fewest > BUSY ? TIES_BUSY
                           : TIES_SHARED;
}

static uint8_t compare_sources(const spil_records *records, const spil_record *a,
                               const spil_record *b)
{
    if (records->one_source)
        return SPIL_MISSING;
    return a->sources & b->sources ? SOURCES_ONE : SOURCES_TWO;
}

/* Others at the shared address who bear the surname of the one or the other. */
static uint8_t crowd_of(const spil_records *records, const spil_record *a, const spil_record *b)
{
    const uint32_t at = spil_common_at(records, a, b);
    if (at == UINT32_MAX)
        return 0;
    const unsigned of_a = spil_namesakes_at(records, a, at),
                   of_b = spil_namesakes_at(records, b, at);
    const unsigned others = a->name == b->name ? of_a - 2 : of_a + of_b - 2;
    return (uint8_t)(others < SPIL_CROWDS ? others : SPIL_CROWDS - 1);
}

static bool linked(const spil_records *records, const spil_record *a, const spil_record *b)
{
    return spil_first_common(records->ties + a->tie_begin, a->tie_count, &b->one, 1) !=
               UINT32_MAX ||
           spil_first_common(records->ties + b->tie_begin, b->tie_count, &a->one, 1) != UINT32_MAX;
}

/* ---- persons ---- */

const char spil_bar_twins[] = "two given names, one address and date of birth: twins?";

/* "Gerrit Jansen" and "J. Gerrit": the given name of the one is the surname of the other, whose
 * initial is that of the one's surname. */
static bool swapped_initial(const spil_record *full, const spil_record *brief,
                            const spil_words *words)
{
    return full->given[0] && full->given[0] == brief->name && !brief->given[0] &&
           brief->initials[0] == spil_words_text(words, full->name)[0];
}

/* Given name and surname change places: both must fit. */
static bool swapped(const spil_record *a, const spil_record *b, const spil_words *words)
{
    return a->given[0] && b->given[0] && a->given[0] != b->given[0] &&
           (a->given[0] == b->name || words_close(words, a->given[0], b->name)) &&
           (a->name == b->given[0] || words_close(words, a->name, b->given[0]));
}

static void compare_persons(spil_agreement *out, const spil_records *records,
                            const spil_words *words, const spil_record *a, const spil_record *b)
{
    out->level[SURNAME] = compare_surname(a, b, words);
    out->level[ADDRESS] = compare_at(records, a, b);
    out->level[TIES] = compare_ties(records, a, b);
    out->level[GIVEN] = compare_given(a, b, words);
    out->level[BIRTH] = equal_or_not(a->birth, b->birth);
    out->level[SOURCES] = compare_sources(records, a, b);
    out->level[NUMBER] = equal_or_not(a->number, b->number);
    if (out->level[SURNAME] <= SURNAME_PART && out->level[GIVEN] <= GIVEN_SIMILAR &&
        swapped(a, b, words)) {
        out->level[SURNAME] = SURNAME_SWAPPED;
        out->level[GIVEN] = a->given[0] == b->name ? GIVEN_EQUAL : GIVEN_CLOSE;
    } else if (out->level[SURNAME] <= SURNAME_PART && out->level[GIVEN] <= GIVEN_INITIAL &&
               (swapped_initial(a, b, words) || swapped_initial(b, a, words))) {
        out->level[SURNAME] = SURNAME_SWAPPED;
        out->level[GIVEN] = GIVEN_INITIAL;
    }
    out->crowd = crowd_of(records, a, b);
    if (a->suffix && b->suffix && a->suffix != b->suffix)
        out->bar = "junior and senior";
    else if (out->level[NUMBER] == SPIL_DIFFER)
        out->bar = "two different numbers";
    else if (out->level[BIRTH] == SPIL_DIFFER && out->level[NUMBER] != NUMBER_EQUAL)
        out->bar = "two different dates of birth";
    else if (linked(records, a, b))
        out->bar = "linked with each other";
    else if (out->level[GIVEN] == SPIL_DIFFER && out->level[BIRTH] == NUMBER_EQUAL &&
             out->level[ADDRESS] == AT_SAME && out->level[NUMBER] != NUMBER_EQUAL)
        out->bar = spil_bar_twins;
}

/* ---- companies ---- */

static bool same_digits(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strcspn(a, "0123456789");
        b += strcspn(b, "0123456789");
        if (*a != *b)
            return false;
        if (!*a)
            return true;
    }
}

/* Is each short word of a's one of b's? Letters and Roman numbers tell firms of one owner apart. */
static bool short_words_in(const char *a, const char *b)
{
    for (size_t size; *a; a += size + (a[size] == ' ')) {
        bool found = false;
        size = strcspn(a, " ");
        for (const char *at = b; *at && !found;) {
            const size_t other = strcspn(at, " ");
            found = other == size && memcmp(at, a, size) == 0;
            at += other + (at[other] == ' ');
        }
        if (size <= 3 && !found)
            return false;
    }
    return true;
}

static uint8_t compare_company_name(const spil_record *a, const spil_record *b,
                                    const spil_words *words)
{
    if (a->name == 0 || b->name == 0)
        return SPIL_MISSING;
    if (a->name == b->name)
        return NAME_EQUAL;
    unsigned of;
    const unsigned shared = shared_parts(a, b, words, &of);
    const char *const x = spil_words_text(words, a->name), *const y =
                                                               spil_words_text(words, b->name);
    /* "Jansen Vastgoed 1" is not "Jansen Vastgoed 2", nor is "II" "III" */
    if (!same_digits(x, y) || !short_words_in(x, y) || !short_words_in(y, x))
        return shared > 0 ? NAME_PART : SPIL_DIFFER;
    const bool turned = of > 1 && shared >= of && a->part[0] != b->part[0];
    if (turned || spil_within_one_edit(x, y) || spil_jaro_winkler(x, y) >= 0.94)
        return NAME_CLOSE;
    return shared > 0 ? NAME_PART : SPIL_DIFFER;
}

static void compare_companies(spil_agreement *out, const spil_records *records,
                              const spil_words *words, const spil_record *a, const spil_record *b)
{
    out->level[0] = compare_company_name(a, b, words);
    out->level[1] = compare_at(records, a, b);
    out->level[2] = compare_ties(records, a, b);
    if (out->level[2] > COMPANY_TIES_SHARED)
        out->level[2] = COMPANY_TIES_SHARED;
    out->level[3] = equal_or_not(a->form, b->form);
    out->level[4] = equal_or_not(a->number, b->number);
    if (out->level[4] == SPIL_DIFFER)
        out->bar = "two different chamber numbers";
    else if (linked(records, a, b))
        out->bar = "linked with each other";
    else if (out->level[0] <= NAME_PART && out->level[4] != NUMBER_EQUAL)
        out->bar = "the names are not the same";
}

/* ---- addresses ---- */

static uint8_t compare_word(uint32_t a, uint32_t b, bool one_edit, const spil_words *words)
{
    if (a == 0 || b == 0)
        return SPIL_MISSING;
    if (a == b)
        return ADDRESS_EQUAL;
    const char *const x = spil_words_text(words, a), *const y = spil_words_text(words, b);
    return (one_edit ? spil_within_one_edit(x, y) : spil_close(x, y)) ? ADDRESS_CLOSE : SPIL_DIFFER;
}

static void compare_addresses(spil_agreement *out, const spil_words *words, const spil_record *a,
                              const spil_record *b)
{
    out->level[0] = compare_word(a->name, b->name, false, words);
    out->level[1] = compare_word(a->form, b->form, true, words);
    out->level[2] = compare_word(a->place, b->place, false, words);
    const bool missing = a->given[0] == 0 || b->given[0] == 0;
    const bool same = a->given[0] == b->given[0];
    if (missing)
        out->level[3] = SPIL_MISSING;
    else if (same && a->given[1] == b->given[1])
        out->level[3] = HOUSE_EQUAL;
    else if (same && (a->given[1] == 0 || b->given[1] == 0))
        out->level[3] = HOUSE_PART;
    else
        out->level[3] = SPIL_DIFFER;
    if (out->level[3] == SPIL_DIFFER)
        out->bar = "two different house numbers";
    else if (out->level[3] == HOUSE_PART)
        out->bar = "one has an addition, the other none";
    else if (missing)
        out->bar = "no house number";
    else if (out->level[0] == SPIL_DIFFER)
        out->bar = "two different streets";
}

void spil_compare(spil_agreement *out, const spil_records *records, const spil_words *words,
                  uint32_t a, uint32_t b)
{
    const spil_record *const x = &records->items[a], *const y = &records->items[b];
    *out = (spil_agreement){.bar = NULL};
    if (records->kind == SPIL_ENTITY_person)
        compare_persons(out, records, words, x, y);
    else if (records->kind == SPIL_ENTITY_company)
        compare_companies(out, records, words, x, y);
    else
        compare_addresses(out, words, x, y);
    out->connected = records->kind != SPIL_ENTITY_address &&
                     (out->level[1] == AT_SAME || out->level[2] > TIES_NONE);
}
