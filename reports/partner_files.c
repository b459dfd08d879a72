/* partner_files.c - the table of a partner as files; see partner_list.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each writer sees the table alone, never the result. Foreign text goes through escape.h; in the
 * workbook it is a text cell, so no formula can be smuggled in.
 */
#include "reports/escape.h"
#include "reports/partner_list.h"
#include "reports/workbook.h"

#include <string.h>

static const spil_partner_cell *cell_at(const spil_partner_list *list, size_t row, size_t column)
{
    return &list->cells[row * list->column_count + column];
}

static const char *heading(const spil_partner_list *list, size_t column, spil_lang lang)
{
    return spil_word_text(lang, spil_partner_field_word(list->columns[column]));
}

/* ---- csv ---- */

/* RFC 4180 with LF; the footer as comment lines, which our own reader passes over at the head of a
 * file only: they stand there. */
static spil_status write_csv(const spil_partner_list *list, spil_lang lang, spil_str *out,
                             spil_err *err)
{
    spil_str footer = SPIL_STR_INIT;
    spil_partner_footer(list, lang, &footer);
    const spil_status rc = spil_str_status(&footer, err);
    for (const char *at = spil_str_text(&footer); *at;) {
        const size_t length = strcspn(at, "\n");
        spil_str_add(out, "# ");
        spil_str_add_n(out, at, length + (at[length] == '\n'));
        at += length + (at[length] == '\n');
    }
    for (size_t c = 0; c < list->column_count; c++)
        spil_str_addf(out, "%s%s", c ? "," : "", spil_partner_field_id(list->columns[c]));
    spil_str_add(out, "\n");
    for (size_t r = 0; r < list->row_count; r++) {
        for (size_t c = 0; c < list->column_count; c++) {
            const spil_partner_cell *const cell = cell_at(list, r, c);
            spil_str_add(out, c ? "," : "");
            if (cell->text)
                spil_csv_cell(out, cell->text);
            else
                spil_str_addf(out, "%.6g", cell->number);
        }
        spil_str_add(out, "\n");
    }
    spil_str_free(&footer);
    return rc == SPIL_OK ? spil_str_status(out, err) : rc;
}

/* ---- xlsx ---- */

typedef struct sheet {
    const spil_partner_list *list;
    spil_lang lang;
    lxw_worksheet *sheet;
    bool good;
} sheet;

static void put(sheet *s, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format)
{
    spil_str shown = SPIL_STR_INIT;
    spil_shown_text(&shown, text, 32000); /* Excel holds 32,767 */
    s->good = s->good && !shown.failed &&
              worksheet_write_string(s->sheet, row, column, spil_str_text(&shown), format) ==
                  LXW_NO_ERROR;
    spil_str_free(&shown);
}

static void put_cell(sheet *s, const spil_workbook *w, lxw_row_t row, lxw_col_t column,
                     const spil_partner_cell *cell)
{
    if (cell->text)
        put(s, row, column, cell->text, w->wrap);
    else
        s->good =
            s->good && worksheet_write_number(s->sheet, row, column, cell->number,
                                              cell->share ? w->percent : w->number) == LXW_NO_ERROR;
}

/* The footer stands on the printed page and, for who reads on a screen, in a sheet of its own. */
static void put_footer(sheet *s, const spil_workbook *w)
{
    spil_str footer = SPIL_STR_INIT, line = SPIL_STR_INIT;
    spil_partner_footer(s->list, s->lang, &footer);
    s->sheet = workbook_add_worksheet(w->book, spil_word_text(s->lang, SPIL_SAY_recipient));
    s->good = s->good && s->sheet && !footer.failed;
    lxw_row_t row = 0;
    for (const char *at = spil_str_text(&footer); s->good && *at;) {
        const size_t length = strcspn(at, "\n");
        spil_str_clear(&line);
        spil_str_add_n(&line, at, length);
        put(s, row++, 0, spil_str_text(&line), w->plain);
        at += length + (at[length] == '\n');
    }
    spil_str_free(&footer);
    spil_str_free(&line);
}

/* On each printed page: for whom, until when, and whether anything in it is only proposed. */
static void put_page_footer(sheet *s)
{
    char day[16];
    spil_str text = SPIL_STR_INIT;
    spil_format_day(s->list->destroy_by, day);
    spil_str_addf(&text, "&L%s %s&C%s&R&P / &N", spil_word_text(s->lang, SPIL_SAY_destroy_by), day,
                  s->list->proposed ? spil_word_text(s->lang, SPIL_SAY_status_proposed) : "");
    s->good = s->good && !text.failed &&
              worksheet_set_footer(s->sheet, spil_str_text(&text)) == LXW_NO_ERROR;
    spil_str_free(&text);
}

static bool fill(const spil_workbook *w, void *user)
{
    sheet *const s = user;
    const spil_partner_list *const list = s->list;
    s->sheet = workbook_add_worksheet(w->book, spil_word_text(s->lang, SPIL_SAY_nav_proposals));
    if (!s->sheet)
        return false;
    for (size_t c = 0; c < list->column_count; c++) {
        const bool wide = list->columns[c] == SPIL_FIELD_reasons;
        s->good = s->good && worksheet_set_column(s->sheet, (lxw_col_t)c, (lxw_col_t)c,
                                                  wide ? 90 : 18, NULL) == LXW_NO_ERROR;
        put(s, 0, (lxw_col_t)c, heading(list, c, s->lang), w->head);
    }
    for (size_t r = 0; r < list->row_count; r++)
        for (size_t c = 0; c < list->column_count; c++)
            put_cell(s, w, (lxw_row_t)r + 1, (lxw_col_t)c, cell_at(list, r, c));
    worksheet_freeze_panes(s->sheet, 1, 0);
    worksheet_set_landscape(s->sheet);
    worksheet_set_paper(s->sheet, 9); /* A4 */
    worksheet_fit_to_pages(s->sheet, 1, 0);
    put_page_footer(s);
    put_footer(s, w);
    return s->good;
}

static spil_status write_xlsx(const spil_partner_list *list, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    sheet s = {.list = list, .lang = lang, .good = true};
    return spil_workbook_write(out, "targets.xlsx", list->made, fill, &s, err);
}

const spil_partner_file spil_partner_files[] = {
    {"targets.csv", write_csv}, {"targets.xlsx", write_xlsx}, {"targets.html", spil_partner_html}};
const size_t spil_partner_file_count = sizeof spil_partner_files / sizeof *spil_partner_files;
