/* cmd.c - see cmd.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd.h"

#include "cli/suggest.h"

#include <string.h>

const spil_cmd_row spil_cmds[] = {
#define COMMAND(name, group) {group, &spil_cmd_##name},
#include "cli/commands.def"
#undef COMMAND
};
const size_t spil_cmd_count = sizeof spil_cmds / sizeof *spil_cmds;

spil_status spil_cmd_find(const spil_cmd **out, const char *name, spil_err *err)
{
    spil_suggestion near = spil_suggest_for(name);
    for (size_t i = 0; i < spil_cmd_count; i++) {
        if (strcmp(spil_cmds[i].cmd->name, name) == 0) {
            *out = spil_cmds[i].cmd;
            return SPIL_OK;
        }
        spil_suggest_weigh(&near, spil_cmds[i].cmd->name);
    }
    return near.best ? spil_fail(err, SPIL_USAGE, "there is no command '%s'; did you mean '%s'?",
                                 name, near.best)
                     : spil_fail(err, SPIL_USAGE, "there is no command '%s'; see spil help", name);
}
