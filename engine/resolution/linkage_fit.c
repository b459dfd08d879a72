/* linkage_fit.c - the model learned from how often each pattern occurs: expectation maximisation.
 * See linkage.h. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/resolution/linkage_inside.h"

#include <math.h>
#include <string.h>

static const double kappa = 20, kappa_near = 50, kappa_crowd = 5;
/* A value missing is weak evidence, and in a small case what it says of a few pairs would choose
 * which pairs it is learned from: these draw it firmly to what is common. */
static const double kappa_lacking = 200, kappa_apart = 1000;
enum { CELLS = SPIL_CONTEXTS / SPIL_CROWDS };
/* Of true pairs at one address, by others of the surname there; a start, and drawn to. */
static const double crowd_expected[SPIL_CROWDS] = {0.5, 0.2, 0.15, 0.1, 0.05};
enum { MOST_ROUNDS = 2000 };

/* Expected counts of one round. */
typedef struct sums {
    double found, m[SPIL_FIELDS][SPIL_LEVELS];
    double near[SPIL_NEAR][SPIL_FIELDS][SPIL_LEVELS], context[SPIL_CONTEXTS], connected;
    double crowd[SPIL_CROWDS];
    double true_pairs[SPIL_SOURCES], lacking[SPIL_SOURCES][SPIL_FIELDS]; /* of these, so many */
    double near_pairs[SPIL_NEAR][SPIL_SOURCES], near_missing[SPIL_NEAR][SPIL_SOURCES][SPIL_FIELDS];
} sums;

static void take_in(sums *s, const spil_linkage *model, const spil_agreement *agreement, double n,
                    double r)
{
    const unsigned count = model->coder.set->count;
    s->found += r * n;
    const unsigned sources = spil_sources_of(model->coder.set, agreement);
    s->true_pairs[sources] += r * n;
    for (unsigned f = 0; f < count; f++) {
        s->m[f][agreement->level[f]] += r * n;
        s->lacking[sources][f] += agreement->level[f] == SPIL_MISSING ? r * n : 0;
    }
    if (!spil_linkage_in_context(model, agreement))
        return;
    if (spil_linkage_same_address(model, agreement))
        s->crowd[agreement->crowd] += r * n;
    s->connected += (1 - r) * n;
    s->context[spil_linkage_context(agreement)] += (1 - r) * n;
    const unsigned class = spil_linkage_near(model, agreement);
    s->near_pairs[class][sources] += (1 - r) * n;
    for (unsigned f = SPIL_CONTEXT; f < count; f++) {
        s->near[class][f][agreement->level[f]] += (1 - r) * n;
        s->near_missing[class][sources][f] += agreement->level[f] == SPIL_MISSING ? (1 - r) * n : 0;
    }
}

/* out[level] = (sum + weight * before) / (sum over levels + weight), missing left aside. */
static void shares(double out[SPIL_LEVELS], const double sum[SPIL_LEVELS], unsigned levels,
                   const double before[SPIL_LEVELS], double weight)
{
    double total = weight;
    for (unsigned k = 1; k < levels; k++)
        total += sum[k];
    for (unsigned k = 1; k < levels; k++)
        out[k] = (sum[k] + weight * before[k]) / total;
}

/* Holds "differ" under its most; the other levels take what is over. */
static void hold(double m[SPIL_LEVELS], const spil_field *field)
{
    const double over = m[SPIL_DIFFER] - field->most_differ;
    if (over <= 0)
        return;
    const double rest = 1 - m[SPIL_DIFFER];
    m[SPIL_DIFFER] = field->most_differ;
    for (unsigned k = 2; k < field->levels; k++)
        m[k] += over * m[k] / rest;
}

/* What a crowd lacks it takes from all crowds, as if kappa_crowd pairs had been seen. */
static double over_crowds(const double pairs[SPIL_CONTEXTS], size_t crowd, size_t cell,
                          const double in_crowd[SPIL_CROWDS], double all)
{
    double pooled = 0;
    for (size_t c = 0; c < SPIL_CROWDS; c++)
        pooled += pairs[c * CELLS + cell];
    const double share = in_crowd[crowd] / (in_crowd[crowd] + kappa_crowd);
    return (pairs[crowd * CELLS + cell] + kappa_crowd * pooled / fmax(all, 1)) * share;
}

/* The table of connected pairs that differ. One pair is taken from each cell and given to what the
 * ties and the rest make by themselves: else the one pair that stands in a cell is its own
 * evidence that different persons look like this. Half a pair is spread over all. */
static void set_context(spil_linkage *model, const double sum[SPIL_CONTEXTS], double connected)
{
    double kept[SPIL_CONTEXTS], in_crowd[SPIL_CROWDS] = {0}, all = 0;
    double ties[SPIL_LEVELS] = {0}, rest[SPIL_CONTEXTS / SPIL_LEVELS] = {0};
    for (size_t k = 0; k < SPIL_CONTEXTS; k++) {
        kept[k] = fmax(sum[k] - 1, 0);
        in_crowd[k / CELLS] += kept[k];
        ties[k % SPIL_LEVELS] += kept[k];
        rest[k / SPIL_LEVELS] += kept[k];
        all += kept[k];
    }
    for (size_t k = 0; k < SPIL_CONTEXTS; k++) {
        const double apart =
            all > 0 ? ties[k % SPIL_LEVELS] / all * (rest[k / SPIL_LEVELS] / all) : 0;
        model->context[k] = (over_crowds(kept, k / CELLS, k % CELLS, in_crowd, all) +
                             (connected - all) * apart + 0.5 / SPIL_CONTEXTS) /
                            (connected + 0.5);
    }
}

/* How often different people who share a tie and no address bear one surname. */
static void set_tied(spil_linkage *model, const double sum[SPIL_CONTEXTS])
{
    const spil_field_set *const set = model->coder.set;
    double equal = 0, all = 0;
    for (size_t k = 0; k < SPIL_CONTEXTS; k++) {
        const size_t surname = k % CELLS / ((size_t)SPIL_LEVELS * SPIL_LEVELS);
        const size_t address = k / SPIL_LEVELS % SPIL_LEVELS;
        if (surname == SPIL_MISSING || address + 1U == set->fields[1].levels)
            continue;
        equal += surname + 1U == set->fields[0].levels ? sum[k] : 0;
        all += sum[k];
    }
    model->tied_equal = (equal + kappa_near * model->chance[0]) / (all + kappa_near);
}

static void set_near(spil_linkage *model, const sums *s, unsigned f)
{
    const unsigned levels = model->coder.set->fields[f].levels;
    double all[SPIL_LEVELS] = {0}, pooled[SPIL_LEVELS] = {0};
    for (size_t c = 0; c < SPIL_NEAR; c++)
        for (unsigned k = 0; k < levels; k++)
            all[k] += s->near[c][f][k];
    shares(pooled, all, levels, model->u[f], kappa_near);
    for (size_t c = 0; c < SPIL_NEAR; c++) {
        shares(model->near[c][f], s->near[c][f], levels, pooled, kappa_near);
        if (f != SPIL_CONTEXT)
            continue;
        model->near_seen[c] = 0;
        for (unsigned k = 1; k < levels; k++)
            model->near_seen[c] += s->near[c][f][k];
    }
}

/* How often connected pairs of each class lack the field, drawn to all of them, and they to pairs
 * at large. */
static void set_near_missing(spil_linkage *model, const sums *s, unsigned f)
{
    for (size_t t = 0; t < SPIL_SOURCES; t++) {
        double lacks = kappa_apart * model->missing[t][f], pairs = kappa_apart;
        for (size_t c = 0; c < SPIL_NEAR; c++) {
            lacks += s->near_missing[c][t][f];
            pairs += s->near_pairs[c][t];
        }
        for (size_t c = 0; c < SPIL_NEAR; c++)
            model->near_missing[c][t][f] =
                (s->near_missing[c][t][f] + kappa_apart * lacks / pairs) /
                (s->near_pairs[c][t] + kappa_apart);
    }
}

static void set_lacking(spil_linkage *model, const sums *s)
{
    for (size_t t = 0; t < SPIL_SOURCES; t++)
        for (unsigned f = 0; f < model->coder.set->count; f++)
            model->lacking[t][f] = (s->lacking[t][f] + kappa_lacking * model->missing[t][f]) /
                                   (s->true_pairs[t] + kappa_lacking);
}

static double step(spil_linkage *model, const sums *s)
{
    const spil_field_set *const set = model->coder.set;
    double change = 0;
    for (unsigned f = 0; f < set->count; f++) {
        double before[SPIL_LEVELS];
        memcpy(before, model->m[f], sizeof before);
        shares(model->m[f], s->m[f], set->fields[f].levels, set->fields[f].expected, kappa);
        hold(model->m[f], &set->fields[f]);
        for (unsigned k = 1; k < set->fields[f].levels; k++)
            change = fmax(change, fabs(model->m[f][k] - before[k]));
        if (set->context && f >= SPIL_CONTEXT)
            set_near(model, s, f);
        if (set->context && f >= SPIL_CONTEXT)
            set_near_missing(model, s, f);
    }
    change = fmax(change, fabs(s->found - model->found) / fmax(s->found, 1));
    model->found = s->found;
    model->prior = fmax(s->found, 0.5) / model->pairs;
    if (model->prior > 0.5)
        model->prior = 0.5;
    if (s->connected > 0)
        set_context(model, s->context, s->connected);
    set_tied(model, s->context);
    set_lacking(model, s);
    double placed = kappa;
    for (size_t c = 0; c < SPIL_CROWDS; c++)
        placed += s->crowd[c];
    for (size_t c = 0; c < SPIL_CROWDS; c++)
        model->crowd[c] = (s->crowd[c] + kappa * crowd_expected[c]) / placed;
    return change;
}

double spil_linkage_round(spil_linkage *model, const uint64_t *count)
{
    sums s = {0};
    const double odds = log(model->prior / (1 - model->prior));
    for (size_t code = 0; code < model->coder.codes; code++) {
        spil_agreement agreement;
        uint8_t bin[SPIL_FIELDS];
        if (count[code] == 0)
            continue;
        spil_decode(&model->coder, code, &agreement, bin);
        const double ln = odds + spil_linkage_pattern_ratio(model, &agreement, bin);
        take_in(&s, model, &agreement, (double)count[code], 1 / (1 + exp(-ln)));
    }
    return step(model, &s);
}

/* Connected pairs as they are, as if none were true. */
static void start_connected(spil_linkage *model, const uint64_t *count)
{
    sums s = {0};
    double connected = 0;
    for (size_t code = 0; code < model->coder.codes; code++) {
        spil_agreement agreement;
        uint8_t bin[SPIL_FIELDS];
        spil_decode(&model->coder, code, &agreement, bin);
        if (count[code] == 0 || !spil_linkage_in_context(model, &agreement))
            continue;
        take_in(&s, model, &agreement, (double)count[code], 0);
        connected += (double)count[code];
    }
    model->connected = fmin(connected / model->pairs, 0.99);
    set_context(model, s.context, s.connected);
    set_tied(model, s.context);
    for (size_t c = 0; c < SPIL_CROWDS; c++)
        model->crowd[c] = crowd_expected[c];
}

/* All pairs that share an address or a tie were compared: of a kind without context, u of "equal"
 * in a field that only such pairs can have is their share of all pairs. */
static void count_shared(spil_linkage *model, const uint64_t *count)
{
    const spil_field_set *const set = model->coder.set;
    double shared[SPIL_FIELDS] = {0};
    for (size_t code = 0; code < model->coder.codes; code++) {
        spil_agreement agreement;
        uint8_t bin[SPIL_FIELDS];
        if (count[code] == 0)
            continue;
        spil_decode(&model->coder, code, &agreement, bin);
        for (unsigned f = 1; f < SPIL_CONTEXT; f++)
            if (agreement.level[f] + 1U == set->fields[f].levels)
                shared[f] += (double)count[code];
    }
    for (unsigned f = 1; f < SPIL_CONTEXT; f++) {
        const unsigned equal = set->fields[f].levels - 1;
        const double stated = fmax(model->pairs * (1 - model->missing[0][f]), 1);
        const double u = fmin((shared[f] + 0.5) / stated, 0.5), rest = 1 - model->u[f][equal];
        for (unsigned k = 1; k < equal; k++)
            model->u[f][k] *= rest > 0 ? (1 - u) / rest : 1;
        model->u[f][equal] = u;
    }
}

void spil_linkage_start(spil_linkage *model, const uint64_t *count, uint64_t records)
{
    const spil_field_set *const set = model->coder.set;
    for (unsigned f = 0; f < set->count; f++) {
        memcpy(model->m[f], set->fields[f].expected, sizeof model->m[f]);
        for (size_t c = 0; c < SPIL_NEAR; c++)
            memcpy(model->near[c][f], model->u[f], sizeof model->near[c][f]);
        for (size_t c = 0; c < SPIL_NEAR; c++)
            for (size_t t = 0; t < SPIL_SOURCES; t++)
                model->near_missing[c][t][f] = model->missing[t][f];
    }
    memcpy(model->lacking, model->missing, sizeof model->lacking);
    model->prior = fmin(0.01 * (double)records / model->pairs, 0.5);
    model->rounds = 0;
    model->found = 0;
    start_connected(model, count);
    if (set->kind == SPIL_ENTITY_company)
        count_shared(model, count);
}

void spil_linkage_fit(spil_linkage *model, const uint64_t *count)
{
    for (model->rounds = 1; model->rounds < MOST_ROUNDS; model->rounds++)
        if (spil_linkage_round(model, count) < 1e-7)
            break;
}
