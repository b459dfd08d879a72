/* t_hand.c - see t_hand.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "t_hand.h"
#include "engine/base/strmap.h"
#include "t.h"

#include <sys/stat.h>

static void read_models(t_hand *c, const char *path)
{
    spil_err err = SPIL_ERR_INIT;
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    if (S_ISDIR(info.st_mode)) {
        assert_ok(spil_model_set_read(&c->models, path, &err));
        return;
    }
    assert_ok(NEW(c->models, &err));
    assert_ok(NEW_ARRAY(c->models->models, 1, &err));
    assert_ok(spil_model_read(&c->models->models[0], path, &err));
    c->models->count = 1;
}

t_hand *t_hand_new(const char *models)
{
    spil_err err = SPIL_ERR_INIT;
    t_hand *c = NULL;
    const spil_source source = {.id = 1, .path = "hand.csv", .sha256 = "00", .loader = "hand"};
    assert_ok(NEW(c, &err));
    read_models(c, models);
    assert_ok(spil_facts_new(&c->facts, &err));
    assert_ok(spil_facts_add_source(c->facts, &source, &err));
    assert_ok(spil_strmap_new(&c->number, &err));
    return c;
}

static uint32_t number_of(t_hand *c, const char *key)
{
    spil_err err = SPIL_ERR_INIT;
    int64_t number;
    if (spil_strmap_get(c->number, key, &number))
        return (uint32_t)number;
    const spil_entity row = {.id = c->count + 1,
                             .kind = *key == 'A'   ? SPIL_ENTITY_address
                                     : *key == 'C' ? SPIL_ENTITY_company
                                     : *key == 'V' ? SPIL_ENTITY_vehicle
                                                   : SPIL_ENTITY_person,
                             .key = key};
    assert_ok(spil_facts_add_entity(c->facts, &row, &err));
    assert_ok(spil_strmap_put(c->number, key, c->count, &err));
    return c->count++;
}

void t_hand_entity(t_hand *c, const char *key)
{
    (void)number_of(c, key);
}

void t_hand_link(t_hand *c, const char *from, spil_link_kind kind, const char *to,
                 double confidence)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_link row = {.from = number_of(c, from),
                           .to = number_of(c, to),
                           .kind = kind,
                           .weight = 1,
                           .confidence = confidence,
                           .since = SPIL_NO_DAY,
                           .until = SPIL_NO_DAY};
    assert_ok(spil_facts_add_link(c->facts, &row, &err));
}

void t_hand_signal(t_hand *c, const char *entity, const char *code, double strength,
                   double confidence, const char *date)
{
    spil_err err = SPIL_ERR_INIT;
    spil_signal row = {.entity = number_of(c, entity),
                       .code = code,
                       .strength = strength,
                       .confidence = confidence,
                       .date = SPIL_NO_DAY};
    if (date)
        assert_true(spil_parse_day(date, &row.date));
    assert_ok(spil_facts_add_signal(c->facts, &row, &err));
}

void t_hand_role(t_hand *c, const char *entity, const char *model, const char *step,
                 const char *role, double confidence)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_role row = {.entity = number_of(c, entity),
                           .model = model,
                           .step = step,
                           .role = role,
                           .confidence = confidence};
    assert_ok(spil_facts_add_role(c->facts, &row, &err));
}

void t_hand_attribute(t_hand *c, const char *entity, const char *name, const char *value)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_attribute row = {.entity = number_of(c, entity), .name = name, .value = value};
    assert_ok(spil_facts_add_attribute(c->facts, &row, &err));
}

void t_hand_ready(t_hand *c)
{
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_facts_finish(c->facts, &err));
    assert_ok(spil_network_build(&c->network, c->facts, &err));
    const spil_csr *const g = c->network->csr;
    assert_ok(NEW(c->communities, &err));
    c->communities->best.n = g->n;
    assert_ok(NEW_ARRAY(c->communities->best.of, g->n, &err));
    assert_ok(NEW_ARRAY(c->communities->membership, g->n, &err));
    uint32_t *const of = c->communities->best.of;
    for (spil_vid v = 0; v < g->n; v++)
        of[v] = v;
    for (bool changed = true; changed;) { /* smallest vertex of the connected part */
        changed = false;
        for (spil_vid v = 0; v < g->n; v++)
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                if (of[g->col[i]] < of[v]) {
                    of[v] = of[g->col[i]];
                    changed = true;
                }
    }
    for (spil_vid v = 0; v < g->n; v++) {
        of[v] = of[v] == v ? c->communities->best.count++ : of[of[v]];
        c->communities->membership[v] = 1;
    }
}

void t_hand_free(t_hand *c)
{
    if (!c)
        return;
    spil_communities_free(c->communities);
    spil_network_free(c->network);
    spil_facts_free(c->facts);
    spil_model_set_free(c->models);
    spil_strmap_free(c->number);
    spil_free(c);
}

uint32_t t_hand_find(const t_hand *c, const char *key)
{
    const uint32_t found = spil_facts_find(c->facts, key);
    assert_int_not_equal(found, UINT32_MAX);
    return found;
}

spil_scores *t_hand_score(const t_hand *c, size_t draws, uint64_t seed)
{
    spil_err err = SPIL_ERR_INIT;
    spil_scores *scores = NULL;
    spil_score_opts opts = SPIL_SCORE_OPTS_DEFAULTS;
    opts.draws = draws;
    opts.seed = seed;
    assert_ok(
        spil_score_all(&scores, c->facts, c->network, c->communities, c->models, &opts, &err));
    return scores;
}

const spil_entity_score *t_hand_entity_score(const t_hand *c, const spil_score *score,
                                             const char *key)
{
    const uint32_t entity = t_hand_find(c, key);
    for (size_t i = 0; i < score->entity_count; i++)
        if (score->entities[i].entity == entity)
            return &score->entities[i];
    return NULL;
}

double t_hand_contribution(const t_hand *c, const spil_score *score, const char *key,
                           const char *name)
{
    const uint32_t entity = t_hand_find(c, key);
    double value = 0;
    for (size_t i = 0; i < score->contribution_count; i++)
        if (score->contributions[i].entity == entity &&
            strcmp(score->contributions[i].name, name) == 0)
            value += score->contributions[i].value;
    return value;
}
