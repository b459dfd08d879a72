/* partner_guard.c - see partner_guard.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/partner_guard.h"

#include "engine/base/strmap.h"

#include <string.h>

/* In the order in which they are given up. */
static const spil_partner_field describing[] = {
    SPIL_FIELD_reasons,   SPIL_FIELD_community, SPIL_FIELD_step,  SPIL_FIELD_crime,
    SPIL_FIELD_kind,      SPIL_FIELD_works,     SPIL_FIELD_basis, SPIL_FIELD_hours,
    SPIL_FIELD_lead_days, SPIL_FIELD_action,
};
enum { DESCRIBING = sizeof describing / sizeof *describing };

bool spil_partner_describes(spil_partner_field field)
{
    for (size_t i = 0; i < DESCRIBING; i++)
        if (describing[i] == field)
            return true;
    return false;
}

static spil_partner_cell *row_of(const spil_partner_list *list, size_t row)
{
    return &list->cells[row * list->column_count];
}

/* All that describes the row, as one text. */
static spil_status describe(const spil_partner_list *list, size_t row, spil_str *out, spil_err *err)
{
    spil_str_clear(out);
    for (size_t c = 0; c < list->column_count; c++) {
        const spil_partner_cell *const cell = &row_of(list, row)[c];
        if (!spil_partner_describes(list->columns[c]))
            continue;
        if (cell->text)
            spil_str_addf(out, "%zu:", strlen(cell->text));
        if (cell->text)
            spil_str_add(out, cell->text);
        else
            spil_str_addf(out, "=%.17g", cell->number);
        spil_str_add(out, "\n");
    }
    return spil_str_status(out, err);
}

/* rare[row]: by pseudonym, and fewer than k such rows read as it does. */
static spil_status find_rare(const spil_partner_list *list, size_t k, bool *rare, size_t *count,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_strmap *alike = NULL;
    spil_str text = SPIL_STR_INIT;
    int64_t found;
    *count = 0;
    TRY(spil_strmap_new(&alike, err));
    for (size_t row = 0; row < list->row_count; row++) {
        if (!list->by_pseudonym[row])
            continue;
        TRY(describe(list, row, &text, err));
        found = 0;
        (void)spil_strmap_get(alike, spil_str_text(&text), &found);
        TRY(spil_strmap_put(alike, spil_str_text(&text), found + 1, err));
    }
    for (size_t row = 0; row < list->row_count; row++) {
        rare[row] = false;
        if (!list->by_pseudonym[row])
            continue;
        TRY(describe(list, row, &text, err));
        found = 0;
        (void)spil_strmap_get(alike, spil_str_text(&text), &found);
        rare[row] = found < (int64_t)k;
        *count += rare[row];
    }
done:
    spil_str_free(&text);
    spil_strmap_free(alike);
    return rc;
}

static void withhold(spil_partner_list *list, spil_partner_field field, const char *word,
                     const bool *rare, bool *touched)
{
    for (size_t c = 0; c < list->column_count; c++)
        for (size_t row = 0; list->columns[c] == field && row < list->row_count; row++)
            if (rare[row]) {
                row_of(list, row)[c] = (spil_partner_cell){.text = word};
                touched[row] = true;
            }
}

/* The rows that stay move up; their order, and what it says of their place, stays as it was. */
static void leave_out(spil_partner_list *list, const bool *rare, const bool *touched)
{
    size_t kept = 0;
    for (size_t row = 0; row < list->row_count; row++) {
        if (rare[row]) {
            list->kept_back++;
            list->pseudonyms--;
            list->proposed -= list->by_proposal[row];
            continue;
        }
        list->blurred += touched[row];
        memmove(row_of(list, kept), row_of(list, row), list->column_count * sizeof *list->cells);
        list->by_pseudonym[kept] = list->by_pseudonym[row];
        list->by_proposal[kept] = list->by_proposal[row];
        kept++;
    }
    list->row_count = kept;
}

spil_status spil_partner_guard(spil_partner_list *list, size_t k, const char *word, spil_err *err)
{
    spil_status rc = SPIL_OK;
    bool *rare = NULL, *touched = NULL;
    size_t count = 0;
    TRY(NEW_ARRAY(rare, list->row_count, err));
    TRY(NEW_ARRAY(touched, list->row_count, err));
    TRY(find_rare(list, k, rare, &count, err));
    for (size_t i = 0; count && i < DESCRIBING; i++) {
        withhold(list, describing[i], word, rare, touched);
        TRY(find_rare(list, k, rare, &count, err));
    }
    leave_out(list, rare, touched);
done:
    spil_free(rare);
    spil_free(touched);
    return rc;
}
