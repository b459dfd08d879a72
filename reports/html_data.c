/* html_data.c - what there was to work with: sources, rejects, drops, coverage.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

/* ---- sources: a column that no source fills is told in one sentence ---- */

typedef enum stated { GRADE, OWNER, BASIS, PURPOSE, KEEP_UNTIL, STATED } stated;

static const spil_word stated_words[STATED] = {SPIL_SAY_col_grade, SPIL_SAY_col_owner,
                                               SPIL_SAY_basis, SPIL_SAY_col_purpose,
                                               SPIL_SAY_keep_until};

static const char *stated_text(const spil_result_source *s, stated what)
{
    switch (what) {
    case GRADE:
        return s->grade;
    case OWNER:
        return s->owner;
    case BASIS:
        return s->basis;
    case PURPOSE:
        return s->purpose;
    case KEEP_UNTIL:
    case STATED:
        break;
    }
    return s->keep_until == SPIL_NO_DAY ? "" : "day";
}

static bool anybody_states(const spil_result *r, stated what)
{
    for (size_t i = 0; i < r->source_count; i++)
        if (*stated_text(&r->sources[i], what))
            return true;
    return false;
}

static void stated_cell(const spil_pen *pen, const spil_result_source *s, stated what)
{
    if (!*stated_text(s, what))
        spil_html_cell(pen, A_WORD(SPIL_SAY_not_stated));
    else if (what == KEEP_UNTIL)
        spil_html_cell(pen, A_DAY(s->keep_until));
    else
        spil_html_cell(pen, A_NAME(stated_text(s, what)));
}

static void say_unstated(const spil_pen *pen)
{
    bool any = false;
    for (stated w = 0; w < STATED; w++) {
        if (anybody_states(pen->result, w))
            continue;
        HTML(pen, any ? ", " : "<p class=\"note\">");
        if (!any)
            WORD(pen, unstated);
        HTML(pen, any ? "" : " ");
        any = true;
        spil_say_word(pen, stated_words[w], NULL, 0);
    }
    HTML(pen, any ? ".</p>\n" : "");
}

static void source_row(const spil_pen *pen, const spil_result_source *s, const bool *told,
                       bool merged)
{
    HTML(pen, "<tr><th scope=\"row\">");
    PART(pen, A_NAME(s->name));
    HTML(pen, "</th>");
    spil_html_cell(pen, A_NAME(s->loader));
    spil_html_cell(pen, A_COUNT(s->rows));
    spil_html_cell(pen, A_COUNT(s->accepted));
    if (merged)
        spil_html_cell(pen, A_COUNT(s->merged));
    spil_html_cell(pen, A_COUNT(s->rejected));
    for (stated w = 0; w < STATED; w++)
        if (told[w])
            stated_cell(pen, s, w);
    HTML(pen, "<td>");
    spil_html_digest(pen, s->sha256);
    HTML(pen, "</td></tr>\n");
}

static void sources(const spil_pen *pen)
{
    spil_column columns[7 + STATED] = {{SPIL_SAY_col_file, false},
                                       {SPIL_SAY_col_format, false},
                                       {SPIL_SAY_col_rows, true},
                                       {SPIL_SAY_col_accepted, true}};
    const spil_result *const r = pen->result;
    bool told[STATED], merged = false;
    size_t count = 4;
    for (size_t i = 0; i < r->source_count; i++)
        merged = merged || r->sources[i].merged > 0;
    if (merged)
        columns[count++] = (spil_column){SPIL_SAY_col_merged, true};
    columns[count++] = (spil_column){SPIL_SAY_col_rejected, true};
    for (stated w = 0; w < STATED; w++) {
        told[w] = anybody_states(r, w);
        if (told[w])
            columns[count++] = (spil_column){stated_words[w], false};
    }
    columns[count++] = (spil_column){SPIL_SAY_col_digest, false};
    spil_html_table(pen, SPIL_SAY_sources_caption, columns, count);
    for (size_t i = 0; i < r->source_count; i++)
        source_row(pen, &r->sources[i], told, merged);
    spil_html_table_end(pen);
    say_unstated(pen);
}

static void rejects(const spil_pen *pen)
{
    static const spil_column columns[] = {{SPIL_SAY_col_file, false},
                                          {SPIL_SAY_col_column, false},
                                          {SPIL_SAY_col_reason, false},
                                          {SPIL_SAY_col_rows, true},
                                          {SPIL_SAY_col_first_line, true}};
    HTML(pen, "<h3>");
    WORD(pen, rejects_title);
    HTML(pen, "</h3>\n");
    if (pen->result->reject_count == 0) {
        HTML(pen, "<p>");
        WORD(pen, rejects_none);
        HTML(pen, "</p>\n");
        return;
    }
    spil_html_table(pen, SPIL_SAY_rejects_caption, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < pen->result->reject_count; i++) {
        const spil_result_reject *const row = &pen->result->rejects[i];
        HTML(pen, "<tr>");
        spil_html_cell(pen, A_NAME(row->source));
        spil_html_cell(pen, A_NAME(row->column));
        spil_html_cell(pen, A_NAME(row->reason));
        spil_html_cell(pen, A_COUNT(row->rows));
        spil_html_cell(pen, A_COUNT(row->first_line));
        HTML(pen, "</tr>\n");
    }
    spil_html_table_end(pen);
}

static void unread(const spil_pen *pen)
{
    static const spil_column columns[] = {{SPIL_SAY_col_record, false},
                                          {SPIL_SAY_col_reason, false},
                                          {SPIL_SAY_col_rows, true},
                                          {SPIL_SAY_col_first, false}};
    static const spil_word why[SPIL_UNREAD_WHY_COUNT] = {
        [SPIL_UNREAD_ROLE] = SPIL_SAY_unread_role,
        [SPIL_UNREAD_SIGNAL] = SPIL_SAY_unread_signal,
        [SPIL_UNREAD_SIGNAL_KIND] = SPIL_SAY_unread_signal_kind};
    if (pen->result->unread_count == 0)
        return;
    HTML(pen, "<h3>");
    WORD(pen, unread_title);
    HTML(pen, "</h3>\n<p>");
    WORD(pen, unread_intro);
    HTML(pen, "</p>\n");
    spil_html_table(pen, SPIL_SAY_unread_caption, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < pen->result->unread_count; i++) {
        const spil_unread_row *const row = &pen->result->unread[i];
        HTML(pen, "<tr>");
        spil_html_cell(pen, A_NAME(row->what));
        spil_html_cell(pen, A_WORD(why[row->why]));
        spil_html_cell(pen, A_COUNT(row->rows));
        spil_html_cell(pen, A_ORIGIN(row->first));
        HTML(pen, "</tr>\n");
    }
    spil_html_table_end(pen);
}

static void drops(const spil_pen *pen)
{
    static const spil_column columns[] = {{SPIL_SAY_col_file, false},
                                          {SPIL_SAY_col_column, false},
                                          {SPIL_SAY_col_reason, false},
                                          {SPIL_SAY_col_values, true}};
    HTML(pen, "<h3>");
    WORD(pen, drops_title);
    HTML(pen, "</h3>\n<p>");
    WORD(pen, drops_intro);
    HTML(pen, "</p>\n");
    if (pen->result->drop_count == 0) {
        HTML(pen, "<p>");
        WORD(pen, drops_none);
        HTML(pen, "</p>\n");
        return;
    }
    spil_html_table(pen, SPIL_SAY_drops_caption, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < pen->result->drop_count; i++) {
        const spil_result_drop *const row = &pen->result->drops[i];
        HTML(pen, "<tr>");
        spil_html_cell(pen, A_NAME(row->source));
        spil_html_cell(pen, A_NAME(row->column));
        spil_html_cell(pen, A_NAME(row->reason));
        spil_html_cell(pen, A_COUNT(row->rows));
        HTML(pen, "</tr>\n");
    }
    spil_html_table_end(pen);
}

enum { HUBS_SHOWN = 50 };

static void hubs(const spil_pen *pen)
{
    static const spil_column columns[] = {{SPIL_SAY_col_name, false},
                                          {SPIL_SAY_col_kind, false},
                                          {SPIL_SAY_col_linked_to, true},
                                          {SPIL_SAY_col_allowed, true}};
    const spil_result *const r = pen->result;
    if (r->hub_count == 0)
        return;
    HTML(pen, "<h3>");
    WORD(pen, hubs_title);
    HTML(pen, "</h3>\n<p class=\"intro\">");
    SAY(pen, hubs_intro, A_COUNT(r->hub_count));
    HTML(pen, "</p>\n");
    spil_html_table(pen, SPIL_SAY_hubs_caption, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < r->hub_count && i < HUBS_SHOWN; i++) {
        const spil_result_hub *const hub = &r->hubs[i];
        HTML(pen, "<tr>");
        spil_html_cell(pen, A_NAME(hub->name));
        spil_html_cell(pen, A_WORDS(spil_kind_names(hub->kind)));
        spil_html_cell(pen, A_COUNT(hub->degree));
        spil_html_cell(pen, A_COUNT(hub->most));
        HTML(pen, "</tr>\n");
    }
    spil_html_table_end(pen);
}

static void count_item(const spil_pen *pen, uint64_t count, spil_names names)
{
    if (count == 0)
        return;
    HTML(pen, "<div><dt>");
    PART(pen, A_WORDS(names));
    HTML(pen, "</dt><dd>");
    PART(pen, A_COUNT(count));
    HTML(pen, "</dd></div>");
}

/* Coverage: who is in the case, and of whom anything is told. */
static void entities(const spil_pen *pen)
{
    static const spil_column columns[] = {{SPIL_SAY_col_kind, false},
                                          {SPIL_SAY_col_count, true},
                                          {SPIL_SAY_col_linked, true},
                                          {SPIL_SAY_col_told, true}};
    const spil_result *const r = pen->result;
    spil_html_table(pen, SPIL_SAY_counts_entities, columns, sizeof columns / sizeof *columns);
    for (size_t k = 0; k < SPIL_ENTITY_KIND_COUNT; k++) {
        if (r->entities_by_kind[k] == 0)
            continue;
        HTML(pen, "<tr><th scope=\"row\" class=\"cap\">");
        PART(pen, A_WORDS(spil_kind_names((spil_entity_kind)k)));
        HTML(pen, "</th>");
        spil_html_cell(pen, A_COUNT(r->entities_by_kind[k]));
        spil_html_cell(pen, A_COUNT(r->coverage.linked[k]));
        spil_html_cell(pen, A_COUNT(r->coverage.told[k]));
        HTML(pen, "</tr>\n");
    }
    spil_html_table_end(pen);
}

static void counts(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    uint64_t links = 0;
    HTML(pen, "<h3>");
    WORD(pen, coverage_title);
    HTML(pen, "</h3>\n<div class=\"columns\"><div>");
    entities(pen);
    HTML(pen, "</div>\n<div><h4>");
    WORD(pen, counts_links);
    HTML(pen, "</h4><dl class=\"counts\">");
    for (size_t k = 0; k < SPIL_LINK_KIND_COUNT; k++) {
        links += r->links_by_kind[k];
        count_item(pen, r->links_by_kind[k], spil_link_names((spil_link_kind)k));
    }
    HTML(pen, "</dl></div></div>\n<p>");
    SAY(pen, coverage_dates, A_COUNT(r->coverage.dated_links), A_COUNT(links),
        A_COUNT(r->coverage.dated_signals), A_COUNT(r->signals));
    if (r->coverage.dated_signals > 0) {
        HTML(pen, " ");
        SAY(pen, coverage_span, A_DAY(r->coverage.first_signal), A_DAY(r->coverage.last_signal));
    }
    HTML(pen, " ");
    SAY(pen, counts_rest, A_COUNT(r->roles), A_COUNT(r->attributes), A_COUNT(r->vertices),
        A_COUNT(r->edges));
    HTML(pen, "</p>\n");
}

void spil_html_data(const spil_pen *pen)
{
    uint64_t rows = 0, rejected = 0;
    for (size_t i = 0; i < pen->result->source_count; i++) {
        rows += pen->result->sources[i].rows;
        rejected += pen->result->sources[i].rejected;
    }
    spil_html_section(pen, "data", SPIL_SAY_data_title);
    HTML(pen, "<p class=\"intro\">");
    SAY(pen, data_intro, A_COUNT(rows), A_COUNT(rejected));
    HTML(pen, "</p>\n");
    sources(pen);
    rejects(pen);
    unread(pen);
    drops(pen);
    hubs(pen);
    counts(pen);
    HTML(pen, "</section>\n");
}
