/* suggest_look.c - see suggest_look.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/suggest_look.h"
#include "engine/base/strmap.h"
#include "loaders/column_name.h"
#include "loaders/dutch.h"
#include "loaders/limits.h"
#include "loaders/value.h"

#include <string.h>

typedef struct concept_word {
    spil_concept concept;
    const char *text;
} concept_word;

static const concept_word wholes[] = {
#define WHOLE(id, text) {SPIL_CONCEPT_##id, text},
#include "loaders/suggest_words.def"
#undef WHOLE
};

static const concept_word parts[] = {
#define PART(id, text) {SPIL_CONCEPT_##id, text},
#include "loaders/suggest_words.def"
#undef PART
};

const char *spil_concept_name(spil_concept concept)
{
    static const char *const names[] = {
#define CONCEPT(id, what) #id,
#include "loaders/suggest_words.def"
#undef CONCEPT
        ""};
    return names[concept];
}

const char *spil_concept_what(spil_concept concept)
{
    static const char *const whats[] = {
#define CONCEPT(id, what) what,
#include "loaders/suggest_words.def"
#undef CONCEPT
        ""};
    return whats[concept];
}

/* ---- names ---- */

static spil_concept concept_of_name(const char *text)
{
    const spil_column_name name = spil_column_name_fold(text);
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (strcmp(name.joined, wholes[i].text) == 0)
    return wholes[i].concept;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(name.joined, parts[i].text))
    return parts[i].concept;
    return SPIL_CONCEPT_NONE;
}

/* ---- values ---- */

static bool is_email(const char *text)
{
    const char *const at = strchr(text, '@');
    return at && at > text && strchr(at, '.') && !strchr(text, ' ') && !strchr(at + 1, '@');
}

/* Two letters, two digits, then 11 to 30 letters and digits, blanks between them. */
static bool is_iban(const char *text)
{
    size_t length = 0;
    for (; *text; text++) {
        const bool letter = (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z');
        const bool digit = *text >= '0' && *text <= '9';
        if (*text == ' ')
            continue;
        if (!letter && !digit)
            return false;
        if ((length < 2 && !letter) || (length >= 2 && length < 4 && !digit))
            return false;
        length++;
    }
    return length >= 15 && length <= 34;
}

/* Dutch registrations: six letters and digits in three groups parted by hyphens. */
static bool is_plate(const char *text)
{
    size_t marks = 0, signs = 0, letters = 0;
    for (; *text; text++) {
        const bool letter = (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z');
        if (*text == '-')
            marks++;
        else if (letter || (*text >= '0' && *text <= '9'))
            signs++;
        else
            return false;
        letters += letter;
    }
    return marks == 2 && signs == 6 && letters >= 1 && letters <= 4;
}

/* What the first two numbers of 5-3-2024 tell of their order. */
static void look_at_date(spil_look *look, const char *text)
{
    size_t a = strspn(text, "0123456789");
    const char *const second = text + a + (text[a] != '\0');
    const size_t b = strspn(second, "0123456789");
    if (a < 1 || a > 2 || b < 1 || b > 2)
        return;
    const int first = a == 1 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
    const int next = b == 1 ? second[0] - '0' : (second[0] - '0') * 10 + second[1] - '0';
    const char *const year = second + b + (second[b] != '\0');
    look->short_years += strspn(year, "0123456789") == 2;
    look->day_first += first > 12 && next <= 12;
    look->month_first += next > 12 && first <= 12;
}

static bool is_any_date(const char *text)
{
    static const spil_day_form forms[] = {{SPIL_DAY_FIRST, 50}, {SPIL_MONTH_FIRST, 50}};
    spil_day day;
    return spil_value_day_as(text, &forms[0], &day) || spil_value_day_as(text, &forms[1], &day);
}

static void look_at_value(spil_look *look, const char *text)
{
    char out[16];
    char postcode[8];
    const bool shapes[SPIL_LOOK_COUNT] = {
        [SPIL_LOOK_postcode] = spil_dutch_postcode(text, postcode),
        [SPIL_LOOK_chamber_number] = spil_dutch_chamber_number(text, out),
        [SPIL_LOOK_citizen_number] = spil_dutch_citizen_number(text, out),
        [SPIL_LOOK_date] = is_any_date(text),
        [SPIL_LOOK_email] = is_email(text),
        [SPIL_LOOK_iban] = is_iban(text),
        [SPIL_LOOK_plate] = is_plate(text),
        [SPIL_LOOK_bar] = strchr(text, '|') != NULL,
        [SPIL_LOOK_semicolon] = strchr(text, ';') != NULL,
    };
    for (size_t s = 0; s < SPIL_LOOK_COUNT; s++)
        look->shapes[s] += shapes[s];
    if (shapes[SPIL_LOOK_date])
        look_at_date(look, text);
}

/* ---- conclusions ---- */

/* Nine of ten values and at least `least`. */
static bool mostly(const spil_look *look, spil_look_shape shape, size_t least)
{
    return look->shapes[shape] >= least && 10 * look->shapes[shape] >= 9 * look->filled;
}

static void conclude(spil_look *look)
{
    static const struct {
        spil_look_shape shape;
        spil_concept concept;
        size_t least;
    } rules[] = {{SPIL_LOOK_postcode, SPIL_CONCEPT_postcode, 3},
                 {SPIL_LOOK_email, SPIL_CONCEPT_email, 3},
                 {SPIL_LOOK_iban, SPIL_CONCEPT_iban, 3},
                 {SPIL_LOOK_plate, SPIL_CONCEPT_plate, 3},
                 {SPIL_LOOK_date, SPIL_CONCEPT_date, 5}};
    look->trait = spil_trait_of_column(look->name);
    look->concept = SPIL_CONCEPT_NONE;
    if (look->name[0] == '\0' || strlen(look->name) > SPIL_MAX_KEY)
        return; /* nothing that a mapping can name */
    look->concept = concept_of_name(look->name);
    /* one of eleven numbers passes by chance: of eight, one in 200 million */
    if (!look->trait && look->shapes[SPIL_LOOK_citizen_number] >= 8 &&
        look->shapes[SPIL_LOOK_citizen_number] == look->filled &&
        look->concept != SPIL_CONCEPT_chamber_number) {
        look->trait = spil_trait_of_column("bsn");
        look->by_value = true;
    }
    if (look->trait) {
        look->concept = look->trait->hash == SPIL_HASH_BSN     ? SPIL_CONCEPT_bsn
                        : look->trait->hash == SPIL_HASH_BIRTH ? SPIL_CONCEPT_birth_date
                                                               : SPIL_CONCEPT_NONE;
        return;
    }
    for (size_t i = 0; look->concept == SPIL_CONCEPT_NONE && i < sizeof rules / sizeof *rules; i++)
        if (mostly(look, rules[i].shape, rules[i].least)) {
            look->concept = rules[i].concept;
            look->by_value = true;
        }
}

/* Of each concept the first column; a date counts as many times as it likes. */
static void drop_doubles(spil_looks *looks)
{
    for (size_t i = 0; i < looks->count; i++) {
        spil_look *const look = &looks->items[i];
        for (size_t j = 0; j < i && look->concept != SPIL_CONCEPT_NONE && !look->trait; j++)
            if (looks->items[j].concept == look->concept)
                look->like = &looks->items[j];
        if (look->like)
        look->concept = SPIL_CONCEPT_NONE;
    }
}

/* ---- reading ---- */

static spil_status read_names(spil_looks *looks, spil_text_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row row;
    bool got = false;
    const char *const path = spil_text_reader_path(reader);
    TRY(spil_text_reader_next(reader, &row, &got, err));
    if (!got || row.reason)
        TRY(spil_fail(err, SPIL_INPUT, "%s: the header cannot be read: %s", path,
                      got ? row.reason : "the file holds no rows"));
    TRY(NEW_ARRAY(looks->items, row.count, err));
    looks->count = row.count;
    for (size_t i = 0; i < row.count; i++)
        TRY(spil_arena_text(looks->arena, &looks->items[i].name, row.fields[i],
                            strlen(row.fields[i]), err));
done:
    return rc;
}

static spil_status count_distinct(spil_strmap *seen, size_t column, const char *text,
                                  spil_look *look, spil_str *key, spil_err *err)
{
    int64_t value;
    spil_str_clear(key);
    spil_str_addf(key, "%zu:", column);
    spil_str_add(key, text);
    const spil_status rc = spil_str_status(key, err);
    if (rc != SPIL_OK || spil_strmap_get(seen, spil_str_text(key), &value))
        return rc;
    look->distinct++;
    return spil_strmap_put(seen, spil_str_text(key), 1, err);
}

spil_status spil_look_at(spil_looks *out, spil_text_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_strmap *seen = NULL;
    spil_str key = SPIL_STR_INIT;
    spil_looks looks = {0};
    TRY(spil_arena_new(&looks.arena, err));
    TRY(read_names(&looks, reader, err));
    TRY(spil_strmap_new(&seen, err));
    while (looks.rows < SPIL_SUGGEST_ROWS) {
        spil_row row;
        bool got = false;
        TRY(spil_text_reader_next(reader, &row, &got, err));
        if (!got)
            break;
        if (row.reason || row.count < looks.count)
            continue;
        looks.rows++;
        for (size_t i = 0; i < looks.count; i++) {
            if (row.fields[i][0] == '\0')
                continue;
            looks.items[i].filled++;
            look_at_value(&looks.items[i], row.fields[i]);
            TRY(count_distinct(seen, i, row.fields[i], &looks.items[i], &key, err));
        }
    }
    for (size_t i = 0; i < looks.count; i++)
        conclude(&looks.items[i]);
    drop_doubles(&looks);
    *out = looks;
    looks = (spil_looks){0};
done:
    spil_looks_free(&looks);
    spil_strmap_free(seen);
    spil_str_free(&key);
    return rc;
}

void spil_looks_free(spil_looks *looks)
{
    spil_free(looks->items);
    spil_arena_free(looks->arena);
    *looks = (spil_looks){0};
}

const spil_look *spil_look_find(const spil_looks *looks, spil_concept concept)
{
    for (size_t i = 0; i < looks->count; i++)
        if (looks->items[i].concept == concept)
            return &looks->items[i];
    return NULL;
}
