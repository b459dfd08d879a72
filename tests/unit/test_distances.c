/* test_distances.c - sums of distances against one plain search a vertex, and samples that keep
 * their word. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/metrics/closest.h"
#include "engine/metrics/distances.h"
#include "engine/metrics/harmonic_sampled.h"
#include "engine/metrics/metric.h"
#include "tests/unit/t_graphs.h"

enum { MOST = 1400 };

typedef struct truth {
    double harmonic;
    uint64_t farness;
    spil_vid eccentricity;
} truth;

static truth plain_search(const spil_csr *g, spil_vid source)
{
    static spil_vid queue[MOST], distance[MOST];
    truth t = {0, 0, 0};
    spil_vid end = 1;
    memset(distance, 0xff, sizeof distance);
    queue[0] = source;
    distance[source] = 0;
    for (spil_vid at = 0; at < end; at++) {
        const spil_vid v = queue[at];
        if (v != source) {
            t.harmonic += 1.0 / distance[v];
            t.farness += distance[v];
            t.eccentricity = distance[v];
        }
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (distance[g->col[i]] == SPIL_NO_VERTEX) {
                distance[g->col[i]] = distance[v] + 1;
                queue[end++] = g->col[i];
            }
    }
    return t;
}

static void check(const spil_csr *g)
{
    spil_err err;
    static double harmonic[MOST];
    static uint64_t farness[MOST];
    static spil_vid eccentricity[MOST];
    assert_true(g->n <= MOST);
    assert_ok(
        spil_distances_sum(g, NULL, &(spil_distance_sums){harmonic, farness, eccentricity}, &err));
    for (spil_vid v = 0; v < g->n; v++) {
        const truth t = plain_search(g, v);
        assert_close(harmonic[v], t.harmonic, 1e-12);
        assert_int_equal(farness[v], t.farness);
        assert_int_equal(eccentricity[v], t.eccentricity);
    }
}

static void distances__agree_with_plain_searches_on_random_graphs(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 320; seed++) {
        spil_csr *const g = t_graph_random(seed, 60);
        check(g);
        spil_csr_free(g);
    }
}

static void distances__take_more_vertices_than_one_batch_holds(void **state)
{
    (void)state;
    for (uint64_t seed = 3; seed < 16; seed++) {
        spil_csr *const g = t_graph_random(seed + 16 * 5, seed == 8 ? 900 : MOST);
        check(g);
        spil_csr_free(g);
    }
}

static void distances__give_only_what_is_asked_for(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_path(3);
    uint64_t farness[3];
    assert_ok(spil_distances_sum(g, NULL, &(spil_distance_sums){.farness = farness}, &err));
    assert_int_equal(farness[0], 3);
    assert_int_equal(farness[1], 2);
    spil_csr_free(g);
}

static spil_status sum_quietly(const spil_csr *g)
{
    double harmonic[MOST];
    return spil_distances_sum(g, NULL, &(spil_distance_sums){.harmonic = harmonic}, NULL);
}

static void distances__survive_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_random(15 + 16 * 2, MOST);
    assert_survives_no_memory(sum_quietly(g));
    spil_csr_free(g);
}

/* ---- the closest, exactly ---- */

static void closest__are_as_the_sums_say(void **state)
{
    (void)state;
    static double exact[MOST], harmonic[MOST];
    for (uint64_t seed = 0; seed < 96; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, seed < 80 ? 60 : MOST);
        spil_narrow_wave wave;
        static spil_vid chosen[MOST];
        unsigned count = 0;
        assert_ok(spil_distances_sum(g, NULL, &(spil_distance_sums){.harmonic = exact}, &err));
        assert_ok(spil_narrow_wave_init(&wave, g, &err));
        for (spil_vid v = (spil_vid)(seed % 3); v < g->n && count < 200; v += 2)
            chosen[count++] = v;
        assert_ok(spil_closest_harmonic(&wave, chosen, count, harmonic, &err));
        for (unsigned i = 0; i < count; i++)
            assert_close(harmonic[i], exact[chosen[i]], 1e-12);
        spil_narrow_wave_release(&wave);
        spil_csr_free(g);
    }
}

typedef struct witness { /* by source, then by vertex: the level in which it came */
    uint32_t level[SPIL_NARROW_SOURCES][MOST];
} witness;

static void write_down(spil_narrow_wave *w, void *context, spil_vid v, uint64_t fresh)
{
    witness *const seen = context;
    for (unsigned i = 0; i < SPIL_NARROW_SOURCES; i++)
        if (fresh >> i & 1) {
            assert_int_equal(seen->level[i][v], 0);
            seen->level[i][v] = w->level;
        }
}

static spil_vid write_strip(spil_narrow_wave *w, void *context, spil_vid begin, spil_vid end)
{
    return spil_narrow_wave_strip(w, context, begin, end, write_down);
}

/* Also with a source twice, and used again. */
static void narrow_wave__tells_each_vertex_once_how_far_each_source_is(void **state)
{
    (void)state;
    static witness seen;
    spil_par_set_threads(1); /* what is written down is for one thread */
    for (uint64_t seed = 0; seed < 64; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, seed % 2 ? 90 : MOST);
        spil_narrow_wave wave;
        spil_vid sources[SPIL_NARROW_SOURCES];
        const unsigned count = 1 + (unsigned)(seed * 7 % SPIL_NARROW_SOURCES);
        assert_ok(spil_narrow_wave_init(&wave, g, &err));
        for (unsigned run = 0; run < 2 && g->n > 0; run++) {
            memset(&seen, 0, sizeof seen);
            for (unsigned i = 0; i < count; i++)
                sources[i] = (spil_vid)((i / 2 * 31 + run) % g->n);
            assert_ok(spil_narrow_wave_run(&wave, sources, count, write_strip, NULL, &seen, &err));
            for (unsigned i = 0; i < count; i++) {
                const truth t = plain_search(g, sources[i]);
                uint64_t farness = 0;
                for (spil_vid v = 0; v < g->n; v++)
                    farness += seen.level[i][v];
                assert_int_equal(farness, t.farness);
            }
        }
        spil_narrow_wave_release(&wave);
        spil_csr_free(g);
    }
    spil_par_set_threads(0);
}

/* ---- samples ---- */

enum { LARGE = 3200 };

/* Three networks of which the truth is known: one with leaves, one in parts, and one long and thin.
 */
typedef struct known {
    spil_csr *g;
    double exact[LARGE];
} known;

static known *know(spil_csr *g)
{
    spil_err err;
    static known all[3];
    static unsigned next;
    known *const k = &all[next++ % 3];
    assert_true(g->n <= LARGE && g->n > 1500);
    k->g = g;
    assert_ok(spil_distances_sum(g, NULL, &(spil_distance_sums){.harmonic = k->exact}, &err));
    return k;
}

/* The ranks that are said to be sure stand in their true order above all others, and the ten
 * largest are as near as is said. */
static void check_what_is_sure(const known *k, const double *value, const spil_sampled *got)
{
    static bool taken[LARGE];
    memset(taken, 0, sizeof taken);
    for (uint32_t rank = 0; rank < got->ranks || rank < 10; rank++) {
        spil_vid best = SPIL_NO_VERTEX;
        for (spil_vid v = 0; v < k->g->n; v++)
            if (!taken[v] && (best == SPIL_NO_VERTEX || value[v] > value[best]))
                best = v;
        taken[best] = true;
        if (rank < 10)
            assert_true(fabs(value[best] - k->exact[best]) <=
                        (got->top_error + 1e-12) * value[best]);
        for (spil_vid v = 0; v < k->g->n && rank < got->ranks; v++)
            assert_true(taken[v] || k->exact[v] <= k->exact[best] * (1 + 1e-12));
    }
}

static bool keeps_its_error(const known *k, uint64_t seed, double error, double *bias)
{
    spil_err err;
    static double value[LARGE];
    spil_sampled got = {0};
    bool enough = false;
    double worst = 0;
    const spil_sampling how = {error, 0.9, seed, NULL};
    assert_ok(spil_harmonic_sampled(k->g, &how, UINT64_MAX, value, &got, &enough, &err));
    assert_true(enough && got.draws > 0 && got.error > 0 && got.error <= error);
    for (spil_vid v = 0; v < k->g->n; v++) {
        worst = fmax(worst, fabs(value[v] - k->exact[v]));
        *bias += (value[v] - k->exact[v]) / k->g->n / k->g->n;
    }
    assert_true(worst > 0); /* it is a sample */
    if (worst <= got.error * (k->g->n - 1))
        check_what_is_sure(k, value, &got);
    return worst <= got.error * (k->g->n - 1);
}

static void harmonic_sampled__keeps_its_error_in_95_of_100_runs(void **state)
{
    (void)state;
    const known *const all[] = {know(t_graph_random(11 + 16 * 2, 3000)),
                                know(t_graph_random(9 + 16 * 3, 3000)), know(t_graph_grid(8, 250))};
    unsigned kept = 0;
    double bias = 0; /* of all vertices and runs: small, or what is drawn is not what is meant */
    for (unsigned run = 0; run < 100; run++)
        kept += keeps_its_error(all[run % 3], run, run % 2 ? 0.02 : 0.01, &bias);
    assert_true(kept >= 95);
    assert_true(fabs(bias / 100) < 1e-4);
    for (size_t i = 0; i < 3; i++)
        spil_csr_free(all[i]->g);
}

static void harmonic_sampled__gives_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_random(11 + 16 * 2, 3000);
    static double one[LARGE], many[LARGE];
    spil_sampled got[2] = {{0}, {0}};
    bool enough = false;
    const spil_sampling how = {0.02, 0.9, 5, NULL};
    spil_par_set_threads(1);
    assert_ok(spil_harmonic_sampled(g, &how, UINT64_MAX, one, &got[0], &enough, &err));
    spil_par_set_threads(3);
    assert_ok(spil_harmonic_sampled(g, &how, UINT64_MAX, many, &got[1], &enough, &err));
    spil_par_set_threads(0);
    assert_memory_equal(one, many, g->n * sizeof *one);
    assert_int_equal(got[0].draws, got[1].draws);
    assert_int_equal(got[0].ranks, got[1].ranks);
    assert_true(got[0].error == got[1].error && got[0].top_error == got[1].top_error);
    spil_csr_free(g);
}

static void harmonic_sampled__says_when_it_would_take_too_long_and_refuses_odd_wishes(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_grid(30, 30);
    static double value[LARGE];
    spil_sampled got;
    bool enough = true;
    const spil_sampling odd[] = {{0, 0.9, 1, NULL}, {0.1, 1, 1, NULL}, {(double)NAN, 0.5, 1, NULL}};
    const spil_sampling fine = {1e-4, 0.9, 1, NULL};
    assert_ok(spil_harmonic_sampled(g, &fine, 900, value, &got, &enough, &err));
    assert_false(enough);
    for (size_t i = 0; i < 3; i++)
        assert_fails(spil_harmonic_sampled(g, &odd[i], 900, value, &got, &enough, &err), SPIL_RANGE,
                     "must be");
    spil_csr_free(g);
}

static void harmonic_metric__samples_when_exact_is_too_long_and_says_so(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_grid(30, 30);
    static double value[LARGE], exact[LARGE];
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    spil_metric_note note = {0};
    const spil_metric *const harmonic = spil_metric_find("harmonic");
    assert_ok(harmonic->run(g, &opts, exact, &note, &err));
    assert_false(note.approximate);
    opts.exact_work = 900.0 * (double)g->m / 16 - 1;
    opts.error = 0.01;
    assert_ok(harmonic->run(g, &opts, value, &note, &err));
    assert_true(note.approximate && note.confidence == opts.confidence);
    assert_true(note.error > 0 && note.error <= 6 * opts.error * 899);
    assert_true(note.top_error == 0); /* those were worked out exactly */
    for (spil_vid v = 0; v < g->n; v++)
        assert_true(fabs(value[v] - exact[v]) <= note.error);
    opts.error = 1e-7; /* too many draws: exact after all */
    note = (spil_metric_note){0};
    assert_ok(harmonic->run(g, &opts, value, &note, &err));
    assert_false(note.approximate);
    assert_memory_equal(value, exact, g->n * sizeof *value);
    spil_csr_free(g);
}

static spil_status sample_quietly(const spil_csr *g)
{
    static double value[LARGE];
    spil_sampled got;
    bool enough;
    return spil_harmonic_sampled(g, &(spil_sampling){0.2, 0.5, 1, NULL}, UINT64_MAX, value, &got,
                                 &enough, NULL);
}

static void harmonic_sampled__survives_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_grid(20, 30);
    assert_survives_no_memory(sample_quietly(g));
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(distances__agree_with_plain_searches_on_random_graphs),
        T(distances__take_more_vertices_than_one_batch_holds),
        T(distances__give_only_what_is_asked_for),
        T(distances__survive_lack_of_memory),
        T(closest__are_as_the_sums_say),
        T(narrow_wave__tells_each_vertex_once_how_far_each_source_is),
        T(harmonic_sampled__keeps_its_error_in_95_of_100_runs),
        T(harmonic_sampled__gives_the_same_bits_for_any_number_of_threads),
        T(harmonic_sampled__says_when_it_would_take_too_long_and_refuses_odd_wishes),
        T(harmonic_metric__samples_when_exact_is_too_long_and_says_so),
        T(harmonic_sampled__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
