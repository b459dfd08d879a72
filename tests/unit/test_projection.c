/* Projections beside brute force. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/graph/projection.h"

#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "t.h"
#include "t_graphs.h"

static void projection__shares_one_among_those_at_an_address(void **state)
{
    (void)state;
    spil_err err;
    /* address 0 with persons 2, 3, 4; company 1 with 3, 4; 2 and 3 are linked as well */
    spil_csr *const g = t_graph_pairs(5, 6, (spil_vid[]){0, 2, 0, 3, 0, 4, 1, 3, 1, 4, 2, 3});
    const bool keep[] = {false, false, true, true, true};
    spil_csr *p = NULL;
    spil_projection_note note;
    assert_ok(spil_projection_build(&p, &note, g, keep, 50, &err));
    assert_int_equal(p->m, 3);
    assert_int_equal(spil_degree(p, 0) + spil_degree(p, 1), 0);
    assert_close(p->weight[p->row[2]], 0.5 + 1, 1e-15);     /* 2 - 3 */
    assert_close(p->weight[p->row[2] + 1], 0.5, 1e-15);     /* 2 - 4 */
    assert_close(p->weight[p->row[3] + 1], 0.5 + 1, 1e-15); /* 3 - 4 */
    assert_int_equal(note.left_out, 0);
    assert_int_equal(note.largest, 3);
    spil_csr_free(p);
    assert_ok(spil_projection_build(&p, &note, g, keep, 2, &err));
    assert_int_equal(p->m, 2); /* without the address */
    assert_int_equal(note.left_out, 1);
    assert_close(note.weight_left_out, 1.5, 1e-15);
    spil_csr_free(p);
    assert_fails(spil_projection_build(&p, &note, g, keep, 1, &err), SPIL_RANGE, "cap is '1'");
    spil_csr_free(g);
}

/* Weight between two kept vertices by the definition, over all middles of at most cap. */
static double by_definition(const double *w, spil_vid n, const bool *keep, spil_vid a, spil_vid b,
                            spil_vid cap)
{
    double sum = w[a * n + b];
    for (spil_vid h = 0; h < n; h++) {
        spil_vid around = 0;
        for (spil_vid v = 0; v < n; v++)
            around += keep[v] && w[h * n + v] > 0;
        if (!keep[h] && w[h * n + a] > 0 && w[h * n + b] > 0 && around <= cap)
            sum += 1.0 / (around - 1);
    }
    return sum;
}

static void compare(uint64_t seed)
{
    spil_err err;
    spil_csr *const g = t_graph_random(seed, 24), *p = NULL;
    const spil_vid n = g->n, cap = 2 + (spil_vid)(seed % 9);
    spil_rng rng = spil_rng_stream(seed, 5);
    double *w = NULL, *x = NULL, *y = NULL, *dense = NULL;
    bool *keep = NULL;
    assert_ok(NEW_ARRAY(w, (size_t)n * n, &err));
    assert_ok(NEW_ARRAY(dense, (size_t)n * n, &err));
    assert_ok(NEW_ARRAY(x, n, &err));
    assert_ok(NEW_ARRAY(y, n, &err));
    assert_ok(NEW_ARRAY(keep, n, &err));
    for (spil_vid v = 0; v < n; v++) {
        keep[v] = spil_rng_below(&rng, 3) > 0;
        x[v] = spil_rng_unit(&rng);
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            w[v * n + g->col[i]] = g->weight[i];
    }
    assert_ok(spil_projection_build(&p, NULL, g, keep, cap, &err));
    for (spil_vid v = 0; v < n; v++)
        for (spil_eid i = p->row[v]; i < p->row[v + 1]; i++)
            dense[v * n + p->col[i]] = p->weight[i];
    assert_ok(spil_projection_apply(y, x, g, keep, &err));
    for (spil_vid a = 0; a < n; a++) {
        double product = 0;
        for (spil_vid b = 0; b < n; b++) {
            const bool pair = keep[a] && keep[b] && a != b;
            assert_close(dense[a * n + b], pair ? by_definition(w, n, keep, a, b, cap) : 0, 1e-12);
            product += pair ? by_definition(w, n, keep, a, b, n) * x[b] : 0;
        }
        assert_close(y[a], product, 1e-12);
    }
    spil_csr_free(p);
    spil_csr_free(g);
    spil_free(w);
    spil_free(dense);
    spil_free(x);
    spil_free(y);
    spil_free(keep);
}

static void projection__is_the_definition_on_200_graphs(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++)
        compare(seed);
}

/* A trust office with 100,000 around it: five thousand million links, none of which is made. */
static void projection__never_builds_the_clique_of_a_hub(void **state)
{
    (void)state;
    enum { AROUND = 100000 };
    spil_err err;
    spil_csr *const g = t_graph_star(AROUND + 1), *p = NULL;
    bool *keep = NULL;
    double *x = NULL, *y = NULL;
    spil_projection_note note;
    assert_ok(NEW_ARRAY(keep, g->n, &err));
    assert_ok(NEW_ARRAY(x, g->n, &err));
    assert_ok(NEW_ARRAY(y, g->n, &err));
    for (spil_vid v = 1; v < g->n; v++) {
        keep[v] = true;
        x[v] = 1;
    }
    assert_ok(spil_projection_build(&p, &note, g, keep, SPIL_PROJECTION_CAP, &err));
    assert_int_equal(p->m, 0);
    assert_int_equal(note.left_out, 1);
    assert_int_equal(note.largest, AROUND);
    assert_ok(spil_projection_apply(y, x, g, keep, &err));
    for (spil_vid v = 1; v < g->n; v++)
        assert_close(y[v], 1, 1e-12); /* all that one shares with the others adds up to 1 */
    spil_csr_free(p);
    spil_csr_free(g);
    spil_free(keep);
    spil_free(x);
    spil_free(y);
}

static spil_status build_and_free(const spil_csr *g)
{
    const bool keep[] = {false, true, true, true, true, true, true, true};
    const double x[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    double y[8];
    spil_csr *p = NULL;
    spil_status rc = spil_projection_build(&p, NULL, g, keep, 50, NULL);
    if (rc == SPIL_OK)
        rc = spil_projection_apply(y, x, g, keep, NULL);
    spil_csr_free(p);
    return rc;
}

static void projection__survives_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_star(8);
    assert_survives_no_memory(build_and_free(g));
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(projection__shares_one_among_those_at_an_address),
        T(projection__is_the_definition_on_200_graphs),
        T(projection__never_builds_the_clique_of_a_hub),
        T(projection__survives_lack_of_memory),
    };
    return cmocka_run_group_tests_name("projection", tests, NULL, NULL);
}
