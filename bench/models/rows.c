/* rows.c - see rows.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/models/rows.h"

#include "engine/base/file.h"
#include "engine/base/str.h"

#include <math.h>
#include <string.h>

enum { RESAMPLES = 2000 };

void spil_bench_add(spil_bench_rows *rows, spil_bench_row row)
{
    if (rows->rc == SPIL_OK)
        rows->rc = VEC_PUSH(rows->rows, row, NULL);
}

static bool same(const spil_bench_mean *mean, const spil_bench_row *row)
{
    return mean->setting == row->setting && strcmp(mean->part, row->part) == 0 &&
           strcmp(mean->scorer, row->scorer) == 0 && strcmp(mean->measure, row->measure) == 0;
}

static bool first_of_its_kind(const spil_bench_rows *rows, const spil_bench_row *row)
{
    for (size_t m = 0; m < rows->means.count; m++)
        if (same(&rows->means.items[m], row))
            return false;
    return true;
}

static spil_status fill(spil_bench_mean *mean, const spil_bench_rows *rows, double *value,
                        spil_err *err)
{
    size_t count = 0;
    for (size_t i = 0; i < rows->rows.count; i++)
        if (same(mean, &rows->rows.items[i]) && !isnan(rows->rows.items[i].value))
            value[count++] = rows->rows.items[i].value;
    mean->seeds = count;
    mean->value = (spil_interval){(double)NAN, (double)NAN, (double)NAN};
    return count ? spil_bootstrap_mean(&mean->value, value, count, RESAMPLES, 1, err) : SPIL_OK;
}

spil_status spil_bench_rows_sum(spil_bench_rows *rows, spil_err *err)
{
    spil_status rc = rows->rc;
    double *value = NULL;
    if (rc != SPIL_OK)
        return spil_fail(err, rc, "out of memory");
    TRY(NEW_ARRAY(value, rows->rows.count, err));
    rows->means.count = 0;
    for (size_t i = 0; i < rows->rows.count; i++) {
        const spil_bench_row *const row = &rows->rows.items[i];
        if (!first_of_its_kind(rows, row))
            continue;
        spil_bench_mean mean = {.part = row->part,
                                .scorer = row->scorer,
                                .measure = row->measure,
                                .setting = row->setting};
        TRY(fill(&mean, rows, value, err));
        TRY(VEC_PUSH(rows->means, mean, err));
    }
done:
    spil_free(value);
    return rc;
}

double spil_bench_mean_of(const spil_bench_rows *rows, const char *part, const char *scorer,
                          const char *measure, double setting)
{
    const spil_bench_row wanted = {part, scorer, measure, setting, 0, 0};
    for (size_t m = 0; m < rows->means.count; m++)
        if (same(&rows->means.items[m], &wanted))
            return rows->means.items[m].value.mean;
    return (double)NAN;
}

spil_status spil_bench_rows_write_csv(const spil_bench_rows *rows, const char *folder,
                                      spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    char *path = NULL;
    spil_str_add(&text, "part,scorer,measure,setting,seed,value,low,high\n");
    for (size_t i = 0; i < rows->means.count; i++) {
        const spil_bench_mean *const m = &rows->means.items[i];
        spil_str_addf(&text, "%s,%s,%s,%g,mean of %zu,%.6g,%.6g,%.6g\n", m->part, m->scorer,
                      m->measure, m->setting, m->seeds, m->value.mean, m->value.low, m->value.high);
    }
    for (size_t i = 0; i < rows->rows.count; i++) {
        const spil_bench_row *const r = &rows->rows.items[i];
        spil_str_addf(&text, "%s,%s,%s,%g,%llu,%.6g,,\n", r->part, r->scorer, r->measure,
                      r->setting, (unsigned long long)r->seed, r->value);
    }
    TRY(spil_str_status(&text, err));
    TRY(spil_path_join(&path, folder, "models.csv", err));
    TRY(spil_write_file(path, text.text, text.length, err));
done:
    spil_free(path);
    spil_str_free(&text);
    return rc;
}

void spil_bench_rows_free(spil_bench_rows *rows)
{
    spil_free(rows->rows.items);
    spil_free(rows->means.items);
    *rows = (spil_bench_rows){0};
}
