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

/* "300 persons, 77 companies and 177 addresses": kinds with a plural of their own, then the rest.
 */
static void say_kinds(const spil_pen *pen)
{
    static const struct {
        spil_entity_kind kind;
        spil_word one, many;
    } kinds[] = {
        {SPIL_ENTITY_person, SPIL_SAY_persons_one, SPIL_SAY_persons_many},
        {SPIL_ENTITY_company, SPIL_SAY_companies_one, SPIL_SAY_companies_many},
        {SPIL_ENTITY_address, SPIL_SAY_addresses_one, SPIL_SAY_addresses_many},
    };
    enum { NAMED = sizeof kinds / sizeof *kinds };
    uint64_t counts[NAMED + 1] = {0};
    spil_word words[NAMED + 1];
    size_t shown = 0;
    uint64_t rest = sum(pen->result->entities_by_kind, SPIL_ENTITY_KIND_COUNT);
    for (size_t i = 0; i < NAMED; i++) {
        const uint64_t count = pen->result->entities_by_kind[kinds[i].kind];
        rest -= count;
        if (count == 0)
            continue;
        words[shown] = count == 1 ? kinds[i].one : kinds[i].many;
        counts[shown++] = count;
    }
    if (rest > 0 || shown == 0) {
        words[shown] = rest == 1 ? SPIL_SAY_others_one : SPIL_SAY_others_many;
        counts[shown++] = rest;
    }
    for (size_t i = 0; i < shown; i++) {
        if (i > 0 && i + 1 == shown)
            WORD(pen, and_last);
        else if (i > 0)
            HTML(pen, ", ");
        spil_say_word(pen, words[i], (const spil_arg[]){A_COUNT(counts[i])}, 1);
    }
}

static void say_case(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    HTML(pen, "<p class=\"lede\">");
    say_kinds(pen);
    if (r->source_count == 1)
        SAY(pen, case_one_source, A_COUNT(sum(r->links_by_kind, SPIL_LINK_KIND_COUNT)));
    else
        SAY(pen, case_sources, A_COUNT(sum(r->links_by_kind, SPIL_LINK_KIND_COUNT)),
            A_COUNT(r->source_count));
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

/* What the whole list asks of whom: most hours first. */
static void asked(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    bool said[SPIL_PARTNER_COUNT] = {false};
    HTML(pen, "<ul class=\"asked\" aria-label=\"");
    WORD(pen, asked_label);
    HTML(pen, "\">");
    for (;;) {
        size_t next = SPIL_PARTNER_COUNT, count = 0;
        for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
            if (!said[p] && r->hours_used[p] > 0.0 &&
                (next == SPIL_PARTNER_COUNT || r->hours_used[p] > r->hours_used[next]))
                next = p;
        if (next == SPIL_PARTNER_COUNT)
            break;
        said[next] = true;
        for (size_t t = 0; t < r->target_count; t++)
            count += r->targets[t].barrier.partner == next;
        HTML(pen, "<li><b class=\"cap\">");
        PART(pen, A_WORDS(spil_partner_names((spil_partner)next)));
        HTML(pen, "</b> ");
        if (count == 1)
            SAY(pen, asked_one, A_NUMBER(r->hours_used[next]));
        else
            SAY(pen, asked_many, A_COUNT(count), A_NUMBER(r->hours_used[next]));
        HTML(pen, "</li>");
    }
    HTML(pen, "</ul>\n");
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
    asked(pen);
    HTML(pen, "<p class=\"heads\" aria-hidden=\"true\"><span></span><span>");
    WORD(pen, front_head_what);
    HTML(pen, "</span><span>");
    WORD(pen, front_head_gain);
    HTML(pen, "</span><span>");
    WORD(pen, front_head_sure);
    HTML(pen, "</span></p>\n<ol class=\"front\">\n");
    for (size_t i = 0; i < r->target_count && i < FRONT_TARGETS; i++)
        front_row(pen, &r->targets[i]);
    HTML(pen, "</ol>\n<p class=\"note\">");
    WORD(pen, front_note);
    HTML(pen, "</p>\n</section>\n");
}
