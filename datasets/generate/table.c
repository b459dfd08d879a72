/* table.c - see table.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/table.h"

#include "engine/base/file.h"
#include "engine/base/str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { FULL = 1 << 16 };

struct spil_gen_table {
    spil_outfile *file;
    gzFile packed; /* NULL: plain */
    spil_str text; /* not yet written */
    char *path;
    bool begun; /* the row has a field */
    bool failed;
    int failed_errno;
};

spil_status spil_gen_table_open(spil_gen_table **out, const char *folder, const char *name,
                                bool gzip, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_gen_table *table = NULL;
    char file[64];
    (void)snprintf(file, sizeof file, "%s.csv%s", name, gzip ? ".gz" : "");
    TRY(NEW(table, err));
    TRY(spil_path_join(&table->path, folder, file, err));
    TRY(spil_outfile_open(&table->file, table->path, err));
    if (gzip) {
        /* a second descriptor, since closing the packed stream closes what it was given */
        const int fd = dup(fileno(spil_outfile_stream(table->file)));
        table->packed = fd < 0 ? NULL : gzdopen(fd, "wb6");
        if (!table->packed) {
            rc = spil_fail_io(err, errno ? errno : ENOMEM, table->path);
            if (fd >= 0)
                (void)close(fd);
            goto done;
        }
    }
    *out = table;
    table = NULL;
done:
    spil_gen_table_abort(table);
    return rc;
}

static void flush(spil_gen_table *table)
{
    const char *const text = spil_str_text(&table->text);
    const size_t length = table->text.length;
    if (length == 0 || table->failed)
        return;
    errno = 0;
    if (table->packed ? gzwrite(table->packed, text, (unsigned)length) != (int)length
                      : fwrite(text, 1, length, spil_outfile_stream(table->file)) != length) {
        table->failed = true;
        table->failed_errno = errno ? errno : EIO;
    }
    spil_str_clear(&table->text);
}

static void separate(spil_gen_table *table)
{
    if (table->begun)
        spil_str_add(&table->text, ",");
    table->begun = true;
}

void spil_gen_field(spil_gen_table *table, const char *text)
{
    separate(table);
    if (!text[strcspn(text, ",\"\r\n")]) {
        spil_str_add(&table->text, text);
        return;
    }
    spil_str_add(&table->text, "\"");
    for (const char *c = text; *c; c++)
        spil_str_add_n(&table->text, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    spil_str_add(&table->text, "\"");
}

void spil_gen_field_count(spil_gen_table *table, uint64_t number)
{
    separate(table);
    spil_str_addf(&table->text, "%llu", (unsigned long long)number);
}

void spil_gen_field_share(spil_gen_table *table, double number)
{
    separate(table);
    spil_str_addf(&table->text, "%.2f", number);
}

void spil_gen_field_day(spil_gen_table *table, spil_day day)
{
    char text[16];
    spil_format_day(day, text);
    spil_gen_field(table, text);
}

void spil_gen_end_row(spil_gen_table *table)
{
    spil_str_add(&table->text, "\n");
    table->begun = false;
    if (table->text.length >= FULL)
        flush(table);
}

static void table_free(spil_gen_table *table)
{
    spil_str_free(&table->text);
    spil_free(table->path);
    spil_free(table);
}

spil_status spil_gen_table_commit(spil_gen_table *table, spil_err *err)
{
    spil_status rc = spil_str_status(&table->text, err);
    flush(table);
    if (table->packed && gzclose(table->packed) != Z_OK && !table->failed) {
        table->failed = true;
        table->failed_errno = errno ? errno : EIO;
    }
    if (rc == SPIL_OK && table->failed)
        rc = spil_fail_io(err, table->failed_errno, table->path);
    if (rc == SPIL_OK)
        rc = spil_outfile_commit(table->file, err);
    else
        spil_outfile_abort(table->file);
    table_free(table);
    return rc;
}

void spil_gen_table_abort(spil_gen_table *table)
{
    if (!table)
        return;
    if (table->packed)
        (void)gzclose(table->packed);
    spil_outfile_abort(table->file);
    table_free(table);
}
