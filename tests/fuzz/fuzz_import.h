/* fuzz_import.h - a fuzz target for a loader: any bytes as a file of that format, into a store.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must hold: a file is refused with a message or taken; of a file that was taken every row is
 * accepted or rejected; and nothing is left in memory.
 */
#ifndef SPIL_TESTS_FUZZ_FUZZ_IMPORT_H
#define SPIL_TESTS_FUZZ_FUZZ_IMPORT_H

#include "loaders/intake.h"
#include "tests/fuzz/fuzz_store.h"

#include <string.h>

static spil_status fuzz_load(const spil_loader *loader, spil_intake *intake, spil_err *err)
{
    const spil_source source = {.path = "fuzz",
                                .sha256 = "0",
                                .loader = loader->name,
                                .options = "{}",
                                .grade = "",
                                .owner = "",
                                .basis = "",
                                .purpose = "",
                                .keep_until = SPIL_NO_DAY};
    MUST(spil_store_begin(fuzz_store, err) == SPIL_OK);
    MUST(spil_store_add_source(fuzz_store, &source, 1, &intake->source, err) == SPIL_OK);
    const spil_status rc = loader->load(intake, err);
    spil_store_rollback(fuzz_store);
    return rc;
}

static void fuzz_import(const spil_loader *loader, const spil_mapping *mapping, const uint8_t *data,
                        size_t size)
{
    static const spil_import_opts opts = SPIL_IMPORT_OPTS_DEFAULTS;
    if (!fuzz_store)
        fuzz_open();
    spil_err err = SPIL_ERR_INIT;
    spil_intake *intake = NULL;
    spil_import_file file = {0};
    spil_status rc = spil_intake_open_memory(&intake, "fuzz", data, size, mapping, &opts, &err);
    MUST((rc == SPIL_OK) == (intake != NULL));
    if (intake && intake->header.shape == loader->shape &&
        loader->recognise(&intake->header, &opts, true).fits) {
        intake->store = fuzz_store;
        intake->file = &file;
        rc = fuzz_load(loader, intake, &err);
        if (rc == SPIL_OK) {
            MUST(file.rows == file.accepted + file.rejected);
            MUST(file.merged <= file.accepted);
        }
    }
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    MUST(spil_utf8_valid(err.msg, strlen(err.msg)));
    spil_intake_free(intake);
}

#endif
