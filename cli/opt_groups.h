/* opt_groups.h - options that several commands share: of an import, of an analysis, of a list.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A group is a table for OPT_GROUP and a check that turns what was given into the options of the
 * engine. A program runs one command, so what was given is static.
 */
#ifndef SPIL_CLI_OPT_GROUPS_H
#define SPIL_CLI_OPT_GROUPS_H

#include "cli/opt.h"
#include "loaders/loader.h"

extern struct poptOption spil_import_options[];
spil_status spil_import_given(spil_import_opts *opts, spil_err *err) SPIL_CHECKED;
/* The loaders, the kinds of link and entity: for help. */
void spil_import_more_help(spil_str *out);

#endif
