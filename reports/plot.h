/* plot.h - curves as one SVG picture that needs nothing else. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * Lines from left to right over numbers from 0, with a light band where low and high are given.
 * Each line has a colour, a dash pattern and its name in the key, so that it reads without colour;
 * the same line of every plot has the same. The picture grows with the names in the key.
 */
#ifndef SPIL_REPORTS_PLOT_H
#define SPIL_REPORTS_PLOT_H

#include "engine/base/str.h"

/* Open struct; all borrowed. */
typedef struct spil_plot_line {
    const char *name;
    const double *x, *y;      /* count each, x rising */
    const double *low, *high; /* count each, or NULL */
    size_t count;
} spil_plot_line;

typedef struct spil_plot {
    const char *title, *x_label, *y_label;
    const spil_plot_line *lines;
    size_t line_count;
    double y_most; /* top of the axis; 0: from the data */
} spil_plot;

/* Appends one document, count > 0 plots one under the other; values that are not finite break the
 * line. */
void spil_plot_svg(spil_str *out, const spil_plot *plots, size_t count);

#endif
