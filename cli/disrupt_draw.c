/* disrupt_draw.c - the curves as a picture: what is left of the largest component and, where the
 * case has a run, of the chains; all as a share of before. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "cli/disrupt.h"

#include "cli/show.h"
#include "engine/base/file.h"
#include "reports/plot.h"

#include <stdio.h>
#include <string.h>

enum { LINES = 3 }; /* of one strategy, at most: largest component, chain, complete chains */

/* Numbers of one strategy: five rows of its points, and names of its lines. */
typedef struct strokes {
    double *x, *share, *low, *high, *chain, *complete;
    char name[LINES][96];
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

/* Appends the lines of one strategy; how many. */
static size_t add_lines(spil_plot_line *lines, strokes *s, const disrupt_curve *r)
{
    const size_t points = disrupt_points(r);
    const bool bands = r->missing || r->ties;
    fill(s, r);
    (void)snprintf(s->name[0], sizeof s->name[0], "%s%s", r->name,
                   r->chains ? ": largest component" : "");
    lines[0] = (spil_plot_line){
        s->name[0], s->x, s->share, bands ? s->low : NULL, bands ? s->high : NULL, points};
    if (!r->chains)
        return 1;
    (void)snprintf(s->name[1], sizeof s->name[1], "%s: chain probability", r->name);
    (void)snprintf(s->name[2], sizeof s->name[2], "%s: complete chains", r->name);
    lines[1] = (spil_plot_line){s->name[1], s->x, s->chain, NULL, NULL, points};
    lines[2] = (spil_plot_line){s->name[2], s->x, s->complete, NULL, NULL, points};
    return LINES;
}

static spil_status write_picture(const spil_plot_line *lines, size_t count, const disrupt_asked *a,
                                 bool chains, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str out = SPIL_STR_INIT;
    spil_plot_svg(
        &out,
        &(spil_plot){.title = a->heal ? "What is left, after mending" : "What is left",
                     .x_label = a->links ? "links removed" : "removed",
                     .y_label = chains ? "share of before" : "largest component, share of before",
                     .lines = lines,
                     .line_count = count,
                     .y_most = 1});
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
    spil_plot_line *lines = NULL;
    strokes *drawn = NULL;
    double *numbers = NULL;
    size_t all = 0, count = 0;
    for (size_t i = 0; i < curves->count; i++)
        all += disrupt_points(&curves->items[i]);
    TRY(NEW_ARRAY(lines, LINES * curves->count, err));
    TRY(NEW_ARRAY(drawn, curves->count, err));
    TRY(NEW_ARRAY(numbers, 6 * all, err));
    double *next = numbers;
    for (size_t i = 0; i < curves->count; i++) {
        double **const rows[] = {&drawn[i].x,    &drawn[i].share, &drawn[i].low,
                                 &drawn[i].high, &drawn[i].chain, &drawn[i].complete};
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
            *rows[k] = next;
            next += disrupt_points(&curves->items[i]);
        }
        count += add_lines(lines + count, &drawn[i], &curves->items[i]);
    }
    rc = write_picture(lines, count, a, count > curves->count, path, err);
done:
    spil_free(lines);
    spil_free(drawn);
    spil_free(numbers);
    return rc;
}
