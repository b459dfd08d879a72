/* partner_html.c - the table of a partner as one page to read and to print; see partner_list.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without script or request; its content policy forbids everything but its one style sheet. */
#include "reports/html.h"
#include "reports/partner_list.h"

#include <string.h>

static const char style[] =
#include "reports/templates/dossier.css.inc"
    ;

static void head(const spil_pen *pen, const spil_partner_list *list)
{
    HTML(pen, "<thead><tr>");
    for (size_t c = 0; c < list->column_count; c++) {
        const bool numeric = list->row_count > 0 && !list->cells[c].text;
        HTML(pen, numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        spil_say_word(pen, spil_partner_field_word(list->columns[c]), NULL, 0);
        HTML(pen, "</th>");
    }
    HTML(pen, "</tr></thead>\n");
}

static void cell(const spil_pen *pen, const spil_partner_cell *cell, spil_partner_field field)
{
    if (cell->text) {
        HTML(pen, field == SPIL_FIELD_key ? "<td class=\"d\">" : "<td class=\"t\">");
        spil_html_name(pen->out, cell->text);
    } else {
        HTML(pen, "<td class=\"n\">");
        const spil_arg number = cell->share ? A_PERCENT(cell->number) : A_NUMBER(cell->number);
        spil_say_arg(pen, &number);
    }
    HTML(pen, "</td>");
}

static void table(const spil_pen *pen, const spil_partner_list *list)
{
    HTML(pen, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    WORD(pen, partner_list_page);
    HTML(pen, "\"><table>\n");
    head(pen, list);
    HTML(pen, "<tbody>\n");
    for (size_t r = 0; r < list->row_count; r++) {
        HTML(pen, "<tr>");
        for (size_t c = 0; c < list->column_count; c++)
            cell(pen, &list->cells[r * list->column_count + c], list->columns[c]);
        HTML(pen, "</tr>\n");
    }
    HTML(pen, "</tbody></table></div>\n");
}

static void remark(const spil_pen *pen, spil_word word, const char *kind)
{
    spil_str_addf(pen->out, "<p%s>", kind);
    spil_say_word(pen, word, NULL, 0);
    HTML(pen, "</p>\n");
}

spil_status spil_partner_html(const spil_partner_list *list, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    const spil_pen pen = {out, NULL, lang, true};
    spil_str footer = SPIL_STR_INIT;
    spil_html_head(&pen, SPIL_SAY_partner_list_page, style, NULL);
    HTML(&pen, "<h1>");
    SAY(&pen, partner_list_title, A_WORDS(spil_partner_names(list->to->partner)));
    HTML(&pen, "</h1>\n");
    if (list->proposed)
        remark(&pen, SPIL_SAY_proposed_only, " class=\"mark\"");
    if (list->pseudonyms)
        remark(&pen, SPIL_SAY_pseudonym_note, "");
    if (list->row_count)
        table(&pen, list);
    else
        remark(&pen, SPIL_SAY_partner_list_none, "");
    spil_partner_footer(list, lang, &footer);
    HTML(&pen, "<footer>");
    spil_html_text(out, spil_str_text(&footer));
    HTML(&pen, "</footer>\n</body>\n</html>\n");
    const spil_status rc = spil_str_status(&footer, err);
    spil_str_free(&footer);
    return rc == SPIL_OK ? spil_str_status(out, err) : rc;
}
