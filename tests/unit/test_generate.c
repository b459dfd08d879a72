/* test_generate.c - the made-up region: exact counts, honest confidences, same bytes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"

#include "datasets/generate/dice.h"
#include "datasets/generate/ground.h"
#include "datasets/generate/noise.h"
#include "datasets/generate/plant.h"
#include "datasets/generate/region.h"
#include "datasets/generate/table.h"
#include "datasets/generate/world.h"
#include "engine/base/file.h"

#include <stdlib.h>
#include <unistd.h>

enum { FILE_MOST = 1 << 26 };

static spil_model_set *models;
static spil_gen_columns columns;
static char folder[] = "/tmp/spil-generate-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    spil_err err;
    assert_non_null(mkdtemp(folder));
    assert_ok(spil_model_set_read(&models, "datasets/models", &err));
    assert_ok(spil_gen_columns_of(&columns, models, &err));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
    spil_gen_columns_free(&columns);
    spil_model_set_free(models);
    return 0;
}

static spil_gen_options usual(uint64_t persons, uint64_t seed, uint64_t communities)
{
    spil_gen_options options = SPIL_GEN_OPTIONS_DEFAULTS;
    options.persons = persons;
    options.seed = seed;
    options.communities = communities;
    return options;
}

static spil_gen_cell built(uint64_t k, const spil_gen_options *options)
{
    spil_err err;
    spil_gen_cell cell = {0};
    spil_gen_build_cell(&cell, k, &columns, models, options);
    assert_ok(spil_gen_cell_status(&cell, &err));
    return cell;
}

/* ---- names, keys, places, options ---- */

static void ground__lies_in_the_sea_with_the_numbers_of_a_street_in_order(void **state)
{
    (void)state;
    for (uint64_t place = 0; place < 2 * SPIL_GEN_GROUNDS; place++)
        for (uint32_t number = 1; number <= 180; number++) {
            const spil_gen_spot spot = spil_gen_ground(6, place, "Wagenerf", number);
            assert_in_range(spot.x + 7000, 0, 70000); /* the grid begins at -7000 */
            assert_in_range(spot.y, 480000, 620000);
            const spil_gen_spot next = spil_gen_ground(6, place, "Wagenerf", number + 2);
            const double apart = hypot(next.x - spot.x, next.y - spot.y);
            assert_true(apart > 15.9 && apart < 16.2);
        }
    const spil_gen_spot one = spil_gen_ground(6, 0, "Wagenerf", 24);
    const spil_gen_spot again = spil_gen_ground(6, 0, "Wagenerf", 24);
    assert_true(one.x == again.x && one.y == again.y);
    const spil_gen_spot other = spil_gen_ground(6, 0, "Oogstpad", 24);
    assert_true(other.x != one.x || other.y != one.y);
    for (uint64_t place = 0; place + 1 < SPIL_GEN_GROUNDS; place++) {
        const spil_gen_spot here = spil_gen_ground(6, place, "Padhof", 90);
        const spil_gen_spot there = spil_gen_ground(6, place + 1, "Padhof", 90);
        assert_true(hypot(there.x - here.x, there.y - here.y) < 3000 + 2000 * 1.5 + 1800 * 1.5);
    }
}

static void names_place__repeats_no_municipality_of_a_small_region(void **state)
{
    (void)state;
    char name[200][SPIL_GEN_NAME];
    for (uint64_t i = 0; i < 200; i++) {
        spil_gen_place(5, i, name[i]);
        for (uint64_t j = 0; j < i; j++)
            assert_string_not_equal(name[i], name[j]);
    }
}

static void cell_key__is_given_once_and_known_from_other_cells(void **state)
{
    (void)state;
    spil_gen_cell cell = {0};
    for (uint64_t k = 0; k < 40; k++) {
        bool seen[SPIL_GEN_SLOTS] = {false};
        spil_gen_cell_begin(&cell, 3, k, SPIL_GEN_CELL);
        for (uint32_t i = 0; i < SPIL_GEN_SLOTS; i++) {
            const spil_gen_ref ref = spil_gen_ref_of(&cell, SPIL_ENTITY_company, i);
            assert_int_equal(ref.number / SPIL_GEN_SLOTS, k);
            assert_false(seen[ref.number % SPIL_GEN_SLOTS]);
            seen[ref.number % SPIL_GEN_SLOTS] = true;
            assert_true(spil_gen_same(ref, spil_gen_ref_elsewhere(3, k, SPIL_ENTITY_company, i)));
        }
    }
    spil_gen_cell_free(&cell);
}

static void dice_count__gives_the_rate_on_average(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(1, 1);
    uint64_t sum = 0;
    for (int i = 0; i < 100000; i++)
        sum += spil_gen_count(&rng, 2.3);
    assert_close((double)sum / 100000, 2.3, 0.01); /* standard error 0.0015 */
}

static void options_check__names_the_option_and_its_bounds(void **state)
{
    (void)state;
    spil_err err;
    spil_gen_options options = usual(1500, 1, UINT64_MAX);
    assert_ok(spil_gen_options_check(&options, &err));
    assert_int_equal(options.communities, 10);
    options = usual(49, 1, 0);
    assert_fails(spil_gen_options_check(&options, &err), SPIL_USAGE, "--persons 49");
    options = usual(400, 1, 11);
    assert_fails(spil_gen_options_check(&options, &err), SPIL_USAGE, "so 10 here");
    options = usual(400, 1, 1);
    options.missing_links = 1.01;
    assert_fails(spil_gen_options_check(&options, &err), SPIL_USAGE, "--missing-links 1.01");
    options.missing_links = (double)NAN;
    assert_fails(spil_gen_options_check(&options, &err), SPIL_USAGE, "--missing-links nan");
}

/* ---- tables ---- */

static spil_status write_table(bool gzip, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_gen_table *table = NULL;
    TRY(spil_gen_table_open(&table, folder, "table", gzip, err));
    spil_gen_field(table, "plain");
    spil_gen_field(table, "a,b");
    spil_gen_field(table, "say \"no\"");
    spil_gen_field(table, "");
    spil_gen_end_row(table);
    spil_gen_field_count(table, 18446744073709551615u);
    spil_gen_field_share(table, 0.125);
    spil_gen_field_day(table, SPIL_GEN_TODAY);
    spil_gen_field_day(table, SPIL_NO_DAY);
    spil_gen_end_row(table);
    spil_gen_table *const whole = table;
    table = NULL;
    TRY(spil_gen_table_commit(whole, err));
done:
    spil_gen_table_abort(table);
    return rc;
}

static char *slurp(const char *name)
{
    spil_err err;
    char *path = NULL, *text = NULL;
    size_t length;
    assert_ok(spil_path_join(&path, folder, name, &err));
    assert_ok(spil_read_file(&text, &length, path, FILE_MOST, &err));
    spil_free(path);
    return text;
}

static void table__quotes_what_needs_quotes(void **state)
{
    (void)state;
    spil_err err;
    assert_ok(write_table(false, &err));
    char *const text = slurp("table.csv");
    assert_string_equal(text, "plain,\"a,b\",\"say \"\"no\"\"\",\n"
                              "18446744073709551615,0.12,2025-06-30,\n");
    spil_free(text);
}

static void table__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(write_table(false, NULL));
    assert_survives_no_memory(write_table(true, NULL));
}

static void table__of_a_missing_folder_says_which(void **state)
{
    (void)state;
    spil_err err;
    spil_gen_table *table = NULL;
    assert_fails(spil_gen_table_open(&table, "/nowhere/at/all", "x", false, &err), SPIL_IO,
                 "/nowhere/at/all/x.csv");
}

/* ---- the world ---- */

static bool ends_exist(const spil_gen_cell *cell, spil_gen_ref ref)
{
    if (ref.number / SPIL_GEN_SLOTS != cell->number)
        return ref.number / SPIL_GEN_SLOTS < cell->number;
    const size_t count = ref.kind == SPIL_ENTITY_person    ? cell->persons.count
                         : ref.kind == SPIL_ENTITY_company ? cell->companies.count
                                                           : cell->addresses.count;
    for (uint32_t i = 0; i < count; i++)
        if (spil_gen_same(spil_gen_ref_of(cell, ref.kind, i), ref))
            return true;
    return false;
}

static void world__holds_its_quota_and_looks_back_only(void **state)
{
    (void)state;
    const uint32_t quotas[] = {50, 51, 300, 599};
    for (size_t q = 0; q < 4; q++)
        for (uint64_t k = 0; k < 6; k++) {
            const spil_gen_options options = usual(3000, 7, 0);
            spil_gen_cell cell = {0};
            spil_gen_cell_begin(&cell, 7, k, quotas[q]);
            spil_gen_world(&cell, &options);
            assert_int_equal(cell.rc, SPIL_OK);
            assert_int_equal(cell.persons.count, quotas[q]);
            assert_true(cell.companies.count >= quotas[q] / 5);
            for (size_t i = 0; i < cell.links.count; i++) {
                assert_true(ends_exist(&cell, cell.links.items[i].from));
                assert_true(ends_exist(&cell, cell.links.items[i].to));
                assert_false(spil_gen_same(cell.links.items[i].from, cell.links.items[i].to));
            }
            spil_gen_cell_free(&cell);
        }
}

static size_t count_truths(const spil_gen_cell *cell, const char *record, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < cell->truths.count; i++) {
        const spil_gen_truth *const it = &cell->truths.items[i];
        count += !strcmp(it->record, record) && (!name || (it->name && !strcmp(it->name, name)));
    }
    return count;
}

static void decoys__come_in_all_kinds_and_not_at_all_when_not_asked(void **state)
{
    (void)state;
    const char *const names[] = {"student_house", "lodging_house", "shared_building",
                                 "trust_office",  "accountant",    "housing_corporation",
                                 "landlord",      "namesake",      "police_acquaintance",
                                 "family"};
    size_t seen[10] = {0};
    for (uint64_t k = 0; k < 10; k++) {
        spil_gen_options options = usual(3000, 2, 0);
        spil_gen_cell cell = built(k, &options);
        for (size_t n = 0; n < 10; n++)
            seen[n] += count_truths(&cell, "decoy", names[n]);
        spil_gen_cell_free(&cell);
        options.decoys = 0;
        options.false_signals = 0;
        cell = built(k, &options);
        assert_int_equal(count_truths(&cell, "decoy", NULL), 0);
        spil_gen_cell_free(&cell);
    }
    for (size_t n = 0; n < 10; n++)
        assert_true(seen[n] > 0);
}

/* ---- what is planted ---- */

static const spil_model_step *step_named(const spil_model *model, const char *id)
{
    for (size_t s = 0; s < model->step_count; s++)
        if (strcmp(model->steps[s].id, id) == 0)
            return &model->steps[s];
    fail_msg("no step '%s'", id);
    return NULL;
}

/* Every role of every step that is run has its head count, of kinds that the model allows. */
static void check_roles(const spil_gen_cell *cell, const spil_gen_truth *run,
                        const spil_model *model)
{
    const spil_model_step *const step = step_named(model, run->step);
    for (size_t r = 0; r < step->role_count; r++) {
        uint32_t heads = 0;
        for (size_t i = 0; i < cell->roles.count; i++) {
            const spil_gen_role *const it = &cell->roles.items[i];
            if (it->community != run->community || strcmp(it->step, step->id) != 0 ||
                strcmp(it->role, step->roles[r].id) != 0)
                continue;
            assert_true(step->roles[r].kinds >> it->entity.kind & 1);
            heads++;
        }
        assert_in_range(heads, step->roles[r].needed, step->roles[r].needed + 1);
    }
}

static void plant__fills_each_role_of_each_step_it_runs(void **state)
{
    (void)state;
    const spil_gen_options options = usual(3000, 4, 20);
    size_t steps = 0;
    for (uint64_t k = 0; k < 10; k++) {
        spil_gen_cell cell = built(k, &options);
        for (size_t i = 0; i < cell.truths.count; i++)
            if (strcmp(cell.truths.items[i].record, "step") == 0) {
                const uint64_t number = cell.truths.items[i].community - 1;
                check_roles(&cell, &cell.truths.items[i], models->models[number % models->count]);
                steps++;
            }
        spil_gen_cell_free(&cell);
    }
    assert_true(steps > 20 * 3);
}

static bool tied_outside(const spil_gen_cell *cell, spil_gen_ref ref)
{
    for (size_t i = 0; i < cell->links.count; i++) {
        const spil_gen_link *const link = &cell->links.items[i];
        if (link->community == 0 && !link->untrue &&
            (spil_gen_same(link->from, ref) || spil_gen_same(link->to, ref)))
            return true;
    }
    return false;
}

static void plant__leaves_members_their_lawful_ties(void **state)
{
    (void)state;
    spil_gen_options options = usual(3000, 6, 30);
    options.duplicates = 0;
    size_t facilitators = 0, core = 0;
    for (uint64_t k = 0; k < 10; k++) {
        spil_gen_cell cell = built(k, &options);
        for (size_t i = 0; i < cell.truths.count; i++) {
            const spil_gen_truth *const it = &cell.truths.items[i];
            if (strcmp(it->record, "member") != 0)
                continue;
            for (size_t j = 0; j < i; j++) /* nobody is in two collaborations */
                assert_false(!strcmp(cell.truths.items[j].record, "member") &&
                             spil_gen_same(cell.truths.items[j].entity, it->entity));
            assert_true(tied_outside(&cell, it->entity));
            facilitators += strcmp(it->name, "facilitator") == 0;
            core += strcmp(it->name, "core") == 0;
        }
        spil_gen_cell_free(&cell);
    }
    assert_true(facilitators > 30 && core > 60);
}

/* ---- what is recorded ---- */

static void noise__makes_confidence_mean_what_it_says(void **state)
{
    (void)state;
    spil_gen_options options = usual(60000, 8, 0);
    options.missing_links = 0;
    double expected = 0, untrue = 0, variance = 0;
    for (uint64_t k = 0; k < 200; k++) {
        spil_gen_cell cell = built(k, &options);
        for (size_t i = 0; i < cell.links.count; i++) {
            const double c = cell.links.items[i].confidence;
            expected += 1 - c;
            variance += c * (1 - c);
            untrue += cell.links.items[i].untrue ? 1 : 0;
        }
        spil_gen_cell_free(&cell);
    }
    assert_true(expected > 3000);
    assert_true(fabs(untrue - expected) < 4 * sqrt(variance));
}

static size_t count_withheld(const spil_gen_cell *cell)
{
    size_t count = 0;
    for (size_t i = 0; i < cell->links.count; i++)
        count += cell->links.items[i].withheld;
    return count;
}

static void withhold__at_a_higher_rate_leaves_a_part_of_what_a_lower_one_leaves(void **state)
{
    (void)state;
    spil_gen_options options = usual(300, 9, 3);
    const double rates[] = {0, 0.1, 0.5, 1};
    spil_gen_cell cell[4];
    for (size_t r = 0; r < 4; r++) {
        options.missing_links = options.missing_signals = rates[r];
        cell[r] = built(0, &options);
        assert_int_equal(cell[r].links.count, cell[0].links.count);
        assert_int_equal(cell[r].signals.count, cell[0].signals.count);
    }
    for (size_t r = 1; r < 4; r++) {
        for (size_t i = 0; i < cell[0].links.count; i++)
            assert_true(cell[r].links.items[i].withheld || !cell[r - 1].links.items[i].withheld);
        for (size_t i = 0; i < cell[0].signals.count; i++)
            assert_true(cell[r].signals.items[i].withheld ||
                        !cell[r - 1].signals.items[i].withheld);
    }
    const double all = (double)cell[0].links.count;
    assert_int_equal(count_withheld(&cell[0]), 0);
    assert_true(fabs((double)count_withheld(&cell[2]) / all - 0.5) < 0.06); /* 4 deviations */
    assert_int_equal(count_withheld(&cell[3]), cell[3].links.count);
    for (size_t r = 0; r < 4; r++)
        spil_gen_cell_free(&cell[r]);
}

static void false_signals__are_as_many_as_the_ratios_imply(void **state)
{
    (void)state;
    spil_gen_options options = usual(60000, 3, 0);
    options.false_signals = 1;
    double expected = 0, found = 0;
    const spil_model *const model = models->models[0];
    const spil_model_signal *const signal = &model->steps[0].signals[0];
    const double ratio = spil_gen_true_ratio(options.seed, model, signal);
    for (uint64_t k = 0; k < 200; k++) {
        spil_gen_cell cell = built(k, &options);
        const double communities =
            (double)(cell.persons.count + cell.addresses.count + cell.companies.count) /
            SPIL_GEN_COMMUNITY;
        /* on its own, and with a single step */
        expected += communities * SPIL_GEN_SEEN * (1 / ratio + model->steps[0].prior);
        for (size_t i = 0; i < cell.signals.count; i++)
            found += !strcmp(cell.signals.items[i].code, signal->code) &&
                     !strcmp(cell.signals.items[i].step, model->steps[0].id);
        spil_gen_cell_free(&cell);
    }
    assert_true(fabs(found - expected) < 4 * sqrt(expected));
}

static void true_ratio__lies_in_the_range_of_the_model(void **state)
{
    (void)state;
    const spil_model *const model = models->models[0];
    const spil_model_signal *const signal = &model->steps[0].signals[0];
    int below = 0, above = 0;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        const double ratio = spil_gen_true_ratio(seed, model, signal);
        below += ratio < signal->ratio.low;
        above += ratio > signal->ratio.high;
    }
    assert_in_range(below, 60, 140); /* 5% of 2000, four standard deviations */
    assert_in_range(above, 60, 140);
}

/* ---- the files ---- */

static const char *const names[] = {"persons.csv", "addresses.csv", "companies.csv",  "links.csv",
                                    "roles.csv",   "signals.csv",   "truth/truth.csv"};

static char *generate(const spil_gen_options *options, const char *name)
{
    spil_err err;
    assert_ok(spil_gen_region(folder, options, models, false, NULL, NULL, &err));
    return slurp(name);
}

static void region__is_the_same_at_any_size_and_twice(void **state)
{
    (void)state;
    const spil_gen_options small = usual(900, 12, 6), large = usual(1800, 12, 12);
    for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
        char *const once = generate(&small, names[f]), *const twice = generate(&small, names[f]);
        char *const more = generate(&large, names[f]);
        assert_string_equal(once, twice);
        assert_true(strlen(more) > strlen(once));
        assert_memory_equal(more, once, strlen(once));
        spil_free(once);
        spil_free(twice);
        spil_free(more);
    }
}

static void region__of_another_seed_differs(void **state)
{
    (void)state;
    const spil_gen_options a = usual(300, 1, 2), b = usual(300, 2, 2);
    char *const one = generate(&a, "links.csv"), *const other = generate(&b, "links.csv");
    assert_string_not_equal(one, other);
    spil_free(one);
    spil_free(other);
}

static void region__survives_no_memory(void **state)
{
    (void)state;
    const spil_gen_options options = usual(60, 1, 1);
    assert_survives_no_memory(spil_gen_region(folder, &options, models, true, NULL, NULL, NULL));
}

static void region__without_models_plants_nothing(void **state)
{
    (void)state;
    spil_err err;
    const spil_model_set none = {NULL, 0};
    spil_gen_options options = usual(300, 1, 1);
    assert_fails(spil_gen_region(folder, &options, &none, false, NULL, NULL, &err), SPIL_USAGE,
                 "no barrier model");
    spil_gen_counts counts;
    options.communities = 0;
    assert_ok(spil_gen_region(folder, &options, &none, false, NULL, &counts, &err));
    assert_int_equal(counts.signals + counts.roles + counts.members, 0);
    assert_true(counts.persons >= 300 && counts.links > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(names_place__repeats_no_municipality_of_a_small_region),
        T(ground__lies_in_the_sea_with_the_numbers_of_a_street_in_order),
        T(cell_key__is_given_once_and_known_from_other_cells),
        T(dice_count__gives_the_rate_on_average),
        T(options_check__names_the_option_and_its_bounds),
        T(table__quotes_what_needs_quotes),
        T(table__survives_no_memory),
        T(table__of_a_missing_folder_says_which),
        T(world__holds_its_quota_and_looks_back_only),
        T(decoys__come_in_all_kinds_and_not_at_all_when_not_asked),
        T(plant__fills_each_role_of_each_step_it_runs),
        T(plant__leaves_members_their_lawful_ties),
        T(noise__makes_confidence_mean_what_it_says),
        T(withhold__at_a_higher_rate_leaves_a_part_of_what_a_lower_one_leaves),
        T(false_signals__are_as_many_as_the_ratios_imply),
        T(true_ratio__lies_in_the_range_of_the_model),
        T(region__is_the_same_at_any_size_and_twice),
        T(region__of_another_seed_differs),
        T(region__survives_no_memory),
        T(region__without_models_plants_nothing),
    };
    return cmocka_run_group_tests_name("generate", tests, set_up, tear_down);
}
