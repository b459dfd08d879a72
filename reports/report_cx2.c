/* report_cx2.c - network.cx2: for Cytoscape 3.10 and later, Cytoscape Web and NDEx.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cytoscape Exchange Format 2 (NDEx, 2022): a JSON array of aspects; metaData first, with the count
 * of each, and status last. Nodes have our positions (y runs down in both); colour and size stand
 * in nodeBypasses, so that a node looks as in the report whatever style is chosen later.
 */
#include "reports/graph.h"
#include "reports/json.h"

static json_t *declared(const char *type)
{
    return json_pack("{s:s}", "d", type);
}

static json_t *declarations(void)
{
    return json_pack(
        "{s:{s:o,s:o},s:{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o},s:{s:o,s:o,s:o}}",
        "networkAttributes", "name", declared("string"), "description", declared("string"), "nodes",
        "key", declared("string"), "name", declared("string"), "kind", declared("string"),
        "community", declared("integer"), "degree", declared("double"), "betweenness",
        declared("double"), "membership", declared("double"), "fall", declared("double"), "holder",
        declared("boolean"), "spil", declared("boolean"), "edges", "interaction",
        declared("string"), "confidence", declared("double"), "links", declared("integer"));
}

/* A value that is no number is left out: CX2 has no null. */
static bool set_real(json_t *object, const char *name, double value)
{
    json_t *const number = spil_json_real(value);
    if (!number || !json_is_null(number))
        return number && json_object_set_new(object, name, number) == 0;
    json_decref(number);
    return true;
}

static json_t *node(const spil_graph_node *n, size_t id)
{
    json_t *const values =
        json_pack("{s:o,s:o,s:s,s:o,s:b,s:b}", "key", spil_json_text(n->entity->key), "name",
                  spil_json_text(n->entity->name), "kind",
                  spil_entity_kind_info(n->entity->kind)->name, "community",
                  spil_json_count(n->community), "holder", n->node->holder, "spil", n->node->spil);
    if (values && !(set_real(values, "degree", n->node->degree) &&
                    set_real(values, "betweenness", n->node->betweenness) &&
                    set_real(values, "membership", n->node->membership) &&
                    set_real(values, "fall", n->node->fall))) {
        json_decref(values);
        return NULL;
    }
    return json_pack("{s:o,s:f,s:f,s:o}", "id", spil_json_count(id), "x", n->x, "y", n->y, "v",
                     values);
}

static json_t *edge(const spil_graph_edge *e, size_t id)
{
    spil_str kinds = SPIL_STR_INIT;
    spil_graph_add_kinds(&kinds, e->edge);
    json_t *const made =
        kinds.failed
            ? NULL
            : json_pack("{s:o,s:o,s:o,s:{s:o,s:f,s:o}}", "id", spil_json_count(id), "s",
                        spil_json_count(e->from), "t", spil_json_count(e->to), "v", "interaction",
                        spil_json_text(spil_str_text(&kinds)), "confidence", e->edge->confidence,
                        "links", spil_json_count(e->edge->link_count));
    spil_str_free(&kinds);
    return made;
}

static json_t *bypass(const spil_graph_node *n, size_t id)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char rgb[3] = {n->r, n->g, n->b};
    char colour[8] = "#";
    for (size_t i = 0; i < 3; i++) {
        colour[1 + 2 * i] = digits[rgb[i] >> 4];
        colour[2 + 2 * i] = digits[rgb[i] & 15];
    }
    return json_pack("{s:o,s:{s:s,s:f,s:f}}", "id", spil_json_count(id), "v",
                     "NODE_BACKGROUND_COLOR", colour, "NODE_WIDTH", 2 * n->size, "NODE_HEIGHT",
                     2 * n->size);
}

static json_t *looks(void)
{
    return json_pack(
        "{s:{s:{s:s},s:{s:s,s:s,s:f,s:f,s:f,s:i,s:s},s:{s:s,s:f,s:f}},s:{s:{s:s,s:{s:s,s:s}}},"
        "s:{}}",
        "default", "network", "NETWORK_BACKGROUND_COLOR", "#FFFFFF", "node", "NODE_SHAPE",
        "ellipse", "NODE_BACKGROUND_COLOR", "#57606B", "NODE_WIDTH", 12.0, "NODE_HEIGHT", 12.0,
        "NODE_BORDER_WIDTH", 0.0, "NODE_LABEL_FONT_SIZE", 9, "NODE_LABEL_COLOR", "#1A1A1A", "edge",
        "EDGE_LINE_COLOR", "#9AA3AC", "EDGE_WIDTH", 1.0, "EDGE_OPACITY", 0.8, "nodeMapping",
        "NODE_LABEL", "type", "PASSTHROUGH", "definition", "attribute", "name", "type", "string",
        "edgeMapping");
}

static json_t *counted(const char *name, size_t count)
{
    return json_pack("{s:s,s:o}", "name", name, "elementCount", spil_json_count(count));
}

static json_t *meta_data(const spil_graph *graph)
{
    return json_pack("[o,o,o,o,o,o]", counted("attributeDeclarations", 1),
                     counted("networkAttributes", 1), counted("nodes", graph->node_count),
                     counted("edges", graph->edge_count), counted("visualProperties", 1),
                     counted("nodeBypasses", graph->node_count));
}

static json_t *aspects(const spil_graph *graph)
{
    json_t *nodes, *edges, *bypasses;
    JSON_ARRAY(nodes, graph->node_count, node(&graph->nodes[i], i));
    JSON_ARRAY(edges, graph->edge_count, edge(&graph->edges[i], i));
    JSON_ARRAY(bypasses, graph->node_count, bypass(&graph->nodes[i], i));
    return json_pack(
        "[{s:s,s:b},{s:o},{s:[o]},{s:[{s:s,s:s}]},{s:o},{s:o},{s:[o]},{s:o},{s:[{s:b,s:s}]}]",
        "CXVersion", "2.0", "hasFragments", 0, "metaData", meta_data(graph),
        "attributeDeclarations", declarations(), "networkAttributes", "name", "Spil", "description",
        "The communities shown in the report. Proposals, not decisions.", "nodes", nodes, "edges",
        edges, "visualProperties", looks(), "nodeBypasses", bypasses, "status", "success", 1,
        "error", "");
}

static spil_status write_cx2(const spil_result *result, spil_lang lang, spil_str *out,
                             spil_err *err)
{
    (void)lang;
    spil_graph *graph = NULL;
    spil_status rc = spil_graph_new(&graph, result, err);
    if (rc == SPIL_OK)
        rc = spil_json_write(aspects(graph), out, err);
    spil_graph_free(graph);
    return rc;
}

const spil_report spil_report_cx2 = {
    .file = "network.cx2",
    .summary = "the communities shown as a graph for Cytoscape, with colours, sizes and positions",
    .write = write_cx2,
};
