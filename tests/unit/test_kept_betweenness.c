/* test_kept_betweenness.c - betweenness that is kept up to date, against starting again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/interventions/kept_betweenness.h"
#include "engine/interventions/pieces.h"
#include "engine/interventions/shrinking.h"
#include "engine/interventions/strategy.h"
#include "engine/metrics/betweenness.h"
#include "tests/unit/t_graphs.h"

/* ---- slow answers ---- */

static void score_again(const spil_csr *g, const uint8_t *gone, double *score)
{
    spil_err err;
    spil_csr *rest = NULL;
    spil_vid *name = NULL;
    double *value = NULL;
    assert_ok(spil_graph_without(&rest, &name, g, gone, &err));
    assert_ok(NEW_ARRAY(value, rest->n, &err));
    assert_ok(spil_betweenness_from(rest, NULL, NULL, value, &err));
    for (spil_vid v = 0; v < g->n; v++)
        score[v] = (double)NAN;
    for (spil_vid x = 0; x < rest->n; x++)
        score[name[x]] = value[x] / 2;
    spil_csr_free(rest);
    spil_free(name);
    spil_free(value);
}

static unsigned distance_again(const spil_csr *g, const uint8_t *gone, spil_vid from, spil_vid to,
                               spil_vid *queue, unsigned *distance)
{
    spil_vid end = 1;
    for (spil_vid v = 0; v < g->n; v++)
        distance[v] = SPIL_SHRINKING_APART;
    queue[0] = from;
    distance[from] = 0;
    for (spil_vid at = 0; at < end; at++)
        for (spil_eid i = g->row[queue[at]]; i < g->row[queue[at] + 1]; i++)
            if (!gone[g->col[i]] && distance[g->col[i]] == SPIL_SHRINKING_APART) {
                distance[g->col[i]] = distance[queue[at]] + 1;
                queue[end++] = g->col[i];
            }
    return distance[to];
}

/* ---- distances ---- */

static void ignore(void *user, spil_vid leaf)
{
    (void)user, (void)leaf;
}

static void assert_distances(const spil_shrinking *net, const spil_csr *g, const uint8_t *gone)
{
    spil_err err;
    spil_vid *queue = NULL;
    unsigned *distance = NULL;
    assert_ok(NEW_ARRAY(queue, g->n, &err));
    assert_ok(NEW_ARRAY(distance, g->n, &err));
    for (spil_vid s = 0; s < net->n; s++)
        for (spil_vid t = 0; t < net->n && net->mass[s] > 0; t++)
            if (net->mass[t] > 0)
                assert_int_equal(
                    spil_shrinking_far(net, s)[t],
                    distance_again(g, gone, net->name[s], net->name[t], queue, distance));
    spil_free(queue);
    spil_free(distance);
}

static void drop_one(spil_shrinking *net, spil_mover *mover, spil_vid *list, spil_vid v)
{
    for (spil_vid s = 0; s < net->n; s++) {
        double lost = 0;
        if (s == v || spil_shrinking_far(net, v)[s] == SPIL_SHRINKING_APART)
            continue;
        const spil_vid count = spil_shrinking_beyond(net, s, v, list);
        assert_true(spil_shrinking_move(net, mover, s, v, list, count, &lost));
    }
    spil_shrinking_drop(net, v, ignore, NULL);
}

static void shrinking__keeps_every_distance_true(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 4 * T_SHAPES; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, 20);
        spil_shrinking *net = NULL;
        spil_mover *mover = NULL;
        spil_vid *list = NULL;
        uint8_t *gone = NULL;
        spil_rng rng = spil_rng_stream(7, seed);
        assert_ok(spil_shrinking_new(&net, g, SIZE_MAX, &err));
        assert_ok(spil_mover_new(&mover, net, &err));
        assert_ok(NEW_ARRAY(list, net->stride, &err));
        assert_ok(NEW_ARRAY(gone, g->n, &err));
        assert_distances(net, g, gone);
        for (spil_vid k = 0; k < net->n; k++) {
            const spil_vid v = (spil_vid)spil_rng_below(&rng, net->n);
            if (net->mass[v] <= 0)
                continue;
            gone[net->name[v]] = 1;
            drop_one(net, mover, list, v);
            assert_distances(net, g, gone);
        }
        spil_free(list);
        spil_free(gone);
        spil_mover_free(mover);
        spil_shrinking_free(net);
        spil_csr_free(g);
    }
}

static void shrinking__refuses_what_does_not_fit(void **state)
{
    (void)state;
    spil_err err;
    spil_shrinking *net = NULL;
    spil_csr *const path = t_graph_path(200), *const grid = t_graph_grid(10, 10);
    assert_fails(spil_shrinking_new(&net, path, SIZE_MAX, &err), SPIL_LIMIT, "more than 120");
    assert_fails(spil_shrinking_new(&net, grid, 12799, &err), SPIL_LIMIT, "too much room");
    assert_ok(spil_shrinking_new(&net, grid, 12800, &err)); /* 100 rows of 128 bytes */
    spil_shrinking_free(net);
    spil_csr_free(path);
    spil_csr_free(grid);
}

/* ---- scores ---- */

static void assert_scores(const spil_kept_betweenness *kept, const spil_csr *g, const uint8_t *gone,
                          double *again)
{
    const double *const score = spil_kept_betweenness_score(kept);
    score_again(g, gone, again);
    for (spil_vid v = 0; v < g->n; v++) {
        assert_int_equal(isnan(score[v]) != 0, isnan(again[v]) != 0);
        if (!isnan(again[v]))
            assert_true(fabs(score[v] - again[v]) <= spil_kept_betweenness_error(kept) + 1e-12);
    }
}

static void remove_all(uint64_t seed, spil_vid size, double share)
{
    spil_err err;
    spil_csr *const g = t_graph_random(seed, size);
    const spil_kept_opts opts = {.most = SIZE_MAX, .share = share};
    spil_kept_betweenness *kept = NULL;
    uint8_t *gone = NULL;
    double *again = NULL;
    spil_vid *order = NULL;
    assert_ok(NEW_ARRAY(gone, g->n, &err));
    assert_ok(NEW_ARRAY(again, g->n, &err));
    assert_ok(NEW_ARRAY(order, g->n, &err));
    spil_rank_random(g->n, 3, seed, order);
    assert_ok(spil_kept_betweenness_new(&kept, g, &opts, &err));
    assert_scores(kept, g, gone, again);
    for (spil_vid i = 0; i < g->n; i++) {
        gone[order[i]] = 1;
        assert_ok(spil_kept_betweenness_remove(kept, order[i], &err));
        assert_scores(kept, g, gone, again);
    }
    spil_kept_betweenness_free(kept);
    spil_free(gone);
    spil_free(again);
    spil_free(order);
    spil_csr_free(g);
}

/* A ring of 230 is 115 across; without one of them it is a path of 229. */
static void kept__goes_on_when_a_distance_grows_too_long(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_cycle(230);
    const spil_kept_opts opts = SPIL_KEPT_OPTS_DEFAULTS;
    spil_kept_betweenness *kept = NULL;
    uint8_t gone[230] = {0};
    double again[230];
    assert_ok(spil_kept_betweenness_new(&kept, g, &opts, &err));
    for (spil_vid v = 7; v < 230; v += 40) {
        gone[v] = 1;
        assert_ok(spil_kept_betweenness_remove(kept, v, &err));
        assert_scores(kept, g, gone, again);
    }
    spil_kept_betweenness_free(kept);
    spil_csr_free(g);
}

/* Always up to date; never; where v has little to do. */
static void kept__scores_are_those_of_starting_again(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20 * T_SHAPES; seed++) {
        remove_all(seed, 24, 1);
        remove_all(seed, 60, 1);
        remove_all(seed, 24, 0);
        remove_all(seed, 24, 0.1);
    }
}

static void kept__is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    spil_err err;
    const spil_kept_opts opts = {.most = SIZE_MAX, .share = 1};
    for (uint64_t seed = 0; seed < T_SHAPES; seed++) {
        spil_csr *const g = t_graph_random(seed, 300);
        spil_kept_betweenness *kept[2] = {NULL, NULL};
        for (unsigned k = 0; k < 2; k++) {
            spil_par_set_threads(k ? 3 : 1);
            assert_ok(spil_kept_betweenness_new(&kept[k], g, &opts, &err));
            for (spil_vid v = 0; v < g->n; v += 3)
                assert_ok(spil_kept_betweenness_remove(kept[k], v, &err));
        }
        assert_memory_equal(spil_kept_betweenness_score(kept[0]),
                            spil_kept_betweenness_score(kept[1]), g->n * sizeof(double));
        spil_par_set_threads(0);
        spil_kept_betweenness_free(kept[0]);
        spil_kept_betweenness_free(kept[1]);
        spil_csr_free(g);
    }
}

static spil_status keep_and_remove(const spil_csr *g)
{
    spil_status rc = SPIL_OK;
    spil_err err = SPIL_ERR_INIT;
    const spil_kept_opts opts = {.most = SIZE_MAX, .share = 0.2};
    spil_kept_betweenness *kept = NULL;
    TRY(spil_kept_betweenness_new(&kept, g, &opts, &err));
    for (spil_vid v = 0; v < 6; v++)
        TRY(spil_kept_betweenness_remove(kept, v, &err));
done:
    spil_kept_betweenness_free(kept);
    return rc;
}

static void kept__survives_every_failed_allocation(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(6);
    spil_par_set_threads(1);
    assert_survives_no_memory(keep_and_remove(g));
    spil_par_set_threads(0);
    spil_csr_free(g);
}

/* ---- orders ---- */

static void assert_same_order(const spil_csr *g, bool reversed, size_t count)
{
    spil_err err;
    spil_ranking ranking;
    spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    spil_vid *kept = NULL, *again = NULL, *rank = NULL;
    count = count < g->n ? count : g->n;
    assert_ok(NEW_ARRAY(kept, count, &err));
    assert_ok(NEW_ARRAY(again, count, &err));
    assert_ok(NEW_ARRAY(rank, g->n, &err));
    spil_rank_reversed(g->n, rank);
    opts.rank = reversed ? rank : NULL;
    assert_ok(spil_ranking_find(&ranking, "betweenness", &err));
    assert_ok(spil_ranking_order(&ranking, g, &opts, count, kept, &err));
    opts.memory = 0;
    assert_ok(spil_ranking_order(&ranking, g, &opts, count, again, &err));
    for (size_t i = 0; i < count; i++)
        if (kept[i] != again[i])
            fail_msg("removal %zu of %u vertices: %u kept, %u again", i, g->n, kept[i], again[i]);
    spil_free(kept);
    spil_free(again);
    spil_free(rank);
}

/* Grids, twins and rows of blocks are full of ties; all must fall the same way. */
static void order__of_the_kept_is_that_of_starting_again(void **state)
{
    (void)state;
    spil_csr *const grid = t_graph_grid(25, 25);
    assert_same_order(grid, false, 625);
    spil_csr_free(grid);
    for (uint64_t seed = 0; seed < 2 * T_SHAPES; seed++) {
        spil_csr *const g = t_graph_random(seed, 700);
        assert_same_order(g, seed % 2 == 1, 150);
        spil_csr_free(g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(shrinking__keeps_every_distance_true),
        T(shrinking__refuses_what_does_not_fit),
        T(kept__scores_are_those_of_starting_again),
        T(kept__goes_on_when_a_distance_grows_too_long),
        T(kept__is_the_same_for_any_number_of_threads),
        T(kept__survives_every_failed_allocation),
        T(order__of_the_kept_is_that_of_starting_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
