/* fuzz_text_reader.c - any bytes as rows; what was read, written with every value in quotes, reads
 * back the same. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/str.h"
#include "engine/base/text.h"
#include "loaders/limits.h"
#include "loaders/text_reader.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

enum { HEAD = 9000 }; /* comment lines: so long is the piece that is looked at for binary bytes */

static void check_row(const spil_row *row, uint64_t line_before)
{
    MUST(row->line > line_before);
    MUST(row->reason ? row->count == 0 : row->count <= SPIL_MAX_COLUMNS);
    for (size_t i = 0; i < row->count; i++) {
        const size_t length = strlen(row->fields[i]);
        MUST(length <= SPIL_MAX_FIELD);
        MUST(spil_utf8_valid(row->fields[i], length));
    }
}

static void add_quoted(spil_str *out, const spil_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        spil_str_add(out, i ? ",\"" : "\"");
        for (const char *c = row->fields[i]; *c; c++)
            spil_str_add_n(out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
        spil_str_add(out, "\"");
    }
    spil_str_add(out, "\n");
}

/* The good rows with values, quoted, behind a head of comments; how many. */
static size_t rewrite(const void *bytes, size_t size, spil_str *out)
{
    spil_text_reader *reader = NULL;
    size_t rows = 0;
    spil_err err = SPIL_ERR_INIT;
    spil_status rc = spil_text_reader_open_memory(&reader, "x", bytes, size, &err);
    bool got = rc == SPIL_OK;
    uint64_t line = 0;
    while (got) {
        spil_row row;
        rc = spil_text_reader_next(reader, &row, &got, &err);
        if (rc != SPIL_OK || !got)
            break;
        check_row(&row, line);
        line = row.line;
        if (row.count > 0) {
            add_quoted(out, &row);
            rows++;
        }
    }
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    spil_text_reader_free(reader);
    return rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_str once = SPIL_STR_INIT, twice = SPIL_STR_INIT;
    for (int i = 0; i < HEAD / 10; i++)
        spil_str_add(&once, "#--------\n");
    const size_t head = once.length;
    const size_t rows = rewrite(data, size, &once);
    if (rows > 0 && once.length - head < SPIL_MAX_LINE) {
        MUST(rewrite(once.text, once.length, &twice) == rows);
        MUST(strcmp(once.text + head, spil_str_text(&twice)) == 0);
    }
    spil_str_free(&once);
    spil_str_free(&twice);
    return 0;
}
