/* origin.h - where suspects come from, told by counts that name nobody.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only what a published table may hold is used: a count of SPIL_HOME_FEWEST or more as it is, a
 * smaller one (0 too) as "0 to 4". Every share is worked out from those ranges, with the widest
 * interval over all counts that fit, so that no figure gives away more than the table does, not
 * even to who takes totals and shares together. An interval is Jeffreys' Beta(k + 1/2, n - k + 1/2)
 * (Brown, Cai & DasGupta 2001), 90%.
 *
 * The share that lives abroad is bounded twice: with none of the unknown abroad, and with all.
 */
#ifndef SPIL_INTERVENTIONS_ORIGIN_H
#define SPIL_INTERVENTIONS_ORIGIN_H

#include "engine/store/facts.h"

typedef enum spil_home {
    SPIL_HOME_SAME,      /* the municipality that is looked at */
    SPIL_HOME_ELSEWHERE, /* another, same country */
    SPIL_HOME_ABROAD,
    SPIL_HOME_UNKNOWN,
    SPIL_HOME_COUNT
} spil_home;
/* "same municipality", "elsewhere in the country", "abroad", "unknown". */
const char *spil_home_text(spil_home origin);

enum {
    SPIL_HOME_FEWEST = 5,
    SPIL_HOME_SMALL = 30 /* of fewer than this in all, or where a count is hidden, warn */
};

/* A share that is not known to a point: interval ends over all counts that fit. */
typedef struct spil_home_share {
    double low, high;
} spil_home_share;

typedef struct spil_homes {
    uint64_t least[SPIL_HOME_COUNT], most[SPIL_HOME_COUNT]; /* as published */
    uint64_t total_least, total_most;
    spil_home_share share[SPIL_HOME_COUNT];  /* of all, unknown among them */
    spil_home_share none_abroad, all_abroad; /* abroad, if none or all of the unknown are */
    bool small;
} spil_homes;

spil_homes spil_homes_of(const uint64_t count[SPIL_HOME_COUNT]);

/* Suspects of a case: persons with a recorded role, or a suspect together with somebody. Their
 * recorded attributes `country_of_residence` and `municipality` say where they live, nothing else;
 * of a person with neither, the attributes `country` and `municipality` of the address that he is
 * recorded to live at (lives_at; of several the one without an end, then the one since latest, then
 * the first by key). A country that is not `country` (ISO code, or for NL the Dutch or English
 * name) is abroad; without a municipality, or with neither, it is unknown. Case of letters does not
 * matter. */
spil_status spil_homes_count(uint64_t count[SPIL_HOME_COUNT], const spil_facts *facts,
                             const char *municipality, const char *country,
                             spil_err *err) SPIL_CHECKED;

#endif
