/* graph.c - see graph.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/graph.h"

#include "reports/draw.h"
#include "reports/escape.h"

static const unsigned char colours[SPIL_ENTITY_KIND_COUNT][3] = {
    [SPIL_ENTITY_person] = {36, 84, 111},  [SPIL_ENTITY_company] = {160, 120, 48},
    [SPIL_ENTITY_address] = {78, 128, 68}, [SPIL_ENTITY_vehicle] = {118, 90, 146},
    [SPIL_ENTITY_account] = {156, 64, 90},
};
static const unsigned char spil_colour[3] = {165, 48, 26}, other_colour[3] = {87, 96, 107};

static const unsigned char *colour_of(spil_entity_kind kind, bool spil)
{
    if (spil)
        return spil_colour;
    const unsigned char *const colour = colours[kind];
    return colour[0] | colour[1] | colour[2] ? colour : other_colour;
}

/* The nodes and edges of one community, drawn `left` to the right of the start. */
static void add_community(spil_graph *graph, const spil_result *result,
                          const spil_result_community *c, const spil_drawing *drawing, double left)
{
    const size_t offset = graph->node_count;
    for (size_t i = 0; i < c->node_count; i++) {
        const spil_drawn *const at = &drawing->nodes[i];
        const spil_result_entity *const entity = &result->entities[c->nodes[i].entity];
        const unsigned char *const colour = colour_of(entity->kind, c->nodes[i].spil);
        graph->nodes[graph->node_count++] = (spil_graph_node){.node = &c->nodes[i],
                                                              .entity = entity,
                                                              .community = c->number,
                                                              .x = left + at->x,
                                                              .y = at->y,
                                                              .size = at->r,
                                                              .r = colour[0],
                                                              .g = colour[1],
                                                              .b = colour[2]};
    }
    for (size_t e = 0; e < c->edge_count; e++)
        graph->edges[graph->edge_count++] =
            (spil_graph_edge){offset + c->edges[e].from, offset + c->edges[e].to, &c->edges[e]};
}

spil_status spil_graph_new(spil_graph **out, const spil_result *result, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_graph *graph = NULL;
    size_t nodes = 0, edges = 0;
    double left = 0.0;
    for (size_t c = 0; c < result->community_count; c++) {
        nodes += result->communities[c].node_count;
        edges += result->communities[c].edge_count;
    }
    TRY(NEW(graph, err));
    TRY(NEW_ARRAY(graph->nodes, nodes, err));
    TRY(NEW_ARRAY(graph->edges, edges, err));
    for (size_t c = 0; c < result->community_count; c++) {
        spil_drawing *drawing = NULL;
        TRY(spil_draw_community(&drawing, result, c, err));
        add_community(graph, result, &result->communities[c], drawing, left);
        left += drawing->width;
        spil_drawing_free(drawing);
    }
    *out = graph;
    graph = NULL;
done:
    spil_graph_free(graph);
    return rc;
}

void spil_graph_free(spil_graph *graph)
{
    if (!graph)
        return;
    spil_free(graph->nodes);
    spil_free(graph->edges);
    spil_free(graph);
}

void spil_graph_add_kinds(spil_str *out, const spil_result_edge *edge)
{
    bool seen[SPIL_LINK_KIND_COUNT] = {false};
    bool first = true;
    for (size_t i = 0; i < edge->link_count; i++) {
        const spil_link_kind kind = edge->links[i].kind;
        if (seen[kind])
            continue;
        seen[kind] = true;
        spil_str_addf(out, "%s%s", first ? "" : " ", spil_link_kind_info(kind)->name);
        first = false;
    }
}

void spil_xml_attribute(spil_str *out, const char *name, const char *text)
{
    spil_str_addf(out, " %s=\"", name);
    spil_html_text(out, text); /* its five entities are XML's; controls are gone */
    spil_str_add(out, "\"");
}
