/* Leiden: quality beside igraph's and beside the best there is, connected parts, same for any
 * number of threads. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/communities/leiden.h"

#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/communities/partition.h"
#include "engine/communities/runs.h"
#include "engine/graph/igraph_view.h"
#include "t.h"
#include "t_graphs.h"

static double *random_weights(const spil_csr *g, uint64_t seed)
{
    double *weight = NULL;
    spil_err err;
    spil_rng rng = spil_rng_stream(seed, 77);
    assert_ok(NEW_ARRAY(weight, g->m, &err));
    for (spil_eid e = 0; e < g->m; e++)
        weight[e] = 0.05 + spil_rng_unit(&rng);
    return weight;
}

static uint32_t *run(double *quality, const spil_csr *g, const double *weight,
                     spil_objective objective, double resolution, uint64_t seed)
{
    spil_err err;
    spil_leiden *leiden = NULL;
    uint32_t *of = NULL;
    assert_ok(NEW_ARRAY(of, g->n, &err));
    assert_ok(spil_leiden_new(&leiden, g, weight, objective, resolution, &err));
    assert_ok(spil_leiden_run(leiden, seed, of, quality, &err));
    spil_leiden_free(leiden);
    return of;
}

/* Labels 0.. without gaps, and every community hangs together. */
static void assert_whole_parts(const spil_csr *g, const uint32_t *of)
{
    uint32_t *again = NULL, pieces = 0, most = 0;
    spil_err err;
    assert_ok(NEW_ARRAY(again, g->n, &err));
    for (spil_vid v = 0; v < g->n; v++) {
        again[v] = of[v];
        most = of[v] + 1 > most ? of[v] + 1 : most;
    }
    assert_ok(spil_partition_tidy(again, &pieces, g, &err));
    assert_int_equal(pieces, most);
    spil_free(again);
}

/* ---- beside igraph ---- */

typedef struct standing {
    double ours, theirs;
    unsigned graphs, better, worse;
} standing;

static void compare_with_igraph(standing *s, uint64_t seed)
{
    spil_err err;
    spil_csr *const g = t_graph_random(seed, 30 + (spil_vid)(seed % 7) * 20);
    double *const weight = seed / T_SHAPES % 2 ? random_weights(g, seed) : NULL;
    const double resolution = 0.5 + (double)(seed % 3) * 0.5;
    double ours = 0, theirs = 0, check = 0;
    spil_igraph *graph = NULL;
    uint32_t *of = run(&ours, g, weight, SPIL_OBJECTIVE_MODULARITY, resolution, seed);
    assert_whole_parts(g, of);
    assert_ok(spil_igraph_new(&graph, g, &err));
    if (g->m) {
        assert_ok(spil_igraph_modularity(graph, weight, resolution, of, &check, &err));
        assert_close(ours, check, 1e-12);
    }
    assert_ok(spil_igraph_leiden(graph, weight, resolution, seed, of, &theirs, &err));
    s->ours += ours;
    s->theirs += theirs;
    s->graphs++;
    s->better += ours > theirs + 1e-9;
    s->worse += ours < theirs - 1e-9;
    assert_true(ours > theirs - 0.05);
    spil_igraph_free(graph);
    spil_free(of);
    spil_free(weight);
    spil_csr_free(g);
}

static void leiden_run__is_no_worse_than_igraph_on_1280_graphs(void **state)
{
    (void)state;
    standing s = {0};
    for (uint64_t seed = 0; seed < 1280; seed++)
        compare_with_igraph(&s, seed);
    print_message("modularity on average: ours %.6f, igraph %.6f; better %u, worse %u of %u\n",
                  s.ours / s.graphs, s.theirs / s.graphs, s.better, s.worse, s.graphs);
    assert_true(s.ours >= s.theirs);
}

/* ---- beside the best there is ---- */

enum { SMALL = 7 };

typedef struct oracle {
    spil_vid n;
    double gain[SMALL][SMALL]; /* of each ordered pair that shares a community, by leiden.h */
    double best;
} oracle;

static bool two_sides(double w[SMALL][SMALL], spil_vid n, int *side)
{
    for (unsigned pattern = 0; pattern < 1u << n; pattern++) { /* of a connected graph */
        bool fits = true;
        for (spil_vid i = 0; i < n; i++)
            for (spil_vid j = 0; j < n; j++)
                fits = fits && (w[i][j] == 0 || ((pattern >> i & 1) != (pattern >> j & 1)));
        for (spil_vid i = 0; i < n; i++)
            side[i] = (int)(pattern >> i & 1);
        if (fits)
            return true;
    }
    return false;
}

static bool connected(const spil_csr *g)
{
    uint32_t of[SMALL] = {0}, count = 0;
    return spil_partition_tidy(of, &count, g, NULL) == SPIL_OK && count == 1;
}

static void fill_oracle(oracle *o, const spil_csr *g, const double *weight,
                        spil_objective objective, double resolution)
{
    double w[SMALL][SMALL] = {{0}}, k[SMALL] = {0}, ends = 0;
    int side[SMALL] = {0};
    *o = (oracle){.n = g->n, .best = -1e9};
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
            w[v][g->col[i]] = weight ? weight[g->edge[i]] : 1;
            k[v] += w[v][g->col[i]];
            ends += w[v][g->col[i]];
        }
    const bool two = objective == SPIL_OBJECTIVE_TWO_MODE && two_sides(w, g->n, side);
    for (spil_vid i = 0; i < g->n; i++)
        for (spil_vid j = 0; j < g->n; j++) {
            double expected = k[i] * k[j] / ends;
            if (objective == SPIL_OBJECTIVE_CPM)
                expected = i != j;
            else if (two)
                expected = side[i] != side[j] ? k[i] * k[j] / (ends / 2) : 0;
            o->gain[i][j] = (w[i][j] - resolution * expected) / ends;
        }
}

static double value_of(const oracle *o, const uint32_t *of)
{
    double sum = 0;
    for (spil_vid i = 0; i < o->n; i++)
        for (spil_vid j = 0; j < o->n; j++)
            sum += of[i] == of[j] ? o->gain[i][j] : 0;
    return sum;
}

/* All partitions, as labels none of which exceeds those before it by more than 1. */
static void try_all(oracle *o, uint32_t *of, spil_vid v, uint32_t used)
{
    if (v == o->n) {
        o->best = fmax(o->best, value_of(o, of));
        return;
    }
    for (uint32_t c = 0; c <= used; c++) {
        of[v] = c;
        try_all(o, of, v + 1, c == used ? used + 1 : used);
    }
}

/* 1 when the best of 5 runs is the best there is. */
static unsigned finds_the_best(const spil_csr *g, const double *weight, spil_objective objective,
                               double resolution)
{
    oracle o;
    uint32_t scratch[SMALL] = {0};
    double most = -1e9;
    fill_oracle(&o, g, weight, objective, resolution);
    try_all(&o, scratch, 0, 0);
    for (uint64_t seed = 0; seed < 5; seed++) {
        double quality = 0;
        uint32_t *const of = run(&quality, g, weight, objective, resolution, seed);
        assert_close(quality, value_of(&o, of), 1e-12);
        assert_whole_parts(g, of);
        most = fmax(most, quality);
        spil_free(of);
    }
    assert_true(most <= o.best + 1e-12);
    return most > o.best - 1e-9;
}

static void leiden_run__finds_the_best_of_all_partitions(void **state)
{
    (void)state;
    static const spil_objective objectives[] = {SPIL_OBJECTIVE_MODULARITY, SPIL_OBJECTIVE_CPM,
                                                SPIL_OBJECTIVE_TWO_MODE};
    static const double resolutions[] = {1, 0.4, 1};
    for (int k = 0; k < 3; k++) {
        unsigned graphs = 0, found = 0;
        for (uint64_t seed = 0; seed < 192; seed++) {
            spil_csr *const g = t_graph_random(seed, SMALL);
            double *const weight = seed % 2 ? random_weights(g, seed) : NULL;
            if (g->n <= SMALL && g->m && connected(g)) {
                graphs++;
                found += finds_the_best(g, weight, objectives[k], resolutions[k]);
            }
            spil_free(weight);
            spil_csr_free(g);
        }
        assert_true(graphs > 60);
        assert_true(found >= graphs - graphs / 50);
    }
}

/* Three persons at each of two addresses and one who has both: plain modularity and Barber's by
 * hand. Links 7, of which 3 + 4 in the parts {a, 3 persons} and {b, 4 persons}; sides' ends 3 and 4
 * there: 7/7 - (3 x 3 + 4 x 4) / 49 when the seventh link is inside. */
static void two_mode__is_barbers_modularity(void **state)
{
    (void)state;
    spil_csr *const g =
        t_graph_pairs(9, 8, (spil_vid[]){0, 2, 0, 3, 0, 4, 1, 5, 1, 6, 1, 7, 0, 8, 1, 8});
    double quality = 0;
    uint32_t *const of = run(&quality, g, NULL, SPIL_OBJECTIVE_TWO_MODE, 1, 1);
    /* {0,2,3,4,8}: links 4, ends 4 and 3 + 2; {1,5,6,7}: links 3, ends 4 and 3; or the mirror */
    assert_close(quality, 7.0 / 8 - (4 * 5 + 4 * 3) / 64.0, 1e-12);
    assert_int_equal(of[2], of[0]);
    assert_int_equal(of[5], of[1]);
    assert_int_not_equal(of[0], of[1]);
    spil_free(of);
    spil_csr_free(g);
}

/* ---- the rest ---- */

static void leiden_run__is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    const unsigned threads = spil_par_threads();
    for (uint64_t seed = 8; seed < T_SHAPES; seed++) {
        spil_csr *const g = t_graph_random(seed, seed == 8 ? 300 : 21000);
        double *const weight = seed % 2 ? random_weights(g, seed) : NULL;
        for (int objective = 0; objective < 3; objective++) {
            double one = 0, three = 0;
            const double resolution = objective == SPIL_OBJECTIVE_CPM ? 0.05 : 1;
            spil_par_set_threads(1);
            uint32_t *const a = run(&one, g, weight, (spil_objective)objective, resolution, seed);
            spil_par_set_threads(3);
            uint32_t *const b = run(&three, g, weight, (spil_objective)objective, resolution, seed);
            assert_true(one == three);
            assert_memory_equal(a, b, g->n * sizeof *a);
            assert_whole_parts(g, a);
            spil_free(a);
            spil_free(b);
        }
        spil_free(weight);
        spil_csr_free(g);
    }
    spil_par_set_threads(threads);
}

/* Labels of the best of the runs, polished by what asked of them say; *before, *after: the quality.
 */
static uint32_t *run_and_polish(double *before, double *after, const spil_csr *g,
                                spil_objective objective, unsigned runs, unsigned asked,
                                unsigned threads)
{
    spil_err err;
    spil_leiden *leiden = NULL;
    uint32_t *of = NULL, *labels = NULL;
    double check = 0, *reached = NULL;
    const double resolution = objective == SPIL_OBJECTIVE_CPM ? 0.05 : 1;
    spil_par_set_threads(threads);
    assert_ok(NEW_ARRAY(of, g->n, &err));
    assert_ok(NEW_ARRAY(labels, (size_t)runs * g->n, &err));
    assert_ok(NEW_ARRAY(reached, runs, &err));
    assert_ok(spil_leiden_new(&leiden, g, NULL, objective, resolution, &err));
    assert_ok(
        spil_runs_each(labels, reached, g->n, runs, spil_leiden_method_run, leiden, 3, NULL, &err));
    const unsigned best = spil_runs_best(reached, runs);
    memcpy(of, labels + (size_t)best * g->n, g->n * sizeof *of);
    *before = *after = reached[best];
    assert_ok(spil_leiden_polish(leiden, labels, asked, 3, of, after, &err));
    assert_ok(spil_leiden_quality(leiden, of, &check, &err));
    assert_close(*after, check, 1e-12);
    assert_whole_parts(g, of);
    spil_free(labels);
    spil_free(reached);
    spil_leiden_free(leiden);
    return of;
}

static void leiden_polish__gains_and_is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    const unsigned threads = spil_par_threads();
    unsigned gained[2] = {0, 0};
    for (uint64_t seed = 9; seed < T_SHAPES; seed++) {
        spil_csr *const g = t_graph_random(seed, 21000);
        for (int i = 0; i < 6; i++) {
            const spil_objective objective = (spil_objective)(i / 2);
            const unsigned runs = i % 2 ? 4 : 1;
            double before = 0, one = 0, three = 0;
            uint32_t *const a = run_and_polish(&before, &one, g, objective, runs, runs, 1);
            uint32_t *const b = run_and_polish(&before, &three, g, objective, runs, runs, 3);
            assert_true(one == three && one >= before - 1e-12);
            assert_memory_equal(a, b, g->n * sizeof *a);
            gained[i % 2] += one > before + 1e-6;
            spil_free(a);
            spil_free(b);
        }
        spil_csr_free(g);
    }
    spil_par_set_threads(threads);
    assert_true(gained[0] > 0 && gained[1] > 0);
}

/* A grid falls apart in ever so many ways of nearly the same quality. */
static void leiden_polish__gains_more_by_what_all_runs_keep(void **state)
{
    (void)state;
    const unsigned threads = spil_par_threads();
    spil_csr *const g = t_graph_grid(150, 150);
    double before = 0, alone = 0, together = 0;
    uint32_t *const a =
        run_and_polish(&before, &alone, g, SPIL_OBJECTIVE_MODULARITY, 4, 1, threads);
    uint32_t *const b =
        run_and_polish(&before, &together, g, SPIL_OBJECTIVE_MODULARITY, 4, 4, threads);
    assert_true(alone >= before && together > alone);
    spil_free(a);
    spil_free(b);
    spil_csr_free(g);
}

static void leiden_polish__leaves_small_graphs_as_they_are(void **state)
{
    (void)state;
    const unsigned threads = spil_par_threads();
    spil_csr *const g = t_graph_barbell(4);
    double before = 0, after = 0;
    uint32_t *const of = run_and_polish(&before, &after, g, SPIL_OBJECTIVE_MODULARITY, 2, 2, 1);
    spil_par_set_threads(threads);
    assert_true(before == after);
    spil_free(of);
    spil_csr_free(g);
}

/* Whatever the method: runs side by side or one after the other, and each of them connected. */
static void communities_find__is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    const unsigned threads = spil_par_threads();
    for (size_t k = 0; k < spil_community_method_count; k++)
        for (uint64_t seed = 0; seed < T_SHAPES; seed++) {
            spil_err err;
            spil_csr *const g = t_graph_random(seed, 200);
            double *const weight = seed % 2 ? random_weights(g, seed) : NULL;
            spil_communities *one = NULL, *three = NULL;
            spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
            opts.runs = 7;
            opts.edge_weight = weight;
            spil_par_set_threads(1);
            assert_ok(spil_communities_find(&one, g, spil_community_methods[k], &opts, &err));
            spil_par_set_threads(3);
            assert_ok(spil_communities_find(&three, g, spil_community_methods[k], &opts, &err));
            assert_true(one->best.quality == three->best.quality);
            assert_memory_equal(one->best.of, three->best.of, g->n * sizeof *one->best.of);
            assert_memory_equal(one->membership, three->membership, g->n * sizeof *one->membership);
            assert_whole_parts(g, one->best.of);
            spil_communities_free(one);
            spil_communities_free(three);
            spil_free(weight);
            spil_csr_free(g);
        }
    spil_par_set_threads(threads);
}

/* When it ends, everybody has a label that the largest weight of his links leads to. */
static void labels__leave_nobody_in_a_minority(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 10 * T_SHAPES; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, 60);
        spil_communities *found = NULL;
        spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
        opts.runs = 1;
        opts.seed = seed;
        assert_ok(
            spil_communities_find(&found, g, spil_community_method_find("labels"), &opts, &err));
        const uint32_t *const of = found->best.of;
        for (spil_vid v = 0; v < g->n; v++)
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
                unsigned own = 0, its = 0;
                for (spil_eid j = g->row[v]; j < g->row[v + 1]; j++) {
                    own += of[g->col[j]] == of[v];
                    its += of[g->col[j]] == of[g->col[i]];
                }
                assert_true(own >= its);
            }
        spil_communities_free(found);
        spil_csr_free(g);
    }
}

static spil_status find_and_free(const spil_csr *g, const spil_community_method *method)
{
    spil_communities *found = NULL;
    const spil_community_opts opts = {.resolution = 1, .seed = 1, .runs = 1};
    const spil_status rc = spil_communities_find(&found, g, method, &opts, NULL);
    spil_communities_free(found);
    return rc;
}

static void communities_find__survives_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(4);
    for (size_t k = 0; k < spil_community_method_count; k++)
        assert_survives_no_memory(find_and_free(g, spil_community_methods[k]));
    spil_csr_free(g);
}

static void leiden_new__refuses_what_is_no_weight(void **state)
{
    (void)state;
    spil_err err;
    spil_leiden *leiden = NULL;
    spil_csr *const g = t_graph_path(3);
    assert_fails(spil_leiden_new(&leiden, g, (double[]){1, -1}, SPIL_OBJECTIVE_MODULARITY, 1, &err),
                 SPIL_RANGE, "link 1 has weight '-1'");
    assert_fails(
        spil_leiden_new(&leiden, g, (double[]){(double)NAN, 1}, SPIL_OBJECTIVE_CPM, 1, &err),
        SPIL_RANGE, "link 0");
    assert_fails(spil_leiden_new(&leiden, g, NULL, SPIL_OBJECTIVE_CPM, -1, &err), SPIL_RANGE,
                 "resolution '-1'");
    assert_null(leiden);
    spil_csr_free(g);
}

static void leiden_run__takes_links_without_weight(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(4); /* edge 6 is the bridge */
    double weight[13], quality = 0;
    for (int e = 0; e < 13; e++)
        weight[e] = e == 6 ? 0 : 1;
    uint32_t *const of = run(&quality, g, weight, SPIL_OBJECTIVE_MODULARITY, 1, 1);
    assert_close(quality, 0.5, 1e-12);
    assert_int_equal(of[3], 0);
    assert_int_equal(of[4], 1);
    spil_free(of);
    for (int e = 0; e < 13; e++)
        weight[e] = 0;
    uint32_t *const none = run(&quality, g, weight, SPIL_OBJECTIVE_MODULARITY, 1, 1);
    assert_true(isfinite(quality));
    assert_whole_parts(g, none);
    spil_free(none);
    spil_csr_free(g);
}

static spil_status run_and_free(const spil_csr *g)
{
    spil_leiden *leiden = NULL;
    uint32_t of[16];
    double quality = 0, weight[64];
    for (int e = 0; e < 64; e++)
        weight[e] = 1;
    spil_status rc = spil_leiden_new(&leiden, g, weight, SPIL_OBJECTIVE_TWO_MODE, 1, NULL);
    if (rc == SPIL_OK)
        rc = spil_leiden_run(leiden, 1, of, &quality, NULL);
    spil_leiden_free(leiden);
    return rc;
}

static void leiden_run__survives_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(5);
    assert_survives_no_memory(run_and_free(g));
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(leiden_run__is_no_worse_than_igraph_on_1280_graphs),
        T(leiden_run__finds_the_best_of_all_partitions),
        T(two_mode__is_barbers_modularity),
        T(leiden_run__is_the_same_for_any_number_of_threads),
        T(leiden_polish__gains_and_is_the_same_for_any_number_of_threads),
        T(leiden_polish__gains_more_by_what_all_runs_keep),
        T(leiden_polish__leaves_small_graphs_as_they_are),
        T(communities_find__is_the_same_for_any_number_of_threads),
        T(labels__leave_nobody_in_a_minority),
        T(communities_find__survives_lack_of_memory),
        T(leiden_new__refuses_what_is_no_weight),
        T(leiden_run__takes_links_without_weight),
        T(leiden_run__survives_lack_of_memory),
    };
    return cmocka_run_group_tests_name("leiden", tests, NULL, NULL);
}
