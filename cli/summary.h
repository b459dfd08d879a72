/* summary.h - what an import gave, for people and programs: `import` and `run` print it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_SUMMARY_H
#define SPIL_CLI_SUMMARY_H

#include "engine/run/table.h"
#include "loaders/loader.h"

/* One row a file. Caller: spil_table_free. */
spil_status spil_import_table(spil_table **out, const spil_import_summary *summary,
                              spil_err *err) SPIL_CHECKED;
/* Sentences on stderr: rejected rows, dropped columns, files imported before, notes. */
void spil_say_import(const spil_import_summary *summary, const char *case_path);
bool spil_import_was_partial(const spil_import_summary *summary);

#endif
