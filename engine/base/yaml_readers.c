/* yaml_readers.c - see yaml_tree.h: single values. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/text.h"
#include "engine/base/yaml_tree.h"

#include <string.h>

enum { TEXT_MOST = 2000, ID_MOST = 64 };

const char *spil_yaml_scalar(spil_yaml *yaml, const yaml_node_t *node, const char *key)
{
    if (node->type != YAML_SCALAR_NODE) {
        spil_yaml_fault(yaml, node, "'%s' is one value, not a list or block", key);
        return NULL;
    }
    const char *const text = (const char *)node->data.scalar.value;
    if (node->data.scalar.length == 0)
        spil_yaml_fault(yaml, node, "'%s' is empty", key);
    else if (node->data.scalar.length > TEXT_MOST)
        spil_yaml_fault(yaml, node, "'%s' is longer than %d bytes", key, TEXT_MOST);
    else if (strlen(text) != node->data.scalar.length)
        spil_yaml_fault(yaml, node, "'%s' holds a NUL byte", key);
    else
        return text;
    return NULL;
}

spil_status spil_yaml_text(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                           void *record, spil_err *err)
{
    const char *const text = spil_yaml_scalar(yaml, node, field->key);
    const char *kept = NULL;
    if (!text)
        return SPIL_OK;
    const spil_status rc = spil_arena_text(spil_yaml_arena(yaml), &kept, text, strlen(text), err);
    if (rc == SPIL_OK)
        memcpy((char *)record + field->offset, &kept, sizeof kept);
    return rc;
}

static bool is_id(const char *text)
{
    if (*text < 'a' || *text > 'z')
        return false;
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text) &&
           strlen(text) <= ID_MOST;
}

spil_status spil_yaml_id(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                         void *record, spil_err *err)
{
    const char *const text = spil_yaml_scalar(yaml, node, field->key);
    if (!text)
        return SPIL_OK;
    if (!is_id(text)) {
        spil_yaml_fault(yaml, node,
                        "'%s' is '%.60s'; it has a-z, 0-9 and _ and begins with a letter",
                        field->key, text);
        return SPIL_OK;
    }
    return spil_yaml_text(yaml, node, field, record, err);
}

static bool read_number(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                        double *value)
{
    const char *const text = spil_yaml_scalar(yaml, node, field->key);
    if (!text)
        return false;
    if (!spil_parse_double(text, value)) {
        spil_yaml_fault(yaml, node, "'%s' is '%.60s', not a number", field->key, text);
        return false;
    }
    if (*value >= field->low && *value <= field->high)
        return true;
    spil_yaml_fault(yaml, node, "'%s' is %s; it lies between %g and %g", field->key, text,
                    field->low, field->high);
    return false;
}

spil_status spil_yaml_real(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                           void *record, spil_err *err)
{
    (void)err;
    double value;
    if (read_number(yaml, node, field, &value))
        memcpy((char *)record + field->offset, &value, sizeof value);
    return SPIL_OK;
}

spil_status spil_yaml_count(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                            void *record, spil_err *err)
{
    (void)err;
    double value;
    if (!read_number(yaml, node, field, &value))
        return SPIL_OK;
    const uint32_t whole = (uint32_t)value;
    if (value != (double)whole)
        spil_yaml_fault(yaml, node, "'%s' is a whole number", field->key);
    memcpy((char *)record + field->offset, &whole, sizeof whole);
    return SPIL_OK;
}

spil_status spil_yaml_bool(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                           void *record, spil_err *err)
{
    (void)err;
    const char *const text = spil_yaml_scalar(yaml, node, field->key);
    if (!text)
        return SPIL_OK;
    const bool yes = strcmp(text, "true") == 0 || strcmp(text, "yes") == 0;
    if (!yes && strcmp(text, "false") != 0 && strcmp(text, "no") != 0)
        spil_yaml_fault(yaml, node, "'%s' is '%.60s'; it is true or false", field->key, text);
    memcpy((char *)record + field->offset, &yes, sizeof yes);
    return SPIL_OK;
}
