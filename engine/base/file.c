/* file.c - see file.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/file.h"

#include "engine/base/mem.h"
#include "engine/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct spil_outfile {
    char *path, *aside;
    FILE *stream;
};

static void outfile_free(spil_outfile *file)
{
    spil_free(file->path);
    spil_free(file->aside);
    spil_free(file);
}

static spil_status join(char **out, const char *a, const char *b, const char *c, spil_err *err)
{
    const size_t la = strlen(a), lb = strlen(b), lc = strlen(c);
    char *text = NULL;
    const spil_status rc = NEW_ARRAY(text, la + lb + lc + 1, err);
    if (rc != SPIL_OK)
        return rc;
    memcpy(text, a, la);
    memcpy(text + la, b, lb);
    memcpy(text + la + lb, c, lc);
    *out = text;
    return SPIL_OK;
}

/* Renaming onto a device, a pipe or a folder would put a file in its place: never. */
static spil_status check_replaceable(const char *path, spil_err *err)
{
    struct stat at;
    if (stat(path, &at) != 0 || S_ISREG(at.st_mode))
        return SPIL_OK;
    return spil_fail(err, SPIL_IO, "%s: is %s; expected the name of a file", path,
                     S_ISDIR(at.st_mode) ? "a folder" : "a device or pipe");
}

spil_status spil_outfile_open(spil_outfile **out, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_outfile *file = NULL;
    TRY(check_replaceable(path, err));
    TRY(NEW(file, err));
    TRY(spil_copy_text(&file->path, path, err));
    TRY(join(&file->aside, path, ".tmp-XXXXXX", "", err));
    const int fd = mkstemp(file->aside); /* mode 0600 */
    if (fd < 0) {
        rc = spil_fail_io(err, errno, path);
        goto done;
    }
    file->stream = fdopen(fd, "wb");
    if (!file->stream) {
        rc = spil_fail_io(err, errno, path);
        (void)close(fd);
        (void)unlink(file->aside);
        goto done;
    }
    *out = file;
    file = NULL;
done:
    if (file)
        outfile_free(file);
    return rc;
}

FILE *spil_outfile_stream(spil_outfile *file)
{
    return file->stream;
}

static void sync_folder_of(const char *path)
{
    char *folder = NULL;
    if (spil_copy_text(&folder, path, NULL) != SPIL_OK)
        return;
    char *const slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    const int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY);
    if (fd >= 0) {
        (void)fsync(fd); /* some file systems refuse; the rename itself stands */
        (void)close(fd);
    }
    spil_free(folder);
}

spil_status spil_outfile_commit(spil_outfile *file, spil_err *err)
{
    int failed = 0;
    if (fflush(file->stream) != 0 || ferror(file->stream) || fsync(fileno(file->stream)) != 0)
        failed = errno ? errno : EIO;
    if (fclose(file->stream) != 0 && !failed)
        failed = errno;
    if (!failed && rename(file->aside, file->path) != 0)
        failed = errno;
    spil_status rc = SPIL_OK;
    if (failed) {
        rc = spil_fail_io(err, failed, file->path);
        (void)unlink(file->aside);
    } else {
        sync_folder_of(file->path);
    }
    outfile_free(file);
    return rc;
}

void spil_outfile_abort(spil_outfile *file)
{
    if (!file)
        return;
    (void)fclose(file->stream);
    (void)unlink(file->aside);
    outfile_free(file);
}

spil_status spil_write_file(const char *path, const char *text, size_t length, spil_err *err)
{
    spil_outfile *file = NULL;
    const spil_status rc = spil_outfile_open(&file, path, err);
    if (rc != SPIL_OK)
        return rc;
    (void)fwrite(text, 1, length, file->stream); /* a failure shows in commit */
    return spil_outfile_commit(file, err);
}

spil_status spil_read_file(char **out, size_t *length, const char *path, size_t max_bytes,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    FILE *const stream = fopen(path, "rb");
    if (!stream)
        return errno == ENOENT ? spil_fail(err, SPIL_NOT_FOUND, "%s: no such file", path)
                               : spil_fail_io(err, errno, path);
    char chunk[1 << 14];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, stream)) > 0) {
        if (got > max_bytes - text.length) {
            rc = spil_fail(err, SPIL_LIMIT, "%s: larger than %zu bytes", path, max_bytes);
            goto done;
        }
        spil_str_add_n(&text, chunk, got);
    }
    if (ferror(stream)) {
        rc = spil_fail_io(err, errno, path);
        goto done;
    }
    spil_str_add_n(&text, "", 0);
    TRY(spil_str_status(&text, err));
    *out = text.text;
    *length = text.length;
    text = (spil_str)SPIL_STR_INIT;
done:
    (void)fclose(stream);
    spil_str_free(&text);
    return rc;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

spil_status spil_make_folder(const char *path, spil_err *err)
{
    char *part = NULL;
    spil_status rc = spil_copy_text(&part, path, err);
    if (rc != SPIL_OK)
        return rc;
    for (char *slash = part + 1;; slash++) {
        const char kept = *slash;
        if (kept != '/' && kept != '\0')
            continue;
        *slash = '\0';
        if (mkdir(part, 0700) != 0 && !(errno == EEXIST && is_folder(part))) {
            rc = spil_fail_io(err, errno == EEXIST ? ENOTDIR : errno, part);
            break;
        }
        *slash = kept;
        if (kept == '\0')
            break;
    }
    spil_free(part);
    return rc;
}

spil_status spil_path_join(char **out, const char *folder, const char *name, spil_err *err)
{
    return join(out, folder, "/", name, err);
}

const char *spil_path_name(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
