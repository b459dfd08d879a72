/* linkage.c - what a pattern of agreement weighs; the model's estimation is in linkage_fit.c. See
 * linkage.h. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/resolution/linkage_inside.h"

#include <math.h>
#include <string.h>

static const double least_u = 1e-9;

/* ---- codes ---- */

spil_coder spil_coder_of(const spil_field_set *set)
{
    spil_coder coder = {.set = set, .links = 1 + (set->context ? SPIL_CROWDS : 1)};
    coder.codes = coder.links;
    for (unsigned f = 0; f < set->count; f++) {
        coder.values[f] = set->fields[f].levels - 1 + (set->fields[f].frequency ? SPIL_BINS : 1);
        coder.codes *= coder.values[f];
    }
    return coder;
}

size_t spil_encode(const spil_coder *coder, const spil_agreement *agreement,
                   const uint8_t bin[SPIL_FIELDS])
{
    size_t code = agreement->connected ? 1U + (coder->set->context ? agreement->crowd : 0U) : 0;
    for (unsigned f = 0; f < coder->set->count; f++) {
        const spil_field *const field = &coder->set->fields[f];
        const bool equal = agreement->level[f] + 1U == field->levels;
        code = code * coder->values[f] + agreement->level[f] +
               (equal && field->frequency ? bin[f] : 0);
    }
    return code;
}

void spil_decode(const spil_coder *coder, size_t code, spil_agreement *agreement,
                 uint8_t bin[SPIL_FIELDS])
{
    *agreement = (spil_agreement){.bar = NULL};
    for (unsigned f = coder->set->count; f-- > 0;) {
        const unsigned value = (unsigned)(code % coder->values[f]);
        const unsigned equal = coder->set->fields[f].levels - 1;
        code /= coder->values[f];
        agreement->level[f] = (uint8_t)(value < equal ? value : equal);
        bin[f] = (uint8_t)(value < equal ? 0 : value - equal);
    }
    agreement->connected = code != 0;
    agreement->crowd = (uint8_t)(code > 1 ? code - 1 : 0);
}

uint8_t spil_frequency_bin(double frequency)
{
    uint8_t bin = 0;
    while (bin + 1 < SPIL_BINS && frequency * 8 <= 1) {
        frequency *= 8;
        bin++;
    }
    return bin;
}

/* ---- likelihoods ---- */

unsigned spil_sources_of(const spil_field_set *set, const spil_agreement *agreement)
{
    return set->sources ? agreement->level[set->sources] : 0;
}

/* ln(M / U) of the first three fields at once, for a connected pair. */
static double context_ratio(const spil_linkage *model, const spil_agreement *agreement)
{
    const bool place = spil_linkage_same_address(model, agreement);
    const double *const lacking = model->lacking[spil_sources_of(model->coder.set, agreement)];
    double ln = place ? log(model->crowd[agreement->crowd]) : 0;
    for (unsigned f = 0; f < SPIL_CONTEXT; f++) {
        const unsigned level = agreement->level[f];
        ln += log(level == SPIL_MISSING ? fmax(lacking[f], least_u)
                                        : fmax(1 - lacking[f], least_u) * model->m[f][level]);
    }
    return ln -
           log(fmax(model->connected * model->context[spil_linkage_context(agreement)], 1e-300));
}

/* ---- how rare an equal value is ---- */

/* Different pairs have an equal value by chance, which favours common ones by the square of their
 * frequency, or because one took it over from the other (a child its father's name), which
 * does so as true pairs do. */
typedef struct equal_shares {
    double chance, taken;
} equal_shares;

static bool weighs_by_rarity(const spil_linkage *model, const spil_agreement *agreement, unsigned f)
{
    const spil_field *const field = &model->coder.set->fields[f];
    const bool equal = field->frequency && agreement->level[f] + 1U == field->levels;
    const bool family = spil_linkage_in_context(model, agreement) && f < SPIL_CONTEXT &&
                        (f > 0 || spil_linkage_same_address(model, agreement));
    return equal && !family && model->chance[f] > 0;
}

static equal_shares shares_of(const spil_linkage *model, const spil_agreement *agreement,
                              unsigned f)
{
    const double chance = model->chance[f];
    if (!spil_linkage_in_context(model, agreement))
        return (equal_shares){chance, 0};
    const double equal =
        f < SPIL_CONTEXT ? model->tied_equal
                         : model->near[spil_linkage_near(model, agreement)][f][agreement->level[f]];
    return (equal_shares){fmin(equal, chance), fmax(equal - chance, 0)};
}

double spil_linkage_rarity(const spil_linkage *model, const spil_agreement *agreement, unsigned f,
                           double frequency)
{
    if (frequency <= 0 || !weighs_by_rarity(model, agreement, f))
        return 1;
    const equal_shares it = shares_of(model, agreement, f);
    return (it.chance + it.taken) / (it.chance * frequency / model->chance[f] + it.taken);
}

/* The same of all values of a bin. */
static double rarity_of_bin(const spil_linkage *model, const spil_agreement *agreement, unsigned f,
                            uint8_t bin)
{
    const double m = model->bin_m[f][bin], u = model->bin_u[f][bin];
    if (m <= 0 || u <= 0 || !weighs_by_rarity(model, agreement, f))
        return 1;
    const equal_shares it = shares_of(model, agreement, f);
    return (it.chance + it.taken) * m / (it.chance * u + it.taken * m);
}

/* ---- ratios ---- */

/* ln(m / u) of the level of one field, and of its being missing or not. */
static double field_ratio(const spil_linkage *model, const spil_agreement *agreement, unsigned f)
{
    const unsigned level = agreement->level[f];
    const unsigned sources = spil_sources_of(model->coder.set, agreement);
    const bool near = spil_linkage_in_context(model, agreement);
    const unsigned class = near ? spil_linkage_near(model, agreement) : 0;
    const double lacking = model->lacking[sources][f];
    const double missing =
        near ? model->near_missing[class][sources][f] : model->missing[sources][f];
    if (level == SPIL_MISSING)
        return log(fmax(lacking, least_u) / fmax(missing, least_u));
    const double u = near ? model->near[class][f][level] : model->u[f][level];
    return log(model->m[f][level] / fmax(u, least_u)) +
           log(fmax(1 - lacking, least_u) / fmax(1 - missing, least_u));
}

double spil_linkage_pattern_ratio(const spil_linkage *model, const spil_agreement *agreement,
                                  const uint8_t bin[SPIL_FIELDS])
{
    double ln = 0;
    unsigned f = 0;
    if (spil_linkage_in_context(model, agreement)) {
        ln = context_ratio(model, agreement) + log(rarity_of_bin(model, agreement, 0, bin[0]));
        f = SPIL_CONTEXT;
    } else {
        ln = -log1p(-model->connected); /* U spreads over those that are not connected */
    }
    for (; f < model->coder.set->count; f++)
        ln += field_ratio(model, agreement, f) + log(rarity_of_bin(model, agreement, f, bin[f]));
    return ln;
}

double spil_linkage_weight(const spil_linkage *model, const spil_agreement *agreement,
                           const double frequency[SPIL_FIELDS], double parts[SPIL_FIELDS])
{
    const double bit = 1 / log(2);
    double sum = 0;
    unsigned f = 0;
    if (parts)
        memset(parts, 0, SPIL_FIELDS * sizeof *parts);
    if (spil_linkage_in_context(model, agreement)) {
        sum = context_ratio(model, agreement) * bit +
              log2(spil_linkage_rarity(model, agreement, 0, frequency[0]));
        if (parts)
            parts[0] = sum;
        f = SPIL_CONTEXT;
    } else {
        sum = -log1p(-model->connected) * bit;
    }
    for (; f < model->coder.set->count; f++) {
        const double bits = field_ratio(model, agreement, f) * bit +
                            log2(spil_linkage_rarity(model, agreement, f, frequency[f]));
        if (parts)
            parts[f] = bits;
        sum += bits;
    }
    return sum;
}

bool spil_linkage_knows_twins(const spil_linkage *model, const spil_agreement *agreement)
{
    enum { ENOUGH = 1000 }; /* some fifteen pairs of twins, if all were born of one mother */
    return spil_linkage_in_context(model, agreement) &&
           model->near_seen[spil_linkage_near(model, agreement)] >= (double)ENOUGH;
}

double spil_linkage_probability(const spil_linkage *model, double weight)
{
    const double ln = log(model->prior / (1 - model->prior)) + weight * log(2);
    return 1 / (1 + exp(-ln));
}
