/* report_targets_xlsx.c - targets.xlsx: the list, the reasons and the sources, ready to sort.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Foreign text is written as text cells, never as formulas or links. The date in the document is
 * that of the data, so the same result gives the same bytes.
 */
#include "reports/escape.h"
#include "reports/sentence.h"
#include "reports/workbook.h"

#include <math.h>

#define CELL_CHARACTERS 32000 /* Excel holds 32,767 */

typedef struct book {
    const spil_result *result;
    spil_lang lang;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *head, *plain, *wrap, *percent, *number;
    lxw_row_t row;
    lxw_col_t column;
    spil_str scratch;
    bool failed;
} book;

typedef struct column {
    spil_word title;
    double width;
} column;

static void check(book *b, lxw_error error)
{
    b->failed = b->failed || error != LXW_NO_ERROR;
}

static void say(const book *b, spil_str *out, spil_word word)
{
    spil_str_add(out, spil_word_text(b->lang, word));
}

/* ---- cells, from left to right ---- */

static void put_scratch(book *b, lxw_format *format)
{
    if (b->scratch.failed)
        b->failed = true;
    else
        check(b, worksheet_write_string(b->sheet, b->row, b->column++, spil_str_text(&b->scratch),
                                        format));
    spil_str_clear(&b->scratch);
}

static void text(book *b, const char *value)
{
    spil_shown_text(&b->scratch, value, CELL_CHARACTERS);
    put_scratch(b, b->plain);
}

static void words(book *b, spil_names names)
{
    text(b, spil_name_in(names, b->lang));
}

static void figure(book *b, double value, lxw_format *format)
{
    if (isfinite(value))
        check(b, worksheet_write_number(b->sheet, b->row, b->column, value, format));
    b->column++;
}

static void count(book *b, uint64_t value)
{
    figure(b, (double)value, b->plain);
}

static void next_row(book *b)
{
    b->row++;
    b->column = 0;
}

/* ---- sheets ---- */

static void open_sheet(book *b, spil_word name, const column *columns, size_t count_of)
{
    b->sheet = workbook_add_worksheet(b->workbook, spil_word_text(b->lang, name));
    if (!b->sheet) {
        b->failed = true;
        return;
    }
    b->row = 0;
    b->column = 0;
    for (size_t i = 0; i < count_of; i++) {
        const lxw_col_t at = (lxw_col_t)i;
        check(b, worksheet_set_column(b->sheet, at, at, columns[i].width, NULL));
        say(b, &b->scratch, columns[i].title);
        put_scratch(b, b->head);
    }
    worksheet_freeze_panes(b->sheet, 1, 0);
    worksheet_set_landscape(b->sheet);
    worksheet_set_paper(b->sheet, 9); /* A4 */
    worksheet_fit_to_pages(b->sheet, 1, 0);
    check(b, worksheet_repeat_rows(b->sheet, 0, 0));
    spil_str_add(&b->scratch, "&L");
    say(b, &b->scratch, SPIL_SAY_notice_title);
    spil_str_add(&b->scratch, "&R&P / &N");
    check(b, worksheet_set_footer(b->sheet, spil_str_text(&b->scratch)));
    spil_str_clear(&b->scratch);
    next_row(b);
}

static void close_sheet(book *b, size_t columns)
{
    check(b, worksheet_autofilter(b->sheet, 0, 0, b->row > 1 ? b->row - 1 : 1,
                                  (lxw_col_t)(columns - 1)));
}

static void target_row(book *b, const spil_result_target *t)
{
    const spil_result *const r = b->result;
    const spil_result_entity *const entity = &r->entities[t->entity];
    const spil_pen pen = {&b->scratch, r, b->lang, false};
    count(b, t->rank);
    text(b, spil_word_text(b->lang, spil_status_word(t->status)));
    words(b, t->barrier.names);
    text(b, entity->name);
    text(b, entity->key);
    words(b, spil_kind_names(entity->kind));
    words(b, spil_partner_names(t->barrier.partner));
    text(b, t->barrier.basis);
    words(b, r->models[t->model].names);
    words(b, t->step_names);
    count(b, t->community_number);
    figure(b, t->barrier.hours, b->number);
    figure(b, t->barrier.lead_days, b->number);
    figure(b, t->effect, b->percent);
    figure(b, t->recovers, b->percent);
    figure(b, r->possible > 0.0 ? t->marginal / r->possible : 0.0, b->percent);
    figure(b, t->stability, b->percent);
    text(b, spil_word_text(b->lang, spil_sureness(t->stability)));
    spil_say_assumed(&pen, t->assumed);
    put_scratch(b, b->wrap);
    next_row(b);
}

static void targets(book *b)
{
    static const column columns[] = {
        {SPIL_SAY_col_rank, 5},     {SPIL_SAY_col_status, 12},     {SPIL_SAY_col_barrier, 28},
        {SPIL_SAY_col_name, 28},    {SPIL_SAY_col_key, 12},        {SPIL_SAY_col_kind, 10},
        {SPIL_SAY_partner, 22},     {SPIL_SAY_basis, 28},          {SPIL_SAY_col_model, 24},
        {SPIL_SAY_col_step, 24},    {SPIL_SAY_community_word, 12}, {SPIL_SAY_hours, 8},
        {SPIL_SAY_lead_days, 12},   {SPIL_SAY_works, 10},          {SPIL_SAY_col_recovers, 12},
        {SPIL_SAY_term_effect, 12}, {SPIL_SAY_col_stability, 12},  {SPIL_SAY_col_sure, 12},
        {SPIL_SAY_col_assumed, 40},
    };
    const size_t n = sizeof columns / sizeof columns[0];
    open_sheet(b, SPIL_SAY_nav_proposals, columns, n);
    for (size_t i = 0; i < b->result->target_count && !b->failed; i++)
        target_row(b, &b->result->targets[i]);
    if (!b->failed)
        close_sheet(b, n);
}

static void reason_row(book *b, const spil_result_target *t, const spil_result_reason *reason)
{
    const spil_pen pen = {&b->scratch, b->result, b->lang, false};
    count(b, t->rank);
    text(b, b->result->entities[t->entity].name);
    figure(b, reason->share, b->percent);
    spil_say_reason(&pen, t, reason);
    put_scratch(b, b->wrap);
    text(b, reason->has_origin ? b->result->sources[reason->origin.source].name : "");
    figure(b, reason->has_origin ? (double)reason->origin.line : (double)NAN, b->plain);
    text(b, reason->assumed ? spil_word_text(b->lang, SPIL_SAY_assumed_mark) : "");
    next_row(b);
}

static void reasons(book *b)
{
    static const column columns[] = {
        {SPIL_SAY_col_rank, 5},     {SPIL_SAY_col_name, 28}, {SPIL_SAY_col_share, 8},
        {SPIL_SAY_why, 90},         {SPIL_SAY_col_file, 24}, {SPIL_SAY_col_line, 8},
        {SPIL_SAY_col_assumed, 18},
    };
    const size_t n = sizeof columns / sizeof columns[0];
    open_sheet(b, SPIL_SAY_sheet_reasons, columns, n);
    for (size_t i = 0; i < b->result->target_count; i++)
        for (size_t k = 0; k < b->result->targets[i].reason_count && !b->failed; k++)
            reason_row(b, &b->result->targets[i], &b->result->targets[i].reasons[k]);
    if (!b->failed)
        close_sheet(b, n);
}

static void sources(book *b)
{
    static const column columns[] = {
        {SPIL_SAY_col_file, 28},     {SPIL_SAY_col_format, 12},   {SPIL_SAY_col_rows, 10},
        {SPIL_SAY_col_accepted, 10}, {SPIL_SAY_col_rejected, 10}, {SPIL_SAY_col_grade, 10},
        {SPIL_SAY_col_owner, 20},    {SPIL_SAY_basis, 24},        {SPIL_SAY_col_purpose, 24},
        {SPIL_SAY_col_digest, 68},
    };
    const size_t n = sizeof columns / sizeof columns[0];
    open_sheet(b, SPIL_SAY_sources_caption, columns, n);
    for (size_t i = 0; i < b->result->source_count && !b->failed; i++) {
        const spil_result_source *const s = &b->result->sources[i];
        text(b, s->name);
        text(b, s->loader);
        count(b, s->rows);
        count(b, s->accepted);
        count(b, s->rejected);
        text(b, s->grade);
        text(b, s->owner);
        text(b, s->basis);
        text(b, s->purpose);
        text(b, s->sha256);
        next_row(b);
    }
    if (!b->failed)
        close_sheet(b, n);
}

/* ---- the book ---- */

static bool fill(const spil_workbook *workbook, void *user)
{
    book *const b = user;
    b->workbook = workbook->book;
    b->head = workbook->head;
    b->plain = workbook->plain;
    b->wrap = workbook->wrap;
    b->percent = workbook->percent;
    b->number = workbook->number;
    targets(b);
    if (!b->failed)
        reasons(b);
    if (!b->failed)
        sources(b);
    return !b->failed;
}

static spil_status write_xlsx(const spil_result *result, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    book b = {.result = result, .lang = lang, .scratch = SPIL_STR_INIT};
    spil_err fault = SPIL_ERR_INIT;
    spil_status rc = spil_workbook_write(out, "targets.xlsx", result->run.as_of, fill, &b, &fault);
    if (rc != SPIL_OK && b.scratch.failed)
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory while writing a workbook");
    else if (rc != SPIL_OK)
        rc = spil_fail(err, rc, "%s", fault.msg);
    spil_str_free(&b.scratch);
    return rc;
}

const spil_report spil_report_targets_xlsx = {
    .file = "targets.xlsx",
    .summary = "the proposals, their reasons and sources as a workbook",
    .write = write_xlsx,
};
