/* Communities: closed forms, what must hold on any graph, and by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/communities/community.h"
#include "engine/communities/partition.h"
#include "t.h"
#include "t_graphs.h"

static spil_communities *find(const spil_csr *g, uint64_t seed, unsigned runs)
{
    spil_err err = SPIL_ERR_INIT;
    spil_communities *found = NULL;
    spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
    opts.seed = seed;
    opts.runs = runs;
    assert_ok(spil_communities_find(&found, g, spil_community_method_find("leiden"), &opts, &err));
    return found;
}

static void communities_find__parts_a_barbell_at_its_bridge(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(5); /* 10 + 10 edges and a bridge */
    spil_communities *const found = find(g, 1, 20);
    assert_int_equal(found->best.count, 2);
    for (spil_vid v = 0; v < 10; v++) {
        assert_int_equal(found->best.of[v], v / 5); /* equal sizes: smallest vertex first */
        assert_close(found->membership[v], 1, 1e-12);
    }
    /* modularity: 2 x (10/21 - (21/42)^2) = 20/21 - 1/2 */
    assert_close(found->best.quality, 20.0 / 21 - 0.5, 1e-12);
    for (int c = 0; c < 2; c++) {
        assert_int_equal(found->stats[c].size, 5);
        assert_int_equal(found->stats[c].inner_edges, 10);
        assert_int_equal(found->stats[c].cut_edges, 1);
        assert_close(found->stats[c].density, 1, 1e-15);
        assert_close(found->stats[c].conductance, 1.0 / 21, 1e-15);
        assert_close(found->stats[c].stability, 1, 1e-12);
    }
    spil_communities_free(found);
    spil_csr_free(g);
}

static void communities_find__leaves_lone_vertices_alone(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_pairs(4, 1, (spil_vid[]){2, 3});
    spil_communities *const found = find(g, 1, 5);
    assert_int_equal(found->best.count, 3);
    assert_int_equal(found->best.of[2], 0);
    assert_int_equal(found->best.of[0], 1);
    assert_int_equal(found->best.of[1], 2);
    assert_true(found->stats[1].density == 1 && found->stats[1].conductance == 0);
    assert_close(found->stats[1].stability, 1, 1e-12);
    spil_communities_free(found);
    spil_csr_free(g);
    spil_csr *const none = t_graph_pairs(0, 0, NULL);
    spil_communities *const nothing = find(none, 1, 5);
    assert_int_equal(nothing->best.count, 0);
    spil_communities_free(nothing);
    spil_csr_free(none);
}

static void assert_connected(const spil_csr *g, const spil_partition *part)
{
    uint32_t *again = NULL, count = 0;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(NEW_ARRAY(again, g->n, &err));
    memcpy(again, part->of, g->n * sizeof *again);
    assert_ok(spil_partition_tidy(again, &count, g, &err)); /* would split and renumber */
    assert_int_equal(count, part->count);
    assert_memory_equal(again, part->of, g->n * sizeof *again);
    spil_free(again);
}

static void communities_find__gives_connected_parts_of_falling_size(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 64; seed++) {
        spil_csr *const g = t_graph_random(seed, 60);
        spil_communities *const found = find(g, seed, 20);
        spil_vid members = 0;
        for (uint32_t c = 0; c < found->best.count; c++) {
            const spil_community_stats *const each = &found->stats[c];
            members += each->size;
            assert_true(c == 0 || each->size <= found->stats[c - 1].size);
            assert_true(each->stability >= 0 && each->stability <= 1 + 1e-12);
            assert_true(each->conductance >= 0 && each->conductance <= 1);
        }
        assert_int_equal(members, g->n);
        assert_connected(g, &found->best);
        spil_communities_free(found);
        spil_csr_free(g);
    }
}

static void communities_find__is_the_same_for_the_same_seed(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_random(11, 200);
    spil_communities *const a = find(g, 7, 20), *const b = find(g, 7, 20);
    assert_true(a->best.quality == b->best.quality);
    assert_memory_equal(a->best.of, b->best.of, g->n * sizeof *a->best.of);
    assert_memory_equal(a->membership, b->membership, g->n * sizeof *a->membership);
    spil_communities_free(a);
    spil_communities_free(b);
    spil_csr_free(g);
}

static void partition_tidy__splits_what_does_not_hang_together(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    /* 0-1  2-3-4 all of one label, 5 of another though tied to 4 */
    spil_csr *const g = t_graph_pairs(6, 4, (spil_vid[]){0, 1, 2, 3, 3, 4, 4, 5});
    uint32_t of[] = {3, 3, 3, 3, 3, 0}, count = 0;
    assert_ok(spil_partition_tidy(of, &count, g, &err));
    assert_int_equal(count, 3);
    const uint32_t expected[] = {1, 1, 0, 0, 0, 2};
    assert_memory_equal(of, expected, sizeof of);
    spil_csr_free(g);
}

static void partition_compare__counts_pairs_kept_together(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    /* Part {0,1,2,3}. Run 1 keeps it whole: 6 of 6 pairs. Run 2 has {0,1,2} and {3}: 3 of 6, and
     * the shares are 2/3, 2/3, 2/3, 0. Mean: stability 9/12, membership 5/6, 5/6, 5/6, 1/2. */
    uint32_t of[] = {0, 0, 0, 0};
    const uint32_t labels[] = {2, 2, 2, 2, 1, 1, 1, 0};
    const spil_partition part = {.n = 4, .count = 1, .of = of};
    spil_community_stats stats = {0};
    double membership[4] = {0};
    assert_ok(spil_partition_compare(&part, labels, 2, &stats, membership, NULL, &err));
    assert_close(stats.stability, 0.75, 1e-15);
    assert_close(membership[0], 5.0 / 6, 1e-15);
    assert_close(membership[3], 0.5, 1e-15);
}

/* A ring of 400 cliques of 5 (4400 edges): plain modularity joins neighbours, and more of them the
 * longer the ring; the fitting resolution, 8800 / 3000, joins fewer. */
static void communities_find__keeps_small_groups_apart_in_a_large_region(void **state)
{
    (void)state;
    enum { CLIQUES = 400, SIZE = 5, PAIRS = CLIQUES * (SIZE * (SIZE - 1) / 2 + 1) };
    spil_vid *pairs = NULL;
    size_t next = 0;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(NEW_ARRAY(pairs, 2 * PAIRS, &err));
    for (spil_vid c = 0; c < CLIQUES; c++) {
        for (spil_vid i = 0; i < SIZE; i++)
            for (spil_vid j = i + 1; j < SIZE; j++) {
                pairs[next++] = c * SIZE + i;
                pairs[next++] = c * SIZE + j;
            }
        pairs[next++] = c * SIZE;
        pairs[next++] = (c + 1) % CLIQUES * SIZE + 1;
    }
    spil_csr *const g = t_graph_pairs(CLIQUES * SIZE, PAIRS, pairs);
    spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
    opts.runs = 3;
    spil_communities *fitting = NULL, *plain = NULL;
    const spil_community_method *const leiden = spil_community_method_find("leiden");
    assert_ok(spil_communities_find(&fitting, g, leiden, &opts, &err));
    opts.resolution = 1;
    assert_ok(spil_communities_find(&plain, g, leiden, &opts, &err));
    assert_close(fitting->resolution, 8800.0 / 3000, 1e-12);
    assert_true(plain->resolution == 1);
    assert_true(plain->best.count < CLIQUES / 2);
    assert_true(fitting->best.count > plain->best.count);
    spil_communities_free(fitting);
    spil_communities_free(plain);
    spil_csr_free(g);
    spil_free(pairs);
}

static spil_status find_and_free(const spil_csr *g)
{
    spil_communities *found = NULL;
    const spil_community_opts opts = {.resolution = 1, .seed = 1, .runs = 2};
    const spil_status rc =
        spil_communities_find(&found, g, spil_community_method_find("leiden"), &opts, NULL);
    spil_communities_free(found);
    return rc;
}

static void communities_find__survives_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(4);
    assert_survives_no_memory(find_and_free(g));
    spil_csr_free(g);
}

static void community_methods__say_what_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < spil_community_method_count; i++) {
        const spil_community_method *const each = spil_community_methods[i];
        assert_true(*each->name && *each->summary && *each->source && *each->cost);
        assert_ptr_equal(spil_community_method_find(each->name), each);
    }
    assert_null(spil_community_method_find("no such"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(communities_find__parts_a_barbell_at_its_bridge),
        T(communities_find__leaves_lone_vertices_alone),
        T(communities_find__gives_connected_parts_of_falling_size),
        T(communities_find__is_the_same_for_the_same_seed),
        T(communities_find__keeps_small_groups_apart_in_a_large_region),
        T(partition_tidy__splits_what_does_not_hang_together),
        T(partition_compare__counts_pairs_kept_together),
        T(communities_find__survives_lack_of_memory),
        T(community_methods__say_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
