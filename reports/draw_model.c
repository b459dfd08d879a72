/* draw_model.c - see draw_model.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw_model.h"

#include "reports/escape.h"
#include "reports/lang.h"

static const double width = 1000, spine = 340, line = 18, size = 13, top = 90, bead = 13;

static const char style[] =
    "<style>text{font-family:system-ui,'Segoe UI',Roboto,Arial,sans-serif;fill:#1e2730}"
    ".title{font-size:22px;font-weight:600}.step{font-size:16px;font-weight:600}"
    ".item{font-size:13px}.soft{fill:#57606b}.spine{stroke:#918c7d;stroke-width:2;fill:none}"
    ".way{stroke:#a5301a;stroke-width:3}.bead{fill:#fffdf8;stroke:#17506a;stroke-width:2}"
    ".optional{stroke-dasharray:4 3}.number{font-size:13px;text-anchor:middle}</style>\n";

typedef struct drawing {
    spil_str *out;
    const spil_model *model;
    spil_lang lang;
} drawing;

static void text_at(const drawing *d, double x, double y, const char *class, const char *anchor,
                    const char *text, double ems)
{
    spil_str shown = SPIL_STR_INIT;
    spil_text_shorten(&shown, text, ems);
    spil_str_addf(d->out, "<text class=\"%s\" x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">", class, x,
                  y, anchor);
    spil_html_text(d->out, spil_str_text(&shown));
    spil_str_add(d->out, "</text>\n");
    spil_str_free(&shown);
}

static const char *word(const drawing *d, spil_word which)
{
    return spil_word_text(d->lang, which);
}

static double height_of(const spil_model_step *step)
{
    const size_t most =
        step->role_count > step->barrier_count + 1 ? step->role_count : step->barrier_count + 1;
    return (double)(most + 2) * line;
}

static void draw_roles(const drawing *d, const spil_model_step *step, double y)
{
    for (size_t i = 0; i < step->role_count; i++) {
        const spil_model_role *const role = &step->roles[i];
        spil_str text = SPIL_STR_INIT;
        spil_str_add(&text, spil_name_in(role->names, d->lang));
        if (role->needed > 1)
            spil_str_addf(&text, " (%u)", (unsigned)role->needed);
        text_at(d, spine - 40, y + line * (double)i, "item", "end", spil_str_text(&text),
                (spine - 60) / size);
        spil_str_free(&text);
    }
}

/* Required or not, one of several ways, at any time: in soft letters below the name. */
static void draw_remarks(const drawing *d, const spil_model_step *step, double y)
{
    spil_str text = SPIL_STR_INIT;
    const struct {
        bool holds;
        spil_word word;
    } remarks[] = {{!step->required, SPIL_SAY_step_optional},
                   {*step->any_of != '\0', SPIL_SAY_step_any_of},
                   {step->any_time, SPIL_SAY_step_any_time}};
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (remarks[i].holds)
            spil_str_addf(&text, "%s%s", text.length ? "; " : "", word(d, remarks[i].word));
    if (text.length)
        text_at(d, spine + 30, y, "item soft", "start", spil_str_text(&text), 40);
    spil_str_free(&text);
}

static void draw_barriers(const drawing *d, const spil_model_step *step, double y)
{
    for (size_t i = 0; i < step->barrier_count; i++) {
        const spil_model_barrier *const barrier = &step->barriers[i];
        spil_str text = SPIL_STR_INIT;
        spil_str_addf(&text, "%s: %s", spil_name_in(spil_partner_names(barrier->partner), d->lang),
                      spil_name_in(barrier->names, d->lang));
        text_at(d, spine + 30, y + line * (double)(i + 1), "item", "start", spil_str_text(&text),
                (width - spine - 40) / size);
        spil_str_free(&text);
    }
}

static void draw_step(const drawing *d, size_t s, double y)
{
    const spil_model_step *const step = &d->model->steps[s];
    spil_str_addf(d->out, "<circle class=\"bead%s\" cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\"/>\n",
                  step->required ? "" : " optional", spine, y, bead);
    spil_str_addf(d->out, "<text class=\"number\" x=\"%.0f\" y=\"%.0f\">%zu</text>\n", spine, y + 5,
                  s + 1);
    text_at(d, spine + 30, y + 5, "step", "start", spil_name_in(step->names, d->lang), 38);
    draw_remarks(d, step, y + 5 + line);
    draw_roles(d, step, y + 5);
    draw_barriers(d, step, y + 5 + line * (*step->any_of || step->any_time || !step->required));
}

/* From the first to the last step, and a mark along those that are ways to one end. */
static void draw_spine(const drawing *d, const double *y)
{
    const spil_model *const model = d->model;
    spil_str_addf(d->out, "<path class=\"spine\" d=\"M%.0f %.0fV%.0f\"/>\n", spine, y[0],
                  y[model->step_count - 1]);
    for (size_t s = 0, last; s < model->step_count; s = last + 1) {
        for (last = s; model->steps[s].group != SPIL_NO_GROUP && last + 1 < model->step_count &&
                       model->steps[last + 1].group == model->steps[s].group;)
            last++;
        if (last > s)
            spil_str_addf(d->out, "<path class=\"way\" d=\"M%.0f %.0fV%.0f\"/>\n", spine - 26,
                          y[s] - bead, y[last] + bead);
    }
}

spil_status spil_draw_model(spil_str *out, const spil_model *model, spil_lang lang, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const drawing d = {out, model, lang};
    double *y = NULL, next = top;
    TRY(NEW_ARRAY(y, model->step_count, err));
    for (size_t s = 0; s < model->step_count; s++) {
        y[s] = next;
        next += height_of(&model->steps[s]);
    }
    spil_str_addf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
                  "width=\"%.0f\" height=\"%.0f\" role=\"img\" lang=\"%s\">\n<title>",
                  width, next, width, next, spil_lang_code(lang));
    spil_html_text(out, spil_name_in(model->names, lang));
    spil_str_add(out, "</title>\n");
    spil_str_add(out, style);
    spil_str_addf(out, "<rect width=\"%.0f\" height=\"%.0f\" fill=\"#fffdf8\"/>\n", width, next);
    text_at(&d, 30, 40, "title", "start", spil_name_in(model->names, lang), 40);
    draw_spine(&d, y);
    for (size_t s = 0; s < model->step_count; s++)
        draw_step(&d, s, y[s]);
    spil_str_add(out, "</svg>\n");
    TRY(spil_str_status(out, err));
done:
    spil_free(y);
    return rc;
}
