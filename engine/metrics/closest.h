/* closest.h - exact harmonic closeness of up to 512 chosen vertices, in one search.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * h(s) = sum over v of 1/d(s, v): here the sum is the source's, so each level counts how often each
 * of the 512 bits is among those that reach a vertex. The counters stand on their side: plane b
 * holds bit b of all 512, and adding a line of 512 ones and noughts is a carry through a few planes
 * (a vertical counter). Whole numbers, so any number of threads gives the same. O(m) a level.
 */
#ifndef SPIL_METRICS_CLOSEST_H
#define SPIL_METRICS_CLOSEST_H

#include "engine/metrics/wave.h"

/* w->part: of a core graph, its target the leaves that hang on a vertex (core_graph.h). harmonic:
 * count values, of the chosen, at most SPIL_WAVE_SOURCES different ones; leaf: what a leaf on each
 * would have. Both count leaves too. */
spil_status spil_closest_harmonic(spil_wave *w, const spil_vid *chosen, unsigned count,
                                  double *harmonic, double *leaf, spil_err *err) SPIL_CHECKED;

#endif
