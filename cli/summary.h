/* summary.h - what an import and an analysis did, for people and programs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_SUMMARY_H
#define SPIL_CLI_SUMMARY_H

#include "engine/run/analysis.h"
#include "engine/run/table.h"
#include "loaders/loader.h"

/* One row a file. Caller: spil_table_free. */
spil_status spil_import_table(spil_table **out, const spil_import_summary *summary,
                              spil_err *err) SPIL_CHECKED;
/* Sentences on stderr: rejected rows, dropped columns, files imported before, notes. */
void spil_note_import(const spil_import_summary *summary, const char *case_path);
/* The hubs of the case on stderr, the largest by name; nothing when there are none. */
spil_status spil_note_hubs(spil_store *store, spil_err *err) SPIL_CHECKED;
bool spil_import_was_partial(const spil_import_summary *summary);

/* One line of what an analysis did; to stdout, or to stderr where it is not the result. */
spil_status spil_show_analysis(const spil_analysis_summary *summary, bool json,
                               spil_err *err) SPIL_CHECKED;
/* Roles and signals that no model reads, when there are any. */
void spil_note_unread(const spil_analysis_summary *summary);
void spil_note_analysis(const spil_analysis_summary *summary);

#endif
