/* draw.h - random draws: GSL's distributions on Spil's streams, and draws that need no stream.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draw belongs to an item (a signal, a link, a barrier) and to the number of the draw, never to a
 * thread or to the order of work: adding an item leaves the draws of all others as they were.
 */
#ifndef SPIL_STATS_DRAW_H
#define SPIL_STATS_DRAW_H

#include "engine/base/rng.h"

/* 64 bits of a text, of a number, and of both in this order (FNV-1a, then the finaliser of
 * SplitMix64). */
uint64_t spil_key_text(const char *text);
uint64_t spil_key_join(uint64_t key, uint64_t other);

/* The uniform draw number `draw` of the item `key`, in [0, 1); the same in any order of asking. */
static inline double spil_unit_at(uint64_t key, uint64_t draw)
{
    uint64_t z = key + (draw + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

/* Standard normal by inversion: one uniform, monotone in it. */
double spil_draw_normal(spil_rng *rng);
/* a, b > 0. */
double spil_draw_beta(spil_rng *rng, double a, double b);

/* ln of a likelihood ratio with this middle, 5% and 95% point: normal on the log scale, with a
 * width of its own on either side of the middle, so that all three points are met. 0 < low <= mid
 * <= high. */
double spil_draw_log_ratio(spil_rng *rng, double mid, double low, double high);

/* A chance with this middle, 5% and 95% point: its log-odds are normal, with a width of their own
 * on either side of the middle. 0 < low <= mid <= high < 1. */
double spil_draw_chance(spil_rng *rng, double mid, double low, double high);

#endif
