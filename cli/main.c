/* main.c - finds the command, runs it, prints its error once, and turns its status into the exit
 * status. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     0 done · 1 ran, but something was rejected or falls short · 2 wrong use · 3 bad input
 *     4 environment (disk, memory, locked) · 130 stopped on request
 */
#include "cli/cmd.h"
#include "cli/show.h"

#include <errno.h>
#include <gsl/gsl_errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* The first request stops at the next safe place; the second one is the system's own. */
static void on_stop(int number)
{
    spil_request_stop();
    (void)signal(number, SIG_DFL);
}

/* No setlocale: numbers and texts stay in the C locale whatever LC_ALL says. */
static spil_status prepare(spil_err *err)
{
    struct sigaction stop = {.sa_handler = on_stop};
    (void)sigemptyset(&stop.sa_mask);
    stop.sa_flags = SA_RESTART;
    (void)sigaction(SIGINT, &stop, NULL);
    (void)sigaction(SIGTERM, &stop, NULL);
    (void)signal(SIGXFSZ, SIG_IGN); /* a limit on file size is a write that fails, with a message */
    (void)setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
    (void)gsl_set_error_handler_off();
    return sodium_init() < 0 ? spil_fail(err, SPIL_IO, "libsodium finds no source of randomness")
                             : SPIL_OK;
}

/* The name of the command; options in its place are short for one. */
static const char *command_name(const char *word)
{
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return "version";
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return "help";
    return word;
}

static spil_status run(int argc, const char **argv, const spil_cmd **cmd, bool *partial,
                       spil_err *err)
{
    spil_status rc = prepare(err);
    if (rc != SPIL_OK)
        return rc;
    if (argc < 2)
        return spil_fail(err, SPIL_USAGE, "a command is missing; spil help lists them");
    argv[1] = command_name(argv[1]);
    rc = spil_cmd_find(cmd, argv[1], err);
    return rc == SPIL_OK ? (*cmd)->run(argc - 1, argv + 1, partial, err) : rc;
}

/* Of our own, so that a word may be replaced; argv itself stays as it is. */
static spil_status copy_words(const char ***out, int argc, char **argv, spil_err *err)
{
    const spil_status rc = NEW_ARRAY(*out, argc + 1, err);
    for (int i = 0; rc == SPIL_OK && i < argc; i++)
        (*out)[i] = argv[i];
    return rc;
}

int main(int argc, char **argv)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_cmd *cmd = NULL;
    const char **words = NULL;
    bool partial = false;
    spil_status rc = copy_words(&words, argc, argv, &err);
    if (rc == SPIL_OK)
        rc = run(argc, words, &cmd, &partial, &err);
    spil_free(words);
    errno = 0;
    if ((fflush(stdout) != 0 || ferror(stdout)) && rc == SPIL_OK)
        rc = spil_fail_io(&err, errno ? errno : EIO, "standard output");
    if (rc == SPIL_OK)
        return partial ? 1 : 0;
    spil_say_error("spil%s%s: %s", cmd ? " " : "", cmd ? cmd->name : "",
                   err.msg[0] ? err.msg : spil_status_text(rc));
    return spil_status_exit(rc);
}
