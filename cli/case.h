/* case.h - opening a case, with an error that tells the user what to do.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_CASE_H
#define SPIL_CLI_CASE_H

#include "engine/store/store.h"

/* As spil_store_open. */
spil_status spil_case_open(spil_store **out, const char *path, spil_store_mode mode,
                           spil_err *err) SPIL_CHECKED;

#endif
