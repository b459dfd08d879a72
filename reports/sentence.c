/* sentence.c - see sentence.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/sentence.h"

#include <math.h>

#define LINKS_NAMED 3 /* lines of links that a reason of position cites */

void spil_say_proposal(const spil_pen *pen, const spil_result_target *target)
{
    SAY(pen, proposal, A_WORDS(target->barrier.names), A_ENTITY(target->entity));
}

const spil_result_chain *spil_target_chain(const spil_result *result,
                                           const spil_result_target *target)
{
    if (target->community == SPIL_NOT_SHOWN)
        return NULL;
    const spil_result_community *const community = &result->communities[target->community];
    for (size_t i = 0; i < community->chain_count; i++)
        if (community->chains[i].model == target->model)
            return &community->chains[i];
    return NULL;
}

static void say_where(const spil_pen *pen, const spil_result_reason *reason)
{
    spil_str_add(pen->out, " ");
    if (reason->has_origin)
        PART(pen, A_ORIGIN(reason->origin));
}

static void say_signal(const spil_pen *pen, const spil_result_reason *reason)
{
    if (reason->date == SPIL_NO_DAY)
        SAY(pen, reason_signal, A_WORDS(reason->names), A_WORDS(reason->step_names),
            A_PERCENT(reason->strength), A_PERCENT(reason->confidence));
    else
        SAY(pen, reason_signal_dated, A_WORDS(reason->names), A_WORDS(reason->step_names),
            A_PERCENT(reason->strength), A_PERCENT(reason->confidence), A_DAY(reason->date));
}

static const spil_result_node *find_node(const spil_result_community *community, uint32_t entity,
                                         uint32_t *position)
{
    for (size_t i = 0; i < community->node_count; i++)
        if (community->nodes[i].entity == entity) {
            *position = (uint32_t)i;
            return &community->nodes[i];
        }
    return NULL;
}

/* Position has no row of its own: the links of the entity are what it rests on. */
static void say_position(const spil_pen *pen, const spil_result_target *target)
{
    const spil_result *const result = pen->result;
    uint32_t position = 0;
    const spil_result_community *const community =
        target->community == SPIL_NOT_SHOWN ? NULL : &result->communities[target->community];
    const spil_result_node *const node =
        community ? find_node(community, target->entity, &position) : NULL;
    WORD(pen, reason_position);
    if (!node)
        return;
    size_t found = 0;
    for (size_t e = 0; e < community->edge_count; e++) {
        const spil_result_edge *const edge = &community->edges[e];
        if ((edge->from != position && edge->to != position) || edge->link_count == 0)
            continue;
        if (found < LINKS_NAMED) {
            spil_str_add(pen->out, found == 0 ? " " : pen->html ? " " : "; ");
            PART(pen, A_ORIGIN(edge->links[0].origin));
        }
        found++;
    }
    if (found > LINKS_NAMED) {
        spil_str_add(pen->out, " ");
        SAY(pen, and_more, A_COUNT(found - LINKS_NAMED));
    }
}

void spil_say_reason(const spil_pen *pen, const spil_result_target *target,
                     const spil_result_reason *reason)
{
    switch (reason->kind) {
    case SPIL_FACT_SIGNAL:
        say_signal(pen, reason);
        break;
    case SPIL_FACT_OPPORTUNITY:
        SAY(pen, reason_opportunity, A_WORDS(reason->names), A_NAME(reason->detail),
            A_WORDS(reason->step_names));
        break;
    case SPIL_FACT_ROLE:
        SAY(pen, reason_role, A_WORDS(reason->names), A_WORDS(reason->step_names),
            A_PERCENT(reason->confidence));
        break;
    case SPIL_FACT_RULE:
        SAY(pen, reason_rule, A_WORDS(reason->names), A_WORDS(reason->step_names));
        break;
    case SPIL_FACT_POSITION:
        say_position(pen, target);
        return;
    }
    say_where(pen, reason);
}

void spil_say_fall(const spil_pen *pen, const spil_result_target *target)
{
    const spil_result_chain *const chain = spil_target_chain(pen->result, target);
    const spil_names model = pen->result->models[target->model].names;
    if (chain)
        SAY(pen, fall_from, A_WORDS(model), A_COUNT(target->community_number),
            A_SPREAD(&chain->chain), A_ENTITY(target->entity),
            A_PERCENT(fmax(chain->chain.mean - target->fall.mean, 0.0)));
    else
        SAY(pen, fall_by, A_WORDS(model), A_COUNT(target->community_number),
            A_ENTITY(target->entity), A_POINTS(target->fall.mean));
}

void spil_say_recovery(const spil_pen *pen, const spil_result_target *target)
{
    const double horizon = pen->result->models[target->model].horizon_days;
    if (target->candidates == 0)
        SAY(pen, recovery_none, A_NUMBER(horizon), A_PERCENT(target->recovers));
    else if (target->candidates == 1)
        SAY(pen, recovery_one, A_NUMBER(horizon), A_PERCENT(target->recovers));
    else
        SAY(pen, recovery_many, A_COUNT(target->candidates), A_NUMBER(horizon),
            A_PERCENT(target->recovers));
}

void spil_say_stability(const spil_pen *pen, const spil_result_target *target)
{
    SAY(pen, stability, A_PERCENT(target->stability), A_COUNT(pen->result->run.draws),
        A_WORD(spil_sureness(target->stability)));
}

void spil_say_assumed(const spil_pen *pen, unsigned assumed)
{
    static const struct {
        unsigned bit;
        spil_word word;
    } names[] = {
        {SPIL_ASSUMED_EFFECT, SPIL_SAY_assumed_effect},
        {SPIL_ASSUMED_RECOVERY, SPIL_SAY_assumed_recovery},
        {SPIL_ASSUMED_PRIOR, SPIL_SAY_assumed_prior},
        {SPIL_ASSUMED_HARM, SPIL_SAY_assumed_harm},
        {SPIL_ASSUMED_SIGNALS, SPIL_SAY_assumed_signals},
        {SPIL_ASSUMED_ROLES, SPIL_SAY_assumed_roles},
    };
    bool first = true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!(assumed & names[i].bit))
            continue;
        if (!first)
            spil_str_add(pen->out, ", ");
        PART(pen, A_WORD(names[i].word));
        first = false;
    }
}

bool spil_say_roles(const spil_pen *pen, const spil_result_chain *chain, uint32_t entity)
{
    bool any = false;
    for (size_t s = 0; s < chain->step_count; s++)
        for (size_t r = 0; r < chain->steps[s].role_count; r++) {
            const spil_result_role *const role = &chain->steps[s].roles[r];
            for (size_t h = 0; h < role->holder_count; h++) {
                if (role->holders[h].entity != entity)
                    continue;
                if (any)
                    spil_str_add(pen->out, ", ");
                SAY(pen, role_chance, A_WORDS(role->names), A_PERCENT(role->holders[h].q));
                any = true;
            }
        }
    return any;
}
