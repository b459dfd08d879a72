/* A run read back as a result. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/barriers/model.h"
#include "engine/base/file.h"
#include "engine/run/result.h"
#include "engine/run/words.h"
#include "engine/store/results.h"
#include "tests/unit/t_store.h"

#include <unistd.h>

static const char model_text[] =
    "id: small\n"
    "version: \"1\"\n"
    "reviewed_by: none\n"
    "name: {nl: Klein, en: Small}\n"
    "sources: [{id: own, text: Ours}]\n"
    "harm: 2\n"
    "prior: 0.1\n"
    "assumed: [prior]\n"
    "role_evidence: {lr: 10, lr_low: 5, lr_high: 20}\n"
    "recovery: {horizon_days: 90, attempt_days: 30, reach: [0.5, 0.2]}\n"
    "steps:\n"
    "  - id: one\n"
    "    name: {nl: Een, en: One}\n"
    "    required: true\n"
    "    roles:\n"
    "      - {id: doer, name: {nl: Dader, en: Doer}, kinds: [person], needed: 1,\n"
    "         facilitator: no, unseen: 0.5, substitutability: 0.5}\n"
    "    signals:\n"
    "      - {code: sign, name: {nl: Teken, en: Sign}, family: f, applies_to: address, lr: 4,\n"
    "         lr_low: 2, lr_high: 8, half_life_days: none, assumed: true, source: own}\n"
    "    barriers:\n"
    "      - {id: stop, name: {nl: Halt, en: Stop}, partner: police, basis: law,\n"
    "         applies_to: [person, address], effect: [2, 2], hours: 8, lead_days: 1}\n";

/* a case: five persons in a row p1 .. p5 and an address, two communities, one target */
typedef struct room {
    t_store *t;
    char folder[96], model[128];
    int64_t analysis, list;
    char digest[SPIL_DIGEST_TEXT];
} room;

static spil_err err;

static void fill_facts(spil_store *store)
{
    int64_t person[5];
    const int64_t people = t_add_source(store, "/secret/place/people.csv");
    const int64_t signs = t_add_source(store, "/secret/place/signs.csv");
    for (size_t i = 0; i < 5; i++) {
        char key[8], label[16];
        (void)snprintf(key, sizeof key, "p%zu", i + 1);
        (void)snprintf(label, sizeof label, "Person %zu", i + 1);
        person[i] = t_put(store, SPIL_ENTITY_person, key, label, people, i + 2);
    }
    const int64_t a = t_put(store, SPIL_ENTITY_address, "a", "", people, 9);
    for (size_t i = 0; i + 1 < 5; i++)
        t_link(store, person[i], person[i + 1], 1, people, 20 + i);
    t_link(store, a, person[1], 1, people, 30);
    t_link(store, person[1], person[0], 1, signs, 31); /* a second link of the pair, reversed */
    const spil_new_signal sign = {a, "sign", 0.5, 0.8, 100, signs, 6};
    assert_ok(spil_store_add_signal(store, &sign, &err));
    const spil_new_role role = {person[1], "small", "one", "doer", 0.9, people, 7};
    assert_ok(spil_store_add_role(store, &role, &err));
    const spil_reject rejects[] = {{"/secret/place/signs.csv", 8, "date", "'x' is no date", "x"},
                                   {"/secret/place/signs.csv", 5, "date", "'y' is no date", "y"},
                                   {"/secret/place/signs.csv", 9, "code", "empty", ","}};
    for (size_t i = 0; i < 3; i++)
        assert_ok(spil_store_add_reject(store, signs, &rejects[i], &err));
    const spil_drop drop = {"/secret/place/people.csv", "age", "a trait never counts", 5};
    assert_ok(spil_store_add_drop(store, people, &drop, &err));
}

/* Facts by key: a 0, p1 1 .. p5 5. Community 0: a p1 p2 p3; community 1: p4 p5. */
static void fill_analysis(room *r, const spil_facts *facts)
{
    spil_store *const store = r->t->store;
    char input[SPIL_DIGEST_TEXT];
    assert_ok(spil_store_input_digest(store, input, &err));
    const spil_run_row run = {.command = SPIL_RUN_ANALYZE,
                              .options = "{\"draws\":50}",
                              .version = "9.9",
                              .input_digest = input,
                              .seed = 3,
                              .draws = 50,
                              .as_of = 100};
    assert_ok(spil_store_add_run(store, &run, &r->analysis, &err));
    const spil_run_model_row model = {"small", "1", r->digest};
    assert_ok(spil_store_add_run_models(store, r->analysis, &model, 1, &err));
    const spil_figure_row quality = {SPIL_FIGURE_QUALITY, 0.25};
    assert_ok(spil_store_add_figures(store, r->analysis, &quality, 1, &err));
    const uint32_t which[] = {0, 1, 2, 3, 4, 5};
    const double degree[] = {1, 1, 3, 2, 2, 1}, between[] = {0, 0, 6, 6, 4, 0};
    const spil_metric_row metrics[] = {{"degree", false, 0, 0, which, degree, 6, 0, 0},
                                       {"betweenness", false, 0, 0, which, between, 6, 3, 0.25}};
    for (size_t i = 0; i < 2; i++)
        assert_ok(spil_store_add_metric(store, r->analysis, facts, &metrics[i], &err));
    const spil_community_row communities[] = {{4, 3, 1, 0.5, 0.25, 0.9}, {2, 1, 1, 1, 0.5, 1}};
    assert_ok(spil_store_add_communities(store, r->analysis, communities, 2, &err));
    const spil_member_row members[] = {{0, 0, 1},   {0, 1, 0.9}, {0, 2, 1},
                                       {0, 3, 0.8}, {1, 4, 1},   {1, 5, 1}};
    assert_ok(spil_store_add_members(store, r->analysis, facts, members, 6, &err));
}

static void fill_findings(room *r, const spil_facts *facts)
{
    spil_store *const store = r->t->store;
    const spil_points none = {0, 0, 0, 0}, chain = {0.1, 0.3, 0.5, 0.31};
    const spil_points process = {0.4, 0.5, 0.6, 0.51}, step = {0.6, 0.7, 0.8, 0.7};
    const spil_score_row scores[] = {
        {0, SPIL_PART_CHAIN, "small", "", "", chain, none, 0, false, NULL},
        {0, SPIL_PART_PROCESS, "small", "", "", process, none, 0, false, NULL},
        {0, SPIL_PART_STEP, "small", "one", "", step, process, 1.5, true, NULL},
    };
    assert_ok(spil_store_add_scores(store, r->analysis, 50, scores, 3, &err));
    const spil_holder_row holders[] = {{0, 3, "small", "one", "doer", 0.2},
                                       {0, 2, "small", "one", "doer", 0.9}};
    assert_ok(spil_store_add_holders(store, r->analysis, facts, holders, 2, &err));
    const spil_fall_row falls[] = {{0, 2, "small", {0.1, 0.2, 0.3, 0.2}},
                                   {0, 0, "small", {0.0, 0.1, 0.2, 0.1}}};
    assert_ok(spil_store_add_falls(store, r->analysis, facts, falls, 2, &err));
    const spil_contribution_row reasons[] = {
        {0, 2, "small", "", "position", "position", SPIL_REFERENCE_NONE, 0, 0.15},
        {0, 2, "small", "one", "role", "doer", SPIL_REFERENCE_ROLE, 0, 0.05},
        {0, 0, "small", "one", "signal", "sign", SPIL_REFERENCE_SIGNAL, 0, 0.1},
    };
    assert_ok(spil_store_add_contributions(store, r->analysis, facts, reasons, 3, &err));
}

static void fill_list(room *r, const spil_facts *facts)
{
    spil_store *const store = r->t->store;
    static const double draw[50] = {0.1};
    spil_action_row actions[] = {{.community = 0,
                                  .entity = 0,
                                  .model = "small",
                                  .step = "one",
                                  .barrier = "stop",
                                  .partner = "police",
                                  .hours = 8,
                                  .lead_days = 1,
                                  .effect = 0.5,
                                  .recovers = 0.25,
                                  .candidates = 2,
                                  .gain = {0, 0.1, 0.2, 0.1},
                                  .draw = draw},
                                 {.community = 0,
                                  .entity = 2,
                                  .model = "small",
                                  .step = "one",
                                  .barrier = "stop",
                                  .partner = "police",
                                  .hours = 8,
                                  .lead_days = 1,
                                  .effect = 0.5,
                                  .recovers = 0.5,
                                  .candidates = 1,
                                  .gain = {0, 0.2, 0.4, 0.2},
                                  .draw = draw}};
    assert_ok(spil_store_add_actions(store, r->analysis, facts, 50, actions, 2, &err));
    const spil_run_row run = {.parent = r->analysis,
                              .command = SPIL_RUN_TARGETS,
                              .options = "{\"top\":2}",
                              .version = "9.9",
                              .input_digest = "",
                              .as_of = SPIL_NO_DAY};
    assert_ok(spil_store_add_run(store, &run, &r->list, &err));
    const spil_figure_row figures[] = {{SPIL_FIGURE_GAIN, 0.25},
                                       {SPIL_FIGURE_POSSIBLE, 0.62},
                                       {SPIL_FIGURE_HOURS_USED "police", 16},
                                       {SPIL_FIGURE_HOURS_GIVEN "police", 40}};
    assert_ok(spil_store_add_figures(store, r->list, figures, 4, &err));
    spil_target_row targets[] = {{.action = actions[1].id, .marginal = 0.2, .stability = 0.9},
                                 {.action = actions[0].id, .marginal = 0.05, .stability = 0.6}};
    assert_ok(spil_store_add_targets(store, r->list, targets, 2, &err));
}

static room open_room_with(void **state, bool findings)
{
    room r = {.t = *state};
    spil_model *model = NULL;
    spil_facts *facts = NULL;
    (void)snprintf(r.folder, sizeof r.folder, "%s/models", r.t->folder);
    (void)snprintf(r.model, sizeof r.model, "%s/small.yaml", r.folder);
    assert_ok(spil_make_folder(r.folder, &err));
    assert_ok(spil_write_file(r.model, model_text, strlen(model_text), &err));
    assert_ok(spil_model_read(&model, r.model, &err));
    memcpy(r.digest, model->digest, sizeof r.digest);
    spil_model_free(model);
    assert_ok(spil_store_begin(r.t->store, &err));
    fill_facts(r.t->store);
    assert_ok(spil_store_load_facts(&facts, r.t->store, &err));
    fill_analysis(&r, facts);
    if (findings) {
        fill_findings(&r, facts);
        fill_list(&r, facts);
    }
    assert_ok(spil_store_commit(r.t->store, &err));
    spil_facts_free(facts);
    return r;
}

static room open_room(void **state)
{
    return open_room_with(state, true);
}

static void close_room(const room *r)
{
    assert_int_equal(unlink(r->model), 0);
    assert_int_equal(rmdir(r->folder), 0);
}

static spil_result_opts opts_of(const room *r)
{
    spil_result_opts opts = SPIL_RESULT_OPTS_DEFAULTS;
    opts.models = r->folder;
    return opts;
}

static const spil_result_entity *entity(const spil_result *result, uint32_t at)
{
    assert_true(at < result->entity_count);
    return &result->entities[at];
}

static void result_load__tells_the_run_and_its_figures(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    assert_string_equal(result->run.command, "targets");
    assert_string_equal(result->run.version, "9.9");
    assert_string_equal(result->run.options,
                        "{\"analyze\":{\"draws\":50},\"targets\":{\"top\":2}}");
    assert_int_equal(result->run.seed, 3);
    assert_int_equal(result->run.draws, 50);
    assert_int_equal(result->run.as_of, 100);
    assert_int_equal(strlen(result->run.fingerprint), 64);
    assert_true(result->gain == 0.25 && result->possible == 0.62 && result->quality == 0.25);
    assert_true(result->hours_used[SPIL_PARTNER_police] == 16.0);
    assert_true(result->hours_given[SPIL_PARTNER_police] == 40.0);
    assert_true(isinf(result->hours_given[SPIL_PARTNER_bank]));
    assert_int_equal(result->model_count, 1);
    assert_int_equal(result->models[0].assumed, 2); /* prior and the signal */
    spil_result_free(result);
    close_room(&r);
}

static void result_load__sources_lose_their_folder(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    assert_int_equal(result->source_count, 2);
    assert_string_equal(result->sources[0].name, "people.csv");
    assert_string_equal(result->sources[1].name, "signs.csv");
    assert_int_equal(result->reject_count, 2);
    assert_string_equal(result->rejects[0].reason, "'...' is no date");
    assert_int_equal(result->rejects[0].rows, 2);
    assert_int_equal(result->rejects[0].first_line, 5);
    assert_string_equal(result->rejects[0].source, "signs.csv");
    assert_int_equal(result->unread_count, 0);
    assert_int_equal(result->drop_count, 1);
    assert_string_equal(result->drops[0].source, "people.csv");
    assert_int_equal(result->entities_by_kind[SPIL_ENTITY_person], 5);
    assert_int_equal(result->links_by_kind[SPIL_LINK_met], 6);
    assert_int_equal(result->vertices, 6);
    assert_int_equal(result->edges, 5);
    spil_result_free(result);
    close_room(&r);
}

static void result_load__tells_what_is_recorded_of_those_shown(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    assert_int_equal(result->recorded_signal_count, 1);
    const spil_result_signal *const sign = &result->recorded_signals[0];
    assert_string_equal(entity(result, sign->entity)->key, "a");
    assert_string_equal(sign->names.nl, "Teken");
    assert_close(sign->strength, 0.5, 1e-12);
    assert_int_equal(sign->date, 100);
    assert_string_equal(result->sources[sign->origin.source].name, "signs.csv");
    assert_int_equal(sign->origin.line, 6);
    assert_int_equal(result->recorded_role_count, 1);
    const spil_result_recorded_role *const role = &result->recorded_roles[0];
    assert_string_equal(entity(result, role->entity)->key, "p2");
    assert_string_equal(role->names.en, "Doer");
    assert_string_equal(role->step_names.en, "One");
    assert_string_equal(role->model_names.en, "Small");
    assert_int_equal(role->origin.line, 7);
    assert_int_equal(result->recorded_attribute_count, 0);
    spil_result_free(result);
    close_room(&r);
}

static void result_load__bridges_join_the_communities_shown(void **state)
{
    const room r = open_room_with(state, false); /* nothing scored: both are shown */
    spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    assert_int_equal(result->community_count, 2);
    assert_int_equal(result->bridge_count, 1);
    assert_int_equal(result->bridges[0].from, 0);
    assert_int_equal(result->bridges[0].to, 1);
    assert_int_equal(result->bridges[0].pairs, 1); /* p3 and p4 */
    assert_true(isfinite(result->communities[0].x) && isfinite(result->communities[1].y));
    spil_result_free(result);
    opts.communities = 1;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    assert_int_equal(result->community_count, 1);
    assert_int_equal(result->bridge_count, 0);
    spil_result_free(result);
    close_room(&r);
}

static void result_load__two_files_of_one_name_are_told_apart(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_store_begin(r.t->store, &err));
    (void)t_add_source(r.t->store, "/other/place/signs.csv");
    assert_ok(spil_store_commit(r.t->store, &err));
    /* a newer import: said, not passed over */
    assert_fails(spil_result_load(&result, r.t->store, 0, &opts, &err), SPIL_INPUT,
                 "files were imported, or entities merged, since run");
    char input[SPIL_DIGEST_TEXT], sql[256];
    assert_ok(spil_store_input_digest(r.t->store, input, &err));
    (void)snprintf(sql, sizeof sql, "UPDATE run SET input_digest = '%s'", input);
    t_sql(r.t->path, sql);
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    assert_int_equal(result->source_count, 3);
    assert_int_equal(strncmp(result->sources[1].name, "signs.csv [", 11), 0);
    assert_int_equal(strncmp(result->sources[2].name, "signs.csv [", 11), 0);
    assert_string_not_equal(result->sources[1].name, result->sources[2].name);
    spil_result_free(result);
    close_room(&r);
}

static void result_load__communities_hold_nodes_edges_and_chain(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    assert_int_equal(result->all_communities, 2);
    assert_int_equal(result->scored_communities, 1);
    assert_int_equal(result->community_count, 1); /* the other shows nothing of any model */
    const spil_result_community *const c = &result->communities[0];
    assert_int_equal(c->number, 1);
    assert_int_equal(c->node_count, 4);
    assert_int_equal(c->left_out, 0);
    assert_int_equal(c->edge_count, 3);
    const spil_result_node *const spil = &c->nodes[2];
    assert_string_equal(entity(result, spil->entity)->key, "p2");
    assert_true(spil->spil && spil->holder && spil->target);
    assert_true(spil->fall == 0.2 && spil->degree == 3.0 && spil->betweenness == 6.0);
    assert_false(c->nodes[0].spil);
    assert_true(c->nodes[0].target);                                    /* the address */
    assert_string_equal(entity(result, c->nodes[0].entity)->name, "a"); /* no label: the key */
    for (size_t i = 0; i < c->node_count; i++)
        assert_true(c->nodes[i].x >= 0.0 && c->nodes[i].x <= 1.0 && c->nodes[i].y >= 0.0 &&
                    c->nodes[i].y <= 1.0);
    const spil_result_chain *const chain = &c->chains[0];
    assert_close(chain->value, 0.62, 1e-12);
    assert_true(chain->process.p50 == 0.5 && chain->chain.p95 == 0.5);
    assert_true(chain->steps[0].weakest && chain->steps[0].stand_ins == 1.5);
    const spil_result_role *const doer = &chain->steps[0].roles[0];
    assert_int_equal(doer->holder_count, 2);
    assert_true(doer->holders[0].q == 0.9 && doer->holders[0].recorded);
    assert_false(doer->holders[1].recorded);
    assert_close(chain->steps[0].barriers[0].effect, 0.5, 1e-12);
    spil_result_free(result);
    close_room(&r);
}

static void result_load__an_edge_knows_all_its_links_and_their_direction(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    const spil_result_community *const c = &result->communities[0];
    size_t doubled = 0;
    for (size_t e = 0; e < c->edge_count; e++) {
        const spil_result_edge *const edge = &c->edges[e];
        const char *const from = entity(result, c->nodes[edge->from].entity)->key;
        const char *const to = entity(result, c->nodes[edge->to].entity)->key;
        if (strcmp(from, "p1") != 0 || strcmp(to, "p2") != 0)
            continue;
        assert_int_equal(edge->link_count, 2);
        assert_close(edge->confidence, 0.75, 1e-12);
        assert_true(edge->links[0].reversed != edge->links[1].reversed);
        const spil_result_link *const back = &edge->links[edge->links[0].reversed ? 0 : 1];
        assert_int_equal(back->origin.line, 31);
        assert_string_equal(result->sources[back->origin.source].name, "signs.csv");
        doubled++;
    }
    assert_int_equal(doubled, 1);
    spil_result_free(result);
    close_room(&r);
}

static void result_load__targets_come_with_their_reasons(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    assert_int_equal(result->target_count, 2);
    const spil_result_target *const first = &result->targets[0], *const second = first + 1;
    assert_int_equal(first->rank, 1);
    assert_int_equal(first->status, SPIL_TARGET_PROPOSED);
    assert_string_equal(entity(result, first->entity)->key, "p2");
    assert_int_equal(first->barrier.partner, SPIL_PARTNER_police);
    assert_string_equal(first->step_id, "one");
    assert_string_equal(first->barrier.names.nl, "Halt");
    assert_true(first->stability == 0.9 && first->fall.mean == 0.2);
    assert_int_equal(first->reason_count, 2);
    assert_int_equal(first->reasons[0].kind, SPIL_FACT_ROLE); /* of the step itself: first */
    assert_string_equal(first->reasons[0].names.en, "Doer");
    assert_int_equal(first->reasons[0].origin.line, 7);
    assert_close(first->reasons[0].share + first->reasons[1].share, 1.0, 1e-9);
    assert_int_equal(first->reasons[1].kind, SPIL_FACT_POSITION);
    assert_false(first->reasons[1].has_origin);
    assert_int_equal(first->assumed, SPIL_ASSUMED_PRIOR);
    assert_int_equal(second->reasons[0].kind, SPIL_FACT_SIGNAL);
    assert_true(second->reasons[0].strength == 0.5 && second->reasons[0].confidence == 0.8);
    assert_int_equal(second->reasons[0].date, 100);
    assert_string_equal(result->sources[second->reasons[0].origin.source].name, "signs.csv");
    assert_int_equal(second->assumed, SPIL_ASSUMED_PRIOR | SPIL_ASSUMED_SIGNALS);
    spil_result_free(result);
    close_room(&r);
}

static void result_load__an_analysis_alone_has_no_targets(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    assert_ok(spil_result_load(&result, r.t->store, r.analysis, &opts, &err));
    assert_int_equal(result->target_count, 0);
    assert_string_equal(result->run.command, "analyze");
    assert_int_equal(result->community_count, 1);
    assert_false(result->communities[0].nodes[2].target);
    spil_result_free(result);
    close_room(&r);
}

static void result_load__a_large_community_shows_its_most_telling_members(void **state)
{
    const room r = open_room(state);
    spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    opts.nodes = 2;
    assert_ok(spil_result_load(&result, r.t->store, 0, &opts, &err));
    const spil_result_community *const c = &result->communities[0];
    assert_int_equal(c->node_count, 2);
    assert_int_equal(c->left_out, 2);
    assert_string_equal(entity(result, c->nodes[0].entity)->key, "a");  /* target */
    assert_string_equal(entity(result, c->nodes[1].entity)->key, "p2"); /* the spil */
    spil_result_free(result);
    close_room(&r);
}

static void result_load__a_changed_model_is_refused(void **state)
{
    const room r = open_room(state);
    const spil_result_opts opts = opts_of(&r);
    spil_result *result = NULL;
    char *text = NULL;
    assert_ok(spil_copy_text(&text, model_text, &err));
    *strstr(text, "harm: 2") = ' ';
    memcpy(strstr(text, " arm: 2"), "harm: 3", 7);
    assert_ok(spil_write_file(r.model, text, strlen(text), &err));
    assert_fails(spil_result_load(&result, r.t->store, 0, &opts, &err), SPIL_INPUT,
                 "model 'small' has changed since run");
    assert_null(result);
    spil_free(text);
    close_room(&r);
}

static void result_load__without_a_run_it_says_what_to_do(void **state)
{
    t_store *const t = *state;
    const spil_result_opts opts = SPIL_RESULT_OPTS_DEFAULTS;
    spil_result *result = NULL;
    assert_fails(spil_result_load(&result, t->store, 0, &opts, &err), SPIL_NOT_FOUND,
                 "run 'spil analyze' first");
}

static spil_status load_once(const room *r)
{
    const spil_result_opts opts = opts_of(r);
    spil_result *result = NULL;
    const spil_status rc = spil_result_load(&result, r->t->store, 0, &opts, NULL);
    spil_result_free(result);
    return rc;
}

static void result_load__survives_running_out_of_memory(void **state)
{
    const room r = open_room(state);
    assert_survives_no_memory(load_once(&r));
    close_room(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(result_load__tells_the_run_and_its_figures),
        T_STORE(result_load__sources_lose_their_folder),
        T_STORE(result_load__tells_what_is_recorded_of_those_shown),
        T_STORE(result_load__bridges_join_the_communities_shown),
        T_STORE(result_load__two_files_of_one_name_are_told_apart),
        T_STORE(result_load__communities_hold_nodes_edges_and_chain),
        T_STORE(result_load__an_edge_knows_all_its_links_and_their_direction),
        T_STORE(result_load__targets_come_with_their_reasons),
        T_STORE(result_load__an_analysis_alone_has_no_targets),
        T_STORE(result_load__a_large_community_shows_its_most_telling_members),
        T_STORE(result_load__a_changed_model_is_refused),
        T_STORE(result_load__without_a_run_it_says_what_to_do),
        T_STORE(result_load__survives_running_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
