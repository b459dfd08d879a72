/* test_removal.c - disruption curves: closed forms, a slow count of everything, and curves that
 * others published. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/interventions/pieces.h"
#include "engine/interventions/removal.h"
#include "engine/metrics/components.h"
#include "engine/metrics/distances.h"
#include "engine/metrics/lengths.h"
#include "tests/unit/t_graphs.h"

#include <stdlib.h>

#define DATA "../shared/data/montagna/"

/* ---- helpers ---- */

static spil_ranking ranking_of(const char *name)
{
    spil_err err;
    spil_ranking ranking;
    assert_ok(spil_ranking_find(&ranking, name, &err));
    return ranking;
}

static spil_curve *curve_of(const spil_csr *g, const char *name, const spil_strategy_opts *opts,
                            size_t count, spil_vid *order)
{
    spil_err err;
    spil_curve *curve = NULL;
    const spil_ranking ranking = ranking_of(name);
    assert_ok(spil_ranking_order(&ranking, g, opts, count, order, &err));
    assert_ok(spil_curve_measure(&curve, g, order, count, opts->block, true, NULL, &err));
    return curve;
}

/* What is left without the first `count` of the order, looked at from scratch. */
static spil_curve_point looked_at(const spil_csr *g, const spil_vid *order, size_t count,
                                  spil_vid before)
{
    spil_err err;
    uint8_t *gone = NULL;
    spil_vid *name = NULL;
    spil_csr *rest = NULL;
    spil_curve_point point;
    assert_ok(NEW_ARRAY(gone, g->n, &err));
    for (size_t i = 0; i < count; i++)
        gone[order[i]] = 1;
    assert_ok(spil_graph_without(&rest, &name, g, gone, &err));
    assert_ok(spil_curve_look(&point, rest, before, true, &err));
    uint32_t *of = NULL, components = 0;
    assert_ok(NEW_ARRAY(of, rest->n, &err));
    assert_ok(spil_components_find(rest, of, &components, &err));
    assert_int_equal(components, point.components);
    spil_free(of);
    spil_free(gone);
    spil_free(name);
    spil_csr_free(rest);
    return point;
}

/* ---- closed forms ---- */

static void curve__of_a_star_without_its_centre_is_dust(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_star(6);
    spil_vid order[6];
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    spil_curve *const curve = curve_of(g, "betweenness", &opts, 6, order);
    assert_int_equal(order[0], 0);
    assert_int_equal(curve->count, 7);
    assert_int_equal(curve->points[0].largest, 6);
    assert_close(curve->points[0].efficiency, (5 * 2 * 1 + 20 * 0.5) / 30, 1e-12);
    assert_close(curve->points[0].fragmentation, 0, 1e-12);
    assert_int_equal(curve->points[1].largest, 1);
    assert_int_equal(curve->points[1].components, 5);
    assert_close(curve->points[1].share, 1.0 / 6, 1e-12);
    assert_close(curve->points[1].fragmentation, 1, 1e-12);
    assert_close(curve->points[1].efficiency, 0, 1e-12);
    assert_int_equal(curve->points[6].left, 0);
    assert_close(curve->robustness, 5.0 / 36, 1e-12); /* sizes 1 1 1 1 1 0 over n = 6, six steps */
    spil_curve_free(curve);
    spil_csr_free(g);
}

static void order__among_equals_takes_the_lowest_rank(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_cycle(5);
    spil_vid order[1], rank[5];
    spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    spil_curve_free(curve_of(g, "degree", &opts, 1, order));
    assert_int_equal(order[0], 0);
    spil_rank_reversed(5, rank);
    opts.rank = rank;
    spil_curve_free(curve_of(g, "degree", &opts, 1, order));
    assert_int_equal(order[0], 4);
    spil_csr_free(g);
}

static void order__scored_once_differs_from_scored_again(void **state)
{
    (void)state;
    /* Two hubs that share all their leaves, and a third with two of its own. */
    spil_csr *const g =
        t_graph_pairs(9, 8, (spil_vid[]){0, 2, 0, 3, 0, 4, 0, 5, 2, 3, 4, 5, 6, 7, 6, 8});
    spil_vid order[2];
    spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    opts.once = true;
    spil_curve_free(curve_of(g, "degree", &opts, 2, order));
    assert_int_equal(order[0], 0);
    assert_int_equal(order[1], 2);
    opts.once = false;
    spil_curve_free(curve_of(g, "degree", &opts, 2, order));
    assert_int_equal(order[1], 6);
    spil_csr_free(g);
}

static void order__by_the_lowest_of_a_metric(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(4);
    spil_vid order[8];
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    spil_curve_free(curve_of(g, "lowest:constraint", &opts, 1, order));
    assert_int_equal(order[0], 3); /* an end of the bridge, the lowest of two equals */
    spil_csr_free(g);
}

static void ranking_find__names_what_it_does_not_know(void **state)
{
    (void)state;
    spil_err err;
    spil_ranking ranking;
    assert_fails(spil_ranking_find(&ranking, "betweennes", &err), SPIL_USAGE, "'betweennes'");
}

/* ---- against slow counts ---- */

static void curve__equals_looking_at_each_rest_from_scratch(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 160; seed++) {
        spil_csr *const g = t_graph_random(seed, 40);
        spil_vid *const order = malloc((g->n + 1) * sizeof *order);
        spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
        opts.block = 1 + seed % 3;
        const char *const names[] = {"degree", "betweenness", "random", "collective_influence"};
        spil_curve *const curve = curve_of(g, names[seed % 4], &opts, g->n, order);
        for (size_t point = 0; point < curve->count; point++) {
            const spil_curve_point *const got = &curve->points[point];
            const spil_curve_point slow =
                looked_at(g, order, got->removed, curve->points[0].largest);
            assert_int_equal(got->left, slow.left);
            assert_int_equal(got->largest, slow.largest);
            assert_int_equal(got->components, slow.components);
            assert_close(got->fragmentation, slow.fragmentation, 1e-12);
            assert_close(got->efficiency, slow.efficiency, 1e-12);
        }
        spil_curve_free(curve);
        free(order);
        spil_csr_free(g);
    }
}

/* The order by whole recomputation: the metric on what is left after each removal. */
static void order__by_pieces_equals_starting_again_each_time(void **state)
{
    (void)state;
    spil_err err;
    const spil_metric_opts metric_opts = SPIL_METRIC_OPTS_DEFAULTS;
    const spil_metric *const betweenness = spil_metric_find("betweenness");
    for (uint64_t seed = 0; seed < 64; seed++) {
        spil_csr *const g = t_graph_random(seed, 30);
        spil_vid *const order = malloc((g->n + 1) * sizeof *order);
        uint8_t *const gone = calloc(g->n + 1, 1);
        const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
        spil_curve_free(curve_of(g, "betweenness", &opts, g->n, order));
        for (spil_vid i = 0; i < g->n; i++) {
            spil_csr *rest = NULL;
            spil_vid *name = NULL, best = 0;
            double *value = NULL;
            assert_ok(spil_graph_without(&rest, &name, g, gone, &err));
            assert_ok(NEW_ARRAY(value, rest->n, &err));
            assert_ok(betweenness->run(rest, &metric_opts, value, NULL, &err));
            for (spil_vid v = 1; v < rest->n; v++)
                if (value[v] > value[best] * (1 + 1e-9) + 1e-9)
                    best = v;
            assert_int_equal(order[i], name[best]);
            gone[order[i]] = 1;
            spil_free(value);
            spil_free(name);
            spil_csr_free(rest);
        }
        free(order);
        free(gone);
        spil_csr_free(g);
    }
}

static void lengths__of_one_give_the_betweenness_of_the_registry(void **state)
{
    (void)state;
    spil_err err;
    const spil_metric_opts metric_opts = SPIL_METRIC_OPTS_DEFAULTS;
    for (uint64_t seed = 0; seed < 64; seed++) {
        spil_csr *const g = t_graph_random(seed, 40);
        double *a = NULL, *b = NULL, *ones = NULL;
        assert_ok(NEW_ARRAY(a, g->n, &err));
        assert_ok(NEW_ARRAY(b, g->n, &err));
        assert_ok(NEW_ARRAY(ones, 2 * g->m, &err));
        for (spil_eid i = 0; i < 2 * g->m; i++)
            ones[i] = 0.3;
        assert_ok(spil_metric_find("betweenness")->run(g, &metric_opts, a, NULL, &err));
        assert_ok(spil_lengths_betweenness(g, ones, NULL, b, NULL, &err));
        for (spil_vid v = 0; v < g->n; v++)
            assert_close(a[v], b[v], 1e-9);
        spil_free(a);
        spil_free(b);
        spil_free(ones);
        spil_csr_free(g);
    }
}

static void lengths__send_paths_round_a_long_link(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_cycle(3); /* 0-1 is 5 long, 0-2 and 1-2 are 2 */
    double length[6], vertex[3], edge[3];
    for (spil_vid v = 0; v < 3; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            length[i] = v + g->col[i] == 1 ? 5 : 2;
    assert_ok(spil_lengths_betweenness(g, length, NULL, vertex, edge, &err));
    assert_close(vertex[0] + vertex[1], 0, 1e-12);
    assert_close(vertex[2], 1, 1e-12);
    assert_close(edge[0], 0, 1e-12); /* 0-1 */
    assert_close(edge[1], 2, 1e-12); /* 0-2: of 0-2 and 0-1 */
    assert_close(edge[2], 2, 1e-12);
    spil_csr_free(g);
}

static void curves__are_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_grid(12, 17);
    const spil_strategy_opts opts = {.block = 1, .weighted = true, .reach = 1, .alpha = 0.1};
    spil_vid order[2][204];
    spil_curve *curve[2];
    for (unsigned k = 0; k < 2; k++) {
        spil_par_set_threads(k == 0 ? 1 : 5);
        curve[k] = curve_of(g, "betweenness", &opts, 40, order[k]);
    }
    spil_par_set_threads(1);
    assert_memory_equal(order[0], order[1], 40 * sizeof order[0][0]);
    assert_memory_equal(curve[0]->points, curve[1]->points,
                        curve[0]->count * sizeof *curve[0]->points);
    spil_curve_free(curve[0]);
    spil_curve_free(curve[1]);
    spil_csr_free(g);
}

/* ---- links ---- */

static void links__the_bridge_goes_first(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_barbell(5);
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    uint32_t order[3];
    spil_curve *curve = NULL;
    assert_ok(spil_link_order(g, SPIL_LINKS_BETWEENNESS, &opts, 3, order, &err));
    assert_ok(spil_link_curve_measure(&curve, g, order, 3, 1, true, NULL, &err));
    assert_int_equal(curve->points[1].largest, 5);
    assert_int_equal(curve->points[1].left, 10);
    assert_int_equal(curve->points[1].components, 2);
    assert_close(curve->points[1].efficiency, 40.0 / 90, 1e-12);
    assert_int_equal(curve->points[3].largest, 5); /* a clique stands the loss of two links */
    spil_curve_free(curve);
    spil_csr_free(g);
}

static void links__all_rules_end_in_dust(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_kite();
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    for (int rule = SPIL_LINKS_BETWEENNESS; rule <= SPIL_LINKS_RANDOM; rule++) {
        uint32_t order[18];
        unsigned seen = 0;
        spil_curve *curve = NULL;
        assert_int_equal(g->m, 18);
        assert_ok(spil_link_order(g, (spil_link_rule)rule, &opts, 18, order, &err));
        assert_ok(spil_link_curve_measure(&curve, g, order, 18, 5, true, NULL, &err));
        for (int i = 0; i < 18; i++)
            seen |= 1u << order[i];
        assert_int_equal(seen, (1u << 18) - 1);
        assert_int_equal(curve->count, 5);
        assert_int_equal(curve->points[4].components, 10);
        assert_close(curve->points[4].efficiency, 0, 1e-12);
        spil_curve_free(curve);
    }
    spil_csr_free(g);
}

static void thinned__loses_exactly_the_share_asked_for(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_clique(20); /* 190 links */
    spil_csr *a = NULL, *b = NULL, *c = NULL;
    assert_ok(spil_graph_thinned(&a, g, 0.1, 7, 0, &err));
    assert_ok(spil_graph_thinned(&b, g, 0.1, 7, 0, &err));
    assert_ok(spil_graph_thinned(&c, g, 0.1, 7, 1, &err));
    assert_int_equal(a->m, 171);
    assert_int_equal(a->n, 20);
    assert_memory_equal(a->col, b->col, 2 * a->m * sizeof *a->col);
    assert_true(memcmp(a->col, c->col, 2 * a->m * sizeof *a->col) != 0);
    spil_csr_free(a);
    spil_csr_free(b);
    spil_csr_free(c);
    assert_fails(spil_graph_thinned(&a, g, 1.5, 7, 0, &err), SPIL_RANGE, "1.5");
    spil_csr_free(g);
}

static void missing__of_nothing_is_the_curve_itself(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_kite();
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    const spil_ranking ranking = ranking_of("betweenness");
    spil_vid order[10];
    spil_bands *bands = NULL;
    spil_curve *const curve = curve_of(g, "betweenness", &opts, 10, order);
    assert_ok(spil_curve_over_missing(&bands, g, &ranking, &opts, 10, 0, 5, true, &err));
    for (size_t i = 0; i < bands->count; i++) {
        assert_close(bands->share[i].mean, curve->points[i].share, 1e-12);
        assert_close(bands->share[i].least, bands->share[i].most, 1e-12);
        assert_close(bands->efficiency[i].mean, curve->points[i].efficiency, 1e-12);
    }
    spil_bands_free(bands);
    assert_ok(spil_curve_over_missing(&bands, g, &ranking, &opts, 10, 0.5, 20, false, &err));
    double spread = 0;
    for (size_t i = 0; i < bands->count; i++)
        spread += bands->share[i].most - bands->share[i].least;
    assert_true(spread > 0);
    assert_close(bands->share[0].least, 1, 1e-12); /* measured on the whole network */
    spil_bands_free(bands);
    spil_curve_free(curve);
    spil_csr_free(g);
}

/* ---- published: Cavallaro et al. 2020 ---- */

enum { ROWS = 100, COLUMNS = 4 };
static const char *const columns[COLUMNS] = {"betweenness", "katz", "collective_influence",
                                             "degree"};

/* Columns of shares; the number of rows, 0 when there is no such file. */
static size_t read_published(const char *path, double table[ROWS][COLUMNS])
{
    FILE *const file = fopen(path, "r");
    char line[256];
    size_t rows = 0;
    if (!file)
        return 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        assert_true(rows < ROWS);
        assert_int_equal(sscanf(line, "%*d,%*d,%lf,%lf,%lf,%lf", &table[rows][0], &table[rows][1],
                                &table[rows][2], &table[rows][3]),
                         4);
        rows++;
    }
    fclose(file);
    return rows;
}

/* Those runs sort upwards and take the last, so the highest number goes first among equals; in
 * the weighted ones a weight is a length. */
static void compare_published(const char *path, bool weighted, size_t block, const char *over_ties)
{
    double published[ROWS][COLUMNS];
    spil_err err;
    spil_csr *const g = t_graph_read(DATA "meetings_edgelist.tsv");
    const size_t rows = read_published(path, published);
    if (!g || rows == 0) {
        print_message("SKIPPED: there is no %s or no edge list beside it\n", path);
        skip();
    }
    assert_int_equal(g->n, 101);
    spil_vid rank[101], order[101];
    spil_rank_reversed(101, rank);
    spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    opts.rank = rank;
    opts.weighted = opts.far = weighted;
    opts.block = block;
    for (int c = 0; c < COLUMNS; c++) {
        if (over_ties && strcmp(columns[c], over_ties) == 0) {
            spil_bands *bands = NULL;
            const spil_ranking ranking = ranking_of(columns[c]);
            opts.rank = NULL;
            assert_ok(spil_curve_over_ties(&bands, g, &ranking, &opts, (rows - 1) * block, 200,
                                           false, &err));
            opts.rank = rank;
            for (size_t i = 0; i < rows; i++)
                assert_true(published[i][c] >= bands->share[i].least - 1e-9 &&
                            published[i][c] <= bands->share[i].most + 1e-9);
            spil_bands_free(bands);
            continue;
        }
        spil_curve *const curve = curve_of(g, columns[c], &opts, (rows - 1) * block, order);
        assert_int_equal(curve->count, rows);
        for (size_t i = 0; i < rows; i++)
            if (fabs(curve->points[i].share - published[i][c]) > 1e-9)
                fail_msg("%s, %s, row %zu: %.6f, published %.6f", path, columns[c], i,
                         curve->points[i].share, published[i][c]);
        spil_curve_free(curve);
    }
    spil_csr_free(g);
}

static void published__sequential_curves_are_ours_to_the_last_row(void **state)
{
    (void)state;
    compare_published(DATA "published_sequential_unweighted.csv", false, 1, NULL);
}

static void published__weighted_curves_are_ours_to_the_last_row(void **state)
{
    (void)state;
    compare_published(DATA "published_sequential_weighted.csv", true, 1, NULL);
}

/* In one block of the Katz column rounding alone decides between equals, so there the published
 * value must lie in the range over tie orders. */
static void published__block_curves_are_ours_and_katz_within_its_ties(void **state)
{
    (void)state;
    compare_published(DATA "published_block_unweighted.csv", false, 5, "katz");
}

static void published__lowest_key_first_keeps_the_betweenness_of_the_first_ten(void **state)
{
    (void)state;
    static const spil_vid sizes[] = {92, 88, 68, 66, 46, 39, 38, 36, 24, 23, 19};
    static const spil_vid removed[] = {18, 25, 29, 22, 68, 47, 27, 51, 48, 45};
    spil_csr *const g = t_graph_read(DATA "meetings_edgelist.tsv");
    if (!g) {
        print_message("SKIPPED: there is no " DATA "meetings_edgelist.tsv\n");
        skip();
    }
    spil_vid order[10];
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    spil_curve *const curve = curve_of(g, "betweenness", &opts, 10, order);
    for (size_t i = 0; i <= 10; i++)
        assert_int_equal(curve->points[i].largest, sizes[i]);
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(order[i], removed[i]);
    assert_close(curve->points[0].fragmentation, 0.169901, 1e-6);
    assert_close(curve->points[0].efficiency, 0.299796, 1e-6);
    spil_curve_free(curve);
    spil_csr_free(g);
}

/* ---- memory ---- */

static spil_status all_of_it(const spil_csr *g, const char *name, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_ranking ranking;
    spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    spil_vid order[10];
    spil_curve *curve = NULL;
    spil_bands *bands = NULL;
    opts.weighted = true;
    opts.block = 2;
    TRY(spil_ranking_find(&ranking, name, err));
    TRY(spil_ranking_order(&ranking, g, &opts, 4, order, err));
    TRY(spil_curve_measure(&curve, g, order, 4, 2, true, NULL, err));
    TRY(spil_curve_over_missing(&bands, g, &ranking, &opts, 2, 0.2, 1, false, err));
done:
    spil_curve_free(curve);
    spil_bands_free(bands);
    return rc;
}

static void strategies__survive_every_failed_allocation(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(3);
    for (size_t i = 0; i < spil_strategy_count; i++)
        if (strncmp(spil_strategies[i]->name, "key_", 4) != 0) /* those: test_keyplayer.c */
            assert_survives_no_memory(all_of_it(g, spil_strategies[i]->name, NULL));
    spil_csr_free(g);
}

static void betweenness__from_some_sources_is_near_that_from_all(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_grid(20, 20);
    const spil_strategy *const betweenness = ranking_of("betweenness").strategy;
    spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    double all[400], some[400], off = 0, sum = 0;
    assert_ok(betweenness->score(g, &opts, all, &err));
    opts.sources = 200;
    assert_ok(betweenness->score(g, &opts, some, &err));
    for (int v = 0; v < 400; v++) {
        off += fabs(all[v] - some[v]);
        sum += all[v];
    }
    assert_true(off > 0);
    assert_true(off / sum < 0.1);
    opts.sources = 400; /* as many as there are: exact */
    assert_ok(betweenness->score(g, &opts, some, &err));
    assert_memory_equal(all, some, sizeof all);
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(curve__of_a_star_without_its_centre_is_dust),
        T(order__among_equals_takes_the_lowest_rank),
        T(order__scored_once_differs_from_scored_again),
        T(order__by_the_lowest_of_a_metric),
        T(ranking_find__names_what_it_does_not_know),
        T(curve__equals_looking_at_each_rest_from_scratch),
        T(order__by_pieces_equals_starting_again_each_time),
        T(lengths__of_one_give_the_betweenness_of_the_registry),
        T(lengths__send_paths_round_a_long_link),
        T(curves__are_the_same_for_any_number_of_threads),
        T(links__the_bridge_goes_first),
        T(links__all_rules_end_in_dust),
        T(thinned__loses_exactly_the_share_asked_for),
        T(missing__of_nothing_is_the_curve_itself),
        T(published__sequential_curves_are_ours_to_the_last_row),
        T(published__weighted_curves_are_ours_to_the_last_row),
        T(published__block_curves_are_ours_and_katz_within_its_ties),
        T(published__lowest_key_first_keeps_the_betweenness_of_the_first_ten),
        T(betweenness__from_some_sources_is_near_that_from_all),
        T(strategies__survive_every_failed_allocation),
    };
    spil_par_set_threads(1); /* thousands of tiny runs: threads would only wait */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
