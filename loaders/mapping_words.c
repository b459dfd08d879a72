/* mapping_words.c - see mapping_fields.h: single values of a mapping file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/text.h"
#include "loaders/limits.h"
#include "loaders/mapping_fields.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_MOST = 4096, PAIRS_MOST = 20000 };

static spil_mapping *mapping_of(spil_yaml *yaml)
{
    return spil_yaml_user(yaml);
}

static uint64_t line_of(const yaml_node_t *node)
{
    return node->start_mark.line + 1;
}

spil_status spil_mapping_add_word(spil_mapping *mapping, const char *text, spil_err *err)
{
    const char *kept = NULL;
    spil_status rc = spil_arena_text(mapping->arena, &kept, text, strlen(text), err);
    if (rc == SPIL_OK)
        rc = VEC_PUSH(mapping->words, kept, err);
    return rc;
}

/* A text, or a list of texts, behind the words of the mapping. */
static spil_status add_words(spil_yaml *yaml, const yaml_node_t *node, const char *key,
                             spil_range *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    out->from = mapping->words.count;
    if (node->type != YAML_SEQUENCE_NODE) {
        const char *const text = spil_yaml_scalar(yaml, node, key);
        if (text)
            TRY(spil_mapping_add_word(mapping, text, err));
    } else {
        const yaml_node_item_t *const items = node->data.sequence.items.start;
        const size_t count = (size_t)(node->data.sequence.items.top - items);
        if (count == 0 || count > WORDS_MOST) {
            spil_yaml_fault(yaml, node, "'%s' is a text, or a list of 1 to %d texts", key,
                            WORDS_MOST);
            return SPIL_OK;
        }
        for (size_t i = 0; i < count; i++) {
            const char *const text = spil_yaml_scalar(yaml, spil_yaml_node(yaml, items[i]), key);
            if (text)
                TRY(spil_mapping_add_word(mapping, text, err));
        }
    }
    out->count = mapping->words.count - out->from;
done:
    return rc;
}

static spil_status read_words(spil_yaml *yaml, const yaml_node_t *node,
                              const spil_yaml_field *field, void *record, spil_err *err)
{
    spil_range range = {0, 0};
    const spil_status rc = add_words(yaml, node, field->key, &range, err);
    memcpy((char *)record + field->offset, &range, sizeof range);
    return rc;
}

/* False, and a fault, when node is no block of at most `most` keys. */
bool spil_mapping_is_block(spil_yaml *yaml, const yaml_node_t *node, const char *what, size_t most)
{
    const bool block = node->type == YAML_MAPPING_NODE;
    const size_t count =
        block ? (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start) : 0;
    if (block && count > 0 && count <= most)
        return true;
    spil_yaml_fault(yaml, node, "'%s' is a block of 1 to %zu lines 'name: value'", what, most);
    return false;
}

/* ---- columns ---- */

static bool find_column(const spil_mapping *mapping, const char *name, size_t *out)
{
    for (size_t i = 0; i < mapping->columns.count; i++)
        if (strcmp(mapping->columns.items[i].name, name) == 0) {
            *out = i;
            return true;
        }
    return false;
}

static spil_status new_column(spil_mapping *mapping, const char *name, uint64_t line,
                              spil_range theirs, size_t *out, spil_err *err)
{
    spil_mapping_column column = {.line = line, .theirs = theirs};
    spil_status rc = spil_arena_text(mapping->arena, &column.name, name, strlen(name), err);
    if (rc == SPIL_OK)
        rc = VEC_PUSH(mapping->columns, column, err);
    if (rc == SPIL_OK)
        *out = mapping->columns.count - 1;
    return rc;
}

spil_status spil_mapping_column_at(spil_mapping *mapping, const char *name, uint64_t line,
                                   size_t *out, spil_err *err)
{
    if (find_column(mapping, name, out))
        return SPIL_OK;
    const spil_range theirs = {mapping->words.count, 1};
    const spil_status rc = spil_mapping_add_word(mapping, name, err);
    return rc == SPIL_OK ? new_column(mapping, name, line, theirs, out, err) : rc;
}

const spil_trait *spil_mapping_column_trait(const spil_mapping *mapping, size_t column)
{
    const spil_mapping_column *const c = &mapping->columns.items[column];
    const spil_trait *trait = spil_trait_of_column(c->name);
    for (size_t i = 0; !trait && i < c->theirs.count; i++)
        trait = spil_trait_of_column(mapping->words.items[c->theirs.from + i]);
    return trait;
}

/* Traits have no place in a mapping; numbers and dates that are kept as hash have one. */
static void check_column(spil_yaml *yaml, const yaml_node_t *node, size_t column)
{
    const spil_mapping *const mapping = mapping_of(yaml);
    const spil_mapping_column *const c = &mapping->columns.items[column];
    const spil_trait *const trait = spil_mapping_column_trait(mapping, column);
    if (c->name[strcspn(c->name, "<>|")] != '\0' || c->name[strlen(c->name) - 1] == '?')
        spil_yaml_fault(yaml, node, "'%.60s': < > | and a ? at the end have a meaning of their own",
                        c->name);
    if (trait && !trait->hash)
        spil_yaml_fault(yaml, node, "'%.60s': '%.60s' is %s and may not come in", c->name,
                        mapping->words.items[c->theirs.from], trait->what);
}

spil_status spil_mapping_read_columns(spil_yaml *yaml, const yaml_node_t *node,
                                      const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)record;
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    if (!spil_mapping_is_block(yaml, node, field->key, SPIL_MAX_COLUMNS))
        return SPIL_OK;
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *const key = spil_yaml_node(yaml, pair->key);
        const char *const name = spil_yaml_scalar(yaml, key, "name of a column");
        spil_range theirs;
        size_t at;
        if (!name)
            continue;
        if (find_column(mapping, name, &at)) {
            spil_yaml_fault(yaml, key, "this stands twice: '%.60s'", name);
            continue;
        }
        TRY(add_words(yaml, spil_yaml_node(yaml, pair->value), name, &theirs, err));
        if (theirs.count == 0)
            continue;
        TRY(new_column(mapping, name, line_of(key), theirs, &at, err));
        check_column(yaml, key, at);
    }
done:
    return rc;
}

/* [a, b]: these columns may be missing. */
spil_status spil_mapping_read_optional(spil_yaml *yaml, const yaml_node_t *node,
                                       const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)record;
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    spil_range names;
    TRY(add_words(yaml, node, field->key, &names, err));
    for (size_t i = 0; i < names.count; i++) {
        size_t at;
        TRY(spil_mapping_column_at(mapping, mapping->words.items[names.from + i], line_of(node),
                                   &at, err));
        mapping->columns.items[at].optional = true;
    }
done:
    return rc;
}

/* ---- tables ---- */

static spil_status read_table(spil_yaml *yaml, const char *name, const yaml_node_t *key,
                              const yaml_node_t *node, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    spil_mapping_table table = {.line = line_of(key), .pairs = {mapping->words.count, 0}};
    if (!spil_mapping_is_block(yaml, node, name, PAIRS_MOST))
        return SPIL_OK;
    TRY(spil_arena_text(mapping->arena, &table.name, name, strlen(name), err));
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const char *const theirs = spil_yaml_scalar(yaml, spil_yaml_node(yaml, pair->key), name);
        const char *const ours = spil_yaml_scalar(yaml, spil_yaml_node(yaml, pair->value), name);
        if (!theirs || !ours)
            continue;
        if (strcmp(theirs, "*") == 0) {
            TRY(spil_arena_text(mapping->arena, &table.other, ours, strlen(ours), err));
            continue;
        }
        TRY(spil_mapping_add_word(mapping, theirs, err));
        TRY(spil_mapping_add_word(mapping, ours, err));
    }
    table.pairs.count = mapping->words.count - table.pairs.from;
    rc = VEC_PUSH(mapping->tables, table, err);
done:
    return rc;
}

spil_status spil_mapping_read_tables(spil_yaml *yaml, const yaml_node_t *node,
                                     const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)record;
    spil_status rc = SPIL_OK;
    if (!spil_mapping_is_block(yaml, node, field->key, 100))
        return SPIL_OK;
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *const key = spil_yaml_node(yaml, pair->key);
        const char *const name = spil_yaml_scalar(yaml, key, "name of a table");
        if (!name)
            continue;
        if (spil_mapping_step_of(name) != SPIL_STEP_COUNT)
            spil_yaml_fault(yaml, key, "'%s' is the name of a step; call the table otherwise",
                            name);
        TRY(read_table(yaml, name, key, spil_yaml_node(yaml, pair->value), err));
    }
done:
    return rc;
}

/* ---- conditions ---- */

typedef struct raw_when {
    const char *column, *empty;
    spil_range is, is_not, matches, matches_not;
} raw_when;

static const spil_yaml_field when_fields[] = {
    {.key = "column", .read = spil_yaml_text, .offset = offsetof(raw_when, column)},
    {.key = "is", .optional = true, .read = read_words, .offset = offsetof(raw_when, is)},
    {.key = "is_not", .optional = true, .read = read_words, .offset = offsetof(raw_when, is_not)},
    {.key = "matches", .optional = true, .read = read_words, .offset = offsetof(raw_when, matches)},
    {.key = "matches_not",
     .optional = true,
     .read = read_words,
     .offset = offsetof(raw_when, matches_not)},
    {.key = "empty", .optional = true, .read = spil_yaml_text, .offset = offsetof(raw_when, empty)},
};

static const spil_yaml_record when_record = {.what = "condition",
                                             .fields = when_fields,
                                             .field_count =
                                                 sizeof when_fields / sizeof *when_fields,
                                             .size = sizeof(raw_when),
                                             .id_offset = SIZE_MAX};

static bool says_yes(spil_yaml *yaml, const yaml_node_t *node, const char *text)
{
    const bool yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
    if (!yes && strcmp(text, "no") != 0 && strcmp(text, "false") != 0)
        spil_yaml_fault(yaml, node, "'empty' is '%.60s'; it is yes or no", text);
    return yes;
}

/* Exactly one test of the raw condition. */
static bool shape_when(spil_yaml *yaml, const yaml_node_t *node, const raw_when *raw,
                       spil_when *when)
{
    const struct {
        const spil_range *words;
        spil_test test;
        bool negated;
    } tests[] = {{&raw->is, SPIL_TEST_IS, false},
                 {&raw->is_not, SPIL_TEST_IS, true},
                 {&raw->matches, SPIL_TEST_LIKE, false},
                 {&raw->matches_not, SPIL_TEST_LIKE, true}};
    size_t found = raw->empty != NULL;
    if (raw->empty)
        *when = (spil_when){.test = SPIL_TEST_EMPTY, .negated = !says_yes(yaml, node, raw->empty)};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (tests[i].words->count > 0) {
            *when = (spil_when){
                .test = tests[i].test, .negated = tests[i].negated, .words = *tests[i].words};
            found++;
        }
    if (found != 1)
        spil_yaml_fault(yaml, node,
                        "a condition has one of is, is_not, matches, matches_not and "
                        "empty beside its column");
    return found == 1;
}

static spil_status add_when(spil_yaml *yaml, const yaml_node_t *node, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    const spil_yaml_field whole = {.key = "when", .of = &when_record, .offset = 0};
    const size_t faults = spil_yaml_fault_count(yaml);
    raw_when raw = {0};
    spil_when when = {0};
    TRY(spil_yaml_nested(yaml, node, &whole, &raw, err));
    if (spil_yaml_fault_count(yaml) > faults || !shape_when(yaml, node, &raw, &when))
        goto done;
    when.line = line_of(node);
    TRY(spil_mapping_column_at(mapping, raw.column, when.line, &when.column, err));
    const spil_trait *const trait = spil_mapping_column_trait(mapping, when.column);
    if (trait)
        spil_yaml_fault(yaml, node, "'%.60s' is %s: nothing may hang on it", raw.column,
                        trait->what);
    mapping->columns.items[when.column].open = true;
    rc = VEC_PUSH(mapping->conditions, when, err);
done:
    return rc;
}

/* One condition, or a list of which all must hold. */
spil_status spil_mapping_read_when(spil_yaml *yaml, const yaml_node_t *node,
                                   const spil_yaml_field *field, void *record, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_mapping *const mapping = mapping_of(yaml);
    spil_range range = {mapping->conditions.count, 0};
    if (node->type == YAML_SEQUENCE_NODE) {
        const size_t count =
            (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
        if (count == 0 || count > 50)
            spil_yaml_fault(yaml, node, "'when' is a condition, or a list of 1 to 50");
        for (size_t i = 0; i < count && i < 50; i++)
            TRY(add_when(yaml, spil_yaml_node(yaml, node->data.sequence.items.start[i]), err));
    } else {
        TRY(add_when(yaml, node, err));
    }
    range.count = mapping->conditions.count - range.from;
    memcpy((char *)record + field->offset, &range, sizeof range);
done:
    return rc;
}

/* ---- splits, secrets, and words of a short list ---- */

typedef struct raw_split {
    spil_range columns;
    const char *by;
} raw_split;

static const spil_yaml_field split_fields[] = {
    {.key = "columns", .read = read_words, .offset = offsetof(raw_split, columns)},
    {.key = "by", .read = spil_yaml_text, .offset = offsetof(raw_split, by)},
};

static const spil_yaml_record split_record = {.what = "split",
                                              .fields = split_fields,
                                              .field_count =
                                                  sizeof split_fields / sizeof *split_fields,
                                              .size = sizeof(raw_split),
                                              .id_offset = SIZE_MAX};

spil_status spil_mapping_read_split(spil_yaml *yaml, const yaml_node_t *node,
                                    const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)field;
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    spil_mapping_entity *const entity = record;
    const spil_yaml_field whole = {.key = "split", .of = &split_record, .offset = 0};
    const size_t faults = spil_yaml_fault_count(yaml);
    raw_split raw = {0};
    TRY(spil_yaml_nested(yaml, node, &whole, &raw, err));
    if (spil_yaml_fault_count(yaml) > faults)
        goto done;
    if (raw.columns.count > SPIL_SPLIT_MOST) {
        spil_yaml_fault(yaml, node, "at most %d columns are split together", SPIL_SPLIT_MOST);
        goto done;
    }
    entity->has_split = true;
    entity->split.by = raw.by;
    entity->split.count = raw.columns.count;
    for (size_t i = 0; i < raw.columns.count; i++) {
        size_t *const column = &entity->split.columns[i];
        TRY(spil_mapping_column_at(mapping, mapping->words.items[raw.columns.from + i],
                                   line_of(node), column, err));
        mapping->columns.items[*column].split = true;
    }
done:
    return rc;
}

/* "<column>" alone: int, its number. */
spil_status spil_mapping_read_secret(spil_yaml *yaml, const yaml_node_t *node,
                                     const spil_yaml_field *field, void *record, spil_err *err)
{
    spil_mapping *const mapping = mapping_of(yaml);
    const char *const text = spil_yaml_scalar(yaml, node, field->key);
    const size_t length = text ? strlen(text) : 0;
    char name[SPIL_HOLE_MOST];
    size_t column;
    if (!text)
        return SPIL_OK;
    if (length < 3 || length >= sizeof name || text[0] != '<' || text[length - 1] != '>' ||
        strcspn(text + 1, "<>|") != length - 2) {
        spil_yaml_fault(yaml, node, "'%s' is '%.60s'; it is one column, <name>", field->key, text);
        return SPIL_OK;
    }
    memcpy(name, text + 1, length - 2);
    name[length - 2] = '\0';
    const spil_status rc = spil_mapping_column_at(mapping, name, line_of(node), &column, err);
    if (rc != SPIL_OK)
        return rc;
    const spil_trait *const trait = spil_mapping_column_trait(mapping, column);
    if (trait && !trait->hash)
        spil_yaml_fault(yaml, node, "'%.60s' is %s and may not come in", name, trait->what);
    mapping->columns.items[column].secret = true;
    const int number = (int)column;
    memcpy((char *)record + field->offset, &number, sizeof number);
    return SPIL_OK;
}

/* Position of the text among words, or count and a fault. */
static size_t word_of(spil_yaml *yaml, const yaml_node_t *node, const char *key,
                      const char *const *words, size_t count)
{
    const char *const text = spil_yaml_scalar(yaml, node, key);
    for (size_t i = 0; text && i < count; i++)
        if (strcmp(words[i], text) == 0)
            return i;
    char known[200] = "";
    for (size_t i = 0; i < count; i++)
        (void)snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s", i ? ", " : "",
                       words[i]);
    if (text)
        spil_yaml_fault(yaml, node, "'%s' is '%.60s'; it is one of %s", key, text, known);
    return count;
}

spil_status spil_mapping_read_order(spil_yaml *yaml, const yaml_node_t *node,
                                    const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    static const char *const words[] = {"day_first", "month_first", "year_first"};
    const size_t at = word_of(yaml, node, field->key, words, 3);
    const spil_day_order order = at < 3 ? (spil_day_order)at : SPIL_DAY_FIRST;
    memcpy((char *)record + field->offset, &order, sizeof order);
    return SPIL_OK;
}

spil_status spil_mapping_read_decimal(spil_yaml *yaml, const yaml_node_t *node,
                                      const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    (void)record;
    static const char *const words[] = {"point", "comma"};
    spil_mapping *const mapping = mapping_of(yaml);
    mapping->has_decimal = true;
    mapping->decimal =
        word_of(yaml, node, field->key, words, 2) == 1 ? SPIL_DECIMAL_COMMA : SPIL_DECIMAL_POINT;
    return SPIL_OK;
}

/* ---- a file of one table ---- */

spil_status spil_mapping_read_kind(spil_yaml *yaml, const yaml_node_t *node,
                                   const spil_yaml_field *field, void *record, spil_err *err)
{
    static const char *const words[] = {"persons", "addresses", "companies", "entities",
                                        "links",   "roles",     "signals"};
    mapping_of(yaml)->kind_line = line_of(node);
    return word_of(yaml, node, field->key, words, sizeof words / sizeof *words) <
                   sizeof words / sizeof *words
               ? spil_yaml_text(yaml, node, field, record, err)
               : SPIL_OK;
}

spil_status spil_mapping_read_constants(spil_yaml *yaml, const yaml_node_t *node,
                                        const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)record;
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    size_t column;
    if (!spil_mapping_is_block(yaml, node, field->key, SPIL_MAX_COLUMNS))
        return SPIL_OK;
    mapping->constants.from = mapping->words.count;
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *const key = spil_yaml_node(yaml, pair->key);
        const char *const name = spil_yaml_scalar(yaml, key, "name of a constant");
        const char *const value =
            name ? spil_yaml_scalar(yaml, spil_yaml_node(yaml, pair->value), name) : NULL;
        const spil_trait *const trait = name ? spil_trait_of_column(name) : NULL;
        if (!value)
            continue;
        if (trait)
            spil_yaml_fault(yaml, key, "'%.60s' is %s and may not come in", name, trait->what);
        bool twice = find_column(mapping, name, &column);
        for (size_t i = mapping->constants.from; i < mapping->words.count; i += 2)
            twice |= strcmp(mapping->words.items[i], name) == 0;
        if (twice)
            spil_yaml_fault(yaml, key, "this stands twice: '%.60s'", name);
        TRY(spil_mapping_add_word(mapping, name, err));
        TRY(spil_mapping_add_word(mapping, value, err));
    }
    mapping->constants.count = mapping->words.count - mapping->constants.from;
done:
    return rc;
}
