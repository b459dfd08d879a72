/* wide.c - see wide.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/wide.h"

#include <stdlib.h>
#include <string.h>

static bool is_hidden(const char *name)
{
    return strcmp(name, "bsn_hash") == 0 || strcmp(name, "birth_hash") == 0;
}

static int by_name(const void *a, const void *b)
{
    const spil_wide_column *const x = a, *const y = b;
    const int names = strcmp(x->name, y->name);
    return names != 0 ? names : (int)y->many - (int)x->many; /* of equal ones, many first */
}

/* The same entity and name as the row before it: attributes of an entity stand by name. */
static bool goes_on(const spil_facts *facts, size_t i)
{
    const spil_attribute *const row = &facts->attributes[i];
    return i > 0 && row[-1].entity == row->entity && strcmp(row[-1].name, row->name) == 0;
}

spil_status spil_wide_columns(spil_wide_column **out, size_t *count, const spil_facts *facts,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_wide_column *columns = NULL;
    size_t all = 0, kept = 0;
    TRY(NEW_ARRAY(columns, facts->attribute_count, err));
    for (size_t i = 0; i < facts->attribute_count; i++)
        if (!is_hidden(facts->attributes[i].name))
            columns[all++] = (spil_wide_column){facts->attributes[i].name, goes_on(facts, i)};
    qsort(columns, all, sizeof *columns, by_name);
    for (size_t i = 0; i < all; i++)
        if (kept == 0 || strcmp(columns[kept - 1].name, columns[i].name) != 0)
            columns[kept++] = columns[i];
    *out = columns;
    *count = kept;
done:
    return rc;
}

static void add_without(spil_str *out, const char *text, char banned)
{
    for (const char *at = text; *at; at++)
        spil_str_add_n(out, *at == banned ? "," : at, 1);
}

void spil_wide_value(spil_str *out, const spil_facts *facts, uint32_t entity,
                     const spil_wide_column *column, const char *between)
{
    bool first = true;
    for (size_t i = facts->attribute_row[entity]; i < facts->attribute_row[entity + 1]; i++) {
        const spil_attribute *const row = &facts->attributes[i];
        if (strcmp(row->name, column->name) != 0)
            continue;
        spil_str_add(out, first ? "" : between);
        if (column->many && strcmp(between, ";") == 0)
            add_without(out, row->value, ';');
        else
            spil_str_add(out, row->value);
        first = false;
    }
}
