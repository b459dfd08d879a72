/* plot.c - see plot.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/plot.h"

#include "reports/escape.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 760, HEIGHT = 440, LEFT = 64, TOP = 44, BOTTOM = 56, KEY_ROW = 20 };
enum { KEY_MARK = 48, KEY_LEAST = 142 }; /* beside the curves: of the stroke; of the names */

/* Okabe & Ito 2008: told apart with any colour vision. */
static const char *const colours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                      "#E69F00", "#56B4E9", "#000000"};
static const char *const dashes[] = {"", "7 3", "2 3", "9 3 2 3", "4 4", "1 2", "12 4"};
enum { STYLES = sizeof colours / sizeof *colours };

typedef struct frame {
    double x_most, y_most;
    double width, height; /* of the picture */
} frame;

static const char *colour_of(size_t line)
{
    return colours[line % STYLES];
}

/* Colours and patterns run out of step after a round: 49 lines that differ. */
static const char *dash_of(size_t line)
{
    return dashes[(line + line / STYLES) % STYLES];
}

static double at_x(const frame *f, double x)
{
    return LEFT + x / f->x_most * (WIDTH - LEFT - KEY_MARK - KEY_LEAST);
}

static double at_y(const frame *f, double y)
{
    return HEIGHT - BOTTOM - y / f->y_most * (HEIGHT - TOP - BOTTOM);
}

/* As wide and high as the key asks for; a letter is some 7 wide. */
static frame frame_of(const spil_plot *plot)
{
    frame f = {0, plot->y_most, WIDTH,
               fmax(HEIGHT, TOP + KEY_ROW * ((double)plot->line_count + 1))};
    for (size_t i = 0; i < plot->line_count; i++) {
        const spil_plot_line *const line = &plot->lines[i];
        f.width = fmax(f.width, WIDTH - KEY_LEAST + 7.0 * (double)strlen(line->name) + 10);
        for (size_t k = 0; k < line->count; k++) {
            f.x_most = fmax(f.x_most, line->x[k]);
            if (plot->y_most <= 0) {
                f.y_most = fmax(f.y_most, isfinite(line->y[k]) ? line->y[k] : 0);
                if (line->high && isfinite(line->high[k]))
                    f.y_most = fmax(f.y_most, line->high[k]);
            }
        }
    }
    f.x_most = f.x_most > 0 ? f.x_most : 1;
    f.y_most = f.y_most > 0 ? f.y_most : 1;
    return f;
}

/* 1, 2 or 5 times a power of ten, so that about five fit. */
static double tick_step(double most)
{
    const double rough = most / 5, power = pow(10, floor(log10(rough)));
    const double head = rough / power;
    return power * (head < 1.5 ? 1 : head < 3.5 ? 2 : head < 7.5 ? 5 : 10);
}

static void add_text(spil_str *out, double x, double y, const char *more, const char *text)
{
    spil_str_addf(out, "<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, more);
    spil_html_text(out, text);
    spil_str_add(out, "</text>\n");
}

static void add_axes(spil_str *out, const spil_plot *plot, const frame *f)
{
    char number[32];
    const double right = at_x(f, f->x_most), bottom = at_y(f, 0);
    const double step_x = tick_step(f->x_most), step_y = tick_step(f->y_most);
    spil_str_add(out, "<g stroke=\"#ddd\">\n");
    for (int k = 0; k * step_y <= f->y_most * (1 + 1e-9); k++)
        spil_str_addf(out, "<path d=\"M%d %.1fH%.1f\"/>\n", LEFT, at_y(f, k * step_y), right);
    spil_str_addf(out, "</g>\n<path d=\"M%d %dV%.1fH%.1f\" fill=\"none\" stroke=\"#444\"/>\n", LEFT,
                  TOP, bottom, right);
    for (int k = 0; k * step_y <= f->y_most * (1 + 1e-9); k++) {
        snprintf(number, sizeof number, "%.6g", k * step_y);
        add_text(out, LEFT - 8, at_y(f, k * step_y) + 4, " text-anchor=\"end\"", number);
    }
    for (int k = 0; k * step_x <= f->x_most * (1 + 1e-9); k++) {
        snprintf(number, sizeof number, "%.6g", k * step_x);
        add_text(out, at_x(f, k * step_x), bottom + 18, " text-anchor=\"middle\"", number);
    }
    add_text(out, (LEFT + right) / 2, HEIGHT - 14, " text-anchor=\"middle\"", plot->x_label);
    spil_str_addf(out, "<g transform=\"rotate(-90 16 %.1f)\">", (TOP + bottom) / 2);
    add_text(out, 16, (TOP + bottom) / 2, " text-anchor=\"middle\"", plot->y_label);
    spil_str_add(out, "</g>\n");
}

static void add_band(spil_str *out, const spil_plot_line *line, const frame *f, const char *colour)
{
    spil_str_addf(out, "<path fill=\"%s\" fill-opacity=\"0.15\" d=\"M", colour);
    for (size_t k = 0; k < line->count; k++)
        spil_str_addf(out, "%.1f %.1f ", at_x(f, line->x[k]), at_y(f, line->high[k]));
    for (size_t k = line->count; k-- > 0;)
        spil_str_addf(out, "%.1f %.1f ", at_x(f, line->x[k]), at_y(f, line->low[k]));
    spil_str_add(out, "Z\"/>\n");
}

static void add_line(spil_str *out, const spil_plot_line *line, const frame *f, size_t number)
{
    bool open = false;
    spil_str_addf(
        out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" d=\"",
        colour_of(number), dash_of(number));
    for (size_t k = 0; k < line->count; k++) {
        if (isfinite(line->y[k]))
            spil_str_addf(out, "%s%.1f %.1f ", open ? "L" : "M", at_x(f, line->x[k]),
                          at_y(f, line->y[k]));
        open = isfinite(line->y[k]);
    }
    spil_str_add(out, "\"/>\n");
}

static void add_key(spil_str *out, const spil_plot *plot)
{
    for (size_t i = 0; i < plot->line_count; i++) {
        const double y = TOP + 10 + KEY_ROW * (double)i, x = WIDTH - KEY_LEAST - KEY_MARK + 16;
        spil_str_addf(out,
                      "<path d=\"M%.1f %.1fh26\" stroke=\"%s\" stroke-width=\"2\" "
                      "stroke-dasharray=\"%s\"/>\n",
                      x, y, colour_of(i), dash_of(i));
        add_text(out, x + 32, y + 4, "", plot->lines[i].name);
    }
}

static void add_plot(spil_str *out, const spil_plot *plot, const frame *f)
{
    add_text(out, LEFT, 24, " font-size=\"15\" font-weight=\"bold\"", plot->title);
    add_axes(out, plot, f);
    for (size_t i = 0; i < plot->line_count; i++)
        if (plot->lines[i].low && plot->lines[i].high)
            add_band(out, &plot->lines[i], f, colour_of(i));
    for (size_t i = 0; i < plot->line_count; i++)
        add_line(out, &plot->lines[i], f, i);
    add_key(out, plot);
}

void spil_plot_svg(spil_str *out, const spil_plot *plots, size_t count)
{
    double width = 0, height = 0, down = 0;
    for (size_t i = 0; i < count; i++) {
        const frame f = frame_of(&plots[i]);
        width = fmax(width, f.width);
        height += f.height;
    }
    spil_str_addf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
        "font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n<title>",
        width, height);
    spil_html_text(out, plots[0].title);
    spil_str_addf(out, "</title>\n<rect width=\"%.0f\" height=\"%.0f\" fill=\"#fff\"/>\n", width,
                  height);
    for (size_t i = 0; i < count; i++) {
        const frame f = frame_of(&plots[i]);
        spil_str_addf(out, "<g transform=\"translate(0 %.0f)\">\n", down);
        add_plot(out, &plots[i], &f);
        spil_str_add(out, "</g>\n");
        down += f.height;
    }
    spil_str_add(out, "</svg>\n");
}
