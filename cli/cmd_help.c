/* cmd_help.c - `spil help [COMMAND]`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/manual.h"
#include "cli/opt.h"

#include <stdio.h>
#include <string.h>

static struct {
    int man, names;
} given;

static const struct poptOption options[] = {
    OPT_FLAG("man", given.man, "the overview as a manual page"),
    OPT_FLAG("names", given.names, "the names of the commands, one a line"),
    OPT_HELP,
    OPT_END,
};

static void print_names(void)
{
    for (size_t i = 0; i < spil_cmd_count; i++)
        printf("%s\n", spil_cmds[i].cmd->name);
}

static void print_overview(void)
{
    const char *group = "";
    printf("usage: spil COMMAND ...\n\n"
           "Spil finds the pivots of criminal collaborations: it reads who is linked to whom,\n"
           "holds the communities in that network against barrier models, and proposes which\n"
           "intervention, by which partner, hurts them most. What it proposes, people decide.\n");
    for (size_t i = 0; i < spil_cmd_count; i++) {
        if (strcmp(group, spil_cmds[i].group) != 0)
            printf("\n%s\n", group = spil_cmds[i].group);
        printf("  %-12s %s\n", spil_cmds[i].cmd->name, spil_cmds[i].cmd->summary);
    }
    printf("\nspil help COMMAND tells more of one. A first try, with the example that ships:\n"
           "  spil run region.db datasets/examples/region/*.csv --out region-report\n");
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_cmd *asked = NULL;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_help, options, argc, argv, 0, 1, err));
    if (argc > 1 && strncmp(argv[1], "--help-", 7) == 0)
        goto done; /* the manual page or the options of this command */
    if (given.man || given.names) {
        if (given.man)
            spil_print_manual_overview();
        else
            print_names();
        goto done;
    }
    if (args.helped || args.count == 0) {
        print_overview();
        goto done;
    }
    TRY(spil_cmd_find(&asked, args.words[0], err));
    const char *again[] = {asked->name, "--help", NULL};
    rc = asked->run(2, again, partial, err);
done:
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "these commands, or all about one of them",
    .details = "Shows all commands, or how to use one of them.",
    .run = run,
};
