/* replay.c - runs the files of a folder through one fuzz target, in an ordinary build.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>

static uint8_t bytes[1 << 20];

static void replay(const char *folder, const char *name)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "rb");
    MUST(file != NULL);
    const size_t length = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    (void)LLVMFuzzerTestOneInput(bytes, length);
}

int main(int argc, char **argv)
{
    MUST(argc == 2);
    DIR *const folder = opendir(argv[1]);
    MUST(folder != NULL);
    unsigned files = 0;
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        if (entry->d_name[0] != '.') {
            replay(argv[1], entry->d_name);
            files++;
        }
    (void)closedir(folder);
    MUST(files > 0);
    (void)printf("%s: %u files\n", argv[1], files);
    return 0;
}
