/* sensitivity.h - which assumed number of the models moves the ranking most.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ranking is that of all scored pairs (community, model) by harm x chain, at the middle of
 * every number and with every link there (replay.h). How far another ranking is from it: mean over
 * its first `top` of the places by which they move. Each assumed number is set to the low and the
 * high end of its range alone; the numbers that move the ranking most are then drawn together, and
 * the variance of the distance is split over them (Sobol indices, sobol.h), all others at their
 * middle.
 */
#ifndef SPIL_BARRIERS_SENSITIVITY_H
#define SPIL_BARRIERS_SENSITIVITY_H

#include "engine/barriers/numbers.h"
#include "engine/barriers/score.h"

typedef struct spil_sensitivity_row {
    spil_number number;
    double shift_low, shift_high; /* mean places moved at either end */
    double kept;                  /* share of the first `top` that stay among them, at the worse */
    double total_low, total_high; /* sum of harm x chain of the first `top`, over what it is */
    double first, total;          /* Sobol indices; NaN: it is not among those drawn */
} spil_sensitivity_row;

/* Open struct. */
typedef struct spil_sensitivity {
    spil_sensitivity_row *rows; /* by total index, then by the larger shift; ties as in the files */
    size_t count, pairs, top;   /* top: as asked, at most the pairs */
    size_t samples, drawn;      /* drawn: numbers with indices */
    spil_numbers numbers;       /* what the rows' texts live in, with the models */
} spil_sensitivity;

typedef struct spil_sensitivity_opts {
    size_t top;     /* of the ranking that counts */
    spil_day as_of; /* SPIL_NO_DAY: the newest date recorded */
    size_t samples; /* N: of a matrix; evaluations are N (numbers drawn + 2). 0: no indices */
    spil_progress *progress;
} spil_sensitivity_opts;

#define SPIL_SENSITIVITY_OPTS_DEFAULTS                                                             \
    {                                                                                              \
        .top = 20, .as_of = SPIL_NO_DAY, .samples = 256                                            \
    }

/* O(numbers x facts + samples x drawn x facts), on all threads; the same for any number of them.
 * SPIL_NOT_FOUND when no pair is scored. */
spil_status spil_sensitivity_find(spil_sensitivity *out, const spil_facts *facts,
                                  const spil_network *network, const spil_communities *communities,
                                  const spil_model_set *models, const spil_sensitivity_opts *opts,
                                  spil_err *err) SPIL_CHECKED;
void spil_sensitivity_clear(spil_sensitivity *it);

#endif
