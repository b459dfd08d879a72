/* draw.c - see draw.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/draw.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <limits.h>
#include <math.h>

static const double ninety_five = 1.6448536269514722; /* 95% point of the standard normal */

uint64_t spil_key_text(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return spil_key_join(hash, 0);
}

uint64_t spil_key_join(uint64_t key, uint64_t other)
{
    uint64_t z = key * UINT64_C(0xd1342543de82ef95) + other + UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* ---- our stream as a generator of GSL ---- */

static void set_nothing(void *state, unsigned long seed)
{
    (void)state, (void)seed; /* the stream comes seeded */
}

static unsigned long get_long(void *state)
{
    return (unsigned long)spil_rng_u64(state);
}

static double get_unit(void *state)
{
    return spil_rng_unit(state);
}

static const gsl_rng_type lent = {
    .name = "spil",
    .max = ULONG_MAX,
    .min = 0,
    .size = sizeof(spil_rng),
    .set = set_nothing,
    .get = get_long,
    .get_double = get_unit,
};

double spil_draw_normal(spil_rng *rng)
{
    const double inside = ((double)(spil_rng_u64(rng) >> 11) + 0.5) * 0x1.0p-53; /* (0, 1) */
    return gsl_cdf_ugaussian_Pinv(inside);
}

double spil_draw_beta(spil_rng *rng, double a, double b)
{
    const gsl_rng view = {&lent, rng};
    return gsl_ran_beta(&view, a, b);
}

double spil_draw_log_ratio(spil_rng *rng, double mid, double low, double high)
{
    const double z = spil_draw_normal(rng);
    const double width = z < 0 ? log(mid / low) : log(high / mid);
    return log(mid) + z * width / ninety_five;
}

static double log_odds(double chance)
{
    return log(chance / (1 - chance));
}

double spil_draw_chance(spil_rng *rng, double mid, double low, double high)
{
    const double z = spil_draw_normal(rng);
    if (low == high)
        return mid;
    const double width = z < 0 ? log_odds(mid) - log_odds(low) : log_odds(high) - log_odds(mid);
    return 1 / (1 + exp(-(log_odds(mid) + z * width / ninety_five)));
}
