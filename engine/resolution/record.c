/* record.c - names, addresses and numbers of each entity; where they are and whom they know is read
 * in record_ties.c. See record.h. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/resolution/record_inside.h"

#include "engine/base/mem.h"
#include "engine/base/progress.h"
#include "engine/resolution/fold.h"
#include "engine/resolution/folded_name.h"

#include <stdio.h>
#include <string.h>

enum { ROOM = 128 };

/* ---- attributes by what they mean ---- */

typedef enum meaning {
    STREET,
    HOUSE,
    ADDITION,
    POSTCODE,
    PLACE,
    REGION,
    CHAMBER,
    PERSON_NUMBER,
    BIRTH,
    MEANINGS
} meaning;

static const struct {
    meaning means;
    const char *name; /* small letters; blanks, '_' and '-' left out */
} attribute_names[] = {
    {STREET, "street"},
    {STREET, "straat"},
    {STREET, "straatnaam"},
    {STREET, "streetname"},
    {HOUSE, "number"},
    {HOUSE, "housenumber"},
    {HOUSE, "huisnummer"},
    {HOUSE, "huisnr"},
    {ADDITION, "addition"},
    {ADDITION, "toevoeging"},
    {ADDITION, "huisletter"},
    {ADDITION, "houseletter"},
    {ADDITION, "suffix"},
    {ADDITION, "huisnummertoevoeging"},
    {POSTCODE, "postcode"},
    {POSTCODE, "postalcode"},
    {POSTCODE, "zip"},
    {PLACE, "city"},
    {PLACE, "woonplaats"},
    {PLACE, "plaats"},
    {PLACE, "town"},
    {PLACE, "vestigingsplaats"},
    {REGION, "municipality"},
    {REGION, "gemeente"},
    {CHAMBER, "kvk"},
    {CHAMBER, "kvknummer"},
    {CHAMBER, "kvknr"},
    {CHAMBER, "chambernumber"},
    {CHAMBER, "registrationnumber"},
    {PERSON_NUMBER, "bsnhash"},
    {BIRTH, "birthhash"},
};

static bool same_name(const char *stored, const char *name)
{
    for (; *stored; stored++) {
        if (*stored == '_' || *stored == '-' || *stored == ' ')
            continue;
        const char c = *stored >= 'A' && *stored <= 'Z' ? (char)(*stored - 'A' + 'a') : *stored;
        if (c != *name++)
            return false;
    }
    return *name == '\0';
}

/* The first value of each meaning, "" where there is none; borrowed. */
static void read_attributes(const spil_facts *facts, uint32_t entity, const char *values[MEANINGS])
{
    for (size_t i = 0; i < MEANINGS; i++)
        values[i] = "";
    for (size_t i = facts->attribute_row[entity]; i < facts->attribute_row[entity + 1]; i++)
        for (size_t k = 0; k < sizeof attribute_names / sizeof *attribute_names; k++) {
            const char **const value = &values[attribute_names[k].means];
            if (!**value && same_name(facts->attributes[i].name, attribute_names[k].name)) {
                *value = facts->attributes[i].value;
                break;
            }
        }
}

static spil_status folded_number(spil_words *words, const char *text, uint32_t *out, spil_err *err)
{
    char folded[ROOM];
    spil_fold(text, folded, sizeof folded, false);
    return spil_words_number(words, folded, out, err);
}

/* ---- addresses ---- */

/* "12 A-2" is house 12, addition "a2"; "1234 ab" is "1234ab". */
static void read_house(const char *text, const char *more, char house[ROOM], char addition[ROOM])
{
    char folded[ROOM], rest[ROOM * 2];
    size_t digits = 0, length = 0;
    spil_fold(text, folded, sizeof folded, false);
    while (folded[digits] >= '0' && folded[digits] <= '9')
        digits++;
    memcpy(house, folded, digits);
    house[digits] = '\0';
    (void)snprintf(rest, sizeof rest, "%s", folded + digits);
    spil_fold(more, folded, sizeof folded, false);
    const size_t at = strlen(rest);
    (void)snprintf(rest + at, sizeof rest - at, "%s", folded);
    for (const char *c = rest; *c && length < ROOM - 1; c++)
        if (*c != ' ')
            addition[length++] = *c;
    addition[length] = '\0';
}

static void read_postcode(const char *text, char out[ROOM])
{
    char folded[ROOM];
    size_t length = 0;
    spil_fold(text, folded, sizeof folded, false);
    for (const char *c = folded; *c; c++)
        if (*c != ' ')
            out[length++] = *c;
    out[length] = '\0';
}

/* Street and house out of "Veererf 19a, Ieltkerke" where the columns do not tell. */
static void cut_label(const char *label, char street[ROOM], char house[ROOM], char place[ROOM])
{
    const char *const comma = strchr(label, ',');
    const size_t length = comma ? (size_t)(comma - label) : strlen(label);
    (void)snprintf(street, ROOM, "%.*s", (int)(length < ROOM ? length : ROOM - 1), label);
    (void)snprintf(place, ROOM, "%s", comma ? comma + 1 : "");
    house[0] = '\0';
    for (size_t i = 1; street[i - 1] && street[i]; i++)
        if (street[i - 1] == ' ' && street[i] >= '0' && street[i] <= '9') {
            (void)snprintf(house, ROOM, "%s", street + i);
            street[i - 1] = '\0';
            return;
        }
}

static spil_status address_word(spil_words *words, const char *postcode, const char *house,
                                const char *addition, uint32_t *out, spil_err *err)
{
    char all[3 * ROOM + 3] = "";
    if (*postcode && *house)
        (void)snprintf(all, sizeof all, "%s|%s|%s", postcode, house, addition);
    return spil_words_number(words, all, out, err);
}

static spil_status read_address(spil_reading *reading, const char *label,
                                const char *const values[MEANINGS], spil_record *out,
                                uint32_t *word, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char street[ROOM], number[ROOM], place[ROOM], postcode[ROOM], house[ROOM], addition[ROOM];
    (void)snprintf(street, sizeof street, "%s", values[STREET]);
    (void)snprintf(number, sizeof number, "%s", values[HOUSE]);
    (void)snprintf(place, sizeof place, "%s", *values[PLACE] ? values[PLACE] : values[REGION]);
    if (!*street && !*values[POSTCODE])
        cut_label(label, street, number, place);
    read_house(number, values[ADDITION], house, addition);
    read_postcode(values[POSTCODE], postcode);
    TRY(folded_number(reading->words, street, &out->name, err));
    TRY(folded_number(reading->words, place, &out->place, err));
    TRY(spil_words_number(reading->words, postcode, &out->form, err));
    TRY(spil_words_number(reading->words, house, &out->given[0], err));
    TRY(spil_words_number(reading->words, addition, &out->given[1], err));
    TRY(address_word(reading->words, postcode, house, addition, word, err));
done:
    return rc;
}

static spil_status note_address(spil_reading *reading, uint32_t word, uint32_t entity,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (word >= reading->of_address_count) {
        const size_t count = (size_t)word * 2 + 1024, old = reading->of_address_count;
        TRY(RESIZE_ARRAY(reading->of_address, count, err));
        memset(reading->of_address + old, 0, (count - old) * sizeof *reading->of_address);
        reading->of_address_count = count;
    }
    if (word != 0 && reading->of_address[word] == 0)
        reading->of_address[word] = entity + 1;
done:
    return rc;
}

/* ---- names ---- */

static spil_status put_parts(spil_words *words, char *folded, spil_record *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *parts[SPIL_PARTS + 1];
    const size_t count = spil_fold_words(folded, parts, SPIL_PARTS + 1);
    for (size_t i = 0; i < count && i < SPIL_PARTS && count > 1; i++)
        TRY(spil_words_number(words, parts[i], &out->part[i], err));
done:
    return rc;
}

static spil_status read_person(spil_reading *reading, const char *label, spil_record *out,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_folded_name name;
    spil_folded_name_read(&name, label);
    TRY(spil_words_number(reading->words, name.surname, &out->name, err));
    TRY(spil_words_number(reading->words, name.prefix, &out->form, err));
    for (size_t i = 0; i < 2; i++)
        TRY(spil_words_number(reading->words, name.given[i], &out->given[i], err));
    memcpy(out->initials, name.initials, sizeof out->initials);
    out->suffix = name.suffix;
    TRY(put_parts(reading->words, name.surname, out, err));
done:
    return rc;
}

static const char *const legal_forms[] = {
    "bv",          "nv",         "vof", "cv",   "stichting", "vereniging", "maatschap",
    "eenmanszaak", "cooperatie", "ua",  "ltd",  "limited",   "gmbh",       "sa",
    "sarl",        "inc",        "llc", "bvba", "plc",       "ag",         "besloten vennootschap",
    NULL};

/* "b v" at the end is "bv"; takes the form out of the folded name. */
static void take_form(char *folded, char form[ROOM])
{
    form[0] = '\0';
    size_t length = strlen(folded);
    static const char *const spelled[][2] = {
        {" b v", "bv"}, {" n v", "nv"}, {" c v", "cv"}, {" v o f", "vof"}, {" u a", "ua"}};
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++) {
        const size_t tail = strlen(spelled[i][0]);
        if (length > tail && strcmp(folded + length - tail, spelled[i][0]) == 0) {
            folded[length - tail] = '\0';
            (void)snprintf(form, ROOM, "%s", spelled[i][1]);
            return;
        }
    }
    for (size_t i = 0; legal_forms[i]; i++) {
        const size_t size = strlen(legal_forms[i]);
        if (length > size + 1 && folded[length - size - 1] == ' ' &&
            strcmp(folded + length - size, legal_forms[i]) == 0) {
            folded[length - size - 1] = '\0';
            (void)snprintf(form, ROOM, "%s", legal_forms[i]);
            return;
        }
        if (length > size + 1 && folded[size] == ' ' && memcmp(folded, legal_forms[i], size) == 0) {
            memmove(folded, folded + size + 1, length - size);
            (void)snprintf(form, ROOM, "%s", legal_forms[i]);
            return;
        }
    }
}

/* Eight digits, zeros before; other numbers as they are. */
static void chamber_number(const char *text, char out[ROOM])
{
    size_t digits = 0;
    char kept[ROOM];
    for (const char *c = text; *c && digits < 20; c++)
        if (*c >= '0' && *c <= '9')
            kept[digits++] = *c;
    kept[digits] = '\0';
    if (digits == 0)
        out[0] = '\0';
    else
        (void)snprintf(out, ROOM, "%s%s", digits < 8 ? &"00000000"[digits] : "", kept);
}

static spil_status read_company(spil_reading *reading, const char *label,
                                const char *const values[MEANINGS], spil_record *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char folded[ROOM], form[ROOM], number[ROOM];
    spil_fold(label, folded, sizeof folded, false);
    take_form(folded, form);
    chamber_number(values[CHAMBER], number);
    TRY(spil_words_number(reading->words, folded, &out->name, err));
    TRY(spil_words_number(reading->words, form, &out->form, err));
    TRY(spil_words_number(reading->words, number, &out->number, err));
    TRY(put_parts(reading->words, folded, out, err));
done:
    return rc;
}

/* ---- one entity ---- */

static uint64_t sources_of(const spil_facts *facts, uint32_t entity)
{
    uint64_t sources = UINT64_C(1) << facts->entities[entity].origin.source % 64;
    for (size_t i = facts->attribute_row[entity]; i < facts->attribute_row[entity + 1]; i++)
        sources |= UINT64_C(1) << facts->attributes[i].origin.source % 64;
    return sources;
}

static spil_status read_one(spil_reading *reading, spil_entity_kind kind, uint32_t entity,
                            spil_record *out, uint32_t *own_address, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *values[MEANINGS];
    const char *const label = reading->facts->entities[entity].label;
    char postcode[ROOM], house[ROOM], addition[ROOM];
    read_attributes(reading->facts, entity, values);
    *out = (spil_record){.entity = entity,
                         .one = reading->one[entity],
                         .sources = sources_of(reading->facts, entity)};
    *own_address = 0;
    if (kind == SPIL_ENTITY_address) {
        TRY(read_address(reading, label, values, out, own_address, err));
        TRY(note_address(reading, *own_address, entity, err));
        reading->place[entity] = out->place;
        goto done;
    }
    if (kind == SPIL_ENTITY_company)
        TRY(read_company(reading, label, values, out, err));
    else
        TRY(read_person(reading, label, out, err));
    TRY(folded_number(reading->words, *values[PLACE] ? values[PLACE] : values[REGION], &out->place,
                      err));
    if (kind == SPIL_ENTITY_person) {
        TRY(spil_words_number(reading->words, values[PERSON_NUMBER], &out->number, err));
        TRY(spil_words_number(reading->words, values[BIRTH], &out->birth, err));
    }
    read_house(values[HOUSE], values[ADDITION], house, addition);
    read_postcode(values[POSTCODE], postcode);
    TRY(address_word(reading->words, postcode, house, addition, own_address, err));
done:
    return rc;
}

/* ---- the whole ---- */

spil_status spil_reading_new(spil_reading **out, const spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_reading *reading = NULL;
    TRY(NEW(reading, err));
    reading->facts = facts;
    TRY(spil_words_new(&reading->words, err));
    TRY(NEW_ARRAY(reading->one, facts->entity_count, err));
    TRY(NEW_ARRAY(reading->place, facts->entity_count, err));
    for (size_t i = 0; i < facts->entity_count; i++)
        reading->one[i] = (uint32_t)i;
    *out = reading;
    reading = NULL;
done:
    spil_reading_free(reading);
    return rc;
}

void spil_reading_free(spil_reading *reading)
{
    if (!reading)
        return;
    spil_words_free(reading->words);
    spil_free(reading->one);
    spil_free(reading->of_address);
    spil_free(reading->place);
    spil_free(reading);
}

/* Who says nothing of the place himself is where his first address is. */
static void fill_places(spil_records *records, const spil_reading *reading)
{
    for (size_t i = 0; i < records->count; i++) {
        spil_record *const it = &records->items[i];
        if (it->place == 0 && it->at_count > 0 &&
            records->at[it->at_begin] < reading->facts->entity_count)
            it->place = reading->place[records->at[it->at_begin]];
    }
}

spil_status spil_records_read(spil_records **out, spil_reading *reading, spil_entity_kind kind,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_records *records = NULL;
    uint32_t *own = NULL;
    size_t count = 0;
    for (size_t i = 0; i < reading->facts->entity_count; i++)
        count += reading->facts->entities[i].kind == kind;
    TRY(NEW(records, err));
    records->kind = kind;
    records->one_source = true;
    TRY(NEW_ARRAY(records->items, count, err));
    TRY(NEW_ARRAY(own, count, err));
    for (size_t i = 0; i < reading->facts->entity_count; i++) {
        if (reading->facts->entities[i].kind != kind)
            continue;
        TRY(read_one(reading, kind, (uint32_t)i, &records->items[records->count],
                     &own[records->count], err));
        if (records->items[records->count].sources != records->items[0].sources)
            records->one_source = false;
        records->count++;
        if (records->count % 65536 == 0)
            TRY(spil_check_stop(err));
    }
    TRY(spil_records_surround(records, reading, own, err));
    fill_places(records, reading);
    *out = records;
    records = NULL;
done:
    spil_free(own);
    spil_records_free(records);
    return rc;
}

void spil_records_free(spil_records *records)
{
    if (!records)
        return;
    spil_free(records->items);
    spil_free(records->at);
    spil_free(records->ties);
    spil_free(records->busy);
    spil_free(records->namesakes);
    spil_free(records);
}
