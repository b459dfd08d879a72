/* model_set.c - see model.h: all models of a folder, and where that folder is.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/model.h"
#include "engine/base/file.h"
#include "engine/base/place.h"
#include "engine/base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODELS_MOST = 500 };

static int by_text(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static int by_id(const void *left, const void *right)
{
    return strcmp((*(spil_model *const *)left)->id, (*(spil_model *const *)right)->id);
}

static bool is_model_file(const char *name)
{
    const size_t length = strlen(name);
    return length > 5 && name[0] != '.' && strcmp(name + length - 5, ".yaml") == 0;
}

typedef SPIL_VEC(char *) paths;

static void free_paths(paths *list)
{
    for (size_t i = 0; i < list->count; i++)
        spil_free(list->items[i]);
    spil_free(list->items);
}

/* Paths of the model files, by name, so that faults come in the same order everywhere. */
static spil_status list_files(paths *list, const char *folder, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL;
    DIR *const dir = opendir(folder);
    if (!dir)
        return errno == ENOENT ? spil_fail(err, SPIL_NOT_FOUND, "%s: no such folder", folder)
                               : spil_fail_io(err, errno, folder);
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (!is_model_file(entry->d_name))
            continue;
        if (list->count == MODELS_MOST)
            TRY(spil_fail(err, SPIL_LIMIT, "more than %d models in '%s'", MODELS_MOST, folder));
        TRY(spil_path_join(&path, folder, entry->d_name, err));
        TRY(VEC_PUSH(*list, path, err));
        path = NULL;
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_text);
done:
    spil_free(path);
    (void)closedir(dir);
    return rc;
}

spil_status spil_model_set_read(spil_model_set **out, const char *folder, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_model_set *set = NULL;
    char *shipped = NULL;
    paths list = {0};
    if (!folder) {
        TRY(spil_model_folder(&shipped, err));
        folder = shipped;
    }
    TRY(list_files(&list, folder, err));
    if (list.count == 0)
        TRY(spil_fail(err, SPIL_NOT_FOUND, "no barrier model (*.yaml) in '%s'", folder));
    TRY(NEW(set, err));
    TRY(NEW_ARRAY(set->models, list.count, err));
    for (size_t i = 0; i < list.count; i++) {
        TRY(spil_model_read(&set->models[i], list.items[i], err));
        set->count++;
    }
    qsort(set->models, set->count, sizeof *set->models, by_id);
    for (size_t i = 1; i < set->count; i++)
        if (strcmp(set->models[i - 1]->id, set->models[i]->id) == 0)
            TRY(spil_fail(err, SPIL_INPUT, "two files have one model id '%s': %s and %s",
                          set->models[i]->id, set->models[i - 1]->path, set->models[i]->path));
    *out = set;
    set = NULL;
done:
    spil_free(shipped);
    free_paths(&list);
    spil_model_set_free(set);
    return rc;
}

void spil_model_set_free(spil_model_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->count; i++)
        spil_model_free(set->models[i]);
    spil_free(set->models);
    spil_free(set);
}

/* ---- where they are ---- */

spil_status spil_model_folder(char **out, spil_err *err)
{
    return spil_place_of_data(out, "SPIL_MODELS", "models", err);
}
