/* draw_label.c - see draw.h: the names. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Greedy, most telling node first. A place is free when it lies in the frame and covers no node and
 * no name; of the free places the cheapest is taken: its rank in the order of preference, and what
 * each line under it costs.
 */
#include "reports/draw.h"
#include "reports/escape.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LINE_COST 0.6
#define PLACE_COST 0.3
#define FRAME 8.0 /* no name comes closer to the edge: widths are estimates */
#define BOLD 1.2  /* how much wider and larger the names of the spil and of targets are */

typedef struct box {
    double x0, y0, x1, y1;
} box;

static const struct {
    double dx, dy; /* direction from the node */
    const char *anchor;
} places[] = {
    {1.0, 0.0, "start"}, {-1.0, 0.0, "end"},   {0.0, 1.0, "middle"}, {0.0, -1.0, "middle"},
    {0.8, 0.8, "start"}, {0.8, -0.8, "start"}, {-0.8, 0.8, "end"},   {-0.8, -0.8, "end"},
};
enum { PLACES = sizeof places / sizeof places[0] };

static const double widths[] = {24.0, 15.0, 9.0}; /* ems: in full, shorter, short */

typedef struct labeller {
    spil_drawing *drawing;
    const spil_result_community *community;
    box *taken;
    size_t taken_count;
} labeller;

static bool overlap(const box *a, const box *b)
{
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static box place_box(const labeller *l, const spil_drawn *node, size_t place, double width)
{
    const double font = l->drawing->font, gap = node->r + (node->spil ? 9.0 : 4.0);
    const double x = node->x + gap * places[place].dx;
    const double y = node->y + (gap + 0.45 * font) * places[place].dy;
    const double left = places[place].dx > 0.0   ? x
                        : places[place].dx < 0.0 ? x - width
                                                 : x - 0.5 * width;
    return (box){left - 2.0, y - 0.6 * font, left + width + 2.0, y + 0.6 * font};
}

static bool box_free(const labeller *l, const box *b, size_t own)
{
    if (b->x0 < FRAME || b->y0 < FRAME || b->x1 > l->drawing->width - FRAME ||
        b->y1 > l->drawing->height - FRAME)
        return false;
    for (size_t i = 0; i < l->taken_count; i++)
        if (overlap(b, &l->taken[i]))
            return false;
    for (size_t i = 0; i < l->drawing->count; i++) {
        const spil_drawn *const node = &l->drawing->nodes[i];
        const box disc = {node->x - node->r, node->y - node->r, node->x + node->r,
                          node->y + node->r};
        if (i != own && overlap(b, &disc))
            return false;
    }
    return true;
}

/* Liang & Barsky 1984: does the line from a to b pass through the box? */
static bool crosses(const spil_drawn *a, const spil_drawn *b, const box *area)
{
    const double dx = b->x - a->x, dy = b->y - a->y;
    const double p[4] = {-dx, dx, -dy, dy};
    const double q[4] = {a->x - area->x0, area->x1 - a->x, a->y - area->y0, area->y1 - a->y};
    double from = 0.0, to = 1.0;
    for (size_t i = 0; i < 4; i++) {
        if (fabs(p[i]) < 1e-12) {
            if (q[i] < 0.0)
                return false;
            continue;
        }
        const double t = q[i] / p[i];
        if (p[i] < 0.0)
            from = fmax(from, t);
        else
            to = fmin(to, t);
    }
    return from <= to;
}

static double lines_under(const labeller *l, const box *b)
{
    double count = 0.0;
    for (size_t e = 0; e < l->community->edge_count; e++) {
        const spil_result_edge *const edge = &l->community->edges[e];
        if (crosses(&l->drawing->nodes[edge->from], &l->drawing->nodes[edge->to], b))
            count += 1.0;
    }
    return count;
}

/* The cheapest free place for a text so wide; PLACES when there is none. */
static size_t best_place(const labeller *l, size_t own, double width, box *out)
{
    size_t best = PLACES;
    double least = HUGE_VAL;
    for (size_t place = 0; place < PLACES; place++) {
        const box b = place_box(l, &l->drawing->nodes[own], place, width);
        if (!box_free(l, &b, own))
            continue;
        const double cost = PLACE_COST * (double)place + LINE_COST * lines_under(l, &b);
        if (cost < least) {
            least = cost;
            best = place;
            *out = b;
        }
    }
    return best;
}

static spil_status place_label(labeller *l, size_t i, const char *name, spil_err *err)
{
    spil_drawn *const node = &l->drawing->nodes[i];
    const double font = l->drawing->font * (node->rank > 0 || node->r > 10.0 ? BOLD : 1.0);
    const double extra = node->rank > 0 ? (node->rank > 9 ? 2.0 : 1.4) * font : 0.0;
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
        spil_str text = SPIL_STR_INIT;
        spil_text_shorten(&text, name, widths[w]);
        const spil_status rc = spil_str_status(&text, err);
        if (rc != SPIL_OK) {
            spil_str_free(&text);
            return rc;
        }
        box b;
        const double width = extra + font * spil_text_width(spil_str_text(&text));
        const size_t place = best_place(l, i, width, &b);
        if (place < PLACES) {
            node->label = text.text;
            node->anchor = places[place].anchor;
            node->label_x = places[place].dx > 0.0   ? b.x0 + 2.0
                            : places[place].dx < 0.0 ? b.x1 - 2.0
                                                     : 0.5 * (b.x0 + b.x1);
            node->label_y = b.y1 - 0.24 * font;
            l->taken[l->taken_count++] = b;
            return SPIL_OK;
        }
        spil_str_free(&text);
    }
    l->drawing->unlabelled++;
    return SPIL_OK;
}

typedef struct telling {
    size_t node;
    double mark, fall, degree;
} telling;

static int more_telling(const void *a, const void *b)
{
    const telling *const x = a, *const y = b;
    if (x->mark != y->mark)
        return x->mark > y->mark ? -1 : 1;
    if (x->fall != y->fall)
        return x->fall > y->fall ? -1 : 1;
    if (x->degree != y->degree)
        return x->degree > y->degree ? -1 : 1;
    return x->node < y->node ? -1 : 1;
}

spil_status spil_draw_labels(spil_drawing *drawing, const spil_result *result,
                             const spil_result_community *community, spil_err *err)
{
    spil_status rc = SPIL_OK;
    telling *order = NULL;
    labeller l = {.drawing = drawing, .community = community};
    TRY(NEW_ARRAY(order, drawing->count, err));
    TRY(NEW_ARRAY(l.taken, drawing->count, err));
    for (size_t i = 0; i < drawing->count; i++) {
        const spil_result_node *const node = &community->nodes[i];
        const double mark = node->spil ? 3.0 : node->target ? 2.0 : node->holder ? 1.0 : 0.0;
        order[i] = (telling){i, mark, node->fall, node->degree};
    }
    qsort(order, drawing->count, sizeof *order, more_telling);
    for (size_t i = 0; i < drawing->count; i++) {
        const size_t node = order[i].node;
        TRY(place_label(&l, node, result->entities[community->nodes[node].entity].name, err));
    }
done:
    spil_free(order);
    spil_free(l.taken);
    return rc;
}
