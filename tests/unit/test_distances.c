/* test_distances.c - sums of distances against one plain search a vertex.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/metrics/distances.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(distances__agree_with_plain_searches_on_random_graphs),
        T(distances__take_more_vertices_than_one_batch_holds),
        T(distances__give_only_what_is_asked_for),
        T(distances__survive_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
