/* manual.c - see manual.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain man(7) macros, so that every reader of manual pages takes it.
 */
#include "cli/manual.h"

#include <stdio.h>
#include <string.h>

/* Text of the page: a backslash and a minus mean themselves, and a line never begins with a dot or
 * an apostrophe, which would make a request of it. */
static void put_text(const char *text, size_t length, bool line_start)
{
    for (size_t i = 0; i < length; i++) {
        if (line_start && (text[i] == '.' || text[i] == '\''))
            printf("\\&");
        line_start = text[i] == '\n';
        if (text[i] == '\\')
            printf("\\e");
        else if (text[i] == '-')
            printf("\\-");
        else
            putchar(text[i]);
    }
}

static void put(const char *text)
{
    put_text(text, strlen(text), true);
}

static void heading(const char *name)
{
    printf("\n.SH %s\n", name);
}

/* Paragraphs are parted by empty lines; "examples:" opens what is set as it stands. */
static void put_details(const char *details)
{
    const char *const examples = strstr(details, "examples:\n");
    const char *const example = strstr(details, "example:\n");
    const char *const end = examples ? examples : example ? example : details + strlen(details);
    heading("DESCRIPTION");
    for (const char *at = details; at < end;) {
        const char *const gap = strstr(at, "\n\n");
        const char *const stop = gap && gap < end ? gap : end;
        put_text(at, (size_t)(stop - at), true);
        printf("\n");
        at = stop < end ? stop + 2 : end;
        if (at < end)
            printf(".PP\n");
    }
    if (*end) {
        heading("EXAMPLES");
        printf(".nf\n");
        put(strchr(end, '\n') + 1);
        printf("\n.fi\n");
    }
}

static void put_options(const struct poptOption *options)
{
    for (const struct poptOption *o = options; o->longName || o->arg; o++) {
        if ((o->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE) {
            put_options((const struct poptOption *)o->arg);
            continue;
        }
        printf(".TP\n\\fB%s\\-\\-", o->shortName ? "\\-h\\fR, \\fB" : "");
        put(o->longName);
        printf("\\fR");
        if (o->argDescrip) {
            printf(" \\fI");
            put(o->argDescrip);
            printf("\\fR");
        }
        printf("\n");
        put(o->descrip);
        printf("\n");
    }
}

static void put_status(void)
{
    heading("EXIT STATUS");
    printf("0 done; 1 ran, but something was rejected or falls short; 2 wrong use; 3 bad input;\n"
           "4 the environment (disk, memory, a lock); 130 stopped on request.\n");
}

void spil_print_manual(const spil_cmd *cmd, const struct poptOption *options)
{
    spil_str more = SPIL_STR_INIT;
    printf(".TH \"SPIL\\-");
    for (const char *c = cmd->name; *c; c++)
        printf("%s",
               *c == '-' ? "\\-" : (char[]){(char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c), 0});
    printf("\" 1 \"\" \"spil %s\" \"Spil\"\n", SPIL_VERSION);
    heading("NAME");
    printf("spil\\-");
    put(cmd->name);
    printf(" \\- ");
    put_text(cmd->summary, strlen(cmd->summary), false);
    printf("\n");
    heading("SYNOPSIS");
    printf("\\fBspil ");
    put(cmd->name);
    printf("\\fR ");
    put(cmd->arguments);
    printf(" [options]\n");
    put_details(cmd->details);
    if (cmd->more_help) {
        cmd->more_help(&more);
        heading("MORE");
        printf(".nf\n");
        put(spil_str_text(&more));
        printf(".fi\n");
        spil_str_free(&more);
    }
    heading("OPTIONS");
    put_options(options);
    put_status();
    heading("SEE ALSO");
    printf("\\fBspil\\fR(1)\n");
}

void spil_print_manual_overview(void)
{
    const char *group = "";
    printf(".TH SPIL 1 \"\" \"spil %s\" \"Spil\"\n", SPIL_VERSION);
    heading("NAME");
    printf("spil \\- risk analysis of criminal networks\n");
    heading("SYNOPSIS");
    printf("\\fBspil\\fR COMMAND ...\n");
    heading("DESCRIPTION");
    printf(
        "Spil finds the pivots of criminal collaborations: it reads who is linked to whom, holds\n"
        "the communities in that network against barrier models, and proposes which\n"
        "intervention, by which partner, hurts them most. What it proposes, people decide.\n");
    heading("COMMANDS");
    for (size_t i = 0; i < spil_cmd_count; i++) {
        const spil_cmd *const cmd = spil_cmds[i].cmd;
        if (strcmp(group, spil_cmds[i].group) != 0) {
            printf(".SS ");
            put(group = spil_cmds[i].group);
            printf("\n");
        }
        printf(".TP\n\\fBspil\\-");
        put(cmd->name);
        printf("\\fR(1)\n");
        put(cmd->summary);
        printf("\n");
    }
    put_status();
    heading("ENVIRONMENT");
    printf(".TP\nNO_COLOR\ntakes the colour off the progress line\n.TP\nTERM=dumb\ntakes the line "
           "away\n"
           ".TP\nTMPDIR\nwhere workbooks are put together\n");
}

void spil_print_option_names(const struct poptOption *options)
{
    for (const struct poptOption *o = options; o->longName || o->arg; o++) {
        if ((o->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE)
            spil_print_option_names((const struct poptOption *)o->arg);
        else
            printf("--%s\n", o->longName);
    }
}
