/* dossier_files.c - a dossier as a workbook and as JSON. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workbook: a sheet a part, with the key and the name of the subject before each row. Foreign text
 * is written as text cells, never as formulas or links.
 */
#include "reports/dossier.h"
#include "reports/escape.h"
#include "reports/json.h"
#include "reports/say.h"
#include "reports/workbook.h"

#include <math.h>

enum { CELL_CHARACTERS = 32000 /* Excel holds 32,767 */, LEAD = 2 };

/* ---- workbook ---- */

typedef struct book {
    const spil_dossier_tables *tables;
    const spil_workbook *w;
    spil_lang lang;
    lxw_worksheet *sheet;
    bool good;
} book;

static void put(book *b, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format)
{
    spil_str shown = SPIL_STR_INIT;
    spil_shown_text(&shown, text, CELL_CHARACTERS);
    b->good = b->good && !shown.failed &&
              worksheet_write_string(b->sheet, row, column, spil_str_text(&shown), format) ==
                  LXW_NO_ERROR;
    spil_str_free(&shown);
}

static void put_cell(book *b, lxw_row_t row, lxw_col_t at, const spil_dossier_column *column,
                     const spil_dossier_cell *cell)
{
    if (column->kind == SPIL_CELL_TEXT) {
        put(b, row, at, cell->text, b->w->wrap);
    } else if (column->kind == SPIL_CELL_DAY) {
        char day[16];
        spil_format_day(cell->day, day);
        put(b, row, at, day, b->w->plain);
    } else if (isfinite(cell->number)) {
        lxw_format *const format = column->kind == SPIL_CELL_SHARE  ? b->w->percent
                                   : column->kind == SPIL_CELL_REAL ? b->w->number
                                                                    : b->w->plain;
        b->good = b->good &&
                  worksheet_write_number(b->sheet, row, at, cell->number, format) == LXW_NO_ERROR;
    }
}

static void put_head(book *b, lxw_col_t at, spil_word word, double width)
{
    b->good = b->good && worksheet_set_column(b->sheet, at, at, width, NULL) == LXW_NO_ERROR;
    put(b, 0, at, spil_word_text(b->lang, word), b->w->head);
}

/* The short names of sheets are those of programs: titles can be longer than Excel's 31. */
static bool put_sheet(book *b, const spil_dossier_table *t, bool of_subjects)
{
    const size_t lead = of_subjects ? LEAD : 0, groups = of_subjects ? b->tables->subject_count : 1;
    const spil_dossier_cell *cell = t->cells.items;
    lxw_row_t row = 1;
    b->sheet = workbook_add_worksheet(b->w->book, t->name);
    if (!b->sheet)
        return false;
    if (of_subjects) {
        put_head(b, 0, SPIL_SAY_col_key, 14);
        put_head(b, 1, SPIL_SAY_col_name, 28);
    }
    for (size_t c = 0; c < t->column_count; c++)
        put_head(b, (lxw_col_t)(lead + c), t->columns[c].word, t->columns[c].width);
    for (size_t i = 0; i < groups; i++)
        for (size_t r = t->row_of[i]; b->good && r < t->row_of[i + 1]; r++, row++) {
            if (of_subjects) {
                put(b, row, 0, b->tables->subjects[i].key, b->w->plain);
                put(b, row, 1, b->tables->subjects[i].name, b->w->plain);
            }
            for (size_t c = 0; c < t->column_count; c++)
                put_cell(b, row, (lxw_col_t)(lead + c), &t->columns[c], cell++);
        }
    worksheet_freeze_panes(b->sheet, 1, 0);
    worksheet_set_landscape(b->sheet);
    worksheet_set_paper(b->sheet, 9); /* A4 */
    worksheet_fit_to_pages(b->sheet, 1, 0);
    b->good = b->good && worksheet_repeat_rows(b->sheet, 0, 0) == LXW_NO_ERROR;
    return b->good && worksheet_autofilter(b->sheet, 0, 0, row > 1 ? row - 1 : 1,
                                           (lxw_col_t)(lead + t->column_count - 1)) == LXW_NO_ERROR;
}

static bool put_front(book *b)
{
    b->sheet = workbook_add_worksheet(b->w->book, "dossier");
    if (!b->sheet)
        return false;
    put_head(b, 0, SPIL_SAY_col_key, 14);
    put_head(b, 1, SPIL_SAY_col_name, 60);
    put_head(b, 2, SPIL_SAY_col_kind, 16);
    lxw_row_t row = 1;
    for (size_t i = 0; i < b->tables->subject_count; i++, row++) {
        const spil_dossier_subject *const s = &b->tables->subjects[i];
        put(b, row, 0, s->key, b->w->plain);
        put(b, row, 1, s->name, b->w->wrap);
        put(b, row, 2, spil_name_in(spil_kind_names(s->kind), b->lang), b->w->plain);
    }
    put(b, row + 1, 1, spil_word_text(b->lang, SPIL_SAY_notice), b->w->wrap);
    if (b->tables->stale || !b->tables->has_run)
        put(b, row + 2, 1,
            spil_word_text(b->lang, b->tables->stale ? SPIL_SAY_dos_stale : SPIL_SAY_dos_no_run),
            b->w->wrap);
    if (b->tables->by[0]) {
        put(b, row + 3, 0, spil_word_text(b->lang, SPIL_SAY_dos_reviewer), b->w->plain);
        put(b, row + 3, 1, b->tables->by, b->w->wrap);
    }
    return b->good;
}

static bool fill(const spil_workbook *w, void *user)
{
    book *const b = user;
    b->w = w;
    if (!put_front(b))
        return false;
    for (size_t i = 0; i < b->tables->table_count; i++)
        if (!put_sheet(b, &b->tables->tables[i], i + 1 < b->tables->table_count))
            return false;
    return true;
}

spil_status spil_dossier_xlsx(const spil_dossier_tables *tables, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    book b = {.tables = tables, .lang = lang, .good = true};
    return spil_workbook_write(out, "dossier.xlsx", tables->as_of, fill, &b, err);
}

/* ---- JSON ---- */

static json_t *json_cell(const spil_dossier_column *column, const spil_dossier_cell *cell)
{
    switch (column->kind) {
    case SPIL_CELL_TEXT:
        return spil_json_text(cell->text);
    case SPIL_CELL_DAY:
        return spil_json_day(cell->day);
    case SPIL_CELL_WHOLE:
        return isfinite(cell->number) ? spil_json_count((uint64_t)cell->number) : json_null();
    case SPIL_CELL_REAL:
    case SPIL_CELL_SHARE:
        break;
    }
    return spil_json_real(cell->number);
}

static json_t *json_row(const spil_dossier_table *t, size_t row)
{
    json_t *const made = json_object();
    for (size_t c = 0; made && c < t->column_count; c++)
        if (json_object_set_new(
                made, t->columns[c].name,
                json_cell(&t->columns[c], &t->cells.items[row * t->column_count + c])) != 0) {
            json_decref(made);
            return NULL;
        }
    return made;
}

static json_t *json_rows(const spil_dossier_table *t, size_t group)
{
    json_t *rows;
    const size_t begin = t->row_of[group];
    JSON_ARRAY(rows, t->row_of[group + 1] - begin, json_row(t, begin + i));
    return rows;
}

static json_t *json_subject(const spil_dossier_tables *t, size_t subject)
{
    const spil_dossier_subject *const s = &t->subjects[subject];
    json_t *const made =
        json_pack("{s:o,s:o,s:s}", "key", spil_json_text(s->key), "name", spil_json_text(s->name),
                  "kind", spil_entity_kind_info(s->kind)->name);
    for (size_t p = 0; made && p + 1 < t->table_count; p++)
        if (json_object_set_new(made, t->tables[p].name, json_rows(&t->tables[p], subject)) != 0) {
            json_decref(made);
            return NULL;
        }
    return made;
}

spil_status spil_dossier_json(const spil_dossier_tables *tables, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    json_t *subjects;
    JSON_ARRAY(subjects, tables->subject_count, json_subject(tables, i));
    return spil_json_write(json_pack("{s:s,s:i,s:s,s:b,s:b,s:o,s:o}", "command", "dossier", "shape",
                                     1, "lang", spil_lang_code(lang), "analysed",
                                     (int)tables->has_run, "stale", (int)tables->stale, "subjects",
                                     subjects, "sources",
                                     json_rows(&tables->tables[tables->table_count - 1], 0)),
                           out, err);
}
