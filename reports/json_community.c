/* json_community.c - communities with their nodes, edges and chains, as JSON.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/json.h"

static json_t *key_of(const spil_result *r, uint32_t entity)
{
    return spil_json_text(r->entities[entity].key);
}

static json_t *link_item(const spil_result *r, const spil_result_link *l)
{
    return json_pack("{s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o}", "kind",
                     spil_link_kind_info(l->kind)->name, "reversed", (int)l->reversed, "type",
                     spil_json_text(l->type), "weight", spil_json_real(l->weight), "confidence",
                     spil_json_real(l->confidence), "since", spil_json_day(l->since), "until",
                     spil_json_day(l->until), "origin", spil_json_origin(r, l->origin));
}

static json_t *edge_item(const spil_result *r, const spil_result_community *c,
                         const spil_result_edge *e)
{
    json_t *links;
    JSON_ARRAY(links, e->link_count, link_item(r, &e->links[i]));
    return json_pack("{s:o, s:o, s:o, s:o}", "from", key_of(r, c->nodes[e->from].entity), "to",
                     key_of(r, c->nodes[e->to].entity), "confidence", spil_json_real(e->confidence),
                     "links", links);
}

static json_t *node_item(const spil_result *r, const spil_result_node *n)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b}", "key",
                     key_of(r, n->entity), "x", spil_json_real(n->x), "y", spil_json_real(n->y),
                     "membership", spil_json_real(n->membership), "degree",
                     spil_json_real(n->degree), "betweenness", spil_json_real(n->betweenness),
                     "fall", spil_json_real(n->fall), "holder", (int)n->holder, "target",
                     (int)n->target, "spil", (int)n->spil);
}

static json_t *holder_item(const spil_result *r, const spil_result_holder *h)
{
    return json_pack("{s:o, s:o, s:b}", "key", key_of(r, h->entity), "q", spil_json_real(h->q),
                     "recorded", (int)h->recorded);
}

static json_t *role_item(const spil_result *r, const spil_result_role *role)
{
    static const char *const facilitators[] = {"no", "aware", "unaware", "both"};
    json_t *holders;
    JSON_ARRAY(holders, role->holder_count, holder_item(r, &role->holders[i]));
    return json_pack("{s:o, s:o, s:o, s:s, s:o}", "id", spil_json_text(role->id), "names",
                     spil_json_names(role->names), "needed", spil_json_count(role->needed),
                     "facilitator", facilitators[role->facilitator], "holders", holders);
}

static json_t *barrier_item(const spil_result_barrier *b)
{
    json_t *const item =
        json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:b}", "id", spil_json_text(b->id), "names",
                  spil_json_names(b->names), "partner", spil_partner_id(b->partner), "basis",
                  spil_json_text(b->basis), "hours", spil_json_real(b->hours), "lead_days",
                  spil_json_real(b->lead_days), "effect", spil_json_real(b->effect), "assumed",
                  (int)b->assumed);
    return spil_json_learned(item, b->learned);
}

static json_t *step_item(const spil_result *r, const spil_result_step *s)
{
    json_t *roles, *barriers;
    JSON_ARRAY(roles, s->role_count, role_item(r, &s->roles[i]));
    JSON_ARRAY(barriers, s->barrier_count, barrier_item(&s->barriers[i]));
    return json_pack(
        "{s:o, s:o, s:b, s:o, s:b, s:b, s:o, s:o, s:o, s:o, s:o}", "id", spil_json_text(s->id),
        "names", spil_json_names(s->names), "required", (int)s->required, "any_of",
        spil_json_text(s->any_of), "any_time", (int)s->any_time, "weakest", (int)s->weakest,
        "probability", spil_json_spread(&s->probability), "filled", spil_json_spread(&s->filled),
        "stand_ins", spil_json_real(s->stand_ins), "roles", roles, "barriers", barriers);
}

static json_t *fall_item(const spil_result *r, const spil_result_fall *f)
{
    return json_pack("{s:o, s:o}", "key", key_of(r, f->entity), "fall", spil_json_spread(&f->fall));
}

static json_t *chain_item(const spil_result *r, const spil_result_chain *c)
{
    json_t *steps, *falls;
    JSON_ARRAY(steps, c->step_count, step_item(r, &c->steps[i]));
    JSON_ARRAY(falls, c->fall_count, fall_item(r, &c->falls[i]));
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "model",
                     spil_json_text(r->models[c->model].id), "process",
                     spil_json_spread(&c->process), "chain", spil_json_spread(&c->chain), "value",
                     spil_json_real(c->value), "steps", steps, "falls", falls);
}

static json_t *community_item(const spil_result *r, const spil_result_community *c)
{
    json_t *nodes, *edges, *chains;
    JSON_ARRAY(nodes, c->node_count, node_item(r, &c->nodes[i]));
    JSON_ARRAY(edges, c->edge_count, edge_item(r, c, &c->edges[i]));
    JSON_ARRAY(chains, c->chain_count, chain_item(r, &c->chains[i]));
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "number",
        spil_json_count(c->number), "size", spil_json_count(c->stats.size), "inner_edges",
        spil_json_count(c->stats.inner_edges), "cut_edges", spil_json_count(c->stats.cut_edges),
        "density", spil_json_real(c->stats.density), "conductance",
        spil_json_real(c->stats.conductance), "stability", spil_json_real(c->stats.stability),
        "left_out", spil_json_count(c->left_out), "nodes", nodes, "edges", edges, "chains", chains);
}

json_t *spil_json_communities(const spil_result *result)
{
    json_t *array;
    JSON_ARRAY(array, result->community_count, community_item(result, &result->communities[i]));
    return array;
}
