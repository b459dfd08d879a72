/* opt_groups.h - options that several commands share: of an import, an analysis, a list.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A group is a table for OPT_GROUP and a check that turns what was given into the options of the
 * engine. A program runs one command, so what was given is static.
 */
#ifndef SPIL_CLI_OPT_GROUPS_H
#define SPIL_CLI_OPT_GROUPS_H

#include "cli/opt.h"
#include "engine/run/analysis.h"
#include "loaders/loader.h"
#include "reports/report.h"

extern struct poptOption spil_import_options[];
spil_status spil_import_given(spil_import_opts *opts, spil_err *err) SPIL_CHECKED;
/* The loaders, the kinds of link and entity: for help. */
void spil_import_more_help(spil_str *out);

/* Seed, draws and the like; sets the number of threads too. spil_community_options are the part
 * of them that communities hang on. */
extern struct poptOption spil_analysis_options[], spil_community_options[];
spil_status spil_analysis_given(spil_analysis_opts *opts, spil_err *err) SPIL_CHECKED;
/* What is scored, when it is not what the method finds: part of spil_analysis_options, read by the
 * commands that score. NULL: nothing was stated. Caller: spil_scope_free. */
extern struct poptOption spil_scope_options[];
spil_status spil_scope_given(spil_scope **out, spil_err *err) SPIL_CHECKED;

/* Hours of the partners, money, wishes, length and language of the list. *wishes: caller frees, in
 * every case; opts borrow it. */
extern struct poptOption spil_list_options[];
spil_status spil_list_given(spil_list_opts *opts, struct spil_wishes **wishes, spil_lang *lang,
                            spil_err *err) SPIL_CHECKED;
/* The partners: for help. */
void spil_list_more_help(spil_str *out);

/* "  a, b, c" in lines of 80 at most; *column starts at 0. */
void spil_help_word(spil_str *out, size_t *column, const char *word, bool last);

#endif
