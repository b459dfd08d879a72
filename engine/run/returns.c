/* returns.c - see returns.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/returns.h"

#include "engine/run/choosing.h"

#include <math.h>

typedef struct asking {
    spil_choosing from;
    spil_choice *choices; /* with their hours as the money that runs out */
    size_t count, chains, draws;
    double *left; /* chains x draws: part of each chain that a list leaves */
    double *gain; /* draws */
} asking;

static void asking_close(asking *a)
{
    spil_free(a->choices);
    spil_free(a->left);
    spil_free(a->gain);
    spil_choosing_close(&a->from);
}

static spil_status asking_open(asking *a, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_choosing_open(&a->from, store, 0, err));
    a->count = a->from.rows->action_count;
    a->chains = a->from.chains.count;
    a->draws = a->from.rows->draws;
    TRY(NEW_ARRAY(a->choices, a->count, err));
    TRY(NEW_ARRAY(a->left, a->chains * a->draws, err));
    TRY(NEW_ARRAY(a->gain, a->draws, err));
    for (size_t i = 0; i < a->count; i++) {
        a->choices[i] = a->from.choices[i];
        a->choices[i].cost = a->choices[i].hours;
    }
done:
    return rc;
}

static spil_status list_for(spil_target_list **out, const asking *a, double hours, spil_err *err)
{
    spil_list_opts opts = {.budget = hours, .top = a->count, .gain_alone = true};
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        opts.hours[p] = HUGE_VAL;
    return spil_targets_choose(out, a->choices, a->count, spil_choosing_values(&a->from), a->chains,
                               a->draws, &opts, NULL, err);
}

static spil_status gain_for(double *gain, const asking *a, double hours, spil_err *err)
{
    spil_target_list *list = NULL;
    const spil_status rc = list_for(&list, a, hours, err);
    if (rc == SPIL_OK)
        *gain = list->gain;
    spil_target_list_free(list);
    return rc;
}

/* a->gain: of the list, in each draw. */
static void gain_by_draw(asking *a, const spil_target_list *list)
{
    for (size_t i = 0; i < a->chains * a->draws; i++)
        a->left[i] = 1;
    for (size_t i = 0; i < list->count; i++) {
        const spil_choice *const choice = &a->choices[list->targets[i].choice];
        const double *const value = a->from.chains.items[choice->chain];
        double *const left = a->left + choice->chain * a->draws;
        for (size_t b = 0; b < a->draws; b++)
            if (value[b] > 0)
                left[b] *= fmax(1 - choice->draw[b] / value[b], 0);
    }
    for (size_t b = 0; b < a->draws; b++) {
        a->gain[b] = 0;
        for (size_t c = 0; c < a->chains; c++)
            a->gain[b] += a->from.chains.items[c][b] * (1 - a->left[c * a->draws + b]);
    }
}

/* The least hours whose list gains half of `all`, to a hundredth of them. */
static spil_status find_half(double *half, const asking *a, double all, double hours, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double low = 0, high = hours, gain = 0;
    while (high - low > 0.01 * high) {
        const double middle = (low + high) / 2;
        TRY(gain_for(&gain, a, middle, err));
        *(gain < all / 2 ? &low : &high) = middle;
    }
    *half = high;
done:
    return rc;
}

static double curve(double hours, double half)
{
    return 1 - exp2(-hours / half);
}

static spil_status find_misfit(double *misfit, const asking *a, double all, double half,
                               spil_err *err)
{
    static const double at[] = {0.25, 2, 4};
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        double gain = 0;
        TRY(gain_for(&gain, a, at[i] * half, err));
        *misfit = fmax(*misfit, fabs(gain / all - curve(at[i] * half, half)));
    }
done:
    return rc;
}

/* Mean and ends, with the mean between the ends. */
static spil_allocate_number number_of(double mid, const double *values, size_t count,
                                      double *scratch)
{
    const spil_spread s = spil_spread_of(values, count, scratch);
    return (spil_allocate_number){mid, fmin(s.p5, mid), fmax(s.p95, mid)};
}

static spil_status spread_half(spil_returns *out, asking *a, const spil_target_list *all,
                               double *scratch, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *whole = NULL;
    spil_target_list *list = NULL;
    const double half = out->half.mid;
    TRY(NEW_ARRAY(whole, a->draws, err));
    TRY(list_for(&list, a, half, err));
    gain_by_draw(a, all);
    for (size_t b = 0; b < a->draws; b++)
        whole[b] = a->gain[b];
    gain_by_draw(a, list);
    for (size_t b = 0; b < a->draws; b++) { /* the half that a curve through this draw has */
        const double part = whole[b] > 0 ? a->gain[b] / whole[b] : 0.5;
        whole[b] = -half / log2(1 - fmin(fmax(part, 0.01), 0.99));
    }
    out->half = number_of(half, whole, a->draws, scratch);
done:
    spil_target_list_free(list);
    spil_free(whole);
    return rc;
}

static void add_chains(asking *a)
{
    for (size_t b = 0; b < a->draws; b++) {
        a->gain[b] = 0;
        for (size_t c = 0; c < a->chains; c++)
            a->gain[b] += a->from.chains.items[c][b];
    }
}

spil_status spil_returns_find(spil_returns *out, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    asking a = {.count = 0};
    spil_target_list *all = NULL;
    double *scratch = NULL;
    spil_returns found = {.misfit = 0};
    TRY(asking_open(&a, store, err));
    TRY(NEW_ARRAY(scratch, a.draws, err));
    TRY(list_for(&all, &a, HUGE_VAL, err));
    if (all->count == 0 || all->gain <= 0) {
        rc = spil_fail(err, SPIL_INPUT, "%s: the analysis has nothing to do in it",
                       spil_store_path(store));
        goto done;
    }
    add_chains(&a);
    found.harm = number_of(all->possible, a.gain, a.draws, scratch);
    found.reach = fmin(all->gain / all->possible, 1);
    TRY(find_half(&found.half.mid, &a, all->gain, all->money_used, err));
    TRY(spread_half(&found, &a, all, scratch, err));
    TRY(find_misfit(&found.misfit, &a, all->gain, found.half.mid, err));
    *out = found;
done:
    spil_target_list_free(all);
    spil_free(scratch);
    asking_close(&a);
    return rc;
}
