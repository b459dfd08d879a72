/* Weights worked by hand, and groups without chains of weak links.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/resolution/cluster.h"
#include "engine/resolution/linkage.h"

#include <math.h>

/* ---- weights ---- */

/* Two fields that are equal or differ. */
static const spil_field two_fields[] = {
    {"x", {"missing", "differ", "equal"}, 3, false, {0, 0.1, 0.9}, 1, false, false},
    {"y", {"missing", "differ", "equal"}, 3, false, {0, 0.2, 0.8}, 1, false, false},
};
static const spil_field_set two = {SPIL_ENTITY_address, two_fields, 2, false, 0};

static spil_linkage two_model(double pairs, double prior)
{
    spil_linkage model = {.coder = spil_coder_of(&two), .pairs = pairs, .prior = prior};
    const double u[2][3] = {{0, 0.8, 0.2}, {0, 0.9, 0.1}};
    for (size_t f = 0; f < 2; f++)
        for (size_t k = 0; k < 3; k++) {
            model.u[f][k] = u[f][k];
            model.m[f][k] = two_fields[f].expected[k];
        }
    return model;
}

static size_t code_of(const spil_linkage *model, uint8_t x, uint8_t y)
{
    static const uint8_t none[SPIL_FIELDS] = {0};
    const spil_agreement agreement = {.level = {x, y}};
    return spil_encode(&model->coder, &agreement, none);
}

static void linkage_code__keeps_levels_bins_and_crowd(void **state)
{
    (void)state;
    const spil_coder coder = spil_coder_of(spil_fields_of(SPIL_ENTITY_person));
    for (size_t code = 0; code < coder.codes; code++) {
        spil_agreement agreement;
        uint8_t bin[SPIL_FIELDS];
        spil_decode(&coder, code, &agreement, bin);
        assert_true(agreement.crowd < SPIL_CROWDS);
        assert_int_equal(spil_encode(&coder, &agreement, bin), code);
    }
}

static void linkage_fit__learns_what_a_crowd_says(void **state)
{
    (void)state;
    static const uint8_t none[SPIL_FIELDS] = {0};
    const spil_coder coder = spil_coder_of(spil_fields_of(SPIL_ENTITY_person));
    spil_linkage model = {.coder = coder, .pairs = 1e7};
    uint64_t *count = NULL;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(NEW_ARRAY(count, coder.codes, &err));
    for (unsigned f = 0; f < coder.set->count; f++) {
        const unsigned levels = coder.set->fields[f].levels;
        for (unsigned k = 1; k < levels; k++)
            model.u[f][k] = k == 1 ? 0.99 : 0.01 / (levels - 2);
        model.missing[0][f] = 0.01;
    }
    /* one surname and address: by twos the same date of birth, in families never */
    spil_agreement same = {.level = {5, 3, 1, 6, 2, 0}, .connected = true};
    spil_agreement open = {.level = {5, 3, 1, 3, 0, 0}, .connected = true};
    spil_agreement kin = {.level = {5, 3, 1, 1, 1, 0}, .connected = true};
    for (uint8_t crowd = 0; crowd < 3; crowd++) {
        same.crowd = open.crowd = kin.crowd = crowd;
        count[spil_encode(&coder, &same, none)] = 400U - 150U * crowd;
        count[spil_encode(&coder, &open, none)] = 40;
        count[spil_encode(&coder, &kin, none)] = 100U + 2000U * crowd;
        spil_agreement undated[2] = {same, kin}; /* one in ten of either */
        undated[0].level[4] = undated[1].level[4] = SPIL_MISSING;
        count[spil_encode(&coder, &undated[0], none)] = 40U - 15U * crowd;
        count[spil_encode(&coder, &undated[1], none)] = 10U + 200U * crowd;
    }
    spil_linkage_start(&model, count, 5000);
    spil_linkage_fit(&model, count);
    double bits[3];
    const double rarity[SPIL_FIELDS] = {0};
    for (uint8_t crowd = 0; crowd < 3; crowd++) {
        open.crowd = crowd;
        bits[crowd] = spil_linkage_weight(&model, &open, rarity, NULL);
    }
    assert_true(bits[0] > bits[1] + 1);
    assert_true(bits[1] > bits[2] + 0.5);
    spil_free(count);
}

static void linkage_round__is_what_the_hand_works_out(void **state)
{
    (void)state;
    spil_linkage model = two_model(1000, 0.02);
    uint64_t count[64] = {0};
    assert_true(model.coder.codes <= 64);
    count[code_of(&model, 2, 2)] = 30;
    count[code_of(&model, 2, 1)] = 50;
    count[code_of(&model, 1, 2)] = 20;
    (void)spil_linkage_round(&model, count);
    /* prior odds 0.02/0.98. Both equal: M/U = 0.72/0.02 = 36, r = 0.7347/1.7347 = 0.423529. One
     * equal: M/U = 0.18/0.18 and 0.08/0.08 = 1, r = 0.02. Expected true pairs: 30 * 0.423529 + 50 *
     * 0.02 + 20 * 0.02 = 14.105882. m(x equal) = (12.705882 + 1 + 20 * 0.9) / (14.105882 + 20). */
    assert_close(model.found, 14.105882, 1e-6);
    assert_close(model.m[0][2], 0.929631, 1e-6);
    assert_close(model.m[1][2], 0.853398, 1e-6);
    assert_close(model.m[0][1] + model.m[0][2], 1, 1e-12);
    assert_close(model.prior, 0.014105882, 1e-9);
}

static void linkage_weight__is_log2_of_m_over_u(void **state)
{
    (void)state;
    const spil_linkage model = two_model(1000, 0.02);
    const double none[SPIL_FIELDS] = {0};
    double parts[SPIL_FIELDS];
    const spil_agreement both = {.level = {2, 2}}, mixed = {.level = {2, SPIL_MISSING}};
    assert_close(spil_linkage_weight(&model, &both, none, parts), log2(36.0), 1e-12);
    assert_close(parts[0], log2(4.5), 1e-12);
    assert_close(parts[1], 3, 1e-12);
    assert_close(spil_linkage_weight(&model, &mixed, none, NULL), log2(4.5), 1e-12);
    /* odds 0.02/0.98 * 36 */
    assert_close(spil_linkage_probability(&model, log2(36.0)), 0.4235294, 1e-6);
}

static void linkage_weight__tells_what_a_missing_value_says(void **state)
{
    (void)state;
    spil_linkage model = two_model(1000, 0.02);
    const double none[SPIL_FIELDS] = {0};
    model.lacking[0][1] = 0.3;
    model.missing[0][1] = 0.1;
    const spil_agreement missing = {.level = {2, SPIL_MISSING}}, stated = {.level = {2, 2}};
    assert_close(spil_linkage_weight(&model, &missing, none, NULL), log2(4.5 * 3), 1e-12);
    assert_close(spil_linkage_weight(&model, &stated, none, NULL), log2(36 * 0.7 / 0.9), 1e-12);
}

static void linkage_fit__learns_how_often_true_pairs_lack_a_value(void **state)
{
    (void)state;
    const double prior = 0.01, pairs = 1e9, lacking = 0.4, missing = 0.1;
    spil_linkage model = two_model(pairs, 0.001);
    uint64_t count[64] = {0};
    model.missing[0][0] = 1e-6;
    model.missing[0][1] = missing;
    for (uint8_t x = 1; x <= 2; x++)
        for (uint8_t y = 0; y <= 2; y++) {
            const double mx = x == 2 ? 0.95 : 0.05, ux = x == 2 ? 0.2 : 0.8;
            const double my = y == 0 ? lacking : y == 2 ? (1 - lacking) * 0.9 : (1 - lacking) * 0.1;
            const double uy = y == 0 ? missing : y == 2 ? (1 - missing) * 0.1 : (1 - missing) * 0.9;
            count[code_of(&model, x, y)] =
                (uint64_t)llround(pairs * (prior * mx * my + (1 - prior) * ux * uy));
        }
    spil_linkage_fit(&model, count);
    assert_close(model.prior, prior, 0.02 * prior);
    assert_close(model.lacking[0][1], lacking, 0.01);
    assert_true(model.lacking[0][0] < 0.001);
}

static void linkage_fit__finds_what_the_patterns_were_made_with(void **state)
{
    (void)state;
    const double prior = 0.01, m[2] = {0.95, 0.7}, u[2] = {0.2, 0.1}, pairs = 1e9;
    spil_linkage model = two_model(pairs, 0.001);
    uint64_t count[64] = {0};
    for (uint8_t x = 1; x <= 2; x++)
        for (uint8_t y = 1; y <= 2; y++) {
            const double mx = x == 2 ? m[0] : 1 - m[0], my = y == 2 ? m[1] : 1 - m[1];
            const double ux = x == 2 ? u[0] : 1 - u[0], uy = y == 2 ? u[1] : 1 - u[1];
            count[code_of(&model, x, y)] =
                (uint64_t)llround(pairs * (prior * mx * my + (1 - prior) * ux * uy));
        }
    spil_linkage_fit(&model, count);
    assert_close(model.prior, prior, 0.02 * prior);
    assert_close(model.m[0][2], m[0], 0.01);
    assert_close(model.m[1][2], m[1], 0.01);
}

static void frequency_bin__is_a_factor_of_eight(void **state)
{
    (void)state;
    assert_int_equal(spil_frequency_bin(1), 0);
    assert_int_equal(spil_frequency_bin(0.2), 0);
    assert_int_equal(spil_frequency_bin(0.125), 1);
    assert_int_equal(spil_frequency_bin(0.01), 2);
    assert_int_equal(spil_frequency_bin(1e-12), SPIL_BINS - 1);
}

static void linkage_rarity__is_less_where_names_are_taken_over(void **state)
{
    (void)state;
    spil_linkage model = {.coder = spil_coder_of(spil_fields_of(SPIL_ENTITY_person))};
    const spil_agreement apart = {.level = {5, 1, 1, 6}};
    const spil_agreement family = {.level = {5, 3, 1, 6}, .connected = true};
    model.chance[0] = 0.002;
    model.chance[3] = 0.004;
    model.near[2][3][6] = 0.011; /* with the surname at the address: 0.004 by chance, 0.007 taken */
    assert_close(spil_linkage_rarity(&model, &apart, 3, 0.0001), 40, 1e-9); /* 0.004 / 0.0001 */
    assert_close(spil_linkage_rarity(&model, &family, 3, 0.0001), 0.011 / 0.0071, 1e-9);
    assert_close(spil_linkage_rarity(&model, &apart, 0, 0.0001), 20, 1e-9);
    assert_close(spil_linkage_rarity(&model, &family, 0, 0.0001), 1, 0); /* all of them bear it */
    const spil_agreement colleagues = {.level = {5, 1, 3, 6}, .connected = true};
    model.tied_equal = 0.003; /* 0.002 by chance, 0.001 of one family */
    assert_close(spil_linkage_rarity(&model, &colleagues, 0, 0.0001), 0.003 / 0.0011, 1e-9);
}

static void linkage_twins__are_known_where_many_pairs_were_seen(void **state)
{
    (void)state;
    spil_linkage model = {.coder = spil_coder_of(spil_fields_of(SPIL_ENTITY_person))};
    const spil_agreement family = {.level = {5, 3, 1, 1, 2}, .connected = true, .crowd = 2};
    model.near_seen[4] = 999;
    assert_false(spil_linkage_knows_twins(&model, &family));
    model.near_seen[4] = 1000;
    assert_true(spil_linkage_knows_twins(&model, &family));
    const spil_agreement apart = {.level = {5, 1, 1, 1, 2}};
    assert_false(spil_linkage_knows_twins(&model, &apart));
}

/* ---- groups ---- */

/* 0-1, 1-2, 2-3 are likely, 0-2 and 1-3 not by themselves; against 0-3 speak so many bits. */
static spil_pair_chance chance_in_chain(const void *user, uint32_t a, uint32_t b)
{
    const double *const against = user;
    return b - a == 1   ? (spil_pair_chance){0.99, 0}
           : b - a == 2 ? (spil_pair_chance){0.001, 1}
                        : (spil_pair_chance){0.001, *against};
}

static void cluster__makes_no_chain_of_weak_links(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_scored_pair pairs[] = {
        {.a = 0, .b = 1, .weight = 30, .probability = 0.99, .sure = true},
        {.a = 1, .b = 2, .weight = 20, .probability = 0.95, .sure = true}, /* 4.2 bits for it */
        {.a = 2, .b = 3, .weight = 25, .probability = 0.97, .sure = true},
    };
    uint32_t group[4];
    const double against = 4.5;
    const spil_cluster_opts opts = {0.5, chance_in_chain, &against};
    assert_ok(spil_cluster(group, 4, pairs, 3, &opts, &err));
    const uint32_t expected[4] = {0, 0, 2, 2};
    assert_memory_equal(group, expected, sizeof group);
    assert_int_equal(pairs[1].verdict, SPIL_PAIR_CONTRADICTS);
}

static void cluster__takes_little_in_common_for_no_contradiction(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_scored_pair pairs[] = {
        {.a = 0, .b = 1, .weight = 30, .probability = 0.99, .sure = true},
        {.a = 1, .b = 2, .weight = 20, .probability = 0.95, .sure = true},
        {.a = 2, .b = 3, .weight = 25, .probability = 0.97, .sure = true},
    };
    uint32_t group[4];
    const double against = 4; /* 0 and 3: 1 in 1000, but not for what they say */
    const spil_cluster_opts opts = {0.5, chance_in_chain, &against};
    assert_ok(spil_cluster(group, 4, pairs, 3, &opts, &err));
    const uint32_t expected[4] = {0, 0, 0, 0};
    assert_memory_equal(group, expected, sizeof group);
    assert_int_equal(pairs[1].verdict, SPIL_PAIR_ACCEPTED);
}

static spil_pair_chance chance_of_two(const void *user, uint32_t a, uint32_t b)
{
    (void)user; /* 1 and 2 cannot be one */
    return a == 1 && b == 2 ? (spil_pair_chance){0, (double)INFINITY} : (spil_pair_chance){0.99, 0};
}

static void cluster__joins_neither_of_two_who_fit_as_well(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_scored_pair pairs[] = {
        {.a = 0, .b = 1, .weight = 20, .probability = 0.99, .sure = true},
        {.a = 0, .b = 2, .weight = 20.3, .probability = 0.992, .sure = true},
    };
    uint32_t group[3];
    const spil_cluster_opts opts = {0.6, chance_of_two, NULL};
    assert_ok(spil_cluster(group, 3, pairs, 2, &opts, &err)); /* 99 and 124 to 1: 0.44, 0.55 */
    assert_int_equal(group[1], 1);
    assert_int_equal(group[2], 2);
    assert_int_equal(pairs[0].verdict, SPIL_PAIR_AMBIGUOUS);
    assert_int_equal(pairs[0].other, 2);
    assert_int_equal(pairs[1].verdict, SPIL_PAIR_AMBIGUOUS);
}

static void cluster__joins_the_better_of_two(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_scored_pair pairs[] = {
        {.a = 0, .b = 1, .weight = 14, .probability = 0.5, .sure = false}, /* counts all the same */
        {.a = 0, .b = 2, .weight = 16, .probability = 0.8, .sure = true},
    };
    uint32_t group[3];
    const spil_cluster_opts opts = {0.6, chance_of_two, NULL};
    assert_ok(spil_cluster(group, 3, pairs, 2, &opts, &err)); /* 4 / (1 + 4 + 1) = 0.67 */
    assert_int_equal(group[2], 0);
    assert_int_equal(group[1], 1);
    assert_int_equal(pairs[0].verdict, SPIL_PAIR_OPEN);
    const spil_cluster_opts stricter = {0.7, chance_of_two, NULL};
    pairs[0].verdict = pairs[1].verdict = SPIL_PAIR_OPEN;
    assert_ok(spil_cluster(group, 3, pairs, 2, &stricter, &err));
    assert_int_equal(group[2], 2);
    assert_int_equal(pairs[1].verdict, SPIL_PAIR_AMBIGUOUS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(linkage_code__keeps_levels_bins_and_crowd),
        T(linkage_fit__learns_what_a_crowd_says),
        T(linkage_round__is_what_the_hand_works_out),
        T(linkage_weight__is_log2_of_m_over_u),
        T(linkage_weight__tells_what_a_missing_value_says),
        T(linkage_fit__learns_how_often_true_pairs_lack_a_value),
        T(linkage_fit__finds_what_the_patterns_were_made_with),
        T(frequency_bin__is_a_factor_of_eight),
        T(linkage_rarity__is_less_where_names_are_taken_over),
        T(linkage_twins__are_known_where_many_pairs_were_seen),
        T(cluster__makes_no_chain_of_weak_links),
        T(cluster__takes_little_in_common_for_no_contradiction),
        T(cluster__joins_neither_of_two_who_fit_as_well),
        T(cluster__joins_the_better_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
