/* The facts as a graph. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/graph/igraph_network.h"
#include "engine/graph/network.h"

#include <string.h>

static void add_entity(spil_facts *facts, const char *key, spil_entity_kind kind)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_entity row = {.kind = kind, .key = key};
    assert_ok(spil_facts_add_entity(facts, &row, &err));
}

static void add_link(spil_facts *facts, uint32_t from, uint32_t to, double weight,
                     double confidence)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_link row = {.from = from,
                           .to = to,
                           .kind = SPIL_LINK_met,
                           .weight = weight,
                           .confidence = confidence,
                           .since = SPIL_NO_DAY,
                           .until = SPIL_NO_DAY};
    assert_ok(spil_facts_add_link(facts, &row, &err));
}

static spil_facts *begin(void)
{
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    const spil_source source = {.path = "a.csv"};
    assert_ok(spil_facts_new(&facts, &err));
    assert_ok(spil_facts_add_source(facts, &source, &err));
    return facts;
}

/* a, b, c are persons; n is an officer, tied to all; d stands alone. */
static spil_facts *small_case(void)
{
    spil_err err = SPIL_ERR_INIT;
    spil_facts *const facts = begin();
    add_entity(facts, "c", SPIL_ENTITY_person);
    add_entity(facts, "n", SPIL_ENTITY_official);
    add_entity(facts, "a", SPIL_ENTITY_person);
    add_entity(facts, "b", SPIL_ENTITY_company);
    add_entity(facts, "d", SPIL_ENTITY_person);
    add_link(facts, 2, 3, 2, 0.5);  /* a-b */
    add_link(facts, 3, 2, 3, 0.75); /* and back */
    add_link(facts, 0, 3, 1, 1);    /* c-b */
    add_link(facts, 2, 2, 1, 1);    /* a loop */
    for (uint32_t e = 0; e < 4; e++)
        if (e != 1)
            add_link(facts, e, 1, 1, 1);
    assert_ok(spil_facts_finish(facts, &err));
    return facts;
}

static void network_build__joins_the_links_of_a_pair(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *const facts = small_case();
    spil_network *net = NULL;
    assert_ok(spil_network_build(&net, facts, &err));
    assert_int_equal(net->csr->n, 4); /* a b c d */
    assert_int_equal(net->csr->m, 2);
    assert_int_equal(net->edge_from[0], 0);
    assert_int_equal(net->edge_to[0], 1);
    assert_close(net->csr->weight[0], 5, 0);
    assert_close(net->edge_confidence[0], 1 - 0.5 * 0.25, 1e-15);
    assert_int_equal(net->edge_from[1], 1);
    assert_int_equal(net->edge_to[1], 2);
    assert_close(net->edge_confidence[1], 1, 0);
    spil_network_free(net);
    spil_facts_free(facts);
}

static void network_build__leaves_officials_out(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *const facts = small_case();
    spil_network *net = NULL;
    assert_ok(spil_network_build(&net, facts, &err));
    const uint32_t officer = spil_facts_find(facts, "n");
    assert_int_equal(net->vertex[officer], SPIL_NO_VERTEX);
    for (spil_vid v = 0; v < net->csr->n; v++) {
        assert_int_not_equal(net->entity[v], officer);
        assert_int_equal(net->vertex[net->entity[v]], v);
    }
    size_t outside = 0;
    for (size_t i = 0; i < facts->link_count; i++) {
        const spil_link *const link = &facts->links[i];
        const bool edge = link->from != link->to && link->to != officer;
        assert_int_equal(net->link_edge[i] != SPIL_NO_EDGE, edge);
        outside += !edge;
    }
    assert_int_equal(outside, 4); /* three to the officer, one loop */
    spil_network_free(net);
    spil_facts_free(facts);
}

static void network_build__takes_an_empty_case(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *const facts = begin();
    spil_network *net = NULL;
    assert_ok(spil_facts_finish(facts, &err));
    assert_ok(spil_network_build(&net, facts, &err));
    assert_int_equal(net->csr->n, 0);
    assert_int_equal(net->csr->m, 0);
    spil_network_free(net);
    spil_facts_free(facts);
}

enum { MANY = 60, MANY_LINKS = 400 };

/* The same random case, its links added from the given one on and around. */
static spil_facts *random_case(uint64_t seed, uint32_t start)
{
    spil_err err = SPIL_ERR_INIT;
    spil_facts *const facts = begin();
    struct {
        uint32_t from, to;
        double weight, confidence;
    } links[MANY_LINKS];
    spil_rng rng = spil_rng_stream(seed, 0);
    for (uint32_t i = 0; i < MANY_LINKS; i++) {
        links[i].from = (uint32_t)spil_rng_below(&rng, MANY);
        links[i].to = (uint32_t)spil_rng_below(&rng, 12);
        links[i].weight = 0.1 + spil_rng_unit(&rng);
        links[i].confidence = spil_rng_unit(&rng);
    }
    for (uint32_t e = 0; e < MANY; e++) {
        char key[16];
        (void)snprintf(key, sizeof key, "E%u", e);
        add_entity(facts, key, e % 7 == 3 ? SPIL_ENTITY_area : SPIL_ENTITY_person);
    }
    for (uint32_t i = 0; i < MANY_LINKS; i++) {
        const uint32_t k = (i + start) % MANY_LINKS;
        add_link(facts, links[k].from, links[k].to, links[k].weight, links[k].confidence);
    }
    assert_ok(spil_facts_finish(facts, &err));
    return facts;
}

static void network_build__agrees_with_counting_by_hand(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    for (uint64_t seed = 0; seed < 5; seed++) {
        spil_facts *const facts = random_case(seed, 0);
        spil_network *net = NULL;
        assert_ok(spil_network_build(&net, facts, &err));
        for (spil_eid e = 0; e < net->csr->m; e++) {
            const uint32_t a = net->entity[net->edge_from[e]], b = net->entity[net->edge_to[e]];
            double doubt = 1, weight = 0, in_row = 0;
            assert_true(net->edge_from[e] < net->edge_to[e]);
            for (size_t i = 0; i < facts->link_count; i++) {
                const spil_link *const link = &facts->links[i];
                const bool here =
                    (link->from == a && link->to == b) || (link->from == b && link->to == a);
                assert_int_equal(net->link_edge[i] == e, here);
                doubt *= here ? 1 - link->confidence : 1;
                weight += here ? link->weight : 0;
            }
            const spil_vid v = net->edge_from[e];
            for (spil_eid i = net->csr->row[v]; i < net->csr->row[v + 1]; i++)
                if (net->csr->edge[i] == e)
                    in_row = net->csr->weight[i];
            assert_close(net->edge_confidence[e], 1 - doubt, 1e-12);
            assert_close(in_row, weight, 1e-12);
        }
        spil_network_free(net);
        spil_facts_free(facts);
    }
}

static void network_build__gives_the_same_bits_whatever_the_order_of_import(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *const facts = random_case(9, 0), *const turned = random_case(9, 123);
    spil_network *a = NULL, *b = NULL;
    assert_ok(spil_network_build(&a, facts, &err));
    assert_ok(spil_network_build(&b, turned, &err));
    assert_int_equal(a->csr->m, b->csr->m);
    assert_memory_equal(a->csr->weight, b->csr->weight, 2 * a->csr->m * sizeof(double));
    assert_memory_equal(a->csr->col, b->csr->col, 2 * a->csr->m * sizeof(spil_vid));
    assert_memory_equal(a->edge_confidence, b->edge_confidence, a->csr->m * sizeof(double));
    assert_memory_equal(a->link_edge, b->link_edge, facts->link_count * sizeof(uint32_t));
    spil_network_free(a);
    spil_network_free(b);
    spil_facts_free(facts);
    spil_facts_free(turned);
}

static spil_status build_and_free(const spil_facts *facts)
{
    spil_network *net = NULL;
    const spil_status rc = spil_network_build(&net, facts, NULL);
    spil_network_free(net);
    return rc;
}

/* The whole file as text; borrowed until the next call. */
static const char *written(const spil_igraph *graph, spil_igraph_format format)
{
    static char text[1 << 14];
    spil_err err = SPIL_ERR_INIT;
    FILE *const stream = fmemopen(text, sizeof text, "w");
    assert_non_null(stream);
    assert_ok(spil_igraph_write(stream, graph, format, &err));
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void igraph_of_network__carries_what_the_store_holds(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *const facts = small_case();
    spil_network *net = NULL;
    spil_igraph *graph = NULL;
    assert_ok(spil_network_build(&net, facts, &err));
    assert_ok(spil_igraph_of_network(&graph, facts, net, &err));
    const char *const text = written(graph, SPIL_IGRAPH_GRAPHML);
    const char *const a = strstr(text, "<data key=\"name\">a</data>");
    const char *const b = strstr(text, "<data key=\"name\">b</data>");
    assert_non_null(a);
    assert_non_null(b);
    assert_true(a < b); /* vertices in the order of keys */
    assert_non_null(strstr(a, "<data key=\"kind\">person</data>"));
    assert_non_null(strstr(b, "<data key=\"kind\">company</data>"));
    assert_null(strstr(text, "<data key=\"name\">n</data>"));                    /* an official */
    const char *const edge = strstr(text, "<edge source=\"n0\" target=\"n1\">"); /* a-b, twice */
    assert_non_null(edge);
    assert_ptr_equal(strstr(edge, "<data key=\"weight\">"),
                     strstr(edge, "<data key=\"weight\">5</data>"));
    assert_ptr_equal(strstr(edge, "<data key=\"confidence\">"),
                     strstr(edge, "<data key=\"confidence\">0.875</data>"));
    assert_ptr_equal(strstr(edge, "<data key=\"links\">"),
                     strstr(edge, "<data key=\"links\">2</data>"));
    assert_ptr_equal(strstr(edge, "<data key=\"kinds\">"),
                     strstr(edge, "<data key=\"kinds\">met</data>"));
    spil_igraph_free(graph);
    spil_network_free(net);
    spil_facts_free(facts);
}

static spil_status igraph_of_network_and_free(const spil_facts *facts, const spil_network *net)
{
    spil_igraph *graph = NULL;
    const spil_status rc = spil_igraph_of_network(&graph, facts, net, NULL);
    spil_igraph_free(graph);
    return rc;
}

static void igraph_of_network__survives_every_failed_allocation_of_ours(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *const facts = small_case();
    spil_network *net = NULL;
    assert_ok(spil_network_build(&net, facts, &err));
    assert_survives_no_memory(igraph_of_network_and_free(facts, net));
    spil_network_free(net);
    spil_facts_free(facts);
}

static void network__survives_every_failed_allocation(void **state)
{
    (void)state;
    spil_facts *const facts = small_case();
    assert_survives_no_memory(build_and_free(facts));
    spil_facts_free(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(network_build__joins_the_links_of_a_pair),
        T(network_build__leaves_officials_out),
        T(network_build__takes_an_empty_case),
        T(network_build__agrees_with_counting_by_hand),
        T(network_build__gives_the_same_bits_whatever_the_order_of_import),
        T(network__survives_every_failed_allocation),
        T(igraph_of_network__carries_what_the_store_holds),
        T(igraph_of_network__survives_every_failed_allocation_of_ours),
    };
    return cmocka_run_group_tests_name("network", tests, NULL, NULL);
}
