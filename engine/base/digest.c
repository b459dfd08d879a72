/* digest.c - see digest.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/digest.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void spil_digest_begin(spil_digest *digest)
{
    (void)crypto_hash_sha256_init(&digest->state);
}

void spil_digest_add(spil_digest *digest, const void *bytes, size_t length)
{
    (void)crypto_hash_sha256_update(&digest->state, bytes, length);
}

void spil_digest_add_text(spil_digest *digest, const char *text)
{
    spil_digest_add(digest, text, strlen(text) + 1);
}

void spil_digest_end(spil_digest *digest, char out[SPIL_DIGEST_TEXT])
{
    unsigned char raw[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256_final(&digest->state, raw);
    (void)sodium_bin2hex(out, SPIL_DIGEST_TEXT, raw, sizeof raw);
}

spil_status spil_digest_file(const char *path, char out[SPIL_DIGEST_TEXT], uint64_t *bytes,
                             spil_err *err)
{
    FILE *const stream = fopen(path, "rb");
    if (!stream)
        return spil_fail_io(err, errno, path);
    spil_digest digest;
    spil_digest_begin(&digest);
    unsigned char chunk[1 << 15];
    size_t got;
    uint64_t total = 0;
    while ((got = fread(chunk, 1, sizeof chunk, stream)) > 0) {
        spil_digest_add(&digest, chunk, got);
        total += got;
    }
    const int failed = ferror(stream) ? errno : 0;
    (void)fclose(stream);
    if (failed)
        return spil_fail_io(err, failed, path);
    spil_digest_end(&digest, out);
    *bytes = total;
    return SPIL_OK;
}
