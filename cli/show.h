/* show.h - what the program says: results on stdout, all else on stderr.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_SHOW_H
#define SPIL_CLI_SHOW_H

#include "engine/base/progress.h"
#include "engine/run/table.h"

/* How much stands on stderr: with SPIL_QUIET errors alone, with SPIL_VERBOSE also each stage when
 * it is done, on a terminal or not. */
typedef enum spil_loudness { SPIL_QUIET, SPIL_USUAL, SPIL_VERBOSE } spil_loudness;
void spil_set_loudness(spil_loudness loudness);
spil_loudness spil_loudness_now(void);

/* The line that a command fails with: on stderr, always. */
void spil_say_error(const char *format, ...) SPIL_PRINTF(1, 2);
/* A line on stderr, not when quiet. Control characters in it become '?': names come from the data.
 */
void spil_note(const char *format, ...) SPIL_PRINTF(1, 2);
/* From now on each such line begins with the time, UTC: for a log. */
void spil_note_times(bool on);
/* A line on stdout, likewise; for people, never beside csv or json. */
void spil_tell(const char *format, ...) SPIL_PRINTF(1, 2);

/* A text that holds data, to stdout as it is. main looks whether it was written. */
void spil_put(const spil_str *text);
/* To stdout. JSON: {"command": ..., "shape": 1, <members>, "rows": [...]}, where members is NULL
 * or JSON text such as "\"weighted\": false". */
spil_status spil_show_table(const spil_table *table, spil_table_format format, const char *command,
                            const char *members, spil_err *err) SPIL_CHECKED;

/* A line that tells how far the work is, with its rate and the time left; on a terminal only, and
 * never where TERM is dumb. NO_COLOR takes its colour away. NULL when nobody would
 * see it: no terminal and not verbose, or quiet. */
spil_progress *spil_meter(void);
/* Takes what is drawn off the line; every message on stderr does so first. */
void spil_meter_wipe(void);

#endif
