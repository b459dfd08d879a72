/* scripts_words.c - texts and ids of a crime script: see scripts_inside.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/scripts_inside.h"

#include "engine/barriers/model_write.h"

#include <stdio.h>
#include <string.h>

const char *spil_script_text(const json_t *item, const char *key)
{
    const char *const text = json_string_value(json_object_get(item, key));
    return text ? text : "";
}

const char *spil_script_label(const json_t *item)
{
    const char *const label = spil_script_text(item, "label");
    return *label ? label : spil_script_text(item, "id");
}

void spil_script_slug(char *out, const char *label)
{
    size_t n = 0;
    for (const char *p = label; *p && n < SPIL_SCRIPT_ID; p++) {
        const char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
        const bool plain = (c >= 'a' && c <= 'z') || (n > 0 && c >= '0' && c <= '9');
        if (plain)
            out[n++] = c;
        else if (n > 0 && out[n - 1] != '_')
            out[n++] = '_';
    }
    while (n > 0 && out[n - 1] == '_')
        n--;
    out[n] = '\0';
    if (n == 0)
        memcpy(out, "part", 5);
}

const char *spil_script_id(spil_script_ids *taken, const char *label)
{
    char stem[SPIL_SCRIPT_ID + 1];
    if (taken->count == SPIL_SCRIPT_IDS)
        return NULL;
    char *const id = taken->text[taken->count];
    spil_script_slug(stem, label);
    (void)snprintf(id, sizeof taken->text[0], "%s", stem);
    for (unsigned next = 2;; next++) {
        size_t i = 0;
        while (i < taken->count && strcmp(taken->text[i], id) != 0)
            i++;
        if (i == taken->count)
            break;
        (void)snprintf(id, sizeof taken->text[0], "%s_%u", stem, next);
    }
    taken->count++;
    return id;
}

const char *spil_script_carried(const json_t *item)
{
    return spil_script_text(item, "spil");
}

void spil_script_names(spil_str *out, const char *label)
{
    spil_str_add(out, "name: {nl: ");
    spil_write_text(out, label);
    spil_str_add(out, ", en: ");
    spil_write_text(out, label);
    spil_str_add(out, "}");
}

const json_t *spil_script_find(const json_t *list, const char *id)
{
    size_t i;
    const json_t *each;
    json_array_foreach(list, i,
                       each) if (strcmp(spil_script_text(each, "id"), id) == 0) return each;
    return NULL;
}
