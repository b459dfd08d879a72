/* pieces.h - a graph that loses vertices, kept as its connected pieces, each with its scores.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A removal touches one piece; only what is left of that piece is scored again. So a curve of
 * removals costs one search of the piece that changed a step, which shrinks as the network falls
 * apart.
 *
 *     one piece            remove v           two pieces, two runs of the scorer
 *     a - b - v - c - d    ------->    a - b         c - d        others keep their scores
 *
 * Rows of a piece keep the order of the whole graph, so ties by vertex number stay ties by vertex
 * number.
 */
#ifndef SPIL_INTERVENTIONS_PIECES_H
#define SPIL_INTERVENTIONS_PIECES_H

#include "engine/graph/csr.h"

/* Scores the n vertices of g; name[i] is the number of vertex i in the whole graph. */
typedef spil_status (*spil_piece_scorer)(const spil_csr *g, const spil_vid *name, void *user,
                                         double *score, spil_err *err);

typedef struct spil_pieces spil_pieces; /* opaque */

/* together: all that remains is scored as one graph, for scores that need the whole. g is borrowed.
 */
spil_status spil_pieces_new(spil_pieces **out, const spil_csr *g, bool together,
                            spil_piece_scorer scorer, void *user, spil_err *err) SPIL_CHECKED;
void spil_pieces_free(spil_pieces *pieces);

/* vertices: different ones that are still there. again: score what changed; without it the scores
 * stay as they were. */
spil_status spil_pieces_remove(spil_pieces *pieces, const spil_vid *vertices, size_t count,
                               bool again, spil_err *err) SPIL_CHECKED;

/* n values; NaN where the vertex is gone. Borrowed. */
const double *spil_pieces_score(const spil_pieces *pieces);

/* What remains of g without the vertices with gone[v] != 0, as a graph of its own. name: becomes
 * the numbers in g; spil_free. Edge ids are new, when g has them. */
spil_status spil_graph_without(spil_csr **out, spil_vid **name, const spil_csr *g,
                               const uint8_t *gone, spil_err *err) SPIL_CHECKED;

#endif
