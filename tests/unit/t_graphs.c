/* t_graphs.c - see t_graphs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t_graphs.h"

#include "engine/base/rng.h"
#include "engine/base/vec.h"
#include "tests/unit/t.h"

#include <stdlib.h>

typedef SPIL_VEC(spil_arc) arcs;

static void add(arcs *list, uint64_t from, uint64_t to, double weight)
{
    const spil_arc arc = {(spil_vid)from, (spil_vid)to, weight};
    assert_int_equal(VEC_PUSH(*list, arc, NULL), SPIL_OK);
}

static spil_csr *built(spil_vid n, arcs *list)
{
    spil_err err = SPIL_ERR_INIT;
    spil_csr *g = NULL;
    assert_ok(spil_csr_build(&g, n, list->items, list->count, SPIL_CSR_EDGE_IDS, &err));
    spil_free(list->items);
    return g;
}

spil_csr *t_graph_pairs(spil_vid n, size_t pair_count, const spil_vid *pairs)
{
    arcs list = {0};
    for (size_t i = 0; i < pair_count; i++)
        add(&list, pairs[2 * i], pairs[2 * i + 1], 1);
    return built(n, &list);
}

static void add_clique(arcs *list, spil_vid first, spil_vid size)
{
    for (spil_vid i = 0; i < size; i++)
        for (spil_vid j = i + 1; j < size; j++)
            add(list, first + i, first + j, 1);
}

spil_csr *t_graph_star(spil_vid n)
{
    arcs list = {0};
    for (spil_vid v = 1; v < n; v++)
        add(&list, 0, v, 1);
    return built(n, &list);
}

spil_csr *t_graph_path(spil_vid n)
{
    arcs list = {0};
    for (spil_vid v = 1; v < n; v++)
        add(&list, v - 1, v, 1);
    return built(n, &list);
}

spil_csr *t_graph_cycle(spil_vid n)
{
    arcs list = {0};
    for (spil_vid v = 0; v < n; v++)
        add(&list, v, (v + 1) % n, 1);
    return built(n, &list);
}

spil_csr *t_graph_clique(spil_vid n)
{
    arcs list = {0};
    add_clique(&list, 0, n);
    return built(n, &list);
}

spil_csr *t_graph_barbell(spil_vid k)
{
    arcs list = {0};
    add_clique(&list, 0, k);
    add_clique(&list, k, k);
    add(&list, k - 1, k, 1);
    return built(2 * k, &list);
}

spil_csr *t_graph_kite(void)
{
    static const spil_vid pairs[] = {0, 1, 0, 2, 0, 3, 0, 5, 1, 3, 1, 4, 1, 6, 2, 3, 2, 5,
                                     3, 4, 3, 5, 3, 6, 4, 6, 5, 6, 5, 7, 6, 7, 7, 8, 8, 9};
    return t_graph_pairs(10, 18, pairs);
}

spil_csr *t_graph_grid(spil_vid rows, spil_vid cols)
{
    arcs list = {0};
    for (spil_vid r = 0; r < rows; r++)
        for (spil_vid c = 0; c < cols; c++) {
            if (c + 1 < cols)
                add(&list, r * cols + c, r * cols + c + 1, 1);
            if (r + 1 < rows)
                add(&list, r * cols + c, (r + 1) * cols + c, 1);
        }
    return built(rows * cols, &list);
}

/* ---- random shapes ---- */

static double some_weight(spil_rng *rng)
{
    return (double)(1 + spil_rng_below(rng, 8)) / 4;
}

static void add_uniform(arcs *list, spil_rng *rng, spil_vid first, spil_vid n, size_t count)
{
    for (size_t i = 0; n > 0 && i < count; i++) {
        const double weight = some_weight(rng); /* a draw a statement: arguments have no order */
        const uint64_t to = first + spil_rng_below(rng, n);
        add(list, first + spil_rng_below(rng, n), to, weight);
    }
}

static void add_tree(arcs *list, spil_rng *rng, spil_vid n, spil_vid reach)
{
    for (spil_vid v = 1; v < n; v++) {
        const spil_vid back = 1 + (spil_vid)spil_rng_below(rng, v < reach ? v : reach);
        add(list, v, v - back, some_weight(rng));
    }
}

static void add_preferential(arcs *list, spil_rng *rng, spil_vid n)
{
    for (spil_vid v = 1; v < n; v++)
        for (unsigned k = 0; k < 2; k++) {
            const bool copy = list->count > 0 && spil_rng_below(rng, 2);
            const spil_vid to = copy ? list->items[spil_rng_below(rng, list->count)].to
                                     : (spil_vid)spil_rng_below(rng, v);
            add(list, v, to, some_weight(rng));
        }
}

static void add_bipartite(arcs *list, spil_rng *rng, spil_vid n, size_t count)
{
    const spil_vid left = n / 3 + 1;
    for (size_t i = 0; n > left && i < count; i++) {
        const double weight = some_weight(rng);
        const uint64_t to = left + spil_rng_below(rng, n - left);
        add(list, spil_rng_below(rng, left), to, weight);
    }
}

/* Blocks (small cliques or cycles) that share a vertex with an earlier one. */
static void add_blocks(arcs *list, spil_rng *rng, spil_vid n)
{
    spil_vid used = 1;
    while (used < n) {
        const spil_vid size = 1 + (spil_vid)spil_rng_below(rng, 5);
        const spil_vid anchor = (spil_vid)spil_rng_below(rng, used);
        const spil_vid end = used + size < n ? used + size : n;
        const bool full = spil_rng_below(rng, 2);
        add(list, anchor, used, 1);
        for (spil_vid v = used; v < end; v++) {
            add(list, v, v + 1 < end ? v + 1 : anchor, some_weight(rng));
            if (full)
                add(list, v, anchor, some_weight(rng));
        }
        used = end;
    }
}

/* Many vertices with equal neighbourhoods, joined (true) or not (false) among themselves. */
static void add_twins(arcs *list, spil_rng *rng, spil_vid n)
{
    const spil_vid core = n / 4 + 1;
    add_uniform(list, rng, 0, core, core * 2);
    for (spil_vid v = core; v < n;) {
        const spil_vid copies = 1 + (spil_vid)spil_rng_below(rng, 4);
        const bool joined = spil_rng_below(rng, 2);
        const uint64_t a = spil_rng_below(rng, core), b = spil_rng_below(rng, core);
        const spil_vid end = v + copies < n ? v + copies : n;
        for (spil_vid w = v; w < end; w++) {
            add(list, w, a, 1);
            add(list, w, b, 1);
            if (joined && w + 1 < end)
                for (spil_vid u = w + 1; u < end; u++)
                    add(list, w, u, 1);
        }
        v = end;
    }
}

spil_csr *t_graph_random(uint64_t seed, spil_vid size)
{
    spil_rng rng = spil_rng_stream(seed, 77);
    arcs list = {0};
    const spil_vid n = 2 + (spil_vid)spil_rng_below(&rng, size - 1);
    switch (seed % T_SHAPES) {
    case 0:
        return spil_rng_below(&rng, 2) ? t_graph_pairs(0, 0, NULL) : t_graph_pairs(n, 0, NULL);
    case 1:
        return spil_rng_below(&rng, 2) ? t_graph_pairs(1, 0, NULL)
                                       : t_graph_pairs(2, 1, (spil_vid[]){0, 1});
    case 2: /* few vertices: many loops and parallel arcs */
        add_uniform(&list, &rng, 0, 1 + n / 8, n);
        return built(1 + n / 8, &list);
    case 3:
        return t_graph_star(n);
    case 4:
        return spil_rng_below(&rng, 2) ? t_graph_path(n) : t_graph_cycle(n);
    case 5:
        add_tree(&list, &rng, n, n);
        return built(n, &list);
    case 6:
        add_tree(&list, &rng, n, 3);
        add_uniform(&list, &rng, 0, n, n / 8);
        return built(n, &list);
    case 7:
        add_bipartite(&list, &rng, n, 2 * n);
        return built(n, &list);
    case 8:
        return t_graph_clique(2 + n / 8);
    case 9: /* two parts and isolated vertices */
        add_uniform(&list, &rng, 0, n / 3, n);
        add_uniform(&list, &rng, n / 3, n / 3, n / 2);
        return built(n, &list);
    case 10:
        add_blocks(&list, &rng, n);
        return built(n, &list);
    case 11:
        add_preferential(&list, &rng, n);
        return built(n, &list);
    case 12: /* groups of eight, loosely joined */
        for (spil_vid first = 0; first + 8 <= n; first += 8)
            add_uniform(&list, &rng, first, 8, 20);
        add_uniform(&list, &rng, 0, n, n / 4);
        return built(n, &list);
    case 13:
        add_twins(&list, &rng, n);
        return built(n, &list);
    case 14:
        return t_graph_grid(1 + n / 10, 10);
    default:
        add_uniform(&list, &rng, 0, n, (size_t)n * (1 + spil_rng_below(&rng, 4)));
        return built(n, &list);
    }
}

spil_csr *t_graph_relabel(const spil_csr *g, uint64_t seed, spil_vid **name)
{
    spil_rng rng = spil_rng_stream(seed, 78);
    arcs list = {0};
    spil_vid *to = NULL;
    assert_int_equal(NEW_ARRAY(to, g->n, NULL), SPIL_OK);
    for (spil_vid v = 0; v < g->n; v++) {
        const spil_vid at = (spil_vid)spil_rng_below(&rng, v + 1);
        to[v] = to[at];
        to[at] = v;
    }
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v)
                add(&list, to[v], to[g->col[i]], g->weight[i]);
    *name = to;
    return built(g->n, &list);
}

/* ---- files ---- */

/* Reads "a b [w]"; false when the line does not start with two numbers. */
static bool parse_line(char *line, spil_arc *arc)
{
    unsigned from = 0, to = 0;
    double weight = 1;
    for (char *c = line; *c; c++)
        if (*c == ',' || *c == '\t' || *c == '"')
            *c = ' ';
    const int found = sscanf(line, "%u %u %lf", &from, &to, &weight);
    *arc = (spil_arc){from < to ? from : to, from < to ? to : from, found == 3 ? weight : 1};
    return found >= 2;
}

static void keep_last(arcs *list, spil_arc arc)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].from == arc.from && list->items[i].to == arc.to) {
            list->items[i].weight = arc.weight;
            return;
        }
    add(list, arc.from, arc.to, arc.weight);
}

spil_csr *t_graph_read(const char *path)
{
    FILE *const file = fopen(path, "r");
    if (!file)
        return NULL;
    arcs list = {0};
    spil_arc arc;
    char line[512];
    spil_vid n = 0;
    while (fgets(line, sizeof line, file))
        if (parse_line(line, &arc)) {
            keep_last(&list, arc);
            n = arc.to + 1 > n ? arc.to + 1 : n;
        }
    fclose(file);
    return built(n, &list);
}
