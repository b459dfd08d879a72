/* mapped_entity.c - see mapped_inside.h: one entity of a row, with its name and attributes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/dutch.h"
#include "loaders/mapped_inside.h"
#include "loaders/person_name.h"

#include <stdio.h>
#include <string.h>

/* ---- attributes ---- */

static spil_status add_attribute(spil_mapped *m, const char *name, size_t value, spil_err *err)
{
    const spil_made_attribute attribute = {name, value};
    return value == SPIL_NO_TEXT ? SPIL_OK : VEC_PUSH(m->made.attributes, attribute, err);
}

static spil_status add_text(spil_mapped *m, const char *name, const char *value, spil_err *err)
{
    return add_attribute(m, name, spil_mapped_put(m, value), err);
}

spil_status spil_mapped_attributes(spil_mapped *m, spil_range attributes, bool *good, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < attributes.count && *good; i++) {
        const spil_mapping_attribute *const a = &m->mapping->attributes.items[attributes.from + i];
        size_t value;
        *good = spil_mapped_text(m, &a->value, false, &value);
        if (*good)
            TRY(add_attribute(m, a->name, value, err));
    }
done:
    return rc;
}

static spil_status add_rest(spil_mapped *m, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < m->intake->header.count; i++)
        if (m->rest[i])
            TRY(add_text(m, m->rest[i], row->fields[i], err));
done:
    return rc;
}

/* The keyed hash of a number or date, where there is a key. */
static spil_status add_hash(spil_mapped *m, int column, spil_hash_kind kind, spil_err *err)
{
    char hash[SPIL_SECRET_HASH];
    if (column == SPIL_NO_MAPPING_COLUMN ||
        !spil_intake_hash(m->intake, kind, m->values[column], &m->mapping->dates, m->line, hash))
        return SPIL_OK;
    return add_text(m, spil_hash_attribute(kind), hash, err);
}

/* ---- persons ---- */

static bool read_template(spil_mapped *m, const spil_template *t, const char **out)
{
    size_t at = SPIL_NO_TEXT;
    if (!spil_mapped_text(m, t, false, &at))
        return false;
    *out = spil_made_text(&m->made, at);
    return true;
}

/* The offsets first, since made.text moves while it grows. */
static bool read_name(spil_mapped *m, const spil_mapping_entity *spec, spil_person_name *name)
{
    const spil_template *const templates[] = {&spec->person.full, &spec->person.given,
                                              &spec->person.initials, &spec->person.prefix,
                                              &spec->person.surname};
    size_t at[5];
    for (size_t i = 0; i < 5; i++)
        if (!spil_mapped_text(m, templates[i], false, &at[i]))
            return false;
    const spil_name_parts parts = {
        .full = spil_made_text(&m->made, at[0]),
        .given = spil_made_text(&m->made, at[1]),
        .initials = spil_made_text(&m->made, at[2]),
        .prefix = spil_made_text(&m->made, at[3]),
        .surname = spil_made_text(&m->made, at[4]),
    };
    if (spil_person_name_read(&parts, name))
        return true;
    const spil_template *const where = parts.full      ? &spec->person.full
                                       : parts.surname ? &spec->person.surname
                                                       : &spec->person.given;
    spil_intake_complain(
        m->intake, spil_mapped_column_of(m, where),
        "a name of more parts or letters than a person has; expected that of one person");
    return false;
}

static spil_status make_person(spil_mapped *m, const spil_mapping_entity *spec,
                               spil_made_entity *entity, bool *good, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_person_name name;
    char text[4 * SPIL_NAME_ROOM];
    *good = read_name(m, spec, &name);
    if (!*good)
        return SPIL_OK;
    spil_person_name_text(&name, text);
    entity->label = spil_mapped_put(m, text);
    TRY(add_text(m, "first_names", name.given, err));
    TRY(add_text(m, "initials", name.initials, err));
    TRY(add_text(m, "surname_prefix", name.prefix, err));
    TRY(add_text(m, "surname", name.surname, err));
done:
    return rc;
}

/* ---- addresses ---- */

typedef struct address {
    char street[128], number[16], letter[8], addition[40], postcode[32], city[96];
} address;

static bool copy(char *out, size_t room, const char *text)
{
    return !text || (size_t)snprintf(out, room, "%s", text) < room;
}

/* What is no Dutch postcode stays as it is, in capitals without blanks. */
static void tidy_postcode(char postcode[32])
{
    char code[8];
    size_t to = 0;
    if (spil_dutch_postcode(postcode, code)) {
        memcpy(postcode, code, sizeof code);
        return;
    }
    for (const char *at = postcode; *at; at++)
        if (*at != ' ')
            postcode[to++] = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    postcode[to] = '\0';
}

/* Number, letter and addition, from columns of their own or from one; a number of another kind
 * stays as it is. */
static bool read_house_number(const char *number, const char *letter, const char *addition,
                              address *out)
{
    char whole[128];
    spil_house_number parts;
    if (!number)
        return true;
    const int length =
        snprintf(whole, sizeof whole, "%s%s%s%s%s", number, letter ? " " : "", letter ? letter : "",
                 addition ? "-" : "", addition ? addition : "");
    if (length < 0 || (size_t)length >= sizeof whole)
        return false;
    if (!spil_dutch_house_number(whole, &parts))
        return copy(out->number, sizeof out->number, number) &&
               copy(out->letter, sizeof out->letter, letter) &&
               copy(out->addition, sizeof out->addition, addition);
    memcpy(out->number, parts.number, sizeof parts.number);
    memcpy(out->letter, parts.letter, sizeof parts.letter);
    memcpy(out->addition, parts.addition, sizeof parts.addition);
    return true;
}

enum { LINE, STREET, NUMBER, LETTER, ADDITION, POSTCODE, CITY, PARTS };

/* Columns of their own go before what the whole line says. */
static bool join_parts(const char *const texts[PARTS], address *out)
{
    spil_address_line line = {"", "", "", ""};
    if (texts[LINE] && !spil_dutch_address_line(texts[LINE], &line) &&
        !copy(line.street, sizeof line.street, texts[LINE]))
        return false;
    const char *const number = texts[NUMBER] ? texts[NUMBER] : line.number[0] ? line.number : NULL;
    if (!copy(out->street, sizeof out->street, texts[STREET] ? texts[STREET] : line.street) ||
        !copy(out->city, sizeof out->city, texts[CITY] ? texts[CITY] : line.city) ||
        !copy(out->postcode, sizeof out->postcode,
              texts[POSTCODE] ? texts[POSTCODE] : line.postcode) ||
        !read_house_number(number, texts[LETTER], texts[ADDITION], out))
        return false;
    tidy_postcode(out->postcode);
    return true;
}

static bool read_address(spil_mapped *m, const spil_mapping_entity *spec, address *out)
{
    const spil_template *const templates[PARTS] = {&spec->address.line,     &spec->address.street,
                                                   &spec->address.number,   &spec->address.letter,
                                                   &spec->address.addition, &spec->address.postcode,
                                                   &spec->address.city};
    size_t at[PARTS];
    const char *texts[PARTS];
    for (size_t i = 0; i < PARTS; i++)
        if (!spil_mapped_text(m, templates[i], false, &at[i]))
            return false;
    for (size_t i = 0; i < PARTS; i++)
        texts[i] = spil_made_text(&m->made, at[i]);
    if (join_parts(texts, out))
        return true;
    for (size_t i = 0; i < PARTS; i++)
        if (texts[i]) {
            spil_intake_complain(
                m->intake, spil_mapped_column_of(m, templates[i]),
                "an address whose parts are longer than addresses are; expected that of one "
                "place");
            break;
        }
    return false;
}

/* "12A-2", or "". */
static void number_text(const address *a, char *out, size_t room)
{
    (void)snprintf(out, room, "%s%s%s%s", a->number, a->letter, a->addition[0] ? "-" : "",
                   a->addition);
}

/* "Dorpsstraat 12A-2, Ede", or the postcode where there is no street. */
static void label_text(const address *a, char *out, size_t room)
{
    char number[80];
    number_text(a, number, sizeof number);
    const char *const head = a->street[0] ? a->street : a->postcode;
    (void)snprintf(out, room, "%s%s%s%s%s", head, head[0] && number[0] ? " " : "", number,
                   a->city[0] && (head[0] || number[0]) ? ", " : "", a->city);
}

/* The same address from any source: "adr:1234AB:12A-2", or without a postcode
 * "adr:ede:dorpsstraat:12". SPIL_NO_TEXT when that does not tell it from others. */
static size_t address_key(spil_mapped *m, const address *a)
{
    static const spil_step letters = {.kind = SPIL_STEP_letters};
    char number[80];
    number_text(a, number, sizeof number);
    if (a->number[0] == '\0' || (a->postcode[0] == '\0' && (!a->street[0] || !a->city[0])))
        return SPIL_NO_TEXT;
    spil_str *const city = &m->work[0], *const street = &m->work[1];
    spil_str_clear(city);
    spil_str_clear(street);
    if (a->postcode[0] == '\0' &&
        (!spil_mapped_step(m, &letters, SPIL_NO_COLUMN, a->city, city) ||
         !spil_mapped_step(m, &letters, SPIL_NO_COLUMN, a->street, street)))
        return SPIL_NO_TEXT;
    char key[400];
    (void)snprintf(key, sizeof key, a->postcode[0] ? "adr:%s%s%s:%s" : "adr:%s%s%s:%s",
                   a->postcode[0] ? a->postcode : spil_str_text(city), a->postcode[0] ? "" : ":",
                   a->postcode[0] ? "" : spil_str_text(street), number);
    return spil_mapped_put(m, key);
}

static spil_status make_address(spil_mapped *m, const spil_mapping_entity *spec,
                                spil_made_entity *entity, bool *good, spil_err *err)
{
    spil_status rc = SPIL_OK;
    address a = {0};
    char label[400];
    *good = read_address(m, spec, &a);
    if (!*good)
        return SPIL_OK;
    label_text(&a, label, sizeof label);
    entity->label = spil_mapped_put(m, label);
    if (spec->id.pieces.count == 0)
        entity->key = address_key(m, &a);
    TRY(add_text(m, "street", a.street, err));
    TRY(add_text(m, "number", a.number, err));
    TRY(add_text(m, "letter", a.letter, err));
    TRY(add_text(m, "addition", a.addition, err));
    TRY(add_text(m, "postcode", a.postcode, err));
    TRY(add_text(m, "city", a.city, err));
done:
    return rc;
}

/* ---- entities ---- */

static bool read_kind(spil_mapped *m, const spil_template *t, spil_entity_kind *kind)
{
    const char *word = NULL;
    *kind = SPIL_ENTITY_other;
    if (t->pieces.count == 0)
        return true;
    if (!read_template(m, t, &word))
        return false;
    return spil_intake_entity_kind(m->intake, spil_mapped_column_of(m, t), NULL, word ? word : "",
                                   kind);
}

/* Without an id there is no entity, or the row is bad. */
static bool without_id(spil_mapped *m, const spil_mapping_entity *spec, spil_made_entity *entity)
{
    entity->there = false;
    if (spec->optional)
        return true;
    if (spec->id.pieces.count > 0)
        spil_intake_complain(m->intake, entity->column, "empty, expected a value");
    else
        spil_intake_complain(m->intake, entity->column,
                             "not enough of an address: expected a house number, and a postcode "
                             "or a street and a city");
    return false;
}

static spil_status fill(spil_mapped *m, const spil_mapping_entity *spec, const spil_row *row,
                        spil_made_entity *entity, bool *good, spil_err *err)
{
    spil_status rc = SPIL_OK;
    entity->attributes.from = m->made.attributes.count;
    *good = spil_mapped_key(m, &spec->id, &entity->key) && read_kind(m, &spec->kind, &entity->kind);
    if (*good && entity->key == SPIL_NO_TEXT && spec->id.pieces.count > 0) {
        *good = without_id(m, spec, entity);
        goto done;
    }
    if (*good && spec->has_address)
        TRY(make_address(m, spec, entity, good, err));
    if (*good && entity->key == SPIL_NO_TEXT) {
        *good = without_id(m, spec, entity);
        m->made.attributes.count = entity->attributes.from;
        goto done;
    }
    if (*good && spec->has_person)
        TRY(make_person(m, spec, entity, good, err));
    if (*good && spec->name.pieces.count > 0)
        *good = spil_mapped_text(m, &spec->name, false, &entity->label);
    if (*good)
        *good = spil_mapped_text(m, &spec->type, false, &entity->type);
    if (*good)
        TRY(spil_mapped_attributes(m, spec->attributes, good, err));
    if (*good && spec->rest)
        TRY(add_rest(m, row, err));
    if (*good) {
        TRY(add_hash(m, spec->bsn, SPIL_HASH_BSN, err));
        TRY(add_hash(m, spec->birth_date, SPIL_HASH_BIRTH, err));
    }
    entity->attributes.count = m->made.attributes.count - entity->attributes.from;
done:
    return rc;
}

spil_status spil_mapped_entity(spil_mapped *m, size_t spec_index, const spil_row *row, bool *good,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_mapping_entity *const spec = &m->mapping->entities[spec_index];
    spil_made_entity entity = {.spec = spec_index,
                               .there = spil_mapped_holds(m, spec->when),
                               .key = SPIL_NO_TEXT,
                               .label = SPIL_NO_TEXT,
                               .type = SPIL_NO_TEXT};
    const spil_template *const where = spec->id.pieces.count > 0 ? &spec->id
                                       : spec->address.number.pieces.count > 0
                                           ? &spec->address.number
                                           : &spec->address.line;
    entity.column = spil_mapped_column_of(m, where);
    *good = true;
    if (entity.there)
        TRY(fill(m, spec, row, &entity, good, err));
    if (*good)
        rc = VEC_PUSH(m->made.entities, entity, err);
done:
    return rc;
}
