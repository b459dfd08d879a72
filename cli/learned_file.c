/* learned_file.c - see learned_file.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/learned_file.h"

#include "cli/sheet.h"
#include "engine/base/file.h"
#include "reports/escape.h"

#include <math.h>
#include <string.h>

void spil_learned_file_free(spil_learned_file *file)
{
    spil_free(file->rows.items);
    spil_arena_free(file->arena);
    *file = (spil_learned_file){.arena = NULL};
}

spil_status spil_learned_file_write(const spil_learned_file *file, const char *path, spil_err *err)
{
    spil_str out = SPIL_STR_INIT;
    spil_str_add(&out, "model,step,barrier,prior_a,prior_b,works,fails,mean,from\n");
    for (size_t i = 0; i < file->rows.count; i++) {
        const spil_learned *const l = &file->rows.items[i];
        const double a = l->prior_a + l->works, b = l->prior_b + l->fails;
        spil_str_addf(&out, "%s,%s,%s,%.17g,%.17g,%u,%u,%.6g,", l->model, l->step, l->barrier,
                      l->prior_a, l->prior_b, l->works, l->fails, a / (a + b));
        spil_csv_cell(&out, l->from);
        spil_str_add(&out, "\n");
    }
    spil_status rc = spil_str_status(&out, err);
    if (rc == SPIL_OK)
        rc = spil_write_file(path, spil_str_text(&out), out.length, err);
    spil_str_free(&out);
    return rc;
}

enum { MODEL, STEP, BARRIER, PRIOR_A, PRIOR_B, WORKS, FAILS, FROM, COLUMNS };
static const spil_sheet_column columns[COLUMNS] = {
    {"model", true},   {"step", true},  {"barrier", true}, {"prior_a", true},
    {"prior_b", true}, {"works", true}, {"fails", true},   {"from", true}};

static spil_status keep(spil_learned_file *file, const spil_sheet_row *row, size_t column,
                        const char **out, spil_err *err)
{
    const char *const text = spil_sheet_cell(row, column);
    return spil_arena_text(file->arena, out, text, strlen(text), err);
}

static bool read_count(spil_sheet_row *row, size_t column, uint32_t *out)
{
    uint64_t count = 0;
    if (!spil_parse_uint(spil_sheet_cell(row, column), 1000000, &count)) {
        spil_sheet_fault(row, column, "a whole number up to 1000000");
        return false;
    }
    *out = (uint32_t)count;
    return true;
}

static bool twice(const spil_learned_file *file, const spil_learned *l)
{
    for (size_t i = 0; i < file->rows.count; i++)
        if (strcmp(file->rows.items[i].model, l->model) == 0 &&
            strcmp(file->rows.items[i].step, l->step) == 0 &&
            strcmp(file->rows.items[i].barrier, l->barrier) == 0)
            return true;
    return false;
}

static spil_status read_row(spil_sheet_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_learned_file *const file = user;
    spil_learned l = {0};
    if (!spil_sheet_number(row, PRIOR_A, 0.01, 1e6, (double)NAN, &l.prior_a) ||
        !spil_sheet_number(row, PRIOR_B, 0.01, 1e6, (double)NAN, &l.prior_b) ||
        !read_count(row, WORKS, &l.works) || !read_count(row, FAILS, &l.fails))
        return SPIL_OK;
    TRY(keep(file, row, MODEL, &l.model, err));
    TRY(keep(file, row, STEP, &l.step, err));
    TRY(keep(file, row, BARRIER, &l.barrier, err));
    TRY(keep(file, row, FROM, &l.from, err));
    if (twice(file, &l))
        spil_sheet_fault(row, BARRIER, "each barrier of a step once");
    else
        rc = VEC_PUSH(file->rows, l, err);
done:
    return rc;
}

spil_status spil_learned_file_read(spil_learned_file *file, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_arena_new(&file->arena, err));
    rc = spil_sheet_read(&(spil_sheet){.columns = columns,
                                       .column_count = COLUMNS,
                                       .made_by = "spil learn --write",
                                       .left_alone = "nothing was analyzed",
                                       .each = read_row,
                                       .user = file},
                         path, err);
done:
    return rc;
}
