/* limits.c - wishes, and what a place and a period bear, as limits on the choices (wishes.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/limit.h"
#include "engine/run/wishes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef SPIL_VEC(uint32_t) positions;

struct spil_limits {
    SPIL_VEC(spil_limit) list; /* musts last */
    size_t rest;               /* how many are no musts */
    SPIL_VEC(uint32_t *) sets; /* owned; what the limits point into */
    spil_arena *arena;
};

void spil_limits_free(spil_limits *limits)
{
    if (!limits)
        return;
    for (size_t i = 0; i < limits->sets.count; i++)
        spil_free(limits->sets.items[i]);
    spil_free(limits->sets.items);
    spil_free(limits->list.items);
    spil_arena_free(limits->arena);
    spil_free(limits);
}

void spil_limits_use(const spil_limits *limits, spil_list_opts *opts)
{
    opts->limits = limits->list.items;
    opts->limit_count = limits->list.count;
}

void spil_limits_use_but_musts(const spil_limits *limits, spil_list_opts *opts)
{
    opts->limits = limits->list.items;
    opts->limit_count = limits->rest;
}

bool spil_wish_means(const spil_wish *wish, bool other, const spil_facts *facts,
                     const spil_action_row *row)
{
    const char *const barrier = other ? wish->other_barrier : wish->barrier;
    const uint32_t entity = spil_facts_find(facts, other ? wish->other_key : wish->key);
    return row->entity == entity && (!*barrier || strcmp(barrier, row->barrier) == 0);
}

/* Hands the positions over to the limits. */
static spil_status keep_set(spil_limits *limits, positions *set, const uint32_t **out,
                            size_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *out = NULL;
    *count = set->count;
    if (set->count == 0)
        return SPIL_OK;
    TRY(VEC_PUSH(limits->sets, set->items, err));
    *out = set->items;
    *set = (positions){0};
done:
    return rc;
}

static spil_status keep_limit(spil_limits *limits, spil_limit limit, positions *of, positions *by,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(keep_set(limits, of, &limit.of, &limit.of_count, err));
    if (by)
        TRY(keep_set(limits, by, &limit.by, &limit.by_count, err));
    rc = VEC_PUSH(limits->list, limit, err);
done:
    return rc;
}

/* ---- wishes ---- */

static spil_status list_meant(positions *out, const spil_choosing *from, const spil_wish *wish,
                              bool other, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *const key = other ? wish->other_key : wish->key;
    const char *const barrier = other ? wish->other_barrier : wish->barrier;
    const uint32_t entity = spil_facts_find(from->facts, key);
    if (entity == UINT32_MAX)
        return spil_fail(err, SPIL_NOT_FOUND, "%s: there is nobody with the key '%s'", wish->where,
                         key);
    for (uint32_t i = 0; i < from->rows->action_count; i++) {
        const spil_action_row *const row = &from->rows->actions[i];
        if (row->entity == entity && (!*barrier || strcmp(barrier, row->barrier) == 0))
            TRY(VEC_PUSH(*out, i, err));
    }
done:
    return rc;
}

static spil_status name_wish(spil_limits *limits, const spil_wish *wish, const char **out,
                             spil_err *err)
{
    char text[400];
    (void)snprintf(text, sizeof text, "%s: %s %s%s%s", wish->where, spil_wish_words[wish->kind],
                   wish->key, *wish->barrier ? " " : "", wish->barrier);
    return spil_arena_text(limits->arena, out, text, strlen(text), err);
}

static spil_status add_wish(spil_limits *limits, const spil_choosing *from, const spil_wish *wish,
                            spil_err *err)
{
    static const spil_limit_kind kinds[] = {[SPIL_WISH_MUST] = SPIL_LIMIT_MUST,
                                            [SPIL_WISH_MUST_NOT] = SPIL_LIMIT_MOST,
                                            [SPIL_WISH_AFTER] = SPIL_LIMIT_AFTER,
                                            [SPIL_WISH_APART] = SPIL_LIMIT_APART};
    spil_status rc = SPIL_OK;
    positions of = {0}, by = {0};
    const bool two = wish->kind == SPIL_WISH_AFTER || wish->kind == SPIL_WISH_APART;
    TRY(list_meant(&of, from, wish, false, err));
    if (two)
        TRY(list_meant(&by, from, wish, true, err));
    if (wish->kind == SPIL_WISH_MUST && of.count == 0) {
        rc = spil_fail(err, SPIL_INPUT,
                       "%s: there is nothing to do at '%s'%s%s that would hurt a process",
                       wish->where, wish->key, *wish->barrier ? " by " : "", wish->barrier);
        goto done;
    }
    if (wish->kind == SPIL_WISH_NOT_BEFORE)
        goto done;
    spil_limit limit = {.kind = kinds[wish->kind]};
    TRY(name_wish(limits, wish, &limit.text, err));
    rc = keep_limit(limits, limit, &of, two ? &by : NULL, err);
done:
    spil_free(of.items);
    spil_free(by.items);
    return rc;
}

/* The musts, or all others. */
static spil_status add_wishes(spil_limits *limits, const spil_choosing *from,
                              const spil_wishes *wishes, bool musts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < spil_wishes_count(wishes); i++)
        if ((spil_wishes_at(wishes, i)->kind == SPIL_WISH_MUST) == musts)
            TRY(add_wish(limits, from, spil_wishes_at(wishes, i), err));
done:
    return rc;
}

/* ---- period and place ---- */

static spil_status add_too_late(spil_limits *limits, const spil_choosing *from, double days,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    positions of = {0};
    for (uint32_t i = 0; i < from->rows->action_count; i++)
        if (from->rows->actions[i].lead_days > days)
            TRY(VEC_PUSH(of, i, err));
    if (of.count)
        rc = keep_limit(limits, (spil_limit){.kind = SPIL_LIMIT_MOST}, &of, NULL, err);
done:
    spil_free(of.items);
    return rc;
}

typedef struct seen {
    uint32_t address, choice;
} seen;

static int by_address(const void *left, const void *right)
{
    const seen *const a = left, *const b = right;
    if (a->address != b->address)
        return a->address < b->address ? -1 : 1;
    return a->choice < b->choice ? -1 : a->choice > b->choice;
}

/* Of seen[first .. end), all at one address. */
static spil_status add_place(spil_limits *limits, const seen *list, size_t first, size_t end,
                             size_t most, spil_err *err)
{
    spil_status rc = SPIL_OK;
    positions of = {0};
    if (end - first <= most)
        return SPIL_OK;
    for (size_t i = first; i < end; i++)
        if (of.count == 0 || of.items[of.count - 1] != list[i].choice)
            TRY(VEC_PUSH(of, list[i].choice, err));
    rc = keep_limit(limits, (spil_limit){.kind = SPIL_LIMIT_MOST, .most = most}, &of, NULL, err);
done:
    spil_free(of.items);
    return rc;
}

static spil_status add_places(spil_limits *limits, const spil_choosing *from, double days,
                              double gap, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_places places = {0};
    SPIL_VEC(seen) list = {0};
    TRY(spil_places_find(&places, from->facts, err));
    for (uint32_t i = 0; i < from->rows->action_count; i++) {
        const spil_action_row *const row = &from->rows->actions[i];
        for (size_t at = places.row[row->entity]; !row->covert && at < places.row[row->entity + 1];
             at++)
            TRY(VEC_PUSH(list, ((seen){places.address[at], i}), err));
    }
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, by_address);
    for (size_t first = 0, end; first < list.count; first = end) {
        for (end = first + 1;
             end < list.count && list.items[end].address == list.items[first].address;)
            end++;
        TRY(add_place(limits, list.items, first, end, 1 + (size_t)floor(days / gap), err));
    }
done:
    spil_places_clear(&places);
    spil_free(list.items);
    return rc;
}

spil_status spil_limits_make(spil_limits **out, const spil_choosing *from,
                             const spil_list_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_limits *limits = NULL;
    TRY(NEW(limits, err));
    TRY(spil_arena_new(&limits->arena, err));
    TRY(add_wishes(limits, from, opts->wishes, false, err));
    if (opts->days > 0) {
        TRY(add_too_late(limits, from, opts->days, err));
        if (opts->gap_days > 0)
            TRY(add_places(limits, from, opts->days, opts->gap_days, err));
    }
    limits->rest = limits->list.count;
    TRY(add_wishes(limits, from, opts->wishes, true, err));
    *out = limits;
    limits = NULL;
done:
    spil_limits_free(limits);
    return rc;
}
