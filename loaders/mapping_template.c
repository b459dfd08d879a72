/* mapping_template.c - see mapping_fields.h: texts with holes, "kvk:<number|chamber_number>".
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/mapping_fields.h"

#include <string.h>

static spil_mapping *mapping_of(spil_yaml *yaml)
{
    return spil_yaml_user(yaml);
}

static uint64_t line_of(const yaml_node_t *node)
{
    return node->start_mark.line + 1;
}

/* SPIL_STEP_COUNT when there is none of that name. */
spil_step_kind spil_mapping_step_of(const char *name)
{
    for (int i = 0; i < SPIL_STEP_COUNT; i++)
        if (strcmp(spil_step_name((spil_step_kind)i), name) == 0)
            return (spil_step_kind)i;
    return SPIL_STEP_COUNT;
}

static void cut_blanks(char **text)
{
    *text += strspn(*text, " ");
    size_t length = strlen(*text);
    while (length > 0 && (*text)[length - 1] == ' ')
        (*text)[--length] = '\0';
}

static void add_step(spil_yaml *yaml, const yaml_node_t *node, const char *name, spil_piece *piece)
{
    const spil_mapping *const mapping = mapping_of(yaml);
    spil_step step = {.kind = spil_mapping_step_of(name)};
    if (piece->step_count == SPIL_STEPS_MOST) {
        spil_yaml_fault(yaml, node, "more than %d steps behind each other", SPIL_STEPS_MOST);
        return;
    }
    if (step.kind == SPIL_STEP_COUNT) {
        step.kind = SPIL_STEP_TABLE;
        while (step.table < mapping->tables.count &&
               strcmp(mapping->tables.items[step.table].name, name) != 0)
            step.table++;
        if (step.table == mapping->tables.count) {
            const char *names[SPIL_STEP_COUNT];
            for (int i = 0; i < SPIL_STEP_COUNT; i++)
                names[i] = spil_step_name((spil_step_kind)i);
            spil_yaml_fault(yaml, node, "'%.60s' is no step and no table of this file%s", name,
                            spil_yaml_nearest(yaml, name, names, SPIL_STEP_COUNT));
            return;
        }
    }
    piece->steps[piece->step_count++] = step;
}

/* "name?|step|step" */
static spil_status parse_hole(spil_yaml *yaml, const yaml_node_t *node, char *hole,
                              spil_piece *piece, spil_err *err)
{
    spil_mapping *const mapping = mapping_of(yaml);
    char *next = strchr(hole, '|');
    if (next)
        *next++ = '\0';
    cut_blanks(&hole);
    const size_t length = strlen(hole);
    if (length > 0 && hole[length - 1] == '?') {
        piece->optional = true;
        hole[length - 1] = '\0';
        cut_blanks(&hole);
    }
    if (hole[0] == '\0') {
        spil_yaml_fault(yaml, node, "the name of a column is missing between < and >");
        return SPIL_OK;
    }
    const spil_status rc =
        spil_mapping_column_at(mapping, hole, line_of(node), &piece->column, err);
    if (rc != SPIL_OK)
        return rc;
    const spil_trait *const trait = spil_mapping_column_trait(mapping, piece->column);
    if (trait && trait->hash)
        spil_yaml_fault(yaml, node,
                        "'%.60s' is %s: it may stand under '%s' alone, where no more "
                        "than its keyed hash is kept",
                        hole, trait->what, spil_hash_place(trait->hash));
    else if (trait)
        spil_yaml_fault(yaml, node, "'%.60s' is %s and may not come in", hole, trait->what);
    mapping->columns.items[piece->column].open = true;
    while (next) {
        char *step = next;
        next = strchr(step, '|');
        if (next)
            *next++ = '\0';
        cut_blanks(&step);
        add_step(yaml, node, step, piece);
    }
    return SPIL_OK;
}

static spil_status add_literal(spil_mapping *mapping, const char *text, size_t length,
                               spil_err *err)
{
    spil_piece piece = {0};
    spil_status rc = spil_arena_text(mapping->arena, &piece.text, text, length, err);
    if (rc == SPIL_OK)
        rc = VEC_PUSH(mapping->pieces, piece, err);
    return rc;
}

spil_status spil_mapping_parse(spil_yaml *yaml, const yaml_node_t *node, const char *text,
                               spil_template *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    *out = (spil_template){{mapping->pieces.count, 0}, line_of(node)};
    while (*text) {
        const size_t plain = *text == '<' && text[1] == '<' ? 1 : strcspn(text, "<");
        if (plain > 0) { /* "<<" stands for itself */
            TRY(add_literal(mapping, text, plain, err));
            text += *text == '<' ? 2 : plain;
            continue;
        }
        const size_t length = strcspn(text + 1, ">");
        char hole[SPIL_HOLE_MOST];
        if (text[1 + length] != '>' || length >= sizeof hole) {
            spil_yaml_fault(yaml, node,
                            "a '<' without '>' behind it; write << for the mark itself");
            return SPIL_OK;
        }
        memcpy(hole, text + 1, length);
        hole[length] = '\0';
        spil_piece piece = {0};
        TRY(parse_hole(yaml, node, hole, &piece, err));
        TRY(VEC_PUSH(mapping->pieces, piece, err));
        text += length + 2;
    }
    out->pieces.count = mapping->pieces.count - out->pieces.from;
done:
    return rc;
}

spil_status spil_mapping_read_template(spil_yaml *yaml, const yaml_node_t *node,
                                       const spil_yaml_field *field, void *record, spil_err *err)
{
    spil_template template = {{0, 0}, 0};
    const char *const text = spil_yaml_scalar(yaml, node, field->key);
    const spil_status rc = text ? spil_mapping_parse(yaml, node, text, &template, err) : SPIL_OK;
    memcpy((char *)record + field->offset, &template, sizeof template);
    return rc;
}

spil_status spil_mapping_read_attributes(spil_yaml *yaml, const yaml_node_t *node,
                                         const spil_yaml_field *field, void *record, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping *const mapping = mapping_of(yaml);
    spil_range range = {mapping->attributes.count, 0};
    if (!spil_mapping_is_block(yaml, node, field->key, 200))
        return SPIL_OK;
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *const key = spil_yaml_node(yaml, pair->key);
        const char *const name = spil_yaml_scalar(yaml, key, "name of an attribute");
        const spil_trait *const trait = name ? spil_trait_of_column(name) : NULL;
        const spil_yaml_field part = {.key = name,
                                      .offset = offsetof(spil_mapping_attribute, value)};
        spil_mapping_attribute attribute = {0};
        if (!name)
            continue;
        if (trait)
            spil_yaml_fault(yaml, key, "'%.60s' is %s and may not come in", name, trait->what);
        TRY(spil_arena_text(mapping->arena, &attribute.name, name, strlen(name), err));
        TRY(spil_mapping_read_template(yaml, spil_yaml_node(yaml, pair->value), &part, &attribute,
                                       err));
        TRY(VEC_PUSH(mapping->attributes, attribute, err));
    }
    range.count = mapping->attributes.count - range.from;
    memcpy((char *)record + field->offset, &range, sizeof range);
done:
    return rc;
}
