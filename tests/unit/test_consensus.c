/* Consensus: connected, the same for any number of threads, and nearer to what was planted than the
 * best single run. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/par.h"
#include "engine/communities/community.h"
#include "engine/communities/partition.h"
#include "engine/stats/agreement.h"
#include "engine/stats/draw.h"
#include "t.h"
#include "t_graphs.h"

static spil_communities *find(const spil_csr *g, const char *method, uint64_t seed, unsigned runs)
{
    spil_err err = SPIL_ERR_INIT;
    spil_communities *found = NULL;
    spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
    opts.seed = seed;
    opts.runs = runs;
    assert_ok(spil_communities_find(&found, g, spil_community_method_find(method), &opts, &err));
    return found;
}

enum { GROUPS = 16, MOST = 400, DEGREE = 12 };

/* Groups of 10 to 40; of the DEGREE x n / 2 links a share `mixing` goes anywhere. truth: MOST. */
static spil_csr *planted(uint32_t *truth, double mixing, uint64_t seed)
{
    spil_err err = SPIL_ERR_INIT;
    spil_csr *g = NULL;
    static spil_arc arcs[MOST * DEGREE];
    spil_rng rng = spil_rng_stream(seed, 77);
    spil_vid first[GROUPS + 1] = {0}, n = 0, count = 0;
    for (uint32_t c = 0; c < GROUPS; c++) {
        const spil_vid size = 10 + 2 * c;
        for (spil_vid i = 0; i < size; i++)
            truth[n++] = c;
        first[c + 1] = n;
    }
    assert_true(n <= MOST);
    for (spil_vid v = 0; v < n; v++)
        for (int k = 0; k < DEGREE / 2; k++) {
            const bool away = spil_rng_unit(&rng) < mixing;
            const spil_vid from = away ? 0 : first[truth[v]];
            const spil_vid to = away ? n : first[truth[v] + 1];
            const spil_vid other = from + (spil_vid)spil_rng_below(&rng, to - from);
            if (other != v)
                arcs[count++] = (spil_arc){v, other, 1};
        }
    assert_ok(spil_csr_build(&g, n, arcs, count, SPIL_CSR_UNWEIGHTED, &err));
    return g;
}

static double nearness(const spil_communities *found, const uint32_t *truth)
{
    spil_err err = SPIL_ERR_INIT;
    double out = 0;
    assert_ok(spil_adjusted_information(&out, found->best.of, truth, found->best.n, &err));
    return out;
}

/* Where single runs find it, the consensus does; where they differ, it is nearer. */
static void consensus__is_nearer_to_what_was_planted_than_the_best_run(void **state)
{
    (void)state;
    enum { SEEDS = 20, MIXINGS = 3 };
    const double mixing[MIXINGS] = {0.3, 0.5, 0.6};
    double single[MIXINGS] = {0}, agreed[MIXINGS] = {0};
    for (int k = 0; k < MIXINGS; k++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            uint32_t truth[MOST];
            spil_csr *const g = planted(truth, mixing[k], seed);
            spil_communities *const best = find(g, "leiden", seed, 20);
            spil_communities *const all = find(g, "consensus", seed, 20);
            single[k] += nearness(best, truth) / SEEDS;
            agreed[k] += nearness(all, truth) / SEEDS;
            spil_communities_free(best);
            spil_communities_free(all);
            spil_csr_free(g);
        }
        print_message("mixing %.1f: adjusted mutual information %.4f, best run %.4f\n", mixing[k],
                      agreed[k], single[k]);
    }
    assert_true(agreed[0] >= single[0] - 1e-12 && agreed[0] > 0.99);
    assert_true(agreed[1] >= single[1] - 0.005);
    assert_true(agreed[2] >= single[2] + 0.005);
    assert_true(agreed[0] + agreed[1] + agreed[2] >= single[0] + single[1] + single[2]);
}

/* Before community.c splits what does not hang together. */
static void consensus__gives_connected_parts_of_itself(void **state)
{
    (void)state;
    const spil_community_method *const method = spil_community_method_find("consensus");
    enum { RUNS = 8, VERTICES = 300 };
    static uint32_t labels[RUNS * VERTICES], of[VERTICES];
    static bool used[VERTICES];
    unsigned parted = 0;
    for (uint64_t seed = 0; seed < 20 * T_SHAPES; seed++) {
        spil_err err = SPIL_ERR_INIT;
        spil_csr *const g = t_graph_random(seed, 100);
        spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
        void *shared = NULL;
        double quality = 0;
        uint32_t distinct = 0, count = 0;
        opts.resolution = 1;
        assert_true(g->n <= VERTICES);
        assert_ok(method->open(&shared, g, &opts, &err));
        for (unsigned r = 0; r < RUNS; r++)
            assert_ok(method->run(shared, spil_key_join(seed, r), labels + (size_t)r * g->n,
                                  &quality, &err));
        assert_ok(method->agree(shared, labels, RUNS, seed, of, &quality, &err));
        method->close(shared);
        memset(used, 0, sizeof used);
        for (spil_vid v = 0; v < g->n; v++) {
            distinct += !used[of[v]];
            used[of[v]] = true;
        }
        assert_ok(spil_partition_tidy(of, &count, g, &err));
        assert_int_equal(count, distinct);
        parted += count > 2;
        spil_csr_free(g);
    }
    assert_true(parted > 100);
}

static void consensus__is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    const unsigned threads = spil_par_threads();
    uint32_t truth[MOST];
    spil_csr *const g = planted(truth, 0.65, 3); /* takes a second round */
    spil_par_set_threads(1);
    spil_communities *const one = find(g, "consensus", 5, 12);
    for (unsigned count = 2; count <= 5; count += 3) {
        spil_par_set_threads(count);
        spil_communities *const more = find(g, "consensus", 5, 12);
        assert_true(one->best.quality == more->best.quality);
        assert_memory_equal(one->best.of, more->best.of, g->n * sizeof *one->best.of);
        assert_memory_equal(one->membership, more->membership, g->n * sizeof *one->membership);
        spil_communities_free(more);
    }
    spil_par_set_threads(threads);
    spil_communities_free(one);
    spil_csr_free(g);
}

/* Where all runs say the same, that is the answer: 2 x (10/21 - (21/42)^2). */
static void consensus__of_a_barbell_is_its_two_halves(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(5);
    spil_communities *const found = find(g, "consensus", 1, 20);
    assert_int_equal(found->best.count, 2);
    for (spil_vid v = 0; v < 10; v++)
        assert_int_equal(found->best.of[v], v / 5);
    assert_close(found->best.quality, 20.0 / 21 - 0.5, 1e-12);
    spil_communities_free(found);
    spil_csr_free(g);
}

static spil_status find_and_free(const spil_csr *g)
{
    spil_communities *found = NULL;
    spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
    opts.runs = 3;
    const spil_status rc =
        spil_communities_find(&found, g, spil_community_method_find("consensus"), &opts, NULL);
    spil_communities_free(found);
    return rc;
}

/* A cycle: runs cut it in different places, so that a second round is needed. */
static void consensus__survives_lack_of_memory_in_later_rounds(void **state)
{
    (void)state;
    const unsigned threads = spil_par_threads();
    spil_csr *const g = t_graph_cycle(24);
    spil_par_set_threads(1);
    assert_survives_no_memory(find_and_free(g));
    spil_par_set_threads(threads);
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(consensus__is_nearer_to_what_was_planted_than_the_best_run),
        T(consensus__gives_connected_parts_of_itself),
        T(consensus__is_the_same_for_any_number_of_threads),
        T(consensus__of_a_barbell_is_its_two_halves),
        T(consensus__survives_lack_of_memory_in_later_rounds),
    };
    return cmocka_run_group_tests_name("consensus", tests, NULL, NULL);
}
