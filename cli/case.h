/* case.h - opening a case, with an error that tells the user what to do.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_CASE_H
#define SPIL_CLI_CASE_H

#include "engine/run/reopen.h"
#include "engine/store/store.h"

/* As spil_store_open. */
spil_status spil_case_open(spil_store **out, const char *path, spil_store_mode mode,
                           spil_err *err) SPIL_CHECKED;

/* A case with its newest analysis reopened. */
typedef struct spil_case_run {
    spil_store *store;
    spil_reopened it;
} spil_case_run;

/* models: folder, or NULL. Close it in every case. */
spil_status spil_case_run_open(spil_case_run *out, const char *path, spil_store_mode mode,
                               const char *models, spil_err *err) SPIL_CHECKED;
void spil_case_run_close(spil_case_run *run);

#endif
