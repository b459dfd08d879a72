/* draw.h - where the nodes and names of a community go on paper.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The result brings positions by force; here they are turned so that the longest way lies flat,
 * fitted to the frame, and pushed apart until no two nodes touch. Then each name looks for a free
 * place beside its node, the most telling nodes first: right, left, below, above and the four
 * corners, the fewest lines crossed; first in full, then shortened. A name without a place is left
 * to the list beneath the drawing.
 */
#ifndef SPIL_REPORTS_DRAW_H
#define SPIL_REPORTS_DRAW_H

#include "reports/report.h"

typedef struct spil_drawn {
    double x, y, r;
    bool spil;               /* has a ring around it */
    uint32_t rank;           /* of the first target on this node; 0: none */
    char *label;             /* owned; NULL: no room */
    double label_x, label_y; /* of the baseline */
    const char *anchor;      /* "start", "middle", "end" */
} spil_drawn;

/* Open struct. One drawn a node, in their order. */
typedef struct spil_drawing {
    double width, height, font;
    bool wide; /* wants the whole width of the page */
    spil_drawn *nodes;
    size_t count, unlabelled;
} spil_drawing;

/* community: position in the result. O(n^2 + n m). */
spil_status spil_draw_community(spil_drawing **out, const spil_result *result, size_t community,
                                spil_err *err) SPIL_CHECKED;
void spil_drawing_free(spil_drawing *drawing);

/* The second half, in draw_label.c: fills label, label_x, label_y and anchor. */
spil_status spil_draw_labels(spil_drawing *drawing, const spil_result *result,
                             const spil_result_community *community, spil_err *err) SPIL_CHECKED;

#endif
