/* file.h - files written aside and renamed, so that a kill leaves the old file or the new one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BASE_FILE_H
#define SPIL_BASE_FILE_H

#include "engine/base/err.h"

#include <stdio.h>

typedef struct spil_outfile spil_outfile;

/* Opens "<path>.tmp-XXXXXX" beside path, mode 0600. Write through spil_outfile_stream. SPIL_IO when
 * path is there and is no regular file. */
spil_status spil_outfile_open(spil_outfile **out, const char *path, spil_err *err) SPIL_CHECKED;
FILE *spil_outfile_stream(spil_outfile *file); /* borrowed */
/* Flush, fsync, rename into place, fsync the folder. Takes file in every case; on failure nothing
 * is left. */
spil_status spil_outfile_commit(spil_outfile *file, spil_err *err) SPIL_CHECKED;
void spil_outfile_abort(spil_outfile *file); /* NULL allowed */

/* The whole text in one go. */
spil_status spil_write_file(const char *path, const char *text, size_t length,
                            spil_err *err) SPIL_CHECKED;
/* The whole file as a NUL-terminated text; SPIL_NOT_FOUND when missing, SPIL_LIMIT when larger than
 * max_bytes. Caller: spil_free. */
spil_status spil_read_file(char **out, size_t *length, const char *path, size_t max_bytes,
                           spil_err *err) SPIL_CHECKED;
/* Makes the folder and its missing parents, mode 0700. */
spil_status spil_make_folder(const char *path, spil_err *err) SPIL_CHECKED;
/* "<folder>/<name>". Caller: spil_free. */
spil_status spil_path_join(char **out, const char *folder, const char *name,
                           spil_err *err) SPIL_CHECKED;
/* The part after the last '/'; borrowed. */
const char *spil_path_name(const char *path);

#endif
