/* aside.c - see aside.h. SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE */
#include "engine/base/aside.h"

#include "engine/base/mem.h"
#include "engine/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct spil_aside {
    int fd; /* -1: none */
    uint64_t length;
    char *beside;
};

void spil_aside_free(spil_aside *file)
{
    if (!file)
        return;
    if (file->fd >= 0)
        (void)close(file->fd);
    spil_free(file->beside);
    spil_free(file);
}

/* A file that never has a name; -1 where the file system knows none. path: of a file in the folder,
 * cut to the folder. */
static int open_nameless(char *path)
{
    char *const slash = strrchr(path, '/');
    if (slash)
        slash[slash == path ? 1 : 0] = '\0';
    return open(slash ? path : ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

/* A file whose name goes at once; -1: errno says why. */
static int open_and_unlink(char *path)
{
    const int fd = mkstemp(path); /* mode 0600 */
    if (fd >= 0)
        (void)unlink(path);
    return fd;
}

spil_status spil_aside_open(spil_aside **out, const char *beside, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_aside *file = NULL;
    char *folder = NULL;
    spil_str path = SPIL_STR_INIT;
    TRY(NEW(file, err));
    file->fd = -1;
    TRY(spil_copy_text(&file->beside, beside, err));
    TRY(spil_copy_text(&folder, beside, err));
    spil_str_addf(&path, "%s.aside-XXXXXX", beside);
    TRY(spil_str_status(&path, err));
    file->fd = open_nameless(folder);
    if (file->fd < 0)
        file->fd = open_and_unlink(path.text);
    if (file->fd < 0) {
        rc = spil_fail_io(err, errno, beside);
        goto done;
    }
    *out = file;
    file = NULL;
done:
    spil_str_free(&path);
    spil_free(folder);
    spil_aside_free(file);
    return rc;
}

spil_status spil_aside_append(spil_aside *file, const void *bytes, size_t length, spil_err *err)
{
    const char *from = bytes;
    while (length > 0) {
        const ssize_t put = pwrite(file->fd, from, length, (off_t)file->length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return spil_fail_io(err, errno, file->beside);
        from += put;
        length -= (size_t)put;
        file->length += (uint64_t)put;
    }
    return SPIL_OK;
}

spil_status spil_aside_read(const spil_aside *file, uint64_t at, void *out, size_t length,
                            spil_err *err)
{
    char *to = out;
    while (length > 0) {
        const ssize_t got = pread(file->fd, to, length, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) /* it ends before it should */
            return spil_fail_io(err, got < 0 ? errno : EIO, file->beside);
        to += got;
        length -= (size_t)got;
        at += (uint64_t)got;
    }
    return SPIL_OK;
}
