/* err.c - see err.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/err.h"
#include "engine/base/text.h"

#include <stdio.h>
#include <string.h>

static const struct {
    int exit_status;
    const char *text;
} statuses[] = {
#define X(name, exit_status, text) {exit_status, text},
    SPIL_STATUS_LIST(X)
#undef X
};

static bool known(spil_status code)
{
    return (size_t)code < sizeof statuses / sizeof statuses[0];
}

const char *spil_status_text(spil_status code)
{
    return known(code) ? statuses[code].text : "unknown status";
}

int spil_status_exit(spil_status code)
{
    return known(code) ? statuses[code].exit_status : 4;
}

spil_status spil_vfail(spil_err *err, spil_status code, const char *format, va_list args)
{
    if (err && err->code == SPIL_OK) {
        err->code = code;
        (void)vsnprintf(err->msg, sizeof err->msg, format, args);
        spil_make_printable(err->msg); /* values of files stand in it, perhaps cut */
    }
    return code;
}

spil_status spil_fail(spil_err *err, spil_status code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)spil_vfail(err, code, format, args);
    va_end(args);
    return code;
}

spil_status spil_fail_io(spil_err *err, int errno_value, const char *path)
{
    return spil_fail(err, SPIL_IO, "%s: %s", path, strerror(errno_value));
}
