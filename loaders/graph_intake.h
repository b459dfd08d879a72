/* graph_intake.h - a network of another program into the store: what its loaders share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is read as a whole, up to SPIL_MAX_GRAPH bytes unpacked. Attributes of vertices: kind,
 * type, name or label; all others are kept as attributes, traits dropped. Of edges: kind, type,
 * weight, confidence, since, until. Readers do not say in which line a thing stands, so the "line"
 * of a vertex is its number (1 = first), of an edge its number behind the last vertex.
 */
#ifndef SPIL_LOADERS_GRAPH_INTAKE_H
#define SPIL_LOADERS_GRAPH_INTAKE_H

#include "engine/graph/igraph_files.h"
#include "loaders/intake.h"

/* merge: pairs that stand twice, also reversed, are one link, as in lists of pairs. */
spil_status spil_intake_graph(spil_intake *intake, spil_graph_format format, bool merge,
                              spil_err *err) SPIL_CHECKED;

/* For formats that their first bytes alone tell. */
spil_fit spil_graph_recognise(const spil_header *header, const spil_import_opts *opts, bool forced);

#endif
