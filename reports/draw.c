/* draw.c - see draw.h: the frame, the nodes. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"

#include <math.h>

#define MARGIN_X 84.0 /* room for names at the sides */
#define MARGIN_Y 30.0
#define STRETCH_MOST 1.6
#define ROUNDS 120
#define FRAME_MOST 150
#define STRAY 2.5

/* So many nodes want the whole width. */
static bool is_wide(size_t nodes)
{
    return nodes > 34;
}

static void choose_frame(spil_drawing *drawing, size_t nodes)
{
    drawing->wide = is_wide(nodes);
    drawing->font = nodes > 70 ? 11.5 : 12.5;
    drawing->width = drawing->wide ? 1120.0 : 680.0;
    drawing->height = nodes > 110 ? 940.0 : nodes > 70 ? 820.0 : drawing->wide ? 660.0 : 500.0;
    if (nodes <= 6)
        drawing->height = 320.0;
    if (nodes > FRAME_MOST) { /* as much paper for each node as the fullest frame has */
        drawing->width *= sqrt((double)nodes / FRAME_MOST);
        drawing->height *= sqrt((double)nodes / FRAME_MOST);
    }
}

static double radius_of(const spil_result_node *node)
{
    if (node->spil)
        return 11.0;
    return node->target ? 9.0 : node->holder ? 8.0 : 6.5;
}

static void start_nodes(spil_drawing *drawing, const spil_result *result, size_t community)
{
    const spil_result_community *const c = &result->communities[community];
    for (size_t i = 0; i < c->node_count; i++) {
        spil_drawn *const node = &drawing->nodes[i];
        *node = (spil_drawn){.x = c->nodes[i].x,
                             .y = c->nodes[i].y,
                             .r = radius_of(&c->nodes[i]),
                             .spil = c->nodes[i].spil};
        for (size_t t = 0; t < result->target_count && node->rank == 0; t++)
            if (result->targets[t].community == community &&
                result->targets[t].entity == c->nodes[i].entity)
                node->rank = result->targets[t].rank;
    }
}

/* The first principal axis becomes horizontal. */
static void turn(spil_drawing *drawing)
{
    double mx = 0.0, my = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
    const double n = (double)drawing->count;
    for (size_t i = 0; i < drawing->count; i++) {
        mx += drawing->nodes[i].x / n;
        my += drawing->nodes[i].y / n;
    }
    for (size_t i = 0; i < drawing->count; i++) {
        const double dx = drawing->nodes[i].x - mx, dy = drawing->nodes[i].y - my;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    const double angle = 0.5 * atan2(2.0 * xy, xx - yy), c = cos(angle), s = sin(angle);
    for (size_t i = 0; i < drawing->count; i++) {
        const double dx = drawing->nodes[i].x - mx, dy = drawing->nodes[i].y - my;
        drawing->nodes[i].x = c * dx + s * dy;
        drawing->nodes[i].y = c * dy - s * dx;
    }
}

/* In a large drawing a few loose pieces far off would press the rest together: what lies more than
 * so many deviations from the middle comes to stand at the border (push_apart). */
static void leave_strays(const spil_drawing *drawing, double *x0, double *x1, double *y0,
                         double *y1)
{
    const double n = (double)drawing->count;
    double mx = 0.0, my = 0.0, xx = 0.0, yy = 0.0;
    for (size_t i = 0; i < drawing->count; i++) {
        mx += drawing->nodes[i].x / n;
        my += drawing->nodes[i].y / n;
    }
    for (size_t i = 0; i < drawing->count; i++) {
        xx += (drawing->nodes[i].x - mx) * (drawing->nodes[i].x - mx) / n;
        yy += (drawing->nodes[i].y - my) * (drawing->nodes[i].y - my) / n;
    }
    *x0 = fmax(*x0, mx - STRAY * sqrt(xx));
    *x1 = fmin(*x1, mx + STRAY * sqrt(xx));
    *y0 = fmax(*y0, my - STRAY * sqrt(yy));
    *y1 = fmin(*y1, my + STRAY * sqrt(yy));
}

static void fit(spil_drawing *drawing)
{
    double x0 = HUGE_VAL, x1 = -HUGE_VAL, y0 = HUGE_VAL, y1 = -HUGE_VAL;
    for (size_t i = 0; i < drawing->count; i++) {
        x0 = fmin(x0, drawing->nodes[i].x);
        x1 = fmax(x1, drawing->nodes[i].x);
        y0 = fmin(y0, drawing->nodes[i].y);
        y1 = fmax(y1, drawing->nodes[i].y);
    }
    if (drawing->count > FRAME_MOST)
        leave_strays(drawing, &x0, &x1, &y0, &y1);
    const double width = drawing->width - 2.0 * MARGIN_X;
    const double height = drawing->height - 2.0 * MARGIN_Y;
    double sx = x1 > x0 ? width / (x1 - x0) : HUGE_VAL;
    double sy = y1 > y0 ? height / (y1 - y0) : HUGE_VAL;
    const double most = STRETCH_MOST * fmin(sx, sy);
    sx = isfinite(most) ? fmin(sx, most) : 0.0;
    sy = isfinite(most) ? fmin(sy, most) : 0.0;
    for (size_t i = 0; i < drawing->count; i++) {
        spil_drawn *const node = &drawing->nodes[i];
        node->x = 0.5 * drawing->width + sx * (node->x - 0.5 * (x0 + x1));
        node->y = 0.5 * drawing->height + sy * (node->y - 0.5 * (y0 + y1));
    }
}

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

/* One round over all pairs; true when something moved. */
static bool push_apart(spil_drawing *drawing, double gap)
{
    bool moved = false;
    for (size_t i = 0; i < drawing->count; i++)
        for (size_t j = i + 1; j < drawing->count; j++) {
            spil_drawn *const a = &drawing->nodes[i], *const b = &drawing->nodes[j];
            double dx = b->x - a->x, dy = b->y - a->y;
            const double wanted = a->r + b->r + gap;
            if (dx * dx + dy * dy > wanted * wanted)
                continue;
            double distance = hypot(dx, dy);
            if (distance >= wanted)
                continue;
            if (distance < 1e-9) { /* on top of each other: part along an angle of their own */
                dx = cos((double)(i + j));
                dy = sin((double)(i + j));
                distance = 1.0;
                a->x -= 1e-6 * dx;
            }
            const double step = 0.5 * (wanted - distance) / distance;
            a->x -= step * dx;
            a->y -= step * dy;
            b->x += step * dx;
            b->y += step * dy;
            moved = true;
        }
    for (size_t i = 0; i < drawing->count; i++) {
        spil_drawn *const node = &drawing->nodes[i];
        node->x = clamp(node->x, 0.5 * MARGIN_X, drawing->width - 0.5 * MARGIN_X);
        node->y = clamp(node->y, MARGIN_Y, drawing->height - MARGIN_Y);
    }
    return moved;
}

spil_status spil_draw_community(spil_drawing **out, const spil_result *result, size_t community,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_drawing *drawing = NULL;
    const spil_result_community *const c = &result->communities[community];
    TRY(NEW(drawing, err));
    TRY(NEW_ARRAY(drawing->nodes, c->node_count, err));
    drawing->count = c->node_count;
    choose_frame(drawing, c->node_count);
    start_nodes(drawing, result, community);
    if (drawing->count > 0) {
        turn(drawing);
        fit(drawing);
    }
    for (size_t round = 0; round < ROUNDS && push_apart(drawing, 12.0); round++)
        ;
    TRY(spil_draw_labels(drawing, result, c, err));
    *out = drawing;
    drawing = NULL;
done:
    spil_drawing_free(drawing);
    return rc;
}

void spil_drawing_free(spil_drawing *drawing)
{
    if (!drawing)
        return;
    for (size_t i = 0; drawing->nodes && i < drawing->count; i++)
        spil_free(drawing->nodes[i].label);
    spil_free(drawing->nodes);
    spil_free(drawing);
}
