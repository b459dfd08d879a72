/* counts.c - see counts.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/counts.h"

#include "engine/stats/draw.h"

#include <math.h>
#include <string.h>

/* ---- values ---- */

/* count[word] and *total of the records that state the field. */
static void count_words(const spil_field_set *set, unsigned field, const spil_records *records,
                        uint32_t *count, uint64_t *total)
{
    *total = 0;
    for (size_t i = 0; i < records->count; i++) {
        const uint32_t word = spil_field_word(set, field, &records->items[i]);
        count[word] += word != 0;
        *total += word != 0;
    }
}

static void count_initials(spil_frequencies *out, const spil_records *records)
{
    double total = 0;
    for (size_t i = 0; i < records->count; i++) {
        const unsigned char initial = (unsigned char)records->items[i].initials[0];
        out->initial[initial] += initial != 0;
        total += initial != 0;
    }
    for (size_t c = 1; c < 256 && total > 0; c++) {
        out->initial[c] /= total;
        out->same_initial += out->initial[c] * out->initial[c];
    }
}

spil_status spil_frequencies_count(spil_frequencies *out, const spil_records *records,
                                   const spil_words *words, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_field_set *const set = spil_fields_of(records->kind);
    const size_t n = spil_words_count(words);
    uint32_t *count = NULL;
    uint64_t total = 0;
    count_initials(out, records);
    for (unsigned f = 0; f < set->count; f++) {
        if (!set->fields[f].frequency)
            continue;
        spil_free(count);
        count = NULL;
        TRY(NEW_ARRAY(count, n, err));
        TRY(NEW_ARRAY(out->share[f], n, err));
        TRY(NEW_ARRAY(out->bin[f], n, err));
        count_words(set, f, records, count, &total);
        for (size_t w = 1; w < n; w++)
            if (count[w]) {
                const double share = (double)count[w] / (double)total;
                out->share[f][w] = (float)share;
                out->bin[f][w] = spil_frequency_bin(share);
            }
    }
done:
    spil_free(count);
    return rc;
}

void spil_frequencies_free(spil_frequencies *frequencies)
{
    for (unsigned f = 0; f < SPIL_FIELDS; f++) {
        spil_free(frequencies->share[f]);
        spil_free(frequencies->bin[f]);
    }
}

/* ---- chance ---- */

/* Equal by chance: exactly, and over the bins. */
static spil_status count_equal(spil_linkage *model, unsigned f, const spil_records *records,
                               const spil_words *words, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_field_set *const set = model->coder.set;
    const size_t n = spil_words_count(words);
    uint32_t *count = NULL;
    uint64_t total = 0;
    double equal = 0;
    TRY(NEW_ARRAY(count, n, err));
    count_words(set, f, records, count, &total);
    const double all = (double)total * ((double)total - 1);
    for (size_t w = 1; w < n; w++) {
        const double c = (double)count[w];
        if (count[w] == 0)
            continue;
        const uint8_t bin = spil_frequency_bin(c / (double)total);
        model->bin_m[f][bin] += c / (double)total;
        model->bin_u[f][bin] += c * (c - 1);
        equal += c * (c - 1);
    }
    model->chance[f] = set->fields[f].unique ? 1e-7 : (equal + 1) / (all + 2);
    for (unsigned b = 0; b < SPIL_BINS && equal > 0; b++)
        model->bin_u[f][b] /= equal;
done:
    spil_free(count);
    return rc;
}

typedef struct at_large {
    double level[SPIL_FIELDS][SPIL_LEVELS];
    double of_sources[SPIL_SOURCES], missing[SPIL_SOURCES][SPIL_FIELDS];
} at_large;

static void look_at(at_large *sums, const spil_field_set *set, const spil_records *records,
                    const spil_words *words, uint32_t a, uint32_t b)
{
    spil_agreement agreement;
    spil_compare(&agreement, records, words, a, b);
    if (agreement.connected)
        return;
    const unsigned sources = spil_sources_of(set, &agreement);
    sums->of_sources[sources]++;
    for (unsigned f = 0; f < set->count; f++) {
        sums->level[f][agreement.level[f]]++;
        sums->missing[sources][f] += agreement.level[f] == SPIL_MISSING;
    }
}

static void look_at_pairs(at_large *sums, const spil_field_set *set, const spil_records *records,
                          const spil_words *words)
{
    const uint32_t n = (uint32_t)records->count;
    if ((double)n * ((double)n - 1) / 2 <= SPIL_AT_LARGE) {
        for (uint32_t a = 0; a < n; a++)
            for (uint32_t b = a + 1; b < n; b++)
                look_at(sums, set, records, words, a, b);
        return;
    }
    for (uint64_t i = 0; i < SPIL_AT_LARGE; i++) {
        const uint32_t a = (uint32_t)(spil_unit_at(UINT64_C(0x7265736f6c7665), 2 * i) * n);
        const uint32_t b = (uint32_t)(spil_unit_at(UINT64_C(0x7265736f6c7665), 2 * i + 1) * n);
        if (a != b)
            look_at(sums, set, records, words, a < b ? a : b, a < b ? b : a);
    }
}

/* u of a field from what was seen; "equal" is known better. */
static void set_shares(spil_linkage *model, unsigned f, const double seen[SPIL_LEVELS])
{
    const unsigned levels = model->coder.set->fields[f].levels;
    double stated = 0.5 * levels;
    for (unsigned k = 1; k < levels; k++)
        stated += seen[k];
    for (unsigned k = 1; k < levels; k++)
        model->u[f][k] = (seen[k] + 0.5) / stated;
    if (model->chance[f] > 0) {
        const double rest = 1 - model->u[f][levels - 1];
        for (unsigned k = 1; k + 1 < levels; k++)
            model->u[f][k] *= rest > 0 ? (1 - model->chance[f]) / rest : 1;
        model->u[f][levels - 1] = model->chance[f];
    }
}

spil_status spil_chance_count(spil_linkage *model, const spil_records *records,
                              const spil_words *words, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_field_set *const set = model->coder.set;
    const double n = (double)records->count;
    at_large sums = {0};
    model->pairs = fmax(n * (n - 1) / 2, 1);
    for (unsigned f = 0; f < set->count; f++) {
        if (set->fields[f].exact)
            TRY(count_equal(model, f, records, words, err));
    }
    look_at_pairs(&sums, set, records, words);
    for (unsigned f = 0; f < set->count; f++)
        set_shares(model, f, sums.level[f]);
    for (unsigned t = 0; t < SPIL_SOURCES; t++)
        for (unsigned f = 0; f < set->count; f++)
            model->missing[t][f] = (sums.missing[t][f] + 0.5) / (sums.of_sources[t] + 1);
done:
    return rc;
}
