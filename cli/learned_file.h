/* learned_file.h - learned effects as a CSV, written by `spil learn --write` and taken up by
 * `spil analyze --learned`. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_LEARNED_FILE_H
#define SPIL_CLI_LEARNED_FILE_H

#include "engine/base/vec.h"
#include "engine/run/learned.h"

typedef struct spil_learned_file {
    SPIL_VEC(spil_learned) rows;
    spil_arena *arena; /* of the texts */
} spil_learned_file;
void spil_learned_file_free(spil_learned_file *file);

/* model,step,barrier,prior_a,prior_b,works,fails,mean,from; written aside, mode 0600. */
spil_status spil_learned_file_write(const spil_learned_file *file, const char *path,
                                    spil_err *err) SPIL_CHECKED;
/* Every faulty row is noted on stderr; then SPIL_INPUT. `mean` is for people and not read. */
spil_status spil_learned_file_read(spil_learned_file *file, const char *path,
                                   spil_err *err) SPIL_CHECKED;

#endif
