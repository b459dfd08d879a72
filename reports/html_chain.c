/* html_chain.c - the barrier chain of a community drawn as steps: how probable each is, who fills
 * it, what breaks it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>

#define HOLDERS_SHOWN 5

/* The bead on the thread: as full as the step is probable and manned. */
static void bead(const spil_pen *pen, const spil_result_step *step)
{
    const double full = fmin(fmax(step->probability.mean * step->filled.mean, 0.0), 1.0);
    HTML(pen, "<svg class=\"bead\" viewBox=\"-12 -12 24 24\" aria-hidden=\"true\">"
              "<circle class=\"rim\" r=\"10\"/>");
    spil_str_addf(pen->out, "<circle class=\"core\" r=\"%.1f\"/></svg>", 8.0 * sqrt(full));
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

void spil_html_chain(const spil_pen *pen, const spil_result_chain *chain)
{
    HTML(pen, "<div class=\"chain\"><header><h4>");
    PART(pen, A_WORDS(pen->result->models[chain->model].names));
    HTML(pen, "</h4><p>");
    SAY(pen, chain_chance, A_SPREAD(&chain->process), A_SPREAD(&chain->chain));
    HTML(pen, "</p></header>\n<ol class=\"steps\">\n");
    for (size_t s = 0; s < chain->step_count; s++)
        step_item(pen, &chain->steps[s]);
    HTML(pen, "</ol></div>\n");
}
