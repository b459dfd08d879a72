/* report_targets_csv.c - targets.csv: the list in order, for a spreadsheet or a script.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 4180 with LF, comma, UTF-8. Numbers are plain (C locale, 12 digits); every foreign text goes
 * through spil_csv_cell. Columns keep their English names in every language; words inside follow
 * the language asked for.
 */
#include "reports/escape.h"
#include "reports/sentence.h"

static void text(const spil_pen *pen, const char *value)
{
    spil_csv_cell(pen->out, value);
    spil_str_add(pen->out, ",");
}

static void words(const spil_pen *pen, spil_names names)
{
    text(pen, spil_name_in(names, pen->lang));
}

static void number(const spil_pen *pen, double value)
{
    spil_str_addf(pen->out, "%.12g,", value);
}

static spil_status say_cell(const spil_pen *pen, const spil_result_target *t,
                            void (*say)(const spil_pen *pen, const spil_result_target *t),
                            const char *after, spil_err *err)
{
    spil_str cell = SPIL_STR_INIT;
    const spil_pen inner = {&cell, pen->result, pen->lang, false};
    say(&inner, t);
    const spil_status rc = spil_str_status(&cell, err);
    spil_csv_cell(pen->out, spil_str_text(&cell));
    spil_str_add(pen->out, after);
    spil_str_free(&cell);
    return rc;
}

static void say_reasons(const spil_pen *pen, const spil_result_target *t)
{
    for (size_t i = 0; i < t->reason_count; i++) {
        if (i > 0)
            spil_str_add(pen->out, " | ");
        spil_say_reason(pen, t, &t->reasons[i]);
    }
}

static void say_assumed(const spil_pen *pen, const spil_result_target *t)
{
    spil_say_assumed(pen, t->assumed);
}

static spil_status row(const spil_pen *pen, const spil_result_target *t, spil_err *err)
{
    const spil_result_entity *const entity = &pen->result->entities[t->entity];
    spil_str_addf(pen->out, "%u,", t->rank);
    text(pen, spil_word_text(SPIL_LANG_EN, spil_status_word(t->status)));
    text(pen, entity->key);
    text(pen, entity->name);
    text(pen, spil_entity_kind_info(entity->kind)->name);
    text(pen, spil_partner_id(t->barrier.partner));
    words(pen, spil_partner_names(t->barrier.partner));
    text(pen, t->barrier.id);
    words(pen, t->barrier.names);
    text(pen, t->barrier.basis);
    text(pen, pen->result->models[t->model].id);
    words(pen, t->step_names);
    spil_str_addf(pen->out, "%u,", t->community_number);
    number(pen, t->barrier.hours);
    number(pen, t->barrier.lead_days);
    number(pen, t->effect);
    number(pen, t->recovers);
    spil_str_addf(pen->out, "%u,", t->candidates);
    number(pen, t->gain.p5);
    number(pen, t->gain.p50);
    number(pen, t->gain.p95);
    number(pen, t->gain.mean);
    number(pen, t->marginal);
    number(pen, t->stability);
    const spil_status rc = say_cell(pen, t, say_reasons, ",", err);
    return rc == SPIL_OK ? say_cell(pen, t, say_assumed, "\n", err) : rc;
}

static spil_status write_csv(const spil_result *result, spil_lang lang, spil_str *out,
                             spil_err *err)
{
    const spil_pen pen = {out, result, lang, false};
    spil_str_add(out, "rank,status,key,name,kind,partner,partner_name,barrier,barrier_name,"
                      "legal_basis,model,step,community,hours,lead_days,effect,recovers,candidates,"
                      "gain_p5,gain_p50,gain_p95,gain_mean,adds,stability,reasons,assumed\n");
    for (size_t i = 0; i < result->target_count; i++) {
        const spil_status rc = row(&pen, &result->targets[i], err);
        if (rc != SPIL_OK)
            return rc;
    }
    return spil_str_status(out, err);
}

const spil_report spil_report_targets_csv = {
    .file = "targets.csv",
    .summary = "the list of proposals with its figures, a row each",
    .write = write_csv,
};
