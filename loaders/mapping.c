/* mapping.c - see mapping.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libyaml's document interface: small enough a file to hold, and every node knows its line.
 */
#include "loaders/mapping.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "loaders/limits.h"
#include "loaders/traits.h"

#include <string.h>
#include <yaml.h>

static const char *const kinds[] = {"persons", "addresses", "companies", "entities",
                                    "links",   "roles",     "signals"};

typedef struct mapping_read {
    spil_mapping *mapping;
    yaml_document_t *document;
    spil_err *err;
} mapping_read;

static spil_status fault(const mapping_read *r, const yaml_node_t *node, const char *text,
                         const char *word)
{
    return spil_fail(r->err, SPIL_INPUT, "%s:%zu: %s '%.80s'", r->mapping->path,
                     node->start_mark.line + 1, text, word);
}

/* The text of a scalar, in the arena. */
static spil_status scalar(const mapping_read *r, const yaml_node_t *node, const char **out)
{
    if (node->type != YAML_SCALAR_NODE)
        return fault(r, node, "expected a text, found", "a list or a table");
    const char *const text = (const char *)node->data.scalar.value;
    if (strlen(text) != node->data.scalar.length)
        return fault(r, node, "a zero byte stands in", text);
    return spil_arena_text(r->mapping->arena, out, text, node->data.scalar.length, r->err);
}

static spil_status read_kind(const mapping_read *r, const yaml_node_t *node)
{
    const spil_status rc = scalar(r, node, &r->mapping->kind);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], r->mapping->kind) == 0)
            return SPIL_OK;
    return fault(r, node,
                 "expected a kind of table (persons, addresses, companies, entities, links, "
                 "roles, signals), found",
                 r->mapping->kind);
}

static bool has_native(const spil_mapping_pair *pairs, size_t count, const char *native)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].native, native) == 0)
            return true;
    return false;
}

static spil_status check_pair(const mapping_read *r, const yaml_node_t *node,
                              const spil_mapping_pair *pair, bool is_column)
{
    const spil_mapping *const mapping = r->mapping;
    const spil_trait *trait = is_column ? spil_trait_of_column(pair->text) : NULL;
    if (!trait)
        trait = spil_trait_of_column(pair->native);
    if (trait)
        return spil_fail(r->err, SPIL_INPUT, "%s:%zu: '%.80s': '%.80s' is %s and may not come in",
                         mapping->path, node->start_mark.line + 1, pair->native, pair->text,
                         trait->what);
    if (has_native(mapping->columns, mapping->column_count, pair->native) ||
        has_native(mapping->constants, mapping->constant_count, pair->native))
        return fault(r, node, "this stands twice:", pair->native);
    return SPIL_OK;
}

/* A table of native name: text. */
static spil_status read_pairs(const mapping_read *r, const yaml_node_t *node, bool is_column)
{
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = r->mapping;
    if (node->type != YAML_MAPPING_NODE)
        return fault(r, node, "expected lines 'native: theirs' under",
                     is_column ? "columns" : "constants");
    const yaml_node_pair_t *const first = node->data.mapping.pairs.start;
    const size_t most = (size_t)(node->data.mapping.pairs.top - first);
    spil_mapping_pair **const pairs = is_column ? &mapping->columns : &mapping->constants;
    size_t *const count = is_column ? &mapping->column_count : &mapping->constant_count;
    TRY(NEW_ARRAY(*pairs, most, r->err));
    for (size_t i = 0; i < most; i++) {
        const yaml_node_t *const key = yaml_document_get_node(r->document, first[i].key);
        const yaml_node_t *const value = yaml_document_get_node(r->document, first[i].value);
        spil_mapping_pair pair = {.line = key->start_mark.line + 1};
        TRY(scalar(r, key, &pair.native));
        TRY(scalar(r, value, &pair.text));
        TRY(check_pair(r, key, &pair, is_column));
        (*pairs)[(*count)++] = pair;
    }
done:
    return rc;
}

static spil_status read_entry(const mapping_read *r, const yaml_node_t *key,
                              const yaml_node_t *value)
{
    const char *word;
    const spil_status rc = scalar(r, key, &word);
    if (rc != SPIL_OK)
        return rc;
    if (strcmp(word, "kind") == 0 && !r->mapping->kind)
        return read_kind(r, value);
    if (strcmp(word, "columns") == 0 && !r->mapping->columns)
        return read_pairs(r, value, true);
    if (strcmp(word, "constants") == 0 && !r->mapping->constants)
        return read_pairs(r, value, false);
    return fault(r, key, "expected kind, columns and constants, each once, found", word);
}

static spil_status read_document(const mapping_read *r)
{
    spil_status rc = SPIL_OK;
    const yaml_node_t *const root = yaml_document_get_root_node(r->document);
    if (!root || root->type != YAML_MAPPING_NODE)
        return spil_fail(r->err, SPIL_INPUT, "%s:1: expected 'kind:' and 'columns:', found neither",
                         r->mapping->path);
    for (const yaml_node_pair_t *pair = root->data.mapping.pairs.start;
         pair < root->data.mapping.pairs.top; pair++)
        TRY(read_entry(r, yaml_document_get_node(r->document, pair->key),
                       yaml_document_get_node(r->document, pair->value)));
    if (!r->mapping->kind || !r->mapping->columns)
        rc = spil_fail(r->err, SPIL_INPUT, "%s: '%s' is missing", r->mapping->path,
                       r->mapping->kind ? "columns" : "kind");
done:
    return rc;
}

static spil_status parse(spil_mapping *mapping, const char *bytes, size_t length, spil_err *err)
{
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser))
        return spil_fail(err, SPIL_NO_MEMORY, "%s: out of memory", mapping->path);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, length);
    spil_status rc;
    if (!yaml_parser_load(&parser, &document)) {
        rc = parser.error == YAML_MEMORY_ERROR
                 ? spil_fail(err, SPIL_NO_MEMORY, "%s: out of memory", mapping->path)
                 : spil_fail(err, SPIL_INPUT, "%s:%zu: this is no YAML: %s", mapping->path,
                             parser.problem_mark.line + 1,
                             parser.problem ? parser.problem : "unknown character");
    } else {
        rc = read_document(&(mapping_read){mapping, &document, err});
        yaml_document_delete(&document);
    }
    yaml_parser_delete(&parser);
    return rc;
}

spil_status spil_mapping_read_memory(spil_mapping **out, const char *name, const char *bytes,
                                     size_t length, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping *mapping = NULL;
    spil_digest digest;
    TRY(NEW(mapping, err));
    TRY(spil_arena_new(&mapping->arena, err));
    TRY(spil_arena_text(mapping->arena, &mapping->path, name, strlen(name), err));
    TRY(parse(mapping, bytes, length, err));
    spil_digest_begin(&digest);
    spil_digest_add(&digest, bytes, length);
    spil_digest_end(&digest, mapping->digest);
    *out = mapping;
    mapping = NULL;
done:
    spil_mapping_free(mapping);
    return rc;
}

spil_status spil_mapping_read(spil_mapping **out, const char *path, spil_err *err)
{
    char *bytes = NULL;
    size_t length = 0;
    spil_status rc = spil_read_file(&bytes, &length, path, SPIL_MAX_MAPPING, err);
    if (rc == SPIL_OK)
        rc = spil_mapping_read_memory(out, path, bytes, length, err);
    spil_free(bytes);
    return rc;
}

void spil_mapping_free(spil_mapping *mapping)
{
    if (!mapping)
        return;
    spil_free(mapping->columns);
    spil_free(mapping->constants);
    spil_arena_free(mapping->arena);
    spil_free(mapping);
}
