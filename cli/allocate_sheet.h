/* allocate_sheet.h - the regions over which hours are divided, from a CSV and from their cases.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_ALLOCATE_SHEET_H
#define SPIL_CLI_ALLOCATE_SHEET_H

#include "engine/base/vec.h"
#include "engine/interventions/allocate.h"

/* Where the numbers of a region come from. */
typedef struct allocate_origin {
    bool harm_assumed, half_assumed; /* their ranges */
    bool from_case;
    double misfit; /* of the case's curve */
} allocate_origin;

typedef struct allocate_sheet {
    SPIL_VEC(spil_allocate_region) regions;
    SPIL_VEC(allocate_origin) origins; /* by region */
    spil_arena *arena;
} allocate_sheet;

/* Clear it in every case. Faulty rows are noted; then SPIL_INPUT. */
spil_status allocate_sheet_read(allocate_sheet *sheet, const char *path,
                                spil_err *err) SPIL_CHECKED;
void allocate_sheet_clear(allocate_sheet *sheet);
/* Numbers whose ranges are assumed. */
size_t allocate_sheet_assumed(const allocate_sheet *sheet);

#endif
