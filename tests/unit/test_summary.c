/* test_summary.c - figures of whole networks, against published values and those of NetworkX.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/graph/igraph_view.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/summary.h"
#include "tests/unit/t_graphs.h"

#include <jansson.h>
#include <stdlib.h>

#define DATA "../shared/data/"

static spil_summary *summary_of(const spil_csr *g)
{
    spil_err err;
    spil_summary *s = NULL;
    assert_ok(spil_summary_compute(&s, g, NULL, &err));
    return s;
}

static void summary__of_the_kite(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    spil_summary *const s = summary_of(g);
    assert_close(s->distance_fragmentation, 0.353704, 1e-6);
    assert_close(s->density, 0.4, 1e-12);
    assert_true(s->diameter == 4 && s->clique_number == 4 && s->bridges == 2);
    assert_true(s->fragmentation == 0 && s->articulation_points == 2 && s->max_core == 3);
    spil_summary_free(s);
    spil_csr_free(g);
}

static void summary__of_nothing_and_of_single_vertices(void **state)
{
    (void)state;
    for (spil_vid n = 0; n < 3; n++) {
        spil_csr *const g = t_graph_pairs(n, 0, NULL);
        spil_summary *const s = summary_of(g);
        assert_true(s->vertices == n && s->components == n && s->edges == 0);
        assert_true(isnan(s->assortativity) && isnan(s->transitivity) && isnan(s->weight_max));
        assert_true(n < 2 ? isnan(s->density) : s->density == 0 && s->fragmentation == 1);
        spil_summary_free(s);
        spil_csr_free(g);
    }
}

static void assert_as_igraph(const spil_igraph *graph, spil_igraph_figure figure, double ours)
{
    spil_err err;
    double theirs = 0;
    assert_ok(spil_igraph_figure_run(graph, figure, &theirs, &err));
    if (isnan(theirs))
        assert_true(isnan(ours));
    else
        assert_close(ours, theirs, 1e-9);
}

static void summary__agrees_with_igraph_on_random_graphs(void **state)
{
    (void)state;
    for (uint64_t seed = 16; seed < 16 * 20; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, 80);
        spil_summary *const s = summary_of(g);
        spil_igraph *graph = NULL;
        assert_ok(spil_igraph_new(&graph, g, &err));
        assert_as_igraph(graph, SPIL_IGRAPH_TRANSITIVITY, s->transitivity);
        assert_as_igraph(graph, SPIL_IGRAPH_BRIDGES, s->bridges);
        if (!isnan(s->assortativity)) /* igraph's variance of equal degrees is rounding noise */
            assert_as_igraph(graph, SPIL_IGRAPH_ASSORTATIVITY, s->assortativity);
        spil_igraph_free(graph);
        spil_summary_free(s);
        spil_csr_free(g);
    }
}

/* ---- files that nobody here wrote ---- */

static void summary__of_montagna_is_as_published(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_read(DATA "montagna/meetings_edgelist.tsv");
    if (!g) {
        print_message("SKIPPED: no " DATA "montagna\n");
        skip();
    }
    spil_summary *const s = summary_of(g);
    assert_true(s->vertices == 101 && s->edges == 256 && s->weight_sum == 369);
    assert_true(s->weight_max == 10 && s->components == 5 && s->largest == 92);
    assert_int_equal(s->component_size[1], 3);
    assert_int_equal(s->component_size[4], 2);
    assert_true(s->largest_edges == 250 && s->diameter == 7);
    assert_true(s->max_core == 6 && s->clique_number == 7);
    assert_true(s->articulation_points == 12 && s->bridges == 12);
    assert_close(s->mean_path, 3.308887, 1e-6);
    assert_close(s->density, 0.050693, 1e-6);
    assert_close(s->transitivity, 0.417647, 1e-6);
    assert_close(s->mean_clustering, 0.656480, 1e-6);
    assert_close(s->assortativity, -0.039261, 1e-6);
    assert_close(s->fragmentation, 0.169901, 1e-6);
    assert_close(s->distance_fragmentation, 0.700204, 1e-6);
    assert_close(s->efficiency, 0.299796, 1e-6);
    spil_summary_free(s);
    spil_csr_free(g);
}

static double *computed(const char *name, const spil_csr *g)
{
    spil_err err;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    double *value = NULL;
    assert_ok(NEW_ARRAY(value, g->n, &err));
    assert_ok(spil_metric_find(name)->run(g, &opts, value, NULL, &err));
    return value;
}

/* The list holds [vertex, value], highest first: each vertex has that value, and as many vertices
 * have more as stand before it. */
static void assert_top(const spil_csr *g, const char *metric, const json_t *list)
{
    double *const value = computed(metric, g);
    assert_true(json_array_size(list) >= 5);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *const row = json_array_get(list, i);
        const spil_vid v = (spil_vid)strtoul(json_string_value(json_array_get(row, 0)), NULL, 10);
        size_t higher = 0;
        assert_close(value[v], json_number_value(json_array_get(row, 1)), 1e-6);
        for (spil_vid u = 0; u < g->n; u++)
            higher += value[u] > value[v] + 1e-9;
        assert_true(higher <= i);
    }
    spil_free(value);
}

static void assert_articulation(const spil_csr *g, const json_t *list)
{
    double *const value = computed("articulation", g);
    double sum = 0;
    for (spil_vid v = 0; v < g->n; v++)
        sum += value[v];
    assert_int_equal((size_t)sum, json_array_size(list));
    for (size_t i = 0; i < json_array_size(list); i++)
        assert_true(value[strtoul(json_string_value(json_array_get(list, i)), NULL, 10)] == 1);
    spil_free(value);
}

static double number(const json_t *of, const char *key)
{
    const json_t *const value = json_object_get(of, key);
    if (!json_is_number(value))
        fail_msg("no number '%s'", key);
    return json_number_value(value);
}

static void check_network(const char *path, const json_t *of)
{
    spil_csr *const g = t_graph_read(path);
    assert_non_null(g);
    spil_summary *const s = summary_of(g);
    assert_true(s->vertices == number(of, "n") && s->edges == number(of, "m"));
    assert_true(s->bridges == number(of, "bridges"));
    assert_true(s->components == number(of, "components"));
    assert_true(s->largest == number(of, "largest"));
    assert_true(s->max_core == number(of, "max_core"));
    assert_true(s->diameter == number(of, "diameter_largest"));
    assert_close(s->density, number(of, "density"), 1e-6);
    assert_close(s->transitivity, number(of, "transitivity"), 1e-6);
    assert_close(s->mean_clustering, number(of, "avg_clustering"), 1e-6);
    assert_articulation(g, json_object_get(of, "articulation_points"));
    assert_top(g, "degree", json_object_get(of, "top_degree"));
    assert_top(g, "betweenness", json_object_get(of, "top_betweenness"));
    assert_top(g, "harmonic", json_object_get(of, "top_harmonic"));
    assert_top(g, "pagerank", json_object_get(of, "top_pagerank_unweighted"));
    spil_summary_free(s);
    spil_csr_free(g);
}

static void metrics__agree_with_networkx_on_covert_networks(void **state)
{
    (void)state;
    json_error_t where;
    json_t *const all = json_load_file(DATA "oracles.json", 0, &where);
    unsigned checked = 0;
    if (!all) {
        print_message("SKIPPED: no " DATA "oracles.json\n");
        skip();
    }
    const char *key = NULL;
    json_t *of = NULL;
    json_object_foreach(all, key, of)
    {
        char path[256];
        snprintf(path, sizeof path, DATA "covert/%s.edges.csv", key);
        if (strstr(key, "montagna"))
            snprintf(path, sizeof path, DATA "montagna/meetings_edgelist.tsv");
        check_network(path, of);
        checked++;
    }
    assert_true(checked >= 4);
    json_decref(all);
}

static spil_status compute_and_free(const spil_csr *g)
{
    spil_summary *s = NULL;
    const spil_status rc = spil_summary_compute(&s, g, NULL, NULL);
    spil_summary_free(s);
    return rc;
}

static void summary__survives_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    assert_survives_no_memory(compute_and_free(g));
    spil_csr_free(g);
}

static void summary__fields_have_names_and_values(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    spil_summary *const s = summary_of(g);
    for (size_t i = 0; i < spil_summary_field_count; i++) {
        assert_true(*spil_summary_fields[i].label_en && *spil_summary_fields[i].formula);
        if (strcmp(spil_summary_fields[i].name, "edges") == 0)
            assert_true(spil_summary_value(s, i) == 18);
    }
    spil_summary_free(s);
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(summary__of_the_kite),
        T(summary__of_nothing_and_of_single_vertices),
        T(summary__agrees_with_igraph_on_random_graphs),
        T(summary__of_montagna_is_as_published),
        T(metrics__agree_with_networkx_on_covert_networks),
        T(summary__survives_lack_of_memory),
        T(summary__fields_have_names_and_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
