/* loader_neo4j.c - CSV as `neo4j-admin database import` takes it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     nodes           :ID  name  latitude:double  tags:string[]  :LABEL
 *     relationships   :START_ID  :END_ID  weight:double  :TYPE
 *
 * A key has its id space before it (`:ID(Person)` and 12 give "Person:12"). neo4j_kinds.def turns
 * labels and types into our kinds; other columns of nodes are attributes. Of relationships the
 * columns weight, confidence, since and until are taken. In files of `spil export` (known by their
 * column spil_type) the column name alone is the name, spil_type the source's own
 * word, "attribute X" the attribute X, and other columns spil_... are passed over.
 */
#include "loaders/column_name.h"
#include "loaders/intake.h"
#include "loaders/limits.h"
#include "loaders/traits.h"
#include "loaders/value.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef enum column_role { PROPERTY, ID, LABEL, TYPE, START, END, IGNORED } column_role;
typedef enum value_check { AS_TEXT, AS_INTEGER, AS_NUMBER, AS_TRUTH, AS_DAY } value_check;

/* One column: "personId:ID(Person)" is {ID, name "personId", space "Person"}. */
typedef struct neo4j_column {
    column_role role;
    value_check check;
    bool array;
    const char *name, *space;
} neo4j_column;

typedef struct node_rule {
    const char *label;
    spil_entity_kind kind;
    const char *columns;
} node_rule;

enum { MOST_NAME_COLUMNS = 8 };

typedef struct neo4j_load {
    spil_intake *intake;
    neo4j_column *columns;
    size_t count;
    int id, label, type, start, end, weight, confidence, since, until;
    bool own;     /* written by spil export */
    int own_type; /* its column with the source's own word */
    spil_str from_key, to_key, name, last_label, element;
    /* of last_label: */
    spil_entity_kind kind;
    int name_columns[MOST_NAME_COLUMNS];
    size_t name_count;
} neo4j_load;

/* ---- header ---- */

static const struct {
    const char *word;
    column_role role;
    value_check check;
} words[] = {
    {"ID", ID, AS_TEXT},
    {"LABEL", LABEL, AS_TEXT},
    {"TYPE", TYPE, AS_TEXT},
    {"START_ID", START, AS_TEXT},
    {"END_ID", END, AS_TEXT},
    {"IGNORE", IGNORED, AS_TEXT},
    {"int", PROPERTY, AS_INTEGER},
    {"integer", PROPERTY, AS_INTEGER},
    {"long", PROPERTY, AS_INTEGER},
    {"short", PROPERTY, AS_INTEGER},
    {"byte", PROPERTY, AS_INTEGER},
    {"float", PROPERTY, AS_NUMBER},
    {"double", PROPERTY, AS_NUMBER},
    {"boolean", PROPERTY, AS_TRUTH},
    {"date", PROPERTY, AS_DAY},
    {"string", PROPERTY, AS_TEXT},
    {"char", PROPERTY, AS_TEXT},
    {"point", PROPERTY, AS_TEXT},
    {"time", PROPERTY, AS_TEXT},
    {"localtime", PROPERTY, AS_TEXT},
    {"datetime", PROPERTY, AS_TEXT},
    {"localdatetime", PROPERTY, AS_TEXT},
    {"duration", PROPERTY, AS_TEXT},
};

/* The part behind the last ':' that is not within braces or brackets; NULL when there is none. */
static const char *type_part(const char *header)
{
    const size_t length = strcspn(header, "{(");
    for (size_t i = length; i > 0; i--)
        if (header[i - 1] == ':')
            return header + i;
    return NULL;
}

static bool is_role(const char *header, const char *word)
{
    const char *const part = type_part(header);
    const size_t length = strlen(word);
    return part && strncasecmp(part, word, length) == 0 && strchr("({", part[length]) != NULL;
}

static bool has_role(const spil_header *header, const char *word)
{
    for (size_t i = 0; i < header->count; i++)
        if (is_role(header->names[i], word))
            return true;
    return false;
}

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    spil_fit fit = {false, SPIL_PHASE_ENTITIES, ""};
    const bool start = has_role(header, "START_ID"), end = has_role(header, "END_ID");
    fit.fits = has_role(header, "ID") || (start && end);
    if (start || end)
        fit.phase = SPIL_PHASE_LINKS;
    if (!fit.fits && (start || end))
        (void)snprintf(fit.hint, sizeof fit.hint,
                       "it looks like neo4j relationships, but column ':%s' is missing",
                       start ? "END_ID" : "START_ID");
    else if (!fit.fits && (forced || has_role(header, "LABEL") || has_role(header, "TYPE")))
        (void)snprintf(fit.hint, sizeof fit.hint,
                       "neo4j nodes need a column ':ID', relationships ':START_ID' and ':END_ID'");
    return fit;
}

/* What stands between brackets: ":ID(Person)"; "" when nothing does. */
static spil_status read_space(neo4j_load *load, const char *part, neo4j_column *column,
                              spil_err *err)
{
    const char *const open = strchr(part, '(');
    const char *const from = open ? open + 1 : part + strlen(part);
    return spil_arena_text(load->intake->arena, &column->space, from, strcspn(from, "){"), err);
}

static spil_status read_column(neo4j_load *load, size_t index, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_header *const header = &load->intake->header;
    const char *const text = header->names[index], *const part = type_part(text);
    neo4j_column *const column = &load->columns[index];
    const size_t name_length = part ? (size_t)(part - text) - 1 : strlen(text);
    TRY(spil_arena_text(load->intake->arena, &column->name, text, name_length, err));
    if (!part)
        goto done;
    size_t length = strcspn(part, "({");
    column->array = length > 2 && memcmp(part + length - 2, "[]", 2) == 0;
    length -= column->array ? 2 : 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == length && strncasecmp(part, words[i].word, length) == 0) {
            column->role = words[i].role;
            column->check = words[i].check;
            rc = read_space(load, part, column, err);
            goto done;
        }
    rc = spil_fail(err, SPIL_INPUT, "%s:%llu: column '%.80s': '%.*s' is no type that Spil knows",
                   header->path, (unsigned long long)header->line, text, (int)length, part);
done:
    return rc;
}

static int *place_of(neo4j_load *load, column_role role)
{
    switch (role) {
    case ID:
        return &load->id;
    case LABEL:
        return &load->label;
    case TYPE:
        return &load->type;
    case START:
        return &load->start;
    case END:
        return &load->end;
    case PROPERTY:
    case IGNORED:
        break;
    }
    return NULL;
}

static spil_status place_column(neo4j_load *load, size_t index, spil_err *err)
{
    const spil_header *const header = &load->intake->header;
    const spil_column *const column = &load->intake->columns[index];
    int *const place = place_of(load, load->columns[index].role);
    if (!place)
        return SPIL_OK;
    if (*place != SPIL_NO_COLUMN)
        return spil_fail(
            err, SPIL_INPUT, "%s:%llu: columns '%.80s' and '%.80s' are the same, expected one",
            header->path, (unsigned long long)header->line, header->names[*place], column->name);
    if (column->drop)
        return spil_fail(err, SPIL_INPUT,
                         "%s:%llu: column '%.80s' cannot be a key: it is %s; export another id",
                         header->path, (unsigned long long)header->line, column->name,
                         spil_trait_of_column(column->name)->what);
    *place = (int)index;
    return SPIL_OK;
}

static int find_property(const neo4j_load *load, const char *name)
{
    for (size_t i = 0; i < load->count; i++)
        if (!load->intake->columns[i].drop && load->columns[i].role != IGNORED &&
            spil_column_name_equal(load->columns[i].name, name))
            return (int)i;
    return SPIL_NO_COLUMN;
}

/* ---- values ---- */

static bool is_integer(const char *text)
{
    const char *const digits = text + (*text == '-' || *text == '+');
    return *digits && digits[strspn(digits, "0123456789")] == '\0';
}

static bool passes(value_check check, const char *text)
{
    double number;
    spil_day day;
    switch (check) {
    case AS_INTEGER:
        return is_integer(text);
    case AS_NUMBER:
        return spil_value_number(text, false, &number);
    case AS_TRUTH:
        return strcasecmp(text, "true") == 0 || strcasecmp(text, "false") == 0;
    case AS_DAY:
        return spil_value_day(text, &day);
    case AS_TEXT:
        break;
    }
    return true;
}

static const char *expectation(value_check check)
{
    static const char *const texts[] = {[AS_TEXT] = "a text",
                                        [AS_INTEGER] = "a whole number",
                                        [AS_NUMBER] = "a number",
                                        [AS_TRUTH] = "true or false",
                                        [AS_DAY] = ("a date such as " SPIL_VALUE_DAY_FORMS)};
    return texts[check];
}

/* ---- files of spil export ---- */

static const char own_prefix[] = "spil_", own_attribute[] = "attribute ";

/* It is no attribute. */
static bool is_own_column(const char *name)
{
    return strcmp(name, "name") == 0 || strncmp(name, own_prefix, strlen(own_prefix)) == 0;
}

static const char *attribute_name(const neo4j_load *load, const neo4j_column *column)
{
    const size_t length = strlen(own_attribute);
    const bool prefixed = load->own && strncmp(column->name, own_attribute, length) == 0;
    return prefixed ? column->name + length : column->name;
}

/* Calls take for the value, or for each element of an array (parted by ';'). take NULL: check
 * alone. */
static spil_status each_value(neo4j_load *load, const spil_row *row, size_t index, int64_t entity,
                              bool check_only, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const neo4j_column *const column = &load->columns[index];
    for (const char *at = row->fields[index]; *at;) {
        const size_t length = column->array ? strcspn(at, ";") : strlen(at);
        spil_str_clear(&load->element);
        spil_str_add_n(&load->element, at, length);
        TRY(spil_str_status(&load->element, err));
        const char *const text = spil_str_text(&load->element);
        if (length > 0 && check_only && !passes(column->check, text)) {
            spil_intake_complain(load->intake, (int)index, "'%.80s' found, expected %s", text,
                                 expectation(column->check));
            break;
        }
        if (length > 0 && !check_only)
            TRY(spil_intake_add_attribute(load->intake, row, entity, attribute_name(load, column),
                                          text, err));
        at += length + (at[length] == ';');
    }
done:
    return rc;
}

static spil_status each_property(neo4j_load *load, const spil_row *row, int64_t entity,
                                 bool check_only, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < load->count; i++) {
        const neo4j_column *const column = &load->columns[i];
        if ((column->role == PROPERTY || column->role == ID) && column->name[0] != '\0' &&
            !(load->own && is_own_column(column->name)))
            TRY(each_value(load, row, i, entity, check_only, err));
    }
done:
    return rc;
}

/* "space:id", or the id where the column has no space. */
static bool read_key(neo4j_load *load, const spil_row *row, int column, spil_str *key,
                     const char **out)
{
    if (!spil_intake_key(load->intake, row, column, out))
        return false;
    const char *const space = load->columns[column].space;
    if (space[0] == '\0')
        return true;
    spil_str_clear(key);
    spil_str_addf(key, "%s:%s", space, *out);
    *out = spil_str_text(key);
    if (key->length > SPIL_MAX_KEY)
        spil_intake_complain(load->intake, column,
                             "%zu bytes with its id space, more than the limit of %d for a key",
                             key->length, SPIL_MAX_KEY);
    return key->length <= SPIL_MAX_KEY;
}

/* ---- nodes ---- */

static const node_rule node_rules[] = {
#define NODE(label, kind, columns) {label, SPIL_ENTITY_##kind, columns},
#include "loaders/neo4j_kinds.def"
#undef NODE
};

/* The rule of the first label of "A;B" that has one. */
static const node_rule *find_rule(const char *labels)
{
    for (const char *at = labels; *at;) {
        const size_t length = strcspn(at, ";");
        for (size_t i = 0; i < sizeof node_rules / sizeof *node_rules; i++)
            if (strlen(node_rules[i].label) == length &&
                strncasecmp(node_rules[i].label, at, length) == 0)
                return &node_rules[i];
        at += length + (at[length] == ';');
    }
    return NULL;
}

/* The columns of a list parted by blanks that this file has. */
static void find_name_columns(neo4j_load *load, const char *list, size_t most)
{
    char word[32];
    load->name_count = 0;
    for (const char *at = list; *at && load->name_count < most;) {
        const size_t length = strcspn(at, " ");
        (void)snprintf(word, sizeof word, "%.*s", (int)length, at);
        const int column = find_property(load, word);
        if (column != SPIL_NO_COLUMN)
            load->name_columns[load->name_count++] = column;
        at += length + (at[length] == ' ');
    }
}

/* Rows with one label follow each other: the rule is looked up when the label changes. */
static spil_status use_label(neo4j_load *load, const char *labels, spil_err *err)
{
    if (load->last_label.text && strcmp(load->last_label.text, labels) == 0)
        return SPIL_OK;
    spil_str_clear(&load->last_label);
    spil_str_add(&load->last_label, labels);
    const node_rule *const rule = find_rule(labels);
    load->kind = rule ? rule->kind : SPIL_ENTITY_other;
    if (load->own)
        find_name_columns(load, "name", 1);
    else if (rule)
        find_name_columns(load, rule->columns, MOST_NAME_COLUMNS);
    else
        find_name_columns(load, "name title label description", 1);
    return spil_str_status(&load->last_label, err);
}

static const char *make_name(neo4j_load *load, const spil_row *row)
{
    spil_str_clear(&load->name);
    for (size_t i = 0; i < load->name_count; i++) {
        const char *const part = spil_intake_text(row, load->name_columns[i]);
        if (part && load->name.length > 0)
            spil_str_add(&load->name, " ");
        if (part)
            spil_str_add(&load->name, part);
    }
    return load->name.length > 0 ? load->name.text : NULL;
}

static spil_status take_node(spil_intake *intake, const spil_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    neo4j_load *const state = user;
    const char *const labels = spil_intake_text(row, state->label);
    spil_new_entity entity = {.type = state->own ? spil_intake_text(row, state->own_type) : labels};
    int64_t id = 0;
    TRY(use_label(state, labels ? labels : "", err));
    if (!read_key(state, row, state->id, &state->from_key, &entity.key))
        goto done;
    entity.kind = state->kind;
    entity.label = make_name(state, row);
    TRY(spil_str_status(&state->from_key, err));
    TRY(spil_str_status(&state->name, err));
    TRY(each_property(state, row, 0, true, err));
    if (spil_intake_complained(intake))
        goto done;
    TRY(spil_intake_put_entity(intake, row, state->id, entity, &id, err));
    if (id != 0)
        TRY(each_property(state, row, id, false, err));
done:
    return rc;
}

/* ---- relationships ---- */

static spil_link_kind link_kind(const char *type)
{
    static const struct {
        const char *word;
        bool prefix;
        spil_link_kind kind;
    } rules[] = {
#define EDGE(type, kind) {type, false, SPIL_LINK_##kind},
#define EDGES(type, kind) {type, true, SPIL_LINK_##kind},
#include "loaders/neo4j_kinds.def"
#undef EDGE
#undef EDGES
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].prefix ? strncasecmp(type, rules[i].word, strlen(rules[i].word)) == 0
                            : strcasecmp(type, rules[i].word) == 0)
            return rules[i].kind;
    return SPIL_LINK_related;
}

static spil_status take_relationship(spil_intake *intake, const spil_row *row, void *user,
                                     spil_err *err)
{
    spil_status rc = SPIL_OK;
    neo4j_load *const state = user;
    const char *from, *to;
    spil_new_link link = {.weight = 1,
                          .confidence = intake->confidence,
                          .type = spil_intake_text(row, state->type),
                          .since = SPIL_NO_DAY,
                          .until = SPIL_NO_DAY};
    if (!read_key(state, row, state->start, &state->from_key, &from) ||
        !read_key(state, row, state->end, &state->to_key, &to) ||
        !spil_intake_weight(intake, row, state->weight, &link.weight) ||
        !spil_intake_number(intake, row, state->confidence, 0, 1, &link.confidence) ||
        !spil_intake_period(intake, row, state->since, state->until, &link.since, &link.until))
        goto done;
    TRY(spil_str_status(&state->from_key, err));
    TRY(spil_str_status(&state->to_key, err));
    link.kind = link_kind(link.type ? link.type : "");
    if (state->own)
        link.type = spil_intake_text(row, state->own_type);
    TRY(spil_intake_find_entity(intake, state->start, from, &link.from, err));
    TRY(spil_intake_find_entity(intake, state->end, to, &link.to, err));
    if (link.from != 0 && link.to != 0)
        TRY(spil_intake_add_link(intake, row, state->end, link, err));
done:
    return rc;
}

static void plan_relationships(neo4j_load *load)
{
    load->weight = find_property(load, "weight");
    load->confidence = find_property(load, "confidence");
    load->since = find_property(load, "since");
    load->until = find_property(load, "until");
    for (size_t i = 0; i < load->count; i++) {
        const int at = (int)i;
        if (load->columns[i].role == PROPERTY && at != load->weight && at != load->confidence &&
            at != load->since && at != load->until &&
            !(load->own && is_own_column(load->columns[i].name)))
            spil_intake_drop(load->intake, i, "links have no place for it");
    }
}

/* ---- the file ---- */

static spil_status load_columns(neo4j_load *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    load->count = load->intake->header.count;
    load->id = load->label = load->type = load->start = load->end = SPIL_NO_COLUMN;
    TRY(NEW_ARRAY(load->columns, load->count, err));
    for (size_t i = 0; i < load->count; i++) {
        load->columns[i].space = "";
        TRY(read_column(load, i, err));
        TRY(place_column(load, i, err));
        if (load->columns[i].role == IGNORED)
            spil_intake_drop(load->intake, i, "its header says :IGNORE");
    }
done:
    return rc;
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    neo4j_load state = {.intake = intake};
    TRY(spil_intake_start(intake, true, err));
    TRY(load_columns(&state, err));
    intake->decimal = SPIL_DECIMAL_POINT;
    state.own_type = find_property(&state, "spil_type");
    state.own = state.own_type != SPIL_NO_COLUMN;
    if (state.start != SPIL_NO_COLUMN && state.end != SPIL_NO_COLUMN) {
        plan_relationships(&state);
        TRY(spil_intake_each(intake, take_relationship, &state, err));
    } else {
        TRY(spil_intake_each(intake, take_node, &state, err));
    }
done:
    spil_free(state.columns);
    spil_str_free(&state.from_key);
    spil_str_free(&state.to_key);
    spil_str_free(&state.name);
    spil_str_free(&state.last_label);
    spil_str_free(&state.element);
    return rc;
}

const spil_loader spil_loader_neo4j = {
    .name = "neo4j",
    .summary = "CSV as neo4j-admin imports it: :ID, :LABEL, :START_ID, :END_ID, :TYPE",
    .recognise = recognise,
    .load = load,
};
