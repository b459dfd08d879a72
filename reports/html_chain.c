/* html_chain.c - the barrier chain of a community as a picture and step by step: how probable
 * each is, who fills it, what breaks it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>
#include <string.h>

#define HOLDERS_SHOWN 5

static double in_place(const spil_result_step *step)
{
    return fmin(fmax(step->probability.mean * step->filled.mean, 0.0), 1.0);
}

/* ---- the picture: a link a step ---- */

#define POINT 8.0 /* of an arrow of 100 by 40 */

/* The arrow, and its lower part up to so much of its height. */
static void arrow(const spil_pen *pen, double full)
{
    const double level = 40.0 * (1.0 - full);
    const double bend = POINT * (1.0 - fabs(level - 20.0) / 20.0); /* of the sides at that height */
    HTML(pen, "<svg class=\"arrow\" viewBox=\"0 0 100 40\" preserveAspectRatio=\"none\" "
              "aria-hidden=\"true\"><path class=\"body\" d=\"M0 0H92L100 20L92 40H0L8 20Z\"/>");
    spil_str_addf(pen->out, "<path class=\"filled\" d=\"M%.1f %.1fH%.1f", bend, level, 92.0 + bend);
    HTML(pen, level < 20.0 ? "L100 20L92 40H0L8 20Z\"/>" : "L92 40H0Z\"/>");
    HTML(pen, "<path class=\"rim\" d=\"M0 0H92L100 20L92 40H0L8 20Z\"/></svg>");
}

static size_t known_roles(const spil_result_step *step)
{
    size_t known = 0;
    for (size_t r = 0; r < step->role_count; r++)
        known += step->roles[r].holder_count > 0;
    return known;
}

/* The proposals of the list that break the chain at this step. */
static void breaks(const spil_pen *pen, size_t community, const spil_result_chain *chain,
                   const spil_result_step *step)
{
    const spil_result *const r = pen->result;
    bool any = false;
    for (size_t i = 0; i < r->target_count; i++) {
        const spil_result_target *const t = &r->targets[i];
        if (t->community != community || t->model != chain->model ||
            strcmp(t->step_id, step->id) != 0)
            continue;
        HTML(pen, any ? " " : "<span class=\"breaks\">");
        any = true;
        const spil_pen plain = {pen->out, r, pen->lang, false};
        spil_str said = SPIL_STR_INIT;
        const spil_pen aside = {&said, r, pen->lang, false};
        spil_say_proposal(&aside, t);
        spil_str_addf(pen->out, "<a href=\"#t%u\" title=\"", t->rank);
        spil_html_text(pen->out, spil_str_text(&said));
        HTML(pen, "\" aria-label=\"");
        SAY(&plain, proposal_number, A_COUNT(t->rank));
        HTML(pen, ": ");
        spil_html_text(pen->out, spil_str_text(&said));
        spil_str_addf(pen->out, "\">%u</a>", t->rank);
        pen->out->failed = pen->out->failed || said.failed;
        spil_str_free(&said);
    }
    if (any)
        HTML(pen, "</span>");
}

static void picture(const spil_pen *pen, size_t community, const spil_result_chain *chain)
{
    HTML(pen, "<ol class=\"arrows\">\n");
    for (size_t s = 0; s < chain->step_count; s++) {
        const spil_result_step *const step = &chain->steps[s];
        spil_str_addf(pen->out, "<li class=\"%s%s\">", step->required ? "needed" : "optional",
                      step->weakest ? " weakest" : "");
        arrow(pen, in_place(step));
        HTML(pen, "<div><b class=\"cap\">");
        PART(pen, A_WORDS(step->names));
        HTML(pen, "</b><span>");
        PART(pen, A_PERCENT(in_place(step)));
        if (step->role_count > 0) {
            HTML(pen, " &#183; ");
            SAY(pen, roles_known, A_COUNT(known_roles(step)), A_COUNT(step->role_count));
        }
        HTML(pen, "</span>");
        breaks(pen, community, chain, step);
        HTML(pen, "</div></li>\n");
    }
    HTML(pen, "</ol>\n<p class=\"note\">");
    WORD(pen, arrows_note);
    HTML(pen, "</p>\n");
}

/* ---- the steps, one by one ---- */

/* As full as the step is probable and manned. */
static void bead(const spil_pen *pen, const spil_result_step *step)
{
    HTML(pen, "<svg class=\"bead\" viewBox=\"-12 -12 24 24\" aria-hidden=\"true\">"
              "<circle class=\"rim\" r=\"10\"/>");
    spil_str_addf(pen->out, "<circle class=\"core\" r=\"%.1f\"/></svg>",
                  8.0 * sqrt(in_place(step)));
}

static void measure(const spil_pen *pen, spil_word name, const spil_spread *spread)
{
    HTML(pen, "<div class=\"measure\"><span>");
    spil_say_word(pen, name, NULL, 0);
    HTML(pen, "</span>");
    spil_html_strip(pen, spread);
    HTML(pen, "<b>");
    PART(pen, A_SPREAD(spread));
    HTML(pen, "</b></div>\n");
}

static void role(const spil_pen *pen, const spil_result_role *role)
{
    static const spil_word help[] = {
        [SPIL_FACILITATOR_AWARE] = SPIL_SAY_facilitator_aware,
        [SPIL_FACILITATOR_UNAWARE] = SPIL_SAY_facilitator_unaware,
        [SPIL_FACILITATOR_BOTH] = SPIL_SAY_facilitator_both,
    };
    HTML(pen, "<li><b>");
    PART(pen, A_WORDS(role->names));
    HTML(pen, "</b>");
    if (role->needed > 1) {
        HTML(pen, " ");
        SAY(pen, role_needed, A_COUNT(role->needed));
    }
    if (role->facilitator != SPIL_FACILITATOR_NO) {
        HTML(pen, " <small>");
        spil_say_word(pen, help[role->facilitator], NULL, 0);
        HTML(pen, "</small>");
    }
    HTML(pen, ": ");
    if (role->holder_count == 0)
        WORD(pen, role_unknown);
    for (size_t h = 0; h < role->holder_count && h < HOLDERS_SHOWN; h++) {
        HTML(pen, h ? ", " : "");
        SAY(pen, holder, A_ENTITY(role->holders[h].entity), A_PERCENT(role->holders[h].q));
    }
    if (role->holder_count > HOLDERS_SHOWN) {
        HTML(pen, " ");
        SAY(pen, and_more, A_COUNT(role->holder_count - HOLDERS_SHOWN));
    }
    HTML(pen, "</li>");
}

static void barriers(const spil_pen *pen, const spil_result_step *step)
{
    HTML(pen, "<p class=\"barriers\"><span>");
    WORD(pen, barriers);
    HTML(pen, "</span> ");
    for (size_t i = 0; i < step->barrier_count; i++) {
        const spil_result_barrier *const b = &step->barriers[i];
        HTML(pen, i ? " &#183; " : "");
        SAY(pen, barrier_by, A_WORDS(b->names), A_WORDS(spil_partner_names(b->partner)));
    }
    HTML(pen, "</p>");
}

static void remark(const spil_pen *pen, spil_word word)
{
    HTML(pen, " <small>");
    spil_say_word(pen, word, NULL, 0);
    HTML(pen, "</small>");
}

static void step_item(const spil_pen *pen, const spil_result_step *step)
{
    spil_str_addf(pen->out, "<li class=\"step%s%s\">", step->required ? "" : " optional",
                  step->weakest ? " weakest" : "");
    bead(pen, step);
    HTML(pen, "<h5>");
    PART(pen, A_WORDS(step->names));
    if (!step->required)
        remark(pen, SPIL_SAY_step_optional);
    if (*step->any_of)
        remark(pen, SPIL_SAY_step_any_of);
    if (step->any_time)
        remark(pen, SPIL_SAY_step_any_time);
    HTML(pen, "</h5>\n");
    if (step->weakest) {
        HTML(pen, "<p class=\"weak-mark\">");
        SAY(pen, step_weakest, A_NUMBER(step->stand_ins));
        HTML(pen, "</p>\n");
    }
    measure(pen, SPIL_SAY_step_probability, &step->probability);
    measure(pen, SPIL_SAY_step_filled, &step->filled);
    HTML(pen, "<ul class=\"roles\">");
    for (size_t r = 0; r < step->role_count; r++)
        role(pen, &step->roles[r]);
    HTML(pen, "</ul>\n");
    barriers(pen, step);
    HTML(pen, "</li>\n");
}

void spil_html_chain(const spil_pen *pen, size_t community, const spil_result_chain *chain)
{
    HTML(pen, "<div class=\"chain\"><header><h4>");
    PART(pen, A_WORDS(pen->result->models[chain->model].names));
    HTML(pen, "</h4><p>");
    SAY(pen, chain_chance, A_SPREAD(&chain->process), A_SPREAD(&chain->chain));
    HTML(pen, "</p></header>\n");
    picture(pen, community, chain);
    HTML(pen, "<ol class=\"steps\">\n");
    for (size_t s = 0; s < chain->step_count; s++)
        step_item(pen, &chain->steps[s]);
    HTML(pen, "</ol></div>\n");
}
