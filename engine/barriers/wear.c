/* wear.c - see wear.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/wear.h"

#include "engine/barriers/chain.h"
#include "engine/barriers/presence.h"

#include <string.h>

/* A community that is scored: its pairs [first, first + count) of the evidence. */
typedef struct town {
    uint32_t community;
    size_t first, count;
} town;

typedef struct seats {
    size_t held;   /* by somebody known who is still there */
    size_t unseen; /* nobody was ever seen on them */
} seats;

typedef struct state {
    double chain; /* of the most probable chain */
    size_t main;  /* that which was it before any removal: position among the pairs of the town */
    bool complete;
    seats seats; /* of that chain */
} state;

struct spil_wear {
    const spil_facts *facts;
    const spil_network *network;
    const spil_communities *communities;
    spil_score_opts opts;
    spil_evidence *evidence;
    size_t *member_row;
    spil_vid *member;
    town *towns;
    size_t town_count;
    size_t *town_of;     /* by community: position in towns, or SIZE_MAX */
    uint8_t *gone;       /* by vertex */
    state *whole, *left; /* by town */
    uint8_t *touched;    /* by town */
    bool begun;          /* whole is known */
};

/* ---- one community ---- */

/* What an evaluation of one community works with. */
typedef struct look {
    spil_presence *presence;
    spil_case **cases; /* by pair of the town */
    size_t case_count;
    uint32_t *local; /* by fact of the town: position among the members */
    uint8_t *gone;   /* by member */
    uint8_t *in;     /* by member */
    uint8_t *off;    /* by fact of a pair */
    double *sum;     /* by pair: chains */
} look;

static void look_close(look *l)
{
    for (size_t i = 0; l->cases && i < l->case_count; i++)
        spil_case_free(l->cases[i]);
    spil_presence_free(l->presence);
    spil_free(l->cases);
    spil_free(l->local);
    spil_free(l->gone);
    spil_free(l->in);
    spil_free(l->off);
    spil_free(l->sum);
}

static spil_status look_open(look *l, const spil_wear *w, const town *t, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t *const pair = w->evidence->pair + t->first;
    const spil_fact *const facts = w->evidence->facts;
    const spil_vid *const member = w->member + w->member_row[t->community];
    const size_t members = w->member_row[t->community + 1] - w->member_row[t->community];
    const size_t fact_count = pair[t->count] - pair[0];
    TRY(NEW_ARRAY(l->cases, t->count, err));
    l->case_count = t->count;
    TRY(NEW_ARRAY(l->local, fact_count, err));
    TRY(NEW_ARRAY(l->off, fact_count, err));
    TRY(NEW_ARRAY(l->gone, members, err));
    TRY(NEW_ARRAY(l->in, members, err));
    TRY(NEW_ARRAY(l->sum, t->count, err));
    TRY(spil_presence_new(&l->presence, w->network, member, members, w->communities->best.of,
                          w->opts.seed, w->facts, err));
    for (size_t f = 0; f < fact_count; f++)
        l->local[f] =
            spil_member_place(member, members, w->network->vertex[facts[pair[0] + f].entity]);
    for (size_t i = 0; i < members; i++)
        l->gone[i] = w->gone[member[i]];
    for (size_t i = 0; i < t->count; i++) {
        TRY(spil_case_new(&l->cases[i], w->evidence->columns, facts + pair[i],
                          pair[i + 1] - pair[i], err));
        l->cases[i]->against = spil_evidence_against(w->evidence, t->first + i);
    }
done:
    return rc;
}

/* The chain of one pair in the draw that presence stands at. local: of its facts. */
static double chain_of(const look *l, const spil_case *c, const uint32_t *local,
                       const double *number)
{
    spil_step_terms terms[SPIL_MODEL_STEPS_MOST];
    for (uint32_t f = 0; f < c->fact_count; f++)
        l->off[f] = !spil_presence_in(l->presence, local[f]) ? SPIL_ABSENT
                    : l->in[local[f]]                        ? SPIL_COUNTS
                                                             : SPIL_TAKEN_OUT;
    for (size_t s = 0; s < c->model->step_count; s++)
        terms[s] = spil_chain_step(c, s, number, l->off);
    return spil_chain_value(c, number, terms);
}

typedef enum seat { SEAT_EMPTY, SEAT_UNSEEN, SEAT_HELD } seat;

/* Whether somebody sits on the role; UNSEEN where nobody is known ever to have sat on it. */
static seat seat_of(const look *l, const spil_case *c, const uint32_t *local, size_t step,
                    size_t role)
{
    bool known = false;
    for (uint32_t i = c->seat_row[step]; i < c->seat_row[step + 1]; i++) {
        const uint32_t f = c->by_seat[i];
        if (c->facts[f].role != role || c->facts[f].q <= 0)
            continue;
        known = true;
        if (l->in[local[f]])
            return SEAT_HELD;
    }
    return known ? SEAT_EMPTY : SEAT_UNSEEN;
}

/* Somebody unseen may sit where nobody was seen, if the model allows for one. */
static bool is_held(const look *l, const spil_case *c, const uint32_t *local, size_t step,
                    size_t role)
{
    const seat found = seat_of(l, c, local, step, role);
    return found == SEAT_HELD ||
           (found == SEAT_UNSEEN && c->model->steps[step].roles[role].unseen > 0);
}

static bool is_filled(const look *l, const spil_case *c, const uint32_t *local, size_t step)
{
    for (size_t r = 0; r < c->model->steps[step].role_count; r++)
        if (!is_held(l, c, local, step, r))
            return false;
    return true;
}

static bool is_complete(const look *l, const spil_case *c, const uint32_t *local)
{
    const spil_model *const model = c->model;
    bool shown = false;
    for (uint32_t f = 0; f < c->fact_count; f++)
        shown = shown || l->in[local[f]];
    for (size_t s = 0, next; shown && s < model->step_count; s = next) {
        bool filled = is_filled(l, c, local, s);
        const uint32_t group = model->steps[s].group;
        for (next = s + 1; group != SPIL_NO_GROUP && next < model->step_count &&
                           model->steps[next].group == group;
             next++)
            filled = filled || is_filled(l, c, local, next);
        if (model->steps[s].required && !filled)
            return false;
    }
    return shown;
}

/* Over the required steps and the ways to one. */
static seats count_seats(const look *l, const spil_case *c, const uint32_t *local)
{
    seats out = {0, 0};
    for (size_t s = 0; s < c->model->step_count; s++)
        for (size_t r = 0; c->model->steps[s].required && r < c->model->steps[s].role_count; r++) {
            const seat found = seat_of(l, c, local, s, r);
            out.held += found == SEAT_HELD;
            out.unseen += found == SEAT_UNSEEN;
        }
    return out;
}

static spil_status evaluate(const spil_wear *w, size_t at, state *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const town *const t = &w->towns[at];
    const size_t *const pair = w->evidence->pair + t->first;
    look l = {0};
    *out = (state){0};
    TRY(spil_check_stop(err));
    TRY(look_open(&l, w, t, err));
    for (size_t b = 0; b < w->opts.draws; b++) {
        const double *const number = w->evidence->number + b * w->evidence->columns->count;
        spil_presence_draw(l.presence, b);
        spil_presence_without(l.presence, l.gone, l.in);
        for (size_t i = 0; i < t->count; i++)
            l.sum[i] += chain_of(&l, l.cases[i], l.local + (pair[i] - pair[0]), number);
    }
    spil_presence_every(l.presence);
    spil_presence_without(l.presence, l.gone, l.in);
    for (size_t i = 0; i < t->count; i++) {
        const double chain = l.sum[i] / (double)w->opts.draws;
        if (chain > out->chain) {
            out->chain = chain;
            out->main = i;
        }
    }
    if (w->begun)
        out->main = w->whole[at].main;
    const uint32_t *const local = l.local + (pair[out->main] - pair[0]);
    out->complete = is_complete(&l, l.cases[out->main], local);
    out->seats = count_seats(&l, l.cases[out->main], local);
done:
    look_close(&l);
    return rc;
}

/* ---- all of them ---- */

/* Those that are touched; the failure of the first in order is the one that is told. */
static spil_status evaluate_touched(spil_wear *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_err *errors = NULL;
    size_t *at = NULL, count = 0;
    state *const left = w->left;
    TRY(NEW_ARRAY(at, w->town_count, err));
    for (size_t t = 0; t < w->town_count; t++)
        if (w->touched[t])
            at[count++] = t;
    TRY(NEW_ARRAY(errors, count, err));
#pragma omp parallel for if (count > 1) default(none) shared(w, at, errors, left, count)           \
    schedule(dynamic, 1) /* communities differ in size */
    for (size_t i = 0; i < count; i++)
        errors[i].code = evaluate(w, at[i], &left[at[i]], &errors[i]);
    for (size_t i = 0; i < count; i++)
        if (errors[i].code != SPIL_OK) {
            rc = spil_fail(err, errors[i].code, "%s", errors[i].msg);
            goto done;
        }
    memset(w->touched, 0, w->town_count);
done:
    spil_free(errors);
    spil_free(at);
    return rc;
}

static spil_status list_towns(spil_wear *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_evidence *const e = w->evidence;
    const size_t communities = w->communities->best.count;
    TRY(NEW_ARRAY(w->towns, e->pair_count, err));
    TRY(NEW_ARRAY(w->town_of, communities, err));
    memset(w->town_of, 0xff, communities * sizeof *w->town_of);
    for (size_t p = 0; p < e->pair_count; p++) {
        const uint32_t community = e->facts[e->pair[p]].community;
        if (w->town_of[community] == SIZE_MAX) {
            w->town_of[community] = w->town_count;
            w->towns[w->town_count++] = (town){.community = community, .first = p};
        }
        w->towns[w->town_of[community]].count++;
    }
    TRY(NEW_ARRAY(w->whole, w->town_count, err));
    TRY(NEW_ARRAY(w->left, w->town_count, err));
    TRY(NEW_ARRAY(w->touched, w->town_count, err));
done:
    return rc;
}

spil_status spil_wear_new(spil_wear **out, const spil_facts *facts, const spil_network *network,
                          const spil_communities *communities, const spil_model_set *models,
                          const spil_score_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_wear *w = NULL;
    TRY(NEW(w, err));
    w->facts = facts;
    w->network = network;
    w->communities = communities;
    w->opts = *opts;
    TRY(NEW_ARRAY(w->gone, network->csr->n, err));
    TRY(spil_partition_members(&w->member_row, &w->member, &communities->best, err));
    TRY(spil_evidence_collect(&w->evidence, facts, network, communities, w->member_row, w->member,
                              models, &w->opts, err));
    TRY(list_towns(w, err));
    memset(w->touched, 1, w->town_count);
    TRY(evaluate_touched(w, err));
    memcpy(w->whole, w->left, w->town_count * sizeof *w->whole);
    w->begun = true;
    *out = w;
    w = NULL;
done:
    spil_wear_free(w);
    return rc;
}

void spil_wear_free(spil_wear *w)
{
    if (!w)
        return;
    spil_evidence_free(w->evidence);
    void *const blocks[] = {w->member_row, w->member, w->towns, w->town_of,
                            w->gone,       w->whole,  w->left,  w->touched};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        spil_free(blocks[i]);
    spil_free(w);
}

spil_status spil_wear_take(spil_wear *w, const spil_vid *gone, size_t count, spil_err *err)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t community = w->communities->best.of[gone[i]];
        w->gone[gone[i]] = 1;
        if (community != SPIL_NO_COMMUNITY && w->town_of[community] != SIZE_MAX)
            w->touched[w->town_of[community]] = 1;
    }
    return evaluate_touched(w, err);
}

void spil_wear_reset(spil_wear *w)
{
    memset(w->gone, 0, w->network->csr->n);
    memcpy(w->left, w->whole, w->town_count * sizeof *w->left);
}

spil_wear_point spil_wear_now(const spil_wear *w)
{
    spil_wear_point out = {.communities = w->town_count};
    double sum = 0;
    for (size_t t = 0; t < w->town_count; t++) {
        sum += w->left[t].chain;
        out.complete += w->left[t].complete;
        out.seats_held += w->left[t].seats.held;
        out.seats_unseen += w->left[t].seats.unseen;
    }
    out.chain = w->town_count ? sum / (double)w->town_count : 0;
    return out;
}
