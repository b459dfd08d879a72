/* html_timeline.c - when the links of a community begin and end and its signals fall, by month.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three lanes over one axis of at most ten years that ends with the state of the data; a bar tells
 * its month and number in a <title>, and the sentence above the drawing tells the whole in words.
 *
 *     links that begin   | . .:  |:. .
 *     links that end     |     .      .
 *     signals            |   : |. .:|::
 *                        2021   2022   2023
 */
#include "reports/html.h"

#include <math.h>
#include <string.h>

enum { MONTHS_MOST = 120, WIDTH = 1060, GUTTER = 150, LANE = 46, BAR = 30, TOP = 8, AXIS = 24 };
enum { BEGIN, END, SIGNAL, LANES };

typedef struct timeline {
    unsigned count[LANES][MONTHS_MOST];
    unsigned total[LANES], most[LANES]; /* drawn; of the fullest month */
    int first, last;                    /* months since the year 0 */
    spil_day first_day, last_day;       /* of what is drawn */
    unsigned undated, earlier, later;
} timeline;

static int month_of(spil_day day)
{
    char text[16];
    int year = 0, month = 1;
    spil_format_day(day, text);
    for (size_t i = 0; text[i] >= '0' && text[i] <= '9'; i++)
        year = year * 10 + (text[i] - '0');
    const char *const dash = strchr(text, '-');
    if (dash && dash[1] && dash[2])
        month = (dash[1] - '0') * 10 + (dash[2] - '0');
    return year * 12 + month - 1;
}

/* ---- counting: every event is visited twice, first to find the axis, then to count ---- */

typedef void visit(timeline *t, int lane, spil_day day);

static void each_event(const spil_pen *pen, const spil_result_community *c, timeline *t,
                       visit *event)
{
    const spil_result *const r = pen->result;
    for (size_t e = 0; e < c->edge_count; e++)
        for (size_t i = 0; i < c->edges[e].link_count; i++) {
            const spil_result_link *const link = &c->edges[e].links[i];
            event(t, BEGIN, link->since);
            if (link->until != SPIL_NO_DAY)
                event(t, END, link->until);
        }
    for (size_t s = 0; s < r->recorded_signal_count; s++)
        if (spil_html_node_of(c, r->recorded_signals[s].entity) < c->node_count)
            event(t, SIGNAL, r->recorded_signals[s].date);
}

/* Until now `last` is the latest day that may be drawn. */
static void find_axis(timeline *t, int lane, spil_day day)
{
    (void)lane;
    if (day == SPIL_NO_DAY || month_of(day) > t->last)
        return;
    if (t->last_day == SPIL_NO_DAY || day > t->last_day)
        t->last_day = day;
    if (t->first_day == SPIL_NO_DAY || day < t->first_day)
        t->first_day = day;
}

static void count_event(timeline *t, int lane, spil_day day)
{
    if (day == SPIL_NO_DAY) {
        t->undated++;
        return;
    }
    const int month = month_of(day);
    if (month > t->last) {
        t->later += lane != END; /* an end to come is no news */
        return;
    }
    if (month < t->first) {
        t->earlier++;
        return;
    }
    if (day < t->first_day)
        t->first_day = day;
    unsigned *const count = &t->count[lane][month - t->first];
    *count += 1;
    t->total[lane]++;
    if (*count > t->most[lane])
        t->most[lane] = *count;
}

/* False when nothing is dated. */
static bool count_events(const spil_pen *pen, const spil_result_community *c, timeline *t)
{
    const spil_day as_of = pen->result->run.as_of;
    *t = (timeline){.first_day = SPIL_NO_DAY, .last_day = SPIL_NO_DAY};
    t->last = as_of == SPIL_NO_DAY ? 12 * 9999 : month_of(as_of);
    each_event(pen, c, t, find_axis);
    if (t->last_day == SPIL_NO_DAY)
        return false;
    const int first = month_of(t->first_day);
    t->last = month_of(t->last_day);
    t->first = first > t->last - MONTHS_MOST ? first : t->last - MONTHS_MOST + 1;
    t->first_day = t->last_day;
    each_event(pen, c, t, count_event);
    return true;
}

/* ---- drawing ---- */

static double at_month(const timeline *t, int month)
{
    return GUTTER + (double)(month - t->first) * (WIDTH - GUTTER) / (t->last - t->first + 1);
}

static void month_name(const spil_pen *pen, int month)
{
    spil_say_word(pen, (spil_word)(SPIL_SAY_month_1 + month % 12), NULL, 0);
    spil_str_addf(pen->out, " %d", month / 12);
}

static void lane(const spil_pen *pen, const timeline *t, int which, int row)
{
    static const spil_word words[LANES] = {SPIL_SAY_time_begin, SPIL_SAY_time_end,
                                           SPIL_SAY_time_signal};
    static const char *const classes[LANES] = {"begin", "end", "signal"};
    const int base = TOP + row * LANE + LANE - 8;
    const double width = fmax(at_month(t, t->first + 1) - at_month(t, t->first) - 1.0, 1.2);
    spil_str_addf(pen->out, "<g class=\"%s\"><text x=\"0\" y=\"%d\">", classes[which], base - 8);
    spil_say_word(pen, words[which], NULL, 0);
    spil_str_addf(pen->out,
                  "</text><text class=\"most\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%u</text>",
                  GUTTER - 6, base - BAR + 9, t->most[which]);
    spil_str_addf(pen->out, "<path class=\"base\" d=\"M%d %dH%d\"/>", GUTTER, base, WIDTH);
    for (int month = t->first; month <= t->last; month++) {
        const unsigned count = t->count[which][month - t->first];
        if (count == 0)
            continue;
        const double height = (double)BAR * count / t->most[which];
        spil_str_addf(pen->out,
                      "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>",
                      at_month(t, month), base - height, fmin(width, 22.0), height);
        month_name(pen, month);
        spil_str_addf(pen->out, ": %u</title></rect>", count);
    }
    HTML(pen, "</g>\n");
}

/* The first and the last month, and each January that keeps clear of both. */
static void axis(const spil_pen *pen, const timeline *t, int rows)
{
    const int bottom = TOP + rows * LANE;
    const double end = at_month(t, t->last + 1);
    HTML(pen, "<g class=\"axis\">");
    spil_str_addf(pen->out, "<text x=\"%d\" y=\"%d\">", GUTTER, bottom + 14);
    month_name(pen, t->first);
    HTML(pen, "</text>");
    if (t->last - t->first > 1) {
        spil_str_addf(pen->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\">", end, bottom + 14);
        month_name(pen, t->last);
        HTML(pen, "</text>");
    }
    for (int month = (t->first / 12 + 1) * 12; month <= t->last; month += 12) {
        const double x = at_month(t, month);
        spil_str_addf(pen->out, "<path d=\"M%.1f %dV%d\"/>", x, TOP, bottom);
        if (x > GUTTER + 110 && x < end - 110)
            spil_str_addf(pen->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>", x,
                          bottom + 14, month / 12);
    }
    HTML(pen, "</g>\n");
}

/* "links that begin 70, signals 42": what there is none of is left out. */
static void counts(const spil_pen *pen, const spil_word *words, const unsigned *numbers, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (numbers[i] == 0)
            continue;
        HTML(pen, any ? ", " : " ");
        any = true;
        spil_say_word(pen, words[i], (const spil_arg[]){A_COUNT(numbers[i])}, 1);
    }
    HTML(pen, ".");
}

static void in_words(const spil_pen *pen, const timeline *t)
{
    static const spil_word drawn[LANES] = {[BEGIN] = SPIL_SAY_time_begins,
                                           [END] = SPIL_SAY_time_ends,
                                           [SIGNAL] = SPIL_SAY_time_signals};
    static const spil_word rest[] = {SPIL_SAY_time_undated, SPIL_SAY_time_earlier,
                                     SPIL_SAY_time_later};
    HTML(pen, "<p class=\"note\">");
    SAY(pen, time_summary, A_DAY(t->first_day), A_DAY(t->last_day));
    counts(pen, drawn, t->total, LANES);
    if (t->undated + t->earlier + t->later > 0) {
        HTML(pen, " ");
        WORD(pen, time_rest);
        counts(pen, rest, (const unsigned[]){t->undated, t->earlier, t->later}, 3);
    }
    HTML(pen, "</p>\n");
}

void spil_html_timeline(const spil_pen *pen, const spil_result_community *c)
{
    timeline t;
    int rows = 0;
    if (!count_events(pen, c, &t))
        return;
    for (int i = 0; i < LANES; i++)
        rows += t.total[i] > 0;
    HTML(pen, "<figure class=\"time\"><h4>");
    WORD(pen, time_title);
    HTML(pen, "</h4>\n");
    in_words(pen, &t);
    spil_str_addf(
        pen->out,
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"c%u-time\">"
        "<svg class=\"timeline\" viewBox=\"0 0 %d %d\" role=\"img\" "
        "aria-labelledby=\"c%u-time\" font-size=\"12\"><title id=\"c%u-time\">",
        c->number, WIDTH, TOP + rows * LANE + AXIS, c->number, c->number);
    SAY(pen, time_drawing, A_COUNT(c->number));
    HTML(pen, "</title>\n");
    axis(pen, &t, rows);
    for (int i = 0, row = 0; i < LANES; i++)
        if (t.total[i] > 0)
            lane(pen, &t, i, row++);
    HTML(pen, "</svg></div></figure>\n");
}
