/* unread.c - see unread.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/unread.h"

#include "engine/base/str.h"
#include "engine/base/strmap.h"
#include "engine/base/vec.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the models have ---- */

static bool find_model(const spil_model_set *set, const char *id, size_t *at)
{
    size_t low = 0, high = set->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(set->models[middle]->id, id);
        if (order == 0) {
            *at = middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool find_role(const spil_model *model, const spil_role *row, size_t *step, size_t *role)
{
    for (*step = 0; *step < model->step_count; (*step)++) {
        const spil_model_step *const each = &model->steps[*step];
        if (strcmp(each->id, row->step) != 0)
            continue;
        for (*role = 0; *role < each->role_count; (*role)++)
            if (strcmp(each->roles[*role].id, row->role) == 0)
                return true;
    }
    return false;
}

bool spil_role_place(const spil_model_set *models, const spil_role *row, size_t *model,
                     size_t *step, size_t *role)
{
    return find_model(models, row->model, model) &&
           find_role(models->models[*model], row, step, role);
}

/* Kinds of entities that some step takes the code from; 0 when no model has it. */
static spil_kind_mask takers_of(const spil_model_set *models, const char *code)
{
    spil_kind_mask kinds = 0;
    for (size_t m = 0; m < models->count; m++)
        for (size_t s = 0; s < models->models[m]->step_count; s++) {
            const spil_model_step *const step = &models->models[m]->steps[s];
            for (size_t g = 0; g < step->signal_count; g++)
                if (strcmp(step->signals[g].code, code) == 0)
                    kinds |= step->signals[g].applies_to;
        }
    return kinds;
}

/* ---- distinct ones, counted ---- */

typedef struct counter {
    const spil_facts *facts;
    const spil_model_set *models;
    spil_arena *arena;
    spil_strmap *seen; /* to a position in rows, or READ */
    spil_str key;
    SPIL_VEC(spil_unread_row) rows;
} counter;
enum { READ = -1 };

/* Counts one more of what stands in counter->key. True when it was seen before, or on failure. */
static bool count_known(counter *c, spil_status *rc, spil_err *err)
{
    int64_t at;
    *rc = spil_str_status(&c->key, err);
    if (*rc != SPIL_OK || !spil_strmap_get(c->seen, spil_str_text(&c->key), &at))
        return *rc != SPIL_OK;
    if (at != READ)
        c->rows.items[at].rows++;
    return true;
}

static spil_status note_read(counter *c, spil_err *err)
{
    return spil_strmap_put(c->seen, spil_str_text(&c->key), READ, err);
}

static spil_status note_unread(counter *c, spil_unread_row row, const char *what, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_arena_text(c->arena, &row.what, what, strlen(what), err));
    TRY(spil_strmap_put(c->seen, spil_str_text(&c->key), (int64_t)c->rows.count, err));
    rc = VEC_PUSH(c->rows, row, err);
done:
    return rc;
}

static spil_status count_role(counter *c, const spil_role *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t model, step, role;
    spil_str_clear(&c->key);
    spil_str_addf(&c->key, "%s/%s/%s", row->model, row->step, row->role);
    if (count_known(c, &rc, err))
        return rc;
    if (spil_role_place(c->models, row, &model, &step, &role))
        return note_read(c, err);
    return note_unread(c,
                       (spil_unread_row){.why = SPIL_UNREAD_ROLE,
                                         .kind = SPIL_ENTITY_KIND_COUNT,
                                         .rows = 1,
                                         .first = row->origin},
                       spil_str_text(&c->key), err);
}

/* By the code alone where no model has it, else by code and kind. */
static spil_status count_signal(counter *c, const spil_signal *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_entity_kind kind = c->facts->entities[row->entity].kind;
    spil_unread_row unread = {
        .why = SPIL_UNREAD_SIGNAL, .kind = SPIL_ENTITY_KIND_COUNT, .rows = 1, .first = row->origin};
    spil_str_clear(&c->key);
    spil_str_add(&c->key, row->code);
    if (count_known(c, &rc, err))
        return rc;
    spil_str_addf(&c->key, "\n%d", (int)kind);
    if (count_known(c, &rc, err))
        return rc;
    const spil_kind_mask takers = takers_of(c->models, row->code);
    if (takers >> kind & 1)
        return note_read(c, err);
    if (takers) {
        unread.why = SPIL_UNREAD_SIGNAL_KIND;
        unread.kind = kind;
    } else {
        spil_str_clear(&c->key);
        spil_str_add(&c->key, row->code);
    }
    return note_unread(c, unread, row->code, err);
}

static int compare_rows(const void *left, const void *right)
{
    const spil_unread_row *const a = left, *const b = right;
    int order = (int)a->why - (int)b->why;
    order = order ? order : strcmp(a->what, b->what);
    return order ? order : (int)a->kind - (int)b->kind;
}

static spil_status finish(spil_unread **out, counter *c, spil_err *err)
{
    spil_unread *unread = NULL;
    const spil_status rc = NEW(unread, err);
    if (rc != SPIL_OK)
        return rc;
    if (c->rows.count)
        qsort(c->rows.items, c->rows.count, sizeof *c->rows.items, compare_rows);
    unread->count = c->rows.count;
    unread->rows = c->rows.items;
    unread->arena = c->arena;
    c->rows.items = NULL;
    c->arena = NULL;
    for (size_t i = 0; i < unread->count; i++)
        unread->all += unread->rows[i].rows;
    *out = unread;
    return SPIL_OK;
}

spil_status spil_unread_find(spil_unread **out, const spil_facts *facts,
                             const spil_model_set *models, spil_err *err)
{
    spil_status rc = SPIL_OK;
    counter c = {.facts = facts, .models = models, .key = SPIL_STR_INIT};
    TRY(spil_arena_new(&c.arena, err));
    TRY(spil_strmap_new(&c.seen, err));
    for (size_t i = 0; i < facts->role_count; i++)
        TRY(count_role(&c, &facts->roles[i], err));
    for (size_t i = 0; i < facts->signal_count; i++)
        TRY(count_signal(&c, &facts->signals[i], err));
    rc = finish(out, &c, err);
done:
    spil_strmap_free(c.seen);
    spil_str_free(&c.key);
    spil_free(c.rows.items);
    spil_arena_free(c.arena);
    return rc;
}

void spil_unread_free(spil_unread *unread)
{
    if (!unread)
        return;
    spil_free(unread->rows);
    spil_arena_free(unread->arena);
    spil_free(unread);
}
