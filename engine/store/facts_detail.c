/* facts_detail.c - what is said of links, beside kind and period. See facts.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They stand apart from the links, for analyses do not read them and may have millions of links.
 */
#include "engine/store/facts_detail.h"
#include "engine/base/vec.h"

#include <stdlib.h>
#include <string.h>

/* Names come back on row after row: equal to the last one with the same place, no copy is made. */
static spil_status keep_name(spil_facts *facts, const char **name, spil_err *err)
{
    for (size_t i = facts->detail_count, tried = 0; i-- > 0 && tried < 8; tried++)
        if (strcmp(facts->details[i].name, *name) == 0) {
            *name = facts->details[i].name;
            return SPIL_OK;
        }
    return spil_arena_text(facts->arena, name, *name, strlen(*name), err);
}

spil_status spil_facts_add_detail(spil_facts *facts, int64_t link_id, const char *name,
                                  const char *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_detail row = {.link_id = link_id, .name = name, .value = value};
    TRY(keep_name(facts, &row.name, err));
    TRY(spil_arena_text(facts->arena, &row.value, value, strlen(value), err));
    TRY(spil_vec_reserve((void **)&facts->details, facts->detail_count, &facts->detail_room,
                         sizeof row, err));
    facts->details[facts->detail_count++] = row;
done:
    return rc;
}

static int order_ids(const void *left, const void *right)
{
    const spil_link *const *const a = left, *const *const b = right;
    return ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

static int find_id(const void *key, const void *item)
{
    const int64_t id = *(const int64_t *)key;
    const spil_link *const *const link = item;
    return (id > (*link)->id) - (id < (*link)->id);
}

static int order_details(const void *left, const void *right)
{
    const spil_detail *const a = left, *const b = right;
    if (a->link != b->link)
        return a->link < b->link ? -1 : 1;
    const int names = strcmp(a->name, b->name);
    return names ? names : strcmp(a->value, b->value);
}

spil_status spil_facts_finish_details(spil_facts *facts, spil_err *err)
{
    const spil_link **order = NULL;
    size_t kept = 0;
    if (facts->detail_count == 0)
        return SPIL_OK;
    const spil_status rc = NEW_ARRAY(order, facts->link_count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < facts->link_count; i++)
        order[i] = &facts->links[i];
    qsort(order, facts->link_count, sizeof *order, order_ids);
    for (size_t i = 0; i < facts->detail_count; i++) {
        spil_detail row = facts->details[i];
        const spil_link *const *const found =
            bsearch(&row.link_id, order, facts->link_count, sizeof *order, find_id);
        if (!found)
            continue;
        row.link = (size_t)(*found - facts->links);
        facts->details[kept++] = row;
    }
    facts->detail_count = kept;
    qsort(facts->details, kept, sizeof *facts->details, order_details);
    spil_free(order);
    return SPIL_OK;
}

const spil_detail *spil_facts_details(const spil_facts *facts, size_t link, size_t *count)
{
    size_t low = 0, high = facts->detail_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (facts->details[middle].link < link)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < facts->detail_count && facts->details[low + *count].link == link)
        ++*count;
    return facts->details + low;
}
