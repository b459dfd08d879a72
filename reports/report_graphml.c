/* report_graphml.c - network.graphml: for yEd, Cytoscape, igraph, NetworkX, Gephi.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Brandes et al., GraphML Progress Report, 2001. Node ids are the entities' keys; label, size,
 * x, y, r, g, b are the names that Gephi reads as looks.
 */
#include "reports/escape.h"
#include "reports/graph.h"

static const struct {
    const char *id, *domain, *type;
} keys[] = {
    {"label", "node", "string"},
    {"kind", "node", "string"},
    {"community", "node", "int"},
    {"degree", "node", "double"},
    {"betweenness", "node", "double"},
    {"membership", "node", "double"},
    {"fall", "node", "double"},
    {"holder", "node", "boolean"},
    {"target", "node", "boolean"},
    {"spil", "node", "boolean"},
    {"size", "node", "double"},
    {"x", "node", "double"},
    {"y", "node", "double"},
    {"r", "node", "int"},
    {"g", "node", "int"},
    {"b", "node", "int"},
    {"kinds", "edge", "string"},
    {"weight", "edge", "double"},
    {"links", "edge", "int"},
};

static void text(spil_str *out, const char *key, const char *value)
{
    spil_str_addf(out, "<data key=\"%s\">", key);
    spil_html_text(out, value);
    spil_str_add(out, "</data>");
}

static void real(spil_str *out, const char *key, double value)
{
    spil_str_addf(out, "<data key=\"%s\">%.12g</data>", key, value);
}

static void flag(spil_str *out, const char *key, bool value)
{
    spil_str_addf(out, "<data key=\"%s\">%s</data>", key, value ? "true" : "false");
}

static void add_node(spil_str *out, const spil_graph_node *n)
{
    spil_str_add(out, "<node");
    spil_xml_attribute(out, "id", n->entity->key);
    spil_str_add(out, ">");
    text(out, "label", n->entity->name);
    text(out, "kind", spil_entity_kind_info(n->entity->kind)->name);
    real(out, "community", n->community);
    real(out, "degree", n->node->degree);
    real(out, "betweenness", n->node->betweenness);
    real(out, "membership", n->node->membership);
    real(out, "fall", n->node->fall);
    flag(out, "holder", n->node->holder);
    flag(out, "target", n->node->target);
    flag(out, "spil", n->node->spil);
    real(out, "size", n->size);
    real(out, "x", n->x);
    real(out, "y", n->y);
    real(out, "r", n->r);
    real(out, "g", n->g);
    real(out, "b", n->b);
    spil_str_add(out, "</node>\n");
}

static void add_edge(spil_str *out, const spil_graph *graph, const spil_graph_edge *e)
{
    spil_str_add(out, "<edge");
    spil_xml_attribute(out, "source", graph->nodes[e->from].entity->key);
    spil_xml_attribute(out, "target", graph->nodes[e->to].entity->key);
    spil_str_add(out, "><data key=\"kinds\">");
    spil_graph_add_kinds(out, e->edge);
    spil_str_add(out, "</data>");
    real(out, "weight", e->edge->confidence);
    real(out, "links", (double)e->edge->link_count);
    spil_str_add(out, "</edge>\n");
}

static spil_status write_graphml(const spil_result *result, spil_lang lang, spil_str *out,
                                 spil_err *err)
{
    (void)lang;
    spil_graph *graph = NULL;
    const spil_status rc = spil_graph_new(&graph, result, err);
    if (rc != SPIL_OK)
        return rc;
    spil_str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
        spil_str_addf(out, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
                      keys[k].id, keys[k].domain, keys[k].id, keys[k].type);
    spil_str_add(out, "<graph id=\"spil\" edgedefault=\"undirected\">\n");
    for (size_t i = 0; i < graph->node_count; i++)
        add_node(out, &graph->nodes[i]);
    for (size_t e = 0; e < graph->edge_count; e++)
        add_edge(out, graph, &graph->edges[e]);
    spil_str_add(out, "</graph>\n</graphml>\n");
    spil_graph_free(graph);
    return spil_str_status(out, err);
}

const spil_report spil_report_graphml = {
    .file = "network.graphml",
    .summary = "the communities shown as a graph, for Cytoscape, yEd, igraph and NetworkX",
    .write = write_graphml,
};
