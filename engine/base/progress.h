/* progress.h - how far the work is, and whether the user asked to stop.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kernel gets `spil_progress *` (NULL allowed), steps it and asks for a stop between items; any
 * thread may do so. What is shown, and where, is the caller's affair: cli/ draws a line on a
 * terminal.
 */
#ifndef SPIL_BASE_PROGRESS_H
#define SPIL_BASE_PROGRESS_H

#include "engine/base/err.h"

#include <stdatomic.h>

typedef struct spil_progress {
    /* Called now and then (by one thread at a time) with 0 <= done <= total; total 0 = unknown. */
    void (*show)(const char *label, uint64_t done, uint64_t total, void *user);
    void *user;
    const char *label;
    uint64_t total;
    atomic_uint_fast64_t done;
    atomic_uint_fast64_t next_show;
    atomic_flag showing;
} spil_progress;

void spil_progress_begin(spil_progress *progress, const char *label, uint64_t total);
void spil_progress_step(spil_progress *progress, uint64_t items);
void spil_progress_end(spil_progress *progress);

/* Set by the signal handler of the program (async-signal-safe), by tests, and by nobody else. */
void spil_request_stop(void);
void spil_clear_stop(void);
bool spil_stop_requested(void);
/* SPIL_CANCELLED with a text when a stop was requested, else SPIL_OK. */
spil_status spil_check_stop(spil_err *err) SPIL_CHECKED;

#endif
