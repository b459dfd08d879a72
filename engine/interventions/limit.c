/* limit.c - see limit.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/limit.h"

#include "engine/base/mem.h"

#include <string.h>

void spil_limit_table_clear(spil_limit_table *table)
{
    spil_free(table->row);
    spil_free(table->limit);
    spil_free(table->side);
}

static void count_rows(spil_limit_table *t)
{
    for (size_t k = 0; k < t->opts->limit_count; k++) {
        const spil_limit *const limit = &t->opts->limits[k];
        for (size_t i = 0; i < limit->of_count; i++)
            t->row[limit->of[i] + 1]++;
        for (size_t i = 0; i < limit->by_count; i++)
            t->row[limit->by[i] + 1]++;
    }
    for (size_t i = 0; i < t->count; i++)
        t->row[i + 1] += t->row[i];
}

static void fill_rows(spil_limit_table *t, size_t *next)
{
    for (size_t k = 0; k < t->opts->limit_count; k++) {
        const spil_limit *const limit = &t->opts->limits[k];
        for (size_t i = 0; i < limit->of_count; i++) {
            const size_t at = next[limit->of[i]]++;
            t->limit[at] = (uint32_t)k;
            t->side[at] = 0;
        }
        for (size_t i = 0; i < limit->by_count; i++) {
            const size_t at = next[limit->by[i]]++;
            t->limit[at] = (uint32_t)k;
            t->side[at] = 1;
        }
    }
}

spil_status spil_limit_table_make(spil_limit_table *out, const spil_choice *choices, size_t count,
                                  const uint32_t *group, size_t group_count,
                                  const spil_list_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *next = NULL;
    *out = (spil_limit_table){.choices = choices,
                              .opts = opts,
                              .group = group,
                              .count = count,
                              .group_count = group_count};
    TRY(NEW_ARRAY(out->row, count + 1, err));
    count_rows(out);
    TRY(NEW_ARRAY(out->limit, out->row[count], err));
    TRY(NEW_ARRAY(out->side, out->row[count], err));
    TRY(NEW_ARRAY(next, count + 1, err));
    memcpy(next, out->row, (count + 1) * sizeof *next);
    fill_rows(out, next);
done:
    spil_free(next);
    return rc;
}

/* ---- room ---- */

spil_status spil_room_make(spil_room *room, const spil_limit_table *table, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *room = (spil_room){.table = table};
    TRY(NEW_ARRAY(room->chosen, table->count, err));
    TRY(NEW_ARRAY(room->taken, table->group_count, err));
    TRY(NEW_ARRAY(room->in, 2 * table->opts->limit_count, err));
    TRY(NEW_ARRAY(room->trail, table->count, err));
    spil_room_empty(room);
done:
    return rc;
}

void spil_room_clear(spil_room *room)
{
    spil_free(room->chosen);
    spil_free(room->taken);
    spil_free(room->in);
    spil_free(room->trail);
}

void spil_room_empty(spil_room *room)
{
    const spil_limit_table *const t = room->table;
    memcpy(room->hours, t->opts->hours, sizeof room->hours);
    room->money = t->opts->budget;
    for (size_t i = 0; i < room->trail_count; i++)
        room->chosen[room->trail[i]] = 0;
    if (t->group_count)
        memset(room->taken, 0, t->group_count);
    if (t->opts->limit_count)
        memset(room->in, 0, 2 * t->opts->limit_count * sizeof *room->in);
    room->trail_count = 0;
}

bool spil_room_fits(const spil_room *room, uint32_t action)
{
    const spil_limit_table *const t = room->table;
    const spil_choice *const each = &t->choices[action];
    if (room->chosen[action] || each->hours > room->hours[each->partner] ||
        each->cost > room->money || room->trail_count >= t->opts->top)
        return false;
    if (t->group[action] != UINT32_MAX && room->taken[t->group[action]])
        return false;
    for (size_t at = t->row[action]; at < t->row[action + 1]; at++) {
        const size_t k = t->limit[at];
        const spil_limit *const limit = &t->opts->limits[k];
        if (limit->kind == SPIL_LIMIT_MOST && room->in[2 * k] >= limit->most)
            return false;
        if (limit->kind == SPIL_LIMIT_APART && room->in[2 * k + (t->side[at] ? 0 : 1)] > 0)
            return false;
    }
    return true;
}

bool spil_room_waits(const spil_room *room, uint32_t action)
{
    const spil_limit_table *const t = room->table;
    for (size_t at = t->row[action]; at < t->row[action + 1]; at++) {
        const size_t k = t->limit[at];
        if (t->opts->limits[k].kind == SPIL_LIMIT_AFTER && t->side[at] == 0 &&
            room->in[2 * k + 1] == 0)
            return true;
    }
    return false;
}

static void count(spil_room *room, uint32_t action, double way)
{
    const spil_limit_table *const t = room->table;
    const spil_choice *const each = &t->choices[action];
    room->chosen[action] = way > 0;
    room->hours[each->partner] -= way * each->hours;
    room->money -= way * each->cost;
    if (t->group[action] != UINT32_MAX)
        room->taken[t->group[action]] = way > 0;
    for (size_t at = t->row[action]; at < t->row[action + 1]; at++)
        room->in[2 * (size_t)t->limit[at] + t->side[at]] += way > 0 ? 1 : UINT32_MAX;
}

void spil_room_take(spil_room *room, uint32_t action)
{
    count(room, action, 1);
    room->trail[room->trail_count++] = action;
}

/* What was subtracted is not added again: sums of hours would come out otherwise by rounding. */
void spil_room_drop_to(spil_room *room, size_t trail_count)
{
    const spil_limit_table *const t = room->table;
    if (room->trail_count == trail_count)
        return;
    while (room->trail_count > trail_count)
        count(room, room->trail[--room->trail_count], -1);
    memcpy(room->hours, t->opts->hours, sizeof room->hours);
    room->money = t->opts->budget;
    for (size_t i = 0; i < trail_count; i++) {
        const spil_choice *const each = &t->choices[room->trail[i]];
        room->hours[each->partner] -= each->hours;
        room->money -= each->cost;
    }
}

/* ---- settling ---- */

static size_t first_open(const spil_room *room)
{
    const spil_list_opts *const opts = room->table->opts;
    for (size_t k = 0; k < opts->limit_count; k++) {
        const spil_limit_kind kind = opts->limits[k].kind;
        if (kind == SPIL_LIMIT_MUST && room->in[2 * k] == 0)
            return k;
        if (kind == SPIL_LIMIT_AFTER && room->in[2 * k] > 0 && room->in[2 * k + 1] == 0)
            return k;
    }
    return SIZE_MAX;
}

typedef struct attempt { /* an open limit, and which of its members is tried */
    size_t limit, member, trail;
} attempt;

enum { DEEPEST = 256 };

bool spil_room_settle(spil_room *room, size_t tries, size_t *open)
{
    attempt way[DEEPEST];
    const size_t before = room->trail_count;
    size_t depth = 0, next = 0, furthest = 0;
    for (;;) {
        const size_t k = first_open(room);
        if (k == SIZE_MAX)
            return true;
        if (open && depth >= furthest)
            *open = k;
        furthest = depth > furthest ? depth : furthest;
        const spil_limit *const limit = &room->table->opts->limits[k];
        const bool must = limit->kind == SPIL_LIMIT_MUST;
        const uint32_t *const members = must ? limit->of : limit->by;
        const size_t member_count = must ? limit->of_count : limit->by_count;
        while (next < member_count && !spil_room_fits(room, members[next]))
            next++;
        if (next < member_count && depth < DEEPEST && tries > 0) {
            tries--;
            way[depth++] = (attempt){k, next, room->trail_count};
            spil_room_take(room, members[next]);
            next = 0;
            continue;
        }
        if (depth == 0 || tries == 0)
            break;
        depth--;
        spil_room_drop_to(room, way[depth].trail);
        next = way[depth].member + 1; /* its limit is the first open one again */
    }
    spil_room_drop_to(room, before);
    return false;
}
