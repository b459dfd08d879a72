/* fuzz_store.h - one empty case in a folder of its own, for targets that write.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_TESTS_FUZZ_FUZZ_STORE_H
#define SPIL_TESTS_FUZZ_FUZZ_STORE_H

#include "engine/store/store.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

static spil_store *fuzz_store;
static char fuzz_folder[64];

static void fuzz_close(void)
{
    static const char *const names[] = {"case.db", "case.db-wal", "case.db-shm"};
    spil_store_close(fuzz_store);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", fuzz_folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(fuzz_folder);
}

static void fuzz_open(void)
{
    char path[128];
    const char *const base = getenv("TMPDIR");
    (void)snprintf(fuzz_folder, sizeof fuzz_folder, "%.40s/spil-fuzz-XXXXXX", base ? base : "/tmp");
    MUST(mkdtemp(fuzz_folder) != NULL);
    (void)snprintf(path, sizeof path, "%s/case.db", fuzz_folder);
    MUST(spil_store_create(path, NULL) == SPIL_OK);
    MUST(spil_store_open(&fuzz_store, path, SPIL_STORE_WRITE, NULL) == SPIL_OK);
    (void)atexit(fuzz_close);
}

#endif
