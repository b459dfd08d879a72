/* batch.h - `spil run --config FILE`: a run that nobody watches, for a scheduler.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is YAML. `case` and `files` (patterns of a shell, quoted) say what to do, `log` where
 * the words go that would stand on the terminal; every other key is a long option of the command:
 *
 *     case: /var/lib/spil/case.db
 *     files: ["/var/lib/spil/in/2024-??.csv", "/var/lib/spil/in/2025-??.csv.gz"]
 *     out: /var/lib/spil/report
 *     log: /var/lib/spil/spil.log
 *     lang: nl
 *     hours: "police=80,municipality=40"
 *
 * It becomes the words of a command line, so it means what that line would mean. While the batch
 * lives it holds <case>.lock: a second one stops at once (SPIL_LOCKED, exit status 4) instead of
 * waiting for the first.
 */
#ifndef SPIL_CLI_BATCH_H
#define SPIL_CLI_BATCH_H

#include "engine/base/vec.h"

#include <popt.h>

typedef SPIL_VEC(const char *) spil_batch_words;

typedef struct spil_batch {
    spil_batch_words words;    /* the name of the command, then what it is given; once open: NULL */
    spil_batch_words patterns; /* of files, as the batch file has them */
    const char *case_path, *log; /* log: or NULL */
    int lock;                    /* file descriptor, or -1 */
    spil_arena *arena;           /* of all texts */
} spil_batch;

/* The words of the file up to the case, the patterns, the case and the log; touches nothing.
 * Free it in every case. */
spil_status spil_batch_read(spil_batch *batch, const char *path, const char *command,
                            const struct poptOption *options, spil_err *err) SPIL_CHECKED;

/* Reads the file, takes the lock, opens the log (stderr goes there from now on). SPIL_INPUT names
 * file, line and what is wrong; SPIL_NOT_FOUND when no file fits a pattern. Free it in every case.
 */
spil_status spil_batch_open(spil_batch *batch, const char *path, const char *command,
                            const struct poptOption *options, spil_err *err) SPIL_CHECKED;
void spil_batch_free(spil_batch *batch);

#endif
