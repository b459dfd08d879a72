/* closest.h - exact harmonic closeness of chosen vertices, 64 in a search.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * h(s) = sum over v of 1/d(s, v): here the sum is the source's, so each level counts how often each
 * of the 64 bits is among those that reach a vertex. The counters stand on their side: plane b
 * holds bit b of all 64, and adding a word of ones and noughts is a carry through a few planes (a
 * vertical counter). Whole numbers, so any number of threads gives the same. O(m) a level.
 */
#ifndef SPIL_METRICS_CLOSEST_H
#define SPIL_METRICS_CLOSEST_H

#include "engine/metrics/narrow_wave.h"

/* harmonic: count values, of the chosen, which are different. Errors: SPIL_NO_MEMORY,
 * SPIL_CANCELLED. */
spil_status spil_closest_harmonic(spil_narrow_wave *w, const spil_vid *chosen, unsigned count,
                                  double *harmonic, spil_err *err) SPIL_CHECKED;

#endif
