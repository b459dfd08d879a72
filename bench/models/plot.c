/* plot.c - see plot.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything lives in 0..1 both ways, on a square of SIDE with MARGIN around it.
 */
#include "bench/models/plot.h"

#include "engine/base/file.h"
#include "engine/base/str.h"

#include <math.h>
#include <string.h>

enum { SIDE = 360, MARGIN = 60, LEGEND = 200 };
static const char *const colours[] = {"#0b5394", "#b45f06", "#38761d", "#741b47",
                                      "#7f6000", "#444444", "#cc0000"};
enum { COLOURS = sizeof colours / sizeof *colours };

static double x_of(double share)
{
    return MARGIN + SIDE * share;
}

static double y_of(double share)
{
    return MARGIN + SIDE * (1 - share);
}

static void begin(spil_str *svg, const char *title)
{
    spil_str_addf(svg,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                  "font-family=\"sans-serif\" font-size=\"12\">\n"
                  "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
                  "<text x=\"%d\" y=\"30\" font-size=\"15\">%s</text>\n",
                  SIDE + 2 * MARGIN + LEGEND, SIDE + 2 * MARGIN, MARGIN, title);
    for (int tick = 0; tick <= 10; tick += 2) {
        const double at = y_of(tick / 10.0);
        spil_str_addf(svg,
                      "<line x1=\"%d\" y1=\"%g\" x2=\"%d\" y2=\"%g\" stroke=\"#dddddd\"/>"
                      "<text x=\"%d\" y=\"%g\" text-anchor=\"end\">%.1f</text>\n",
                      MARGIN, at, MARGIN + SIDE, at, MARGIN - 8, at + 4, tick / 10.0);
    }
}

static spil_status finish(spil_str *svg, const char *folder, const char *file, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL;
    spil_str_add(svg, "</svg>\n");
    TRY(spil_str_status(svg, err));
    TRY(spil_path_join(&path, folder, file, err));
    TRY(spil_write_file(path, svg->text, svg->length, err));
done:
    spil_free(path);
    spil_str_free(svg);
    return rc;
}

static void label_across(spil_str *svg, const char *text)
{
    spil_str_addf(svg, "<text x=\"%g\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", x_of(0.5),
                  SIDE + 2 * MARGIN - 12, text);
}

spil_status spil_bench_plot_reliability(const spil_calibration *c, const char *folder,
                                        spil_err *err)
{
    spil_str svg = SPIL_STR_INIT;
    begin(&svg, "Chance that a community runs a process: said, and happened");
    spil_str_addf(&svg,
                  "<line x1=\"%g\" y1=\"%g\" x2=\"%g\" y2=\"%g\" stroke=\"#888888\" "
                  "stroke-dasharray=\"4 3\"/>\n",
                  x_of(0), y_of(0), x_of(1), y_of(1));
    for (size_t b = 0; b < SPIL_CALIBRATION_BINS; b++) {
        const spil_calibration_bin *const bin = &c->bin[b];
        if (bin->count == 0)
            continue;
        spil_str_addf(&svg,
                      "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" "
                      "fill-opacity=\"0.7\"/><text x=\"%.1f\" y=\"%.1f\">%zu</text>\n",
                      x_of(bin->said), y_of(bin->happened), 3 + 2 * log10((double)bin->count),
                      colours[0], x_of(bin->said) + 14, y_of(bin->happened) + 4, bin->count);
    }
    for (int tick = 0; tick <= 10; tick += 2)
        spil_str_addf(&svg, "<text x=\"%g\" y=\"%d\" text-anchor=\"middle\">%.1f</text>\n",
                      x_of(tick / 10.0), SIDE + MARGIN + 18, tick / 10.0);
    label_across(&svg, "said (number of pairs beside each dot)");
    return finish(&svg, folder, "reliability.svg", err);
}

static bool belongs(const spil_bench_mean *m, const char *part, const char *scorer,
                    const char *measure)
{
    return strcmp(m->part, part) == 0 && (!scorer || strcmp(m->scorer, scorer) == 0) &&
           (!measure || strcmp(m->measure, measure) == 0) && !isnan(m->value.mean);
}

spil_status spil_bench_plot_bars(const spil_bench_rows *rows, const char *part, const char *measure,
                                 double setting, const char *title, const char *folder,
                                 const char *file, spil_err *err)
{
    spil_str svg = SPIL_STR_INIT;
    size_t bars = 0, at = 0;
    for (size_t i = 0; i < rows->means.count; i++)
        bars += belongs(&rows->means.items[i], part, NULL, measure) &&
                rows->means.items[i].setting == setting;
    begin(&svg, title);
    for (size_t i = 0; i < rows->means.count; i++) {
        const spil_bench_mean *const m = &rows->means.items[i];
        if (!belongs(m, part, NULL, measure) || m->setting != setting)
            continue;
        const double width = SIDE / (double)bars, left = MARGIN + width * (double)at++;
        const double middle = left + width / 2;
        spil_str_addf(&svg,
                      "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>"
                      "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"black\"/>"
                      "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.2f</text>"
                      "<text transform=\"translate(%.1f %d) rotate(20)\">%s</text>\n",
                      left + 0.15 * width, y_of(m->value.mean), 0.7 * width, SIDE * m->value.mean,
                      colours[0], middle, y_of(m->value.low), middle, y_of(m->value.high), middle,
                      y_of(m->value.high) - 6, m->value.mean, left + 0.2 * width,
                      SIDE + MARGIN + 16, m->scorer);
    }
    return finish(&svg, folder, file, err);
}

/* The line of one measure, from the means of its settings in the order they were run. */
static void add_line(spil_str *svg, const spil_bench_rows *rows, const spil_bench_mean *like,
                     double most, size_t line)
{
    const char *const colour = colours[line % COLOURS];
    spil_str_addf(svg, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"",
                  colour);
    for (size_t i = 0; i < rows->means.count; i++) {
        const spil_bench_mean *const m = &rows->means.items[i];
        if (belongs(m, like->part, like->scorer, like->measure))
            spil_str_addf(svg, "%.1f,%.1f ", x_of(m->setting / most), y_of(m->value.mean));
    }
    spil_str_addf(svg, "\"/>\n<text x=\"%d\" y=\"%zu\" fill=\"%s\">%s</text>\n", MARGIN + SIDE + 16,
                  MARGIN + 20 + 18 * line, colour, like->measure);
}

spil_status spil_bench_plot_lines(const spil_bench_rows *rows, const char *part, const char *scorer,
                                  const char *title, const char *across, const char *folder,
                                  const char *file, spil_err *err)
{
    spil_str svg = SPIL_STR_INIT;
    double first = (double)NAN, most = 0;
    size_t lines = 0;
    for (size_t i = 0; i < rows->means.count; i++)
        if (belongs(&rows->means.items[i], part, scorer, NULL)) {
            first = isnan(first) ? rows->means.items[i].setting : first;
            most = fmax(most, rows->means.items[i].setting);
        }
    most = most > 0 ? most : 1;
    begin(&svg, title);
    for (size_t i = 0; i < rows->means.count; i++)
        if (belongs(&rows->means.items[i], part, scorer, NULL) &&
            rows->means.items[i].setting == first)
            add_line(&svg, rows, &rows->means.items[i], most, lines++);
    for (int tick = 0; tick <= 10; tick += 2)
        spil_str_addf(&svg, "<text x=\"%g\" y=\"%d\" text-anchor=\"middle\">%.2g</text>\n",
                      x_of(tick / 10.0), SIDE + MARGIN + 18, most * tick / 10.0);
    label_across(&svg, across);
    return finish(&svg, folder, file, err);
}
