/* progress.c - see progress.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/progress.h"

static atomic_bool stop_flag; /* lock-free on every machine we build for, so safe in a handler */

enum { SHOWS_PER_RUN = 200, SHOW_EVERY_UNKNOWN = 4096 };

static uint64_t stride(const spil_progress *progress)
{
    if (progress->total == 0)
        return SHOW_EVERY_UNKNOWN;
    const uint64_t items = progress->total / SHOWS_PER_RUN;
    return items ? items : 1;
}

void spil_progress_begin(spil_progress *progress, const char *label, uint64_t total)
{
    if (!progress)
        return;
    progress->label = label;
    progress->total = total;
    atomic_store(&progress->done, 0);
    atomic_store(&progress->next_show, 0);
    atomic_flag_clear(&progress->showing);
    spil_progress_step(progress, 0);
}

void spil_progress_step(spil_progress *progress, uint64_t items)
{
    if (!progress || !progress->show)
        return;
    const uint64_t done = atomic_fetch_add(&progress->done, items) + items;
    if (done < atomic_load_explicit(&progress->next_show, memory_order_relaxed))
        return;
    if (atomic_flag_test_and_set(&progress->showing))
        return; /* another thread is drawing */
    atomic_store(&progress->next_show, done + stride(progress));
    progress->show(progress->label, done, progress->total, progress->user);
    atomic_flag_clear(&progress->showing);
}

void spil_progress_end(spil_progress *progress)
{
    if (progress && progress->show)
        progress->show(NULL, atomic_load(&progress->done), progress->total, progress->user);
}

void spil_request_stop(void)
{
    atomic_store(&stop_flag, true);
}

void spil_clear_stop(void)
{
    atomic_store(&stop_flag, false);
}

bool spil_stop_requested(void)
{
    return atomic_load_explicit(&stop_flag, memory_order_relaxed);
}

spil_status spil_check_stop(spil_err *err)
{
    return spil_stop_requested() ? spil_fail(err, SPIL_CANCELLED, "stopped on request") : SPIL_OK;
}
