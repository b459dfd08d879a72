/* presence.c - see presence.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/presence_inside.h"
#include "engine/base/mem.h"
#include "engine/stats/draw.h"

#include <string.h>

/* ---- edges inside ---- */

uint32_t spil_member_place(const spil_vid *member, size_t count, spil_vid v)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (member[middle] < v)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static uint32_t count_inside(const spil_csr *g, const spil_vid *member, uint32_t n,
                             const uint32_t *of)
{
    uint32_t ends = 0;
    for (uint32_t i = 0; i < n; i++)
        for (spil_eid j = g->row[member[i]]; j < g->row[member[i] + 1]; j++)
            ends += of[g->col[j]] == of[member[i]];
    return ends / 2;
}

/* A key of the edge that depends on the keys of its ends alone. */
static uint64_t key_of_edge(const spil_network *network, const spil_facts *facts, uint64_t seed,
                            spil_vid from, spil_vid to)
{
    const uint64_t one = spil_key_text(facts->entities[network->entity[from]].key);
    const uint64_t two = spil_key_text(facts->entities[network->entity[to]].key);
    return spil_key_join(spil_key_join(seed, one), two);
}

static void fill_edges(spil_presence *p, const spil_network *network, const uint32_t *of,
                       uint64_t seed, const spil_facts *facts)
{
    const spil_csr *const g = network->csr;
    uint32_t next = 0, edges = 0;
    p->certain = true;
    for (uint32_t i = 0; i < p->n; i++) {
        const spil_vid v = p->member[i];
        for (spil_eid j = g->row[v]; j < g->row[v + 1]; j++) {
            const spil_vid u = g->col[j];
            if (of[u] != of[v])
                continue;
            const uint32_t other = spil_member_place(p->member, p->n, u);
            p->to[next] = other;
            if (u > v) {
                const double confidence = network->edge_confidence[g->edge[j]];
                p->link[next] = edges;
                p->confidence[edges] = confidence;
                if (confidence < 1) {
                    p->certain = false;
                    p->key[edges] = key_of_edge(network, facts, seed, v, u);
                }
                p->alive[edges++] = 1;
            }
            next++;
        }
        p->row[i + 1] = next;
    }
    /* The entry from the larger end takes the number from the smaller: rows ascend, so the smaller
     * ends of a vertex come in the order in which their rows list it. */
    uint32_t *const at = p->next;
    memcpy(at, p->row, p->n * sizeof *at);
    for (uint32_t i = 0; i < p->n; i++)
        for (uint32_t j = p->row[i]; j < p->row[i + 1]; j++)
            if (p->to[j] > i)
                p->link[at[p->to[j]]++] = p->link[j];
}

spil_status spil_presence_new(spil_presence **out, const spil_network *network,
                              const spil_vid *member, size_t count, const uint32_t *of,
                              uint64_t seed, const spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_presence *p = NULL;
    TRY(NEW(p, err));
    p->n = (uint32_t)count;
    p->member = member;
    p->m = count_inside(network->csr, member, p->n, of);
    TRY(NEW_ARRAY(p->row, count + 1, err));
    TRY(NEW_ARRAY(p->to, 2 * (size_t)p->m, err));
    TRY(NEW_ARRAY(p->link, 2 * (size_t)p->m, err));
    TRY(NEW_ARRAY(p->confidence, p->m, err));
    TRY(NEW_ARRAY(p->key, p->m, err));
    TRY(NEW_ARRAY(p->alive, p->m, err));
    TRY(NEW_ARRAY(p->position, count, err));
    TRY(NEW_ARRAY(p->vertex, count, err));
    TRY(NEW_ARRAY(p->low, count, err));
    TRY(NEW_ARRAY(p->parent, count, err));
    TRY(NEW_ARRAY(p->end, count, err));
    TRY(NEW_ARRAY(p->next, count, err));
    TRY(NEW_ARRAY(p->stack, count, err));
    TRY(NEW_ARRAY(p->prefix, count + 1, err));
    TRY(NEW_ARRAY(p->off, count, err));
    TRY(NEW_ARRAY(p->off_row, count + 2, err));
    TRY(NEW_ARRAY(p->kept, count, err));
    TRY(NEW_ARRAY(p->rest, count, err));
    TRY(NEW_ARRAY(p->inner, 3 * (size_t)p->m, err));
    fill_edges(p, network, of, seed, facts);
    *out = p;
    p = NULL;
done:
    spil_presence_free(p);
    return rc;
}

void spil_presence_free(spil_presence *p)
{
    if (!p)
        return;
    void *const blocks[] = {p->row,     p->to,     p->link,     p->confidence, p->key,
                            p->alive,   p->vertex, p->low,      p->end,        p->parent,
                            p->next,    p->stack,  p->prefix,   p->off,        p->kept,
                            p->off_row, p->rest,   p->position, p->inner};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        spil_free(blocks[i]);
    spil_free(p);
}

/* ---- the pass ---- */

/* Depth first from root; fills positions, lowest position reached, parent and end of each subtree
 * (all by position) and returns the position after the last. */
static uint32_t walk(spil_presence *p, uint32_t root, uint32_t at)
{
    uint32_t depth = 0;
    p->position[root] = at;
    p->vertex[at] = root;
    p->parent[at] = UINT32_MAX;
    p->low[at] = at;
    p->next[root] = p->row[root];
    p->stack[depth++] = root;
    at++;
    while (depth > 0) {
        const uint32_t v = p->stack[depth - 1], here = p->position[v];
        if (p->next[v] == p->row[v + 1]) {
            p->end[here] = at;
            depth--;
            if (depth > 0) {
                const uint32_t above = p->position[p->stack[depth - 1]];
                if (p->low[here] < p->low[above])
                    p->low[above] = p->low[here];
            }
            continue;
        }
        const uint32_t j = p->next[v]++;
        const uint32_t u = p->to[j];
        if (!p->alive[p->link[j]])
            continue;
        if (p->position[u] == UINT32_MAX) {
            p->position[u] = at;
            p->vertex[at] = u;
            p->parent[at] = here;
            p->low[at] = at;
            p->next[u] = p->row[u];
            p->stack[depth++] = u;
            at++;
        } else if (p->position[u] < p->low[here]) {
            p->low[here] = p->position[u];
        }
    }
    return at;
}

/* Child c hangs on its parent alone (or the parent is the root of the pass). */
static bool falls_off(const spil_presence *p, uint32_t c)
{
    const uint32_t parent = p->parent[c];
    return parent != UINT32_MAX && (p->low[c] >= parent || p->parent[parent] == UINT32_MAX);
}

static void list_ranges(spil_presence *p)
{
    memset(p->off_row, 0, (p->n + 2) * sizeof *p->off_row);
    for (uint32_t c = p->part_begin; c < p->part_end; c++)
        if (falls_off(p, c))
            p->off_row[p->parent[c] + 2]++;
    for (uint32_t i = 0; i < p->n; i++)
        p->off_row[i + 2] += p->off_row[i + 1];
    for (uint32_t c = p->part_begin; c < p->part_end; c++)
        if (falls_off(p, c))
            p->off[p->off_row[p->parent[c] + 1]++] = (spil_presence_range){c, p->end[c]};
}

/* Is position x in one of the ranges that fall off with v? They are in ascending order. */
static bool in_ranges(const spil_presence *p, uint32_t x, uint32_t v)
{
    uint32_t low = p->off_row[v], high = p->off_row[v + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (p->off[middle].end <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->off_row[v + 1] && p->off[low].begin <= x;
}

static uint32_t smallest_in(const spil_presence *p, uint32_t begin, uint32_t end)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t i = begin; i < end; i++)
        if (p->vertex[i] < least)
            least = p->vertex[i];
    return least;
}

static uint32_t smallest_in_rest(const spil_presence *p, uint32_t v)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t i = p->part_begin; i < p->part_end; i++)
        if (i != v && p->vertex[i] < least && !in_ranges(p, i, v))
            least = p->vertex[i];
    return least;
}

/* What remains of the largest part without the vertex at position v. */
static void choose_kept(spil_presence *p, uint32_t v)
{
    uint32_t rest = p->part_end - p->part_begin - 1;
    const uint32_t begin = p->off_row[v], end = p->off_row[v + 1];
    for (uint32_t i = begin; i < end; i++)
        rest -= p->off[i].end - p->off[i].begin;
    uint32_t best = rest, least = UINT32_MAX; /* least: smallest vertex of the best, once needed */
    p->rest[v] = 1;
    p->kept[v] = (spil_presence_range){0, 0};
    for (uint32_t i = begin; i < end; i++) {
        const spil_presence_range each = p->off[i];
        const uint32_t size = each.end - each.begin;
        if (size < best)
            continue;
        if (size == best) {
            if (least == UINT32_MAX)
                least = p->rest[v] ? smallest_in_rest(p, v)
                                   : smallest_in(p, p->kept[v].begin, p->kept[v].end);
            const uint32_t mine = smallest_in(p, each.begin, each.end);
            if (mine > least)
                continue;
            least = mine;
        } else {
            least = UINT32_MAX;
        }
        best = size;
        p->rest[v] = 0;
        p->kept[v] = each;
    }
}

/* The pass over the edges that are alive. */
static void find_part(spil_presence *p)
{
    memset(p->position, 0xff, p->n * sizeof *p->position);
    uint32_t at = 0;
    p->part_begin = p->part_end = 0;
    for (uint32_t v = 0; v < p->n; v++) { /* ascending: of equal parts the first has the smallest */
        if (p->position[v] != UINT32_MAX)
            continue;
        const uint32_t begin = at;
        at = walk(p, v, at);
        if (at - begin > p->part_end - p->part_begin) {
            p->part_begin = begin;
            p->part_end = at;
        }
    }
    list_ranges(p);
    for (uint32_t v = p->part_begin; v < p->part_end; v++)
        choose_kept(p, v);
}

void spil_presence_draw(spil_presence *p, size_t b)
{
    if (p->certain && p->drawn)
        return;
    p->drawn = true;
    for (uint32_t e = 0; e < p->m; e++)
        p->alive[e] = p->confidence[e] >= 1 || spil_unit_at(p->key[e], b) < p->confidence[e];
    find_part(p);
}

void spil_presence_every(spil_presence *p)
{
    memset(p->alive, 1, p->m);
    find_part(p);
    p->drawn = p->certain;
}

/* ---- questions ---- */

bool spil_presence_certain(const spil_presence *p)
{
    return p->certain;
}

static bool in_part(const spil_presence *p, uint32_t position)
{
    return position >= p->part_begin && position < p->part_end;
}

bool spil_presence_in(const spil_presence *p, uint32_t local)
{
    return in_part(p, p->position[local]);
}

bool spil_presence_stays(const spil_presence *p, uint32_t x, uint32_t v)
{
    const uint32_t px = p->position[x], pv = p->position[v];
    if (!in_part(p, px) || !in_part(p, pv))
        return in_part(p, px);
    if (px == pv)
        return false;
    if (p->rest[pv])
        return !in_ranges(p, px, pv);
    return px >= p->kept[pv].begin && px < p->kept[pv].end;
}

/* Gives all that hang together with root, of those without a number, this number. */
static uint32_t number_piece(spil_presence *p, uint32_t root, const uint8_t *gone, uint32_t *piece,
                             uint32_t number)
{
    uint32_t depth = 0, size = 0;
    piece[root] = number;
    p->stack[depth++] = root;
    while (depth > 0) {
        const uint32_t v = p->stack[--depth];
        size++;
        for (uint32_t j = p->row[v]; j < p->row[v + 1]; j++) {
            const uint32_t u = p->to[j];
            if (!p->alive[p->link[j]] || gone[u] || piece[u] != UINT32_MAX)
                continue;
            piece[u] = number;
            p->stack[depth++] = u;
        }
    }
    return size;
}

void spil_presence_without(spil_presence *p, const uint8_t *gone, uint8_t *in)
{
    uint32_t *const piece = p->next;
    uint32_t best = UINT32_MAX - 1, most = 0;
    memset(piece, 0xff, p->n * sizeof *piece);
    for (uint32_t v = 0; v < p->n; v++) { /* ascending: of equal pieces the first stays */
        if (gone[v] || piece[v] != UINT32_MAX || !spil_presence_in(p, v))
            continue;
        const uint32_t size = number_piece(p, v, gone, piece, v);
        if (size > most) {
            most = size;
            best = v;
        }
    }
    for (uint32_t v = 0; v < p->n; v++)
        in[v] = piece[v] == best;
}

size_t spil_presence_holders(const spil_presence *p, const uint8_t *mark, uint32_t *out)
{
    size_t found = 0;
    uint32_t *const before = p->prefix; /* marked members at positions below */
    before[p->part_begin] = 0;
    for (uint32_t i = p->part_begin; i < p->part_end; i++)
        before[i + 1] = before[i] + mark[p->vertex[i]];
    const uint32_t all = before[p->part_end];
    for (uint32_t local = 0; local < p->n; local++) {
        const uint32_t v = p->position[local];
        if (!in_part(p, v))
            continue;
        uint32_t stay = all - mark[local];
        if (p->rest[v])
            for (uint32_t i = p->off_row[v]; i < p->off_row[v + 1]; i++)
                stay -= before[p->off[i].end] - before[p->off[i].begin];
        else
            stay = before[p->kept[v].end] - before[p->kept[v].begin];
        if (stay < all - mark[local])
            out[found++] = local;
    }
    return found;
}
