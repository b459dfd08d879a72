/* Presence against a slow second way: colour the parts by brute force.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/presence.h"
#include "engine/base/rng.h"
#include "engine/stats/draw.h"
#include "t.h"
#include "t_graphs.h"

enum { MOST = 64 };

typedef struct town {
    spil_facts *facts;
    spil_network network; /* csr and confidences only */
    uint32_t entity[MOST], of[MOST];
    spil_vid member[MOST];
    double confidence[MOST * MOST];
} town;

/* All vertices of g are one community; the edges' confidences are random, or 1. */
static void build(town *t, spil_csr *g, uint64_t seed, bool certain)
{
    spil_err err = SPIL_ERR_INIT;
    spil_rng rng = spil_rng_stream(5, seed);
    memset(t, 0, sizeof *t);
    assert_true(g->n <= MOST);
    const spil_source source = {.id = 1, .path = "hand.csv", .sha256 = "00"};
    assert_ok(spil_facts_new(&t->facts, &err));
    assert_ok(spil_facts_add_source(t->facts, &source, &err));
    for (spil_vid v = 0; v < g->n; v++) {
        char key[16];
        (void)snprintf(key, sizeof key, "P%u", v);
        const spil_entity row = {.id = v + 1, .key = key};
        assert_ok(spil_facts_add_entity(t->facts, &row, &err));
        t->entity[v] = v;
        t->member[v] = v;
    }
    assert_ok(spil_facts_finish(t->facts, &err));
    for (spil_eid e = 0; e < g->m; e++)
        t->confidence[e] = certain ? 1 : 0.3 + 0.8 * spil_rng_unit(&rng);
    t->network = (spil_network){.csr = g, .entity = t->entity, .edge_confidence = t->confidence};
}

/* Is the edge there? The same question as the code asks, of the keys. */
static bool alive(const town *t, spil_vid a, spil_vid b, uint32_t edge, uint64_t seed, size_t draw)
{
    if (t->confidence[edge] >= 1)
        return true;
    const spil_vid from = a < b ? a : b, to = a < b ? b : a;
    const uint64_t key =
        spil_key_join(spil_key_join(seed, spil_key_text(t->facts->entities[from].key)),
                      spil_key_text(t->facts->entities[to].key));
    return spil_unit_at(key, draw) < t->confidence[edge];
}

/* Vertices of `within` in its largest connected part (ties: smallest vertex): in[v] = 1. */
static void largest_part(const town *t, const uint8_t *within, uint64_t seed, size_t draw,
                         uint8_t *in)
{
    const spil_csr *const g = t->network.csr;
    spil_vid label[MOST], size[MOST] = {0}, best = 0;
    for (spil_vid v = 0; v < g->n; v++)
        label[v] = v;
    for (bool changed = true; changed;) {
        changed = false;
        for (spil_vid v = 0; v < g->n; v++)
            for (spil_eid i = g->row[v]; within[v] && i < g->row[v + 1]; i++) {
                const spil_vid u = g->col[i];
                if (within[u] && label[u] < label[v] && alive(t, u, v, g->edge[i], seed, draw)) {
                    label[v] = label[u];
                    changed = true;
                }
            }
    }
    for (spil_vid v = 0; v < g->n; v++)
        size[label[v]] += within[v];
    for (spil_vid v = 0; v < g->n; v++)
        if (size[v] > size[best])
            best = v;
    for (spil_vid v = 0; v < g->n; v++)
        in[v] = within[v] && size[best] > 0 && label[v] == best;
}

static void check_draw(const town *t, const spil_presence *p, uint64_t seed, size_t draw)
{
    const spil_vid n = t->network.csr->n;
    uint8_t everybody[MOST], in[MOST], rest[MOST], mark[MOST];
    uint32_t holders[MOST];
    memset(everybody, 1, sizeof everybody);
    largest_part(t, everybody, seed, draw, in);
    for (spil_vid v = 0; v < n; v++)
        mark[v] = (v * 7 + seed) % 3 == 0;
    const size_t holder_count = spil_presence_holders(p, mark, holders);
    size_t next = 0;
    for (spil_vid v = 0; v < n; v++) {
        uint8_t without[MOST];
        bool holds = false;
        assert_int_equal(spil_presence_in(p, v), in[v]);
        memcpy(without, in, sizeof without);
        without[v] = 0;
        if (in[v])
            largest_part(t, without, seed, draw, rest);
        else
            memcpy(rest, in, sizeof rest);
        for (spil_vid x = 0; x < n; x++) {
            assert_int_equal(spil_presence_stays(p, x, v), rest[x]);
            holds = holds || (in[v] && x != v && mark[x] && in[x] && !rest[x]);
        }
        if (holds) {
            assert_true(next < holder_count);
            assert_int_equal(holders[next++], v);
        }
    }
    assert_int_equal(next, holder_count);
}

/* All draws at once say the same, of members in any order, and one draw is right afterwards. */
static void check_all(const town *t, spil_presence *p)
{
    enum { DRAWS = 9 };
    const spil_vid n = t->network.csr->n;
    uint32_t backwards[MOST];
    uint8_t in[MOST * DRAWS];
    for (spil_vid v = 0; v < n; v++)
        backwards[v] = n - 1 - v;
    spil_presence_all(p, DRAWS, backwards, n, in);
    for (size_t draw = 0; draw < DRAWS; draw++) {
        spil_presence_draw(p, draw);
        for (spil_vid v = 0; v < n; v++)
            assert_int_equal(in[(n - 1 - v) * DRAWS + draw], spil_presence_in(p, v));
    }
}

static void presence__agrees_with_colouring_by_hand(void **state)
{
    (void)state;
    static town t;
    for (uint64_t seed = 0; seed < 64; seed++) {
        spil_csr *const g = t_graph_random(seed, 16);
        if (g->n == 0 || g->n > MOST) {
            spil_csr_free(g);
            continue;
        }
        spil_err err = SPIL_ERR_INIT;
        spil_presence *p = NULL;
        build(&t, g, seed, seed % 4 == 3);
        assert_ok(spil_presence_new(&p, &t.network, t.member, g->n, t.of, seed, t.facts, &err));
        for (size_t draw = 0; draw < 8; draw++) {
            spil_presence_draw(p, draw);
            check_draw(&t, p, seed, draw);
        }
        check_all(&t, p);
        spil_presence_free(p);
        spil_facts_free(t.facts);
        spil_csr_free(g);
    }
}

/* 0 - 1 - 2 - 3 - 4: without 2 two parts of two are left, and the one with vertex 0 is kept. */
static void presence__of_equal_parts_keeps_that_of_the_smallest_vertex(void **state)
{
    (void)state;
    static town t;
    spil_err err = SPIL_ERR_INIT;
    spil_presence *p = NULL;
    spil_csr *const g = t_graph_path(5);
    build(&t, g, 1, true);
    assert_ok(spil_presence_new(&p, &t.network, t.member, 5, t.of, 1, t.facts, &err));
    spil_presence_draw(p, 0);
    assert_true(spil_presence_certain(p));
    assert_true(spil_presence_stays(p, 0, 2) && spil_presence_stays(p, 1, 2));
    assert_false(spil_presence_stays(p, 3, 2) || spil_presence_stays(p, 4, 2));
    assert_false(spil_presence_stays(p, 2, 2));
    spil_presence_free(p);
    spil_facts_free(t.facts);
    spil_csr_free(g);
}

/* Six uncertain edges have 64 patterns, one by one what a draw says; with seven there is no table.
 */
static void presence_all__of_few_edges_is_that_of_each_draw(void **state)
{
    (void)state;
    static town t;
    for (uint32_t n = 2; n <= 8; n++) {
        spil_err err = SPIL_ERR_INIT;
        spil_presence *p = NULL;
        spil_csr *const g = t_graph_path(n);
        build(&t, g, n, false);
        assert_ok(spil_presence_new(&p, &t.network, t.member, n, t.of, 3, t.facts, &err));
        check_all(&t, p);
        spil_presence_free(p);
        spil_facts_free(t.facts);
        spil_csr_free(g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(presence__agrees_with_colouring_by_hand),
        T(presence_all__of_few_edges_is_that_of_each_draw),
        T(presence__of_equal_parts_keeps_that_of_the_smallest_vertex),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
