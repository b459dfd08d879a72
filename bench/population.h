/* population.h - people, firms and addresses that do not exist, some of them recorded twice.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Households of one, two and four with unique addresses; families share the surname, 1 child in 200
 * bears a parent's given name too, 1 family in 50 has twins, half of the spouses bear their
 * partner's name. Surnames and
 * given names follow a Zipf-Mandelbrot law (60,000 surnames, the commonest borne by about 0.6%;
 * 4,000 given names, the commonest by about 1.5%), made of syllables, so many differ by a letter.
 * Nine persons in ten have a keyed hash of the date of birth. Firms with staff, acquaintances.
 *
 * A second record of a person is made of the first by what registers do to names. At corruption 1:
 *     initials for given names 25%      typing error in the surname 8%, in the given name 6%
 *     prefix lost 5%                    partner's surname added 3%      given and surname swapped
 * 2% moved house 10%                   address missing 5%              birth missing 5%, wrong 1%
 *     surname first, with a comma 30%, capitals 15% (nothing lost)      half of the ties are its
 * own All chances but those that lose nothing scale with the corruption, up to 0.95. A third of the
 * second records stand at a second record of the address (no postcode, shortened street, or a
 * typing error). Firms: legal form left out 40%, typing error 8%, chamber number missing 40%, moved
 * 10%. One person in ten who was recorded twice was so a third time.
 *
 * What follows from seed and size alone.
 */
#ifndef SPIL_BENCH_POPULATION_H
#define SPIL_BENCH_POPULATION_H

#include "engine/store/facts.h"

typedef struct population_opts {
    uint64_t persons, seed; /* records of persons, about */
    double duplicates;      /* share of the persons that are recorded again */
    double corruption;      /* 1: as above */
    bool births;            /* hashes of dates of birth are known at all */
} population_opts;

typedef struct population {
    spil_facts *facts;
    uint32_t *same; /* entity_count: entities of one number are one in truth */
} population;

spil_status population_make(population *out, const population_opts *opts,
                            spil_err *err) SPIL_CHECKED;
void population_free(population *people);

#endif
