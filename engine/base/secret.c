/* secret.c - see secret.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/secret.h"
#include "engine/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "spil key 1\n"
enum { KEY_BYTES = crypto_generichash_KEYBYTES, FILE_BYTES = sizeof HEAD - 1 + 2 * KEY_BYTES + 1 };

struct spil_secret {
    unsigned char key[KEY_BYTES];
    char mark[SPIL_SECRET_MARK];
};

static spil_status ready(spil_err *err)
{
    return sodium_init() < 0 ? spil_fail(err, SPIL_IO, "libsodium cannot start") : SPIL_OK;
}

/* ---- making ---- */

static spil_status write_all(int file, const char *text, size_t length, const char *path,
                             spil_err *err)
{
    while (length > 0) {
        const ssize_t wrote = write(file, text, length);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return spil_fail_io(err, errno, path);
        text += wrote;
        length -= (size_t)wrote;
    }
    return fsync(file) == 0 ? SPIL_OK : spil_fail_io(err, errno, path);
}

spil_status spil_secret_make(const char *path, spil_err *err)
{
    unsigned char key[KEY_BYTES];
    char text[FILE_BYTES + 1] = HEAD;
    spil_status rc = ready(err);
    if (rc != SPIL_OK)
        return rc;
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return errno == EEXIST
                   ? spil_fail(err, SPIL_INPUT, "%s: there is a file of that name already", path)
                   : spil_fail_io(err, errno, path);
    randombytes_buf(key, sizeof key);
    (void)sodium_bin2hex(text + sizeof HEAD - 1, 2 * KEY_BYTES + 1, key, sizeof key);
    text[FILE_BYTES - 1] = '\n';
    rc = write_all(file, text, FILE_BYTES, path, err);
    sodium_memzero(key, sizeof key);
    sodium_memzero(text, sizeof text);
    if (close(file) != 0 && rc == SPIL_OK)
        rc = spil_fail_io(err, errno, path);
    if (rc != SPIL_OK)
        (void)unlink(path);
    return rc;
}

/* ---- reading ---- */

static spil_status check_file(int file, const char *path, spil_err *err)
{
    struct stat info;
    if (fstat(file, &info) != 0)
        return spil_fail_io(err, errno, path);
    if (!S_ISREG(info.st_mode))
        return spil_fail(err, SPIL_INPUT, "%s: this is no ordinary file", path);
    const unsigned mode = (unsigned)info.st_mode & 0777u;
    if (mode & 0177u)
        return spil_fail(err, SPIL_INPUT,
                         "%s: its mode is %04o; a key that others may read or change is no key: "
                         "chmod 600 '%s', or make a new one when others may have seen it",
                         path, mode, path);
    return SPIL_OK;
}

static spil_status read_all(int file, const char *path, char text[FILE_BYTES + 2], spil_err *err)
{
    size_t length = 0;
    while (length < FILE_BYTES + 1) {
        const ssize_t got = read(file, text + length, FILE_BYTES + 1 - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return spil_fail_io(err, errno, path);
        if (got == 0)
            break;
        length += (size_t)got;
    }
    text[length] = '\0';
    if (length != FILE_BYTES || memcmp(text, HEAD, sizeof HEAD - 1) != 0 ||
        text[FILE_BYTES - 1] != '\n')
        return spil_fail(err, SPIL_INPUT,
                         "%s: this is no key of Spil; make one with: spil key new FILE", path);
    return SPIL_OK;
}

static spil_status take_key(spil_secret *secret, const char *text, const char *path, spil_err *err)
{
    size_t length = 0;
    const char *const digits = text + sizeof HEAD - 1;
    if (sodium_hex2bin(secret->key, sizeof secret->key, digits, (size_t)2 * KEY_BYTES, NULL,
                       &length, NULL) != 0 ||
        length != KEY_BYTES)
        return spil_fail(err, SPIL_INPUT, "%s:2: expected %d hexadecimal digits", path,
                         2 * KEY_BYTES);
    char hash[SPIL_SECRET_HASH];
    spil_secret_hash(secret, "mark", "", hash);
    memcpy(secret->mark, hash, sizeof secret->mark - 1);
    return SPIL_OK;
}

spil_status spil_secret_read(spil_secret **out, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_secret *secret = NULL;
    char text[FILE_BYTES + 2];
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return errno == ENOENT ? spil_fail(err, SPIL_NOT_FOUND, "%s: no such key file", path)
                               : spil_fail_io(err, errno, path);
    TRY(ready(err));
    TRY(check_file(file, path, err));
    TRY(NEW(secret, err));
    TRY(read_all(file, path, text, err));
    TRY(take_key(secret, text, path, err));
    *out = secret;
    secret = NULL;
done:
    sodium_memzero(text, sizeof text);
    spil_secret_free(secret);
    (void)close(file);
    return rc;
}

void spil_secret_free(spil_secret *secret)
{
    if (!secret)
        return;
    sodium_memzero(secret, sizeof *secret);
    spil_free(secret);
}

const char *spil_secret_mark(const spil_secret *secret)
{
    return secret->mark;
}

void spil_secret_hash(const spil_secret *secret, const char *what, const char *text,
                      char out[SPIL_SECRET_HASH])
{
    unsigned char hash[(SPIL_SECRET_HASH - 1) / 2];
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, secret->key, sizeof secret->key, sizeof hash);
    (void)crypto_generichash_update(&state, (const unsigned char *)what, strlen(what) + 1);
    (void)crypto_generichash_update(&state, (const unsigned char *)text, strlen(text));
    (void)crypto_generichash_final(&state, hash, sizeof hash);
    (void)sodium_bin2hex(out, SPIL_SECRET_HASH, hash, sizeof hash);
    sodium_memzero(&state, sizeof state);
}
