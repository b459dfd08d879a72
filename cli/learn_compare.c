/* learn_compare.c - see learn_compare.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/learn_compare.h"

#include "cli/sheet.h"
#include "cli/show.h"

#include <math.h>
#include <string.h>

void spil_comparisons_free(spil_comparisons *c)
{
    spil_free(c->regions.items);
    spil_free(c->all.items);
    spil_free(c->practices.items);
    spil_free(c->change);
    spil_arena_free(c->arena);
    *c = (spil_comparisons){.ratio = c->ratio};
}

enum { PRACTICE, REGION, PERIOD, TREATED, COUNT, COLUMNS };
static const spil_sheet_column columns[COLUMNS] = {
    {"practice", false}, {"region", true}, {"period", true}, {"treated", true}, {"count", true}};

static spil_compared_region *find(const spil_comparisons *c, const char *practice,
                                  const char *region)
{
    for (size_t i = 0; i < c->regions.count; i++)
        if (strcmp(c->regions.items[i].region, region) == 0 &&
            strcmp(c->regions.items[i].practice, practice) == 0)
            return &c->regions.items[i];
    return NULL;
}

/* A practice is listed once, in the order of the file; *out is its text there. */
static spil_status put_practice(spil_comparisons *c, const char *name, const char **out,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < c->practices.count; i++)
        if (strcmp(c->practices.items[i], name) == 0) {
            *out = c->practices.items[i];
            return SPIL_OK;
        }
    TRY(spil_arena_text(c->arena, out, name, strlen(name), err));
    rc = VEC_PUSH(c->practices, *out, err);
done:
    return rc;
}

static spil_status read_row(spil_sheet_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_comparisons *const c = user;
    const char *const period = spil_sheet_cell(row, PERIOD), *const name =
                                                                 spil_sheet_cell(row, REGION);
    const bool after = spil_text_equal_nocase(period, "after") || strcmp(period, "na") == 0;
    spil_compared_region fresh = {.line = spil_sheet_line(row)};
    double number = 0;
    if (!*name)
        spil_sheet_fault(row, REGION, "a name");
    if (!after && !spil_text_equal_nocase(period, "before") && strcmp(period, "voor") != 0) {
        spil_sheet_fault(row, PERIOD, "before or after");
        return SPIL_OK;
    }
    if (!*name || !spil_sheet_yes_no(row, TREATED, &fresh.treated) ||
        !spil_sheet_number(row, COUNT, 0, 1e12, (double)NAN, &number))
        return SPIL_OK;
    TRY(put_practice(c, spil_sheet_cell(row, PRACTICE), &fresh.practice, err));
    spil_compared_region *known = find(c, fresh.practice, name);
    if (!known) {
        TRY(spil_arena_text(c->arena, &fresh.region, name, strlen(name), err));
        TRY(VEC_PUSH(c->regions, fresh, err));
        known = &c->regions.items[c->regions.count - 1];
    }
    if (known->treated != fresh.treated) {
        spil_sheet_fault(row, TREATED, "the same in all rows of a region");
        goto done;
    }
    known->sum[after] += number;
    known->rows[after]++;
done:
    return rc;
}

static spil_status check_periods(const spil_comparisons *c, const char *path, spil_err *err)
{
    size_t faults = 0;
    for (size_t i = 0; i < c->regions.count; i++) {
        const spil_compared_region *const r = &c->regions.items[i];
        if (r->rows[0] && r->rows[1])
            continue;
        faults++;
        spil_note("%s:%llu: region '%.60s' has no row of the period '%s'; expected both", path,
                  (unsigned long long)r->line, r->region, r->rows[0] ? "after" : "before");
    }
    if (faults)
        return spil_fail(err, SPIL_INPUT, "%s: %zu regions cannot be compared", path, faults);
    return SPIL_OK;
}

static double change_of(const spil_comparisons *c, const spil_compared_region *r)
{
    const double before = r->sum[0] / r->rows[0], after = r->sum[1] / r->rows[1];
    return c->ratio ? log((after + 0.5) / (before + 0.5)) : after - before;
}

/* Changes of the practice, those with it first, from *at on. */
static spil_comparison gather(const spil_comparisons *c, const char *practice, size_t *at)
{
    spil_comparison out = {.treated = c->change + *at};
    for (int with = 1; with >= 0; with--) {
        const size_t first = *at;
        for (size_t i = 0; i < c->regions.count; i++)
            if (c->regions.items[i].practice == practice && c->regions.items[i].treated == with)
                c->change[(*at)++] = change_of(c, &c->regions.items[i]);
        if (with) {
            out.treated_count = *at - first;
        } else {
            out.control = c->change + first;
            out.control_count = *at - first;
        }
    }
    return out;
}

spil_status spil_comparisons_read(spil_comparisons *c, const char *path,
                                  const spil_compare_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t at = 0;
    TRY(spil_arena_new(&c->arena, err));
    TRY(spil_sheet_read(&(spil_sheet){.columns = columns,
                                      .column_count = COLUMNS,
                                      .made_by = "spil help learn",
                                      .left_alone = "nothing was compared",
                                      .each = read_row,
                                      .user = c},
                        path, err));
    TRY(check_periods(c, path, err));
    TRY(NEW_ARRAY(c->change, c->regions.count, err));
    for (size_t i = 0; i < c->practices.count; i++)
        TRY(VEC_PUSH(c->all, gather(c, c->practices.items[i], &at), err));
    rc = spil_learn_compare(c->all.items, c->all.count, opts, err);
done:
    return rc;
}

static const spil_table_column shown[] = {
    {.name = "practice"},
    {.name = "with", .kind = SPIL_COLUMN_WHOLE},
    {.name = "without", .kind = SPIL_COLUMN_WHOLE},
    {.name = "scale", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "difference", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "low", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "high", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "p_holm", .label = "p (Holm)", .kind = SPIL_COLUMN_REAL, .places = 3},
    {.name = "finding"}};

static double told(const spil_comparisons *c, double difference)
{
    return c->ratio ? expm1(difference) : difference;
}

spil_status spil_comparisons_table(spil_table **out, const spil_comparisons *c, spil_err *err)
{
    spil_status rc = spil_table_new(out, shown, sizeof shown / sizeof *shown, err);
    for (size_t i = 0; rc == SPIL_OK && i < c->all.count; i++) {
        const spil_comparison *const each = &c->all.items[i];
        spil_table_row(*out);
        spil_table_text(*out, *c->practices.items[i] ? c->practices.items[i] : "the practice");
        spil_table_count(*out, each->treated_count);
        spil_table_count(*out, each->control_count);
        spil_table_text(*out, c->ratio ? "ratio" : "count");
        spil_table_number(*out, told(c, each->difference.mean));
        spil_table_number(*out, told(c, each->difference.low));
        spil_table_number(*out, told(c, each->difference.high));
        spil_table_number(*out, each->adjusted);
        spil_table_text(*out, spil_finding_text(each->finding));
    }
    return rc;
}
