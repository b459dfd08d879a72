/* truth.c - truth.csv of a generated region against what the engine holds; see case.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns are those of docs/example-data.md; no field of that file is ever quoted.
 */
#include "bench/models/case.h"

#include "engine/base/file.h"
#include "engine/base/strmap.h"
#include "engine/base/text.h"
#include "engine/base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLLABORATION, MODEL, RECORD, ENTITY, TO, STEP, NAME, RECORDED, AWARE, COLUMNS };
enum { MOST_BYTES = 1 << 30 };

typedef struct reading {
    spil_bench_case *it;
    spil_strmap *untrue; /* keys of records that are not so */
    SPIL_VEC(spil_bench_seat) seats;
    SPIL_VEC(spil_bench_planted) planted;
} reading;

static size_t model_named(const spil_model_set *models, const char *id)
{
    for (size_t m = 0; m < models->count; m++)
        if (strcmp(models->models[m]->id, id) == 0)
            return m;
    return SIZE_MAX;
}

/* Positions of the step and of the role in it; false when the model has no such. */
static bool find_role(const spil_model *model, const char *step, const char *role, size_t *s,
                      size_t *r)
{
    for (*s = 0; *s < model->step_count; ++*s)
        if (strcmp(model->steps[*s].id, step) == 0)
            for (*r = 0; *r < model->steps[*s].role_count; ++*r)
                if (strcmp(model->steps[*s].roles[*r].id, role) == 0)
                    return true;
    return false;
}

static spil_status planted_named(reading *in, const char *name, const char *model, uint32_t *out,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t number;
    if (strncmp(name, "csv-", 4) != 0 || !spil_parse_uint(name + 4, 10000000, &number) ||
        number == 0)
        return spil_fail(err, SPIL_INPUT, "truth.csv: '%s' is no collaboration", name);
    while (in->planted.count < number)
        TRY(VEC_PUSH(in->planted, ((spil_bench_planted){.home = UINT32_MAX}), err));
    in->planted.items[number - 1].model = model_named(in->it->models, model);
    in->planted.items[number - 1].named = true;
    *out = (uint32_t)(number - 1);
done:
    return rc;
}

static spil_status take_untrue(reading *in, char *const field[COLUMNS], spil_err *err)
{
    char key[256];
    const bool link = strcmp(field[RECORD], "untrue_link") == 0;
    (void)snprintf(key, sizeof key, "%s|%s|%s|%s", field[ENTITY], link ? field[TO] : field[MODEL],
                   link ? "" : field[STEP], field[NAME]);
    return spil_strmap_put(in->untrue, key, 1, err);
}

static spil_status take_row(reading *in, char *const field[COLUMNS], spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t planted = 0;
    const char *const record = field[RECORD];
    const uint32_t entity =
        field[ENTITY][0] ? spil_facts_find(in->it->facts, field[ENTITY]) : UINT32_MAX;
    if (strcmp(record, "untrue_link") == 0 || strcmp(record, "untrue_role") == 0)
        return take_untrue(in, field, err);
    if (!field[COLLABORATION][0])
        return SPIL_OK;
    TRY(planted_named(in, field[COLLABORATION], field[MODEL], &planted, err));
    if (entity == UINT32_MAX)
        goto done;
    if (strcmp(record, "member") == 0) {
        in->it->member_of[entity] = planted;
        in->planted.items[planted].members++;
    } else if (strcmp(record, "role") == 0) {
        spil_bench_seat seat = {
            .planted = planted, .entity = entity, .recorded = strcmp(field[RECORDED], "yes") == 0};
        const size_t model = in->planted.items[planted].model;
        if (find_role(in->it->models->models[model], field[STEP], field[NAME], &seat.step,
                      &seat.role))
            TRY(VEC_PUSH(in->seats, seat, err));
    }
done:
    return rc;
}

static spil_status take_text(reading *in, char *text, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t line = 1;
    char *at = strchr(text, '\n'); /* past the header */
    while (at && *++at) {
        char *field[COLUMNS];
        char *const end = strchr(at, '\n');
        if (end)
            *end = '\0';
        line++;
        int f = 0;
        for (char *part = at; part && f < COLUMNS; f++) {
            field[f] = part;
            part = strchr(part, ',');
            if (part)
                *part++ = '\0';
        }
        if (f != COLUMNS) {
            rc = spil_fail(err, SPIL_INPUT, "truth.csv:%zu: %d columns, expected %d", line, f,
                           (int)COLUMNS);
            goto done;
        }
        TRY(take_row(in, field, err));
        at = end;
    }
done:
    return rc;
}

static void mark_untrue(const reading *in)
{
    spil_bench_case *const it = in->it;
    const spil_facts *const facts = it->facts;
    char key[256];
    int64_t found;
    for (size_t i = 0; i < facts->link_count; i++) {
        const spil_link *const link = &facts->links[i];
        (void)snprintf(key, sizeof key, "%s|%s||%s", facts->entities[link->from].key,
                       facts->entities[link->to].key, spil_link_kind_info(link->kind)->name);
        it->untrue_link[i] = spil_strmap_get(in->untrue, key, &found);
    }
    for (size_t i = 0; i < facts->role_count; i++) {
        const spil_role *const role = &facts->roles[i];
        (void)snprintf(key, sizeof key, "%s|%s|%s|%s", facts->entities[role->entity].key,
                       role->model, role->step, role->role);
        it->untrue_role[i] = spil_strmap_get(in->untrue, key, &found);
    }
}

/* Members of planted p in the community with most of them. */
static size_t best_home(const spil_bench_case *it, const uint32_t *members, size_t count,
                        uint32_t *home)
{
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t community = it->communities->best.of[it->network->vertex[members[i]]];
        size_t together = 0;
        for (size_t j = 0; j < count; j++)
            together += it->communities->best.of[it->network->vertex[members[j]]] == community;
        if (together > best) {
            best = together;
            *home = community;
        }
    }
    return best;
}

static spil_status find_homes(reading *in, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bench_case *const it = in->it;
    uint32_t *members = NULL;
    size_t *row = NULL;
    const size_t count = in->planted.count;
    TRY(NEW_ARRAY(row, count + 2, err));
    TRY(NEW_ARRAY(members, it->facts->entity_count, err));
    for (size_t e = 0; e < it->facts->entity_count; e++)
        if (it->member_of[e] != UINT32_MAX)
            row[it->member_of[e] + 2]++;
    for (size_t p = 0; p < count; p++)
        row[p + 2] += row[p + 1];
    for (uint32_t e = 0; e < it->facts->entity_count; e++)
        if (it->member_of[e] != UINT32_MAX)
            members[row[it->member_of[e] + 1]++] = e;
    for (size_t p = 0; p < count; p++) {
        spil_bench_planted *const planted = &in->planted.items[p];
        uint32_t home = UINT32_MAX;
        const size_t in_all = row[p + 1] - row[p];
        const size_t held = best_home(it, members + row[p], in_all, &home);
        planted->held = in_all ? (double)held / (double)in_all : 0;
        planted->home = 2 * held >= in_all && in_all > 0 ? home : UINT32_MAX;
    }
done:
    spil_free(row);
    spil_free(members);
    return rc;
}

spil_status spil_bench_truth_read(spil_bench_case *it, const char *folder, spil_err *err)
{
    spil_status rc = SPIL_OK;
    reading in = {.it = it};
    char *path = NULL, *text = NULL;
    size_t length;
    TRY(NEW_ARRAY(it->member_of, it->facts->entity_count, err));
    TRY(NEW_ARRAY(it->untrue_link, it->facts->link_count, err));
    TRY(NEW_ARRAY(it->untrue_role, it->facts->role_count, err));
    for (size_t e = 0; e < it->facts->entity_count; e++)
        it->member_of[e] = UINT32_MAX;
    TRY(spil_strmap_new(&in.untrue, err));
    TRY(spil_path_join(&path, folder, "truth/truth.csv", err));
    TRY(spil_read_file(&text, &length, path, MOST_BYTES, err));
    TRY(take_text(&in, text, err));
    mark_untrue(&in);
    TRY(find_homes(&in, err));
    it->planted = in.planted.items;
    it->planted_count = in.planted.count;
    it->seats = in.seats.items;
    it->seat_count = in.seats.count;
    in.planted.items = NULL;
    in.seats.items = NULL;
done:
    spil_strmap_free(in.untrue);
    spil_free(in.planted.items);
    spil_free(in.seats.items);
    spil_free(path);
    spil_free(text);
    return rc;
}
