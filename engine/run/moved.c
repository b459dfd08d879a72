/* moved.c - see moved.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/moved.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ALL "sensitivity."
#define PLACES ALL "places/"
#define KEPT ALL "kept/"
#define SHARE ALL "share/"

void spil_moved_name(spil_str *out, const spil_model_set *models, const spil_number *n)
{
    const spil_model *const model = models->models[n->model];
    spil_str_clear(out);
    spil_str_add(out, model->id);
    if (n->step != SIZE_MAX)
        spil_str_addf(out, ".%s", model->steps[n->step].id);
    if (*n->item)
        spil_str_addf(out, ".%s", n->item);
    spil_str_addf(out, ".%s", spil_number_word(n->kind));
}

/* ---- keeping ---- */

static spil_status keep_one(spil_store *store, int64_t run, const char *of, const char *name,
                            double value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str full = SPIL_STR_INIT;
    spil_str_addf(&full, "%s%s", of, name);
    TRY(spil_str_status(&full, err));
    TRY(spil_store_add_figures(store, run, &(spil_figure_row){spil_str_text(&full), value}, 1,
                               err));
done:
    spil_str_free(&full);
    return rc;
}

spil_status spil_moved_keep(spil_store *store, int64_t run, const spil_model_set *models,
                            const spil_sensitivity *found, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str name = SPIL_STR_INIT;
    TRY(spil_store_begin(store, err));
    TRY(spil_store_drop_figures(store, run, ALL, err));
    for (size_t i = 0; i < found->count && i < SPIL_MOVED_KEPT; i++) {
        const spil_sensitivity_row *const row = &found->rows[i];
        spil_moved_name(&name, models, &row->number);
        TRY(spil_str_status(&name, err));
        const char *const text = spil_str_text(&name);
        TRY(keep_one(store, run, PLACES, text, fmax(row->shift_low, row->shift_high), err));
        TRY(keep_one(store, run, KEPT, text, row->kept, err));
        TRY(keep_one(store, run, SHARE, text, row->total, err));
    }
    TRY(spil_store_commit(store, err));
done:
    if (rc != SPIL_OK)
        spil_store_rollback(store);
    spil_str_free(&name);
    return rc;
}

/* ---- reading back ---- */

static double figure_of(const spil_results *rows, const char *of, const char *name)
{
    for (size_t i = 0; i < rows->figure_count; i++)
        if (strncmp(rows->figures[i].name, of, strlen(of)) == 0 &&
            strcmp(rows->figures[i].name + strlen(of), name) == 0)
            return rows->figures[i].value;
    return (double)NAN;
}

spil_status spil_draft_moved(const spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_results *const rows = draft->rows;
    spil_result *const result = draft->result;
    TRY(DRAFT_ARRAY(draft, result->moved, SPIL_MOVED_KEPT, err));
    for (size_t i = 0; i < rows->figure_count && result->moved_count < SPIL_MOVED_KEPT; i++) {
        if (strncmp(rows->figures[i].name, PLACES, sizeof PLACES - 1) != 0)
            continue;
        const char *const name = rows->figures[i].name + sizeof PLACES - 1;
        result->moved[result->moved_count++] =
            (spil_result_moved){.number = name,
                                .places = rows->figures[i].value,
                                .kept = figure_of(rows, KEPT, name),
                                .share = figure_of(rows, SHARE, name)};
    }
done:
    return rc;
}
