/* digest.h - SHA-256 of files and texts, as lower-case hexadecimal (libsodium).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BASE_DIGEST_H
#define SPIL_BASE_DIGEST_H

#include "engine/base/err.h"

#include <sodium.h>

#define SPIL_DIGEST_TEXT 65 /* 64 hexadecimal digits and a NUL */

typedef struct spil_digest {
    crypto_hash_sha256_state state;
} spil_digest;

void spil_digest_begin(spil_digest *digest);
void spil_digest_add(spil_digest *digest, const void *bytes, size_t length);
/* Adds the text and its closing NUL, so that ("ab","c") and ("a","bc") differ. */
void spil_digest_add_text(spil_digest *digest, const char *text);
void spil_digest_end(spil_digest *digest, char out[SPIL_DIGEST_TEXT]);

spil_status spil_digest_file(const char *path, char out[SPIL_DIGEST_TEXT], uint64_t *bytes,
                             spil_err *err) SPIL_CHECKED;

#endif
