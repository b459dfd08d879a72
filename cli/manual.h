/* manual.h - the help of a command as a man page, and its options for a shell that completes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One source: what --help prints. `spil COMMAND --help-man` prints the page spil-COMMAND(1),
 * `spil help --help-man` the page spil(1), `spil COMMAND --help-options` the options, one a line.
 */
#ifndef SPIL_CLI_MANUAL_H
#define SPIL_CLI_MANUAL_H

#include "cli/cmd.h"

#include <popt.h>

void spil_print_manual(const spil_cmd *cmd, const struct poptOption *options);
void spil_print_manual_overview(void);
void spil_print_option_names(const struct poptOption *options);

#endif
