/* byte_source.h - the bytes of a file, plain or gzip, from disk or from memory.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gzip is told by its first two bytes, not by the name. Truncated or damaged gzip, rubbish after
 * its end and bombs (limits.h) are SPIL_INPUT or SPIL_LIMIT with the place in the file.
 */
#ifndef SPIL_LOADERS_BYTE_SOURCE_H
#define SPIL_LOADERS_BYTE_SOURCE_H

#include "engine/base/mem.h"

typedef struct spil_byte_source spil_byte_source;

/* SPIL_NOT_FOUND when missing, SPIL_INPUT when it is a folder or another thing without an end. */
spil_status spil_byte_source_open(spil_byte_source **out, const char *path,
                                  spil_err *err) SPIL_CHECKED;
/* bytes stay the caller's and must outlive the source; name stands for the path in messages. */
spil_status spil_byte_source_memory(spil_byte_source **out, const char *name, const void *bytes,
                                    size_t length, spil_err *err) SPIL_CHECKED;
void spil_byte_source_free(spil_byte_source *source);

/* The same bytes once more, from the first one, while source stands where it is. */
spil_status spil_byte_source_again(spil_byte_source **out, const spil_byte_source *source,
                                   spil_err *err) SPIL_CHECKED;

/* Up to room bytes into out; *got = 0 at the end alone. */
spil_status spil_byte_source_read(spil_byte_source *source, char *out, size_t room, size_t *got,
                                  spil_err *err) SPIL_CHECKED;
/* Of the file as it lies on disk: its size, and how much of it was read. */
uint64_t spil_byte_source_size(const spil_byte_source *source);
uint64_t spil_byte_source_position(const spil_byte_source *source);
/* Reads again from the first byte. */
spil_status spil_byte_source_rewind(spil_byte_source *source, spil_err *err) SPIL_CHECKED;

#endif
