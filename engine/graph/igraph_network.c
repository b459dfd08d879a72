/* igraph_network.c - see igraph_network.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/graph/igraph_network.h"

#include "engine/base/str.h"
#include "engine/graph/igraph_inside.h"

/* A text for each vertex. */
typedef const char *(*vertex_text)(const spil_entity *entity);

static const char *key_of(const spil_entity *entity)
{
    return entity->key;
}

static const char *kind_of(const spil_entity *entity)
{
    return spil_entity_kind_info(entity->kind)->name;
}

static const char *type_of(const spil_entity *entity)
{
    return entity->type;
}

/* XML 1.0 has no place for control characters but tab and line ends; those from U+0080 on are
 * legal, but a terminal obeys them. */
static const char *fit_for_xml(spil_str *room, const char *text)
{
    spil_str_clear(room);
    while (*text) {
        const unsigned char c = (unsigned char)text[0], after = (unsigned char)text[1];
        const bool two = c == 0xC2 && after >= 0x80 && after < 0xA0;
        const bool fits = (c >= 0x20 && c != 0x7F && !two) || c == '\t' || c == '\n' || c == '\r';
        spil_str_add_n(room, fits ? text : "?", 1);
        text += two ? 2 : 1;
    }
    return spil_str_text(room);
}

static spil_status set_vertex_text(spil_igraph *graph, const char *name, vertex_text text,
                                   const spil_facts *facts, const spil_network *network,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    igraph_strvector_t values;
    spil_str room = SPIL_STR_INIT;
    TRY_IGRAPH(igraph_strvector_init(&values, 0), name);
    for (spil_vid v = 0; rc == SPIL_OK && v < graph->n; v++) {
        const char *const fit = fit_for_xml(&room, text(&facts->entities[network->entity[v]]));
        rc = spil_str_status(&room, err);
        if (rc == SPIL_OK)
            rc = spil_igraph_status(igraph_strvector_push_back(&values, fit), name, err);
    }
    if (rc == SPIL_OK)
        rc =
            spil_igraph_status(igraph_cattribute_VAS_setv(&graph->graph, name, &values), name, err);
    igraph_strvector_destroy(&values);
done:
    spil_str_free(&room);
    return rc;
}

static spil_status set_edge_number(spil_igraph *graph, const char *name, const double *value,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    igraph_vector_t values;
    TRY_IGRAPH(igraph_vector_init(&values, (ig_int)graph->m), name);
    for (spil_eid e = 0; e < graph->m; e++)
        VECTOR(values)[e] = value[e];
    rc = spil_igraph_status(igraph_cattribute_EAN_setv(&graph->graph, name, &values), name, err);
    igraph_vector_destroy(&values);
done:
    return rc;
}

/* kinds: m masks of link kinds. */
static spil_status set_edge_kinds(spil_igraph *graph, const uint64_t *kinds, spil_err *err)
{
    _Static_assert(SPIL_LINK_KIND_COUNT <= 64, "a mask holds every kind of link");
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    igraph_strvector_t values;
    TRY_IGRAPH(igraph_strvector_init(&values, 0), "kinds");
    for (spil_eid e = 0; rc == SPIL_OK && e < graph->m; e++) {
        spil_str_clear(&text);
        for (spil_link_kind kind = 0; kind < SPIL_LINK_KIND_COUNT; kind++)
            if (kinds[e] >> kind & 1)
                spil_str_addf(&text, "%s%s", text.length ? " " : "",
                              spil_link_kind_info(kind)->name);
        rc = spil_str_status(&text, err);
        if (rc == SPIL_OK)
            rc = spil_igraph_status(igraph_strvector_push_back(&values, spil_str_text(&text)),
                                    "kinds", err);
    }
    if (rc == SPIL_OK)
        rc = spil_igraph_status(igraph_cattribute_EAS_setv(&graph->graph, "kinds", &values),
                                "kinds", err);
    igraph_strvector_destroy(&values);
done:
    spil_str_free(&text);
    return rc;
}

static spil_status set_edges(spil_igraph *graph, const spil_facts *facts,
                             const spil_network *network, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t *kinds = NULL;
    double *weight = NULL, *links = NULL;
    TRY(NEW_ARRAY(kinds, graph->m, err));
    TRY(NEW_ARRAY(links, graph->m, err));
    TRY(NEW_ARRAY(weight, graph->m, err));
    for (size_t i = 0; i < facts->link_count; i++)
        if (network->link_edge[i] != SPIL_NO_EDGE) {
            kinds[network->link_edge[i]] |= (uint64_t)1 << facts->links[i].kind;
            links[network->link_edge[i]] += 1;
        }
    for (spil_eid e = 0; e < graph->m; e++)
        weight[e] = VECTOR(graph->weight)[e];
    TRY(set_edge_number(graph, "weight", weight, err));
    TRY(set_edge_number(graph, "confidence", network->edge_confidence, err));
    TRY(set_edge_number(graph, "links", links, err));
    TRY(set_edge_kinds(graph, kinds, err));
done:
    spil_free(kinds);
    spil_free(links);
    spil_free(weight);
    return rc;
}

spil_status spil_igraph_of_network(spil_igraph **out, const spil_facts *facts,
                                   const spil_network *network, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_igraph *graph = NULL;
    TRY(spil_igraph_new(&graph, network->csr, err));
    TRY(set_vertex_text(graph, "name", key_of, facts, network, err));
    TRY(set_vertex_text(graph, "label", spil_entity_name, facts, network, err));
    TRY(set_vertex_text(graph, "kind", kind_of, facts, network, err));
    TRY(set_vertex_text(graph, "type", type_of, facts, network, err));
    TRY(set_edges(graph, facts, network, err));
    *out = graph;
    graph = NULL;
done:
    spil_igraph_free(graph);
    return rc;
}

spil_status spil_igraph_write(FILE *stream, const spil_igraph *graph, spil_igraph_format format,
                              spil_err *err)
{
    if (format == SPIL_IGRAPH_DOT)
        return spil_igraph_status(igraph_write_graph_dot(&graph->graph, stream), "DOT", err);
    return spil_igraph_status(igraph_write_graph_graphml(&graph->graph, stream, false), "GraphML",
                              err);
}
