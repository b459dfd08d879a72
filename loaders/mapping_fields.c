/* mapping_fields.c - see mapping_fields.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fields are read in the order of the tables below: columns and tables before the templates that
 * name them, entities before the links between them.
 */
#include "loaders/mapping_fields.h"
#include "loaders/loader.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define FIELDS(array) .fields = (array), .field_count = COUNT_OF(array)
#define FIELD(name, type, member, reader)                                                          \
    {                                                                                              \
        .key = (name), .optional = true, .read = (reader), .offset = offsetof(type, member)        \
    }
#define TEMPLATE(name, type, member) FIELD(name, type, member, spil_mapping_read_template)
#define NEEDED(name, type, member)                                                                 \
    {                                                                                              \
        .key = (name), .read = spil_mapping_read_template, .offset = offsetof(type, member)        \
    }
#define NAME_OF(name, type, member)                                                                \
    {                                                                                              \
        .key = (name), .read = spil_yaml_text, .offset = offsetof(type, member)                    \
    }
#define WHEN(type) FIELD("when", type, when, spil_mapping_read_when)
#define NESTED(name, type, member, record, is_there)                                               \
    {                                                                                              \
        .key = (name), .optional = true, .read = spil_yaml_nested, .of = &(record),                \
        .offset = offsetof(type, member), .flag = true, .flag_offset = offsetof(type, is_there)    \
    }
#define PART(record, member)                                                                       \
    offsetof(spil_mapping_entity, record.member) - offsetof(spil_mapping_entity, record)

static spil_mapping *mapping_of(spil_yaml *yaml)
{
    return spil_yaml_user(yaml);
}

/* The whole template is one text without columns; NULL: it is not. */
static const char *literal(const spil_mapping *mapping, const spil_template *template)
{
    const spil_piece *const piece = &mapping->pieces.items[template->pieces.from];
    return template->pieces.count == 1 ? piece->text : NULL;
}

/* ---- entities ---- */

#define PERSON_PART(name)                                                                          \
    {                                                                                              \
        .key = #name, .optional = true, .read = spil_mapping_read_template,                        \
        .offset = PART(person, name)                                                               \
    }
static const spil_yaml_field person_fields[] = {
    PERSON_PART(full),   PERSON_PART(given),   PERSON_PART(initials),
    PERSON_PART(prefix), PERSON_PART(surname),
};
static const spil_yaml_record person_record = {
    .what = "person", FIELDS(person_fields), .size = 0, .id_offset = SIZE_MAX};

#define ADDRESS_PART(name)                                                                         \
    {                                                                                              \
        .key = #name, .optional = true, .read = spil_mapping_read_template,                        \
        .offset = PART(address, name)                                                              \
    }
static const spil_yaml_field address_fields[] = {
    ADDRESS_PART(line),     ADDRESS_PART(street),   ADDRESS_PART(number), ADDRESS_PART(letter),
    ADDRESS_PART(addition), ADDRESS_PART(postcode), ADDRESS_PART(city),
};
static const spil_yaml_record address_record = {
    .what = "address", FIELDS(address_fields), .size = 0, .id_offset = SIZE_MAX};

static void check_entity_kind(spil_yaml *yaml, const yaml_node_t *node,
                              const spil_mapping_entity *entity)
{
    const char *names[SPIL_ENTITY_KIND_COUNT];
    const bool stated = entity->kind.pieces.count > 0;
    const char *const text = stated ? literal(mapping_of(yaml), &entity->kind) : NULL;
    spil_entity_kind kind;
    if (!stated && !entity->known)
        spil_yaml_fault(yaml, node, "entity '%.60s' lacks 'kind'", entity->as);
    for (int i = 0; i < SPIL_ENTITY_KIND_COUNT; i++)
        names[i] = spil_entity_kind_info((spil_entity_kind)i)->name;
    if (text && !spil_entity_kind_find(text, &kind))
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "kind"),
                        "'%.60s' is no kind of entity%s; there are person, company, address, "
                        "phone, email, vehicle, account, event, object, area, official, other",
                        text, spil_yaml_nearest(yaml, text, names, SPIL_ENTITY_KIND_COUNT));
}

static bool has(spil_yaml *yaml, const yaml_node_t *node, const char *key)
{
    return spil_yaml_at(yaml, node, key) != node;
}

static void check_entity(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_mapping_entity *const entity = record;
    entity->line = node->start_mark.line + 1;
    check_entity_kind(yaml, node, entity);
    if (entity->id.pieces.count == 0 && !entity->has_address)
        spil_yaml_fault(yaml, node, "entity '%.60s' lacks 'id'; an address alone can do without",
                        entity->as);
    if ((entity->name.pieces.count > 0) + entity->has_person + entity->has_address > 1)
        spil_yaml_fault(yaml, node,
                        "entity '%.60s': name, person and address each give a name; "
                        "one of them is enough",
                        entity->as);
    if (!has(yaml, node, "bsn"))
        entity->bsn = SPIL_NO_MAPPING_COLUMN;
    if (!has(yaml, node, "birth_date"))
        entity->birth_date = SPIL_NO_MAPPING_COLUMN;
    if (entity->known && (entity->attributes.count > 0 || entity->rest || entity->has_person ||
                          entity->has_address || entity->bsn >= 0 || entity->birth_date >= 0))
        spil_yaml_fault(yaml, node,
                        "entity '%.60s' is known already: it has as, id, when, "
                        "optional and split alone",
                        entity->as);
}

static const spil_yaml_field entity_fields[] = {
    NAME_OF("as", spil_mapping_entity, as),
    TEMPLATE("kind", spil_mapping_entity, kind),
    TEMPLATE("id", spil_mapping_entity, id),
    TEMPLATE("name", spil_mapping_entity, name),
    TEMPLATE("type", spil_mapping_entity, type),
    NESTED("person", spil_mapping_entity, person, person_record, has_person),
    NESTED("address", spil_mapping_entity, address, address_record, has_address),
    FIELD("split", spil_mapping_entity, split, spil_mapping_read_split),
    FIELD("attributes", spil_mapping_entity, attributes, spil_mapping_read_attributes),
    FIELD("bsn", spil_mapping_entity, bsn, spil_mapping_read_secret),
    FIELD("birth_date", spil_mapping_entity, birth_date, spil_mapping_read_secret),
    WHEN(spil_mapping_entity),
    FIELD("optional", spil_mapping_entity, optional, spil_yaml_bool),
    FIELD("known", spil_mapping_entity, known, spil_yaml_bool),
    FIELD("rest", spil_mapping_entity, rest, spil_yaml_bool),
};
static const spil_yaml_record entity_record = {.what = "entity",
                                               FIELDS(entity_fields),
                                               .size = sizeof(spil_mapping_entity),
                                               .id_offset = offsetof(spil_mapping_entity, as),
                                               .check = check_entity};

/* ---- links, roles, signals ---- */

static bool find_entity(spil_yaml *yaml, const yaml_node_t *node, const char *key, const char *name,
                        size_t *out)
{
    const spil_mapping *const mapping = mapping_of(yaml);
    const char *names[64];
    size_t count = 0;
    for (; count < mapping->entity_count && count < 64 && mapping->entities[count].as; count++) {
        names[count] = mapping->entities[count].as;
        if (strcmp(names[count], name) == 0) {
            *out = count;
            return true;
        }
    }
    spil_yaml_fault(yaml, spil_yaml_at(yaml, node, key),
                    "no entity of this file is called '%.60s'%s", name,
                    spil_yaml_nearest(yaml, name, names, count));
    return false;
}

static void check_link(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_mapping_link *const link = record;
    const spil_mapping *const mapping = mapping_of(yaml);
    const char *const text = literal(mapping, &link->kind);
    const char *names[SPIL_LINK_KIND_COUNT];
    spil_link_kind kind;
    link->line = node->start_mark.line + 1;
    for (int i = 0; i < SPIL_LINK_KIND_COUNT; i++)
        names[i] = spil_link_kind_info((spil_link_kind)i)->name;
    if (text && !spil_link_kind_find(text, &kind))
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "kind"), "'%.60s' is no kind of link%s",
                        text, spil_yaml_nearest(yaml, text, names, SPIL_LINK_KIND_COUNT));
    if (!find_entity(yaml, node, "from", link->from_name, &link->from) ||
        !find_entity(yaml, node, "to", link->to_name, &link->to))
        return;
    if (link->from == link->to && !mapping->entities[link->from].has_split)
        spil_yaml_fault(yaml, node,
                        "'%.60s' is linked to itself; that needs an entity with a "
                        "split, of which each pair is linked",
                        link->from_name);
}

static void check_role(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_mapping_role *const role = record;
    role->line = node->start_mark.line + 1;
    (void)find_entity(yaml, node, "entity", role->entity_name, &role->entity);
}

static void check_signal(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_mapping_signal *const signal = record;
    signal->line = node->start_mark.line + 1;
    (void)find_entity(yaml, node, "entity", signal->entity_name, &signal->entity);
}

static const spil_yaml_field link_fields[] = {
    NAME_OF("from", spil_mapping_link, from_name),
    NAME_OF("to", spil_mapping_link, to_name),
    NEEDED("kind", spil_mapping_link, kind),
    TEMPLATE("type", spil_mapping_link, type),
    TEMPLATE("weight", spil_mapping_link, weight),
    TEMPLATE("confidence", spil_mapping_link, confidence),
    TEMPLATE("grade", spil_mapping_link, grade),
    TEMPLATE("since", spil_mapping_link, since),
    TEMPLATE("until", spil_mapping_link, until),
    FIELD("attributes", spil_mapping_link, attributes, spil_mapping_read_attributes),
    FIELD("repeats", spil_mapping_link, repeats, spil_yaml_bool),
    WHEN(spil_mapping_link),
};
static const spil_yaml_record link_record = {.what = "link",
                                             FIELDS(link_fields),
                                             .size = sizeof(spil_mapping_link),
                                             .id_offset = SIZE_MAX,
                                             .check = check_link};

static const spil_yaml_field role_fields[] = {
    NAME_OF("entity", spil_mapping_role, entity_name),
    NEEDED("model", spil_mapping_role, model),
    NEEDED("step", spil_mapping_role, step),
    NEEDED("role", spil_mapping_role, role),
    TEMPLATE("confidence", spil_mapping_role, confidence),
    TEMPLATE("grade", spil_mapping_role, grade),
    WHEN(spil_mapping_role),
};
static const spil_yaml_record role_record = {.what = "role",
                                             FIELDS(role_fields),
                                             .size = sizeof(spil_mapping_role),
                                             .id_offset = SIZE_MAX,
                                             .check = check_role};

static const spil_yaml_field signal_fields[] = {
    NAME_OF("entity", spil_mapping_signal, entity_name),
    NEEDED("code", spil_mapping_signal, code),
    TEMPLATE("strength", spil_mapping_signal, strength),
    TEMPLATE("date", spil_mapping_signal, date),
    TEMPLATE("confidence", spil_mapping_signal, confidence),
    TEMPLATE("grade", spil_mapping_signal, grade),
    WHEN(spil_mapping_signal),
};
static const spil_yaml_record signal_record = {.what = "signal",
                                               FIELDS(signal_fields),
                                               .size = sizeof(spil_mapping_signal),
                                               .id_offset = SIZE_MAX,
                                               .check = check_signal};

/* ---- the file ---- */

static const spil_yaml_field source_fields[] = {
    FIELD("grade", spil_mapping_source, grade, spil_yaml_text),
    FIELD("owner", spil_mapping_source, owner, spil_yaml_text),
    FIELD("basis", spil_mapping_source, basis, spil_yaml_text),
    FIELD("purpose", spil_mapping_source, purpose, spil_yaml_text),
    FIELD("keep_until", spil_mapping_source, keep_text, spil_yaml_text),
};

static void check_source(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_mapping_source *const source = record;
    double confidence;
    spil_err why = SPIL_ERR_INIT;
    source->keep_until = SPIL_NO_DAY;
    if (source->keep_text && !spil_parse_day(source->keep_text, &source->keep_until))
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "keep_until"),
                        "'%.60s' is no date such as 2029-12-31", source->keep_text);
    if (source->grade && spil_grade_confidence(source->grade, &confidence, &why) != SPIL_OK)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "grade"), "%s", why.msg);
}

static const spil_yaml_record source_record = {.what = "source",
                                               FIELDS(source_fields),
                                               .size = sizeof(spil_mapping_source),
                                               .id_offset = SIZE_MAX,
                                               .check = check_source};

static const spil_yaml_field dates_fields[] = {
    FIELD("order", spil_day_form, order, spil_mapping_read_order),
    {.key = "pivot",
     .optional = true,
     .read = spil_yaml_count,
     .low = 0,
     .high = 100,
     .offset = offsetof(spil_day_form, pivot)},
};
static const spil_yaml_record dates_record = {.what = "block of dates",
                                              FIELDS(dates_fields),
                                              .size = sizeof(spil_day_form),
                                              .id_offset = SIZE_MAX};

#define LIST(name, record, member, number, limit)                                                  \
    {                                                                                              \
        .key = (name), .optional = true, .read = spil_yaml_list, .of = &(record),                  \
        .offset = offsetof(spil_mapping, member), .count_offset = offsetof(spil_mapping, number),  \
        .most = (limit)                                                                            \
    }

static void check_file(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    const spil_mapping *const mapping = record;
    const bool lists = mapping->entity_count || mapping->link_count || mapping->role_count ||
                       mapping->signal_count;
    if (mapping->kind && lists)
        spil_yaml_fault(yaml, node,
                        "'kind' is for a file of one table; it does not go with "
                        "entities, links, roles and signals");
    else if (mapping->kind && mapping->columns.count == 0)
        spil_yaml_fault(yaml, node, "this mapping lacks 'columns'");
    else if (!mapping->kind && !lists)
        spil_yaml_fault(yaml, node,
                        "this mapping makes nothing: it lacks 'entities' (or 'kind', "
                        "for a file of one table)");
    else if (!mapping->kind && mapping->constants.count > 0)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "constants"),
                        "'constants' go with 'kind'; elsewhere write the text itself");
}

static const spil_yaml_field mapping_fields[] = {
    FIELD("about", spil_mapping, about, spil_yaml_text),
    FIELD("kind", spil_mapping, kind, spil_mapping_read_kind),
    {.key = "source",
     .optional = true,
     .read = spil_yaml_nested,
     .of = &source_record,
     .offset = offsetof(spil_mapping, source)},
    {.key = "dates",
     .optional = true,
     .read = spil_yaml_nested,
     .of = &dates_record,
     .offset = offsetof(spil_mapping, dates)},
    FIELD("decimal", spil_mapping, decimal, spil_mapping_read_decimal),
    FIELD("columns", spil_mapping, columns, spil_mapping_read_columns),
    FIELD("optional", spil_mapping, columns, spil_mapping_read_optional),
    FIELD("constants", spil_mapping, constants, spil_mapping_read_constants),
    FIELD("tables", spil_mapping, tables, spil_mapping_read_tables),
    WHEN(spil_mapping),
    LIST("entities", entity_record, entities, entity_count, 64),
    LIST("links", link_record, links, link_count, 256),
    LIST("roles", role_record, roles, role_count, 256),
    LIST("signals", signal_record, signals, signal_count, 256),
};

const spil_yaml_record spil_mapping_shape = {.what = "mapping",
                                             FIELDS(mapping_fields),
                                             .size = sizeof(spil_mapping),
                                             .id_offset = SIZE_MAX,
                                             .check = check_file};
