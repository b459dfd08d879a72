/* err.h - status codes and the caller-owned error text that travels with them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every function that can fail returns spil_status and takes `spil_err *err` last; err may be NULL.
 * The first failure wins: a filled err is never overwritten. Output parameters stay untouched on
 * failure. No function below cli/ prints or exits.
 */
#ifndef SPIL_BASE_ERR_H
#define SPIL_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define SPIL_CHECKED __attribute__((warn_unused_result))
#define SPIL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define SPIL_CHECKED
#define SPIL_PRINTF(fmt, args)
#endif

/* name, exit status of the program, short text */
#define SPIL_STATUS_LIST(X)                                                                        \
    X(OK, 0, "done")                                                                               \
    X(USAGE, 2, "wrong use")                                                                       \
    X(INPUT, 3, "bad input")                                                                       \
    X(RANGE, 3, "value out of range")                                                              \
    X(LIMIT, 3, "limit exceeded")                                                                  \
    X(NOT_FOUND, 3, "not found")                                                                   \
    X(NO_MEMORY, 4, "out of memory")                                                               \
    X(IO, 4, "input or output error")                                                              \
    X(DB, 4, "case store error")                                                                   \
    X(LOCKED, 4, "case store is locked")                                                           \
    X(MATH, 4, "numerical error")                                                                  \
    X(CANCELLED, 130, "stopped on request")

typedef enum spil_status {
#define X(name, exit_status, text) SPIL_##name,
    SPIL_STATUS_LIST(X)
#undef X
} spil_status;

typedef struct spil_err {
    spil_status code;
    char msg[480];
} spil_err;

#define SPIL_ERR_INIT                                                                              \
    {                                                                                              \
        SPIL_OK, ""                                                                                \
    }

/* Short text and program exit status of a status. Never NULL. */
const char *spil_status_text(spil_status code);
int spil_status_exit(spil_status code);

/* Fills err (unless NULL or already filled) and returns code, so that `return spil_fail(...)` reads
 * well. Text: one line, lower case, names file:line, column and value in single quotes. What is
 * not UTF-8 or cannot be shown becomes '?'. */
spil_status spil_fail(spil_err *err, spil_status code, const char *format, ...) SPIL_PRINTF(3, 4);
spil_status spil_vfail(spil_err *err, spil_status code, const char *format, va_list args)
    SPIL_PRINTF(3, 0);

/* SPIL_IO with the text of errno_value appended: "case.db: No space left on device". */
spil_status spil_fail_io(spil_err *err, int errno_value, const char *path);

/* The only macro allowed to jump: needs a local `spil_status rc` and a label `done`. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        if ((rc = (call)) != SPIL_OK)                                                              \
            goto done;                                                                             \
    } while (0)

#endif
