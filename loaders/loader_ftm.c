/* loader_ftm.c - entities of FollowTheMoney, a JSON object a line (or one array).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     {"id": "nl-1", "schema": "Company", "properties": {"name": ["Acme BV"], "addressEntity":
 * ["a-9"]}}
 *     {"id": "o-3", "schema": "Ownership", "properties": {"owner": ["p-2"], "asset": ["nl-1"]}}
 *
 * ftm.def says which schema is an entity and which a link. The id is the key. Properties of an
 * entity become attributes, those that name another entity become links. An object that
 * Spil wrote itself says more (ftm_own.h).
 */
#include "loaders/ftm_own.h"
#include "loaders/limits.h"

#include <stdio.h>
#include <string.h>

typedef struct node_rule {
    const char *schema;
    spil_entity_kind kind;
    const char *names;
} node_rule;

typedef struct edge_rule {
    const char *schema;
    spil_link_kind kind;
    const char *from, *to, *told;
} edge_rule;

typedef struct reference_rule {
    const char *property;
    spil_link_kind kind;
    bool reversed;
} reference_rule;

typedef struct ftm_load {
    spil_intake *intake;
    spil_str name, type;
    uint64_t outside; /* references to entities that are not there */
} ftm_load;

static const node_rule nodes[] = {
#define NODE(schema, kind, names) {schema, SPIL_ENTITY_##kind, names},
#include "loaders/ftm.def"
#undef NODE
};

static const edge_rule edges[] = {
#define EDGE(schema, kind, from, to, told) {schema, SPIL_LINK_##kind, from, to, told},
#include "loaders/ftm.def"
#undef EDGE
};

static const reference_rule references[] = {
#define REFERENCE(property, kind, reversed) {property, SPIL_LINK_##kind, reversed},
#include "loaders/ftm.def"
#undef REFERENCE
};

static const struct {
    const char *property, *other; /* attribute, or reason */
} renames[] =
    {
#define RENAME(property, attribute) {property, attribute},
#include "loaders/ftm.def"
#undef RENAME
},
  person_drops[] = {
#define PERSON(property, reason) {property, reason},
#include "loaders/ftm.def"
#undef PERSON
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- tables ---- */

static const node_rule *find_node(const char *schema)
{
    for (size_t i = 0; i < COUNT(nodes); i++)
        if (strcmp(nodes[i].schema, schema) == 0)
            return &nodes[i];
    return NULL;
}

static const edge_rule *find_edge(const char *schema)
{
    for (size_t i = 0; i < COUNT(edges); i++)
        if (strcmp(edges[i].schema, schema) == 0)
            return &edges[i];
    return NULL;
}

static const reference_rule *find_reference(const char *property)
{
    for (size_t i = 0; i < COUNT(references); i++)
        if (strcmp(references[i].property, property) == 0)
            return &references[i];
    return NULL;
}

static const char *attribute_name(const char *property)
{
    for (size_t i = 0; i < COUNT(renames); i++)
        if (strcmp(renames[i].property, property) == 0)
            return renames[i].other;
    return property;
}

/* The next word of a list parted by blanks; false at its end. */
static bool next_word(const char **list, char word[32])
{
    const char *const from = *list + strspn(*list, " ");
    const size_t length = strcspn(from, " ");
    if (length == 0 || length >= 32)
        return false;
    memcpy(word, from, length);
    word[length] = '\0';
    *list = from + length;
    return true;
}

/* ---- properties: a value, or an array of values ---- */

static size_t value_count(const json_t *property)
{
    return json_is_array(property) ? json_array_size(property) : property != NULL;
}

static const char *value_at(const json_t *property, size_t i, char room[32])
{
    const json_t *const value = json_is_array(property) ? json_array_get(property, i) : property;
    return value ? spil_json_plain(value, room) : "";
}

static const char *first_value(const json_t *properties, const char *name, char room[32])
{
    const json_t *const property = json_object_get(properties, name);
    for (size_t i = 0; i < value_count(property); i++) {
        const char *const text = value_at(property, i, room);
        if (*text)
            return text;
    }
    return NULL;
}

static const char *first_of(const json_t *properties, const char *list, char word[32],
                            char room[32])
{
    const char *text = NULL;
    while (!text && next_word(&list, word))
        text = first_value(properties, word, room);
    return text;
}

/* ---- nodes ---- */

/* "Jan de Boer" of firstName and lastName, "Dorpsstraat 1, Ede" of the parts of an address. */
static const char *composed_name(ftm_load *load, const node_rule *rule, const json_t *properties)
{
    static const struct {
        spil_entity_kind kind;
        const char *property, *before;
    } parts[] = {{SPIL_ENTITY_person, "firstName", ""}, {SPIL_ENTITY_person, "middleName", " "},
                 {SPIL_ENTITY_person, "lastName", " "}, {SPIL_ENTITY_address, "street", ""},
                 {SPIL_ENTITY_address, "street2", " "}, {SPIL_ENTITY_address, "postalCode", ", "},
                 {SPIL_ENTITY_address, "city", ", "}};
    char room[32];
    spil_str_clear(&load->name);
    for (size_t i = 0; i < COUNT(parts); i++) {
        const char *const text =
            parts[i].kind == rule->kind ? first_value(properties, parts[i].property, room) : NULL;
        if (!text)
            continue;
        if (load->name.length > 0)
            spil_str_add(&load->name, parts[i].before);
        spil_str_add(&load->name, text);
    }
    return load->name.length > 0 ? load->name.text : NULL;
}

static spil_status strip_person(ftm_load *load, const node_rule *rule, json_t *properties,
                                spil_pass pass, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; rule->kind == SPIL_ENTITY_person && i < COUNT(person_drops); i++)
        TRY(spil_json_drop(load->intake, properties, person_drops[i].property,
                           person_drops[i].other, true, pass, err));
done:
    return rc;
}

/* Each value that is kept as an attribute. entity 0: check alone. named, label: the property that
 * gave the name; that value is none. */
static spil_status each_attribute(ftm_load *load, const spil_row *row, json_t *properties,
                                  int64_t entity, const char *named, const char *label,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *property;
    json_t *values;
    char room[32];
    json_object_foreach(properties, property, values)
    {
        if (find_reference(property))
            continue;
        bool skipped = false, nested = false;
        for (size_t i = 0; i < value_count(values); i++) {
            const char *const text = value_at(values, i, room);
            const json_t *const value = json_is_array(values) ? json_array_get(values, i) : values;
            nested = nested || json_is_object(value) || json_is_array(value);
            if (!*text)
                continue;
            if (entity == 0) {
                if (!spil_intake_json_key(load->intake, "properties", property) ||
                    !spil_intake_json_text(load->intake, property, text))
                    goto done;
            } else if (!skipped && strcmp(property, named) == 0 && strcmp(text, label) == 0) {
                skipped = true;
            } else {
                TRY(spil_intake_add_attribute(load->intake, row, entity, attribute_name(property),
                                              text, err));
            }
        }
        if (nested && entity != 0)
            TRY(spil_intake_drop_field(load->intake, property,
                                       "a nested entity: export entities one a line", false, err));
    }
done:
    return rc;
}

static spil_status take_node(ftm_load *load, const spil_row *row, const json_t *object,
                             const node_rule *rule, const char *schema, spil_err *err)
{
    spil_status rc = SPIL_OK;
    json_t *const properties = json_object_get(object, "properties");
    char named[32] = "", room[32];
    const char *label = first_of(properties, rule->names, named, room);
    spil_new_entity entity = {
        .kind = rule->kind, .key = spil_json_string(object, "id"), .type = schema};
    int64_t id = 0;
    if (!label) {
        named[0] = '\0';
        label = composed_name(load, rule, properties);
        TRY(spil_str_status(&load->name, err));
    }
    if (!label)
        label = spil_json_string(object, "caption");
    entity.label = label;
    if (label && !spil_intake_json_text(load->intake, "name", label))
        goto done;
    TRY(each_attribute(load, row, properties, 0, named, label, err));
    if (spil_intake_complained(load->intake))
        goto done;
    TRY(spil_intake_put_entity(load->intake, row, SPIL_NO_COLUMN, entity, &id, err));
    if (id != 0)
        TRY(each_attribute(load, row, properties, id, named, label, err));
done:
    return rc;
}

/* A reference to an entity that is nowhere stays as an attribute. */
static spil_status follow(ftm_load *load, const spil_row *row, const reference_rule *rule,
                          int64_t entity, spil_entity_kind kind, const char *key, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    int64_t other = 0;
    TRY(spil_store_find_entity(intake->store, key, &other, NULL, err));
    if (other == 0) {
        load->outside++;
        TRY(spil_intake_add_attribute(intake, row, entity, rule->property, key, err));
    } else if (other != entity) {
        const bool home = kind == SPIL_ENTITY_person && rule->kind == SPIL_LINK_registered_at;
        const spil_new_link link = {.from = rule->reversed ? other : entity,
                                    .to = rule->reversed ? entity : other,
                                    .kind = home ? SPIL_LINK_lives_at : rule->kind,
                                    .type = rule->property,
                                    .weight = 1,
                                    .confidence = intake->confidence,
                                    .since = SPIL_NO_DAY,
                                    .until = SPIL_NO_DAY};
        TRY(spil_intake_add_link(intake, row, SPIL_NO_COLUMN, link, err));
    }
done:
    return rc;
}

static spil_status follow_references(ftm_load *load, const spil_row *row, const json_t *object,
                                     spil_err *err)
{
    spil_status rc = SPIL_OK;
    const json_t *const properties = json_object_get(object, "properties");
    const char *const key = spil_json_string(object, "id");
    spil_entity_kind kind = SPIL_ENTITY_other;
    int64_t entity = 0;
    char room[32];
    if (!key)
        return SPIL_OK;
    for (size_t r = 0; r < COUNT(references); r++) {
        const json_t *const values = json_object_get(properties, references[r].property);
        if (value_count(values) == 0)
            continue;
        if (entity == 0)
            TRY(spil_store_find_entity(load->intake->store, key, &entity, &kind, err));
        for (size_t i = 0; entity != 0 && i < value_count(values); i++) {
            const char *const text = value_at(values, i, room);
            if (*text && strlen(text) <= SPIL_MAX_KEY)
                TRY(follow(load, row, &references[r], entity, kind, text, err));
        }
    }
done:
    return rc;
}

/* ---- edges ---- */

static bool says_period(spil_intake *intake, const json_t *properties, spil_new_link *link)
{
    char room[32];
    const char *since = first_value(properties, "startDate", room);
    if (!spil_intake_json_day(intake, "startDate", since, &link->since))
        return false;
    if (link->since == SPIL_NO_DAY) { /* a day alone: both ends */
        const char *const day = first_value(properties, "date", room);
        if (!spil_intake_json_day(intake, "date", day, &link->since))
            return false;
        link->until = link->since;
    }
    const char *const until = first_value(properties, "endDate", room);
    if (!spil_intake_json_day(intake, "endDate", until, &link->until))
        return false;
    return spil_intake_in_order(intake, SPIL_NO_COLUMN, "endDate", link->since, link->until);
}

/* "Ownership 60 %": what is told of it stands behind the schema. */
static spil_status say_type(ftm_load *load, const edge_rule *rule, const json_t *properties,
                            spil_err *err)
{
    char word[32], room[32];
    const char *list = rule->told;
    spil_str_clear(&load->type);
    spil_str_add(&load->type, rule->schema);
    while (next_word(&list, word)) {
        const char *const text = first_value(properties, word, room);
        if (text)
            spil_str_addf(&load->type, " %.200s%s", text,
                          strcmp(word, "percentage") == 0 && !strchr(text, '%') ? " %" : "");
    }
    const spil_status rc = spil_str_status(&load->type, err);
    if (rc == SPIL_OK)
        spil_make_printable(load->type.text);
    return rc;
}

/* Its first value stands in the link itself: an end, the period, the type. */
static bool is_told(const edge_rule *rule, const json_t *properties, const char *property,
                    const char *from, const char *to)
{
    char word[32], room[32];
    const char *list = rule->told;
    while (next_word(&list, word))
        if (strcmp(word, property) == 0)
            return true;
    if (strcmp(property, "date") == 0)
        return !first_value(properties, "startDate", room);
    return strcmp(property, "startDate") == 0 || strcmp(property, "endDate") == 0 ||
           strcmp(property, from) == 0 || strcmp(property, to) == 0;
}

/* All else is said of the link: the amount of a payment. check: nothing is kept yet. */
static spil_status each_detail(ftm_load *load, const edge_rule *rule, json_t *properties,
                               const char *from, const char *to, bool check, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *property;
    json_t *values;
    char room[32];
    json_object_foreach(properties, property, values)
    {
        bool told = is_told(rule, properties, property, from, to), nested = false;
        for (size_t i = 0; i < value_count(values); i++) {
            const char *const text = value_at(values, i, room);
            const json_t *const value = json_is_array(values) ? json_array_get(values, i) : values;
            nested = nested || json_is_object(value) || json_is_array(value);
            if (!*text)
                continue;
            if (told)
                told = false;
            else if (!check)
                TRY(spil_intake_add_detail(load->intake, property, text, err));
            else if (!spil_intake_json_key(load->intake, "properties", property) ||
                     !spil_intake_json_text(load->intake, property, text))
                goto done;
        }
        if (nested && !check)
            TRY(spil_intake_drop_field(load->intake, property,
                                       "a nested entity: export entities one a line", false, err));
    }
done:
    return rc;
}

static spil_status find_end(spil_intake *intake, const char *field, const char *key, int64_t *id,
                            spil_err *err)
{
    const spil_status rc = spil_store_find_entity(intake->store, key, id, NULL, err);
    if (rc == SPIL_OK && *id == 0)
        spil_intake_complain_of(intake, field,
                                "no entity has the key '%.80s'; expected one of this file or of an "
                                "earlier one",
                                key);
    return rc;
}

static spil_status take_edge(ftm_load *load, const spil_row *row, const json_t *object,
                             const edge_rule *rule, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    json_t *const properties = json_object_get(object, "properties");
    char from_name[32] = "", to_name[32] = "", room[32], other[32];
    const char *const from = first_of(properties, rule->from, from_name, room);
    const char *const to = first_of(properties, rule->to, to_name, other);
    spil_new_link link = {.kind = rule->kind,
                          .weight = 1,
                          .confidence = intake->confidence,
                          .since = SPIL_NO_DAY,
                          .until = SPIL_NO_DAY};
    if (!spil_intake_json_key(intake, from_name, from) ||
        !spil_intake_json_key(intake, to_name, to) || !says_period(intake, properties, &link))
        goto done;
    TRY(find_end(intake, from_name, from, &link.from, err));
    TRY(find_end(intake, to_name, to, &link.to, err));
    TRY(say_type(load, rule, properties, err));
    link.type = spil_str_text(&load->type);
    if (link.from == 0 || link.to == 0)
        goto done;
    if (link.from == link.to) {
        spil_intake_complain_of(
            intake, to_name, "loop: '%.80s' is linked to itself; expected two different entities",
            to);
        goto done;
    }
    TRY(each_detail(load, rule, properties, from_name, to_name, true, err));
    if (spil_intake_complained(intake))
        goto done;
    TRY(each_detail(load, rule, properties, from_name, to_name, false, err));
    TRY(spil_intake_add_link(intake, row, SPIL_NO_COLUMN, link, err));
done:
    return rc;
}

/* ---- the file ---- */

static spil_status take_first(ftm_load *load, const spil_row *row, json_t *object,
                              const char *schema, spil_err *err)
{
    spil_intake *const intake = load->intake;
    const node_rule *const node = find_node(schema);
    const json_t *const properties = json_object_get(object, "properties");
    if (!spil_intake_json_key(intake, "id", json_string_value(json_object_get(object, "id"))))
        return SPIL_OK;
    if (properties && !json_is_object(properties)) {
        spil_intake_complain_of(intake, "properties", "%s, expected an object, { ... }",
                                spil_json_found(properties));
        return SPIL_OK;
    }
    if (node)
        return take_node(load, row, object, node, node->schema, err);
    if (!find_edge(schema))
        spil_intake_complain_of(
            intake, "schema",
            "'%.80s' is no schema that Spil takes; expected one of those in docs/loaders.md",
            schema);
    return SPIL_OK;
}

static spil_status take(spil_intake *intake, const spil_row *row, json_t *object, spil_pass pass,
                        void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    ftm_load *const load = user;
    json_t *const properties = json_object_get(object, "properties");
    const char *const schema = spil_json_string(object, "schema");
    if (!schema) {
        if (pass == SPIL_PASS_ENTITIES)
            spil_intake_complain_of(intake, "schema",
                                    "missing or empty, expected 'Person', 'Company', ...");
        return SPIL_OK;
    }
    if (json_object_get(object, "spil"))
        return spil_ftm_take_own(intake, row, object, pass, err);
    const node_rule *const node = find_node(schema);
    const edge_rule *const edge = find_edge(schema);
    if (node)
        TRY(strip_person(load, node, properties, pass, err));
    if (pass == SPIL_PASS_ENTITIES)
        TRY(take_first(load, row, object, schema, err));
    else if (node)
        TRY(follow_references(load, row, object, err));
    else if (edge && spil_json_string(object, "id") && json_is_object(properties))
        TRY(take_edge(load, row, object, edge, err));
done:
    return rc;
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    ftm_load state = {.intake = intake};
    TRY(spil_intake_each_json(intake, take, &state, err));
    if (state.outside > 0)
        spil_intake_note(intake,
                         "references to entities that are in no file: %llu, kept as attributes",
                         (unsigned long long)state.outside);
done:
    spil_str_free(&state.name);
    spil_str_free(&state.type);
    return rc;
}

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    spil_fit fit = {forced, SPIL_PHASE_ENTITIES, ""};
    json_t *const first = spil_json_head(header);
    if (first)
        fit.fits = forced || (spil_json_string(first, "schema") && spil_json_string(first, "id"));
    else if (!forced)
        (void)snprintf(fit.hint, sizeof fit.hint,
                       "expected one whole object a line, or one array (of a file over many lines, "
                       "jq -c . makes a line each); --loader NAME takes it all the same");
    json_decref(first);
    return fit;
}

const spil_loader spil_loader_ftm = {
    .name = "ftm",
    .summary = "FollowTheMoney entities, a JSON object a line",
    .shape = SPIL_SHAPE_JSON,
    .recognise = recognise,
    .load = load,
};
