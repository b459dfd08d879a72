/* cmd.h - a subcommand: one file cmd_<name>.c and one row in commands.def.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command fills a static struct of options from argv with a popt table (opt.h), calls the engine
 * and prints (show.h). Errors come back in err and are printed once, by main.
 */
#ifndef SPIL_CLI_CMD_H
#define SPIL_CLI_CMD_H

#include "engine/base/str.h"

typedef struct spil_cmd {
    const char *name, *arguments;     /* "CASE.db FILE..." */
    const char *summary;              /* one line, for the overview */
    const char *details;              /* paragraphs and examples for its own help, wrapped at 80 */
    void (*more_help)(spil_str *out); /* what only the tables of the engine know; NULL: nothing */
    /* argv[0] is the name of the command. *partial: set when it ran but something was rejected or
     * falls short (exit status 1). */
    spil_status (*run)(int argc, const char **argv, bool *partial, spil_err *err);
} spil_cmd;

typedef struct spil_cmd_row {
    const char *group; /* what the user wants to do: heading of the overview */
    const spil_cmd *cmd;
} spil_cmd_row;

#define COMMAND(name, group) extern const spil_cmd spil_cmd_##name;
#include "cli/commands.def"
#undef COMMAND

/* All commands, in the order of commands.def. */
extern const spil_cmd_row spil_cmds[];
extern const size_t spil_cmd_count;

/* SPIL_USAGE, with the nearest name, when there is no such command. */
spil_status spil_cmd_find(const spil_cmd **out, const char *name, spil_err *err) SPIL_CHECKED;

#endif
