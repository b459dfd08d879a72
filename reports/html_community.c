/* html_community.c - each community: its network, its chains, its members and links below.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>

#define LINKS_LISTED 400
#define CHAINS_DRAWN 2
#define CHAIN_LEAST 0.1 /* of the best one, to be drawn beside it */

bool spil_html_chain_is_drawn(const spil_result_community *c, size_t chain)
{
    return chain < c->chain_count && chain < CHAINS_DRAWN &&
           c->chains[chain].value >= CHAIN_LEAST * c->chains[0].value;
}

static uint32_t spil_of(const spil_result_community *c)
{
    for (size_t i = 0; i < c->node_count; i++)
        if (c->nodes[i].spil)
            return c->nodes[i].entity;
    return UINT32_MAX;
}

static void summary(const spil_pen *pen, const spil_result_community *c)
{
    const uint32_t spil = spil_of(c);
    HTML(pen, "<p class=\"plain\">");
    SAY(pen, community_summary, A_COUNT(c->stats.size), A_COUNT(c->stats.inner_edges),
        A_COUNT(c->stats.cut_edges), A_PERCENT(c->stats.stability));
    if (c->chain_count > 0) {
        HTML(pen, " ");
        SAY(pen, community_chain, A_WORDS(pen->result->models[c->chains[0].model].names),
            A_SPREAD(&c->chains[0].process), A_SPREAD(&c->chains[0].chain));
    } else {
        HTML(pen, " ");
        WORD(pen, community_no_chain);
    }
    if (spil != UINT32_MAX && c->chain_count > 0 && c->chains[0].fall_count > 0) {
        HTML(pen, " ");
        SAY(pen, community_spil, A_STRONG(pen->result->entities[spil].name),
            A_PERCENT(fmax(c->chains[0].chain.mean - c->chains[0].falls[0].fall.mean, 0.0)));
    }
    HTML(pen, "</p>\n");
}

static void roles_cell(const spil_pen *pen, const spil_result_community *c, uint32_t entity)
{
    HTML(pen, "<td>");
    if (c->chain_count == 0 || !spil_say_roles(pen, &c->chains[0], entity))
        HTML(pen, "&#8211;");
    HTML(pen, "</td>");
}

void spil_html_members(const spil_pen *pen, const spil_result_community *c)
{
    static const spil_column columns[] = {
        {SPIL_SAY_col_name, false},      {SPIL_SAY_col_kind, false},
        {SPIL_SAY_col_roles, false},     {SPIL_SAY_col_fall, true},
        {SPIL_SAY_col_links, true},      {SPIL_SAY_col_betweenness, true},
        {SPIL_SAY_col_membership, true}, {SPIL_SAY_col_source, false}};
    HTML(pen, "<details><summary>");
    SAY(pen, members, A_COUNT(c->node_count));
    HTML(pen, "</summary>\n");
    spil_html_table(pen, SPIL_SAY_members_caption, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < c->node_count; i++) {
        const spil_result_node *const n = &c->nodes[i];
        const spil_result_entity *const entity = &pen->result->entities[n->entity];
        HTML(pen, n->spil ? "<tr class=\"spil\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
        PART(pen, A_ENTITY(n->entity));
        HTML(pen, "</th>");
        spil_html_cell(pen, A_WORDS(spil_kind_names(entity->kind)));
        roles_cell(pen, c, n->entity);
        spil_html_cell(pen, A_POINTS(n->fall));
        spil_html_cell(pen, A_NUMBER(n->degree));
        spil_html_cell(pen, A_NUMBER(n->betweenness));
        spil_html_cell(pen, A_PERCENT(n->membership));
        spil_html_cell(pen, A_ORIGIN(entity->origin));
        HTML(pen, "</tr>\n");
    }
    spil_html_table_end(pen);
    HTML(pen, "</details>\n");
}

static void link_row(const spil_pen *pen, const spil_result_community *c,
                     const spil_result_edge *edge, const spil_result_link *link)
{
    HTML(pen, "<tr>");
    spil_html_cell(pen, A_ENTITY(c->nodes[link->reversed ? edge->to : edge->from].entity));
    spil_html_cell(pen, A_WORDS(spil_link_names(link->kind)));
    spil_html_cell(pen, A_ENTITY(c->nodes[link->reversed ? edge->from : edge->to].entity));
    spil_html_cell(pen, A_PERCENT(link->confidence));
    spil_html_cell(pen, A_ORIGIN(link->origin));
    HTML(pen, "</tr>\n");
}

static void links(const spil_pen *pen, const spil_result_community *c)
{
    static const spil_column columns[] = {{SPIL_SAY_col_from, false},
                                          {SPIL_SAY_col_link, false},
                                          {SPIL_SAY_col_to, false},
                                          {SPIL_SAY_col_confidence, true},
                                          {SPIL_SAY_col_source, false}};
    size_t total = 0, shown = 0;
    for (size_t e = 0; e < c->edge_count; e++)
        total += c->edges[e].link_count;
    HTML(pen, "<details><summary>");
    SAY(pen, links_between, A_COUNT(total));
    HTML(pen, "</summary>\n");
    spil_html_table(pen, SPIL_SAY_links_caption, columns, sizeof columns / sizeof columns[0]);
    for (size_t e = 0; e < c->edge_count; e++)
        for (size_t i = 0; i < c->edges[e].link_count && shown < LINKS_LISTED; i++, shown++)
            link_row(pen, c, &c->edges[e], &c->edges[e].links[i]);
    spil_html_table_end(pen);
    if (shown < total) {
        HTML(pen, "<p class=\"note\">");
        SAY(pen, links_cut, A_COUNT(shown), A_COUNT(total));
        HTML(pen, "</p>\n");
    }
    HTML(pen, "</details>\n");
}

static void stats(const spil_pen *pen, const spil_result_community *c)
{
    HTML(pen, "<p class=\"sub\">");
    SAY(pen, community_stats, A_NUMBER(c->stats.density), A_NUMBER(c->stats.conductance),
        A_PERCENT(c->stats.stability));
    HTML(pen, "</p>\n");
}

static spil_status community(const spil_pen *pen, size_t index, spil_err *err)
{
    const spil_result_community *const c = &pen->result->communities[index];
    spil_str_addf(pen->out,
                  "<article class=\"community\" id=\"c%u\" aria-labelledby=\"c%u-title\">\n"
                  "<header><h3 id=\"c%u-title\">",
                  c->number, c->number, c->number);
    SAY(pen, community_title, A_COUNT(c->number));
    HTML(pen, "</h3>");
    if (c->chain_count > 0) {
        HTML(pen, "<p class=\"sub cap\">");
        PART(pen, A_WORDS(pen->result->models[c->chains[0].model].names));
        HTML(pen, "</p>");
    }
    HTML(pen, "</header>\n");
    summary(pen, c);
    HTML(pen, "<div class=\"pair\">\n");
    spil_status rc = spil_html_network(pen, index, err);
    if (rc != SPIL_OK)
        return rc;
    HTML(pen, "</div>\n");
    for (size_t i = 0; i < c->chain_count; i++)
        if (spil_html_chain_is_drawn(c, i))
            spil_html_chain(pen, index, &c->chains[i]);
    spil_html_timeline(pen, c);
    rc = spil_html_map(pen, c, err);
    if (rc != SPIL_OK)
        return rc;
    spil_html_members(pen, c);
    links(pen, c);
    stats(pen, c);
    HTML(pen, "</article>\n");
    return SPIL_OK;
}

spil_status spil_html_communities(const spil_pen *pen, spil_err *err)
{
    spil_html_section(pen, "communities", SPIL_SAY_communities);
    HTML(pen, "<p class=\"intro\">");
    const spil_arg shown[] = {A_COUNT(pen->result->community_count),
                              A_COUNT(pen->result->all_communities)};
    spil_say_word(pen,
                  pen->result->scored_communities > 0 ? SPIL_SAY_communities_intro
                                                      : SPIL_SAY_communities_plain,
                  shown, 2);
    HTML(pen, "</p>\n");
    spil_status rc = spil_html_overview(pen, err);
    for (size_t i = 0; rc == SPIL_OK && i < pen->result->community_count; i++)
        rc = community(pen, i, err);
    HTML(pen, "</section>\n");
    return rc;
}
