/* html_proposals.c - each proposal with its reasons, every reason with its source and line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>

static void fact(const spil_pen *pen, spil_word term, spil_arg value)
{
    HTML(pen, "<div><dt>");
    spil_say_word(pen, term, NULL, 0);
    HTML(pen, "</dt><dd>");
    PART(pen, value);
    HTML(pen, "</dd></div>");
}

static void facts(const spil_pen *pen, const spil_result_target *t)
{
    HTML(pen, "<dl class=\"facts\">");
    fact(pen, SPIL_SAY_partner, A_WORDS(spil_partner_names(t->barrier.partner)));
    fact(pen, SPIL_SAY_basis, A_NAME(t->barrier.basis));
    fact(pen, SPIL_SAY_hours, A_NUMBER(t->barrier.hours));
    HTML(pen, "<div><dt>");
    WORD(pen, lead_time);
    HTML(pen, "</dt><dd>");
    SAY(pen, so_many_days, A_NUMBER(t->barrier.lead_days));
    HTML(pen, "</dd></div>");
    fact(pen, SPIL_SAY_works, A_PERCENT(t->effect));
    if (t->barrier.learned)
        fact(pen, SPIL_SAY_learned_from, A_NAME(t->barrier.learned));
    HTML(pen, "<div><dt>");
    WORD(pen, community_word);
    if (t->community == SPIL_NOT_SHOWN) {
        spil_str_addf(pen->out, "</dt><dd>%u</dd></div>", t->community_number);
    } else { /* a number alone says nothing in a list of links */
        spil_str_addf(pen->out, "</dt><dd><a href=\"#c%u\" aria-label=\"", t->community_number);
        SAY(pen, community_title, A_COUNT(t->community_number));
        spil_str_addf(pen->out, "\">%u</a></dd></div>", t->community_number);
    }
    HTML(pen, "</dl>\n");
}

/* The note below tells of weights that nobody measured: a mark is for a list of both sorts. */
static bool both_sorts(const spil_result_target *t)
{
    bool assumed = false, measured = false;
    for (size_t i = 0; i < t->reason_count; i++) {
        assumed = assumed || t->reasons[i].assumed;
        measured = measured || (!t->reasons[i].assumed && t->reasons[i].kind != SPIL_FACT_POSITION);
    }
    return assumed && measured;
}

static void reason_item(const spil_pen *pen, const spil_result_target *t,
                        const spil_result_reason *reason, bool mark)
{
    HTML(pen, "<li><div class=\"share\">");
    spil_html_meter(pen, fabs(reason->share));
    HTML(pen, "<small>");
    if (reason->value < 0.0)
        HTML(pen, "&#8722;");
    PART(pen, A_PERCENT(fabs(reason->share)));
    HTML(pen, "</small></div><p>");
    spil_say_reason(pen, t, reason);
    if (mark && reason->assumed) {
        HTML(pen, " <span class=\"assumed\">");
        WORD(pen, assumed_mark);
        HTML(pen, "</span>");
    }
    HTML(pen, "</p></li>\n");
}

static void reasons(const spil_pen *pen, const spil_result_target *t)
{
    HTML(pen, "<h4>");
    WORD(pen, why);
    HTML(pen, "</h4>\n");
    if (t->reason_count == 0) {
        HTML(pen, "<p>");
        WORD(pen, no_reasons);
        HTML(pen, "</p>\n");
        return;
    }
    HTML(pen, "<ol class=\"reasons\">\n");
    for (size_t i = 0; i < t->reason_count; i++)
        reason_item(pen, t, &t->reasons[i], both_sorts(t));
    HTML(pen, "</ol>\n");
}

static void sentences(const spil_pen *pen, const spil_result_target *t)
{
    HTML(pen, "<p class=\"plain\">");
    spil_say_fall(pen, t);
    HTML(pen, " ");
    spil_say_recovery(pen, t);
    HTML(pen, " ");
    spil_say_stability(pen, t);
    HTML(pen, "</p>\n");
}

/* The records that were found to be one. */
static void records(const spil_pen *pen, const spil_result_entity *entity)
{
    if (entity->also_count == 0)
        return;
    HTML(pen, "<p class=\"sub\">");
    WORD(pen, recorded_as);
    for (size_t i = 0; i < entity->also_count; i++) {
        HTML(pen, i ? "; " : " ");
        spil_html_text(pen->out, entity->also[i].name);
        HTML(pen, " <bdi class=\"key\">");
        spil_html_text(pen->out, entity->also[i].key);
        HTML(pen, "</bdi>, ");
        PART(pen, A_ORIGIN(entity->also[i].origin));
    }
    HTML(pen, "</p>");
}

static void proposal(const spil_pen *pen, const spil_result_target *t)
{
    const spil_result_entity *const entity = &pen->result->entities[t->entity];
    spil_str_addf(pen->out,
                  "<article class=\"target\" id=\"t%u\" aria-labelledby=\"t%u-title\">\n"
                  "<header><span class=\"rank\">%u</span><div><h3 id=\"t%u-title\">",
                  t->rank, t->rank, t->rank, t->rank);
    spil_say_proposal(pen, t);
    HTML(pen, "</h3><p class=\"sub\">");
    PART(pen, A_WORDS(spil_kind_names(entity->kind)));
    HTML(pen, " <bdi class=\"key\">");
    spil_html_text(pen->out, entity->key);
    HTML(pen, "</bdi> &#183; ");
    SAY(pen, step_of, A_WORDS(t->step_names), A_WORDS(pen->result->models[t->model].names));
    HTML(pen, "</p>");
    records(pen, entity);
    HTML(pen, "</div><p class=\"status\">");
    PART(pen, A_WORD(spil_status_word(t->status)));
    HTML(pen, "</p></header>\n<div class=\"body\"><div>\n");
    sentences(pen, t);
    reasons(pen, t);
    if (t->assumed) {
        HTML(pen, "<p class=\"note\">");
        WORD(pen, rests_on_assumed);
        HTML(pen, " ");
        spil_say_assumed(pen, t->assumed);
        HTML(pen, ".</p>\n");
    }
    HTML(pen, "</div>\n<div class=\"side\">");
    spil_html_sureness(pen, t->stability);
    facts(pen, t);
    HTML(pen, "</div></div>\n</article>\n");
}

void spil_html_proposals(const spil_pen *pen)
{
    if (pen->result->target_count == 0)
        return;
    spil_html_section(pen, "proposals", SPIL_SAY_proposals);
    HTML(pen, "<p class=\"intro\">");
    WORD(pen, proposals_intro);
    HTML(pen, "</p>\n");
    for (size_t i = 0; i < pen->result->target_count; i++)
        proposal(pen, &pen->result->targets[i]);
    HTML(pen, "</section>\n");
}
