/* test_privacy.c - nobody is known by a rare combination, and what withholding costs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/rng.h"
#include "reports/coordinator.h"
#include "reports/partner_guard.h"
#include "tests/unit/t.h"
#include "tests/unit/t_result.h"

static spil_err err;

/* ---- the guard, on lists made by lot ---- */

static const spil_partner_field columns[] = {
    SPIL_FIELD_order, SPIL_FIELD_target, SPIL_FIELD_kind, SPIL_FIELD_action, SPIL_FIELD_hours,
    SPIL_FIELD_crime, SPIL_FIELD_step,   SPIL_FIELD_gain, SPIL_FIELD_reasons};
enum { COLUMNS = sizeof columns / sizeof *columns, ROWS = 40 };

typedef struct drawn {
    spil_partner_list list;
    spil_partner_cell cells[ROWS * COLUMNS];
    bool by_pseudonym[ROWS], by_proposal[ROWS];
} drawn;

static const char *const words[] = {"a", "b", "c", "d"};

/* Each row of few values, so that some are alike; about a third name their target openly. */
static void draw_list(drawn *d, uint64_t seed, uint64_t values)
{
    spil_rng rng = spil_rng_stream(seed, 3);
    memset(d, 0, sizeof *d);
    d->list = (spil_partner_list){.column_count = COLUMNS,
                                  .row_count = ROWS,
                                  .cells = d->cells,
                                  .by_pseudonym = d->by_pseudonym,
                                  .by_proposal = d->by_proposal};
    memcpy(d->list.columns, columns, sizeof columns);
    for (size_t row = 0; row < ROWS; row++) {
        d->by_pseudonym[row] = spil_rng_below(&rng, 3) > 0;
        d->by_proposal[row] = spil_rng_below(&rng, 2) > 0;
        d->list.pseudonyms += d->by_pseudonym[row];
        d->list.proposed += d->by_proposal[row];
        for (size_t c = 0; c < COLUMNS; c++) {
            const uint64_t value = spil_rng_below(&rng, values);
            spil_partner_cell *const cell = &d->cells[row * COLUMNS + c];
            if (columns[c] == SPIL_FIELD_hours)
                cell->number = (double)value;
            else if (!spil_partner_describes(columns[c]))
                cell->number = (double)row; /* every row its own */
            else
                cell->text = words[value];
        }
    }
}

static bool same_cell(const spil_partner_cell *a, const spil_partner_cell *b)
{
    return a->text && b->text ? strcmp(a->text, b->text) == 0
                              : !a->text && !b->text && a->number == b->number;
}

/* So many rows by pseudonym that read like this one in all columns of the mask. */
static size_t alike_in(const spil_partner_list *list, size_t row, unsigned mask)
{
    size_t count = 0;
    for (size_t other = 0; other < list->row_count; other++) {
        bool same = list->by_pseudonym[other];
        for (size_t c = 0; c < COLUMNS; c++)
            same = same && (!(mask >> c & 1) || same_cell(&list->cells[row * COLUMNS + c],
                                                          &list->cells[other * COLUMNS + c]));
        count += same;
    }
    return count;
}

static void guard__leaves_no_combination_of_columns_below_k(void **state)
{
    (void)state;
    static drawn d;
    size_t blurred = 0, kept_back = 0, whole = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        const size_t k = 2 + seed % 4;
        draw_list(&d, seed, 2 + seed % 3);
        assert_ok(spil_partner_guard(&d.list, k, "withheld", &err));
        for (size_t row = 0; row < d.list.row_count; row++)
            for (unsigned mask = 0; d.by_pseudonym[row] && mask < 1u << COLUMNS; mask++) {
                bool describes = true;
                for (size_t c = 0; c < COLUMNS; c++)
                    describes =
                        describes && (!(mask >> c & 1) || spil_partner_describes(columns[c]));
                if (describes)
                    assert_true(alike_in(&d.list, row, mask) >= k);
            }
        assert_int_equal(d.list.row_count + d.list.kept_back, ROWS);
        blurred += d.list.blurred;
        kept_back += d.list.kept_back;
        whole += d.list.row_count - d.list.blurred;
    }
    assert_true(blurred > 0 && kept_back > 0 && whole > 0); /* all three were put to the test */
}

static void guard__leaves_what_is_told_openly_as_it_is(void **state)
{
    (void)state;
    static drawn d, before;
    draw_list(&d, 5, 4);
    draw_list(&before, 5, 4);
    assert_ok(spil_partner_guard(&d.list, 4, "withheld", &err));
    size_t open = 0, counted = 0, proposed = 0;
    for (size_t row = 0, was = 0; row < d.list.row_count; row++, was++) {
        /* `order` is its own for each row: it tells which one this was */
        while (before.cells[was * COLUMNS].number != d.cells[row * COLUMNS].number)
            assert_true(before.by_pseudonym[was++]);
        assert_int_equal(d.by_pseudonym[row], before.by_pseudonym[was]);
        for (size_t c = 0; c < COLUMNS; c++)
            if (!d.by_pseudonym[row] || !spil_partner_describes(columns[c]))
                assert_true(
                    same_cell(&d.cells[row * COLUMNS + c], &before.cells[was * COLUMNS + c]));
        open += !d.by_pseudonym[row];
        counted += d.by_pseudonym[row];
        proposed += d.by_proposal[row];
    }
    assert_int_equal(open, ROWS - before.list.pseudonyms);
    assert_int_equal(counted, d.list.pseudonyms);
    assert_int_equal(proposed, d.list.proposed);
}

static spil_status guard_again(void)
{
    static drawn d;
    draw_list(&d, 9, 3);
    return spil_partner_guard(&d.list, 3, "withheld", NULL);
}

static void guard__survives_every_failed_allocation(void **state)
{
    (void)state;
    assert_survives_no_memory(guard_again());
}

/* ---- the price ---- */

enum { TARGETS = 4 };
static spil_result_entity entities[TARGETS];
static spil_result_source sources[2];
static spil_result_reason reasons[TARGETS][2];
static spil_result_target targets[TARGETS];

/* Gains 4 3 2 1. The first and second rest on rows of the tax office, the others on the police: the
 * order without the tax office is 3 4 and then both others, which nothing parts. */
static spil_result four_targets(void)
{
    spil_result result = t_result();
    const spil_result_source blank = result.sources[0];
    for (size_t i = 0; i < 2; i++)
        sources[i] = blank;
    sources[0].owner = "tax";
    sources[1].owner = "police";
    for (size_t i = 0; i < TARGETS; i++) {
        entities[i] = result.entities[0];
        entities[i].kind = i == 0 ? SPIL_ENTITY_person : SPIL_ENTITY_company;
        reasons[i][0] = (spil_result_reason){
            .kind = SPIL_FACT_SIGNAL, .value = 0.5, .has_origin = true, .origin = {i >= 2, 3}};
        targets[i] = (spil_result_target){.status = SPIL_TARGET_PROPOSED,
                                          .rank = (uint32_t)i + 1,
                                          .entity = (uint32_t)i,
                                          .community = SPIL_NOT_SHOWN,
                                          .barrier = {.partner = SPIL_PARTNER_bank},
                                          .effect = i == 3 ? 0.9 : 0.1 * (double)i,
                                          .fall = {.mean = 0.4},
                                          .gain = {.mean = 4 - (double)i},
                                          .marginal = 4 - (double)i,
                                          .reasons = reasons[i],
                                          .reason_count = 1};
    }
    result.entities = entities;
    result.sources = sources;
    result.targets = targets;
    result.entity_count = result.target_count = TARGETS;
    result.source_count = 2;
    return result;
}

static spil_disclosed to_bank(uint32_t fields)
{
    return (spil_disclosed){.partner = SPIL_PARTNER_bank,
                            .recipient = "desk",
                            .purpose = "p",
                            .basis = "b",
                            .fields = fields,
                            .kinds = (spil_kind_mask)1 << SPIL_ENTITY_company,
                            .owners = "\npolice\n",
                            .keep_days = 30,
                            .alike = 3};
}

static const spil_price_row *row_of(const spil_privacy_price *price, spil_price_of of,
                                    unsigned number, const char *owner)
{
    for (size_t i = 0; i < price->row_count; i++) {
        const spil_price_row *const row = &price->rows[i];
        if (row->of == of && (of != SPIL_PRICE_FIELD || row->field == number) &&
            (of != SPIL_PRICE_KIND || row->kind == number) && strcmp(row->owner, owner) == 0)
            return row;
    }
    fail_msg("no row of %d, %u, '%s'", (int)of, number, owner);
    return NULL;
}

static void price__is_the_agreement_with_and_without_each(void **state)
{
    (void)state;
    const spil_result result = four_targets();
    const spil_disclosed to = to_bank((uint32_t)1 << SPIL_FIELD_works);
    spil_privacy_price price = {0};
    assert_ok(spil_privacy_price_of(&price, &result, &to, &err));
    assert_int_equal(price.targets, TARGETS);
    /* by the chance that it works: 0, 0.1, 0.2, 0.9 against ranks 1 to 4 */
    assert_close(price.told, -1, 1e-12);
    const spil_price_row *row = row_of(&price, SPIL_PRICE_FIELD, SPIL_FIELD_works, "");
    assert_true(row->open);
    assert_close(row->with_it, -1, 1e-12);
    assert_true(isnan(row->without)); /* nothing left to put them in order by */
    row = row_of(&price, SPIL_PRICE_FIELD, SPIL_FIELD_gain, "");
    assert_false(row->open);
    assert_close(row->with_it, 1, 1e-12);
    assert_close(row->without, -1, 1e-12);
    /* without the tax office: scores 0 0 2 1 against 4 3 2 1: 1 pair agrees, 4 do not, one tied */
    row = row_of(&price, SPIL_PRICE_OWNER, 0, "tax");
    assert_false(row->open);
    assert_close(row->with_it, 1, 1e-12);
    assert_close(row->without, (1.0 - 4) / sqrt(6.0 * 5), 1e-12);
    /* without the police: 4 3 0 0, one pair tied, the others agree */
    row = row_of(&price, SPIL_PRICE_OWNER, 0, "police");
    assert_true(row->open);
    assert_close(row->without, 5 / sqrt(6.0 * 5), 1e-12);
    /* without persons: 0 3 2 1 */
    row = row_of(&price, SPIL_PRICE_KIND, SPIL_ENTITY_person, "");
    assert_false(row->open);
    assert_close(row->without, (3.0 - 3) / 6, 1e-12);
    assert_ptr_equal(spil_privacy_dearest(&price),
                     row_of(&price, SPIL_PRICE_FIELD, SPIL_FIELD_order, ""));
    spil_privacy_price_clear(&price);
}

static void price__of_what_is_all_open_is_nothing(void **state)
{
    (void)state;
    const spil_result result = four_targets();
    spil_disclosed to = to_bank(((uint32_t)1 << SPIL_FIELD_COUNT) - 1);
    spil_privacy_price price = {0};
    to.all_owners = true;
    to.kinds = (spil_kind_mask)-1;
    assert_ok(spil_privacy_price_of(&price, &result, &to, &err));
    assert_close(price.told, 1, 1e-12);
    assert_close(price.open, 1, 1e-12);
    assert_null(spil_privacy_dearest(&price));
    spil_privacy_price_clear(&price);
}

static spil_status price_again(const spil_result *result, const spil_disclosed *to)
{
    spil_privacy_price price = {0};
    const spil_status rc = spil_privacy_price_of(&price, result, to, NULL);
    spil_privacy_price_clear(&price);
    return rc;
}

static void price__survives_every_failed_allocation(void **state)
{
    (void)state;
    const spil_result result = four_targets();
    const spil_disclosed to = to_bank(0);
    assert_survives_no_memory(price_again(&result, &to));
}

/* ---- the page ---- */

static void coordinator__tells_figures_and_names_nobody(void **state)
{
    (void)state;
    const spil_result result = four_targets();
    const spil_disclosed to = to_bank(0);
    spil_privacy_price price = {0};
    entities[0].name = entities[0].key = "Qname";
    sources[0].owner = T_SCRIPT_NAME;
    assert_ok(spil_privacy_price_of(&price, &result, &to, &err));
    for (spil_lang lang = 0; lang <= SPIL_LANG_NL; lang++) {
        spil_str page = SPIL_STR_INIT;
        const spil_pen pen = {&page, &result, lang, true};
        const spil_partner_list list = {.to = &to, .alike = 3, .kept_back = 77, .blurred = 66};
        spil_coordinator_begin(&pen);
        spil_coordinator_partner(&pen, &list, &price);
        spil_coordinator_end(&pen);
        assert_ok(spil_str_status(&page, &err));
        assert_null(strstr(page.text, "Qname"));
        assert_null(strstr(page.text, "<script"));
        assert_null(strstr(page.text, "<img"));
        assert_null(strstr(page.text, "{1}"));
        assert_non_null(strstr(page.text, "77"));
        assert_non_null(strstr(page.text, "66"));
        spil_str_free(&page);
    }
    spil_privacy_price_clear(&price);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(guard__leaves_no_combination_of_columns_below_k),
        T(guard__leaves_what_is_told_openly_as_it_is),
        T(guard__survives_every_failed_allocation),
        T(price__is_the_agreement_with_and_without_each),
        T(price__of_what_is_all_open_is_nothing),
        T(price__survives_every_failed_allocation),
        T(coordinator__tells_figures_and_names_nobody),
    };
    return cmocka_run_group_tests_name("privacy", tests, NULL, NULL);
}
