/* allocate_sheet.c - see allocate_sheet.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/allocate_sheet.h"

#include "cli/case.h"
#include "cli/sheet.h"
#include "engine/run/returns.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    REGION,
    INHABITANTS,
    HARM,
    HARM_LOW,
    HARM_HIGH,
    HALF,
    HALF_LOW,
    HALF_HIGH,
    REACH,
    CASE,
    COLUMNS
};
static const spil_sheet_column sheet_columns[COLUMNS] = {
    {"region", true},     {"inhabitants", true}, {"harm", false},     {"harm_low", false},
    {"harm_high", false}, {"half_hours", false}, {"half_low", false}, {"half_high", false},
    {"reach", false},     {"case", false}};

/* The number in `column` with its ends in the two after it; without ends: half and twice, which is
 * *assumed. An empty one is that of the case, where there is a case. */
static bool read_number(spil_sheet_row *row, size_t column, const spil_allocate_number *of_case,
                        spil_allocate_number *out, bool *assumed)
{
    const double least = 1e-9, most = 1e12;
    if (of_case && !*spil_sheet_cell(row, column)) {
        *out = *of_case;
        return true;
    }
    if (!spil_sheet_number(row, column, least, most, (double)NAN, &out->mid))
        return false;
    const bool low = *spil_sheet_cell(row, column + 1), high = *spil_sheet_cell(row, column + 2);
    if (low != high) {
        spil_sheet_fault(row, column + (low ? 2 : 1), "a number beside the other end, or neither");
        return false;
    }
    *assumed = !low;
    return spil_sheet_number(row, column + 1, least, out->mid, out->mid / 2, &out->low) &&
           spil_sheet_number(row, column + 2, out->mid, most, out->mid * 2, &out->high);
}

/* The case that the row names; a fault of the row when it says nothing. */
static bool read_case(spil_sheet_row *row, spil_returns *out)
{
    spil_store *store = NULL;
    spil_err why = SPIL_ERR_INIT;
    spil_status rc = spil_case_open(&store, spil_sheet_cell(row, CASE), SPIL_STORE_READ, &why);
    if (rc == SPIL_OK)
        rc = spil_returns_find(out, store, &why);
    spil_store_close(store);
    if (rc != SPIL_OK) {
        char expected[sizeof why.msg + 40];
        (void)snprintf(expected, sizeof expected, "a case with an analysis (%s)", why.msg);
        spil_sheet_fault(row, CASE, expected);
    }
    return rc == SPIL_OK;
}

static bool has_region(const allocate_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->regions.count; i++)
        if (strcmp(sheet->regions.items[i].name, name) == 0)
            return true;
    return false;
}

static spil_status read_region(spil_sheet_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    allocate_sheet *const sheet = user;
    spil_allocate_region region = {.reach = 1};
    spil_returns of_case = {.reach = 1};
    const char *const name = spil_sheet_cell(row, REGION);
    allocate_origin from = {.from_case = *spil_sheet_cell(row, CASE) != '\0'};
    if (!*name || has_region(sheet, name)) {
        spil_sheet_fault(row, REGION, *name ? "each region once" : "a name");
        return SPIL_OK;
    }
    if (from.from_case && !read_case(row, &of_case))
        return SPIL_OK;
    from.misfit = of_case.misfit;
    bool fine = spil_sheet_number(row, INHABITANTS, 0, 1e12, (double)NAN, &region.inhabitants);
    fine = read_number(row, HARM, from.from_case ? &of_case.harm : NULL, &region.harm,
                       &from.harm_assumed) &&
           fine;
    fine = read_number(row, HALF, from.from_case ? &of_case.half : NULL, &region.half,
                       &from.half_assumed) &&
           fine;
    fine = spil_sheet_number(row, REACH, 1e-6, 1, of_case.reach, &region.reach) && fine;
    if (!fine)
        return SPIL_OK;
    TRY(spil_arena_text(sheet->arena, &region.name, name, strlen(name), err));
    TRY(VEC_PUSH(sheet->regions, region, err));
    rc = VEC_PUSH(sheet->origins, from, err);
done:
    return rc;
}

size_t allocate_sheet_assumed(const allocate_sheet *sheet)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->origins.count; i++)
        count +=
            (size_t)sheet->origins.items[i].harm_assumed + sheet->origins.items[i].half_assumed;
    return count;
}

void allocate_sheet_clear(allocate_sheet *sheet)
{
    spil_free(sheet->regions.items);
    spil_free(sheet->origins.items);
    spil_arena_free(sheet->arena);
}

spil_status allocate_sheet_read(allocate_sheet *sheet, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_arena_new(&sheet->arena, err));
    rc = spil_sheet_read(&(spil_sheet){.columns = sheet_columns,
                                       .column_count = COLUMNS,
                                       .made_by = "spil help allocate",
                                       .left_alone = "nothing was divided",
                                       .each = read_region,
                                       .user = sheet},
                         path, err);
done:
    return rc;
}
