/* html_hours.c - the portfolio: hours of the partners, what each brings, what more would bring.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>

static size_t targets_of(const spil_result *r, spil_partner partner)
{
    size_t count = 0;
    for (size_t i = 0; i < r->target_count; i++)
        count += r->targets[i].barrier.partner == partner;
    return count;
}

static void hours_row(const spil_pen *pen, spil_partner partner)
{
    const spil_result *const r = pen->result;
    const double given = r->hours_given[partner], used = r->hours_used[partner];
    HTML(pen, "<tr><th scope=\"row\" class=\"cap\">");
    PART(pen, A_WORDS(spil_partner_names(partner)));
    HTML(pen, "</th>");
    spil_html_cell(pen, A_COUNT(targets_of(r, partner)));
    spil_html_cell(pen, A_NUMBER(used));
    if (isfinite(given))
        spil_html_cell(pen, A_NUMBER(given));
    else
        spil_html_cell(pen, A_WORD(SPIL_SAY_no_limit));
    HTML(pen, "<td class=\"wide\">");
    if (isfinite(given) && given > 0.0)
        spil_html_meter(pen, used / given);
    HTML(pen, "</td></tr>\n");
}

/* A gain as a share of all that could be taken away. */
static void gain_cell(const spil_pen *pen, double gain)
{
    if (pen->result->possible > 0.0 && isfinite(gain))
        spil_html_cell(pen, A_PERCENT(gain / pen->result->possible));
    else
        spil_html_cell(pen, A_WORD(SPIL_SAY_no_limit));
}

static void share_row(const spil_pen *pen, spil_partner partner)
{
    const spil_result_share *const share = &pen->result->portfolio.partners[partner];
    HTML(pen, "<tr><th scope=\"row\" class=\"cap\">");
    PART(pen, A_WORDS(spil_partner_names(partner)));
    HTML(pen, "</th>");
    gain_cell(pen, share->credit);
    HTML(pen, "<td class=\"wide\">");
    if (pen->result->gain > 0.0)
        spil_html_meter(pen, share->credit / pen->result->gain);
    HTML(pen, "</td>");
    gain_cell(pen, share->without);
    gain_cell(pen, share->more);
    HTML(pen, "</tr>\n");
}

/* Who brings what, and what more of whose time would bring. */
static void shares(const spil_pen *pen)
{
    static const spil_column columns[] = {{SPIL_SAY_partner, false},
                                          {SPIL_SAY_share_brings, true},
                                          {SPIL_SAY_share_of_list, false},
                                          {SPIL_SAY_share_without, true},
                                          {SPIL_SAY_share_more, true}};
    const spil_result_portfolio *const portfolio = &pen->result->portfolio;
    if (!portfolio->known)
        return;
    HTML(pen, "<p>");
    SAY(pen, shares_intro, A_NUMBER(portfolio->more_hours),
        A_PERCENT(pen->result->possible > 0.0 ? pen->result->gain / pen->result->possible : 0.0));
    HTML(pen, "</p>\n");
    spil_html_table(pen, SPIL_SAY_shares_caption, columns, sizeof columns / sizeof columns[0]);
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (pen->result->hours_used[p] > 0.0 || portfolio->partners[p].more > 0.0)
            share_row(pen, (spil_partner)p);
    spil_html_table_end(pen);
}

void spil_html_hours(const spil_pen *pen)
{
    static const spil_column columns[] = {{SPIL_SAY_partner, false},
                                          {SPIL_SAY_col_proposals, true},
                                          {SPIL_SAY_col_hours_used, true},
                                          {SPIL_SAY_col_hours_given, true},
                                          {SPIL_SAY_col_share_used, false}};
    const spil_result *const r = pen->result;
    if (r->target_count == 0)
        return;
    spil_html_section(pen, "hours", SPIL_SAY_hours_title);
    HTML(pen, "<p class=\"intro\">");
    WORD(pen, hours_intro);
    HTML(pen, "</p>\n");
    spil_html_table(pen, SPIL_SAY_hours_caption, columns, sizeof columns / sizeof columns[0]);
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (r->hours_used[p] > 0.0 || (isfinite(r->hours_given[p]) && r->hours_given[p] > 0.0))
            hours_row(pen, (spil_partner)p);
    spil_html_table_end(pen);
    shares(pen);
    HTML(pen, "</section>\n");
}
