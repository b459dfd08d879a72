/* cmd_version.c - `spil --version`: the program and the libraries that its figures rest on.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/opt.h"
#include "engine/graph/igraph_view.h"
#include "engine/store/store.h"

#include <gsl/gsl_version.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <utf8proc.h>
#include <yaml.h>
#include <zlib.h>

static const struct poptOption options[] = {OPT_HELP, OPT_END};

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_args args = {0};
    const spil_status rc = spil_args_read(&args, &spil_cmd_version, options, argc, argv, 0, 0, err);
    if (rc == SPIL_OK && !args.helped) {
        const struct {
            const char *name, *version;
        } libraries[] = {
            {"igraph", spil_igraph_version()},        {"gsl", gsl_version},
            {"sqlite", spil_store_library_version()}, {"zlib", zlibVersion()},
            {"jansson", jansson_version_str()},       {"libyaml", yaml_get_version_string()},
            {"libsodium", sodium_version_string()},   {"utf8proc", utf8proc_version()},
        };
        printf("spil %s\n", SPIL_VERSION);
        for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
            printf("  %-10s %s\n", libraries[i].name, libraries[i].version);
#ifdef _OPENMP
        printf("  %-10s %d\n", "OpenMP", _OPENMP);
#else
        printf("  %-10s none: one thread\n", "OpenMP");
#endif
    }
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_version = {
    .name = "version",
    .arguments = "",
    .summary = "versions of the program and of its libraries (also spil --version)",
    .details = "Shows the version of the program and of the libraries that its figures rest on.",
    .run = run,
};
