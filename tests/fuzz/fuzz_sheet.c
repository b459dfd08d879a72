/* fuzz_sheet.c - a sheet that a person filled in. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sheet.h"
#include "cli/show.h"
#include "tests/fuzz/fuzz_file.h"

#include <math.h>

enum { KEY, DONE, HOURS, NOTE, COLUMNS };

static spil_status each(spil_sheet_row *row, void *user, spil_err *err)
{
    (void)err;
    size_t *const rows = user;
    double hours = -1;
    bool done = false;
    ++*rows;
    MUST(spil_sheet_line(row) >= 1);
    for (size_t i = 0; i < COLUMNS; i++)
        MUST(spil_sheet_cell(row, i) != NULL);
    if (spil_sheet_number(row, HOURS, 0, 100, *rows % 2 ? (double)NAN : 0, &hours))
        MUST(hours >= 0 && hours <= 100);
    if (spil_sheet_yes_no(row, DONE, &done) && !done)
        spil_sheet_fault(row, NOTE, "a reason");
    return SPIL_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const spil_sheet_column columns[COLUMNS] = {
        {"key", true}, {"done", true}, {"hours", false}, {"note", false}};
    size_t rows = 0;
    spil_err err = SPIL_ERR_INIT;
    const spil_sheet sheet = {.columns = columns,
                              .column_count = COLUMNS,
                              .made_by = "a fuzz target",
                              .left_alone = "nothing was kept",
                              .each = each,
                              .user = &rows};
    spil_set_loudness(SPIL_QUIET);
    const spil_status rc = spil_sheet_read(&sheet, fuzz_file(data, size), &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    MUST(rc != SPIL_OK || rows > 0);
    return 0;
}
