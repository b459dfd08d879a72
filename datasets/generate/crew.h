/* crew.h - a collaboration while it is being planted: who takes part in which step.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members are residents, firms and addresses of the cell; a seat says that one serves a step, in a
 * role or by being used. Open struct, used by plant.c and its parts alone.
 */
#ifndef SPIL_GENERATE_CREW_H
#define SPIL_GENERATE_CREW_H

#include "datasets/generate/attributes.h"
#include "engine/base/rng.h"

enum { SPIL_GEN_MEMBERS = 96, SPIL_GEN_SEATS = 256 };
enum {
    SPIL_GEN_NO_ROLE = SPIL_MODEL_ITEMS_MOST
}; /* the seat of a place or firm that a step merely uses */

typedef struct spil_gen_member {
    spil_entity_kind kind;
    uint32_t index;
    bool core;         /* person who is in it for the crime */
    bool cast;         /* its one use, or its one sector, is what the model asks for */
    const char *aware; /* facilitators: "yes" or "no"; else "" */
    const char *part;  /* for the truth file: core, facilitator, front, place */
} spil_gen_member;

typedef struct spil_gen_seat {
    uint32_t member, step, role;
} spil_gen_seat;

typedef struct spil_gen_plan {
    spil_gen_cell *cell;
    spil_rng rng;
    const spil_gen_columns *columns;
    const spil_model *model;
    uint64_t community; /* number + 1 */
    spil_gen_member members[SPIL_GEN_MEMBERS];
    spil_gen_seat seats[SPIL_GEN_SEATS];
    uint32_t member_count, seat_count;
} spil_gen_plan;

spil_gen_ref spil_gen_ref_of_member(const spil_gen_plan *p, uint32_t m);
/* Number of the new member; UINT32_MAX: nobody (index UINT32_MAX), or no room. */
uint32_t spil_gen_enlist(spil_gen_plan *p, spil_entity_kind kind, uint32_t index, const char *part,
                         const char *aware);
void spil_gen_sit(spil_gen_plan *p, uint32_t m, uint32_t step, uint32_t role);
/* An adult of the cell who is in no collaboration; UINT32_MAX: none was met. */
uint32_t spil_gen_free_adult(spil_gen_plan *p);
/* Fills the seats of the step, and tells the truth file that it is run. */
void spil_gen_run_step(spil_gen_plan *p, uint32_t step);
/* The kinds among those who serve the step. */
spil_kind_mask spil_gen_kinds_at(const spil_gen_plan *p, uint32_t step);
/* One of these kinds who serves the step, at random; UINT32_MAX: none. */
uint32_t spil_gen_server_of(spil_gen_plan *p, uint32_t step, spil_kind_mask mask);

#endif
