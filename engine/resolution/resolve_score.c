/* resolve_score.c - what a pair weighs. See resolve_work.h. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "engine/resolution/resolve_work.h"

#include <math.h>
#include <stdlib.h>

spil_status spil_score_prepare(spil_resolve_work *w, spil_err *err)
{
    static const double none[SPIL_FIELDS] = {0};
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(w->table, w->model->coder.codes, err));
    for (size_t code = 0; code < w->model->coder.codes; code++) {
        spil_agreement agreement;
        uint8_t bin[SPIL_FIELDS];
        spil_decode(&w->model->coder, code, &agreement, bin);
        w->table[code] = spil_linkage_weight(w->model, &agreement, none, NULL);
    }
done:
    return rc;
}

void spil_score_bins(const spil_resolve_work *w, const spil_agreement *agreement, uint32_t a,
                     uint8_t bin[SPIL_FIELDS])
{
    for (unsigned f = 0; f < w->set->count; f++) {
        const spil_field *const field = &w->set->fields[f];
        const bool counts = field->frequency && agreement->level[f] + 1U == field->levels;
        bin[f] =
            counts ? w->frequencies.bin[f][spil_field_word(w->set, f, &w->records->items[a])] : 0;
    }
}

/* How common the equal value of the field is; 0 where that does not count. */
double spil_score_share(const spil_resolve_work *w, const spil_agreement *agreement, unsigned f,
                        uint32_t a)
{
    const spil_field *const field = &w->set->fields[f];
    if (!field->frequency || agreement->level[f] + 1U != field->levels)
        return 0;
    return (double)w->frequencies.share[f][spil_field_word(w->set, f, &w->records->items[a])];
}

/* What the shared initial says beyond its level: X more than J. */
static double initial_bits(const spil_resolve_work *w, const spil_agreement *agreement, uint32_t a,
                           uint32_t b)
{
    const unsigned char initial = (unsigned char)w->records->items[a].initials[0];
    const bool same = initial != 0 && w->records->items[b].initials[0] == (char)initial;
    if (!same || !spil_agree_in_initial(w->set, agreement))
        return 0;
    return log2(w->frequencies.same_initial / w->frequencies.initial[initial]);
}

static double weigh(const spil_resolve_work *w, const spil_agreement *agreement, uint32_t a,
                    uint32_t b)
{
    static const uint8_t no_bins[SPIL_FIELDS] = {0};
    double bits = w->table[spil_encode(&w->model->coder, agreement, no_bins)];
    for (unsigned f = 0; f < w->set->count; f++) {
        const double share = spil_score_share(w, agreement, f, a);
        if (share > 0)
            bits += log2(spil_linkage_rarity(w->model, agreement, f, share));
    }
    return bits + initial_bits(w, agreement, a, b);
}

static int by_pair(const void *left, const void *right)
{
    const spil_known_pair *const a = left, *const b = right;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* What a person said of two records. */
const spil_known_pair *spil_score_answer(const spil_resolve_work *w, uint32_t a, uint32_t b)
{
    const spil_known_pair pair = {w->records->items[a].entity, w->records->items[b].entity, false};
    if (w->job->answer_count == 0)
        return NULL;
    return bsearch(&pair, w->job->answers, w->job->answer_count, sizeof pair, by_pair);
}

static void compare(const spil_resolve_work *w, spil_agreement *agreement, uint32_t a, uint32_t b)
{
    spil_compare(agreement, w->records, w->words, a, b);
    if (agreement->bar == spil_bar_twins && spil_linkage_knows_twins(w->model, agreement))
        agreement->bar = NULL;
}

spil_scored_pair spil_score(const spil_resolve_work *w, uint32_t a, uint32_t b)
{
    spil_agreement agreement;
    compare(w, &agreement, a, b);
    const double weight = weigh(w, &agreement, a, b);
    return (spil_scored_pair){.a = a,
                              .b = b,
                              .weight = weight,
                              .probability = spil_linkage_probability(w->model, weight),
                              .bar = agreement.bar};
}

/* Bits of the fields that speak against the pair; a name, date or number that differs excludes. */
static double bits_against(const spil_resolve_work *w, const spil_agreement *agreement)
{
    static const double none[SPIL_FIELDS] = {0};
    double parts[SPIL_FIELDS], against = 0;
    (void)spil_linkage_weight(w->model, agreement, none, parts);
    for (unsigned f = 0; f < w->set->count; f++) {
        if (agreement->level[f] == SPIL_DIFFER && w->set->fields[f].most_differ < 1)
            return (double)INFINITY;
        against -= fmin(parts[f], 0);
    }
    return against;
}

spil_pair_chance spil_score_chance(const void *user, uint32_t a, uint32_t b)
{
    const spil_resolve_work *const w = user;
    const spil_known_pair *const answer = spil_score_answer(w, a, b);
    spil_agreement agreement;
    if (answer)
        return (spil_pair_chance){answer->same, answer->same ? 0 : (double)INFINITY};
    compare(w, &agreement, a, b);
    if (agreement.bar)
        return (spil_pair_chance){0, (double)INFINITY};
    const double weight = weigh(w, &agreement, a, b);
    return (spil_pair_chance){fmax(spil_linkage_probability(w->model, weight), 1e-11),
                              bits_against(w, &agreement)};
}

int spil_by_records(const void *left, const void *right)
{
    const spil_scored_pair *const a = left, *const b = right;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* May each pair be accepted by itself? */
void spil_score_mark_sure(spil_resolve_work *w)
{
    for (size_t i = 0; i < w->pairs[0].count; i++) {
        spil_scored_pair *const pair = &w->pairs[0].items[i];
        const spil_known_pair *const answer = spil_score_answer(w, pair->a, pair->b);
        pair->answered = answer != NULL;
        pair->sure =
            answer ? answer->same : !pair->bar && pair->probability >= w->job->opts->threshold;
    }
}
