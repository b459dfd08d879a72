/* secret.h - a key that only its owner can read, and hashes under it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A citizen service number has nine digits: a plain hash of it is undone by trying them all. So
 * numbers and dates of birth are hashed under a key of 256 bits (BLAKE2b keyed, Aumasson,
 * Neves, Wilcox-O'Hearn & Winnerlein 2013; libsodium's crypto_generichash), and the key stays out
 * of the case: who has the case alone cannot find the number, who has the key alone has none.
 * The same number under the same key gives the same hash, in every case and on every machine.
 */
#ifndef SPIL_BASE_SECRET_H
#define SPIL_BASE_SECRET_H

#include "engine/base/err.h"

typedef struct spil_secret spil_secret;

enum { SPIL_SECRET_HASH = 33, SPIL_SECRET_MARK = 9 }; /* hexadecimal digits and a NUL */

/* A new random key in a new file, mode 0600; SPIL_INPUT when path exists already. */
spil_status spil_secret_make(const char *path, spil_err *err) SPIL_CHECKED;
/* SPIL_INPUT when it is no key, or when anybody but its owner may read or write it. */
spil_status spil_secret_read(spil_secret **out, const char *path, spil_err *err) SPIL_CHECKED;
void spil_secret_free(spil_secret *secret); /* wipes it; NULL allowed */

/* Tells keys apart without telling them: a hash of the key; borrowed. */
const char *spil_secret_mark(const spil_secret *secret);
/* what parts kinds of text, so that equal texts of two kinds differ. 128 bits. */
void spil_secret_hash(const spil_secret *secret, const char *what, const char *text,
                      char out[SPIL_SECRET_HASH]);

#endif
