/* report_gexf.c - network.gexf: for Gephi, with colours, sizes, labels and positions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GEXF 1.2 with its viz module. y is turned, since Gephi's runs up.
 */
#include "reports/graph.h"

static const struct {
    const char *title, *type;
} node_columns[] = {
    {"kind", "string"},    {"community", "integer"}, {"betweenness", "double"}, {"fall", "double"},
    {"holder", "boolean"}, {"target", "boolean"},    {"spil", "boolean"},
};
static const struct {
    const char *title, *type;
} edge_columns[] = {{"kinds", "string"}, {"links", "integer"}};

static void add_node(spil_str *out, const spil_graph_node *n)
{
    spil_str_add(out, "<node");
    spil_xml_attribute(out, "id", n->entity->key);
    spil_xml_attribute(out, "label", n->entity->name);
    spil_str_addf(out, "><attvalues><attvalue for=\"0\" value=\"%s\"/>",
                  spil_entity_kind_info(n->entity->kind)->name);
    spil_str_addf(out, "<attvalue for=\"1\" value=\"%u\"/>", n->community);
    spil_str_addf(out, "<attvalue for=\"2\" value=\"%.12g\"/>", n->node->betweenness);
    spil_str_addf(out, "<attvalue for=\"3\" value=\"%.12g\"/>", n->node->fall);
    const bool flags[] = {n->node->holder, n->node->target, n->node->spil};
    for (size_t i = 0; i < 3; i++)
        spil_str_addf(out, "<attvalue for=\"%zu\" value=\"%s\"/>", i + 4,
                      flags[i] ? "true" : "false");
    spil_str_addf(out, "</attvalues><viz:color r=\"%d\" g=\"%d\" b=\"%d\"/>", n->r, n->g, n->b);
    spil_str_addf(out, "<viz:position x=\"%.2f\" y=\"%.2f\" z=\"0\"/>", n->x, -n->y);
    spil_str_addf(out, "<viz:size value=\"%.1f\"/></node>\n", n->size);
}

static void add_edge(spil_str *out, const spil_graph *graph, size_t number)
{
    const spil_graph_edge *const e = &graph->edges[number];
    spil_str_addf(out, "<edge id=\"%zu\"", number);
    spil_xml_attribute(out, "source", graph->nodes[e->from].entity->key);
    spil_xml_attribute(out, "target", graph->nodes[e->to].entity->key);
    spil_str_addf(out, " weight=\"%.12g\"><attvalues><attvalue for=\"0\" value=\"",
                  e->edge->confidence);
    spil_graph_add_kinds(out, e->edge);
    spil_str_addf(out, "\"/><attvalue for=\"1\" value=\"%zu\"/></attvalues></edge>\n",
                  e->edge->link_count);
}

static void add_columns(spil_str *out)
{
    spil_str_add(out, "<attributes class=\"node\">\n");
    for (size_t i = 0; i < sizeof node_columns / sizeof node_columns[0]; i++)
        spil_str_addf(out, "<attribute id=\"%zu\" title=\"%s\" type=\"%s\"/>\n", i,
                      node_columns[i].title, node_columns[i].type);
    spil_str_add(out, "</attributes>\n<attributes class=\"edge\">\n");
    for (size_t i = 0; i < sizeof edge_columns / sizeof edge_columns[0]; i++)
        spil_str_addf(out, "<attribute id=\"%zu\" title=\"%s\" type=\"%s\"/>\n", i,
                      edge_columns[i].title, edge_columns[i].type);
    spil_str_add(out, "</attributes>\n");
}

static spil_status write_gexf(const spil_result *result, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    (void)lang;
    spil_graph *graph = NULL;
    const spil_status rc = spil_graph_new(&graph, result, err);
    if (rc != SPIL_OK)
        return rc;
    spil_str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<gexf xmlns=\"http://www.gexf.net/1.2draft\" "
                      "xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">\n"
                      "<meta><creator>Spil</creator></meta>\n"
                      "<graph mode=\"static\" defaultedgetype=\"undirected\">\n");
    add_columns(out);
    spil_str_add(out, "<nodes>\n");
    for (size_t i = 0; i < graph->node_count; i++)
        add_node(out, &graph->nodes[i]);
    spil_str_add(out, "</nodes>\n<edges>\n");
    for (size_t e = 0; e < graph->edge_count; e++)
        add_edge(out, graph, e);
    spil_str_add(out, "</edges>\n</graph>\n</gexf>\n");
    spil_graph_free(graph);
    return spil_str_status(out, err);
}

const spil_report spil_report_gexf = {
    .file = "network.gexf",
    .summary = "the communities shown as a graph for Gephi, with colours, sizes and labels",
    .write = write_gexf,
};
