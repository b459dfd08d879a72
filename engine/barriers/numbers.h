/* numbers.h - the numbers of barrier models one by one: what each is called, how far it is doubted,
 * and a way to set it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     cannabis_cultivation.power.power_theft.lr    60   20 .. 180   assumed
 *     cannabis_cultivation.power.given             0.9  0.82 .. 0.95
 *
 * The range is the one that the draws use; where the draws take a number as it stands (unseen,
 * found, probability of a rule, harm) it is half and twice the odds, or half and twice the number.
 */
#ifndef SPIL_BARRIERS_NUMBERS_H
#define SPIL_BARRIERS_NUMBERS_H

#include "engine/barriers/model.h"

typedef enum spil_number_kind {
    SPIL_NUMBER_LR,
    SPIL_NUMBER_ROLE_LR, /* of a recorded role */
    SPIL_NUMBER_PRIOR,   /* of the model or a step */
    SPIL_NUMBER_GIVEN,
    SPIL_NUMBER_UNSEEN,
    SPIL_NUMBER_FOUND, /* of a signal: of weight where looks are on record alone (effort.h) */
    SPIL_NUMBER_PROBABILITY,
    SPIL_NUMBER_HARM
} spil_number_kind;

typedef struct spil_number {
    spil_number_kind kind;
    size_t order;       /* its position in the list */
    size_t model, step; /* step SIZE_MAX: of the model as a whole */
    const char *item;   /* signal code, id of the role, opportunity or rule; "" */
    spil_names names;   /* of the item, else of the step, else of the model */
    double mid, low, high;
    bool assumed;
    double *where;            /* in the model */
    double *low_at, *high_at; /* NULL: it has no range there */
} spil_number;

typedef struct spil_numbers {
    spil_number *items; /* by model, then as they stand in the file */
    size_t count;
} spil_numbers;

spil_status spil_numbers_list(spil_numbers *out, const spil_model_set *models,
                              spil_err *err) SPIL_CHECKED;
void spil_numbers_free(spil_numbers *numbers);

/* The model now has this value and no doubt about it; and as it was in the file. */
void spil_number_pin(const spil_number *number, double value);
void spil_number_reset(const spil_number *number);
/* Its point at the chance u, in (0, 1), of the distribution that is drawn: low at 0.05, the middle
 * at 0.5, high at 0.95; normal on the scale of log-odds (chances) or logs, on either side. */
double spil_number_point(const spil_number *number, double u);

const char *spil_number_word(spil_number_kind kind); /* "lr", "prior", ... */

#endif
