/* mapping.c - see mapping.h: a mapping file read, checked and made one shape.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of mapping_fields.c say what a file may hold; here is what holds for the file as a
 * whole.
 */
#include "engine/base/file.h"
#include "engine/base/place.h"
#include "engine/base/str.h"
#include "loaders/limits.h"
#include "loaders/mapping_fields.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- reading ---- */

/* What is kept as a hash serves nowhere else. */
static spil_status check_secrets(const spil_mapping *mapping, spil_err *err)
{
    for (size_t i = 0; i < mapping->columns.count; i++) {
        const spil_mapping_column *const column = &mapping->columns.items[i];
        if (column->secret && column->open)
            return spil_fail(err, SPIL_INPUT,
                             "%s:%llu: column '%.80s' is kept as keyed hash alone ('bsn', "
                             "'birth_date'); it cannot serve elsewhere too",
                             mapping->path, (unsigned long long)column->line, column->name);
    }
    return SPIL_OK;
}

/* Takes yaml. */
static spil_status take(spil_mapping *mapping, spil_yaml *yaml, spil_err *err)
{
    spil_status rc = SPIL_OK;
    memcpy(mapping->digest, spil_yaml_digest(yaml), sizeof mapping->digest);
    TRY(spil_yaml_read(yaml, &spil_mapping_shape, mapping, err));
    TRY(spil_yaml_status(yaml, err));
    if (mapping->kind)
        TRY(spil_mapping_widen(mapping, err));
    rc = check_secrets(mapping, err);
done:
    spil_yaml_close(yaml);
    return rc;
}

static spil_status begin(spil_mapping **out, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping *mapping = NULL;
    static const spil_day_form dates = SPIL_DAY_FORM_DEFAULT;
    TRY(NEW(mapping, err));
    TRY(spil_arena_new(&mapping->arena, err));
    TRY(spil_arena_text(mapping->arena, &mapping->path, path, strlen(path), err));
    mapping->dates = dates;
    mapping->source.keep_until = SPIL_NO_DAY;
    *out = mapping;
    mapping = NULL;
done:
    spil_mapping_free(mapping);
    return rc;
}

spil_status spil_mapping_read_memory(spil_mapping **out, const char *name, const char *bytes,
                                     size_t length, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping *mapping = NULL;
    spil_yaml *yaml = NULL;
    TRY(begin(&mapping, name, err));
    TRY(spil_yaml_open_memory(&yaml, name, bytes, length, mapping->arena, mapping, err));
    TRY(take(mapping, yaml, err));
    *out = mapping;
    mapping = NULL;
done:
    spil_mapping_free(mapping);
    return rc;
}

spil_status spil_mapping_read(spil_mapping **out, const char *path, spil_err *err)
{
    char *bytes = NULL;
    size_t length = 0;
    spil_status rc = spil_read_file(&bytes, &length, path, SPIL_MAX_MAPPING, err);
    if (rc == SPIL_OK)
        rc = spil_mapping_read_memory(out, path, bytes, length, err);
    spil_free(bytes);
    return rc;
}

void spil_mapping_free(spil_mapping *mapping)
{
    if (!mapping)
        return;
    spil_free(mapping->columns.items);
    spil_free(mapping->tables.items);
    spil_free(mapping->words.items);
    spil_free(mapping->pieces.items);
    spil_free(mapping->conditions.items);
    spil_free(mapping->attributes.items);
    spil_free(mapping->entities);
    spil_free(mapping->links);
    spil_free(mapping->roles);
    spil_free(mapping->signals);
    spil_arena_free(mapping->arena);
    spil_free(mapping);
}

const char *spil_step_name(spil_step_kind kind)
{
    static const char *const names[] = {
#define STEP(name, what) #name,
#include "loaders/mapping_steps.def"
#undef STEP
    };
    return names[kind];
}

const char *spil_step_what(spil_step_kind kind)
{
    static const char *const whats[] = {
#define STEP(name, what) what,
#include "loaders/mapping_steps.def"
#undef STEP
    };
    return whats[kind];
}

/* ---- those that ship ---- */

spil_status spil_mapping_folder(char **out, spil_err *err)
{
    return spil_place_of_data(out, "SPIL_MAPPINGS", "mappings", err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static spil_status add_names(spil_mapping_names *names, DIR *dir, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        const char *const dot = strrchr(entry->d_name, '.');
        const char *name = NULL;
        if (!dot || dot == entry->d_name || strcmp(dot, ".yaml") != 0)
            continue;
        TRY(spil_arena_text(names->arena, &name, entry->d_name, (size_t)(dot - entry->d_name),
                            err));
        TRY(VEC_PUSH(*names, name, err));
    }
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, by_name);
done:
    return rc;
}

spil_status spil_mapping_list(spil_mapping_names *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *folder = NULL;
    DIR *dir = NULL;
    spil_mapping_names names = {0};
    TRY(spil_mapping_folder(&folder, err));
    TRY(spil_arena_new(&names.arena, err));
    dir = opendir(folder);
    if (dir)
        TRY(add_names(&names, dir, err));
    *out = names;
    names = (spil_mapping_names){0};
done:
    if (dir)
        (void)closedir(dir);
    spil_mapping_names_free(&names);
    spil_free(folder);
    return rc;
}

void spil_mapping_names_free(spil_mapping_names *names)
{
    spil_free(names->items);
    spil_arena_free(names->arena);
    *names = (spil_mapping_names){0};
}

/* "brp, kadaster, kvk", or "none". */
static spil_status refuse_name(const char *name, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping_names names = {0};
    spil_str list = SPIL_STR_INIT;
    TRY(spil_mapping_list(&names, err));
    for (size_t i = 0; i < names.count; i++)
        spil_str_addf(&list, "%s%s", i ? ", " : "", names.items[i]);
    TRY(spil_str_status(&list, err));
    rc = spil_fail(err, SPIL_NOT_FOUND,
                   "%s: there is no such file, and no mapping of that name ships; those that do: "
                   "%s",
                   name, names.count ? spil_str_text(&list) : "none");
done:
    spil_mapping_names_free(&names);
    spil_str_free(&list);
    return rc;
}

static bool is_there(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

static spil_status find_shipped(char **out, const char *name, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *folder = NULL, *path = NULL;
    spil_str file = SPIL_STR_INIT;
    TRY(spil_mapping_folder(&folder, err));
    spil_str_addf(&file, "%s.yaml", name);
    TRY(spil_str_status(&file, err));
    TRY(spil_path_join(&path, folder, spil_str_text(&file), err));
    if (!is_there(path))
        TRY(refuse_name(name, err));
    *out = path;
    path = NULL;
done:
    spil_free(folder);
    spil_free(path);
    spil_str_free(&file);
    return rc;
}

spil_status spil_mapping_find(char **out, const char *name, spil_err *err)
{
    const bool path = strchr(name, '/') || strchr(name, '.') || is_there(name);
    return path ? spil_copy_text(out, name, err) : find_shipped(out, name, err);
}
