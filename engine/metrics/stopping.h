/* stopping.h - when enough has been drawn to know many shares at once, and what is then sure.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * n things are hit or not by each draw, each with its own true share b(v); a first lot of draws,
 * which is then thrown away, gives a rough p(v). All shares are to be within `error` of b with a
 * chance of failure of at most `chance` for all together. As in KADABRA (Borassi & Natale 2016) the
 * chance is spent where it is needed: the number of draws t is the smallest with
 *
 *     sum over v of w(v) <= 1,   w(v) chance = 1/4 chance / n + the chance that a normal of
 * variance p (1 - p) / t is off by more than error,
 *
 * so things of small share cost nothing and the few at the top need no ln(n). Planning by the
 * normal is a guess; the check after t new draws is not: exact intervals at the chance w(v) each
 * (stats/proportion.h), where KADABRA and SILVAN take inequalities that want two to four times the
 * draws. When the check fails, more are drawn and another part of the chance is spent: of what
 * there is, four fifths are for the first look, the rest for five more. Only a third of the chance
 * asked for is spent at all, so that with a confidence of 0.9 a hundred runs do not by bad luck
 * show more than five misses.
 */
#ifndef SPIL_METRICS_STOPPING_H
#define SPIL_METRICS_STOPPING_H

#include "engine/graph/csr.h"

enum { SPIL_LOOKS = 6 };

typedef struct spil_stopping {
    spil_vid n;
    double error, chance;
    uint64_t draws; /* that should do, for the first look */
    float *weight;  /* n: w(v); they add up to at most 1 */
} spil_stopping;

/* hits: of the first lot, n. 0 < error, 0 < chance < 1. Caller: spil_stopping_free. */
spil_status spil_stopping_plan(spil_stopping **out, const uint32_t *hits, spil_vid n,
                               uint64_t draws, double error, double chance,
                               spil_err *err) SPIL_CHECKED;
void spil_stopping_free(spil_stopping *stopping);

/* look: 0..SPIL_LOOKS-1, each asked once. True when all shares are within the error. */
bool spil_stopping_enough(const spil_stopping *stopping, const uint32_t *hits, uint64_t draws,
                          unsigned look);

/* What is sure, with the chance of all, of values base(v) + scale * share(v). */
typedef struct spil_sure {
    uint32_t ranks;   /* the first so many are in their true order, each above all that follow;
                       at most 4096 when there are more things */
    double top_error; /* largest |value - true| / value of the ten largest */
} spil_sure;

/* base: n values known exactly; the look at which it was enough. O(n). */
spil_status spil_stopping_sure(spil_sure *out, const spil_stopping *stopping, const double *base,
                               double scale, const uint32_t *hits, uint64_t draws, unsigned look,
                               spil_err *err) SPIL_CHECKED;

#endif
