/* resolve.c - see resolve.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/resolve.h"

#include "engine/base/str.h"
#include "engine/resolution/resolve_kind.h"
#include "engine/store/alias.h"
#include "engine/store/idmap.h"

#include <inttypes.h>
#include <stdlib.h>

static int by_pair(const void *left, const void *right)
{
    const spil_known_pair *const a = left, *const b = right;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* a < b, sorted. */
static spil_status order_answers(spil_known_pair **out, const spil_known_pair *answers,
                                 size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_known_pair *copy = NULL;
    TRY(NEW_ARRAY(copy, count, err));
    for (size_t i = 0; i < count; i++) {
        copy[i] = answers[i];
        if (copy[i].a > copy[i].b) {
            copy[i].a = answers[i].b;
            copy[i].b = answers[i].a;
        }
    }
    qsort(copy, count, sizeof *copy, by_pair);
    *out = copy;
done:
    return rc;
}

static int likeliest_first(const void *left, const void *right)
{
    const spil_weighed_pair *const a = left, *const b = right;
    if (a->probability != b->probability)
        return a->probability > b->probability ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

spil_status spil_resolve_facts(spil_resolution **out, const spil_facts *facts,
                               const spil_known_pair *answers, size_t answer_count,
                               const spil_resolve_opts *opts, spil_err *err)
{
    static const spil_entity_kind kinds[] = {SPIL_ENTITY_address, SPIL_ENTITY_company,
                                             SPIL_ENTITY_person};
    spil_status rc = SPIL_OK;
    spil_known_pair *known = NULL;
    spil_resolution *resolution = NULL;
    spil_resolve_job job = {.answer_count = answer_count, .opts = opts};
    TRY(NEW(resolution, err));
    TRY(spil_arena_new(&resolution->arena, err));
    job.arena = resolution->arena;
    TRY(spil_reading_new(&job.reading, facts, err));
    TRY(order_answers(&known, answers, answer_count, err));
    job.answers = known;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const size_t before = job.doubtful.count;
        resolution->kinds[k].kind = kinds[k];
        TRY(spil_resolve_kind(&job, &resolution->kinds[k], err));
        if (job.doubtful.count > before)
            qsort(job.doubtful.items + before, job.doubtful.count - before,
                  sizeof *job.doubtful.items, likeliest_first);
    }
    resolution->merges = job.merges.items;
    resolution->merge_count = job.merges.count;
    resolution->doubtful = job.doubtful.items;
    resolution->doubtful_count = job.doubtful.count;
    job.merges.items = NULL;
    job.doubtful.items = NULL;
    *out = resolution;
    resolution = NULL;
done:
    spil_free(job.merges.items);
    spil_free(job.doubtful.items);
    spil_reading_free(job.reading);
    spil_free(known);
    spil_resolution_free(resolution);
    return rc;
}

void spil_resolution_free(spil_resolution *resolution)
{
    if (!resolution)
        return;
    spil_free(resolution->merges);
    spil_free(resolution->doubtful);
    spil_arena_free(resolution->arena);
    spil_free(resolution);
}

/* ---- on a case ---- */

typedef struct answer_room {
    const spil_idmap *entities;
    SPIL_VEC(spil_known_pair) all;
} answer_room;

static spil_status take_answer(const spil_answer *row, void *user, spil_err *err)
{
    answer_room *const room = user;
    const uint32_t a = spil_idmap_get(room->entities, row->a);
    const uint32_t b = spil_idmap_get(room->entities, row->b);
    if (a == SPIL_NO_POSITION || b == SPIL_NO_POSITION)
        return SPIL_OK;
    return VEC_PUSH(room->all, ((spil_known_pair){a, b, row->same}), err);
}

/* {"person": {"prior": ..., "surname": {"close": {"m": ..., "u": ...}, ...}}, ...} */
static void add_weights(spil_str *out, const spil_resolution *resolution)
{
    for (size_t k = 0; k < 3; k++) {
        const spil_resolved_kind *const kind = &resolution->kinds[k];
        const spil_field_set *const set = kind->model.coder.set;
        spil_str_addf(out, "%s\"%s\": {\"prior\": %.6g, \"rounds\": %u", k ? ", " : "{",
                      spil_entity_kind_info(kind->kind)->name, kind->model.prior,
                      kind->model.rounds);
        for (unsigned f = 0; f < set->count; f++) {
            spil_str_addf(out, ", \"%s\": {", set->fields[f].name);
            for (unsigned level = 1; level < set->fields[f].levels; level++)
                spil_str_addf(out, "%s\"%s\": {\"m\": %.6g, \"u\": %.6g}", level > 1 ? ", " : "",
                              set->fields[f].words[level], kind->model.m[f][level],
                              kind->model.u[f][level]);
            spil_str_add(out, "}");
        }
        spil_str_add(out, "}");
    }
    spil_str_add(out, "}");
}

static spil_status put(spil_store *store, const spil_resolution *resolution,
                       const spil_facts *facts, const spil_resolve_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str options = SPIL_STR_INIT, weights = SPIL_STR_INIT, detail = SPIL_STR_INIT;
    spil_alias *rows = NULL;
    TRY(NEW_ARRAY(rows, resolution->merge_count, err));
    for (size_t i = 0; i < resolution->merge_count; i++) {
        const spil_merge_row *const it = &resolution->merges[i];
        rows[i] = (spil_alias){facts->entities[it->entity].id,
                               facts->entities[it->cluster].id,
                               facts->entities[it->partner].id,
                               it->pattern,
                               it->weight,
                               it->probability};
    }
    spil_str_addf(&options, "{\"threshold\": %.10g, \"review\": %.10g}", opts->threshold,
                  opts->review);
    add_weights(&weights, resolution);
    spil_str_addf(&detail, "threshold %.10g", opts->threshold);
    for (size_t k = 3; k-- > 0;)
        spil_str_addf(&detail, "; %s: %" PRIu64 " of %" PRIu64 " merged away, %" PRIu64 " doubtful",
                      spil_entity_kind_info(resolution->kinds[k].kind)->name,
                      resolution->kinds[k].merged, resolution->kinds[k].entities,
                      resolution->kinds[k].doubtful);
    TRY(spil_str_status(&options, err));
    TRY(spil_str_status(&weights, err));
    TRY(spil_str_status(&detail, err));
    const spil_resolution_row row = {options.text, weights.text, SPIL_VERSION};
    TRY(spil_store_put_aliases(store, &row, rows, resolution->merge_count, err));
    TRY(spil_store_audit(store, "resolve", detail.text, err));
done:
    spil_free(rows);
    spil_str_free(&options);
    spil_str_free(&weights);
    spil_str_free(&detail);
    return rc;
}

spil_status spil_resolve(spil_resolution **out, spil_facts **facts, spil_store *store,
                         const spil_resolve_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *apart = NULL;
    spil_idmap entities = {0};
    answer_room answers = {.entities = &entities};
    spil_resolution *resolution = NULL;
    TRY(spil_store_load_facts_apart(&apart, store, err));
    TRY(spil_idmap_build(&entities, apart->entities ? &apart->entities[0].id : NULL,
                         sizeof *apart->entities, apart->entity_count, err));
    TRY(spil_store_each_answer(store, take_answer, &answers, err));
    TRY(spil_resolve_facts(&resolution, apart, answers.all.items, answers.all.count, opts, err));
    TRY(put(store, resolution, apart, opts, err));
    *out = resolution;
    resolution = NULL;
    if (facts) {
        *facts = apart;
        apart = NULL;
    }
done:
    spil_free(answers.all.items);
    spil_idmap_free(&entities);
    spil_resolution_free(resolution);
    spil_facts_free(apart);
    return rc;
}
