/* sets.c - see sets.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/sets.h"

#include "engine/base/mem.h"

spil_status spil_sets_new(spil_sets *sets, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(sets->root, n, err));
    TRY(NEW_ARRAY(sets->size, n, err));
    for (spil_vid v = 0; v < n; v++)
        sets->root[v] = SPIL_NO_VERTEX;
done:
    return rc;
}

void spil_sets_free(spil_sets *sets)
{
    spil_free(sets->root);
    spil_free(sets->size);
    *sets = (spil_sets){0};
}

spil_vid spil_sets_find(spil_sets *sets, spil_vid v)
{
    while (sets->root[v] != v)
        v = sets->root[v] = sets->root[sets->root[v]];
    return v;
}

void spil_sets_add(spil_sets *sets, spil_vid v)
{
    sets->root[v] = v;
    sets->size[v] = 1;
    sets->left++;
    sets->components++;
    if (sets->largest < 1)
        sets->largest = 1;
}

void spil_sets_join(spil_sets *sets, spil_vid a, spil_vid b)
{
    a = spil_sets_find(sets, a);
    b = spil_sets_find(sets, b);
    if (a == b)
        return;
    const spil_vid small = sets->size[a] < sets->size[b] ? a : b, large = small == a ? b : a;
    sets->pairs += 2.0 * sets->size[a] * sets->size[b];
    sets->root[small] = large;
    sets->size[large] += sets->size[small];
    sets->components--;
    if (sets->size[large] > sets->largest)
        sets->largest = sets->size[large];
}

void spil_sets_add_with_links(spil_sets *sets, const spil_csr *g, spil_vid v)
{
    spil_sets_add(sets, v);
    for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
        if (sets->root[g->col[i]] != SPIL_NO_VERTEX)
            spil_sets_join(sets, v, g->col[i]);
}
