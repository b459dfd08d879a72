/* memo.h - terms of a step that were worked out before. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A trial asks for the same terms over and over: the seats of a step depend on who is there and who
 * is taken out alone, so they come back draw after draw; its evidence is new in each draw, but
 * within one it comes back with every set of facts that takes the same ones from this step. Each
 * step has a small table, a place for each pattern; what was in the place gives way. The numbers
 * are those of chain.h, to the bit. Of one thread.
 */
#ifndef SPIL_BARRIERS_MEMO_H
#define SPIL_BARRIERS_MEMO_H

#include "engine/barriers/chain.h"

typedef struct spil_memo spil_memo;

/* The case is borrowed. */
spil_status spil_memo_new(spil_memo **out, const spil_case *chain_case, spil_err *err) SPIL_CHECKED;
void spil_memo_free(spil_memo *memo);

/* Draw b: number is its row, off says who is there (nobody is taken out yet). Both are borrowed
 * until the next draw. */
void spil_memo_draw(spil_memo *memo, size_t b, const double *number, uint8_t *off);
/* spil_chain_step of every step of the draw; terms of the memo, steps each, until the next draw. */
const spil_step_terms *spil_memo_terms(const spil_memo *memo);
/* spil_chain_value of the draw without these facts, all of which count in it. */
double spil_memo_value_without(spil_memo *memo, const uint32_t *facts, size_t count);
/* spil_chain_role of all roles of the step, in their order, in the draw; good until the next
 * question. */
const spil_seat_terms *spil_memo_roles(spil_memo *memo, size_t step);

#endif
