/* credit.c - see credit.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/credit.h"

#include "engine/base/mem.h"
#include "engine/base/rng.h"

#include <math.h>
#include <string.h>

/* One chain: who works on it, and what each leaves of it in each draw. */
typedef struct joint {
    const double *value; /* draws: V */
    size_t draws, members;
    spil_partner partner[SPIL_PARTNER_COUNT];
    double *left; /* members x draws: prod over its actions of 1 - gain / V */
} joint;

/* ---- one chain ---- */

static size_t member_of(joint *j, spil_partner partner)
{
    for (size_t m = 0; m < j->members; m++)
        if (j->partner[m] == partner)
            return m;
    j->partner[j->members] = partner;
    for (size_t b = 0; b < j->draws; b++)
        j->left[j->members * j->draws + b] = 1;
    return j->members++;
}

static void gather(joint *j, const spil_choice *choices, const size_t *chosen, size_t count,
                   size_t chain)
{
    j->members = 0;
    for (size_t i = 0; i < count; i++) {
        const spil_choice *const each = &choices[chosen[i]];
        if (each->chain != chain)
            continue;
        double *const left = j->left + member_of(j, each->partner) * j->draws;
        for (size_t b = 0; b < j->draws; b++)
            if (j->value[b] > 0)
                left[b] *= each->draw[b] < j->value[b] ? 1 - each->draw[b] / j->value[b] : 0;
    }
}

/* What the members with a bit in the set achieve together. */
static double worth(const joint *j, uint32_t set)
{
    double sum = 0;
    for (size_t b = 0; b < j->draws; b++) {
        double left = 1;
        for (size_t m = 0; m < j->members; m++)
            if (set >> m & 1)
                left *= j->left[m * j->draws + b];
        sum += j->value[b] * (1 - left);
    }
    return sum / (double)j->draws;
}

/* weight[s]: of a member's addition to a set of s others: s! (k - s - 1)! / k! */
static void divide_exactly(const joint *j, const double *of, spil_credit *out)
{
    const size_t k = j->members;
    double weight[SPIL_CREDIT_EXACT];
    weight[0] = 1.0 / (double)k;
    for (size_t s = 1; s < k; s++)
        weight[s] = weight[s - 1] * (double)s / (double)(k - s);
    for (size_t m = 0; m < k; m++)
        for (uint32_t set = 0; set < (uint32_t)1 << k; set++) {
            if (set >> m & 1)
                continue;
            size_t others = 0;
            for (size_t i = 0; i < k; i++)
                others += set >> i & 1;
            out->share[j->partner[m]] += weight[others] * (of[set | (uint32_t)1 << m] - of[set]);
        }
}

static spil_status divide_small(const joint *j, spil_credit *out, spil_err *err)
{
    double *of = NULL;
    const uint32_t sets = (uint32_t)1 << j->members;
    const spil_status rc = NEW_ARRAY(of, sets, err);
    if (rc != SPIL_OK)
        return rc;
    for (uint32_t set = 1; set < sets; set++)
        of[set] = worth(j, set);
    divide_exactly(j, of, out);
    out->gain += of[sets - 1];
    spil_free(of);
    return SPIL_OK;
}

/* Over random orders; what a member adds in each is one sample of its share. */
static void divide_large(const joint *j, uint64_t seed, spil_credit *out)
{
    double sum[SPIL_PARTNER_COUNT] = {0}, squares[SPIL_PARTNER_COUNT] = {0};
    size_t order[SPIL_PARTNER_COUNT];
    for (uint32_t n = 0; n < SPIL_CREDIT_ORDERS; n++) {
        spil_rng rng = spil_rng_stream(seed, n);
        for (size_t m = 0; m < j->members; m++) {
            const size_t at = spil_rng_below(&rng, m + 1);
            order[m] = order[at];
            order[at] = m;
        }
        uint32_t set = 0;
        double before = 0;
        for (size_t m = 0; m < j->members; m++) {
            set |= (uint32_t)1 << order[m];
            const double now = worth(j, set);
            sum[order[m]] += now - before;
            squares[order[m]] += (now - before) * (now - before);
            before = now;
        }
        if (n == 0)
            out->gain += before;
    }
    for (size_t m = 0; m < j->members; m++) {
        const double mean = sum[m] / SPIL_CREDIT_ORDERS;
        const double variance = squares[m] / SPIL_CREDIT_ORDERS - mean * mean;
        const double error = 1.96 * sqrt(fmax(variance, 0) / SPIL_CREDIT_ORDERS);
        out->share[j->partner[m]] += mean;
        out->error[j->partner[m]] = hypot(out->error[j->partner[m]], error);
    }
    out->exact = false;
}

spil_status spil_credit_divide(spil_credit *out, const spil_choice *choices, const size_t *chosen,
                               size_t count, const double *const *chain_value, size_t chain_count,
                               size_t draws, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    joint j = {.draws = draws};
    _Static_assert(SPIL_PARTNER_COUNT < 32, "a set of partners is 32 bits");
    *out = (spil_credit){.exact = true};
    TRY(NEW_ARRAY(j.left, SPIL_PARTNER_COUNT * draws, err));
    for (size_t c = 0; c < chain_count; c++) {
        TRY(spil_check_stop(err));
        j.value = chain_value[c];
        gather(&j, choices, chosen, count, c);
        if (j.members == 0)
            continue;
        if (j.members <= SPIL_CREDIT_EXACT)
            TRY(divide_small(&j, out, err));
        else
            divide_large(&j, seed + c, out);
    }
done:
    spil_free(j.left);
    return rc;
}
