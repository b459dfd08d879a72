/* target_table.h - the list of targets, for people and programs: `targets` and `run` print it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_TARGET_TABLE_H
#define SPIL_CLI_TARGET_TABLE_H

#include "engine/run/result.h"
#include "engine/run/table.h"
#include "reports/report.h"

/* The first `most`, to stdout. why: the reasons below the table for people. */
spil_status spil_show_targets(const spil_result *result, spil_lang lang, spil_table_format format,
                              size_t most, bool why, spil_err *err) SPIL_CHECKED;

#endif
