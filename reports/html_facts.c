/* html_facts.c - what the page's script reads: JSON in blocks of their own, never run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sentences, numbers and dates come ready in the language of the page, so that the script holds no
 * word and formats nothing. Rows are arrays, to keep a large report small:
 *
 *     page       {"words": {key: sentence}, "kinds": [[name, word], ...], "links": [word, ...],
 *                 "sources": [name, ...], "partners": [word, ...],
 *                 "entities": [[key, name, kind, source, line, attributes, roles, signals], ...],
 *                 "targets": [[rank, entity, partner, sentence], ...]}
 *       attribute [name, value, source, line]
 *       role      [role, step, model, reliability, source, line]
 *       signal    [name, date or "", strength, reliability, source, line]
 *     community  {"width", "height", "font",
 *                 "nodes": [[entity, x, y, r, rank or 0, degree, fall in points or "", spil,
 * named], ...], "edges": [[from, to, links], ...], "steps": [[step, model, [partner, ...], [[node,
 * role, chance], ...]], ...]} link      [kind, reversed, reliability, since or "", until or "",
 * source, line]
 *
 * `from`, `to` and `node` are positions in nodes; a source that is not known is -1. A text holds no
 * < > & of its own, so none can end its block or begin another.
 */
#include "reports/html.h"

#include <string.h>

#define FALL_TOLD 0.0005 /* a twentieth of a percentage point */

/* ---- texts ---- */

static void add_text(spil_str *out, const char *text)
{
    spil_str shown = SPIL_STR_INIT;
    spil_shown_text(&shown, text, 2000);
    const char *at = spil_str_text(&shown);
    spil_str_add(out, "\"");
    for (size_t plain; *at; at += plain) {
        plain = strcspn(at, "\"\\<>&");
        spil_str_add_n(out, at, plain);
        if (at[plain]) {
            spil_str_addf(out, "\\u%04x", (unsigned)at[plain]);
            plain++;
        }
    }
    spil_str_add(out, "\"");
    out->failed = out->failed || shown.failed;
    spil_str_free(&shown);
}

/* One part, as the page would say it. */
static void add_part(const spil_pen *pen, spil_arg arg)
{
    spil_str said = SPIL_STR_INIT;
    const spil_pen plain = {&said, pen->result, pen->lang, false};
    PART(&plain, arg);
    add_text(pen->out, spil_str_text(&said));
    pen->out->failed = pen->out->failed || said.failed;
    spil_str_free(&said);
}

static void add_day(const spil_pen *pen, spil_day day)
{
    if (day == SPIL_NO_DAY)
        spil_str_add(pen->out, "\"\"");
    else
        add_part(pen, A_DAY(day));
}

static void add_origin(const spil_pen *pen, spil_origin origin)
{
    const bool known = origin.source < pen->result->source_count;
    spil_str_addf(pen->out, "%lld,%llu", known ? (long long)origin.source : -1LL,
                  (unsigned long long)origin.line);
}

static void comma(const spil_pen *pen, size_t i)
{
    if (i > 0)
        HTML(pen, ",");
}

/* ---- a community ---- */

static void nodes(const spil_pen *pen, const spil_result_community *c, const spil_drawing *d)
{
    HTML(pen, "\"nodes\":[");
    for (size_t i = 0; i < c->node_count; i++) {
        const spil_result_node *const node = &c->nodes[i];
        const spil_drawn *const at = &d->nodes[i];
        comma(pen, i);
        spil_str_addf(pen->out, "[%u,%.1f,%.1f,%.1f,%u,", node->entity, at->x, at->y, at->r,
                      at->rank);
        add_part(pen, A_NUMBER(node->degree));
        HTML(pen, ",");
        if (node->fall >= FALL_TOLD)
            add_part(pen, A_POINTS(node->fall));
        else
            HTML(pen, "\"\"");
        HTML(pen, node->spil ? ",1," : ",0,");
        HTML(pen, at->label ? "1]" : "0]");
    }
    HTML(pen, "]");
}

static void edges(const spil_pen *pen, const spil_result_community *c)
{
    HTML(pen, ",\n\"edges\":[");
    for (size_t e = 0; e < c->edge_count; e++) {
        const spil_result_edge *const edge = &c->edges[e];
        comma(pen, e);
        spil_str_addf(pen->out, "[%u,%u,[", edge->from, edge->to);
        for (size_t i = 0; i < edge->link_count; i++) {
            const spil_result_link *const link = &edge->links[i];
            comma(pen, i);
            spil_str_addf(pen->out, "[%d,%d,", (int)link->kind, link->reversed ? 1 : 0);
            add_part(pen, A_PERCENT(link->confidence));
            HTML(pen, ",");
            add_day(pen, link->since);
            HTML(pen, ",");
            add_day(pen, link->until);
            HTML(pen, ",");
            add_origin(pen, link->origin);
            HTML(pen, "]");
        }
        HTML(pen, "]]");
    }
    HTML(pen, "]");
}

/* The nodes are in the order of the entities. */
size_t spil_html_node_of(const spil_result_community *c, uint32_t entity)
{
    size_t low = 0, high = c->node_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c->nodes[middle].entity < entity)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->node_count && c->nodes[low].entity == entity ? low : c->node_count;
}

static void step_item(const spil_pen *pen, const spil_result_community *c,
                      const spil_result_chain *chain, const spil_result_step *step)
{
    bool named[SPIL_PARTNER_COUNT] = {false}, any = false;
    HTML(pen, "[");
    add_part(pen, A_WORDS(step->names));
    HTML(pen, ",");
    add_part(pen, A_WORDS(pen->result->models[chain->model].names));
    HTML(pen, ",[");
    for (size_t b = 0; b < step->barrier_count; b++) {
        const spil_partner partner = step->barriers[b].partner;
        if (named[partner])
            continue;
        spil_str_addf(pen->out, any ? ",%d" : "%d", (int)partner);
        named[partner] = any = true;
    }
    HTML(pen, "],[");
    any = false;
    for (size_t r = 0; r < step->role_count; r++)
        for (size_t h = 0; h < step->roles[r].holder_count; h++) {
            const spil_result_holder *const holder = &step->roles[r].holders[h];
            const size_t node = spil_html_node_of(c, holder->entity);
            if (node == c->node_count)
                continue;
            spil_str_addf(pen->out, any ? ",[%zu," : "[%zu,", node);
            add_part(pen, A_WORDS(step->roles[r].names));
            HTML(pen, ",");
            add_part(pen, A_PERCENT(holder->q));
            HTML(pen, "]");
            any = true;
        }
    HTML(pen, "]]");
}

void spil_html_network_facts(const spil_pen *pen, const spil_result_community *c,
                             const spil_drawing *d)
{
    spil_str_addf(pen->out,
                  "<script type=\"application/json\" class=\"drawn\">{\"width\":%.0f,"
                  "\"height\":%.0f,\"font\":%.1f,\n",
                  d->width, d->height, d->font);
    nodes(pen, c, d);
    edges(pen, c);
    HTML(pen, ",\n\"steps\":[");
    bool any = false;
    for (size_t i = 0; i < c->chain_count; i++)
        for (size_t s = 0; spil_html_chain_is_drawn(c, i) && s < c->chains[i].step_count; s++) {
            comma(pen, any);
            step_item(pen, c, &c->chains[i], &c->chains[i].steps[s]);
            any = true;
        }
    HTML(pen, "]}</script>\n");
}

/* ---- the page ---- */

static void words(const spil_pen *pen)
{
    static const struct {
        const char *key;
        spil_word word;
    } rows[] = {
#define WORD_ROW(key) {#key, SPIL_SAY_##key}
        WORD_ROW(find_label),      WORD_ROW(find_hint),    WORD_ROW(find_none),
        WORD_ROW(find_count),      WORD_ROW(find_more),    WORD_ROW(find_in),
        WORD_ROW(net_help),        WORD_ROW(net_in),       WORD_ROW(net_out),
        WORD_ROW(net_fit),         WORD_ROW(net_kinds),    WORD_ROW(net_step),
        WORD_ROW(net_steps),       WORD_ROW(net_partner),  WORD_ROW(net_partners),
        WORD_ROW(net_shown),       WORD_ROW(panel_title),  WORD_ROW(panel_close),
        WORD_ROW(panel_fills),     WORD_ROW(panel_roles),  WORD_ROW(panel_signals),
        WORD_ROW(panel_links),     WORD_ROW(panel_facts),  WORD_ROW(panel_none),
        WORD_ROW(panel_target),    WORD_ROW(panel_fall),   WORD_ROW(panel_degree),
        WORD_ROW(panel_since),     WORD_ROW(panel_until),  WORD_ROW(panel_spil),
        WORD_ROW(panel_sure),      WORD_ROW(panel_signal), WORD_ROW(panel_role),
        WORD_ROW(panel_link),      WORD_ROW(panel_step),   WORD_ROW(line),
        WORD_ROW(community_title), WORD_ROW(map_help),
#undef WORD_ROW
    };
    HTML(pen, "{\"words\":{");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        spil_str_addf(pen->out, i ? ",\n\"%s\":" : "\"%s\":", rows[i].key);
        add_text(pen->out, spil_word_text(pen->lang, rows[i].word));
    }
    HTML(pen, "},\n\"kinds\":[");
    for (size_t k = 0; k < SPIL_ENTITY_KIND_COUNT; k++) {
        spil_str_addf(pen->out, k ? ",[\"%s\"," : "[\"%s\",",
                      spil_entity_kind_info((spil_entity_kind)k)->name);
        add_part(pen, A_WORDS(spil_kind_names((spil_entity_kind)k)));
        HTML(pen, "]");
    }
    HTML(pen, "],\n\"links\":[");
    for (size_t k = 0; k < SPIL_LINK_KIND_COUNT; k++) {
        comma(pen, k);
        add_part(pen, A_WORDS(spil_link_names((spil_link_kind)k)));
    }
    HTML(pen, "],\n\"partners\":[");
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        comma(pen, p);
        add_part(pen, A_WORDS(spil_partner_names((spil_partner)p)));
    }
    HTML(pen, "],\n\"sources\":[");
    for (size_t s = 0; s < pen->result->source_count; s++) {
        comma(pen, s);
        add_text(pen->out, pen->result->sources[s].name);
    }
    HTML(pen, "]");
}

static void attribute(const spil_pen *pen, const spil_result_attribute *row)
{
    HTML(pen, "[");
    add_text(pen->out, row->name);
    HTML(pen, ",");
    add_text(pen->out, row->value);
    HTML(pen, ",");
    add_origin(pen, row->origin);
    HTML(pen, "]");
}

static void role(const spil_pen *pen, const spil_result_recorded_role *row)
{
    HTML(pen, "[");
    add_part(pen, A_WORDS(row->names));
    HTML(pen, ",");
    add_part(pen, A_WORDS(row->step_names));
    HTML(pen, ",");
    add_part(pen, A_WORDS(row->model_names));
    HTML(pen, ",");
    add_part(pen, A_PERCENT(row->confidence));
    HTML(pen, ",");
    add_origin(pen, row->origin);
    HTML(pen, "]");
}

static void signal_row(const spil_pen *pen, const spil_result_signal *row)
{
    HTML(pen, "[");
    add_part(pen, A_WORDS(row->names));
    HTML(pen, ",");
    add_day(pen, row->date);
    HTML(pen, ",");
    add_part(pen, A_PERCENT(row->strength));
    HTML(pen, ",");
    add_part(pen, A_PERCENT(row->confidence));
    HTML(pen, ",");
    add_origin(pen, row->origin);
    HTML(pen, "]");
}

/* The rows are by entity: each walk goes on where the one before it stopped. */
static void entities(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    size_t a = 0, o = 0, s = 0;
    HTML(pen, ",\n\"entities\":[");
    for (uint32_t i = 0; i < r->entity_count; i++) {
        const spil_result_entity *const entity = &r->entities[i];
        HTML(pen, i ? ",\n[" : "[");
        add_text(pen->out, entity->key);
        HTML(pen, ",");
        add_text(pen->out, entity->name);
        spil_str_addf(pen->out, ",%d,", (int)entity->kind);
        add_origin(pen, entity->origin);
        HTML(pen, ",[");
        for (bool more = false;
             a < r->recorded_attribute_count && r->recorded_attributes[a].entity == i;
             a++, more = true) {
            comma(pen, more);
            attribute(pen, &r->recorded_attributes[a]);
        }
        HTML(pen, "],[");
        for (bool more = false; o < r->recorded_role_count && r->recorded_roles[o].entity == i;
             o++, more = true) {
            comma(pen, more);
            role(pen, &r->recorded_roles[o]);
        }
        HTML(pen, "],[");
        for (bool more = false; s < r->recorded_signal_count && r->recorded_signals[s].entity == i;
             s++, more = true) {
            comma(pen, more);
            signal_row(pen, &r->recorded_signals[s]);
        }
        HTML(pen, "]]");
    }
    HTML(pen, "]");
}

static void targets(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    HTML(pen, ",\n\"targets\":[");
    for (size_t t = 0; t < r->target_count; t++) {
        const spil_result_target *const target = &r->targets[t];
        spil_str said = SPIL_STR_INIT;
        const spil_pen plain = {&said, r, pen->lang, false};
        spil_say_proposal(&plain, target);
        spil_str_addf(pen->out, t ? ",\n[%u,%u,%d," : "[%u,%u,%d,", target->rank, target->entity,
                      (int)target->barrier.partner);
        add_text(pen->out, spil_str_text(&said));
        HTML(pen, "]");
        pen->out->failed = pen->out->failed || said.failed;
        spil_str_free(&said);
    }
    HTML(pen, "]}");
}

void spil_html_page_facts(const spil_pen *pen)
{
    HTML(pen, "<script type=\"application/json\" id=\"facts\">");
    words(pen);
    entities(pen);
    targets(pen);
    HTML(pen, "</script>\n");
}
