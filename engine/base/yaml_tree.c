/* yaml_tree.c - see yaml_tree.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libyaml composes the document; this file walks it. Faults are kept with their place and sorted
 * at the end, because records are read in the order of the table and not of the file. Readers of
 * single values are in yaml_readers.c.
 */
#include "engine/base/yaml_tree.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/vec.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FAULTS_MOST = 200, WORD_MOST = 64, NESTING_MOST = 64 };

typedef struct fault {
    size_t line, column, order;
    const char *text;
} fault;

struct spil_yaml {
    yaml_document_t document;
    bool composed; /* document is there */
    bool sound;    /* and worth reading */
    const char *path;
    char *bytes;
    spil_arena *arena;
    void *user;
    uint8_t *seen; /* a byte a node: read already */
    SPIL_VEC(fault) faults;
    bool no_memory; /* a fault could not be noted */
    char digest[SPIL_DIGEST_TEXT];
    char hint[WORD_MOST + 32];
};

/* ---- faults ---- */

static void note(spil_yaml *yaml, size_t line, size_t column, const char *text)
{
    const char *kept = NULL;
    if (yaml->faults.count >= FAULTS_MOST)
        return;
    if (spil_arena_text(yaml->arena, &kept, text, strlen(text), NULL) != SPIL_OK ||
        VEC_PUSH(yaml->faults, ((fault){line + 1, column + 1, yaml->faults.count, kept}), NULL) !=
            SPIL_OK)
        yaml->no_memory = true;
}

void spil_yaml_fault(spil_yaml *yaml, const yaml_node_t *node, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    note(yaml, node->start_mark.line, node->start_mark.column, text);
}

static int by_place(const void *left, const void *right)
{
    const fault *const a = left, *const b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

size_t spil_yaml_fault_count(const spil_yaml *yaml)
{
    return yaml->faults.count;
}

void spil_yaml_faults(const spil_yaml *yaml, spil_str *out)
{
    for (size_t i = 0; i < yaml->faults.count; i++) {
        const fault *const each = &yaml->faults.items[i];
        spil_str_addf(out, "%s:%zu:%zu: %s\n", yaml->path, each->line, each->column, each->text);
    }
}

spil_status spil_yaml_status(const spil_yaml *yaml, spil_err *err)
{
    const size_t count = yaml->faults.count;
    if (count == 0)
        return SPIL_OK;
    const fault *const first = &yaml->faults.items[0];
    if (count == 1)
        return spil_fail(err, SPIL_INPUT, "%s:%zu:%zu: %s", yaml->path, first->line, first->column,
                         first->text);
    return spil_fail(err, SPIL_INPUT, "%s:%zu:%zu: %s (and %zu more)", yaml->path, first->line,
                     first->column, first->text, count - 1);
}

/* ---- opening ---- */

static void note_malformed(spil_yaml *yaml, const yaml_parser_t *parser)
{
    char text[300];
    (void)snprintf(text, sizeof text, "not well-formed YAML: %s%s%s",
                   parser->problem ? parser->problem : "it cannot be read",
                   parser->context ? ", " : "", parser->context ? parser->context : "");
    note(yaml, parser->problem_mark.line, parser->problem_mark.column, text);
}

static int change_of_depth(yaml_event_type_t type)
{
    return type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT ? 1
           : type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT   ? -1
                                                                                 : 0;
}

/* libyaml takes time in the square of the depth of brackets: what nests too deep is told before it
 * is composed. */
static bool is_too_deep(spil_yaml *yaml, size_t length)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int depth = 0;
    bool ended = false;
    if (!yaml_parser_initialize(&parser)) {
        yaml->no_memory = true;
        return true;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml->bytes, length);
    while (!ended && depth <= NESTING_MOST && yaml_parser_parse(&parser, &event)) {
        depth += change_of_depth(event.type);
        ended = event.type == YAML_STREAM_END_EVENT;
        if (depth > NESTING_MOST)
            note(yaml, event.start_mark.line, event.start_mark.column,
                 "nested deeper than the limit of 64");
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return depth > NESTING_MOST;
}

/* Composes the document, and sees that nothing follows it. */
static void compose(spil_yaml *yaml, size_t length)
{
    yaml_parser_t parser;
    yaml_document_t next;
    if (is_too_deep(yaml, length))
        return;
    if (!yaml_parser_initialize(&parser)) {
        yaml->no_memory = true;
        return;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml->bytes, length);
    bool sound = yaml_parser_load(&parser, &yaml->document);
    yaml->composed = sound;
    if (sound && (sound = yaml_parser_load(&parser, &next))) {
        const yaml_node_t *const root = yaml_document_get_root_node(&next);
        yaml->sound = root == NULL;
        if (root)
            spil_yaml_fault(yaml, root, "a second document begins here; a file holds one");
        yaml_document_delete(&next);
    }
    if (!sound && parser.error == YAML_MEMORY_ERROR)
        yaml->no_memory = true;
    else if (!sound)
        note_malformed(yaml, &parser);
    yaml_parser_delete(&parser);
}

/* Takes bytes, in every case. */
static spil_status open_bytes(spil_yaml **out, const char *path, char *bytes, size_t length,
                              spil_arena *arena, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_yaml *yaml = NULL;
    TRY(NEW(yaml, err));
    yaml->arena = arena;
    yaml->user = user;
    yaml->bytes = bytes;
    bytes = NULL;
    TRY(spil_arena_text(arena, &yaml->path, path, strlen(path), err));
    spil_digest digest;
    spil_digest_begin(&digest);
    spil_digest_add(&digest, yaml->bytes, length);
    spil_digest_end(&digest, yaml->digest);
    compose(yaml, length);
    if (yaml->no_memory)
        TRY(spil_fail(err, SPIL_NO_MEMORY, "out of memory reading '%s'", path));
    if (yaml->composed) {
        const size_t nodes =
            (size_t)(yaml->document.nodes.top - yaml->document.nodes.start); /* ids from 1 */
        TRY(NEW_ARRAY(yaml->seen, nodes + 1, err));
    }
    *out = yaml;
    yaml = NULL;
done:
    spil_free(bytes);
    spil_yaml_close(yaml);
    return rc;
}

spil_status spil_yaml_open(spil_yaml **out, const char *path, size_t bytes_most, spil_arena *arena,
                           void *user, spil_err *err)
{
    char *bytes = NULL;
    size_t length = 0;
    const spil_status rc = spil_read_file(&bytes, &length, path, bytes_most, err);
    return rc == SPIL_OK ? open_bytes(out, path, bytes, length, arena, user, err) : rc;
}

spil_status spil_yaml_open_memory(spil_yaml **out, const char *name, const char *bytes,
                                  size_t length, spil_arena *arena, void *user, spil_err *err)
{
    char *copy = NULL;
    const spil_status rc = NEW_ARRAY(copy, length + 1, err);
    if (rc != SPIL_OK)
        return rc;
    memcpy(copy, bytes, length);
    return open_bytes(out, name, copy, length, arena, user, err);
}

void spil_yaml_close(spil_yaml *yaml)
{
    if (!yaml)
        return;
    if (yaml->composed)
        yaml_document_delete(&yaml->document);
    spil_free(yaml->faults.items);
    spil_free(yaml->seen);
    spil_free(yaml->bytes);
    spil_free(yaml);
}

void *spil_yaml_user(const spil_yaml *yaml)
{
    return yaml->user;
}

const char *spil_yaml_digest(const spil_yaml *yaml)
{
    return yaml->digest;
}

/* ---- walking ---- */

const yaml_node_t *spil_yaml_node(spil_yaml *yaml, int index)
{
    return yaml_document_get_node(&yaml->document, index);
}

static const char *key_of(spil_yaml *yaml, const yaml_node_pair_t *pair)
{
    const yaml_node_t *const key = spil_yaml_node(yaml, pair->key);
    return key->type == YAML_SCALAR_NODE ? (const char *)key->data.scalar.value : "";
}

const yaml_node_t *spil_yaml_at(spil_yaml *yaml, const yaml_node_t *mapping, const char *key)
{
    if (mapping->type != YAML_MAPPING_NODE)
        return mapping;
    for (const yaml_node_pair_t *pair = mapping->data.mapping.pairs.start;
         pair < mapping->data.mapping.pairs.top; pair++)
        if (strcmp(key_of(yaml, pair), key) == 0)
            return spil_yaml_node(yaml, pair->value);
    return mapping;
}

/* Levenshtein 1966; words longer than WORD_MOST count as far away. */
static size_t distance(const char *a, const char *b)
{
    const size_t na = strlen(a), nb = strlen(b);
    if (na > WORD_MOST || nb > WORD_MOST)
        return SIZE_MAX;
    size_t row[WORD_MOST + 1];
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            const size_t swap = diagonal + (a[i - 1] != b[j - 1]);
            const size_t gap = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = swap < gap ? swap : gap;
        }
    }
    return row[nb];
}

/* Position of the nearest word, or SIZE_MAX: a third of the letters may be wrong, and one more. */
static size_t nearest(const char *word, const char *const *words, size_t count)
{
    size_t best = SIZE_MAX, least = strlen(word) / 3 + 2;
    for (size_t i = 0; i < count; i++) {
        const size_t far = distance(word, words[i]);
        if (far < least) {
            least = far;
            best = i;
        }
    }
    return best;
}

const char *spil_yaml_nearest(spil_yaml *yaml, const char *word, const char *const *words,
                              size_t count)
{
    const size_t best = nearest(word, words, count);
    yaml->hint[0] = '\0';
    if (best != SIZE_MAX)
        (void)snprintf(yaml->hint, sizeof yaml->hint, " (did you mean '%s'?)", words[best]);
    return yaml->hint;
}

enum { KEYS_MOST = 40 };

static size_t keys_of(const spil_yaml_record *shape, const char *keys[KEYS_MOST])
{
    size_t count = 0;
    for (; count < shape->field_count && count < KEYS_MOST; count++)
        keys[count] = shape->fields[count].key;
    return count;
}

static bool knows(const spil_yaml_record *shape, const char *key)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (strcmp(shape->fields[i].key, key) == 0)
            return true;
    return false;
}

/* First pair with the key, or NULL. */
static const yaml_node_pair_t *find_pair(spil_yaml *yaml, const yaml_node_t *mapping,
                                         const char *key)
{
    for (const yaml_node_pair_t *pair = mapping->data.mapping.pairs.start;
         pair < mapping->data.mapping.pairs.top; pair++)
        if (strcmp(key_of(yaml, pair), key) == 0)
            return pair;
    return NULL;
}

/* Every key is known and stands once. */
static void check_keys(spil_yaml *yaml, const yaml_node_t *mapping, const spil_yaml_record *shape)
{
    const char *keys[KEYS_MOST];
    const size_t key_count = keys_of(shape, keys);
    const yaml_node_pair_t *const begin = mapping->data.mapping.pairs.start;
    const yaml_node_pair_t *const end = mapping->data.mapping.pairs.top;
    for (const yaml_node_pair_t *pair = begin; pair < end; pair++) {
        const char *const key = key_of(yaml, pair);
        const yaml_node_t *const at = spil_yaml_node(yaml, pair->key);
        if (!knows(shape, key))
            spil_yaml_fault(yaml, at, "unknown key '%.60s' in this %s%s", key, shape->what,
                            spil_yaml_nearest(yaml, key, keys, key_count));
        else if (find_pair(yaml, mapping, key) != pair)
            spil_yaml_fault(yaml, at, "key '%s' stands twice in this %s", key, shape->what);
    }
}

/* False, with a fault, when this node was read before: it is an alias. */
static bool first_visit(spil_yaml *yaml, int index)
{
    if (yaml->seen[index]) {
        spil_yaml_fault(yaml, spil_yaml_node(yaml, index),
                        "anchors and aliases are not used here; write it out");
        return false;
    }
    yaml->seen[index] = 1;
    return true;
}

static const char *id_of(const char *items, size_t index, const spil_yaml_record *shape)
{
    const char *id = NULL;
    if (shape->id_offset != SIZE_MAX)
        memcpy(&id, items + index * shape->size + shape->id_offset, sizeof id);
    return id;
}

/* An unknown key that looks like this one stands there and was reported: no need for a second
 * fault. */
static bool misspelt(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_record *shape,
                     const char *key)
{
    const char *keys[KEYS_MOST];
    const size_t key_count = keys_of(shape, keys);
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const char *const there = key_of(yaml, pair);
        const size_t near = knows(shape, there) ? SIZE_MAX : nearest(there, keys, key_count);
        if (near != SIZE_MAX && strcmp(keys[near], key) == 0)
            return true;
    }
    return false;
}

static void fault_missing(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_record *shape,
                          const void *record, const char *key)
{
    const char *const id = id_of(record, 0, shape);
    if (misspelt(yaml, node, shape, key))
        return;
    if (id)
        spil_yaml_fault(yaml, node, "%s '%s' lacks '%s'", shape->what, id, key);
    else
        spil_yaml_fault(yaml, node, "this %s lacks '%s'", shape->what, key);
}

static spil_status read_record(spil_yaml *yaml, const yaml_node_t *node,
                               const spil_yaml_record *shape, void *record, spil_err *err)
{
    if (node->type != YAML_MAPPING_NODE) {
        spil_yaml_fault(yaml, node, "a %s is a block of keys and values", shape->what);
        return SPIL_OK;
    }
    const size_t before = yaml->faults.count;
    check_keys(yaml, node, shape);
    for (size_t i = 0; i < shape->field_count; i++) {
        const spil_yaml_field *const field = &shape->fields[i];
        const yaml_node_pair_t *const pair = find_pair(yaml, node, field->key);
        if (!pair) {
            if (!field->optional)
                fault_missing(yaml, node, shape, record, field->key);
            continue;
        }
        if (!first_visit(yaml, pair->value))
            continue;
        if (field->flag)
            *(bool *)((char *)record + field->flag_offset) = true;
        const spil_status rc =
            field->read(yaml, spil_yaml_node(yaml, pair->value), field, record, err);
        if (rc != SPIL_OK)
            return rc;
    }
    if (shape->check && yaml->faults.count == before)
        shape->check(yaml, node, record);
    return SPIL_OK;
}

spil_status spil_yaml_read(spil_yaml *yaml, const spil_yaml_record *shape, void *record,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (yaml->sound) {
        const yaml_node_t *const root = yaml_document_get_root_node(&yaml->document);
        if (root)
            rc = read_record(yaml, root, shape, record, err);
        else
            note(yaml, 0, 0, "the file is empty");
    }
    if (rc == SPIL_OK && yaml->no_memory)
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory reading '%s'", yaml->path);
    if (yaml->faults.count)
        qsort(yaml->faults.items, yaml->faults.count, sizeof(fault), by_place);
    return rc;
}

spil_arena *spil_yaml_arena(const spil_yaml *yaml)
{
    return yaml->arena;
}

/* ---- records in records ---- */

spil_status spil_yaml_nested(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                             void *record, spil_err *err)
{
    return read_record(yaml, node, field->of, (char *)record + field->offset, err);
}

static void check_unique(spil_yaml *yaml, const yaml_node_t *list, const char *items, size_t index,
                         const spil_yaml_record *shape)
{
    const char *const id = id_of(items, index, shape);
    for (size_t j = 0; id && j < index; j++) {
        const char *const other = id_of(items, j, shape);
        if (other && strcmp(id, other) == 0) {
            spil_yaml_fault(yaml, spil_yaml_node(yaml, list->data.sequence.items.start[index]),
                            "%s '%s' stands twice", shape->what, id);
            return;
        }
    }
}

spil_status spil_yaml_list(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                           void *record, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_yaml_record *const shape = field->of;
    if (node->type != YAML_SEQUENCE_NODE) {
        spil_yaml_fault(yaml, node, "'%s' is a list", field->key);
        return SPIL_OK;
    }
    const size_t count = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    if (count > field->most) {
        spil_yaml_fault(yaml, node, "'%s' has %zu items; at most %zu", field->key, count,
                        field->most);
        return SPIL_OK;
    }
    if (count == 0 && !field->optional) {
        spil_yaml_fault(yaml, node, "'%s' is empty; at least one %s is needed", field->key,
                        shape->what);
        return SPIL_OK;
    }
    void *items = NULL;
    TRY(spil_alloc(&items, count, shape->size, err));
    memcpy((char *)record + field->offset, &items, sizeof items);
    memcpy((char *)record + field->count_offset, &count, sizeof count);
    for (size_t i = 0; i < count; i++) {
        const int index = node->data.sequence.items.start[i];
        if (!first_visit(yaml, index))
            continue;
        TRY(read_record(yaml, spil_yaml_node(yaml, index), shape, (char *)items + i * shape->size,
                        err));
        check_unique(yaml, node, items, i, shape);
    }
done:
    return rc;
}
