/* plan_files.c - see plan_files.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/plan_files.h"

#include "reports/escape.h"
#include "reports/lang.h"
#include "reports/say.h"
#include "reports/workbook.h"

#include <libical/ical.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *spil_plan_action(const spil_plan_words *words, const spil_plan_item *item)
{
    for (size_t m = 0; m < words->models->count; m++) {
        const spil_model *const model = words->models->models[m];
        if (strcmp(model->id, item->model) != 0)
            continue;
        for (size_t s = 0; s < model->step_count; s++)
            for (size_t b = 0; b < model->steps[s].barrier_count; b++)
                if (strcmp(model->steps[s].id, item->step) == 0 &&
                    strcmp(model->steps[s].barriers[b].id, item->barrier) == 0)
                    return spil_name_in(model->steps[s].barriers[b].names, words->lang);
    }
    return item->barrier;
}

/* ---- calendar ---- */

static icaltimetype date_of(spil_day day)
{
    return icaltime_from_timet_with_zone((time_t)day * 86400, 1, NULL);
}

static void add(icalcomponent *component, icalproperty *property)
{
    if (property)
        icalcomponent_add_property(component, property);
}

static spil_status add_event(icalcomponent *calendar, const spil_plan_words *words,
                             const spil_plan_item *item, spil_err *err)
{
    spil_str summary = SPIL_STR_INIT, id = SPIL_STR_INIT;
    const char *const partner = spil_name_in(spil_partner_names(item->partner), words->lang);
    icalcomponent *const event = icalcomponent_new_vevent();
    spil_str_addf(&summary, "%s: ", spil_plan_action(words, item));
    spil_shown_text(&summary, spil_entity_name(item->entity), 200);
    spil_str_addf(&id, "%.16s-%u@spil", words->fingerprint, item->rank);
    spil_status rc = spil_str_status(&summary, err);
    if (rc == SPIL_OK)
        rc = spil_str_status(&id, err);
    if (rc == SPIL_OK && event) {
        add(event, icalproperty_new_uid(spil_str_text(&id)));
        add(event, icalproperty_new_dtstamp(icaltime_from_timet_with_zone(
                       (time_t)words->start * 86400, 0, icaltimezone_get_utc_timezone())));
        add(event, icalproperty_new_dtstart(date_of(item->begin)));
        add(event, icalproperty_new_dtend(date_of(item->stands + 1))); /* the day after: RFC 5545 */
        add(event, icalproperty_new_summary(spil_str_text(&summary)));
        add(event, icalproperty_new_categories(partner));
        icalcomponent_add_component(calendar, event);
    } else if (rc == SPIL_OK) {
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory while making a calendar");
    }
    spil_str_free(&summary);
    spil_str_free(&id);
    return rc;
}

spil_status spil_plan_calendar(const spil_plan *plan, const spil_plan_words *words,
                               spil_partner partner, spil_str *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    icalcomponent *const calendar = icalcomponent_new_vcalendar();
    if (!calendar)
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory while making a calendar");
    add(calendar, icalproperty_new_version("2.0"));
    add(calendar, icalproperty_new_prodid("-//Spil//plan//EN"));
    for (size_t i = 0; rc == SPIL_OK && i < plan->item_count; i++)
        if (partner == SPIL_PARTNER_COUNT || plan->items[i].partner == partner)
            rc = add_event(calendar, words, &plan->items[i], err);
    char *const text = rc == SPIL_OK ? icalcomponent_as_ical_string_r(calendar) : NULL;
    if (text)
        spil_str_add(out, text);
    else if (rc == SPIL_OK)
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory while making a calendar");
    icalmemory_free_buffer(text);
    icalcomponent_free(calendar);
    return rc == SPIL_OK ? spil_str_status(out, err) : rc;
}

/* ---- workbook ---- */

typedef struct book {
    const spil_plan *plan;
    const spil_plan_words *words;
    const spil_workbook *w;
    lxw_worksheet *sheet;
    lxw_row_t row;
    lxw_col_t column;
    bool good;
} book;

static void text(book *b, const char *value, lxw_format *format)
{
    spil_str shown = SPIL_STR_INIT;
    spil_shown_text(&shown, value, 1000);
    b->good = b->good && !shown.failed &&
              worksheet_write_string(b->sheet, b->row, b->column++, spil_str_text(&shown),
                                     format) == LXW_NO_ERROR;
    spil_str_free(&shown);
}

static void number(book *b, double value, lxw_format *format)
{
    if (isfinite(value))
        b->good = b->good && worksheet_write_number(b->sheet, b->row, b->column, value, format) ==
                                 LXW_NO_ERROR;
    b->column++;
}

static void day(book *b, spil_day value)
{
    char shown[16];
    spil_format_day(value, shown);
    text(b, shown, b->w->plain);
}

static void open_sheet(book *b, spil_word name, const spil_word *heads, size_t count)
{
    b->sheet = workbook_add_worksheet(b->w->book, spil_word_text(b->words->lang, name));
    b->good = b->good && b->sheet;
    b->row = 0;
    b->column = 0;
    if (!b->good)
        return;
    for (size_t i = 0; i < count; i++)
        text(b, spil_word_text(b->words->lang, heads[i]), b->w->head);
    worksheet_freeze_panes(b->sheet, 1, 0);
    worksheet_set_landscape(b->sheet);
    worksheet_set_paper(b->sheet, 9); /* A4 */
    worksheet_fit_to_pages(b->sheet, 1, 0);
    b->good =
        b->good && worksheet_set_column(b->sheet, 0, (lxw_col_t)count, 18, NULL) == LXW_NO_ERROR;
}

static void next_row(book *b)
{
    b->row++;
    b->column = 0;
}

static spil_word word_of(const spil_plan_record *record)
{
    if (!record->done)
        return SPIL_SAY_plan_not_done;
    if (record->result == SPIL_OUTCOME_WORKS)
        return SPIL_SAY_plan_works;
    return record->result == SPIL_OUTCOME_FAILS ? SPIL_SAY_plan_fails : SPIL_SAY_plan_done;
}

static void put_items(book *b)
{
    static const spil_word heads[] = {
        SPIL_SAY_col_rank,        SPIL_SAY_partner,          SPIL_SAY_col_barrier,
        SPIL_SAY_col_name,        SPIL_SAY_plan_begin,       SPIL_SAY_plan_stands,
        SPIL_SAY_hours,           SPIL_SAY_col_status,       SPIL_SAY_plan_record,
        SPIL_SAY_plan_record_day, SPIL_SAY_plan_record_hours};
    const spil_lang lang = b->words->lang;
    open_sheet(b, SPIL_SAY_plan_title, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; b->good && i < b->plan->item_count; i++) {
        const spil_plan_item *const item = &b->plan->items[i];
        next_row(b);
        number(b, item->rank, b->w->plain);
        text(b, spil_name_in(spil_partner_names(item->partner), lang), b->w->plain);
        text(b, spil_plan_action(b->words, item), b->w->plain);
        text(b, spil_entity_name(item->entity), b->w->plain);
        day(b, item->begin);
        day(b, item->stands);
        number(b, item->hours, b->w->number);
        text(b, spil_word_text(lang, spil_status_word_of(item->status)), b->w->plain);
        if (!item->record.known)
            continue;
        text(b, spil_word_text(lang, word_of(&item->record)), b->w->plain);
        day(b, item->record.day);
        number(b, item->record.hours, b->w->number);
    }
}

static void put_partners(book *b)
{
    static const spil_word heads[] = {
        SPIL_SAY_partner,   SPIL_SAY_plan_actions, SPIL_SAY_plan_given,
        SPIL_SAY_plan_used, SPIL_SAY_plan_credit,  SPIL_SAY_plan_out,
        SPIL_SAY_plan_more, SPIL_SAY_plan_last,    SPIL_SAY_plan_record_hours};
    open_sheet(b, SPIL_SAY_plan_partners, heads, sizeof heads / sizeof *heads);
    for (unsigned p = 0; b->good && p < SPIL_PARTNER_COUNT; p++) {
        const spil_plan_partner *const it = &b->plan->partners[p];
        if (it->actions == 0 && !isfinite(it->given))
            continue;
        next_row(b);
        text(b, spil_name_in(spil_partner_names((spil_partner)p), b->words->lang), b->w->plain);
        number(b, it->actions, b->w->plain);
        number(b, it->given, b->w->number);
        number(b, it->used, b->w->number);
        number(b, it->credit, b->w->plain);
        number(b, it->out, b->w->plain);
        number(b, it->more, b->w->plain);
        day(b, it->last);
        number(b, it->hours_done, b->w->number);
    }
}

/* What all partners can share: the plan beside what is on record. */
static void put_sums(book *b)
{
    static const spil_word heads[] = {SPIL_SAY_plan_sum, SPIL_SAY_plan_expected,
                                      SPIL_SAY_plan_on_record};
    const spil_plan *const p = b->plan;
    const struct {
        spil_word name;
        double planned, on_record;
    } sums[] = {
        {SPIL_SAY_plan_sum_actions, (double)p->item_count, (double)p->tally.done},
        {SPIL_SAY_plan_sum_hours, p->tally.hours_planned, p->tally.hours_used},
        {SPIL_SAY_plan_sum_steps, p->steps, (double)p->tally.steps_hit},
        {SPIL_SAY_plan_sum_chains, p->broken, (double)p->tally.chains_hit},
        {SPIL_SAY_plan_sum_gain, p->gain, (double)NAN},
    };
    open_sheet(b, SPIL_SAY_plan_sums, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; b->good && i < sizeof sums / sizeof *sums; i++) {
        next_row(b);
        text(b, spil_word_text(b->words->lang, sums[i].name), b->w->plain);
        number(b, sums[i].planned, b->w->plain);
        number(b, sums[i].on_record, b->w->plain);
    }
}

static bool fill(const spil_workbook *w, void *user)
{
    book *const b = user;
    b->w = w;
    put_items(b);
    put_partners(b);
    put_sums(b);
    return b->good;
}

spil_status spil_plan_workbook(const spil_plan *plan, const spil_plan_words *words, spil_str *out,
                               spil_err *err)
{
    book b = {.plan = plan, .words = words, .good = true};
    return spil_workbook_write(out, "the plan", words->start, fill, &b, err);
}
