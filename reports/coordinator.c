/* coordinator.c - see coordinator.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/coordinator.h"

#include "reports/html.h"

#include <math.h>

static const char style[] =
#include "reports/templates/dossier.css.inc"
    ;

void spil_coordinator_begin(const spil_pen *pen)
{
    spil_html_head(pen, SPIL_SAY_coord_title, style, NULL);
    HTML(pen, "<main>\n<header>\n<h1>");
    WORD(pen, coord_title);
    HTML(pen, "</h1>\n<p>");
    WORD(pen, coord_intro);
    HTML(pen, "</p>\n<p class=\"soft\">");
    WORD(pen, run_word);
    HTML(pen, ": ");
    spil_html_digest(pen, pen->result->run.fingerprint);
    HTML(pen, "</p>\n</header>\n");
}

void spil_coordinator_end(const spil_pen *pen)
{
    HTML(pen, "</main>\n</body>\n</html>\n");
}

void spil_say_price_row(const spil_pen *pen, const spil_price_row *row)
{
    switch (row->of) {
    case SPIL_PRICE_FIELD:
        SAY(pen, coord_field, A_WORD(spil_partner_field_word((spil_partner_field)row->field)));
        break;
    case SPIL_PRICE_OWNER:
        if (row->owner[0])
            SAY(pen, coord_owner, A_NAME(row->owner));
        else
            WORD(pen, coord_no_owner);
        break;
    case SPIL_PRICE_KIND:
        SAY(pen, coord_kind, A_WORDS(spil_kind_names((spil_entity_kind)row->kind)));
        break;
    }
}

static void agreement(const spil_pen *pen, double tau)
{
    if (isnan(tau))
        WORD(pen, coord_no_order);
    else
        PART(pen, A_NUMBER(tau));
}

static void price_table(const spil_pen *pen, const spil_privacy_price *price)
{
    static const spil_column columns[] = {{SPIL_SAY_coord_what, false},
                                          {SPIL_SAY_coord_open, false},
                                          {SPIL_SAY_coord_with, true},
                                          {SPIL_SAY_coord_without, true}};
    spil_html_table(pen, SPIL_SAY_coord_caption, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < price->row_count; i++) {
        const spil_price_row *const row = &price->rows[i];
        HTML(pen, "<tr><td>");
        spil_say_price_row(pen, row);
        HTML(pen, "</td><td>");
        if (row->open)
            WORD(pen, coord_yes);
        else
            WORD(pen, coord_no);
        HTML(pen, "</td><td class=\"n\">");
        agreement(pen, row->with_it);
        HTML(pen, "</td><td class=\"n\">");
        agreement(pen, row->without);
        HTML(pen, "</td></tr>\n");
    }
    spil_html_table_end(pen);
}

static void price_text(const spil_pen *pen, const spil_privacy_price *price)
{
    HTML(pen, "<p>");
    if (isnan(price->told))
        SAY(pen, coord_told_none, A_COUNT(price->targets));
    else
        SAY(pen, coord_told, A_COUNT(price->targets), A_NUMBER(price->told));
    HTML(pen, " ");
    if (isnan(price->open))
        WORD(pen, coord_facts_none);
    else
        SAY(pen, coord_facts, A_NUMBER(price->open));
    HTML(pen, "</p>\n");
}

void spil_coordinator_partner(const spil_pen *pen, const spil_partner_list *list,
                              const spil_privacy_price *price)
{
    HTML(pen, "<section class=\"subject\">\n<h2 class=\"cap\">");
    PART(pen, A_WORDS(spil_partner_names(list->to->partner)));
    HTML(pen, "</h2>\n<p class=\"soft\">");
    PART(pen, A_NAME(list->to->recipient));
    HTML(pen, "</p>\n<p>");
    SAY(pen, coord_rows, A_COUNT(list->row_count), A_COUNT(list->pseudonyms),
        A_COUNT(list->held_back));
    HTML(pen, " ");
    SAY(pen, coord_alike, A_COUNT(list->alike), A_COUNT(list->blurred), A_COUNT(list->kept_back));
    HTML(pen, "</p>\n");
    if (price->targets < 2) {
        HTML(pen, "<p>");
        WORD(pen, coord_few);
        HTML(pen, "</p>\n");
    } else {
        price_text(pen, price);
        price_table(pen, price);
    }
    HTML(pen, "</section>\n");
}
