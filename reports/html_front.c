/* html_front.c - the first page: what is proposed, in plain words, and how sure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#define FRONT_TARGETS 10

static const struct {
    const char *id;
    spil_word word;
    bool of_list; /* only where there is a list */
} sections[] = {
    {"front", SPIL_SAY_nav_front, false},         {"proposals", SPIL_SAY_nav_proposals, true},
    {"communities", SPIL_SAY_communities, false}, {"hours", SPIL_SAY_nav_hours, true},
    {"data", SPIL_SAY_nav_data, false},           {"method", SPIL_SAY_nav_method, false},
};

static uint64_t sum(const uint64_t *counts, size_t n)
{
    uint64_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += counts[i];
    return total;
}

void spil_html_masthead(const spil_pen *pen)
{
    HTML(pen, "<a class=\"skip\" href=\"#front\">");
    WORD(pen, skip);
    HTML(pen, "</a>\n<header class=\"masthead\">\n<p class=\"kicker\"><b>Spil</b> ");
    WORD(pen, kicker);
    HTML(pen, "</p>\n<h1>");
    WORD(pen, title);
    HTML(pen, "</h1>\n<p class=\"notice\"><strong>");
    WORD(pen, notice_title);
    HTML(pen, "</strong> ");
    WORD(pen, notice);
    HTML(pen, "</p>\n<nav aria-label=\"");
    WORD(pen, contents);
    HTML(pen, "\"><ul>");
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (sections[i].of_list && pen->result->target_count == 0)
            continue;
        spil_str_addf(pen->out, "<li><a href=\"#%s\">", sections[i].id);
        spil_say_word(pen, sections[i].word, NULL, 0);
        HTML(pen, "</a></li>");
    }
    HTML(pen, "</ul></nav>\n</header>\n<main>\n");
}

static void say_case(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    HTML(pen, "<p class=\"lede\">");
    if (r->source_count == 1)
        SAY(pen, case_one_source, A_COUNT(sum(r->entities_by_kind, SPIL_ENTITY_KIND_COUNT)),
            A_COUNT(sum(r->links_by_kind, SPIL_LINK_KIND_COUNT)));
    else
        SAY(pen, case_sources, A_COUNT(sum(r->entities_by_kind, SPIL_ENTITY_KIND_COUNT)),
            A_COUNT(sum(r->links_by_kind, SPIL_LINK_KIND_COUNT)), A_COUNT(r->source_count));
    if (r->run.as_of != SPIL_NO_DAY) {
        HTML(pen, " ");
        SAY(pen, case_as_of, A_DAY(r->run.as_of));
    }
    HTML(pen, " ");
    if (r->scored_communities > 0)
        SAY(pen, case_communities, A_COUNT(r->all_communities), A_COUNT(r->scored_communities));
    else
        SAY(pen, case_none_scored, A_COUNT(r->all_communities));
    if (r->target_count > 0 && r->possible > 0.0) {
        HTML(pen, " ");
        SAY(pen, list_gain, A_COUNT(r->target_count), A_PERCENT(r->gain / r->possible));
    }
    HTML(pen, "</p>\n");
}

static void front_row(const spil_pen *pen, const spil_result_target *t)
{
    const spil_result *const r = pen->result;
    const double part = r->possible > 0.0 ? t->marginal / r->possible : 0.0;
    spil_str_addf(pen->out,
                  "<li><span class=\"rank\">%u</span><div class=\"what\"><a href=\"#t%u\">",
                  t->rank, t->rank);
    spil_say_proposal(pen, t);
    HTML(pen, "</a><p>");
    SAY(pen, front_why, A_WORDS(spil_partner_names(t->barrier.partner)), A_WORDS(t->step_names),
        A_WORDS(r->models[t->model].names), A_COUNT(t->community_number));
    HTML(pen, "</p></div><div class=\"gain\">");
    spil_html_meter(pen, r->target_count > 0 && r->targets[0].marginal > 0.0
                             ? t->marginal / r->targets[0].marginal
                             : 0.0);
    HTML(pen, "<span>");
    SAY(pen, front_gain, A_PERCENT(part));
    HTML(pen, "</span></div>");
    spil_html_sureness(pen, t->stability);
    HTML(pen, "</li>\n");
}

void spil_html_front(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    spil_html_section(pen, "front", SPIL_SAY_front);
    say_case(pen);
    if (r->target_count == 0) {
        HTML(pen, "<p class=\"empty\">");
        WORD(pen, no_targets);
        HTML(pen, "</p>\n</section>\n");
        return;
    }
    HTML(pen, "<ol class=\"front\">\n");
    for (size_t i = 0; i < r->target_count && i < FRONT_TARGETS; i++)
        front_row(pen, &r->targets[i]);
    HTML(pen, "</ol>\n<p class=\"note\">");
    WORD(pen, front_note);
    HTML(pen, "</p>\n</section>\n");
}
