/* dossier_html.c - a dossier as a page made to be printed. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * One file, no script, no request: its content policy forbids everything but its one style sheet,
 * named by digest.
 */
#include "reports/dossier.h"
#include "reports/html.h"

#include <math.h>
#include <string.h>

static const char style[] =
#include "reports/templates/dossier.css.inc"
    ;

static void marked(const spil_pen *pen, spil_word word)
{
    HTML(pen, "<p class=\"mark\">");
    spil_say_word(pen, word, NULL, 0);
    HTML(pen, "</p>\n");
}

static void masthead(const spil_pen *pen, const spil_dossier_tables *t)
{
    HTML(pen, "<header>\n<h1>");
    WORD(pen, dos_title);
    HTML(pen, "</h1>\n<p>");
    if (t->subject_count == 1)
        SAY(pen, dos_intro, A_STRONG(t->subjects[0].name));
    else {
        spil_str several = SPIL_STR_INIT;
        const spil_pen plain = {&several, pen->result, pen->lang, false};
        SAY(&plain, dos_several, A_COUNT(t->subject_count));
        SAY(pen, dos_intro, A_NAME(spil_str_text(&several)));
        spil_str_free(&several);
    }
    HTML(pen, "</p>\n<p class=\"soft\">");
    SAY(pen, case_as_of, A_DAY(t->as_of));
    if (t->by[0]) {
        HTML(pen, " ");
        SAY(pen, dos_by, A_NAME(t->by));
    }
    HTML(pen, "</p>\n<p class=\"mark\"><b>");
    WORD(pen, notice_title);
    HTML(pen, "</b> ");
    WORD(pen, notice);
    HTML(pen, "</p>\n");
    if (t->stale)
        marked(pen, SPIL_SAY_dos_stale);
    else if (!t->has_run)
        marked(pen, SPIL_SAY_dos_no_run);
    HTML(pen, "</header>\n");
}

static void contents(const spil_pen *pen, const spil_dossier_tables *t)
{
    HTML(pen, "<nav><ul>\n");
    for (size_t i = 0; i < t->subject_count; i++) {
        spil_str_addf(pen->out, "<li><a href=\"#s%zu\">", i + 1);
        spil_html_name(pen->out, t->subjects[i].name);
        HTML(pen, "</a></li>\n");
    }
    HTML(pen, "</ul></nav>\n");
}

static bool cell_is_empty(const spil_dossier_column *column, const spil_dossier_cell *value)
{
    if (column->kind == SPIL_CELL_TEXT)
        return !value->text[0];
    return column->kind == SPIL_CELL_DAY ? value->day == SPIL_NO_DAY : !isfinite(value->number);
}

static void cell(const spil_pen *pen, const spil_dossier_column *column,
                 const spil_dossier_cell *value)
{
    const bool empty = cell_is_empty(column, value);
    if (column->kind == SPIL_CELL_TEXT) {
        HTML(pen, "<td class=\"t\">");
        if (!empty)
            spil_html_name(pen->out, value->text);
    } else {
        HTML(pen, column->kind == SPIL_CELL_DAY ? "<td class=\"d\">" : "<td class=\"n\">");
        if (!empty && column->kind == SPIL_CELL_DAY) {
            char day[16];
            spil_format_day(value->day, day);
            HTML(pen, day);
        } else if (!empty && column->kind == SPIL_CELL_WHOLE) {
            spil_str_addf(pen->out, "%.0f", value->number); /* a line or a rank: no grouping */
        } else if (!empty && column->kind == SPIL_CELL_SHARE) {
            PART(pen, A_PERCENT(value->number));
        } else if (!empty) {
            PART(pen, A_NUMBER(value->number));
        }
    }
    HTML(pen, "</td>");
}

/* One bit a column: those of which the subject has something. An empty one takes room on the page
 * and says nothing; the workbook has them all. */
static uint64_t columns_shown(const spil_dossier_table *t, size_t subject)
{
    uint64_t shown = 0;
    for (size_t r = t->row_of[subject]; r < t->row_of[subject + 1]; r++)
        for (size_t c = 0; c < t->column_count; c++)
            if (!cell_is_empty(&t->columns[c], &t->cells.items[r * t->column_count + c]))
                shown |= UINT64_C(1) << c;
    return shown;
}

static void column_head(const spil_pen *pen, const spil_dossier_column *column)
{
    const bool numeric = column->kind != SPIL_CELL_TEXT && column->kind != SPIL_CELL_DAY;
    HTML(pen, numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
    spil_say_word(pen, column->word, NULL, 0);
    HTML(pen, "</th>");
}

static void table(const spil_pen *pen, const spil_dossier_table *t, size_t subject)
{
    const uint64_t shown = columns_shown(t, subject);
    HTML(pen, "<h3>");
    spil_say_word(pen, t->title, NULL, 0);
    HTML(pen, "</h3>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    spil_say_word(pen, t->title, NULL, 0);
    HTML(pen, "\"><table>\n<thead><tr>");
    for (size_t c = 0; c < t->column_count; c++)
        if (shown >> c & 1)
            column_head(pen, &t->columns[c]);
    HTML(pen, "</tr></thead>\n<tbody>\n");
    for (size_t r = t->row_of[subject]; r < t->row_of[subject + 1]; r++) {
        HTML(pen, "<tr>");
        for (size_t c = 0; c < t->column_count; c++)
            if (shown >> c & 1)
                cell(pen, &t->columns[c], &t->cells.items[r * t->column_count + c]);
        HTML(pen, "</tr>\n");
    }
    HTML(pen, "</tbody></table></div>\n");
}

/* Parts without a row are named at the end, so that nobody wonders whether they were forgotten. */
static void nothing(const spil_pen *pen, const spil_dossier_tables *t, size_t subject)
{
    spil_str names = SPIL_STR_INIT;
    for (size_t i = 0; i + 1 < t->table_count; i++)
        if (t->tables[i].row_of[subject] == t->tables[i].row_of[subject + 1])
            spil_str_addf(&names, "%s%s", names.length ? ", " : "",
                          spil_word_text(pen->lang, t->tables[i].title));
    if (names.length) {
        HTML(pen, "<p class=\"soft\">");
        SAY(pen, dos_nothing, A_NAME(names.text));
        HTML(pen, "</p>\n");
    }
    spil_str_free(&names);
}

static void subject(const spil_pen *pen, const spil_dossier_tables *t, size_t i)
{
    const spil_dossier_subject *const s = &t->subjects[i];
    spil_str_addf(pen->out, "<section class=\"subject\" id=\"s%zu\" aria-labelledby=\"t%zu\">\n",
                  i + 1, i + 1);
    spil_str_addf(pen->out, "<h2 id=\"t%zu\">", i + 1);
    spil_html_name(pen->out, s->name);
    HTML(pen, "</h2>\n<p class=\"soft\">");
    PART(pen, A_WORDS(spil_kind_names(s->kind)));
    HTML(pen, " &#183; <code>");
    spil_html_name(pen->out, s->key);
    HTML(pen, "</code></p>\n");
    for (size_t p = 0; p + 1 < t->table_count; p++)
        if (t->tables[p].row_of[i] < t->tables[p].row_of[i + 1])
            table(pen, &t->tables[p], i);
    nothing(pen, t, i);
    HTML(pen, "</section>\n");
}

spil_status spil_dossier_html(const spil_dossier_tables *tables, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    const spil_pen pen = {out, NULL, lang, true};
    spil_html_head(&pen, SPIL_SAY_dos_title, style, NULL);
    masthead(&pen, tables);
    if (tables->subject_count > 1)
        contents(&pen, tables);
    HTML(&pen, "<main>\n");
    for (size_t i = 0; i < tables->subject_count; i++)
        subject(&pen, tables, i);
    HTML(&pen, "<section class=\"subject\">\n");
    table(&pen, &tables->tables[tables->table_count - 1], 0);
    HTML(&pen, "</section>\n</main>\n</body>\n</html>\n");
    return spil_str_status(out, err);
}
