/* presence_draws.c - who is there in all draws at once. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Certain edges are joined once; a draw then joins the nodes that are left by its uncertain edges.
 * Cost a draw: the nodes and the uncertain edges, not the members and all edges.
 */
#include "engine/barriers/presence_inside.h"
#include "engine/stats/draw.h"

#include <string.h>

/* Sets of nodes: the root of a set is its smallest; the paths are halved (Tarjan & van Leeuwen
 * 1984). */
static uint32_t root_of(uint32_t *up, uint32_t node)
{
    while (up[node] != node)
        node = up[node] = up[up[node]];
    return node;
}

static void join(uint32_t *up, uint32_t *size, uint32_t a, uint32_t b)
{
    a = root_of(up, a);
    b = root_of(up, b);
    if (a == b)
        return;
    const uint32_t first = a < b ? a : b, second = a < b ? b : a;
    up[second] = first;
    size[first] += size[second];
}

/* Nodes are what certain edges tie, numbered by their smallest member: node (by member) and size
 * (by node). Uncertain edges between two of them: from, to, and their number in which. Both counts
 * are told. */
typedef struct nodes {
    uint32_t *of, *size, *from, *to, *which;
    uint32_t count, edges;
} nodes;

static void tie_certain(spil_presence *p, nodes *out, uint32_t *up)
{
    for (uint32_t v = 0; v < p->n; v++)
        up[v] = v, out->size[v] = 1;
    for (uint32_t v = 0; v < p->n; v++)
        for (uint32_t j = p->row[v]; j < p->row[v + 1]; j++)
            if (p->to[j] > v && p->confidence[p->link[j]] >= 1)
                join(up, out->size, v, p->to[j]);
    for (uint32_t v = 0; v < p->n; v++) {
        const uint32_t root = root_of(up, v);
        if (root == v) /* roots come first: they are the smallest */
            out->size[out->count] = out->size[v], out->of[v] = out->count++;
        else
            out->of[v] = out->of[root];
    }
    for (uint32_t v = 0; v < p->n; v++)
        for (uint32_t j = p->row[v]; j < p->row[v + 1]; j++)
            if (p->to[j] > v && out->of[v] != out->of[p->to[j]]) {
                out->from[out->edges] = out->of[v];
                out->to[out->edges] = out->of[p->to[j]];
                out->which[out->edges++] = p->link[j];
            }
}

/* Root of the largest part in draw b; ties: the part with the smallest member. */
static uint32_t largest(const spil_presence *p, const nodes *n, size_t b, uint32_t *up,
                        uint32_t *size)
{
    for (uint32_t k = 0; k < n->count; k++)
        up[k] = k;
    memcpy(size, n->size, n->count * sizeof *size);
    for (uint32_t e = 0; e < n->edges; e++)
        if (spil_unit_at(p->key[n->which[e]], b) < p->confidence[n->which[e]])
            join(up, size, n->from[e], n->to[e]);
    uint32_t best = 0;
    for (uint32_t k = 1; k < n->count; k++)
        if (up[k] == k && size[k] > size[best])
            best = k;
    return best;
}

/* Which of the members are in the largest part of draw b. */
static void see_draw(const spil_presence *p, const nodes *n, size_t b, const uint32_t *local,
                     size_t count, uint8_t *in)
{
    uint32_t *const up = p->parent;
    const uint32_t best = largest(p, n, b, up, p->end);
    for (size_t i = 0; i < count; i++)
        in[i] = root_of(up, n->of[local[i]]) == best;
}

enum { PATTERN_EDGES = 6, PATTERN_MEMBERS = 64 };

/* Bit e: uncertain edge e is there in draw b. */
static unsigned pattern_of(const spil_presence *p, const nodes *n, size_t b)
{
    unsigned pattern = 0;
    for (uint32_t e = 0; e < n->edges; e++) {
        const uint32_t which = n->which[e];
        pattern |= (unsigned)(spil_unit_at(p->key[which], b) < p->confidence[which]) << e;
    }
    return pattern;
}

/* With few uncertain edges there are few different draws: who is there is seen once in each. */
static void see_patterns(const spil_presence *p, const nodes *n, size_t draws,
                         const uint32_t *local, size_t count, uint8_t *in)
{
    uint8_t seen[1 << PATTERN_EDGES][PATTERN_MEMBERS];
    bool is_seen[1 << PATTERN_EDGES] = {false};
    for (size_t b = 0; b < draws; b++) {
        const unsigned pattern = pattern_of(p, n, b);
        if (!is_seen[pattern]) {
            see_draw(p, n, b, local, count, seen[pattern]);
            is_seen[pattern] = true;
        }
        for (size_t i = 0; i < count; i++)
            in[i * draws + b] = seen[pattern][i];
    }
}

void spil_presence_all(spil_presence *p, size_t draws, const uint32_t *local, size_t count,
                       uint8_t *in)
{
    nodes n = {.of = p->vertex,
               .size = p->low,
               .from = p->inner,
               .to = p->inner + p->m,
               .which = p->inner + 2 * (size_t)p->m};
    tie_certain(p, &n, p->parent);
    p->drawn = false;
    if (n.edges <= PATTERN_EDGES && count <= PATTERN_MEMBERS) {
        see_patterns(p, &n, draws, local, count, in);
        return;
    }
    for (size_t b = 0; b < draws; b++) {
        if (b > 0 && n.edges == 0) { /* nothing differs between draws */
            for (size_t i = 0; i < count; i++)
                in[i * draws + b] = in[i * draws];
            continue;
        }
        const uint32_t best = largest(p, &n, b, p->parent, p->end);
        for (size_t i = 0; i < count; i++)
            in[i * draws + b] = root_of(p->parent, n.of[local[i]]) == best;
    }
}
