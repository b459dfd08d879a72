/* target_table.c - see target_table.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/target_table.h"

#include "cli/show.h"
#include "reports/sentence.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const spil_table_column columns[] = {
    {.name = "rank", .label = "#", .kind = SPIL_COLUMN_WHOLE},
    {.name = "key", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "name", .label = "target", .places = 28},
    {.name = "kind", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "barrier", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "action", .places = 32},
    {.name = "partner", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "partner_name", .label = "partner", .shown = SPIL_SHOWN_PEOPLE},
    {.name = "hours", .kind = SPIL_COLUMN_REAL},
    {.name = "lead_days", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "community", .label = "in", .kind = SPIL_COLUMN_WHOLE},
    {.name = "model", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "step", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "gain", .kind = SPIL_COLUMN_REAL, .places = -3},
    {.name = "interval", .label = "5-95%", .shown = SPIL_SHOWN_PEOPLE},
    {.name = "gain_p5", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "gain_p50", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "gain_p95", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "marginal", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "stability", .label = "stable", .kind = SPIL_COLUMN_REAL, .places = 2},
    {.name = "effect", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "recovers", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "candidates", .kind = SPIL_COLUMN_WHOLE, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "fall", .kind = SPIL_COLUMN_REAL, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "status", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "why", .shown = SPIL_SHOWN_PROGRAMS},
};

/* Headings of the table for people, where they differ from the name above. */
static const struct {
    const char *name, *nl;
} dutch[] = {
    {"name", "doel"},  {"action", "ingreep"}, {"partner_name", "partner"},
    {"hours", "uren"}, {"gain", "winst"},     {"stability", "stabiel"},
};

static spil_status new_table(spil_table **out, spil_lang lang, spil_err *err)
{
    enum { COUNT = sizeof columns / sizeof *columns };
    spil_table_column own[COUNT];
    memcpy(own, columns, sizeof columns);
    for (size_t c = 0; lang == SPIL_LANG_NL && c < COUNT; c++)
        for (size_t d = 0; d < sizeof dutch / sizeof *dutch; d++)
            if (strcmp(own[c].name, dutch[d].name) == 0)
                own[c].label = dutch[d].nl;
    return spil_table_new(out, own, COUNT, err);
}

static const char *in(spil_lang lang, spil_names names)
{
    return lang == SPIL_LANG_NL ? names.nl : names.en;
}

static void add_reason_text(spil_table *table, const spil_result *result, spil_lang lang,
                            const spil_result_target *target)
{
    spil_str text = SPIL_STR_INIT;
    const spil_pen pen = {.out = &text, .result = result, .lang = lang, .html = false};
    if (target->reason_count)
        spil_say_reason(&pen, target, &target->reasons[0]);
    spil_table_text(table, spil_str_text(&text));
    spil_str_free(&text);
}

static void add_target(spil_table *table, const spil_result *result, spil_lang lang,
                       const spil_result_target *t)
{
    static const char *const statuses[] = {
        [SPIL_TARGET_PROPOSED] = "proposed",
        [SPIL_TARGET_ACCEPTED] = "accepted",
        [SPIL_TARGET_REJECTED] = "rejected",
    };
    const spil_result_entity *const entity = &result->entities[t->entity];
    const spil_kind_info *const kind = spil_entity_kind_info(entity->kind);
    char interval[40];
    (void)snprintf(interval, sizeof interval, "%.2g-%.2g", t->gain.p5, t->gain.p95);
    spil_table_row(table);
    spil_table_count(table, t->rank);
    spil_table_text(table, entity->key);
    spil_table_text(table, entity->name);
    spil_table_text(table, lang == SPIL_LANG_NL ? kind->nl : kind->en);
    spil_table_text(table, t->barrier.id);
    spil_table_text(table, in(lang, t->barrier.names));
    spil_table_text(table, spil_partner_id(t->barrier.partner));
    spil_table_text(table, in(lang, spil_partner_names(t->barrier.partner)));
    spil_table_number(table, t->barrier.hours);
    spil_table_number(table, t->barrier.lead_days);
    spil_table_count(table, t->community_number);
    spil_table_text(table, result->models[t->model].id);
    spil_table_text(table, t->step_id);
    spil_table_number(table, t->gain.mean);
    spil_table_text(table, interval);
    spil_table_number(table, t->gain.p5);
    spil_table_number(table, t->gain.p50);
    spil_table_number(table, t->gain.p95);
    spil_table_number(table, t->marginal);
    spil_table_number(table, t->stability);
    spil_table_number(table, t->effect);
    spil_table_number(table, t->recovers);
    spil_table_count(table, t->candidates);
    spil_table_number(table, t->fall.mean);
    spil_table_text(table, statuses[t->status]);
    add_reason_text(table, result, lang, t);
}

/* 3  J. de Vries: criminal inquiry
 *      Signal ... (signals.csv, line 12)  */
static spil_status tell_reasons(const spil_result *result, spil_lang lang, size_t count,
                                spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    const spil_pen pen = {.out = &text, .result = result, .lang = lang, .html = false};
    spil_status rc = SPIL_OK;
    for (size_t i = 0; rc == SPIL_OK && i < count; i++) {
        const spil_result_target *const t = &result->targets[i];
        spil_tell("%s", "");
        spil_tell(lang == SPIL_LANG_NL ? "%" PRIu32 "  %s: %s (stap %s, groep %" PRIu32 ")"
                                       : "%" PRIu32 "  %s: %s (step %s, community %" PRIu32 ")",
                  t->rank, result->entities[t->entity].name, in(lang, t->barrier.names),
                  in(lang, t->step_names), t->community_number);
        for (size_t r = 0; rc == SPIL_OK && r < t->reason_count; r++) {
            spil_str_clear(&text);
            spil_say_reason(&pen, t, &t->reasons[r]);
            rc = spil_str_status(&text, err);
            if (rc == SPIL_OK)
                spil_tell("   %3.0f%%  %s", 100 * t->reasons[r].share, spil_str_text(&text));
        }
    }
    spil_str_free(&text);
    return rc;
}

spil_status spil_show_targets(const spil_result *result, spil_lang lang, spil_table_format format,
                              size_t most, bool why, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    char members[160];
    const size_t count = result->target_count < most ? result->target_count : most;
    if (format == SPIL_FORMAT_TABLE && count == 0) {
        spil_note("no action to propose: no community shows a process that a barrier would hurt");
        return SPIL_OK;
    }
    (void)snprintf(members, sizeof members, "\"gain\": %.10g, \"possible\": %.10g", result->gain,
                   result->possible);
    TRY(new_table(&table, lang, err));
    for (size_t i = 0; i < count; i++)
        add_target(table, result, lang, &result->targets[i]);
    TRY(spil_show_table(table, format, "targets", members, err));
    if (format == SPIL_FORMAT_TABLE && why)
        TRY(tell_reasons(result, lang, count, err));
done:
    spil_table_free(table);
    return rc;
}
