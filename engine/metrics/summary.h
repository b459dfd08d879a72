/* summary.h - a network in twenty figures. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every figure is a double with a name and a formula, so that writers can loop over them. NaN: not
 * defined for this network, or too costly (the note below says where the limits lie).
 * s_k: vertices of component k; d: distance in links; k(v): degree; t(v): triangles at v.
 */
#ifndef SPIL_METRICS_SUMMARY_H
#define SPIL_METRICS_SUMMARY_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* field, English label, Dutch label, formula */
#define SPIL_SUMMARY_LIST(X)                                                                       \
    X(vertices, "Entities", "Entiteiten", "n")                                                     \
    X(edges, "Links", "Verbindingen", "m, pairs that are linked")                                  \
    X(weight_sum, "Sum of weights", "Som van de gewichten", "sum of w over the links")             \
    X(weight_max, "Largest weight", "Grootste gewicht", "max of w over the links")                 \
    X(components, "Components", "Deelnetwerken", "number of connected parts")                      \
    X(largest, "Largest component", "Grootste deelnetwerk", "max of s_k")                          \
    X(largest_edges, "Links in the largest component", "Verbindingen in het grootste deelnetwerk", \
      "links whose ends lie in the largest component, the first of equals")                        \
    X(density, "Density", "Dichtheid", "2 m / (n (n - 1))")                                        \
    X(diameter, "Diameter", "Diameter", "max of d in the largest component")                       \
    X(mean_path, "Mean path length", "Gemiddelde padlengte",                                       \
      "mean of d over the pairs of the largest component")                                         \
    X(transitivity, "Transitivity", "Transitiviteit", "sum of 2 t(v) / sum of k(v) (k(v) - 1)")    \
    X(mean_clustering, "Mean clustering", "Gemiddelde clustering",                                 \
      "mean of 2 t(v) / (k(v) (k(v) - 1)), 0 where k(v) < 2")                                      \
    X(assortativity, "Degree assortativity", "Assortativiteit naar graad",                         \
      "Pearson correlation of k at both ends of a link (Newman 2002)")                             \
    X(fragmentation, "Fragmentation F", "Fragmentatie F",                                          \
      "1 - sum of s_k (s_k - 1) / (n (n - 1)) (Borgatti 2006)")                                    \
    X(distance_fragmentation, "Distance-weighted fragmentation DF",                                \
      "Afstandsgewogen fragmentatie DF",                                                           \
      "1 - sum over ordered pairs of 1/d / (n (n - 1)) (Borgatti 2006)")                           \
    X(efficiency, "Global efficiency", "Globale efficientie",                                      \
      "sum over ordered pairs of 1/d / (n (n - 1)) (Latora & Marchiori 2001)")                     \
    X(max_core, "Largest coreness", "Grootste kerngetal", "max k with a non-empty k-core")         \
    X(clique_number, "Clique number", "Kliekgetal", "vertices of the largest complete subgraph")   \
    X(articulation_points, "Articulation points", "Scharnierpunten",                               \
      "vertices whose removal splits their component")                                             \
    X(bridges, "Bridges", "Bruggen", "links whose removal splits their component")

/* Open struct. */
typedef struct spil_summary {
#define X(field, en, nl, formula) double field;
    SPIL_SUMMARY_LIST(X)
#undef X
    uint32_t component_count;
    spil_vid *component_size; /* component_count, largest first */
} spil_summary;

typedef struct spil_summary_field {
    const char *name, *label_en, *label_nl, *formula;
    size_t offset; /* of the double in spil_summary */
} spil_summary_field;
extern const spil_summary_field spil_summary_fields[];
extern const size_t spil_summary_field_count;
double spil_summary_value(const spil_summary *summary, size_t field);

/* Distances are left out (NaN) above n m = 10^11, the clique number above 50,000 links or a
 * coreness of 60. Calls igraph: from one thread only. */
spil_status spil_summary_compute(spil_summary **out, const spil_csr *g, spil_progress *progress,
                                 spil_err *err) SPIL_CHECKED;
void spil_summary_free(spil_summary *summary);

#endif
