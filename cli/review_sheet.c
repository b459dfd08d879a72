/* review_sheet.c - the sheet of review.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/review.h"

#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/base/text.h"
#include "loaders/text_reader.h"
#include "reports/escape.h"
#include "reports/sentence.h"

#include <string.h>

enum { RANK, KEY, BARRIER, PARTNER, VERDICT, REVIEWER, REASON, COLUMNS };
static const char *const column_names[COLUMNS] = {"rank",    "key",      "barrier", "partner",
                                                  "verdict", "reviewer", "reason"};

void spil_review_words_free(spil_review_words *words)
{
    spil_free(words->words.items);
    spil_arena_free(words->arena);
    *words = (spil_review_words){0};
}

bool spil_review_verdict(const char *word, spil_verdict *out)
{
    static const struct {
        const char *word;
        spil_verdict verdict;
    } others[] = {{"accept", SPIL_VERDICT_ACCEPTED},     {"a", SPIL_VERDICT_ACCEPTED},
                  {"aangenomen", SPIL_VERDICT_ACCEPTED}, {"reject", SPIL_VERDICT_REJECTED},
                  {"r", SPIL_VERDICT_REJECTED},          {"verworpen", SPIL_VERDICT_REJECTED},
                  {"hold", SPIL_VERDICT_HELD},           {"h", SPIL_VERDICT_HELD},
                  {"aangehouden", SPIL_VERDICT_HELD}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(word, others[i].word) == 0) {
            *out = others[i].verdict;
            return true;
        }
    return spil_verdict_find(word, out);
}

/* ---- writing ---- */

static spil_status add_reasons(const spil_pen *pen, const spil_result_target *target, spil_err *err)
{
    spil_str cell = SPIL_STR_INIT;
    const spil_pen inner = {&cell, pen->result, pen->lang, false};
    for (size_t i = 0; i < target->reason_count; i++) {
        spil_str_add(&cell, i ? " | " : "");
        spil_say_reason(&inner, target, &target->reasons[i]);
    }
    const spil_status rc = spil_str_status(&cell, err);
    spil_csv_cell(pen->out, spil_str_text(&cell));
    spil_str_free(&cell);
    return rc;
}

static spil_status add_target(const spil_pen *pen, const spil_result_target *target, spil_err *err)
{
    const spil_result_entity *const entity = &pen->result->entities[target->entity];
    const char *const cells[] = {entity->key, target->barrier.id,
                                 spil_partner_id(target->barrier.partner), entity->name,
                                 spil_name_in(target->barrier.names, pen->lang)};
    spil_str_addf(pen->out, "%u,", target->rank);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        spil_csv_cell(pen->out, cells[i]);
        spil_str_add(pen->out, ",");
    }
    const spil_status rc = add_reasons(pen, target, err);
    spil_str_addf(pen->out, ",%s,,,\n",
                  spil_word_text(SPIL_LANG_EN, spil_status_word(target->status)));
    return rc;
}

spil_status spil_review_write_sheet(const spil_result *result, spil_lang lang, const char *path,
                                    spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    const spil_pen pen = {&text, result, lang, false};
    spil_str_add(&text,
                 "rank,key,barrier,partner,name,action,why,status,verdict,reviewer,reason\n");
    for (size_t i = 0; i < result->target_count; i++)
        TRY(add_target(&pen, &result->targets[i], err));
    TRY(spil_str_status(&text, err));
    rc = spil_write_file(path, spil_str_text(&text), text.length, err);
done:
    spil_str_free(&text);
    return rc;
}

/* ---- reading ---- */

typedef struct sheet {
    spil_review_words *out;
    const char *path;
    size_t at[COLUMNS]; /* 1-based; 0: the sheet lacks it */
    size_t faults;
} sheet;

static void fault(sheet *s, const spil_row *row, const char *column, const char *found,
                  const char *expected)
{
    s->faults++;
    spil_note("%s:%llu: %s '%.60s'; expected %s", s->path, (unsigned long long)row->line, column,
              found, expected);
}

static const char *cell(const sheet *s, const spil_row *row, int column)
{
    return s->at[column] ? row->fields[s->at[column] - 1] : NULL;
}

/* Takes off the apostrophe that keeps a spreadsheet from reading a formula. */
static const char *plain(const char *text)
{
    return text && text[0] == '\'' && text[1] ? text + 1 : text;
}

static spil_status read_header(sheet *s, const spil_row *row, spil_err *err)
{
    for (size_t f = 0; f < row->count; f++)
        for (int c = 0; c < COLUMNS; c++)
            if (strcmp(row->fields[f], column_names[c]) == 0)
                s->at[c] = f + 1;
    for (int c = 0; c < COLUMNS; c++)
        if (!s->at[c])
            return spil_fail(err, SPIL_INPUT,
                             "%s:%llu: there is no column '%s'; expected a sheet as `spil review "
                             "--sheet` writes it",
                             s->path, (unsigned long long)row->line, column_names[c]);
    return SPIL_OK;
}

static spil_status keep(sheet *s, const char **text, spil_err *err)
{
    return spil_arena_text(s->out->arena, text, *text, strlen(*text), err);
}

/* Rows without a verdict are passed over: nothing was said. */
static spil_status read_row(sheet *s, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *const verdict = cell(s, row, VERDICT);
    spil_review_word word = {.key = plain(cell(s, row, KEY)),
                             .barrier = plain(cell(s, row, BARRIER)),
                             .partner = plain(cell(s, row, PARTNER)),
                             .reviewer = plain(cell(s, row, REVIEWER)),
                             .reason = plain(cell(s, row, REASON)),
                             .line = row->line};
    uint64_t rank = 0;
    if (!*verdict)
        return SPIL_OK;
    if (!spil_review_verdict(verdict, &word.verdict)) {
        fault(s, row, "verdict", verdict, "accepted, rejected or held");
        return SPIL_OK;
    }
    if (!spil_parse_uint(cell(s, row, RANK), UINT32_MAX, &rank) || rank < 1) {
        fault(s, row, "rank", cell(s, row, RANK), "a whole number from 1");
        return SPIL_OK;
    }
    if (!*word.reviewer || !*word.reason) {
        fault(s, row, *word.reviewer ? "reason" : "reviewer", "",
              *word.reviewer ? "why" : "the name of who decided");
        return SPIL_OK;
    }
    word.rank = (uint32_t)rank;
    TRY(keep(s, &word.key, err));
    TRY(keep(s, &word.barrier, err));
    TRY(keep(s, &word.partner, err));
    TRY(keep(s, &word.reviewer, err));
    TRY(keep(s, &word.reason, err));
    rc = VEC_PUSH(s->out->words, word, err);
done:
    return rc;
}

static spil_status read_rows(sheet *s, spil_text_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row row = {0};
    bool got = false, header = false;
    size_t width = 0;
    for (;;) {
        TRY(spil_text_reader_next(reader, &row, &got, err));
        if (!got)
            break;
        if (row.reason) {
            s->faults++;
            spil_note("%s:%llu: %s", s->path, (unsigned long long)row.line, row.reason);
        } else if (!header) {
            TRY(read_header(s, &row, err));
            header = true;
            width = row.count;
        } else if (row.count != width) {
            s->faults++;
            spil_note("%s:%llu: %zu values; expected %zu, as in the header", s->path,
                      (unsigned long long)row.line, row.count, width);
        } else {
            TRY(read_row(s, &row, err));
        }
    }
    if (s->faults)
        rc = spil_fail(err, SPIL_INPUT, "%s: %zu rows cannot be taken; nothing was decided",
                       s->path, s->faults);
done:
    return rc;
}

spil_status spil_review_read_sheet(spil_review_words *words, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sheet s = {.out = words, .path = path};
    spil_text_reader *reader = NULL;
    if (!words->arena)
        TRY(spil_arena_new(&words->arena, err));
    TRY(spil_text_reader_open(&reader, path, err));
    rc = read_rows(&s, reader, err);
done:
    spil_text_reader_free(reader);
    return rc;
}

/* ---- keeping ---- */

static spil_status keep_all(spil_store *store, int64_t run, const spil_review_words *words,
                            size_t *at, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (*at = 0; *at < words->words.count; ++*at) {
        const spil_review_word *const word = &words->words.items[*at];
        spil_decision_row row = {
            .verdict = word->verdict, .reviewer = word->reviewer, .reason = word->reason};
        TRY(spil_store_find_target(store, run, word->rank, word->key, word->barrier, word->partner,
                                   &row.target, err));
        TRY(spil_store_add_decision(store, &row, err));
    }
done:
    return rc;
}

spil_status spil_review_keep(spil_store *store, int64_t run, const spil_review_words *words,
                             const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t at = 0;
    TRY(spil_store_begin(store, err));
    spil_err fault = SPIL_ERR_INIT;
    rc = keep_all(store, run, words, &at, &fault);
    if (rc == SPIL_OK)
        return spil_store_commit(store, err);
    spil_store_rollback(store);
    if (path && at < words->words.count)
        rc = spil_fail(err, rc, "%s:%llu: %s; nothing was decided", path,
                       (unsigned long long)words->words.items[at].line, fault.msg);
    else
        rc = spil_fail(err, rc, "%s", fault.msg);
done:
    return rc;
}
