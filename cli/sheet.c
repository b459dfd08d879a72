/* sheet.c - see sheet.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sheet.h"

#include "cli/show.h"
#include "loaders/text_reader.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS_MOST = 32 };

struct spil_sheet_row {
    const spil_sheet *sheet;
    const char *path;
    const spil_row *row;
    size_t at[COLUMNS_MOST]; /* 1-based; 0: the sheet lacks it */
    size_t faults, width, rows;
    bool comma_parts;
};

const char *spil_sheet_cell(const spil_sheet_row *row, size_t column)
{
    assert(column < row->sheet->column_count);
    const char *const text = row->at[column] ? row->row->fields[row->at[column] - 1] : "";
    return text[0] == '\'' && text[1] ? text + 1 : text;
}

uint64_t spil_sheet_line(const spil_sheet_row *row)
{
    return row->row->line;
}

const char *spil_sheet_path(const spil_sheet_row *row)
{
    return row->path;
}

void spil_sheet_fault(spil_sheet_row *row, size_t column, const char *expected)
{
    row->faults++;
    spil_note("%s:%llu: %s '%.60s'; expected %s", row->path, (unsigned long long)row->row->line,
              row->sheet->columns[column].name, spil_sheet_cell(row, column), expected);
}

bool spil_sheet_number(spil_sheet_row *row, size_t column, double least, double most, double none,
                       double *out)
{
    char text[64] = "", expected[96];
    const char *const cell = spil_sheet_cell(row, column);
    double value = none;
    if (*cell) {
        (void)snprintf(text, sizeof text, "%s", cell);
        char *const comma = row->comma_parts ? NULL : strchr(text, ',');
        if (comma)
            *comma = '.';
        if (strlen(cell) >= sizeof text || !spil_parse_double(text, &value))
            value = (double)NAN;
    }
    if (value >= least && value <= most) {
        *out = value;
        return true;
    }
    (void)snprintf(expected, sizeof expected, "a number from %g to %g", least, most);
    spil_sheet_fault(row, column, expected);
    return false;
}

bool spil_yes_no(const char *text, bool *out)
{
    static const char *const words[] = {"no", "yes", "nee", "ja", "0", "1", "false", "true"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (spil_text_equal_nocase(text, words[i])) {
            *out = i % 2 == 1;
            return true;
        }
    return false;
}

bool spil_sheet_yes_no(spil_sheet_row *row, size_t column, bool *out)
{
    if (spil_yes_no(spil_sheet_cell(row, column), out))
        return true;
    spil_sheet_fault(row, column, "yes or no");
    return false;
}

static spil_status read_header(spil_sheet_row *r, spil_err *err)
{
    const spil_sheet *const s = r->sheet;
    for (size_t c = 0; c < s->column_count; c++) {
        for (size_t f = 0; f < r->row->count; f++)
            if (spil_text_equal_nocase(r->row->fields[f], s->columns[c].name))
                r->at[c] = f + 1;
        if (s->columns[c].needed && !r->at[c])
            return spil_fail(err, SPIL_INPUT,
                             "%s:%llu: there is no column '%s'; expected those of %s", r->path,
                             (unsigned long long)r->row->line, s->columns[c].name, s->made_by);
    }
    r->width = r->row->count;
    return SPIL_OK;
}

static spil_status read_row(spil_sheet_row *r, spil_err *err)
{
    if (r->row->reason) {
        r->faults++;
        spil_note("%s:%llu: %s", r->path, (unsigned long long)r->row->line, r->row->reason);
        return SPIL_OK;
    }
    if (r->width == 0)
        return read_header(r, err);
    r->rows++;
    if (r->row->count == r->width)
        return r->sheet->each(r, r->sheet->user, err);
    r->faults++;
    spil_note("%s:%llu: %zu values; expected %zu, as in the header", r->path,
              (unsigned long long)r->row->line, r->row->count, r->width);
    return SPIL_OK;
}

spil_status spil_sheet_read(const spil_sheet *sheet, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_text_reader *reader = NULL;
    spil_row row = {0};
    spil_sheet_row r = {.sheet = sheet, .path = path, .row = &row};
    bool got = false;
    assert(sheet->column_count <= COLUMNS_MOST);
    TRY(spil_text_reader_open(&reader, path, err));
    r.comma_parts = spil_text_reader_delimiter(reader) == ',';
    for (;;) {
        TRY(spil_text_reader_next(reader, &row, &got, err));
        if (!got)
            break;
        TRY(read_row(&r, err));
    }
    if (r.faults)
        rc = spil_fail(err, SPIL_INPUT, "%s: %zu row%s cannot be taken; %s", path, r.faults,
                       r.faults == 1 ? "" : "s", sheet->left_alone);
    else if (r.rows == 0)
        rc = spil_fail(err, SPIL_INPUT, "%s: there is no row below the header", path);
done:
    spil_text_reader_free(reader);
    return rc;
}
