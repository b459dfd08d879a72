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

static bool any_limit(const spil_result *r)
{
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (isfinite(r->hours_given[p]))
            return true;
    return false;
}

/* A gain as a share of all that could be taken away. */
static void gain_cell(const spil_pen *pen, double gain)
{
    if (pen->result->possible > 0.0 && isfinite(gain))
        spil_html_cell(pen, A_PERCENT(gain / pen->result->possible));
    else
        spil_html_cell(pen, A_WORD(SPIL_SAY_no_limit));
}

static void bar_cell(const spil_pen *pen, double part, double whole)
{
    HTML(pen, "<td class=\"bar\">");
    if (isfinite(whole) && whole > 0.0)
        spil_html_meter(pen, part / whole);
    HTML(pen, "</td>");
}

static void given_cells(const spil_pen *pen, double used, double given)
{
    if (isfinite(given))
        spil_html_cell(pen, A_NUMBER(given));
    else
        spil_html_cell(pen, A_WORD(SPIL_SAY_no_limit));
    bar_cell(pen, used, given);
}

static void row(const spil_pen *pen, spil_partner partner, bool limits)
{
    const spil_result *const r = pen->result;
    const spil_result_share *const share = &r->portfolio.partners[partner];
    HTML(pen, "<tr><th scope=\"row\" class=\"cap\">");
    PART(pen, A_WORDS(spil_partner_names(partner)));
    HTML(pen, "</th>");
    spil_html_cell(pen, A_COUNT(targets_of(r, partner)));
    spil_html_cell(pen, A_NUMBER(r->hours_used[partner]));
    if (limits)
        given_cells(pen, r->hours_used[partner], r->hours_given[partner]);
    if (r->portfolio.known) {
        gain_cell(pen, share->credit);
        bar_cell(pen, share->credit, r->gain);
        gain_cell(pen, share->without);
        if (limits)
            gain_cell(pen, share->more);
    }
    HTML(pen, "</tr>\n");
}

static bool is_told(const spil_result *r, size_t p)
{
    return r->hours_used[p] > 0.0 || (isfinite(r->hours_given[p]) && r->hours_given[p] > 0.0) ||
           (r->portfolio.known && r->portfolio.partners[p].more > 0.0);
}

/* Columns of limits only where somebody has one, those of shares only where they were kept. */
static void table(const spil_pen *pen, bool limits)
{
    spil_column columns[9] = {
        {SPIL_SAY_partner, false}, {SPIL_SAY_col_proposals, true}, {SPIL_SAY_col_hours_used, true}};
    const bool shares = pen->result->portfolio.known;
    size_t count = 3;
    if (limits) {
        columns[count++] = (spil_column){SPIL_SAY_col_hours_given, true};
        columns[count++] = (spil_column){SPIL_SAY_col_share_used, false};
    }
    if (shares) {
        columns[count++] = (spil_column){SPIL_SAY_share_brings, true};
        columns[count++] = (spil_column){SPIL_SAY_share_of_list, false};
        columns[count++] = (spil_column){SPIL_SAY_share_without, true};
        if (limits)
            columns[count++] = (spil_column){SPIL_SAY_share_more, true};
    }
    spil_html_table(pen, shares ? SPIL_SAY_shares_caption : SPIL_SAY_hours_caption, columns, count);
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (is_told(pen->result, p))
            row(pen, (spil_partner)p, limits);
    spil_html_table_end(pen);
}

void spil_html_hours(const spil_pen *pen)
{
    const spil_result *const r = pen->result;
    const bool limits = any_limit(r);
    if (r->target_count == 0)
        return;
    spil_html_section(pen, "hours", SPIL_SAY_hours_title);
    HTML(pen, "<p class=\"intro\">");
    spil_say_word(pen, limits ? SPIL_SAY_hours_intro : SPIL_SAY_hours_free, NULL, 0);
    HTML(pen, "</p>\n");
    if (r->portfolio.known) {
        HTML(pen, "<p>");
        SAY(pen, shares_intro, A_PERCENT(r->possible > 0.0 ? r->gain / r->possible : 0.0));
        if (limits) {
            HTML(pen, " ");
            SAY(pen, shares_price, A_NUMBER(r->portfolio.more_hours));
        }
        HTML(pen, "</p>\n");
    }
    table(pen, limits);
    HTML(pen, "</section>\n");
}
