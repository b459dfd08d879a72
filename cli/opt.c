/* opt.c - see opt.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/opt.h"

#include "cli/manual.h"
#include "cli/show.h"
#include "cli/suggest.h"
#include "engine/base/par.h"

#include <stdio.h>
#include <string.h>

enum { OPTION_HELP = 1, OPTION_QUIET, OPTION_VERBOSE };

const struct poptOption spil_common_options[] = {
    {"quiet", '\0', POPT_ARG_NONE, NULL, OPTION_QUIET, "say nothing but results and errors", NULL},
    {"verbose", '\0', POPT_ARG_NONE, NULL, OPTION_VERBOSE,
     "also say how long each stage took, at what rate", NULL},
    {"help", 'h', POPT_ARG_NONE, NULL, OPTION_HELP, "show this text", NULL},
    OPT_END,
};

/* ---- help ---- */

static void print_options(const struct poptOption *options)
{
    for (const struct poptOption *o = options; o->longName || o->arg; o++) {
        if ((o->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE) {
            print_options((const struct poptOption *)o->arg);
            continue;
        }
        char name[64];
        const char *const value = o->argDescrip;
        const int width = snprintf(name, sizeof name, "%s--%s%s%s", o->shortName ? "-h, " : "",
                                   o->longName, value ? " " : "", value ? value : "");
        printf("  %s", name);
        /* Lines of a longer text are indented alike. */
        const char *text = o->descrip;
        for (int column = width; text; column = 0) {
            const size_t line = strcspn(text, "\n");
            printf("%*s%.*s\n", column ? (column < 20 ? 22 - column : 2) : 24, "", (int)line, text);
            text = text[line] ? text + line + 1 : NULL;
        }
    }
}

static void print_help(const spil_cmd *cmd, const struct poptOption *options)
{
    spil_str more = SPIL_STR_INIT;
    printf("usage: spil %s%s%s [options]\n\n%s\n", cmd->name, *cmd->arguments ? " " : "",
           cmd->arguments, cmd->details);
    if (cmd->more_help) {
        cmd->more_help(&more);
        printf("\n%s", spil_str_text(&more));
        spil_str_free(&more);
    }
    printf("\noptions:\n");
    print_options(options);
}

/* ---- reading ---- */

static void weigh_options(spil_suggestion *near, const struct poptOption *options)
{
    for (const struct poptOption *o = options; o->longName || o->arg; o++) {
        if ((o->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE)
            weigh_options(near, (const struct poptOption *)o->arg);
        else
            spil_suggest_weigh(near, o->longName);
    }
}

/* "--metrc=x" -> "metrc" */
static spil_status unknown_option(const spil_cmd *cmd, const struct poptOption *options,
                                  const char *given, spil_err *err)
{
    char name[40] = "";
    if (strncmp(given, "--", 2) == 0)
        (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(given + 2, "="), given + 2);
    spil_suggestion near = spil_suggest_for(name);
    weigh_options(&near, options);
    return near.best ? spil_fail(err, SPIL_USAGE, "there is no option '%s'; did you mean '--%s'?",
                                 given, near.best)
                     : spil_fail(err, SPIL_USAGE, "there is no option '%s'; see spil help %s",
                                 given, cmd->name);
}

spil_status spil_args_need(const spil_args *args, const spil_cmd *cmd, size_t least, spil_err *err)
{
    if (args->count >= least)
        return SPIL_OK;
    const bool of_case = strncmp(cmd->arguments, "CASE.db", strlen("CASE.db")) == 0;
    return spil_fail(err, SPIL_USAGE, "%s is missing; usage: spil %s %s",
                     !of_case      ? "an argument"
                     : args->count ? "a file to read"
                                   : "a case file",
                     cmd->name, cmd->arguments);
}

spil_status spil_args_read(spil_args *args, const spil_cmd *cmd, const struct poptOption *options,
                           int argc, const char **argv, size_t least, size_t most, spil_err *err)
{
    *args = (spil_args){0};
    if (argc > 1 && strcmp(argv[1], "--help-man") == 0) {
        spil_print_manual(cmd, options);
        args->helped = true;
        return SPIL_OK;
    }
    if (argc > 1 && strcmp(argv[1], "--help-options") == 0) {
        spil_print_option_names(options);
        args->helped = true;
        return SPIL_OK;
    }
    args->context = poptGetContext(NULL, argc, argv, options, 0);
    if (!args->context)
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory while reading the options");
    int code = 0;
    bool quiet = false, verbose = false;
    while ((code = poptGetNextOpt(args->context)) > 0) {
        if (code == OPTION_HELP) {
            print_help(cmd, options);
            args->helped = true;
            return SPIL_OK;
        }
        args->loudness++;
        quiet = quiet || code == OPTION_QUIET;
        verbose = verbose || code == OPTION_VERBOSE;
    }
    if (quiet && verbose)
        return spil_fail(err, SPIL_USAGE, "--quiet and --verbose exclude each other");
    spil_set_loudness(quiet ? SPIL_QUIET : verbose ? SPIL_VERBOSE : SPIL_USUAL);
    if (code < -1) {
        const char *const given = poptBadOption(args->context, POPT_BADOPTION_NOALIAS);
        if (code == POPT_ERROR_BADOPT)
            return unknown_option(cmd, options, given, err);
        return spil_fail(err, SPIL_USAGE, "'%s': %s; see spil help %s", given, poptStrerror(code),
                         cmd->name);
    }
    args->words = poptGetArgs(args->context);
    while (args->words && args->words[args->count])
        args->count++;
    if (args->count > most)
        return spil_fail(err, SPIL_USAGE, "'%s' is one argument too many; usage: spil %s %s",
                         args->words[most], cmd->name, cmd->arguments);
    return spil_args_need(args, cmd, least, err);
}

void spil_args_free(spil_args *args)
{
    if (args->context)
        args->context = poptFreeContext(args->context);
}

/* ---- values ---- */

spil_status spil_opt_uint(const char *option, const char *text, uint64_t least, uint64_t most,
                          uint64_t *value, spil_err *err)
{
    uint64_t number = 0;
    if (!text)
        return SPIL_OK;
    if (!spil_parse_uint(text, most, &number) || number < least)
        return spil_fail(err, SPIL_USAGE, "%s: '%s' is not a whole number from %llu to %llu",
                         option, text, (unsigned long long)least, (unsigned long long)most);
    *value = number;
    return SPIL_OK;
}

spil_status spil_opt_double(const char *option, const char *text, double above, double most,
                            double *value, spil_err *err)
{
    double number = 0;
    if (!text)
        return SPIL_OK;
    if (!spil_parse_double(text, &number) || !(number > above) || number > most)
        return spil_fail(err, SPIL_USAGE, "%s: '%s' is not a number above %g, up to %g", option,
                         text, above, most);
    *value = number;
    return SPIL_OK;
}

spil_status spil_opt_day(const char *option, const char *text, spil_day *value, spil_err *err)
{
    if (!text || spil_parse_day(text, value))
        return SPIL_OK;
    return spil_fail(err, SPIL_USAGE, "%s: '%s' is not a date such as 2024-12-31", option, text);
}

spil_status spil_opt_format(const char *text, int json, spil_table_format *value, spil_err *err)
{
    spil_table_format format = SPIL_FORMAT_TABLE;
    if (text && !spil_table_format_find(text, &format))
        return spil_fail(err, SPIL_USAGE, "--format: '%s' is none of table, csv, json", text);
    if (text && json && format != SPIL_FORMAT_JSON)
        return spil_fail(err, SPIL_USAGE, "--json and --format %s exclude each other", text);
    *value = json ? SPIL_FORMAT_JSON : format;
    return SPIL_OK;
}

spil_status spil_opt_threads(const char *text, spil_err *err)
{
    uint64_t threads = 0;
    const spil_status rc = spil_opt_uint("--threads", text, 1, 1024, &threads, err);
    if (rc == SPIL_OK)
        spil_par_set_threads((unsigned)threads);
    return rc;
}
