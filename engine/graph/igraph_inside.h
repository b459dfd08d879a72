/* igraph_inside.h - what the files that call igraph share. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * For igraph_*.c alone. Differences between the versions of igraph (0.10.2 up to 1.0) that touch a
 * type stand here, those of a call in igraph_view.c.
 */
#ifndef SPIL_GRAPH_IGRAPH_INSIDE_H
#define SPIL_GRAPH_IGRAPH_INSIDE_H

#include "engine/graph/csr.h"

#include <igraph.h>

#if IGRAPH_VERSION_MAJOR >= 1
#define SIGNATURE_1_0 1
typedef igraph_int_t ig_int;
#else
#define SIGNATURE_1_0 0
typedef igraph_integer_t ig_int;
#endif

struct spil_igraph {
    igraph_t graph;
    igraph_vector_t weight; /* by edge number */
    spil_vid n;
    spil_eid m;
};

/* Before any call: igraph neither aborts nor prints, and keeps attributes. */
void spil_igraph_quiet(void);
/* SPIL_OK, SPIL_NO_MEMORY, or SPIL_MATH with igraph's text. */
spil_status spil_igraph_status(igraph_error_t code, const char *what, spil_err *err) SPIL_CHECKED;
#define TRY_IGRAPH(call, what) TRY(spil_igraph_status((call), (what), err))

#endif
