/* place.c - see place.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/place.h"
#include "engine/base/file.h"
#include "engine/base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096, PARENTS_MOST = 5 };

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* datasets/<name> beside the program's folder or one of its parents; NULL when there is none. */
static spil_status beside_program(char **out, const char *name, spil_err *err)
{
    char place[PATH_MOST], part[64];
    *out = NULL;
    const ssize_t length = readlink("/proc/self/exe", place, sizeof place - 1);
    if (length <= 0)
        return SPIL_OK;
    place[length] = '\0';
    (void)snprintf(part, sizeof part, "datasets/%s", name);
    for (int up = 0; up < PARENTS_MOST; up++) {
        char *const slash = strrchr(place, '/');
        if (!slash)
            break;
        *slash = '\0';
        const spil_status rc = spil_path_join(out, place, part, err);
        if (rc != SPIL_OK || is_folder(*out))
            return rc;
        spil_free(*out);
        *out = NULL;
    }
    return SPIL_OK;
}

spil_status spil_place_of_data(char **out, const char *variable, const char *name, spil_err *err)
{
    const char *const wish = getenv(variable);
    if (wish && *wish)
        return spil_copy_text(out, wish, err);
    char *found = NULL;
    spil_status rc = beside_program(&found, name, err);
    if (rc == SPIL_OK && !found)
        rc = spil_path_join(&found, SPIL_DATADIR, name, err);
    if (rc == SPIL_OK)
        *out = found;
    return rc;
}
