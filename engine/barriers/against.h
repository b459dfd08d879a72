/* against.h - what was looked for at each step of each pair, and not found: the other side of
 * effort.h. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BARRIERS_AGAINST_H
#define SPIL_BARRIERS_AGAINST_H

#include "engine/barriers/effort.h"
#include "engine/barriers/evidence.h"

typedef struct spil_against_place {
    const spil_facts *facts;
    const spil_network *network;
    const spil_model_set *models;
    const spil_effort *looks; /* NULL: nobody recorded a look */
    const size_t *member_row; /* as in spil_evidence_collect */
    const spil_vid *member;
} spil_against_place;

/* Fills evidence->against, whose facts and pairs are there; it stays NULL without looks. */
spil_status spil_against_find(spil_evidence *evidence, const spil_against_place *place,
                              spil_err *err) SPIL_CHECKED;

#endif
