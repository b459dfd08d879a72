/* html_map.c - where the recorded addresses of a community lie. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * Points of recorded coordinates alone (geo.h), north up, over a net of degrees with a scale bar;
 * no background is fetched from anywhere. Degrees of longitude are shortened by the cosine of the
 * middle latitude, which is right for a region and good enough for a country. A table beneath says
 * the same.
 */
#include "reports/geo.h"
#include "reports/html.h"

#include <math.h>

#define WIDTH 720.0
#define HEIGHT 460.0
#define MARGIN 56.0
#define METRES_A_DEGREE 111195.0 /* of latitude, on a sphere of 6371 km */
#define LEAST_DEGREES 0.004      /* some 450 m: points closer together get no closer look */

typedef struct point {
    size_t node; /* of the community */
    spil_geo at;
} point;

typedef struct map {
    const spil_result_community *community;
    point *points;
    size_t count;
    double lat, lon;    /* of the middle */
    double x_by_degree; /* units of the drawing; y_by_degree is larger by 1 / cos lat */
    double y_by_degree;
} map;

static double at_x(const map *m, double lon)
{
    return WIDTH / 2 + (lon - m->lon) * m->x_by_degree;
}

static double at_y(const map *m, double lat)
{
    return HEIGHT / 2 - (lat - m->lat) * m->y_by_degree;
}

static void frame(map *m)
{
    double south = HUGE_VAL, north = -HUGE_VAL, west = HUGE_VAL, east = -HUGE_VAL;
    for (size_t i = 0; i < m->count; i++) {
        south = fmin(south, m->points[i].at.lat), north = fmax(north, m->points[i].at.lat);
        west = fmin(west, m->points[i].at.lon), east = fmax(east, m->points[i].at.lon);
    }
    m->lat = (south + north) / 2;
    m->lon = (west + east) / 2;
    const double shorter = fmax(cos(m->lat * 3.14159265358979323846 / 180), 0.05);
    const double tall = fmax(north - south, LEAST_DEGREES);
    const double wide = fmax((east - west) * shorter, LEAST_DEGREES);
    m->y_by_degree = fmin((HEIGHT - 2 * MARGIN) / tall, (WIDTH - 2 * MARGIN) / wide);
    m->x_by_degree = m->y_by_degree * shorter;
}

/* ---- the net of degrees ---- */

static void degrees(spil_str *out, double value, double step, const char *positive,
                    const char *negative)
{
    const int digits = step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
    spil_str_addf(out, "%.*f\302\260 %s", digits, fabs(value), value < 0 ? negative : positive);
}

static void parallels(const spil_pen *pen, const map *m)
{
    const double step = spil_geo_round_down(HEIGHT / m->y_by_degree / 2.5);
    const double top = m->lat + HEIGHT / 2 / m->y_by_degree;
    const double first = ceil((m->lat - HEIGHT / 2 / m->y_by_degree) / step);
    for (double i = first; i * step < top; i++) {
        const double y = at_y(m, i * step);
        spil_str_addf(pen->out, "<path d=\"M0 %.1fH%.0f\"/>", y, WIDTH);
        if (y < 16)
            continue; /* no room for its name */
        spil_str_addf(pen->out, "<text class=\"across\" data-at=\"%.1f\" x=\"6\" y=\"%.1f\">", y,
                      y - 4);
        degrees(pen->out, i * step, step, spil_word_text(pen->lang, SPIL_SAY_map_north),
                spil_word_text(pen->lang, SPIL_SAY_map_south));
        HTML(pen, "</text>\n");
    }
}

static void meridians(const spil_pen *pen, const map *m)
{
    const double step = spil_geo_round_down(WIDTH / m->x_by_degree / 3);
    const double right = m->lon + WIDTH / 2 / m->x_by_degree;
    const double first = ceil((m->lon - WIDTH / 2 / m->x_by_degree) / step);
    for (double i = first; i * step < right; i++) {
        const double x = at_x(m, i * step);
        spil_str_addf(pen->out, "<path d=\"M%.1f 0V%.0f\"/>", x, HEIGHT);
        if (x > WIDTH - 64)
            continue; /* no room for its name */
        spil_str_addf(pen->out, "<text data-at=\"%.1f\" x=\"%.1f\" y=\"%.0f\">", x, x + 4,
                      HEIGHT - 6);
        degrees(pen->out, i * step, step, spil_word_text(pen->lang, SPIL_SAY_map_east),
                spil_word_text(pen->lang, SPIL_SAY_map_west));
        HTML(pen, "</text>\n");
    }
}

/* At the middle latitude; at most a quarter of the width. */
static void scale_bar(const spil_pen *pen, const map *m)
{
    const double by_metre = m->y_by_degree / METRES_A_DEGREE;
    const double metres = spil_geo_round_down(WIDTH / 4 / by_metre);
    const double x = WIDTH - 16 - metres * by_metre, y = 22;
    spil_str_addf(pen->out,
                  "<g class=\"scale\"><path d=\"M%.1f %.0fv8H%.0fv-8\"/><text x=\"%.1f\" "
                  "y=\"%.0f\" text-anchor=\"end\">",
                  x, y - 8, WIDTH - 16, WIDTH - 16, y + 16);
    if (metres >= 1000)
        spil_str_addf(pen->out, "%.0f km", metres / 1000);
    else
        spil_str_addf(pen->out, "%.0f m", metres);
    HTML(pen, "</text></g>\n");
}

/* ---- points ---- */

static const spil_result_entity *entity_of(const spil_pen *pen, const map *m, const point *p)
{
    return &pen->result->entities[m->community->nodes[p->node].entity];
}

/* Position among the points of a node, or count: points stand in the order of their nodes. */
static size_t point_of(const map *m, size_t node)
{
    size_t low = 0, high = m->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (m->points[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->count && m->points[low].node == node ? low : m->count;
}

static void draw_links(const spil_pen *pen, const map *m)
{
    HTML(pen, "<g class=\"edges\">\n");
    for (size_t e = 0; e < m->community->edge_count; e++) {
        const size_t from = point_of(m, m->community->edges[e].from);
        const size_t to = point_of(m, m->community->edges[e].to);
        if (from == m->count || to == m->count)
            continue;
        const spil_geo a = m->points[from].at, b = m->points[to].at;
        spil_str_addf(pen->out, "<path class=\"e\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", at_x(m, a.lon),
                      at_y(m, a.lat), at_x(m, b.lon), at_y(m, b.lat));
    }
    HTML(pen, "</g>\n");
}

static void draw_point(const spil_pen *pen, const map *m, const point *p)
{
    const spil_result_node *const node = &m->community->nodes[p->node];
    const double x = at_x(m, p->at.lon), y = at_y(m, p->at.lat);
    spil_str_addf(pen->out,
                  "<g class=\"p%s%s\" data-node=\"%zu\" data-x=\"%.2f\" data-y=\"%.2f\" "
                  "transform=\"translate(%.2f %.2f)\"><title>",
                  node->spil ? " spil" : "", node->target ? " target" : "", p->node, x, y, x, y);
    spil_html_text(pen->out, entity_of(pen, m, p)->name);
    spil_str_addf(pen->out,
                  " (%.5f, %.5f)</title><circle r=\"12\" class=\"reach\"/>"
                  "<circle r=\"6\"/>",
                  p->at.lat, p->at.lon);
    if (node->target || node->spil) {
        const bool left = x > WIDTH * 0.7;
        spil_str_addf(pen->out, "<text x=\"%d\" y=\"4\"%s>", left ? -10 : 10,
                      left ? " text-anchor=\"end\"" : "");
        spil_str shown = SPIL_STR_INIT;
        spil_shown_text(&shown, entity_of(pen, m, p)->name, 40);
        spil_html_text(pen->out, spil_str_text(&shown));
        pen->out->failed = pen->out->failed || shown.failed;
        spil_str_free(&shown);
        HTML(pen, "</text>");
    }
    HTML(pen, "</g>\n");
}

static void draw(const spil_pen *pen, const map *m)
{
    const unsigned number = m->community->number;
    spil_str_addf(pen->out,
                  "<figure class=\"map\"><div class=\"scroll paper\" role=\"region\" "
                  "tabindex=\"0\" aria-labelledby=\"c%u-map\"><svg viewBox=\"0 0 %.0f %.0f\" "
                  "role=\"group\" aria-labelledby=\"c%u-map\" font-size=\"13\" data-metre=\"%.8f\">"
                  "<title id=\"c%u-map\">",
                  number, WIDTH, HEIGHT, number, m->y_by_degree / METRES_A_DEGREE, number);
    SAY(pen, map_title, A_COUNT(number), A_COUNT(m->count));
    HTML(pen, "</title>\n<g class=\"view\"><g class=\"degrees\" font-size=\"11\">\n");
    parallels(pen, m);
    meridians(pen, m);
    HTML(pen, "</g>\n");
    draw_links(pen, m);
    for (size_t i = 0; i < m->count; i++)
        draw_point(pen, m, &m->points[i]);
    HTML(pen, "</g>\n");
    scale_bar(pen, m);
    HTML(pen, "</svg></div><figcaption><p>");
    SAY(pen, map_note, A_COUNT(m->count), A_COUNT(m->community->node_count));
    HTML(pen, "</p></figcaption></figure>\n");
}

static void table(const spil_pen *pen, const map *m)
{
    static const spil_column columns[] = {{SPIL_SAY_col_key, false},
                                          {SPIL_SAY_col_name, false},
                                          {SPIL_SAY_map_lat, true},
                                          {SPIL_SAY_map_lon, true}};
    HTML(pen, "<details><summary>");
    WORD(pen, map_table);
    HTML(pen, "</summary>\n");
    spil_html_table(pen, SPIL_SAY_map_table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < m->count; i++) {
        const spil_result_entity *const entity = entity_of(pen, m, &m->points[i]);
        HTML(pen, "<tr>");
        spil_html_cell(pen, A_NAME(entity->key));
        spil_html_cell(pen, A_NAME(entity->name));
        spil_str_addf(pen->out, "<td class=\"n\">%.5f</td><td class=\"n\">%.5f</td></tr>\n",
                      m->points[i].at.lat, m->points[i].at.lon);
    }
    spil_html_table_end(pen);
    HTML(pen, "</details>\n");
}

spil_status spil_html_map(const spil_pen *pen, const spil_result_community *community,
                          spil_err *err)
{
    map m = {.community = community};
    const spil_status rc = NEW_ARRAY(m.points, community->node_count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < community->node_count; i++) {
        m.points[m.count].node = i;
        m.count += spil_geo_of(pen->result, community->nodes[i].entity, &m.points[m.count].at);
    }
    if (m.count > 0) {
        frame(&m);
        spil_str_addf(pen->out, "<h4>%s</h4>\n", spil_word_text(pen->lang, SPIL_SAY_map_head));
        draw(pen, &m);
        table(pen, &m);
    }
    spil_free(m.points);
    return SPIL_OK;
}
