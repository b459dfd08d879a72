/* result_input.c - what came in: sources, drops, rejects, counts. See result_draft.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/file.h"
#include "engine/base/str.h"
#include "engine/base/strmap.h"
#include "engine/run/result_draft.h"

#include <stdlib.h>
#include <string.h>

/* ---- sources: by name, then digest ---- */

typedef struct named_source {
    const spil_source *source;
    uint32_t at; /* in the facts */
} named_source;

static int by_name(const void *left, const void *right)
{
    const named_source *const a = left, *const b = right;
    const int order =
        spil_compare_natural(spil_path_name(a->source->path), spil_path_name(b->source->path));
    return order ? order : strcmp(a->source->sha256, b->source->sha256);
}

/* The base name; with eight digits of the digest where another source has that name too. */
static spil_status shown_name(const spil_draft *draft, const named_source *all, size_t count,
                              size_t i, const char **out, spil_err *err)
{
    const char *const name = spil_path_name(all[i].source->path);
    const bool twin = (i > 0 && strcmp(name, spil_path_name(all[i - 1].source->path)) == 0) ||
                      (i + 1 < count && strcmp(name, spil_path_name(all[i + 1].source->path)) == 0);
    *out = name;
    if (!twin)
        return SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    spil_str_addf(&text, "%s [%.8s]", name, all[i].source->sha256);
    spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        rc = spil_arena_text(draft->room->arena, out, text.text, text.length, err);
    spil_str_free(&text);
    return rc;
}

static spil_status add_sources(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    named_source *order = NULL;
    const size_t count = draft->facts->source_count;
    TRY(NEW_ARRAY(order, count, err));
    TRY(NEW_ARRAY(draft->source_at, count, err));
    TRY(DRAFT_ARRAY(draft, draft->result->sources, count, err));
    for (size_t i = 0; i < count; i++)
        order[i] = (named_source){&draft->facts->sources[i], (uint32_t)i};
    qsort(order, count, sizeof *order, by_name);
    for (size_t i = 0; i < count; i++) {
        const spil_source *const s = order[i].source;
        draft->source_at[order[i].at] = (uint32_t)i;
        draft->result->sources[i] = (spil_result_source){.sha256 = s->sha256,
                                                         .loader = s->loader,
                                                         .options = s->options,
                                                         .grade = s->grade,
                                                         .owner = s->owner,
                                                         .basis = s->basis,
                                                         .purpose = s->purpose,
                                                         .keep_until = s->keep_until,
                                                         .rows = s->rows,
                                                         .accepted = s->accepted,
                                                         .rejected = s->rejected,
                                                         .merged = s->merged};
        TRY(shown_name(draft, order, count, i, &draft->result->sources[i].name, err));
    }
    draft->result->source_count = count;
done:
    spil_free(order);
    return rc;
}

/* ---- rejects: counted by source, column and reason ---- */

typedef struct tally {
    const spil_draft *draft;
    spil_strmap *groups; /* to a position in rejects */
    spil_str key, reason;
    SPIL_VEC(spil_result_reject) rejects;
    SPIL_VEC(spil_result_drop) drops;
} tally;

static spil_status keep(const tally *t, const char **out, const char *text, spil_err *err)
{
    return spil_arena_text(t->draft->room->arena, out, text, strlen(text), err);
}

/* The reason without the values in it, which differ from row to row: "'12-13-2020' is no date"
 * becomes "'...' is no date". */
static void general_reason(spil_str *out, const char *reason)
{
    spil_str_clear(out);
    for (const char *open; (open = strchr(reason, '\'')) != NULL;) {
        const char *const shut = strchr(open + 1, '\'');
        if (!shut)
            break;
        spil_str_add_n(out, reason, (size_t)(open + 1 - reason));
        spil_str_add(out, "...'");
        reason = shut + 1;
    }
    spil_str_add(out, reason);
}

static spil_status count_reject(const spil_reject *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    tally *const t = user;
    int64_t at;
    const char *const name = spil_path_name(row->path);
    general_reason(&t->reason, row->reason);
    spil_str_clear(&t->key);
    spil_str_addf(&t->key, "%s\n%s\n%s", name, row->column, spil_str_text(&t->reason));
    TRY(spil_str_status(&t->reason, err));
    TRY(spil_str_status(&t->key, err));
    if (spil_strmap_get(t->groups, t->key.text, &at)) {
        spil_result_reject *const group = &t->rejects.items[at];
        group->rows++;
        group->first_line = row->line < group->first_line ? row->line : group->first_line;
        return SPIL_OK;
    }
    spil_result_reject group = {.rows = 1, .first_line = row->line};
    TRY(keep(t, &group.source, name, err));
    TRY(keep(t, &group.column, row->column, err));
    TRY(keep(t, &group.reason, spil_str_text(&t->reason), err));
    TRY(spil_strmap_put(t->groups, t->key.text, (int64_t)t->rejects.count, err));
    TRY(VEC_PUSH(t->rejects, group, err));
done:
    return rc;
}

static spil_status count_drop(const spil_drop *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    tally *const t = user;
    spil_result_drop drop = {.rows = row->rows};
    TRY(keep(t, &drop.source, spil_path_name(row->path), err));
    TRY(keep(t, &drop.column, row->column, err));
    TRY(keep(t, &drop.reason, row->reason, err));
    TRY(VEC_PUSH(t->drops, drop, err));
done:
    return rc;
}

static int most_rows_first(const void *left, const void *right)
{
    const spil_result_reject *const a = left, *const b = right;
    if (a->rows != b->rows)
        return a->rows > b->rows ? -1 : 1;
    int order = strcmp(a->source, b->source);
    order = order ? order : strcmp(a->column, b->column);
    return order ? order : strcmp(a->reason, b->reason);
}

static int by_source_and_column(const void *left, const void *right)
{
    const spil_result_drop *const a = left, *const b = right;
    int order = spil_compare_natural(a->source, b->source);
    order = order ? order : strcmp(a->column, b->column);
    return order ? order : (a->rows > b->rows) - (a->rows < b->rows);
}

static spil_status add_rejects_and_drops(spil_draft *draft, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result *const result = draft->result;
    tally t = {.draft = draft, .key = SPIL_STR_INIT, .reason = SPIL_STR_INIT};
    TRY(spil_strmap_new(&t.groups, err));
    TRY(spil_store_each_reject(store, count_reject, &t, err));
    TRY(spil_store_each_drop(store, count_drop, &t, err));
    TRY(DRAFT_ARRAY(draft, result->rejects, t.rejects.count, err));
    TRY(DRAFT_ARRAY(draft, result->drops, t.drops.count, err));
    for (size_t i = 0; i < t.rejects.count; i++)
        result->rejects[i] = t.rejects.items[i];
    for (size_t i = 0; i < t.drops.count; i++)
        result->drops[i] = t.drops.items[i];
    result->reject_count = t.rejects.count;
    result->drop_count = t.drops.count;
    qsort(result->rejects, t.rejects.count, sizeof *result->rejects, most_rows_first);
    qsort(result->drops, t.drops.count, sizeof *result->drops, by_source_and_column);
done:
    spil_strmap_free(t.groups);
    spil_str_free(&t.key);
    spil_str_free(&t.reason);
    spil_free(t.rejects.items);
    spil_free(t.drops.items);
    return rc;
}

/* ---- what no model reads ---- */

static spil_status add_unread(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result *const result = draft->result;
    spil_unread *unread = NULL;
    TRY(spil_unread_find(&unread, draft->facts, draft->room->models, err));
    TRY(DRAFT_ARRAY(draft, result->unread, unread->count, err));
    for (size_t i = 0; i < unread->count; i++) {
        spil_unread_row *const row = &result->unread[i];
        *row = unread->rows[i];
        row->first = spil_draft_origin(draft, row->first);
        TRY(spil_arena_text(draft->room->arena, &row->what, row->what, strlen(row->what), err));
    }
    result->unread_count = unread->count;
done:
    spil_unread_free(unread);
    return rc;
}

/* ---- hubs ---- */

static int most_linked_first(const void *left, const void *right)
{
    const spil_result_hub *const a = left, *const b = right;
    if (a->degree != b->degree)
        return a->degree > b->degree ? -1 : 1;
    return spil_compare_natural(a->key, b->key);
}

static spil_status add_hubs(const spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result *const result = draft->result;
    const spil_network *const network = draft->network;
    size_t next = 0;
    TRY(DRAFT_ARRAY(draft, result->hubs, network->hub_count, err));
    for (spil_vid v = 0; v < network->csr->n; v++) {
        const spil_entity *const entity = &draft->facts->entities[network->entity[v]];
        if (network->hub[v])
            result->hubs[next++] = (spil_result_hub){.key = entity->key,
                                                     .name = spil_entity_name(entity),
                                                     .kind = entity->kind,
                                                     .degree = spil_degree(network->csr, v),
                                                     .most = spil_hub_most(entity->kind)};
    }
    result->hub_count = next;
    if (next)
        qsort(result->hubs, next, sizeof *result->hubs, most_linked_first);
done:
    return rc;
}

/* ---- counts ---- */

static void cover_entities(const spil_facts *facts, const bool *linked, spil_result_coverage *out)
{
    for (size_t i = 0; i < facts->entity_count; i++) {
        const spil_entity_kind kind = facts->entities[i].kind;
        out->linked[kind] += linked[i];
        out->told[kind] += facts->signal_row[i] < facts->signal_row[i + 1] ||
                           facts->role_row[i] < facts->role_row[i + 1];
    }
}

static spil_status cover(const spil_draft *draft, spil_err *err)
{
    const spil_facts *const facts = draft->facts;
    spil_result_coverage *const out = &draft->result->coverage;
    bool *linked = NULL;
    const spil_status rc = NEW_ARRAY(linked, facts->entity_count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < facts->link_count; i++) {
        const spil_link *const link = &facts->links[i];
        linked[link->from] = linked[link->to] = true;
        out->dated_links += link->since != SPIL_NO_DAY || link->until != SPIL_NO_DAY;
    }
    cover_entities(facts, linked, out);
    out->first_signal = out->last_signal = SPIL_NO_DAY;
    for (size_t i = 0; i < facts->signal_count; i++) {
        const spil_day day = facts->signals[i].date;
        if (day == SPIL_NO_DAY)
            continue;
        if (out->dated_signals == 0 || day < out->first_signal)
            out->first_signal = day;
        if (out->dated_signals == 0 || day > out->last_signal)
            out->last_signal = day;
        out->dated_signals++;
    }
    spil_free(linked);
    return SPIL_OK;
}

static void count(const spil_draft *draft)
{
    const spil_facts *const facts = draft->facts;
    spil_result *const result = draft->result;
    for (size_t i = 0; i < facts->entity_count; i++)
        result->entities_by_kind[facts->entities[i].kind]++;
    for (size_t i = 0; i < facts->link_count; i++)
        result->links_by_kind[facts->links[i].kind]++;
    result->attributes = facts->attribute_count;
    result->roles = facts->role_count;
    result->signals = facts->signal_count;
    result->vertices = draft->network->csr->n;
    result->edges = draft->network->csr->m;
    result->all_communities = draft->rows->community_count;
    result->actions = draft->rows->action_count;
}

spil_status spil_draft_input(spil_draft *draft, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(add_sources(draft, err));
    TRY(add_hubs(draft, err));
    count(draft);
    TRY(cover(draft, err));
    TRY(add_rejects_and_drops(draft, store, err));
    rc = add_unread(draft, err);
done:
    return rc;
}
