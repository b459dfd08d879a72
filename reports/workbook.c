/* workbook.c - see workbook.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/workbook.h"

#include "engine/base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define BYTES_MOST ((size_t)256 << 20)

static lxw_format *format(lxw_workbook *book, const char *number, bool bold, bool wrap, bool *good)
{
    lxw_format *const made = workbook_add_format(book);
    if (!made) {
        *good = false;
        return NULL;
    }
    format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
    if (number)
        format_set_num_format(made, number);
    if (bold) {
        format_set_bold(made);
        format_set_bottom(made, LXW_BORDER_THIN);
    }
    if (bold || wrap)
        format_set_text_wrap(made);
    return made;
}

/* The file at path is complete when this returns SPIL_OK. */
static spil_status write_at(const char *path, const char *name, spil_day created,
                            bool (*fill)(const spil_workbook *workbook, void *user), void *user,
                            spil_err *err)
{
    bool good = true;
    spil_workbook w = {.book = workbook_new(path)};
    if (!w.book)
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory while opening a workbook");
    w.head = format(w.book, NULL, true, true, &good);
    w.plain = format(w.book, NULL, false, false, &good);
    w.wrap = format(w.book, NULL, false, true, &good);
    w.percent = format(w.book, "0.0%", false, false, &good);
    w.number = format(w.book, "#,##0.##", false, false, &good);
    lxw_doc_properties properties = {.created =
                                         (time_t)(created == SPIL_NO_DAY ? 1 : created) * 86400};
    good = good && workbook_set_properties(w.book, &properties) == LXW_NO_ERROR;
    good = good && fill(&w, user);
    good = workbook_close(w.book) == LXW_NO_ERROR && good; /* frees it in every case */
    return good ? SPIL_OK
                : spil_fail(err, SPIL_IO, "%s: could not be put together (disk full?)", name);
}

spil_status spil_workbook_write(spil_str *out, const char *name, spil_day created,
                                bool (*fill)(const spil_workbook *workbook, void *user), void *user,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL, *bytes = NULL;
    size_t length = 0;
    int fd = -1;
    const char *const folder = getenv("TMPDIR");
    TRY(spil_path_join(&path, folder && *folder ? folder : "/tmp", "spil-XXXXXX", err));
    fd = mkstemp(path); /* mode 0600, and it stays so */
    if (fd < 0) {
        rc = spil_fail_io(err, errno, path);
        goto done;
    }
    TRY(write_at(path, name, created, fill, user, err));
    TRY(spil_read_file(&bytes, &length, path, BYTES_MOST, err));
    spil_str_add_n(out, bytes, length);
    TRY(spil_str_status(out, err));
done:
    if (fd >= 0) {
        (void)close(fd);
        (void)unlink(path);
    }
    spil_free(bytes);
    spil_free(path);
    return rc;
}
