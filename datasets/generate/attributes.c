/* attributes.c - see attributes.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/attributes.h"

#include "datasets/generate/dice.h"
#include "engine/barriers/rule.h"

#include <stdio.h>
#include <string.h>

static const char *const usual[SPIL_ENTITY_KIND_COUNT][11] = {
    [SPIL_ENTITY_person] = {"id", "name", "municipality"},
    [SPIL_ENTITY_address] = {"id", "street", "number", "postcode", "city", "municipality", "use",
                             "vacant", "rd_x", "rd_y"},
    [SPIL_ENTITY_company] = {"id", "name", "kvk", "sbi", "founded", "dissolved"},
};
static const spil_entity_kind kinds[] = {SPIL_ENTITY_person, SPIL_ENTITY_company,
                                         SPIL_ENTITY_address};

/* Of any kind: a rule that asks for a sector code may let persons fill its role, who have none. */
static bool is_usual(const char *name)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < sizeof usual[0] / sizeof *usual[0] && usual[kinds[k]][i]; i++)
            if (strcmp(usual[kinds[k]][i], name) == 0)
                return true;
    return false;
}

static spil_status add_value(spil_gen_columns *columns, spil_entity_kind kind,
                             const spil_condition *condition, double rate, spil_err *err)
{
    size_t *const count = &columns->count[kind];
    size_t c = 0;
    while (c < *count && strcmp(columns->column[kind][c].name, condition->attribute) != 0)
        c++;
    if (c == SPIL_GEN_ATTRIBUTES)
        return spil_fail(err, SPIL_LIMIT, "the models ask for more than %d attributes of one kind",
                         (int)SPIL_GEN_ATTRIBUTES);
    spil_gen_column *const column = &columns->column[kind][c];
    if (c == *count) {
        column->name = condition->attribute;
        ++*count;
    }
    size_t v = 0;
    while (v < column->count && strcmp(column->value[v], condition->value) != 0)
        v++;
    if (v == SPIL_GEN_VALUES)
        return spil_fail(err, SPIL_LIMIT, "the models ask for more than %d values of '%s'",
                         (int)SPIL_GEN_VALUES, condition->attribute);
    if (v == column->count) {
        column->value[column->count++] = condition->value;
        column->rate[v] = rate;
    }
    return SPIL_OK;
}

static spil_status add_conditions(spil_gen_columns *columns, spil_kind_mask mask,
                                  const spil_condition *where, size_t count, double rate,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(where[i].attribute, "use") == 0)
            TRY(VEC_PUSH(columns->uses, where[i].value, err));
        if (strcmp(where[i].attribute, "sbi") == 0)
            TRY(VEC_PUSH(columns->sectors, where[i].value, err));
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if ((mask >> kinds[k] & 1) && !is_usual(where[i].attribute))
                TRY(add_value(columns, kinds[k], &where[i], rate, err));
    }
done:
    return rc;
}

spil_condition spil_gen_power_use(const spil_model_rule *rule)
{
    static const char *const uses[] = {"15000", "45000", "150000", "1000000"};
    static const double kwh[] = {15000, 45000, 150000, 1000000};
    size_t i = 0;
    while (i + 1 < sizeof kwh / sizeof *kwh && kwh[i] < rule->at_least)
        i++;
    return (spil_condition){SPIL_POWER_ATTRIBUTE, uses[i]};
}

/* Kinds that the rule looks at, whatever its role takes. */
static spil_kind_mask seen_kinds(const spil_model_rule *rule)
{
    if (strcmp(rule->rule->name, "owner_without_means") == 0)
        return (spil_kind_mask)1 << SPIL_ENTITY_person;
    if (strcmp(rule->rule->name, "supplies_process") == 0)
        return (spil_kind_mask)1 << SPIL_ENTITY_company;
    return ~(spil_kind_mask)0;
}

static spil_status add_model(spil_gen_columns *columns, const spil_model *model, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t o = 0; o < model->steps[s].opportunity_count; o++) {
            const spil_model_opportunity *const opening = &model->steps[s].opportunities[o];
            const double rate =
                opening->has_ratio && opening->ratio.mid > 1 ? 0.5 / opening->ratio.mid : 0.25;
            TRY(add_conditions(columns, opening->applies_to, opening->where, opening->where_count,
                               rate, err));
        }
    for (size_t r = 0; r < model->rule_count; r++) {
        const spil_model_rule *const rule = &model->rules[r];
        const spil_model_role *const role = &model->steps[rule->step].roles[rule->role];
        const spil_kind_mask mask = seen_kinds(rule) & role->kinds;
        TRY(add_conditions(columns, mask, rule->where, rule->where_count, 0.1, err));
        if (strcmp(rule->rule->name, "power_use") == 0) {
            const spil_condition use = spil_gen_power_use(rule);
            TRY(add_conditions(columns, mask, &use, 1, 0.02, err));
        }
    }
done:
    return rc;
}

spil_status spil_gen_columns_of(spil_gen_columns *out, const spil_model_set *models, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_gen_columns columns = {0};
    for (size_t m = 0; m < models->count; m++)
        TRY(add_model(&columns, models->models[m], err));
    *out = columns;
    columns = (spil_gen_columns){0};
done:
    spil_gen_columns_free(&columns);
    return rc;
}

void spil_gen_columns_free(spil_gen_columns *columns)
{
    spil_free(columns->uses.items);
    spil_free(columns->sectors.items);
    *columns = (spil_gen_columns){0};
}

/* ---- the innocent ---- */

static size_t count_of(const spil_gen_cell *cell, spil_entity_kind kind)
{
    return kind == SPIL_ENTITY_person    ? cell->persons.count
           : kind == SPIL_ENTITY_company ? cell->companies.count
                                         : cell->addresses.count;
}

/* The value of a column for one of the innocent: one of those asked for at its rate, else the
 * opposite of a yes or no, else nothing. */
static const char *innocent_value(const spil_gen_column *column, spil_rng *rng)
{
    double u = spil_rng_unit(rng);
    for (size_t v = 0; v < column->count; v++) {
        if (u < column->rate[v])
            return column->value[v];
        u -= column->rate[v];
    }
    if (column->count != 1)
        return NULL;
    if (strcmp(column->value[0], "yes") == 0)
        return "no";
    return strcmp(column->value[0], "no") == 0 ? "yes" : NULL;
}

/* "4776*" asks for what begins with 4776: the code that we know, else the stem itself. */
static void set_sector(spil_gen_company *company, const char *pattern)
{
    char stem[sizeof company->sbi];
    (void)snprintf(stem, sizeof stem, "%s", pattern);
    stem[strcspn(stem, "*")] = '\0';
    (void)snprintf(company->sbi, sizeof company->sbi, "%s", stem);
}

void spil_gen_spread_uses(spil_gen_cell *cell, const spil_gen_columns *columns)
{
    spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_USES);
    for (size_t i = 0; i < columns->uses.count && cell->rc == SPIL_OK; i++) {
        spil_gen_address *const address =
            &cell->addresses.items[spil_rng_below(&rng, cell->addresses.count)];
        const char use = address->use[0];
        if (use == 'b' || use == 's' || use == 'o' || use == 'g') /* no home turns into a barn */
            address->use = columns->uses.items[i];
    }
    for (size_t i = 0; i < columns->sectors.count && cell->companies.count > 0; i++)
        if (spil_gen_chance(&rng, 0.5))
            set_sector(&cell->companies.items[spil_rng_below(&rng, cell->companies.count)],
                       columns->sectors.items[i]);
}

void spil_gen_fill_attributes(spil_gen_cell *cell, const spil_gen_columns *columns)
{
    if (cell->rc != SPIL_OK)
        return;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const spil_entity_kind kind = kinds[k];
        const size_t count = count_of(cell, kind);
        for (size_t i = cell->valued[kind]; i < count; i++) {
            /* a stream an entity: one more of them changes nothing for the others */
            spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_ATTRIBUTES);
            rng = spil_rng_stream(spil_rng_u64(&rng), i * SPIL_ENTITY_KIND_COUNT + kind);
            for (size_t c = 0; c < columns->count[kind]; c++) {
                const char **const value = &cell->values[kind].items[i * SPIL_GEN_ATTRIBUTES + c];
                const char *const usual_value = innocent_value(&columns->column[kind][c], &rng);
                if (!*value)
                    *value = usual_value;
            }
        }
        cell->valued[kind] = count;
    }
}

/* ---- the planted ---- */

void spil_gen_meet(spil_gen_cell *cell, const spil_gen_columns *columns, spil_entity_kind kind,
                   uint32_t index, const spil_condition *condition)
{
    if (cell->rc != SPIL_OK)
        return;
    if (kind == SPIL_ENTITY_address && strcmp(condition->attribute, "use") == 0)
        cell->addresses.items[index].use = condition->value;
    else if (kind == SPIL_ENTITY_address && strcmp(condition->attribute, "vacant") == 0)
        cell->addresses.items[index].vacant = strcmp(condition->value, "yes") == 0;
    else if (kind == SPIL_ENTITY_company && strcmp(condition->attribute, "sbi") == 0)
        set_sector(&cell->companies.items[index], condition->value);
    for (size_t c = 0; c < columns->count[kind]; c++)
        if (strcmp(columns->column[kind][c].name, condition->attribute) == 0)
            cell->values[kind].items[(size_t)index * SPIL_GEN_ATTRIBUTES + c] = condition->value;
}
