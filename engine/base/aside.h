/* aside.h - a file without a name, for what does not fit in memory.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made with mode 0600 beside a file that is going to grow anyway, and without a name from the
 * start (O_TMPFILE): whatever ends the program, nothing is left. Where the file system has no such
 * files, its name goes as soon as it is made.
 */
#ifndef SPIL_BASE_ASIDE_H
#define SPIL_BASE_ASIDE_H

#include "engine/base/err.h"

typedef struct spil_aside spil_aside;

/* beside: path of the file in whose folder it is made, and which failures name. */
spil_status spil_aside_open(spil_aside **out, const char *beside, spil_err *err) SPIL_CHECKED;
void spil_aside_free(spil_aside *file); /* NULL is allowed */
/* Bytes go to its end. */
spil_status spil_aside_append(spil_aside *file, const void *bytes, size_t length,
                              spil_err *err) SPIL_CHECKED;
/* Bytes that were appended; at: of the first one, from 0. */
spil_status spil_aside_read(const spil_aside *file, uint64_t at, void *out, size_t length,
                            spil_err *err) SPIL_CHECKED;

#endif
