/* partner_list.c - see partner_list.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/partner_list.h"

#include "engine/base/text.h"
#include "reports/escape.h"
#include "reports/partner_guard.h"
#include "reports/sentence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PSEUDONYM_DIGITS = 12 };

static const spil_word field_words[SPIL_FIELD_COUNT] = {
#define FIELD(id, word) SPIL_SAY_##word,
#include "reports/partner_fields.def"
#undef FIELD
};

spil_word spil_partner_field_word(spil_partner_field field)
{
    return field_words[field];
}

/* ---- one target ---- */

typedef struct making {
    spil_partner_list *list;
    const spil_result *result;
    const spil_disclosed *to;
    const spil_partner_opts *opts;
    spil_lang lang;
    spil_str scratch;
    spil_err *err;
} making;

static spil_status put_text(making *m, spil_partner_cell *cell, const char *text)
{
    return spil_arena_text(m->list->arena, &cell->text, text, strlen(text), m->err);
}

/* "X-3f90c1d27b66" of an entity, whatever its kind, which may be closed; "N-..." of a community. */
static spil_status put_pseudonym(making *m, spil_partner_cell *cell, char letter, const char *what,
                                 const char *text)
{
    char hash[SPIL_SECRET_HASH], domain[96], shown[PSEUDONYM_DIGITS + 3];
    (void)snprintf(domain, sizeof domain, "%s for %s", what, spil_partner_id(m->to->partner));
    spil_secret_hash(m->opts->secret, domain, text, hash);
    (void)snprintf(shown, sizeof shown, "%c-%.*s", letter, PSEUDONYM_DIGITS, hash);
    return put_text(m, cell, shown);
}

static bool is_open(const making *m, const spil_result_entity *entity)
{
    return (m->to->kinds >> entity->kind & 1) && entity->origin.source < m->result->source_count &&
           spil_disclosed_source(m->to, &m->result->sources[entity->origin.source]);
}

static spil_status put_entity(making *m, spil_partner_cell *cell, const spil_result_entity *entity,
                              const char *shown)
{
    if (is_open(m, entity))
        return put_text(m, cell, shown);
    return put_pseudonym(m, cell, 'X', "entity", entity->key);
}

/* A place in the network is told without the links it rests on: they name rows of others. */
static bool may_tell(const making *m, const spil_result_reason *reason)
{
    if (reason->kind == SPIL_FACT_POSITION)
        return true;
    return reason->has_origin && reason->origin.source < m->result->source_count &&
           spil_disclosed_source(m->to, &m->result->sources[reason->origin.source]);
}

static spil_status put_reasons(making *m, spil_partner_cell *cell, const spil_result_target *t)
{
    const spil_pen pen = {&m->scratch, m->result, m->lang, false};
    size_t held_back = 0;
    spil_str_clear(&m->scratch);
    for (size_t i = 0; i < t->reason_count; i++) {
        const spil_result_reason *const reason = &t->reasons[i];
        if (!may_tell(m, reason)) {
            held_back++;
            continue;
        }
        spil_str_add(&m->scratch, m->scratch.length ? " | " : "");
        if (reason->kind == SPIL_FACT_POSITION)
            WORD(&pen, reason_position);
        else
            spil_say_reason(&pen, t, reason);
    }
    if (held_back) {
        spil_str_add(&m->scratch, m->scratch.length ? " | " : "");
        SAY(&pen, reasons_held_back, A_COUNT(held_back));
    }
    m->list->held_back += held_back;
    const spil_status rc = spil_str_status(&m->scratch, m->err);
    return rc == SPIL_OK ? put_text(m, cell, spil_str_text(&m->scratch)) : rc;
}

static spil_status put_words(making *m, spil_partner_cell *cell, spil_names names)
{
    return put_text(m, cell, spil_name_in(names, m->lang));
}

static spil_status put_number(spil_partner_cell *cell, double number, bool share)
{
    cell->number = number;
    cell->share = share;
    return SPIL_OK;
}

static spil_status fill(making *m, spil_partner_cell *cell, spil_partner_field field,
                        const spil_result_target *t)
{
    const spil_result_entity *const entity = &m->result->entities[t->entity];
    char number[24];
    switch (field) {
    case SPIL_FIELD_order:
        return put_number(cell, (double)m->list->row_count + 1, false);
    case SPIL_FIELD_target:
        return put_entity(m, cell, entity, entity->name);
    case SPIL_FIELD_key:
        return put_entity(m, cell, entity, entity->key);
    case SPIL_FIELD_kind:
        return put_words(m, cell, spil_kind_names(entity->kind));
    case SPIL_FIELD_action:
        return put_words(m, cell, t->barrier.names);
    case SPIL_FIELD_basis:
        return put_text(m, cell, t->barrier.basis);
    case SPIL_FIELD_hours:
        return put_number(cell, t->barrier.hours, false);
    case SPIL_FIELD_lead_days:
        return put_number(cell, t->barrier.lead_days, false);
    case SPIL_FIELD_works:
        return put_number(cell, t->effect, true);
    case SPIL_FIELD_crime:
        return put_words(m, cell, m->result->models[t->model].names);
    case SPIL_FIELD_step:
        return put_words(m, cell, t->step_names);
    case SPIL_FIELD_community:
        (void)snprintf(number, sizeof number, "%u", t->community_number);
        return put_pseudonym(m, cell, 'N', "community", number);
    case SPIL_FIELD_gain:
        return put_number(cell, m->result->possible > 0 ? t->marginal / m->result->possible : 0,
                          true);
    case SPIL_FIELD_stability:
        return put_number(cell, t->stability, true);
    case SPIL_FIELD_reasons:
        return put_reasons(m, cell, t);
    case SPIL_FIELD_status:
        return put_text(m, cell, spil_word_text(m->lang, spil_status_word(t->status)));
    case SPIL_FIELD_COUNT:
        break;
    }
    return SPIL_OK;
}

static bool belongs(const making *m, const spil_result_target *t)
{
    return t->barrier.partner == m->to->partner &&
           (t->status == SPIL_TARGET_ACCEPTED ||
            (m->opts->proposed && t->status == SPIL_TARGET_PROPOSED));
}

static spil_status fill_rows(making *m)
{
    spil_status rc = SPIL_OK;
    spil_partner_list *const list = m->list;
    for (size_t i = 0; i < m->result->target_count; i++) {
        const spil_result_target *const t = &m->result->targets[i];
        if (!belongs(m, t))
            continue;
        for (size_t c = 0; c < list->column_count; c++)
            TRY(fill(m, &list->cells[list->row_count * list->column_count + c], list->columns[c],
                     t));
        list->by_proposal[list->row_count] = t->status == SPIL_TARGET_PROPOSED;
        list->by_pseudonym[list->row_count] = !is_open(m, &m->result->entities[t->entity]);
        list->proposed += list->by_proposal[list->row_count];
        list->pseudonyms += list->by_pseudonym[list->row_count];
        list->row_count++;
    }
done:
    return rc;
}

spil_status spil_partner_list_make(spil_partner_list **out, const spil_result *result,
                                   const spil_disclosed *to, spil_lang lang,
                                   const spil_partner_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_partner_list *list = NULL;
    making m = {.result = result,
                .to = to,
                .opts = opts,
                .lang = lang,
                .scratch = SPIL_STR_INIT,
                .err = err};
    TRY(NEW(list, err));
    m.list = list;
    list->to = to;
    list->fingerprint = result->run.fingerprint;
    list->made = opts->made;
    list->destroy_by = opts->made + (spil_day)to->keep_days;
    TRY(spil_arena_new(&list->arena, err));
    for (unsigned f = 0; f < SPIL_FIELD_COUNT; f++)
        if (spil_disclosed_field(to, (spil_partner_field)f))
            list->columns[list->column_count++] = (spil_partner_field)f;
    TRY(NEW_ARRAY(list->cells, result->target_count * list->column_count, err));
    TRY(NEW_ARRAY(list->by_pseudonym, result->target_count, err));
    TRY(NEW_ARRAY(list->by_proposal, result->target_count, err));
    TRY(fill_rows(&m));
    list->alike = to->alike;
    TRY(spil_partner_guard(list, list->alike, spil_word_text(lang, SPIL_SAY_cell_withheld), err));
    *out = list;
    list = NULL;
done:
    spil_str_free(&m.scratch);
    spil_partner_list_free(list);
    return rc;
}

void spil_partner_list_free(spil_partner_list *list)
{
    if (!list)
        return;
    spil_free(list->cells);
    spil_free(list->by_pseudonym);
    spil_free(list->by_proposal);
    spil_arena_free(list->arena);
    spil_free(list);
}

/* ---- what every file ends with ---- */

static void line(spil_str *out, spil_lang lang, spil_word word, const char *text)
{
    spil_str_addf(out, "%s: ", spil_word_text(lang, word));
    spil_shown_text(out, text, 2000);
    spil_str_add(out, "\n");
}

void spil_partner_footer(const spil_partner_list *list, spil_lang lang, spil_str *out)
{
    char day[16];
    spil_names partner = spil_partner_names(list->to->partner);
    line(out, lang, SPIL_SAY_for_partner, spil_name_in(partner, lang));
    line(out, lang, SPIL_SAY_recipient, list->to->recipient);
    line(out, lang, SPIL_SAY_col_purpose, list->to->purpose);
    line(out, lang, SPIL_SAY_sharing_basis, list->to->basis);
    spil_format_day(list->made, day);
    line(out, lang, SPIL_SAY_handed_over, day);
    spil_format_day(list->destroy_by, day);
    line(out, lang, SPIL_SAY_destroy_by, day);
    line(out, lang, SPIL_SAY_run_word, list->fingerprint);
    if (list->blurred || list->kept_back) {
        spil_str_addf(out, "%s: ", spil_word_text(lang, SPIL_SAY_fewer_alike));
        spil_str_addf(out, "k %zu, %zu %s, %zu %s\n", list->alike, list->blurred,
                      spil_word_text(lang, SPIL_SAY_rows_blurred), list->kept_back,
                      spil_word_text(lang, SPIL_SAY_rows_kept_back));
    }
    if (list->proposed)
        spil_str_addf(out, "%s\n", spil_word_text(lang, SPIL_SAY_proposed_only));
    spil_str_addf(out, "%s\n", spil_word_text(lang, SPIL_SAY_no_guilt));
}
