/* cmd_key.c - `spil key new FILE`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/base/secret.h"

#include <string.h>

static const struct poptOption options[] = {OPT_HELP, OPT_END};

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_key, options, argc, argv, 2, 2, err));
    if (args.helped)
        goto done;
    if (strcmp(args.words[0], "new") != 0) {
        rc = spil_fail(err, SPIL_USAGE,
                       "'%s' is nothing to do with a key; expected: spil key new FILE",
                       args.words[0]);
        goto done;
    }
    TRY(spil_secret_make(args.words[1], err));
    spil_note("%s: a new key. Keep it apart from the case, and keep it: without it nothing new "
              "matches what was hashed with it",
              args.words[1]);
done:
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_key = {
    .name = "key",
    .arguments = "new FILE",
    .summary = "make a key to hash citizen service numbers with",
    .details = "Makes a new random key in FILE, which only you can read (mode 0600). With it\n"
               "spil import --key FILE keeps citizen service numbers and dates of birth as keyed\n"
               "hashes, by which the same person is found again; without a key they are dropped.\n"
               "The numbers themselves are never kept, and the key is never stored in a case.\n"
               "\n"
               "example:\n"
               "  spil key new ~/spil.key\n"
               "  spil import case.db persons.csv --key ~/spil.key",
    .run = run,
};
