/* csv_file.c - see csv_file.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/csv_file.h"

#include "engine/base/progress.h"
#include "loaders/writer.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

static void next_cell(spil_csv_file *s)
{
    spil_str_add(&s->row, s->fresh ? "" : ",");
    s->fresh = false;
}

static bool needs_guard(const spil_csv_file *s, const char *text)
{
    const char *const from = text + strspn(text, "'");
    if (s->guard == SPIL_GUARD_NONE || !spil_starts_formula(from))
        return false;
    const bool numeric =
        from == text && strchr("+-", *from) && from[1 + strspn(from + 1, "0123456789 .()")] == '\0';
    return s->guard == SPIL_GUARD_ALL || !numeric;
}

void spil_csv_file_text(spil_csv_file *s, const char *text)
{
    const size_t length = strlen(text);
    const bool guarded = needs_guard(s, text);
    const bool quoted =
        strpbrk(text, ",;\"\r\n\t") || text[0] == ' ' || (length > 0 && text[length - 1] == ' ');
    next_cell(s);
    spil_str_add(&s->row, quoted ? "\"" : "");
    spil_str_add(&s->row, guarded ? "'" : "");
    for (const char *at = text; *at;) {
        const size_t plain = strcspn(at, "\"");
        spil_str_add_n(&s->row, at, plain);
        if (at[plain] == '"')
            spil_str_add(&s->row, "\"\"");
        at += plain + (at[plain] == '"');
    }
    spil_str_add(&s->row, quoted ? "\"" : "");
}

void spil_csv_file_number(spil_csv_file *s, double value)
{
    next_cell(s);
    spil_write_number(&s->row, value);
}

void spil_csv_file_whole(spil_csv_file *s, uint64_t value)
{
    next_cell(s);
    spil_str_addf(&s->row, "%" PRIu64, value);
}

void spil_csv_file_day(spil_csv_file *s, spil_day day)
{
    char text[16];
    spil_format_day(day, text);
    spil_csv_file_text(s, text);
}

spil_status spil_csv_file_end_row(spil_csv_file *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str_add(&s->row, "\n");
    TRY(spil_str_status(&s->row, err));
    errno = 0;
    if (fwrite(s->row.text, 1, s->row.length, spil_outfile_stream(s->file)) != s->row.length) {
        rc = spil_fail_io(err, errno ? errno : EIO, s->path);
        goto done;
    }
    spil_str_clear(&s->row);
    s->fresh = true;
    rc = spil_check_stop(err);
done:
    return rc;
}

spil_status spil_csv_file_open(spil_csv_file *s, const char *folder, const char *name,
                               const char *header, spil_csv_guard guard, spil_err *err)
{
    spil_status rc = SPIL_OK;
    s->fresh = true;
    s->guard = guard;
    TRY(spil_path_join(&s->path, folder, name, err));
    TRY(spil_outfile_open(&s->file, s->path, err));
    if (header) {
        spil_str_add(&s->row, header);
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

spil_status spil_csv_file_commit(spil_csv_file *s, spil_err *err)
{
    spil_outfile *const file = s->file;
    s->file = NULL;
    return spil_outfile_commit(file, err);
}

void spil_csv_file_drop(spil_csv_file *s)
{
    spil_outfile_abort(s->file);
    spil_str_free(&s->row);
    spil_free(s->path);
    *s = (spil_csv_file){0};
}
