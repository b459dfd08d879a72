/* html_network.c - a community as a drawn network, inline SVG.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A shape a kind, so that colour is never needed to tell them apart; the spil has a double ring and
 * its own colour; a target carries its rank. Every node and line tells its facts in a <title>; the
 * tables below the drawing say the same without a mouse.
 */
#include "reports/html.h"

#include <math.h>

/* Outlines within a circle of 10. */
static const char *shape_of(spil_entity_kind kind)
{
    switch (kind) {
    case SPIL_ENTITY_person:
        return "M-9.5 0a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0Z";
    case SPIL_ENTITY_company:
        return "M-8.5-8.5h17v17h-17Z";
    case SPIL_ENTITY_address:
        return "M0-10.5L10-2V9H-10V-2Z";
    case SPIL_ENTITY_vehicle:
        return "M-11 7L-6-7H6L11 7Z";
    case SPIL_ENTITY_account:
        return "M0-11L11 0L0 11L-11 0Z";
    case SPIL_ENTITY_phone:
        return "M-5.5-10.5h11v21h-11Z";
    case SPIL_ENTITY_email:
        return "M-11-7h22v14h-22Z";
    case SPIL_ENTITY_event:
        return "M0-11L10.5 8H-10.5Z";
    case SPIL_ENTITY_object:
        return "M-5-10H5L10 0L5 10H-5L-10 0Z";
    case SPIL_ENTITY_area:
    case SPIL_ENTITY_official:
    case SPIL_ENTITY_other:
    case SPIL_ENTITY_KIND_COUNT:
        break;
    }
    return "M0-10L9.5-3L6 8H-6L-9.5-3Z";
}

static void shape(const spil_pen *pen, spil_entity_kind kind, double r)
{
    spil_str_addf(pen->out, "<path class=\"k %s\" transform=\"scale(%.2f)\" d=\"%s\"/>",
                  spil_entity_kind_info(kind)->name, r / 10.0, shape_of(kind));
}

static void edge_title(const spil_pen *pen, const spil_result_community *c,
                       const spil_result_edge *edge)
{
    HTML(pen, "<title>");
    for (size_t i = 0; i < edge->link_count && i < 8; i++) {
        const spil_result_link *const link = &edge->links[i];
        const uint32_t a = c->nodes[link->reversed ? edge->to : edge->from].entity;
        const uint32_t b = c->nodes[link->reversed ? edge->from : edge->to].entity;
        const spil_pen plain = {pen->out, pen->result, pen->lang, false};
        spil_html_text(pen->out, pen->result->entities[a].name);
        HTML(pen, " ");
        PART(pen, A_WORDS(spil_link_names(link->kind)));
        HTML(pen, " ");
        spil_html_text(pen->out, pen->result->entities[b].name);
        HTML(pen, " (");
        if (link->origin.source < pen->result->source_count)
            spil_html_text(pen->out, pen->result->sources[link->origin.source].name);
        HTML(pen, ", ");
        WORD(&plain, line);
        spil_str_addf(pen->out, " %llu)&#10;", (unsigned long long)link->origin.line);
    }
    HTML(pen, "</title>");
}

static void edge(const spil_pen *pen, const spil_result_community *c, const spil_drawing *d,
                 const spil_result_edge *e)
{
    const spil_drawn *const a = &d->nodes[e->from], *const b = &d->nodes[e->to];
    const bool key = c->nodes[e->from].fall > 0.0 && c->nodes[e->to].fall > 0.0;
    spil_str_addf(pen->out,
                  "<path class=\"e%s%s\" stroke-width=\"%.1f\" d=\"M%.1f %.1fL%.1f %.1f\">",
                  e->confidence < 0.5 ? " weak" : "", key ? " on" : "",
                  fmin(0.8 + 0.5 * (double)e->link_count, 2.8), a->x, a->y, b->x, b->y);
    edge_title(pen, c, e);
    HTML(pen, "</path>\n");
}

static void node_title(const spil_pen *pen, const spil_result_node *node)
{
    const spil_result_entity *const entity = &pen->result->entities[node->entity];
    HTML(pen, "<title>");
    spil_html_text(pen->out, entity->name);
    HTML(pen, " (");
    PART(pen, A_WORDS(spil_kind_names(entity->kind)));
    HTML(pen, ", ");
    SAY(pen, links_count, A_NUMBER(node->degree));
    HTML(pen, ")</title>");
}

static void node(const spil_pen *pen, const spil_result_node *n, const spil_drawn *at)
{
    const spil_entity_kind kind = pen->result->entities[n->entity].kind;
    spil_str_addf(pen->out, "<g class=\"v%s%s%s\" transform=\"translate(%.1f %.1f)\">",
                  n->spil ? " spil" : "", n->target ? " target" : "", n->holder ? " holder" : "",
                  at->x, at->y);
    node_title(pen, n);
    if (n->spil)
        spil_str_addf(pen->out, "<circle class=\"ring\" r=\"%.1f\"/>", at->r + 5.0);
    shape(pen, kind, at->r);
    HTML(pen, "</g>\n");
}

static void label(const spil_pen *pen, const spil_result_node *n, const spil_drawn *at)
{
    if (!at->label)
        return;
    if (at->rank > 0) {
        spil_str_addf(pen->out, "<a href=\"#t%u\" aria-label=\"%u ", at->rank, at->rank);
        spil_html_text(pen->out, pen->result->entities[n->entity].name);
        HTML(pen, "\">");
    }
    spil_str_addf(pen->out, "<text class=\"l%s%s\" x=\"%.1f\" y=\"%.1f\"", n->spil ? " spil" : "",
                  at->rank > 0 ? " target" : "", at->label_x, at->label_y);
    if (at->anchor[0] != 's')
        spil_str_addf(pen->out, " text-anchor=\"%s\"", at->anchor);
    HTML(pen, ">");
    if (at->rank > 0)
        spil_str_addf(pen->out, "<tspan class=\"no\">%u</tspan>&#160;", at->rank);
    spil_html_text(pen->out, at->label);
    HTML(pen, at->rank > 0 ? "</text></a>\n" : "</text>\n");
}

static void legend_item(const spil_pen *pen, const char *drawing, spil_names names)
{
    spil_str_addf(pen->out,
                  "<li><svg class=\"key\" viewBox=\"-16 -13 32 26\" aria-hidden=\"true\">%s</svg>",
                  drawing);
    PART(pen, A_WORDS(names));
    HTML(pen, "</li>");
}

static spil_names in_both(spil_word word)
{
    return (spil_names){.nl = spil_word_text(SPIL_LANG_NL, word),
                        .en = spil_word_text(SPIL_LANG_EN, word)};
}

static void legend(const spil_pen *pen, const spil_result_community *c)
{
    bool present[SPIL_ENTITY_KIND_COUNT] = {false}, target = false, weak = false, spil = false;
    for (size_t i = 0; i < c->node_count; i++) {
        present[pen->result->entities[c->nodes[i].entity].kind] = true;
        target = target || c->nodes[i].target;
        spil = spil || c->nodes[i].spil;
    }
    for (size_t e = 0; e < c->edge_count; e++)
        weak = weak || c->edges[e].confidence < 0.5;
    HTML(pen, "<ul class=\"legend\">");
    for (size_t kind = 0; kind < SPIL_ENTITY_KIND_COUNT; kind++) {
        if (!present[kind])
            continue;
        HTML(pen, "<li><svg class=\"key\" viewBox=\"-13 -13 26 26\" aria-hidden=\"true\">");
        shape(pen, (spil_entity_kind)kind, 9.0);
        HTML(pen, "</svg>");
        PART(pen, A_WORDS(spil_kind_names((spil_entity_kind)kind)));
        HTML(pen, "</li>");
    }
    if (spil)
        legend_item(pen,
                    "<g class=\"v spil\"><circle class=\"ring\" r=\"11.5\"/><circle class=\"k\" "
                    "r=\"7\"/></g>",
                    in_both(SPIL_SAY_legend_spil));
    if (target)
        legend_item(pen,
                    "<text class=\"l target\" x=\"0\" y=\"5\" text-anchor=\"middle\"><tspan "
                    "class=\"no\">1</tspan></text>",
                    in_both(SPIL_SAY_legend_target));
    if (weak)
        legend_item(pen, "<path class=\"e weak\" stroke-width=\"1.6\" d=\"M-15 0H15\"/>",
                    in_both(SPIL_SAY_legend_weak));
    HTML(pen, "</ul>\n");
}

static void svg(const spil_pen *pen, const spil_result_community *c, const spil_drawing *d)
{
    spil_str_addf(
        pen->out,
        "<div class=\"scroll paper\" role=\"region\" tabindex=\"0\" aria-labelledby=\"c%u-net\">"
        "<svg class=\"network\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" "
        "role=\"group\" aria-labelledby=\"c%u-net\" font-size=\"%.1f\">\n<title id=\"c%u-net\">",
        c->number, d->width, d->height, d->width, d->height, c->number, d->font, c->number);
    SAY(pen, network_title, A_COUNT(c->number), A_COUNT(c->node_count), A_COUNT(c->edge_count));
    HTML(pen, "</title>\n<g class=\"edges\">\n");
    for (size_t e = 0; e < c->edge_count; e++)
        edge(pen, c, d, &c->edges[e]);
    HTML(pen, "</g>\n<g class=\"nodes\">\n");
    for (size_t i = 0; i < c->node_count; i++)
        node(pen, &c->nodes[i], &d->nodes[i]);
    HTML(pen, "</g>\n<g class=\"labels\">\n");
    for (size_t i = 0; i < c->node_count; i++)
        label(pen, &c->nodes[i], &d->nodes[i]);
    HTML(pen, "</g>\n</svg></div>\n");
}

static void caption(const spil_pen *pen, const spil_result_community *c, const spil_drawing *d)
{
    HTML(pen, "<figcaption>");
    if (c->left_out > 0) {
        HTML(pen, "<p>");
        SAY(pen, left_out, A_COUNT(c->node_count), A_COUNT(c->stats.size));
        HTML(pen, "</p>");
    }
    if (d->unlabelled > 0) {
        HTML(pen, "<p>");
        if (d->unlabelled == 1)
            WORD(pen, unlabelled_one);
        else
            SAY(pen, unlabelled, A_COUNT(d->unlabelled));
        HTML(pen, "</p>");
    }
    HTML(pen, "</figcaption>\n");
}

spil_status spil_html_network(const spil_pen *pen, size_t community, spil_err *err)
{
    const spil_result_community *const c = &pen->result->communities[community];
    spil_drawing *drawing = NULL;
    const spil_status rc = spil_draw_community(&drawing, pen->result, community, err);
    if (rc != SPIL_OK)
        return rc;
    HTML(pen, drawing->wide ? "<figure class=\"net wide\">\n" : "<figure class=\"net\">\n");
    svg(pen, c, drawing);
    legend(pen, c);
    caption(pen, c, drawing);
    HTML(pen, "</figure>\n");
    spil_html_network_facts(pen, c, drawing);
    spil_drawing_free(drawing);
    return SPIL_OK;
}
