/* case.c - see case.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"

spil_status spil_case_open(spil_store **out, const char *path, spil_store_mode mode, spil_err *err)
{
    spil_err own = SPIL_ERR_INIT;
    const spil_status rc = spil_store_open(out, path, mode, &own);
    if (rc == SPIL_NOT_FOUND)
        return spil_fail(err, rc, "there is no case '%s'; make one with: spil init %s", path, path);
    return rc == SPIL_OK ? rc : spil_fail(err, rc, "%s", own.msg);
}

spil_status spil_case_run_open(spil_case_run *out, const char *path, spil_store_mode mode,
                               const char *models, spil_err *err)
{
    const spil_status rc = spil_case_open(&out->store, path, mode, err);
    return rc == SPIL_OK ? spil_reopen(&out->it, out->store, models, err) : rc;
}

void spil_case_run_close(spil_case_run *run)
{
    spil_reopened_clear(&run->it);
    spil_store_close(run->store);
}
