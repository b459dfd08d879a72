/* opt.h - options and arguments of a command, through popt.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command lists its options as a static popt table whose rows are made with the macros below; all
 * values come as texts (NULL: not given) and are checked here, so that every fault reads the same:
 *     --draws: 'many' is not a whole number from 1 to 100000
 */
#ifndef SPIL_CLI_OPT_H
#define SPIL_CLI_OPT_H

#include "cli/cmd.h"
#include "engine/base/text.h"
#include "engine/run/table.h"

#include <popt.h>

#define OPT_TEXT(name, variable, help, value)                                                      \
    {                                                                                              \
        (name), '\0', POPT_ARG_STRING, &(variable), 0, (help), (value)                             \
    }
/* May be given again: variable is a const char ** that ends with NULL, or NULL. */
#define OPT_LIST(name, variable, help, value)                                                      \
    {                                                                                              \
        (name), '\0', POPT_ARG_ARGV, &(variable), 0, (help), (value)                               \
    }
#define OPT_FLAG(name, variable, help)                                                             \
    {                                                                                              \
        (name), '\0', POPT_ARG_NONE, &(variable), 0, (help), NULL                                  \
    }
/* Rows of a table of its own (opt_groups.h). */
#define OPT_GROUP(table)                                                                           \
    {                                                                                              \
        NULL, '\0', POPT_ARG_INCLUDE_TABLE, (table), 0, NULL, NULL                                 \
    }
/* What every command takes: --help, --quiet, --verbose. Last of each table. */
extern const struct poptOption spil_common_options[];
#define OPT_HELP OPT_GROUP((struct poptOption *)(uintptr_t)spil_common_options)
#define OPT_END POPT_TABLEEND

typedef struct spil_args {
    bool helped;  /* --help was asked for and given: nothing else to do */
    int loudness; /* so many times --quiet or --verbose was among the words */
    const char *const *words;
    size_t count;
    poptContext context;
} spil_args;

/* least..most words beside the options, else SPIL_USAGE. Free args in every case. */
spil_status spil_args_read(spil_args *args, const spil_cmd *cmd, const struct poptOption *options,
                           int argc, const char **argv, size_t least, size_t most,
                           spil_err *err) SPIL_CHECKED;
/* For commands that can do without words under some option. */
spil_status spil_args_need(const spil_args *args, const spil_cmd *cmd, size_t least,
                           spil_err *err) SPIL_CHECKED;
void spil_args_free(spil_args *args);

/* Each leaves *value alone when text is NULL; SPIL_USAGE names option and text. */
spil_status spil_opt_uint(const char *option, const char *text, uint64_t least, uint64_t most,
                          uint64_t *value, spil_err *err) SPIL_CHECKED;
spil_status spil_opt_double(const char *option, const char *text, double above, double most,
                            double *value, spil_err *err) SPIL_CHECKED;
spil_status spil_opt_day(const char *option, const char *text, spil_day *value,
                         spil_err *err) SPIL_CHECKED;
/* --format and --json together. */
spil_status spil_opt_format(const char *text, int json, spil_table_format *value,
                            spil_err *err) SPIL_CHECKED;
/* Sets the number of threads; not given: one a processor. */
spil_status spil_opt_threads(const char *text, spil_err *err) SPIL_CHECKED;

#define OPT_FORMAT(variable)                                                                       \
    OPT_TEXT("format", variable, "how to print: table, csv or json (default: table)", "FORMAT")
#define OPT_JSON(variable) OPT_FLAG("json", variable, "the same as --format json")
#define OPT_THREADS(variable)                                                                      \
    OPT_TEXT("threads", variable, "work with N threads (default: one a processor)", "N")

#endif
