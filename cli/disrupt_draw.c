/* disrupt_draw.c - the curves as a picture: what is left of the largest component and, where the
 * case has a run, of the chains; each in a plot of its own, all as a share of before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/disrupt.h"

#include "cli/show.h"
#include "engine/base/file.h"
#include "reports/plot.h"

enum plots { LARGEST, CHAIN, COMPLETE, PLOTS };

/* Numbers of one strategy: six rows of its points. */
typedef struct strokes {
    double *x, *share, *low, *high, *chain, *complete;
} strokes;

static double share_of(double now, double before)
{
    return before > 0 ? now / before : 0;
}

static void fill(strokes *s, const disrupt_curve *r)
{
    const spil_bands *const bands = r->missing ? r->missing : r->ties;
    for (size_t i = 0; i < disrupt_points(r); i++) {
        const spil_curve_point *const p = disrupt_point(r, i);
        s->x[i] = (double)p->removed;
        s->share[i] = p->share;
        if (bands) {
            s->low[i] = r->missing ? bands->share[i].low : bands->share[i].least;
            s->high[i] = r->missing ? bands->share[i].high : bands->share[i].most;
        }
        if (r->chains) {
            s->chain[i] = share_of(r->chains[i].chain, r->chains[0].chain);
            s->complete[i] = share_of((double)r->chains[i].complete, (double)r->chains[0].complete);
        }
    }
}

/* lines: by plot, one a strategy. */
static void set_lines(spil_plot_line *const lines[PLOTS], size_t at, strokes *s,
                      const disrupt_curve *r)
{
    const size_t points = disrupt_points(r);
    const bool bands = r->missing || r->ties;
    fill(s, r);
    lines[LARGEST][at] = (spil_plot_line){
        r->name, s->x, s->share, bands ? s->low : NULL, bands ? s->high : NULL, points};
    lines[CHAIN][at] = (spil_plot_line){r->name, s->x, s->chain, NULL, NULL, points};
    lines[COMPLETE][at] = (spil_plot_line){r->name, s->x, s->complete, NULL, NULL, points};
}

static spil_status write_picture(spil_plot_line *const lines[PLOTS], size_t count,
                                 const disrupt_asked *a, bool chains, const char *path,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str out = SPIL_STR_INIT;
    const char *const titles[PLOTS] = {
        a->heal ? "Largest component, after mending" : "Largest component",
        "Mean chance of the most probable chain", "Chains with somebody for every step"};
    spil_plot plots[PLOTS];
    for (size_t p = 0; p < PLOTS; p++)
        plots[p] = (spil_plot){.title = titles[p],
                               .x_label = a->links ? "links removed" : "entities removed",
                               .y_label = "share of before any removal",
                               .lines = lines[p],
                               .line_count = count,
                               .y_most = 1};
    spil_plot_svg(&out, plots, chains ? PLOTS : 1);
    TRY(spil_str_status(&out, err));
    TRY(spil_write_file(path, spil_str_text(&out), out.length, err));
    spil_note("drawn: %s", path);
done:
    spil_str_free(&out);
    return rc;
}

spil_status disrupt_draw(const disrupt_curves *curves, const disrupt_asked *a, const char *path,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_plot_line *room = NULL, *lines[PLOTS];
    strokes *drawn = NULL;
    double *numbers = NULL;
    size_t all = 0;
    bool chains = false;
    for (size_t i = 0; i < curves->count; i++) {
        all += disrupt_points(&curves->items[i]);
        chains = chains || curves->items[i].chains;
    }
    TRY(NEW_ARRAY(room, PLOTS * curves->count, err));
    TRY(NEW_ARRAY(drawn, curves->count, err));
    TRY(NEW_ARRAY(numbers, 6 * all, err));
    for (size_t p = 0; p < PLOTS; p++)
        lines[p] = room + p * curves->count;
    double *next = numbers;
    for (size_t i = 0; i < curves->count; i++) {
        double **const rows[] = {&drawn[i].x,    &drawn[i].share, &drawn[i].low,
                                 &drawn[i].high, &drawn[i].chain, &drawn[i].complete};
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
            *rows[k] = next;
            next += disrupt_points(&curves->items[i]);
        }
        set_lines(lines, i, &drawn[i], &curves->items[i]);
    }
    rc = write_picture(lines, curves->count, a, chains, path, err);
done:
    spil_free(room);
    spil_free(drawn);
    spil_free(numbers);
    return rc;
}
