/* fuzz_scope.c - a list of the communities that are to be scored, as CSV. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "cli/opt_groups.h"
#include "tests/fuzz/fuzz_file.h"

#include <string.h>

/* As if --community-file had named it. */
static void give(const char *path)
{
    for (const struct poptOption *o = spil_scope_options; o->longName; o++)
        if (strcmp(o->longName, "community-file") == 0) {
            *(const char **)o->arg = path;
            return;
        }
    MUST(!"an option --community-file");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_err err = SPIL_ERR_INIT;
    spil_scope *scope = NULL;
    give(fuzz_file(data, size));
    const spil_status rc = spil_scope_given(&scope, &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT || rc == SPIL_USAGE);
    MUST((rc == SPIL_OK) == (scope != NULL));
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    spil_scope_free(scope);
    return 0;
}
