/* cmd.h - a subcommand: one file cmd_<name>.c and one row in commands.def.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parse fills a static options struct from argv with a popt table; run calls the engine and prints.
 * Errors come back in err and are printed once, by main.
 */
#ifndef SPIL_CLI_CMD_H
#define SPIL_CLI_CMD_H

#include "engine/base/err.h"

typedef struct spil_cmd {
    const char *name, *usage, *summary;
    /* argv[0] is the name of the command. *partial: set when it ran but something was rejected or
     * falls short (exit status 1). */
    spil_status (*run)(int argc, const char **argv, bool *partial, spil_err *err);
} spil_cmd;

extern const spil_cmd *const spil_cmds[];
extern const size_t spil_cmd_count;

#endif
