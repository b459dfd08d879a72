/* html_overview.c - all shown communities in one picture: what is large, what is linked.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A circle a community, its area its members, filled from below as far as its best chain is whole;
 * a line where members of two are linked. Each circle is a link to its community.
 */
#include "reports/html.h"

#include <math.h>

#define WIDTH 1060.0
#define HEIGHT 420.0
#define MARGIN 20.0
#define ROUNDS 400

typedef struct circle {
    double x, y, r;
} circle;

/* Positions of the result brought into the frame, one scale for both ways. */
static void fit(const spil_result *result, circle *at)
{
    double x0 = HUGE_VAL, x1 = -HUGE_VAL, y0 = HUGE_VAL, y1 = -HUGE_VAL, most = 1.0;
    for (size_t c = 0; c < result->community_count; c++) {
        const spil_result_community *const community = &result->communities[c];
        x0 = fmin(x0, community->x), x1 = fmax(x1, community->x);
        y0 = fmin(y0, community->y), y1 = fmax(y1, community->y);
        most = fmax(most, (double)community->stats.size);
    }
    const double largest = fmin(46.0, 170.0 / sqrt((double)result->community_count));
    for (size_t c = 0; c < result->community_count; c++) {
        const spil_result_community *const community = &result->communities[c];
        const double fx = x1 > x0 ? (community->x - x0) / (x1 - x0) : 0.5;
        const double fy = y1 > y0 ? (community->y - y0) / (y1 - y0) : 0.5;
        at[c] = (circle){.x = 60.0 + fx * (WIDTH - 120.0),
                         .y = 60.0 + fy * (HEIGHT - 120.0),
                         .r = fmax(9.0, largest * sqrt((double)community->stats.size / most))};
    }
}

typedef struct box {
    double x0, y0, x1, y1;
} box;

static bool push_apart(circle *at, size_t count)
{
    bool moved = false;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            double dx = at[j].x - at[i].x, dy = at[j].y - at[i].y, distance = hypot(dx, dy);
            const double wanted = at[i].r + at[j].r + 14.0;
            if (distance >= wanted)
                continue;
            if (distance < 1e-9) { /* one on the other: part along an angle of their own */
                dx = cos((double)(i + j));
                dy = sin((double)(i + j));
                distance = 1.0;
            }
            const double step = 0.5 * (wanted - distance) / distance;
            at[i].x -= step * dx, at[i].y -= step * dy;
            at[j].x += step * dx, at[j].y += step * dy;
            moved = true;
        }
    for (size_t i = 0; i < count; i++) {
        at[i].x = fmin(fmax(at[i].x, MARGIN + at[i].r), WIDTH - MARGIN - at[i].r);
        at[i].y = fmin(fmax(at[i].y, MARGIN + at[i].r), HEIGHT - MARGIN - at[i].r);
    }
    return moved;
}

static void bridge(const spil_pen *pen, const spil_result_bridge *b, const circle *at)
{
    spil_str_addf(pen->out,
                  "<path class=\"e\" stroke-width=\"%.1f\" d=\"M%.1f %.1fL%.1f %.1f\"><title>",
                  fmin(0.8 + log2((double)b->pairs), 6.0), at[b->from].x, at[b->from].y,
                  at[b->to].x, at[b->to].y);
    SAY(pen, overview_line, A_COUNT(pen->result->communities[b->from].number),
        A_COUNT(pen->result->communities[b->to].number), A_COUNT(b->pairs));
    HTML(pen, "</title></path>\n");
}

static void say_circle(const spil_pen *pen, const spil_result_community *c)
{
    const spil_pen plain = {pen->out, pen->result, pen->lang, false}; /* no markup in a title */
    if (c->chain_count > 0)
        SAY(&plain, overview_chain, A_COUNT(c->number), A_COUNT(c->stats.size),
            A_PERCENT(c->chains[0].chain.p50));
    else
        SAY(&plain, overview_plain, A_COUNT(c->number), A_COUNT(c->stats.size));
}

/* The lower part of a circle, as high as the share says. */
static void fill(const spil_pen *pen, const circle *at, double share)
{
    const double full = fmin(fmax(share, 0.0), 1.0), level = at->r * (1.0 - 2.0 * full);
    const double half = sqrt(fmax(at->r * at->r - level * level, 0.0));
    if (full <= 0.005)
        return;
    spil_str_addf(pen->out, "<path class=\"full\" d=\"M%.1f %.1fA%.1f %.1f 0 %d 0 %.1f %.1fZ\"/>",
                  at->x - half, at->y + level, at->r, at->r, full > 0.5 ? 1 : 0, at->x + half,
                  at->y + level);
}

static void community(const spil_pen *pen, const spil_result_community *c, const circle *at)
{
    spil_str_addf(pen->out, "<a href=\"#c%u\" aria-label=\"", c->number);
    say_circle(pen, c);
    HTML(pen, "\"><title>");
    say_circle(pen, c);
    spil_str_addf(pen->out, "</title><circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", at->x, at->y,
                  at->r);
    if (c->chain_count > 0)
        fill(pen, at, c->chains[0].chain.mean);
    spil_str_addf(pen->out,
                  "<text class=\"l\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%u</text></a>\n",
                  at->x, at->y + 5.0, c->number);
}

/* ---- the process beneath a circle, where it has room ---- */

#define TEXT 12.0
#define EMS 17.0
#define LEAST_SAID 0.01 /* chance of the whole chain */

static bool is_free(const spil_result *r, const circle *at, const box *taken, size_t count,
                    const box *b)
{
    if (b->x0 < 4.0 || b->x1 > WIDTH - 4.0 || b->y0 < 4.0 || b->y1 > HEIGHT - 4.0)
        return false;
    for (size_t c = 0; c < r->community_count; c++)
        if (b->x0 < at[c].x + at[c].r && b->x1 > at[c].x - at[c].r && b->y0 < at[c].y + at[c].r &&
            b->y1 > at[c].y - at[c].r)
            return false;
    for (size_t i = 0; i < count; i++)
        if (b->x0 < taken[i].x1 && b->x1 > taken[i].x0 && b->y0 < taken[i].y1 &&
            b->y1 > taken[i].y0)
            return false;
    return true;
}

static void say_process(const spil_pen *pen, const spil_result_chain *chain, spil_str *out)
{
    const spil_pen aside = {out, pen->result, pen->lang, false};
    spil_text_shorten(out, spil_name_in(pen->result->models[chain->model].names, pen->lang), EMS);
    spil_str_add(out, " ");
    PART(&aside, A_PERCENT(chain->chain.p50));
}

/* Below its circle, else above, else nowhere; true when it took the box. */
static bool process(const spil_pen *pen, const circle *at, size_t c, box *taken, size_t count)
{
    spil_str said = SPIL_STR_INIT;
    bool placed = false;
    say_process(pen, &pen->result->communities[c].chains[0], &said);
    const double half = 0.5 * TEXT * spil_text_width(spil_str_text(&said)) + 3.0;
    for (int above = 0; above < 2 && !placed; above++) {
        const double y = above ? at[c].y - at[c].r - 7.0 : at[c].y + at[c].r + 5.0 + TEXT;
        const double x = fmin(fmax(at[c].x, half + 6.0), WIDTH - half - 6.0);
        const box b = {x - half, y - TEXT, x + half, y + 4.0};
        if (!is_free(pen->result, at, taken, count, &b))
            continue;
        spil_str_addf(pen->out,
                      "<text class=\"l process cap\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" "
                      "text-anchor=\"middle\">",
                      x, y, TEXT);
        spil_html_text(pen->out, spil_str_text(&said));
        HTML(pen, "</text>\n");
        taken[count] = b;
        placed = true;
    }
    pen->out->failed = pen->out->failed || said.failed;
    spil_str_free(&said);
    return placed;
}

static spil_status processes(const spil_pen *pen, const circle *at, spil_err *err)
{
    const spil_result *const r = pen->result;
    box *taken = NULL;
    size_t count = 0;
    const spil_status rc = NEW_ARRAY(taken, r->community_count, err);
    for (size_t c = 0; rc == SPIL_OK && c < r->community_count; c++)
        if (r->communities[c].chain_count > 0 &&
            r->communities[c].chains[0].chain.mean >= LEAST_SAID)
            count += process(pen, at, c, taken, count);
    spil_free(taken);
    return rc;
}

spil_status spil_html_overview(const spil_pen *pen, spil_err *err)
{
    const spil_result *const r = pen->result;
    spil_status rc = SPIL_OK;
    circle *at = NULL;
    if (r->community_count < 2)
        return SPIL_OK;
    TRY(NEW_ARRAY(at, r->community_count, err));
    fit(r, at);
    for (size_t round = 0; round < ROUNDS && push_apart(at, r->community_count); round++)
        ;
    HTML(pen, "<figure class=\"overview\"><div class=\"scroll paper\" role=\"region\" "
              "tabindex=\"0\" aria-labelledby=\"overview\"><svg ");
    spil_str_addf(pen->out,
                  "viewBox=\"0 0 %.0f %.0f\" role=\"group\" aria-labelledby=\"overview\" "
                  "font-size=\"14\"><title id=\"overview\">",
                  WIDTH, HEIGHT);
    WORD(pen, overview_title);
    HTML(pen, "</title>\n");
    for (size_t b = 0; b < r->bridge_count; b++)
        bridge(pen, &r->bridges[b], at);
    for (size_t c = 0; c < r->community_count; c++)
        community(pen, &r->communities[c], &at[c]);
    TRY(processes(pen, at, err));
    HTML(pen, "</svg></div><figcaption><p>");
    WORD(pen, overview_note);
    HTML(pen, "</p></figcaption></figure>\n");
done:
    spil_free(at);
    return rc;
}
