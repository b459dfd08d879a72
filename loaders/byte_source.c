/* byte_source.c - see byte_source.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * zlib's inflate rather than gzread: gzread passes rubbish behind the data over in silence and
 * cannot read from memory, and the fuzz targets must reach this code too.
 */
#include "loaders/byte_source.h"
#include "loaders/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

enum { PACKED_CHUNK = SPIL_READ_CHUNK, GZIP_WINDOW = 15 + 16 };

struct spil_byte_source {
    char *path;
    FILE *file;                  /* NULL: memory */
    const unsigned char *memory; /* the rest of it */
    size_t memory_left;
    const unsigned char *memory_start;
    uint64_t size, taken, inflated;
    z_stream packed;
    bool looked, gzip, in_member;
    unsigned char chunk[PACKED_CHUNK]; /* packed bytes; packed.next_in points into it */
};

/* ---- raw bytes ---- */

static spil_status take_raw(spil_byte_source *source, void *out, size_t room, size_t *got,
                            spil_err *err)
{
    if (source->file) {
        errno = 0;
        *got = fread(out, 1, room, source->file);
        if (*got < room && ferror(source->file))
            return spil_fail_io(err, errno ? errno : EIO, source->path);
    } else {
        *got = room < source->memory_left ? room : source->memory_left;
        memcpy(out, source->memory, *got);
        source->memory += *got;
        source->memory_left -= *got;
    }
    source->taken += *got;
    return SPIL_OK;
}

/* Fills the chunk behind what is still unread in it. */
static spil_status refill(spil_byte_source *source, spil_err *err)
{
    z_stream *const z = &source->packed;
    if (z->avail_in > 0)
        memmove(source->chunk, z->next_in, z->avail_in);
    size_t got = 0;
    const spil_status rc = take_raw(source, source->chunk + z->avail_in,
                                    sizeof source->chunk - z->avail_in, &got, err);
    z->next_in = source->chunk;
    z->avail_in += (uInt)got;
    return rc;
}

/* ---- opening ---- */

static voidpf zlib_alloc(voidpf user, uInt items, uInt size)
{
    (void)user;
    void *block = NULL;
    return spil_alloc(&block, items, size, NULL) == SPIL_OK ? block : Z_NULL;
}

static void zlib_free(voidpf user, voidpf block)
{
    (void)user;
    spil_free(block);
}

static spil_status new_source(spil_byte_source **out, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_byte_source *source = NULL;
    TRY(NEW(source, err));
    TRY(spil_copy_text(&source->path, path, err));
    source->packed.zalloc = zlib_alloc;
    source->packed.zfree = zlib_free;
    *out = source;
    source = NULL;
done:
    spil_byte_source_free(source);
    return rc;
}

spil_status spil_byte_source_open(spil_byte_source **out, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_byte_source *source = NULL;
    struct stat info;
    TRY(new_source(&source, path, err));
    if (stat(path, &info) != 0) {
        rc = errno == ENOENT || errno == ENOTDIR
                 ? spil_fail(err, SPIL_NOT_FOUND, "%s: no such file", path)
                 : spil_fail_io(err, errno, path);
        goto done;
    }
    if (!S_ISREG(info.st_mode)) {
        rc = spil_fail(err, SPIL_INPUT, "%s: %s, expected a file", path,
                       S_ISDIR(info.st_mode) ? "this is a folder" : "this is not a plain file");
        goto done;
    }
    source->size = (uint64_t)info.st_size;
    source->file = fopen(path, "rb");
    if (!source->file) {
        rc = spil_fail_io(err, errno, path);
        goto done;
    }
    *out = source;
    source = NULL;
done:
    spil_byte_source_free(source);
    return rc;
}

spil_status spil_byte_source_memory(spil_byte_source **out, const char *name, const void *bytes,
                                    size_t length, spil_err *err)
{
    spil_byte_source *source = NULL;
    const spil_status rc = new_source(&source, name, err);
    if (rc != SPIL_OK)
        return rc;
    source->memory = source->memory_start = bytes;
    source->memory_left = length;
    source->size = length;
    *out = source;
    return SPIL_OK;
}

spil_status spil_byte_source_again(spil_byte_source **out, const spil_byte_source *source,
                                   spil_err *err)
{
    return source->file ? spil_byte_source_open(out, source->path, err)
                        : spil_byte_source_memory(out, source->path, source->memory_start,
                                                  (size_t)source->size, err);
}

void spil_byte_source_free(spil_byte_source *source)
{
    if (!source)
        return;
    if (source->gzip)
        (void)inflateEnd(&source->packed);
    if (source->file)
        (void)fclose(source->file);
    spil_free(source->path);
    spil_free(source);
}

/* ---- gzip ---- */

static bool is_gzip(const z_stream *z)
{
    return z->avail_in >= 2 && z->next_in[0] == 0x1f && z->next_in[1] == 0x8b;
}

/* The first bytes tell whether the file is packed. */
static spil_status look(spil_byte_source *source, spil_err *err)
{
    source->looked = true;
    const spil_status rc = refill(source, err);
    if (rc != SPIL_OK || !is_gzip(&source->packed))
        return rc;
    if (inflateInit2(&source->packed, GZIP_WINDOW) != Z_OK)
        return spil_fail(err, SPIL_NO_MEMORY, "%s: out of memory while unpacking", source->path);
    source->gzip = true;
    source->in_member = true;
    return SPIL_OK;
}

static spil_status check_bomb(const spil_byte_source *source, spil_err *err)
{
    const uint64_t packed = spil_byte_source_position(source);
    if (source->inflated > SPIL_MAX_INFLATED ||
        (source->inflated > SPIL_BOMB_FROM && source->inflated / SPIL_BOMB_RATIO > packed))
        return spil_fail(err, SPIL_LIMIT,
                         "%s: %llu packed bytes unpack to more than %llu: refused, this is no "
                         "ordinary export (limits: %u bytes out of one, 16 GiB in all)",
                         source->path, (unsigned long long)packed,
                         (unsigned long long)source->inflated, (unsigned)SPIL_BOMB_RATIO);
    return SPIL_OK;
}

/* Between members: another member, zero padding, or the end. */
static spil_status next_member(spil_byte_source *source, bool *ended, spil_err *err)
{
    z_stream *const z = &source->packed;
    spil_status rc = SPIL_OK;
    for (;;) {
        if (z->avail_in < 2)
            TRY(refill(source, err));
        while (z->avail_in > 0 && *z->next_in == 0) {
            z->next_in++;
            z->avail_in--;
        }
        if (z->avail_in > 1)
            break;
        const uint64_t before = source->taken;
        TRY(refill(source, err));
        if (source->taken == before)
            break;
    }
    *ended = z->avail_in == 0;
    if (*ended)
        goto done;
    if (!is_gzip(z) || inflateReset(z) != Z_OK)
        rc = spil_fail(err, SPIL_INPUT,
                       "%s: the gzip data end at byte %llu but something else follows: "
                       "damaged; copy or export the file again",
                       source->path, (unsigned long long)spil_byte_source_position(source));
    source->in_member = true;
done:
    return rc;
}

static spil_status inflate_some(spil_byte_source *source, spil_err *err)
{
    z_stream *const z = &source->packed;
    const int code = inflate(z, Z_NO_FLUSH);
    const unsigned long long at = spil_byte_source_position(source);
    switch (code) {
    case Z_OK:
    case Z_BUF_ERROR: /* wants more input or room: the caller gives it */
        return SPIL_OK;
    case Z_STREAM_END:
        source->in_member = false;
        return SPIL_OK;
    case Z_MEM_ERROR:
        return spil_fail(err, SPIL_NO_MEMORY, "%s: out of memory while unpacking", source->path);
    default:
        return spil_fail(err, SPIL_INPUT,
                         "%s: damaged gzip data at byte %llu (%s); copy or export the file again",
                         source->path, at, z->msg ? z->msg : "unknown format");
    }
}

static spil_status read_gzip(spil_byte_source *source, char *out, size_t room, size_t *got,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    z_stream *const z = &source->packed;
    z->next_out = (unsigned char *)out;
    z->avail_out = (uInt)room;
    while (z->avail_out == room) {
        if (!source->in_member) {
            bool ended = false;
            TRY(next_member(source, &ended, err));
            if (ended)
                break;
        }
        if (z->avail_in == 0) {
            TRY(refill(source, err));
            if (z->avail_in == 0) {
                rc = spil_fail(err, SPIL_INPUT,
                               "%s: the gzip file is truncated: it stops at byte %llu, in the "
                               "middle of the data; copy or export the file again",
                               source->path, (unsigned long long)source->taken);
                goto done;
            }
        }
        TRY(inflate_some(source, err));
    }
    *got = room - z->avail_out;
    source->inflated += *got;
    TRY(check_bomb(source, err));
done:
    return rc;
}

/* ---- reading ---- */

spil_status spil_byte_source_read(spil_byte_source *source, char *out, size_t room, size_t *got,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!source->looked)
        TRY(look(source, err));
    if (source->gzip)
        return read_gzip(source, out, room, got, err);
    z_stream *const z = &source->packed;
    if (z->avail_in > 0) { /* what look() took */
        *got = room < z->avail_in ? room : z->avail_in;
        memcpy(out, z->next_in, *got);
        z->next_in += *got;
        z->avail_in -= (uInt)*got;
        return SPIL_OK;
    }
    TRY(take_raw(source, out, room, got, err));
done:
    return rc;
}

spil_status spil_byte_source_rewind(spil_byte_source *source, spil_err *err)
{
    if (source->file && fseek(source->file, 0, SEEK_SET) != 0)
        return spil_fail_io(err, errno, source->path);
    source->memory = source->memory_start;
    source->memory_left = source->file ? 0 : (size_t)source->size;
    if (source->gzip)
        (void)inflateEnd(&source->packed);
    source->packed = (z_stream){.zalloc = zlib_alloc, .zfree = zlib_free};
    source->taken = source->inflated = 0;
    source->looked = source->gzip = source->in_member = false;
    return SPIL_OK;
}

uint64_t spil_byte_source_size(const spil_byte_source *source)
{
    return source->size;
}

uint64_t spil_byte_source_position(const spil_byte_source *source)
{
    return source->taken - source->packed.avail_in;
}
