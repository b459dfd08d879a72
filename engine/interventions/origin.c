/* origin.c - see origin.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/origin.h"

#include <gsl/gsl_cdf.h>

const char *spil_home_text(spil_home origin)
{
    static const char *const texts[SPIL_HOME_COUNT] = {[SPIL_HOME_SAME] = "same municipality",
                                                       [SPIL_HOME_ELSEWHERE] =
                                                           "elsewhere in the country",
                                                       [SPIL_HOME_ABROAD] = "abroad",
                                                       [SPIL_HOME_UNKNOWN] = "unknown"};
    return texts[origin];
}

/* The low end rises with the hits and falls with the others, so the ends of the ranges give the
 * widest interval. */
static spil_home_share widest(uint64_t hits_least, uint64_t hits_most, uint64_t others_least,
                              uint64_t others_most)
{
    const double tail = 0.05;
    const double a = (double)hits_least, b = (double)others_most;
    const double c = (double)hits_most, d = (double)others_least;
    return (spil_home_share){.low = a > 0 ? gsl_cdf_beta_Pinv(tail, a + 0.5, b + 0.5) : 0,
                             .high = d > 0 ? gsl_cdf_beta_Qinv(tail, c + 0.5, d + 0.5) : 1};
}

spil_homes spil_homes_of(const uint64_t count[SPIL_HOME_COUNT])
{
    spil_homes out = {0};
    bool hidden = false;
    for (int o = 0; o < SPIL_HOME_COUNT; o++) {
        const bool few = count[o] < SPIL_HOME_FEWEST;
        out.least[o] = few ? 0 : count[o];
        out.most[o] = few ? SPIL_HOME_FEWEST - 1 : count[o];
        out.total_least += out.least[o];
        out.total_most += out.most[o];
        hidden = hidden || few;
    }
    for (int o = 0; o < SPIL_HOME_COUNT; o++)
        out.share[o] = widest(out.least[o], out.most[o], out.total_least - out.least[o],
                              out.total_most - out.most[o]);
    out.none_abroad = out.share[SPIL_HOME_ABROAD];
    out.all_abroad = widest(out.least[SPIL_HOME_ABROAD] + out.least[SPIL_HOME_UNKNOWN],
                            out.most[SPIL_HOME_ABROAD] + out.most[SPIL_HOME_UNKNOWN],
                            out.least[SPIL_HOME_SAME] + out.least[SPIL_HOME_ELSEWHERE],
                            out.most[SPIL_HOME_SAME] + out.most[SPIL_HOME_ELSEWHERE]);
    out.small = hidden || out.total_most < SPIL_HOME_SMALL;
    return out;
}
