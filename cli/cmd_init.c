/* cmd_init.c - `spil init CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/store/store.h"

static const struct poptOption options[] = {OPT_HELP, OPT_END};

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_init, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_store_create(args.words[0], err));
    spil_note("made %s; next: spil import %s FILE...", args.words[0], args.words[0]);
done:
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_init = {
    .name = "init",
    .arguments = "CASE.db",
    .summary = "make an empty case",
    .details =
        "Makes an empty case: one file that will hold what comes in, from where, and what is\n"
        "made of it. Only you can read it. A file that is there already stays as it is.",
    .run = run,
};
