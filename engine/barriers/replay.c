/* replay.c - see replay.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/replay.h"

#include "engine/barriers/chain.h"

#include <math.h>
#include <string.h>

struct spil_replay {
    const spil_evidence *evidence;
    const spil_model_set *models;
    spil_columns *columns; /* of the models */
    spil_fact *facts;      /* own copy: q of rules goes with their probability */
    double *rule_q;        /* by fact: q for a probability of 1 */
    spil_case **cases;     /* by pair */
    double *number;        /* columns: middles */
    uint8_t *off;          /* as many as the facts of the largest pair and one: all count */
    spil_step_terms *terms;
    size_t most_steps, most_facts;
    /* Where looks are on record; NULL and empty else. */
    const spil_effort *looks;
    double *bare;            /* by fact: weight of a signal found in one look */
    spil_missed_list missed; /* of all pairs */
    size_t *missed_row;      /* pairs + 1 */
    double *against;         /* pairs x SPIL_MODEL_STEPS_MOST */
};

static size_t facts_of(const spil_evidence *evidence, size_t pair)
{
    return evidence->pair[pair + 1] - evidence->pair[pair];
}

static void measure(spil_replay *r)
{
    for (size_t p = 0; p < r->evidence->pair_count; p++)
        if (facts_of(r->evidence, p) > r->most_facts)
            r->most_facts = facts_of(r->evidence, p);
    for (size_t m = 0; m < r->models->count; m++)
        if (r->models->models[m]->step_count > r->most_steps)
            r->most_steps = r->models->models[m]->step_count;
}

static void copy_facts(spil_replay *r)
{
    memcpy(r->facts, r->evidence->facts, r->evidence->fact_count * sizeof *r->facts);
    for (size_t f = 0; f < r->evidence->fact_count; f++)
        if (r->facts[f].kind == SPIL_FACT_RULE)
            r->rule_q[f] =
                r->facts[f].q /
                r->models->models[r->facts[f].model]->rules[r->facts[f].reference].probability;
}

/* ---- looks ---- */

/* The signal of a fact, by the models of the replay. */
static const spil_model_signal *signal_of(const spil_replay *r, const spil_fact *fact)
{
    const spil_model_step *const step = &r->models->models[fact->model]->steps[fact->step];
    for (size_t i = 0; i < step->signal_count; i++)
        if (strcmp(step->signals[i].code, fact->name) == 0)
            return &step->signals[i];
    return NULL; /* not so: both were read from the same file */
}

/* What the weight of a signal is multiplied by, since it was found in so many looks. */
static double share_of_look(const spil_replay *r, const spil_fact *fact)
{
    const spil_model_signal *const signal = signal_of(r, fact);
    return spil_effort_found(signal, spil_effort_at(r->looks, fact->entity, signal->partner));
}

static spil_status take_looks(spil_replay *r, const spil_against_place *place, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_evidence *const evidence = r->evidence;
    spil_against_place own = *place;
    own.models = r->models;
    r->looks = place->looks;
    TRY(NEW_ARRAY(r->bare, evidence->fact_count, err));
    TRY(NEW_ARRAY(r->missed_row, evidence->pair_count + 1, err));
    TRY(NEW_ARRAY(r->against, evidence->pair_count * SPIL_MODEL_STEPS_MOST, err));
    for (size_t f = 0; f < evidence->fact_count; f++)
        if (r->facts[f].kind == SPIL_FACT_SIGNAL)
            r->bare[f] = r->facts[f].weight / share_of_look(r, &r->facts[f]);
    for (size_t p = 0; p < evidence->pair_count; p++) {
        TRY(spil_missed_add(&r->missed, &own, r->facts + evidence->pair[p], facts_of(evidence, p),
                            err));
        r->missed_row[p + 1] = r->missed.items.count;
        r->cases[p]->against = r->against + p * SPIL_MODEL_STEPS_MOST;
    }
done:
    return rc;
}

static void read_looks(spil_replay *r)
{
    for (size_t f = 0; f < r->evidence->fact_count; f++)
        if (r->facts[f].kind == SPIL_FACT_SIGNAL)
            r->facts[f].weight = r->bare[f] * share_of_look(r, &r->facts[f]);
    for (size_t p = 0; p < r->evidence->pair_count; p++)
        spil_missed_sum(&r->missed, r->missed_row[p], r->missed_row[p + 1], r->cases[p]->model,
                        NULL, r->against + p * SPIL_MODEL_STEPS_MOST);
}

/* ---- all ---- */

spil_status spil_replay_new(spil_replay **out, const spil_evidence *evidence,
                            const spil_model_set *models, const spil_against_place *place,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_replay *r = NULL;
    TRY(NEW(r, err));
    r->evidence = evidence;
    r->models = models;
    measure(r);
    TRY(spil_columns_new(&r->columns, models, err));
    TRY(NEW_ARRAY(r->facts, evidence->fact_count, err));
    TRY(NEW_ARRAY(r->rule_q, evidence->fact_count, err));
    TRY(NEW_ARRAY(r->cases, evidence->pair_count, err));
    TRY(NEW_ARRAY(r->number, r->columns->count, err));
    TRY(NEW_ARRAY(r->off, r->most_facts + 1, err));
    TRY(NEW_ARRAY(r->terms, r->most_steps, err));
    copy_facts(r);
    for (size_t p = 0; p < evidence->pair_count; p++)
        TRY(spil_case_new(&r->cases[p], r->columns, r->facts + evidence->pair[p],
                          facts_of(evidence, p), err));
    if (place->looks)
        TRY(take_looks(r, place, err));
    spil_replay_read(r);
    *out = r;
    r = NULL;
done:
    spil_replay_free(r);
    return rc;
}

void spil_replay_free(spil_replay *r)
{
    if (!r)
        return;
    for (size_t p = 0; r->cases && p < r->evidence->pair_count; p++)
        spil_case_free(r->cases[p]);
    spil_columns_free(r->columns);
    spil_free(r->facts);
    spil_free(r->rule_q);
    spil_free(r->cases);
    spil_free(r->number);
    spil_free(r->off);
    spil_free(r->terms);
    spil_free(r->bare);
    spil_free(r->missed_row);
    spil_free(r->against);
    spil_missed_clear(&r->missed);
    spil_free(r);
}

static double at_least_none(double ratio)
{
    return ratio > 1 ? log(ratio) : 0;
}

static void read_step(spil_replay *r, const spil_model_step *step, size_t m, size_t s)
{
    double *const at = r->number + spil_column_step(r->columns, m, s);
    at[0] = fmin(step->prior, step->given);
    at[1] = step->given;
    for (size_t i = 0; i < step->signal_count; i++)
        r->number[spil_column_signal(r->columns, m, s, i)] =
            at_least_none(step->signals[i].ratio.mid);
    for (size_t i = 0; i < step->opportunity_count; i++)
        if (step->opportunities[i].has_ratio)
            r->number[spil_column_opportunity(r->columns, m, s, i)] =
                at_least_none(step->opportunities[i].ratio.mid);
}

void spil_replay_read(spil_replay *r)
{
    for (size_t m = 0; m < r->models->count; m++) {
        const spil_model *const model = r->models->models[m];
        r->number[spil_column_process(r->columns, m)] = model->prior;
        r->number[spil_column_role(r->columns, m)] = at_least_none(model->role_ratio.mid);
        for (size_t i = 0; i < model->rule_count; i++)
            if (model->rules[i].has_ratio)
                r->number[spil_column_rule(r->columns, m, i)] =
                    at_least_none(model->rules[i].ratio.mid);
        for (size_t s = 0; s < model->step_count; s++)
            read_step(r, &model->steps[s], m, s);
    }
    for (size_t f = 0; f < r->evidence->fact_count; f++)
        if (r->facts[f].kind == SPIL_FACT_RULE)
            r->facts[f].q =
                r->rule_q[f] *
                r->models->models[r->facts[f].model]->rules[r->facts[f].reference].probability;
    if (r->looks)
        read_looks(r);
}

static double evaluate(const spil_replay *r, const spil_case *c)
{
    for (size_t s = 0; s < c->model->step_count; s++)
        r->terms[s] = spil_chain_step(c, s, r->number, r->off);
    return c->model->harm * spil_chain_value(c, r->number, r->terms);
}

void spil_replay_values(const spil_replay *r, double *value)
{
    for (size_t p = 0; p < r->evidence->pair_count; p++)
        value[p] = evaluate(r, r->cases[p]);
}

static void fill_pair(const spil_replay *r, const spil_case *c, spil_replay_pair *out)
{
    out->value = evaluate(r, c);
    out->process = spil_chain_process(c, r->number, r->terms);
    for (size_t s = 0; out->step && s < c->model->step_count; s++)
        out->step[s] = out->process * r->terms[s].given + (1 - out->process) * r->terms[s].without;
}

spil_status spil_replay_pair_value(const spil_replay *r, size_t pair, const spil_fact *extra,
                                   spil_replay_pair *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_fact *facts = NULL;
    spil_case *c = NULL;
    double against[SPIL_MODEL_STEPS_MOST];
    const size_t count = facts_of(r->evidence, pair);
    if (!extra) {
        fill_pair(r, r->cases[pair], out);
        return SPIL_OK;
    }
    TRY(NEW_ARRAY(facts, count + 1, err));
    memcpy(facts, r->facts + r->evidence->pair[pair], count * sizeof *facts);
    facts[count] = *extra;
    TRY(spil_case_new(&c, r->columns, facts, count + 1, err));
    if (r->looks) {
        spil_missed_sum(&r->missed, r->missed_row[pair], r->missed_row[pair + 1], c->model, extra,
                        against);
        c->against = against;
    }
    fill_pair(r, c, out);
done:
    spil_case_free(c);
    spil_free(facts);
    return rc;
}
