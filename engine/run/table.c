/* table.c - see table.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells stand row after row in one array; texts live in an arena. Widths count what a terminal
 * shows (utf8proc: East Asian wide characters take two places, combining marks none).
 */
#include "engine/run/table.h"

#include "engine/base/vec.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <utf8proc.h>

enum { WIDEST_TEXT = 44 };

typedef union cell {
    double number;
    const char *text;
} cell;

struct spil_table {
    spil_table_column *columns;
    size_t column_count, row_count;
    SPIL_VEC(cell) cells;
    spil_arena *arena;
    bool failed;
};

spil_status spil_table_new(spil_table **out, const spil_table_column *columns, size_t count,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(NEW(table, err));
    TRY(NEW_ARRAY(table->columns, count, err));
    memcpy(table->columns, columns, count * sizeof *columns);
    table->column_count = count;
    TRY(spil_arena_new(&table->arena, err));
    *out = table;
    table = NULL;
done:
    spil_table_free(table);
    return rc;
}

void spil_table_free(spil_table *table)
{
    if (!table)
        return;
    spil_free(table->columns);
    spil_free(table->cells.items);
    spil_arena_free(table->arena);
    spil_free(table);
}

/* ---- filling ---- */

static void push(spil_table *table, cell value)
{
    if (!table->failed && VEC_PUSH(table->cells, value, NULL) != SPIL_OK)
        table->failed = true;
}

static bool is_complete(const spil_table *table)
{
    return table->failed || table->cells.count == table->row_count * table->column_count;
}

void spil_table_row(spil_table *table)
{
    assert(is_complete(table));
    table->row_count++;
}

void spil_table_text(spil_table *table, const char *text)
{
    const char *copy = NULL;
    if (text && spil_arena_text(table->arena, &copy, text, strlen(text), NULL) != SPIL_OK)
        table->failed = true;
    push(table, (cell){.text = copy});
}

void spil_table_number(spil_table *table, double value)
{
    push(table, (cell){.number = value});
}

void spil_table_count(spil_table *table, uint64_t value)
{
    spil_table_number(table, (double)value);
}

size_t spil_table_rows(const spil_table *table)
{
    return table->row_count;
}

bool spil_table_format_find(const char *name, spil_table_format *out)
{
    static const char *const names[] = {"table", "csv", "json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (spil_table_format)i;
            return true;
        }
    }
    return false;
}

/* ---- texts ---- */

/* Control characters, and those that turn the direction of writing. */
static bool drives_terminal(utf8proc_int32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x061c || code == 0x200e ||
           code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

void spil_add_json_text(spil_str *out, const char *text)
{
    spil_str_add(out, "\"");
    while (*text) {
        utf8proc_int32_t code = 0;
        const utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
        if (step <= 0)
            spil_str_add(out, "\\ufffd"); /* a path may hold any bytes */
        else if (code == '"' || code == '\\')
            spil_str_addf(out, "\\%c", (char)code);
        else if (drives_terminal(code))
            spil_str_addf(out, "\\u%04x", (unsigned)code);
        else
            spil_str_add_n(out, text, (size_t)step);
        text += step > 0 ? step : 1;
    }
    spil_str_add(out, "\"");
}

void spil_add_csv_text(spil_str *out, const char *text)
{
    if (!strpbrk(text, "\",\r\n") && text[0] != ' ') {
        spil_str_add(out, text);
        return;
    }
    spil_str_add(out, "\"");
    for (const char *p = text; *p; p++)
        spil_str_add(out, *p == '"' ? "\"\"" : (const char[]){*p, '\0'});
    spil_str_add(out, "\"");
}

/* Next character of a text that may hold anything: its bytes, and '?' for what does not print. */
static utf8proc_ssize_t next_shown(const char *text, const char **shown, utf8proc_ssize_t *length,
                                   int *width)
{
    utf8proc_int32_t code = 0;
    utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
    const bool good = step > 0 && !drives_terminal(code);
    if (step <= 0)
        step = 1;
    *shown = good ? text : "?";
    *length = good ? step : 1;
    *width = good ? utf8proc_charwidth(code) : 1;
    return step;
}

void spil_add_plain_text(spil_str *out, const char *text)
{
    while (*text) {
        const char *shown = NULL;
        utf8proc_ssize_t length = 0;
        int width = 0;
        text += next_shown(text, &shown, &length, &width);
        spil_str_add_n(out, shown, (size_t)length);
    }
}

/* The text as it goes into a table: plain, cut at so many places. Returns its width. */
static size_t add_cut_text(spil_str *out, const char *text, size_t widest)
{
    size_t places = 0, cut_at = out->length, cut_places = 0;
    while (*text && !out->failed) {
        const char *shown = NULL;
        utf8proc_ssize_t length = 0;
        int width = 0;
        text += next_shown(text, &shown, &length, &width);
        if (places + (size_t)width > widest) {
            out->length = cut_at;
            out->text[cut_at] = '\0';
            spil_str_add(out, "...");
            return cut_places + 3;
        }
        spil_str_add_n(out, shown, (size_t)length);
        places += (size_t)width;
        if (places + 3 <= widest) {
            cut_at = out->length;
            cut_places = places;
        }
    }
    return places;
}

/* ---- writing ---- */

static bool is_shown(const spil_table_column *column, spil_table_format format)
{
    switch (column->shown) {
    case SPIL_SHOWN_PEOPLE:
        return format == SPIL_FORMAT_TABLE;
    case SPIL_SHOWN_PROGRAMS:
        return format != SPIL_FORMAT_TABLE;
    case SPIL_SHOWN_ALWAYS:
        break;
    }
    return true;
}

static bool has_value(const spil_table_column *column, cell value)
{
    return column->kind == SPIL_COLUMN_TEXT ? value.text != NULL : isfinite(value.number) != 0;
}

static void add_exact_number(spil_str *out, const spil_table_column *column, double number)
{
    if (column->kind == SPIL_COLUMN_WHOLE)
        spil_str_addf(out, "%.0f", number);
    else
        spil_str_addf(out, "%.10g", number);
}

/* Returns the width of the cell as people see it. */
static size_t add_people_cell(spil_str *out, const spil_table_column *column, cell value)
{
    if (!has_value(column, value)) {
        spil_str_add(out, "-");
        return 1;
    }
    if (column->kind == SPIL_COLUMN_TEXT)
        return add_cut_text(out, value.text, column->places ? (size_t)column->places : WIDEST_TEXT);
    const size_t before = out->length;
    if (column->kind == SPIL_COLUMN_WHOLE)
        spil_str_addf(out, "%.0f", value.number);
    else if (column->places > 0)
        spil_str_addf(out, "%.*f", column->places, value.number);
    else if (column->places < 0)
        spil_str_addf(out, "%#.*g", -column->places, value.number);
    else
        spil_str_addf(out, "%.6g", value.number);
    return out->length - before;
}

static size_t add_heading(spil_str *out, const spil_table_column *column)
{
    const size_t before = out->length;
    spil_str_add(out, column->label ? column->label : column->name);
    if (column->unit)
        spil_str_addf(out, " (%s)", column->unit);
    const size_t bytes = out->length - before;
    size_t places = bytes;
    for (size_t i = before; i < out->length; i++)
        places -= ((unsigned char)out->text[i] & 0xc0) == 0x80;
    return places;
}

/* row SIZE_MAX: the headings. */
static size_t add_cell(const spil_table *table, size_t row, size_t column, spil_str *out)
{
    if (row == SIZE_MAX)
        return add_heading(out, &table->columns[column]);
    return add_people_cell(out, &table->columns[column],
                           table->cells.items[row * table->column_count + column]);
}

static void add_people_row(const spil_table *table, size_t row, const size_t *width, size_t last,
                           spil_str *scratch, spil_str *out)
{
    for (size_t c = 0; c <= last; c++) {
        if (!is_shown(&table->columns[c], SPIL_FORMAT_TABLE))
            continue;
        spil_str_clear(scratch);
        const size_t pad = width[c] - add_cell(table, row, c, scratch);
        const bool left = table->columns[c].kind == SPIL_COLUMN_TEXT;
        if (!left)
            spil_str_addf(out, "%*s", (int)pad, "");
        spil_str_add(out, spil_str_text(scratch));
        if (c < last)
            spil_str_addf(out, "%*s", (int)(left ? pad + 2 : 2), "");
    }
    while (!out->failed && out->text[out->length - 1] == ' ')
        out->text[--out->length] = '\0';
    spil_str_add(out, "\n");
}

static spil_status write_people(const spil_table *table, spil_str *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *width = NULL, last = 0;
    spil_str scratch = SPIL_STR_INIT;
    TRY(NEW_ARRAY(width, table->column_count, err));
    for (size_t c = 0; c < table->column_count; c++) {
        if (!is_shown(&table->columns[c], SPIL_FORMAT_TABLE))
            continue;
        last = c;
        width[c] = add_cell(table, SIZE_MAX, c, &scratch);
        for (size_t r = 0; r < table->row_count; r++) {
            spil_str_clear(&scratch);
            const size_t places = add_cell(table, r, c, &scratch);
            width[c] = places > width[c] ? places : width[c];
        }
        spil_str_clear(&scratch);
    }
    TRY(spil_str_status(&scratch, err));
    add_people_row(table, SIZE_MAX, width, last, &scratch, out);
    for (size_t r = 0; r < table->row_count; r++)
        add_people_row(table, r, width, last, &scratch, out);
    rc = spil_str_status(&scratch, err);
done:
    spil_str_free(&scratch);
    spil_free(width);
    return rc;
}

static void write_csv(const spil_table *table, spil_str *out)
{
    for (size_t r = 0; r <= table->row_count; r++) {
        bool first = true;
        for (size_t c = 0; c < table->column_count; c++) {
            const spil_table_column *const column = &table->columns[c];
            if (!is_shown(column, SPIL_FORMAT_CSV))
                continue;
            spil_str_add(out, first ? "" : ",");
            first = false;
            if (r == 0) {
                spil_add_csv_text(out, column->name);
                continue;
            }
            const cell value = table->cells.items[(r - 1) * table->column_count + c];
            if (!has_value(column, value))
                continue;
            if (column->kind == SPIL_COLUMN_TEXT)
                spil_add_csv_text(out, value.text);
            else
                add_exact_number(out, column, value.number);
        }
        spil_str_add(out, "\n");
    }
}

static void write_json(const spil_table *table, spil_str *out)
{
    spil_str_add(out, "[");
    for (size_t r = 0; r < table->row_count; r++) {
        spil_str_add(out, r ? ",\n  {" : "\n  {");
        bool first = true;
        for (size_t c = 0; c < table->column_count; c++) {
            const spil_table_column *const column = &table->columns[c];
            if (!is_shown(column, SPIL_FORMAT_JSON))
                continue;
            const cell value = table->cells.items[r * table->column_count + c];
            spil_str_add(out, first ? "" : ", ");
            first = false;
            spil_add_json_text(out, column->name);
            spil_str_add(out, ": ");
            if (!has_value(column, value))
                spil_str_add(out, "null");
            else if (column->kind == SPIL_COLUMN_TEXT)
                spil_add_json_text(out, value.text);
            else
                add_exact_number(out, column, value.number);
        }
        spil_str_add(out, "}");
    }
    spil_str_add(out, table->row_count ? "\n]" : "]");
}

spil_status spil_table_write(const spil_table *table, spil_table_format format, spil_str *out,
                             spil_err *err)
{
    assert(is_complete(table));
    if (table->failed)
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory while building a table");
    spil_status rc = SPIL_OK;
    switch (format) {
    case SPIL_FORMAT_TABLE:
        rc = write_people(table, out, err);
        break;
    case SPIL_FORMAT_CSV:
        write_csv(table, out);
        break;
    case SPIL_FORMAT_JSON:
        write_json(table, out);
        break;
    }
    return rc == SPIL_OK ? spil_str_status(out, err) : rc;
}
