/* limits.h - how much of a file is believed. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing a file says about its own size is trusted: memory stays within these bounds whatever the
 * bytes are. docs/loaders.md repeats the figures for the analyst.
 */
#ifndef SPIL_LOADERS_LIMITS_H
#define SPIL_LOADERS_LIMITS_H

#ifdef SPIL_FUZZING /* small, so that the short inputs of a fuzzer reach them */
enum {
    SPIL_MAX_LINE = 1500,
    SPIL_MAX_FIELD = 200,
    SPIL_MAX_COLUMNS = 40,
    SPIL_READ_CHUNK = 64,
};
#else
enum {
    SPIL_MAX_LINE = 1 << 20,  /* bytes of a line, and of a record that spans lines (1 MiB) */
    SPIL_MAX_FIELD = 1 << 16, /* bytes of a value (64 KiB) */
    SPIL_MAX_COLUMNS = 4096,  /* values in a row */
    SPIL_READ_CHUNK = 1 << 16 /* bytes that are read at once */
};
#endif

enum {
    SPIL_MAX_QUOTED_LINES = 64, /* lines that one quoted value may span */
    SPIL_MAX_KEY = 256,         /* bytes of an entity's key, a code or an identifier */
    SPIL_MAX_NESTING = 32,      /* levels of JSON */
    SPIL_MAX_FIELDS = 200,      /* names of JSON fields that are told apart when they are dropped */
    SPIL_MAX_REJECT_RAW = 1000, /* bytes of a bad row that are kept */
    SPIL_MAX_MAPPING = 1 << 20, /* bytes of a mapping file */
    SPIL_BOMB_RATIO = 250       /* inflated bytes a packed byte, once SPIL_BOMB_FROM is passed */
};

/* Bytes of a network that is read as a whole, unpacked. */
#ifdef SPIL_FUZZING
#define SPIL_MAX_GRAPH ((size_t)1 << 16)
#else
#define SPIL_MAX_GRAPH ((size_t)64 << 20)
#endif
#define SPIL_BOMB_FROM (UINT64_C(64) << 20) /* 64 MiB: small files may be as dense as they like */
#define SPIL_MAX_INFLATED (UINT64_C(16) << 30) /* 16 GiB out of one gzip file */

#endif
