/* disclosure.c - see disclosure.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/disclosure.h"

#include "engine/base/yaml_tree.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum { FILE_BYTES_MOST = 1 << 20, PARTNERS_MOST = 100 };

static const char *const field_ids[SPIL_FIELD_COUNT] = {
#define FIELD(id, word) #id,
#include "reports/partner_fields.def"
#undef FIELD
};

const char *spil_partner_field_id(spil_partner_field field)
{
    return field_ids[field];
}

/* ---- lists of words ---- */

typedef void take_word(spil_yaml *yaml, const yaml_node_t *node, const char *key, const char *word,
                       void *into);

static void each_word(spil_yaml *yaml, const yaml_node_t *node, const char *key, take_word *take,
                      void *into)
{
    if (node->type != YAML_SEQUENCE_NODE) {
        spil_yaml_fault(yaml, node, "'%s' is not a list; expected %s: [..., ...]", key, key);
        return;
    }
    for (const yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top; item++) {
        const yaml_node_t *const at = spil_yaml_node(yaml, *item);
        const char *const word = spil_yaml_scalar(yaml, at, key);
        if (word)
            take(yaml, at, key, word, into);
    }
}

static void take_field(spil_yaml *yaml, const yaml_node_t *node, const char *key, const char *word,
                       void *into)
{
    uint32_t *const mask = into;
    for (unsigned f = 0; f < SPIL_FIELD_COUNT; f++)
        if (strcmp(word, field_ids[f]) == 0) {
            *mask |= (uint32_t)1 << f;
            return;
        }
    spil_yaml_fault(yaml, node, "unknown word '%.60s' in '%s'%s", word, key,
                    spil_yaml_nearest(yaml, word, field_ids, SPIL_FIELD_COUNT));
}

static spil_status read_fields(spil_yaml *yaml, const yaml_node_t *node,
                               const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    uint32_t mask = 0;
    each_word(yaml, node, field->key, take_field, &mask);
    memcpy((char *)record + field->offset, &mask, sizeof mask);
    return SPIL_OK;
}

static void take_kind(spil_yaml *yaml, const yaml_node_t *node, const char *key, const char *word,
                      void *into)
{
    spil_kind_mask *const mask = into;
    spil_entity_kind kind;
    const char *words[SPIL_ENTITY_KIND_COUNT];
    if (spil_entity_kind_find(word, &kind)) {
        *mask |= (spil_kind_mask)1 << kind;
        return;
    }
    for (unsigned k = 0; k < SPIL_ENTITY_KIND_COUNT; k++)
        words[k] = spil_entity_kind_info((spil_entity_kind)k)->name;
    spil_yaml_fault(yaml, node, "unknown word '%.60s' in '%s'%s", word, key,
                    spil_yaml_nearest(yaml, word, words, SPIL_ENTITY_KIND_COUNT));
}

static spil_status read_kinds(spil_yaml *yaml, const yaml_node_t *node,
                              const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    spil_kind_mask mask = 0;
    each_word(yaml, node, field->key, take_kind, &mask);
    memcpy((char *)record + field->offset, &mask, sizeof mask);
    return SPIL_OK;
}

static void take_owner(spil_yaml *yaml, const yaml_node_t *node, const char *key, const char *word,
                       void *into)
{
    if (strchr(word, '\n'))
        spil_yaml_fault(yaml, node, "'%s' holds a line end", key);
    else
        spil_str_addf(into, "%s\n", word);
}

/* `all`, or a list of owners as they were named at import. */
static spil_status read_owners(spil_yaml *yaml, const yaml_node_t *node,
                               const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)field;
    spil_disclosed *const to = record;
    if (node->type == YAML_SCALAR_NODE &&
        strcmp((const char *)node->data.scalar.value, "all") == 0) {
        to->all_owners = true;
        return SPIL_OK;
    }
    spil_str text = SPIL_STR_INIT;
    spil_str_add(&text, "\n");
    each_word(yaml, node, "owners", take_owner, &text);
    spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        rc = spil_arena_text(spil_yaml_arena(yaml), &to->owners, text.text, text.length, err);
    spil_str_free(&text);
    return rc;
}

static spil_status read_partner(spil_yaml *yaml, const yaml_node_t *node,
                                const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    spil_disclosed *const to = record;
    const char *const word = spil_yaml_scalar(yaml, node, field->key);
    const char *words[SPIL_PARTNER_COUNT];
    if (!word || spil_partner_find(word, &to->partner))
        return SPIL_OK;
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++)
        words[p] = spil_partner_id((spil_partner)p);
    spil_yaml_fault(yaml, node, "unknown partner '%.60s'%s", word,
                    spil_yaml_nearest(yaml, word, words, SPIL_PARTNER_COUNT));
    return SPIL_OK;
}

/* ---- the file ---- */

static const spil_yaml_field partner_fields[] = {
    {.key = "partner", .read = read_partner},
    {.key = "recipient", .read = spil_yaml_text, .offset = offsetof(spil_disclosed, recipient)},
    {.key = "fields", .read = read_fields, .offset = offsetof(spil_disclosed, fields)},
    {.key = "kinds", .read = read_kinds, .offset = offsetof(spil_disclosed, kinds)},
    {.key = "owners", .read = read_owners},
    {.key = "purpose",
     .read = spil_yaml_text,
     .offset = offsetof(spil_disclosed, purpose),
     .optional = true},
    {.key = "basis",
     .read = spil_yaml_text,
     .offset = offsetof(spil_disclosed, basis),
     .optional = true},
    {.key = "keep_days",
     .read = spil_yaml_real,
     .offset = offsetof(spil_disclosed, keep_days),
     .low = 1,
     .high = 36500,
     .optional = true},
};
static const spil_yaml_record partner_record = {
    .what = "partner",
    .fields = partner_fields,
    .field_count = sizeof partner_fields / sizeof *partner_fields,
    .size = sizeof(spil_disclosed),
    .id_offset = SIZE_MAX,
};

typedef struct document {
    double format;
    spil_disclosure disclosure;
} document;

static const spil_yaml_field document_fields[] = {
    {.key = "format",
     .read = spil_yaml_real,
     .offset = offsetof(document, format),
     .low = 1,
     .high = 1},
    {.key = "purpose", .read = spil_yaml_text, .offset = offsetof(document, disclosure.purpose)},
    {.key = "basis", .read = spil_yaml_text, .offset = offsetof(document, disclosure.basis)},
    {.key = "keep_days",
     .read = spil_yaml_real,
     .offset = offsetof(document, disclosure.keep_days),
     .low = 1,
     .high = 36500},
    {.key = "k",
     .read = spil_yaml_real,
     .offset = offsetof(document, disclosure.k),
     .low = 1,
     .high = 1000,
     .optional = true},
    {.key = "partners",
     .read = spil_yaml_list,
     .offset = offsetof(document, disclosure.partners),
     .count_offset = offsetof(document, disclosure.partner_count),
     .most = PARTNERS_MOST,
     .of = &partner_record},
};

/* A partner once; its purpose, basis and term are its own or those of all. */
static void settle(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_disclosure *const all = &((document *)record)->disclosure;
    uint64_t seen = 0;
    _Static_assert(SPIL_PARTNER_COUNT <= 64, "a bit a partner");
    if (all->k != floor(all->k))
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "k"), "'k' is %g; expected a whole number",
                        all->k);
    for (size_t i = 0; i < all->partner_count; i++) {
        spil_disclosed *const to = &all->partners[i];
        to->purpose = to->purpose ? to->purpose : all->purpose;
        to->basis = to->basis ? to->basis : all->basis;
        to->keep_days = to->keep_days > 0 ? to->keep_days : all->keep_days;
        to->alike = all->k > 0 ? (size_t)all->k : SPIL_ALIKE_DEFAULT;
        if (seen >> to->partner & 1)
            spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "partners"),
                            "partner '%s' stands in the file twice", spil_partner_id(to->partner));
        seen |= (uint64_t)1 << to->partner;
        if (spil_disclosed_field(to, SPIL_FIELD_reasons) &&
            !spil_disclosed_field(to, SPIL_FIELD_step))
            spil_yaml_fault(
                yaml, spil_yaml_at(yaml, node, "partners"),
                "partner '%s' sees 'reasons' but not 'step': reasons name the step; open "
                "both or neither",
                spil_partner_id(to->partner));
    }
}

static const spil_yaml_record document_record = {
    .what = "disclosure file",
    .fields = document_fields,
    .field_count = sizeof document_fields / sizeof *document_fields,
    .size = sizeof(document),
    .id_offset = SIZE_MAX,
    .check = settle,
};

spil_status spil_disclosure_read(spil_disclosure **out, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    document read = {0};
    spil_disclosure *made = NULL;
    spil_yaml *yaml = NULL;
    spil_arena *arena = NULL;
    const char *digest;
    TRY(spil_arena_new(&arena, err));
    TRY(spil_yaml_open(&yaml, path, FILE_BYTES_MOST, arena, NULL, err));
    TRY(spil_yaml_read(yaml, &document_record, &read, err));
    TRY(spil_yaml_status(yaml, err));
    digest = spil_yaml_digest(yaml);
    TRY(spil_arena_text(arena, &read.disclosure.digest, digest, strlen(digest), err));
    TRY(spil_arena_text(arena, &read.disclosure.path, path, strlen(path), err));
    TRY(NEW(made, err));
    *made = read.disclosure;
    made->arena = arena;
    *out = made;
    arena = NULL;
    read.disclosure.partners = NULL;
done:
    spil_free(read.disclosure.partners);
    spil_yaml_close(yaml);
    spil_arena_free(arena);
    return rc;
}

void spil_disclosure_free(spil_disclosure *disclosure)
{
    if (!disclosure)
        return;
    spil_free(disclosure->partners);
    spil_arena_free(disclosure->arena);
    spil_free(disclosure);
}

bool spil_disclosed_field(const spil_disclosed *to, spil_partner_field field)
{
    return to->fields >> field & 1;
}

bool spil_disclosed_source(const spil_disclosed *to, const spil_result_source *source)
{
    if (to->all_owners)
        return true;
    const size_t length = strlen(source->owner);
    for (const char *at = length ? to->owners : NULL; at && *at; at = strchr(at + 1, '\n'))
        if (strncmp(at + 1, source->owner, length) == 0 && at[1 + length] == '\n')
            return true;
    return false;
}
