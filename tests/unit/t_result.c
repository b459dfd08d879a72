/* t_result.c - see t_result.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t_result.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SPREAD(low, mid, high)                                                                     \
    {                                                                                              \
        .p5 = (low), .p50 = (mid), .p95 = (high), .mean = (mid)                                    \
    }

static spil_result_source sources[] = {
    {"persons.csv", "aa11", "native", "{}", "B2", "police", "Wpg art. 20", "case 7", 20000, 120,
     117, 3, 0},
    {"links.csv", "bb22", "native", "{}", "", "", "", "", SPIL_NO_DAY, 300, 300, 0, 12},
    {"signals.csv", "cc33", "native", "{}", "C3", "grid operator", "", "", SPIL_NO_DAY, 41, 40, 1,
     0},
};
static spil_result_drop drops[] = {{"persons.csv", "nationality", "a trait never counts", 96}};
static spil_result_reject rejects[] = {
    {"persons.csv", "id", "empty", 3, 14},
    {"signals.csv", "strength", "'1,5' is above 1", 1, 7},
};
static spil_unread_row unread[] = {
    {SPIL_UNREAD_ROLE, SPIL_ENTITY_KIND_COUNT, "hemp/growing/gardner", 2, {1, 9}},
    {SPIL_UNREAD_SIGNAL_KIND, SPIL_ENTITY_vehicle, "power_use", 1, {2, 8}},
};
static spil_model_source model_sources[] = {{"own", "Own estimate"}};
static spil_result_model models[] = {
    {.id = "hemp",
     .version = "1",
     .reviewed_by = "",
     .digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
     .names = {"Hennepteelt", "Cannabis cultivation"},
     .sources = model_sources,
     .source_count = 1,
     .step_count = 2,
     .harm = 3.0,
     .prior = 0.01,
     .horizon_days = 180.0,
     .assumed = 14,
     .numbers = 20},
};
/* P1 was merged of two records, the second of which has a name to escape. */
static spil_result_alias records[] = {
    {"P1", "J. de Vries", {0, 2}},
    {"X9", T_SCRIPT_NAME, {0, 77}},
};
static spil_result_entity entities[] = {
    {"A1", "Kerkstraat 12", "", SPIL_ENTITY_address, {0, 90}, NULL, 0},
    {"C1", T_FORMULA_NAME, "", SPIL_ENTITY_company, {0, 91}, NULL, 0},
    {"P1", "J. de Vries", "", SPIL_ENTITY_person, {0, 2}, records, 2},
    {"P2", T_SCRIPT_NAME, "", SPIL_ENTITY_person, {0, 3}, NULL, 0},
    {"P3", T_TURNED_NAME, "", SPIL_ENTITY_person, {0, 4}, NULL, 0},
    {"P4",
     "Een naam van driehonderd tekens: "
     "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789"
     "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789"
     "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789"
     "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmno",
     "",
     SPIL_ENTITY_person,
     {0, 5},
     NULL,
     0},
};
static spil_result_attribute recorded_attributes[] = {
    {0, "use", "barn & </script>", {0, 90}},
    {0, "lat", "52.1", {0, 90}},
    {0, "lon", "5.25", {0, 90}},
    {2, "municipality", "Eemoord", {0, 2}},
};
static spil_result_signal recorded_signals[] = {
    {2, "power_theft", {"diefstal van stroom", "power theft"}, 0.9, 0.6, 20148, {2, 7}},
};
static spil_result_recorded_role recorded_roles[] = {
    {2,
     {"verhuurder", "landlord"},
     {"Locatie", "Location"},
     {"Hennepteelt", "Cannabis cultivation"},
     0.8,
     {1, 12}},
};
static double degrees[] = {3, 2, 4, 2, 1, 2}, betweennesses[] = {2.5, 0, 6.25, 0, 0, (double)NAN};
static spil_result_metric metrics[] = {
    {"degree", {"graad", "degree"}, true, degrees, false, 0, 0, 0, 0},
    {"betweenness",
     {"tussenpositie", "betweenness"},
     false,
     betweennesses,
     true,
     1.25,
     0.9,
     2,
     0.04},
};
static spil_result_node nodes[] = {
    {0, 0.5, 0.5, 1.0, 3, 2.5, 0.25, true, true, false},
    {1, 0.9, 0.4, 1.0, 2, 0.0, 0.0, false, false, false},
    {2, 0.4, 0.2, 1.0, 4, 6.25, 0.41, true, true, true},
    {3, 0.1, 0.3, 0.9, 2, 0.0, 0.05, true, false, false},
    {4, 0.2, 0.9, 0.8, 1, 0.0, 0.0, false, false, false},
    {5, 0.8, 0.9, 1.0, 2, 0.0, 0.0, false, false, false},
};
static spil_result_link lives[] = {
    {SPIL_LINK_lives_at, false, "", 1.0, 0.8, SPIL_NO_DAY, SPIL_NO_DAY, {1, 2}}};
static spil_result_link owns[] = {
    {SPIL_LINK_owns, true, "", 1.0, 0.9, 19000, SPIL_NO_DAY, {1, 3}},
    {SPIL_LINK_paid, false, "", 2.0, 0.6, SPIL_NO_DAY, SPIL_NO_DAY, {1, 8}},
};
static spil_result_link met[] = {
    {SPIL_LINK_met, false, "", 1.0, 0.3, SPIL_NO_DAY, SPIL_NO_DAY, {1, 4}}};
static spil_result_edge edges[] = {
    {2, 0, 0.8, lives, 1}, {1, 2, 0.96, owns, 2}, {2, 3, 0.3, met, 1},
    {2, 5, 0.3, met, 1},   {0, 4, 0.8, lives, 1}, {0, 1, 0.8, lives, 1},
};
static spil_result_holder landlords[] = {{2, 0.8, true}, {1, 0.2, false}};
static spil_result_role location_roles[] = {
    {"landlord", {"verhuurder", "landlord"}, 1, SPIL_FACILITATOR_UNAWARE, landlords, 2}};
static spil_result_role grow_roles[] = {
    {"grower", {"kweker", "grower"}, 2, SPIL_FACILITATOR_NO, NULL, 0}};
static spil_result_barrier closure[] = {{"closure",
                                         "Opiumwet art. 13b",
                                         {"sluiting", "closure"},
                                         SPIL_PARTNER_municipality,
                                         24.0,
                                         30.0,
                                         2.0 / 3.0,
                                         true,
                                         NULL}};
static spil_result_step steps[] = {
    {"location",
     {"Locatie", "Location"},
     true,
     true,
     SPREAD(0.6, 0.82, 0.95),
     SPREAD(0.7, 0.8, 0.9),
     1.0,
     location_roles,
     closure,
     1,
     1,
     "",
     false},
    {"grow",
     {"Kweken", "Grow"},
     false,
     false,
     SPREAD(0.1, 0.3, 0.6),
     SPREAD(0, 0.004, 0.2),
     0.4,
     grow_roles,
     closure,
     1,
     1,
     "",
     false},
};
static spil_result_fall falls[] = {{2, SPREAD(0.2, 0.41, 0.6)}, {0, SPREAD(0.1, 0.25, 0.4)}};
static spil_result_chain chains[] = {{0, SPREAD(0.41, 0.62, 0.78), SPREAD(0.7, 0.81, 0.9), 1.86,
                                      steps, falls, COUNT(steps), COUNT(falls)}};
static spil_result_community communities[] = {{.number = 1,
                                               .stats = {8, 6, 2, 0.25, 0.125, 0.93},
                                               .nodes = nodes,
                                               .edges = edges,
                                               .chains = chains,
                                               .node_count = COUNT(nodes),
                                               .edge_count = COUNT(edges),
                                               .chain_count = COUNT(chains),
                                               .left_out = 2}};

static spil_result_reason why_spil[] = {
    {.kind = SPIL_FACT_SIGNAL,
     .code = "power_theft",
     .names = {"diefstal van stroom", "power theft"},
     .step_names = {"Locatie", "Location"},
     .detail = "",
     .value = 0.2,
     .share = 0.2 / 0.41,
     .strength = 0.9,
     .confidence = 0.6,
     .date = 20148,
     .has_origin = true,
     .assumed = true,
     .origin = {2, 7}},
    {.kind = SPIL_FACT_ROLE,
     .code = "landlord",
     .names = {"verhuurder", "landlord"},
     .step_names = {"Locatie", "Location"},
     .detail = "",
     .value = 0.15,
     .share = 0.15 / 0.41,
     .strength = (double)NAN,
     .confidence = 0.8,
     .date = SPIL_NO_DAY,
     .has_origin = true,
     .origin = {1, 12}},
    {.kind = SPIL_FACT_POSITION,
     .code = "position",
     .names = {"", ""},
     .step_names = {"", ""},
     .detail = "",
     .value = 0.06,
     .share = 0.06 / 0.41,
     .strength = (double)NAN,
     .confidence = (double)NAN,
     .date = SPIL_NO_DAY},
};
static spil_result_reason why_address[] = {
    {.kind = SPIL_FACT_OPPORTUNITY,
     .code = "vacant_barn",
     .names = {"leegstaande schuur", "vacant barn"},
     .step_names = {"Locatie", "Location"},
     .detail = "use = barn",
     .value = 0.3,
     .share = 1.2,
     .strength = (double)NAN,
     .confidence = (double)NAN,
     .date = SPIL_NO_DAY,
     .has_origin = true,
     .origin = {0, 90}},
    {.kind = SPIL_FACT_RULE,
     .code = "shared_address",
     .names = {"adres van twee leden", "address of two members"},
     .step_names = {"Locatie", "Location"},
     .detail = "",
     .value = -0.05,
     .share = -0.2,
     .strength = (double)NAN,
     .confidence = (double)NAN,
     .date = SPIL_NO_DAY,
     .has_origin = true,
     .origin = {1, 2}},
};
static spil_result_target targets[] = {
    {SPIL_TARGET_PROPOSED,
     1,
     2,
     0,
     0,
     1,
     0,
     "location",
     {"Locatie", "Location"},
     {"criminal_inquiry",
      "Opiumwet art. 3",
      {"strafrechtelijk onderzoek", "criminal inquiry"},
      SPIL_PARTNER_police,
      160.0,
      120.0,
      0.6,
      true,
      NULL},
     0.6,
     0.25,
     3,
     SPREAD(0.2, 0.5, 0.9),
     SPREAD(0.2, 0.41, 0.6),
     0.5,
     0.94,
     SPIL_ASSUMED_EFFECT | SPIL_ASSUMED_RECOVERY,
     why_spil,
     COUNT(why_spil)},
    {SPIL_TARGET_PROPOSED,
     2,
     0,
     0,
     0,
     1,
     0,
     "location",
     {"Locatie", "Location"},
     {"closure",
      "Opiumwet art. 13b",
      {"sluiting", "closure"},
      SPIL_PARTNER_municipality,
      24.0,
      30.0,
      2.0 / 3.0,
      true,
      NULL},
     2.0 / 3.0,
     0.0,
     0,
     SPREAD(0.1, 0.3, 0.5),
     SPREAD(0.1, 0.25, 0.4),
     0.2,
     0.45,
     0,
     why_address,
     COUNT(why_address)},
};
static spil_result_library libraries[] = {{"igraph", "0.10.2"}};

spil_result t_result(void)
{
    spil_result result = {
        .run = {"0.1.0", "targets", "{\"top\":10,\"hours\":{\"police\":200}}", "d1d1", "f1f1", 7,
                200, 20200},
        .libraries = libraries,
        .sources = sources,
        .drops = drops,
        .rejects = rejects,
        .unread = unread,
        .unread_count = COUNT(unread),
        .models = models,
        .entities = entities,
        .recorded_attributes = recorded_attributes,
        .recorded_signals = recorded_signals,
        .recorded_roles = recorded_roles,
        .recorded_attribute_count = COUNT(recorded_attributes),
        .recorded_signal_count = COUNT(recorded_signals),
        .recorded_role_count = COUNT(recorded_roles),
        .metrics = metrics,
        .communities = communities,
        .targets = targets,
        .library_count = COUNT(libraries),
        .source_count = COUNT(sources),
        .drop_count = COUNT(drops),
        .reject_count = COUNT(rejects),
        .model_count = COUNT(models),
        .entity_count = COUNT(entities),
        .metric_count = COUNT(metrics),
        .community_count = COUNT(communities),
        .target_count = COUNT(targets),
        .entities_by_kind = {[SPIL_ENTITY_person] = 117, [SPIL_ENTITY_address] = 1234},
        .links_by_kind = {[SPIL_LINK_lives_at] = 288, [SPIL_LINK_owns] = 12},
        .attributes = 80,
        .roles = 9,
        .signals = 40,
        .vertices = 1351,
        .edges = 300,
        .all_communities = 12,
        .scored_communities = 3,
        .actions = 25,
        .quality = 0.72,
        .gain = 0.7,
        .possible = 2.5,
        .hours_used = {[SPIL_PARTNER_police] = 160.0, [SPIL_PARTNER_municipality] = 24.0},
        .portfolio = {.known = true, .more_hours = 40.0},
    };
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        result.portfolio.partners[p] = (spil_result_share){.without = 0.7, .more = (double)NAN};
    result.portfolio.partners[SPIL_PARTNER_police] = (spil_result_share){0.5, 0.0, 0.3, 0.125};
    result.portfolio.partners[SPIL_PARTNER_municipality] =
        (spil_result_share){0.2, 0.0, 0.6, (double)NAN};
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        result.hours_given[p] = HUGE_VAL;
    result.hours_given[SPIL_PARTNER_police] = 200.0;
    return result;
}
