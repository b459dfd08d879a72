/* misses.h - which true pairs resolution does not find, and why. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_BENCH_MISSES_H
#define SPIL_BENCH_MISSES_H

#include "bench/population.h"
#include "engine/resolution/resolve.h"

#include <stdio.h>

/* A line for each way in which pairs of persons are missed or wrongly merged and for each pattern
 * of it, the commonest first, `most` of them; then how often pairs of each probability are true.
 * resolution: made with a low `review`, since only of doubtful pairs it is known why they were not
 * merged. group: of each entity, its cluster. */
spil_status misses_print(FILE *out, const population *people, const spil_resolution *resolution,
                         const uint32_t *group, size_t most, spil_err *err) SPIL_CHECKED;

#endif
