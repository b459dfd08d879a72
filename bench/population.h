/* population.h - people, firms and addresses that do not exist, some of them recorded twice.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Households of one, two and four with unique addresses; families share the surname, half of the
 * spouses bear their partner's name, 1 child in 50 bears a parent's given name too, 1 family in 50
 * has twins. Surnames and given names follow a Zipf-Mandelbrot law (60,000 surnames, the commonest
 * borne by about 0.6%; 4,000 given names, the commonest by about 1.5%), made of syllables, so many
 * differ by a letter. 19 persons in 20 have a keyed hash of the date of birth. Firms with staff,
 * acquaintances.
 *
 * A second record of a person is made of the first by what registers do to names. The shares of
 * each error at corruption 1 are in population_rates below; where they come from:
 * docs/resolution.md, "How well". All scale with the corruption, up to 0.95, but for what loses
 * nothing (surname first, capitals). A second record has half of the person's ties, and a tie to
 * whom its register recorded again before goes to that record. A third of
 * the second records stand at a second record of the address (no postcode, shortened street, or a
 * typing error). Firms: legal form left out 40%, typing error 8%, chamber number missing 40%, moved
 * 10%. One person in ten who was recorded twice was so a third time.
 *
 * Several registers: a household stands in one of them (mixed: each person in one), and a second
 * record in any, be it the same. Names, homes and errors are the same people's for any number.
 *
 * What follows from seed and size alone.
 */
#ifndef SPIL_BENCH_POPULATION_H
#define SPIL_BENCH_POPULATION_H

#include "engine/store/facts.h"

/* Shares of second records at corruption 1. */
typedef struct population_rates {
    double surname_typed, prefix_lost, partner_added; /* with `swapped`: 18% of the surnames */
    double given_typed, other_form; /* with `swapped`: 12%; a short form, or the second name */
    double swapped, initials;       /* given name and surname; initials alone */
    double moved, nearby;           /* nearby: of those who moved, within the place */
    double no_address, no_birth, other_birth;
    /* of the typing errors: */
    double twice, first_letter, replaced, left_out, put_in; /* the rest: two letters swapped */
} population_rates;

extern const population_rates population_error_rates;

typedef struct population_opts {
    uint64_t persons, seed;        /* records of persons, about */
    double duplicates;             /* share of the persons that are recorded again */
    double corruption;             /* 1: as above */
    bool births;                   /* hashes of dates of birth are known at all */
    const population_rates *rates; /* NULL: population_error_rates */
    uint32_t registers;            /* 0: one */
    bool mixed;                    /* a household stands in several registers */
    bool no_links;                 /* nobody works or meets anybody */
} population_opts;

typedef struct population {
    spil_facts *facts;
    uint32_t *same; /* entity_count: entities of one number are one in truth */
} population;

spil_status population_make(population *out, const population_opts *opts,
                            spil_err *err) SPIL_CHECKED;
void population_free(population *people);

#endif
