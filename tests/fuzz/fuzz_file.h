/* fuzz_file.h - bytes as a file, for readers that want a path. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * One temporary file without a name, written anew for each input.
 */
#ifndef SPIL_TESTS_FUZZ_FUZZ_FILE_H
#define SPIL_TESTS_FUZZ_FUZZ_FILE_H

#include "tests/fuzz/fuzz.h"

#include <unistd.h>

/* Its path, borrowed. */
static inline const char *fuzz_file(const uint8_t *data, size_t size)
{
    static FILE *file;
    static char path[40];
    if (!file) {
        file = tmpfile();
        MUST(file);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
    }
    MUST(ftruncate(fileno(file), 0) == 0);
    rewind(file);
    MUST(fwrite(data, 1, size, file) == size && fflush(file) == 0);
    return path;
}

#endif
