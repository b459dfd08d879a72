/* meter.c - the progress line (show.h). SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     betweenness  41%  12.3 k/s  1:08 left
 *
 * Redrawn ten times a second at most, and wiped when the work is done. When the user asked for more
 * (--verbose), each stage leaves a line behind, on a terminal or not:
 *
 *     betweenness: 41.2 k in 3.3 s, 12.5 k/s
 */
#include "cli/show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 78 };
static const double REDRAW_AFTER = 0.1, RATE_AFTER = 0.5;

static struct {
    const char *label; /* what is being drawn; NULL: nothing on the line */
    double begun, drawn;
    bool colour, drawing;
} meter;

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int add_rate(char *out, size_t room, double rate)
{
    if (rate >= 1e6)
        return snprintf(out, room, "  %.1f M/s", rate / 1e6);
    if (rate >= 1e3)
        return snprintf(out, room, "  %.1f k/s", rate / 1e3);
    return snprintf(out, room, "  %.3g/s", rate);
}

static int add_time_left(char *out, size_t room, double seconds)
{
    const unsigned long whole = (unsigned long)(seconds + 0.5);
    if (whole >= 3600)
        return snprintf(out, room, "  %lu:%02lu:%02lu left", whole / 3600, whole / 60 % 60,
                        whole % 60);
    return snprintf(out, room, "  %lu:%02lu left", whole / 60, whole % 60);
}

static void draw(uint64_t done, uint64_t total, double elapsed)
{
    char line[2 * LINE];
    const size_t room = sizeof line;
    int used = 0;
    if (total)
        used += snprintf(line, room, "  %3.0f%%", 100.0 * (double)done / (double)total);
    else
        used += snprintf(line, room, "  %llu", (unsigned long long)done);
    const double rate = elapsed > RATE_AFTER ? (double)done / elapsed : 0;
    if (rate > 0) {
        used += add_rate(line + used, room - (size_t)used, rate);
        if (total)
            (void)add_time_left(line + used, room - (size_t)used, (double)(total - done) / rate);
    }
    (void)fprintf(stderr, meter.colour ? "\r\033[36m%.40s\033[0m%.36s\033[K" : "\r%.40s%.36s\033[K",
                  meter.label, line);
    (void)fflush(stderr);
}

void spil_meter_wipe(void)
{
    if (meter.drawn > 0)
        (void)fputs("\r\033[K", stderr);
    meter.drawn = 0;
}

/* "41.2 k" */
static void add_count(spil_str *out, uint64_t count)
{
    if (count >= 1000000)
        spil_str_addf(out, "%.3g M", (double)count / 1e6);
    else if (count >= 10000)
        spil_str_addf(out, "%.3g k", (double)count / 1e3);
    else
        spil_str_addf(out, "%llu", (unsigned long long)count);
}

static void leave_line(uint64_t done, double elapsed)
{
    spil_str text = SPIL_STR_INIT;
    char rate[32] = "";
    add_count(&text, done);
    if (done && elapsed > RATE_AFTER)
        (void)add_rate(rate, sizeof rate, (double)done / elapsed);
    spil_note("%s: %s in %.1f s%s%s", meter.label, spil_str_text(&text), elapsed, *rate ? "," : "",
              *rate ? rate + 1 : "");
    spil_str_free(&text);
}

static void show(const char *label, uint64_t done, uint64_t total, void *user)
{
    (void)user;
    const double time = now();
    if (!label) {
        spil_meter_wipe();
        if (meter.label && spil_loudness_now() == SPIL_VERBOSE)
            leave_line(done, time - meter.begun);
        meter.label = NULL;
        return;
    }
    if (label != meter.label) {
        meter.label = label;
        meter.begun = time;
    }
    if (!meter.drawing || time - meter.begun < REDRAW_AFTER || time - meter.drawn < REDRAW_AFTER)
        return;
    meter.drawn = time;
    draw(total && done > total ? total : done, total, time - meter.begun);
}

spil_progress *spil_meter(void)
{
    static spil_progress progress;
    const char *const term = getenv("TERM"), *const no_color = getenv("NO_COLOR");
    meter.drawing = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    if (spil_loudness_now() == SPIL_QUIET ||
        (!meter.drawing && spil_loudness_now() != SPIL_VERBOSE))
        return NULL;
    meter.colour = !no_color || !*no_color;
    progress.show = show;
    return &progress;
}
