/* twins.h - a block in which vertices with equal neighbours are one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For betweenness (Puzis et al. 2012, SocialCom, "Heuristics for speeding up betweenness centrality
 * computation"; Sariyuce et al. 2013, SDM, "Shattering and compressing networks", BADIOS). Two
 * vertices are twins when they have the same neighbours, themselves left out: apart (the persons
 * who live at the same addresses), or linked (a household that knows the same people). Every
 * search comes to twins at the same level along as many paths, so one stands for all: it sends
 * `copies` times its path count onwards, and is a source and a target as often as they are
 * together.
 *
 *     1   3          1, 2 and 3 are twins apart: one vertex with copies 3.
 *     |\ /|          Paths between two of them run through 4 and 5 alone, half of them each, and
 *     | X |          are counted in `between` without a search; nothing stands between linked
 *     4   5 - ...    twins.
 *      \ /
 *       2
 *
 * Exact: the sums are those of Brandes, with equal terms added at once. Edges are not shared out in
 * this way: an edge to one twin carries what is meant for that one. O(m + n log n).
 */
#ifndef SPIL_METRICS_TWINS_H
#define SPIL_METRICS_TWINS_H

#include "engine/metrics/parts.h"

/* Open struct. */
typedef struct spil_twins {
    spil_part part;  /* merged; its copies are NULL when the block has no twins */
    spil_vid *of;    /* by vertex of the block: its number in the merged part; NULL: its own */
    double *between; /* by vertex of the merged part: ordered pairs of twins that pass each of its
                        members; NULL when there are no twins */
    spil_eid *row;
    spil_vid *col, *name;
    double *source, *target, *copies;
} spil_twins;

/* Arrays of the block that is not merged are borrowed. Zeroed on failure. */
spil_status spil_twins_merge(spil_twins *out, const spil_part *block, spil_err *err) SPIL_CHECKED;
void spil_twins_release(spil_twins *twins);

#endif
