/* batch.c - see batch.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch.h"

#include "cli/show.h"
#include "engine/base/yaml_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { FILE_BYTES_MOST = 1 << 20, OPTIONS_MOST = 60 };

/* A value a key: the options of the command first, then the three of the batch. */
enum { CASE = OPTIONS_MOST, LOG, FILES, VALUES };
typedef struct reading {
    const char *value[VALUES];
    bool set[VALUES]; /* options without a value */
    spil_yaml_field fields[VALUES];
    size_t field_count;
    spil_batch_words *patterns;
} reading;

/* ---- the file ---- */

static spil_status read_patterns(spil_yaml *yaml, const yaml_node_t *node,
                                 const spil_yaml_field *field, void *record, spil_err *err)
{
    spil_status rc = SPIL_OK;
    reading *const r = record;
    if (node->type != YAML_SEQUENCE_NODE) {
        spil_yaml_fault(yaml, node, "'files' is not a list; expected files: [\"in/*.csv\"]");
        return SPIL_OK;
    }
    for (const yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top; item++) {
        const char *text = spil_yaml_scalar(yaml, spil_yaml_node(yaml, *item), field->key);
        if (!text)
            continue;
        TRY(spil_arena_text(spil_yaml_arena(yaml), &text, text, strlen(text), err));
        TRY(VEC_PUSH(*r->patterns, text, err));
    }
done:
    return rc;
}

static void add_field(reading *r, const char *key, int at, bool flag, bool optional)
{
    r->fields[r->field_count++] = (spil_yaml_field){
        .key = key,
        .read = flag ? spil_yaml_bool : spil_yaml_text,
        .offset = flag ? offsetof(reading, set) + (size_t)at * sizeof(bool)
                       : offsetof(reading, value) + (size_t)at * sizeof(const char *),
        .optional = optional};
}

/* The options of the command as keys of the file; which: their names, in the same order. */
static size_t add_options(reading *r, const struct poptOption *options, const char **which,
                          size_t count)
{
    for (const struct poptOption *o = options; o->longName || o->arg; o++) {
        if ((o->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE) {
            count = add_options(r, (const struct poptOption *)o->arg, which, count);
        } else if (count < OPTIONS_MOST && strcmp(o->longName, "help") != 0 &&
                   strcmp(o->longName, "config") != 0) {
            which[count] = o->longName;
            add_field(r, o->longName, (int)count, (o->argInfo & POPT_ARG_MASK) == POPT_ARG_NONE,
                      true);
            count++;
        }
    }
    return count;
}

static spil_status read_file(reading *r, const char *path, spil_arena *arena, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_yaml *yaml = NULL;
    const spil_yaml_record shape = {.what = "batch file",
                                    .fields = r->fields,
                                    .field_count = r->field_count,
                                    .size = sizeof(reading),
                                    .id_offset = SIZE_MAX};
    TRY(spil_yaml_open(&yaml, path, FILE_BYTES_MOST, arena, NULL, err));
    TRY(spil_yaml_read(yaml, &shape, r, err));
    rc = spil_yaml_status(yaml, err);
done:
    spil_yaml_close(yaml);
    return rc;
}

/* ---- the words ---- */

static spil_status push(spil_batch_words *words, spil_arena *arena, const char *text, spil_err *err)
{
    const char *kept = NULL;
    spil_status rc = SPIL_OK;
    TRY(spil_arena_text(arena, &kept, text, strlen(text), err));
    TRY(VEC_PUSH(*words, kept, err));
done:
    return rc;
}

/* In the order of their names in the C locale, whatever the folder says. */
static spil_status push_matches(spil_batch_words *words, spil_arena *arena, const char *pattern,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    glob_t found = {0};
    const int code = glob(pattern, GLOB_ERR, NULL, &found);
    if (code == GLOB_NOSPACE)
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory while looking for '%s'", pattern);
    else if (code == GLOB_ABORTED)
        rc = spil_fail_io(err, errno ? errno : EIO, pattern);
    for (size_t i = 0; rc == SPIL_OK && i < found.gl_pathc; i++)
        rc = push(words, arena, found.gl_pathv[i], err);
    globfree(&found);
    return rc;
}

/* The command, its options, the case. */
static spil_status make_words(spil_batch *batch, const reading *r, const char *command,
                              const char *const *which, size_t options, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char name[80];
    TRY(push(&batch->words, batch->arena, command, err));
    for (size_t i = 0; i < options; i++) {
        if (!r->value[i] && !r->set[i])
            continue;
        (void)snprintf(name, sizeof name, "--%s", which[i]);
        TRY(push(&batch->words, batch->arena, name, err));
        if (r->value[i])
            TRY(push(&batch->words, batch->arena, r->value[i], err));
    }
    TRY(push(&batch->words, batch->arena, r->value[CASE], err));
done:
    return rc;
}

static spil_status find_files(spil_batch *batch, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t before = batch->words.count;
    for (size_t i = 0; i < batch->patterns.count; i++)
        TRY(push_matches(&batch->words, batch->arena, batch->patterns.items[i], err));
    if (batch->words.count == before)
        rc = spil_fail(err, SPIL_NOT_FOUND, "%s: no file fits the patterns of 'files'", path);
    else
        rc = VEC_PUSH(batch->words, NULL, err);
done:
    return rc;
}

/* ---- lock and log ---- */

static spil_status take_lock(spil_batch *batch, const char *case_path, spil_err *err)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s.lock", case_path) >= (int)sizeof path)
        return spil_fail_io(err, ENAMETOOLONG, case_path);
    batch->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (batch->lock < 0)
        return spil_fail_io(err, errno, path);
    if (flock(batch->lock, LOCK_EX | LOCK_NB) == 0)
        return SPIL_OK;
    return errno == EWOULDBLOCK
               ? spil_fail(err, SPIL_LOCKED, "%s: another batch holds it; nothing was done", path)
               : spil_fail_io(err, errno, path);
}

static spil_status open_log(const char *path, spil_err *err)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return spil_fail_io(err, errno, path);
    (void)fflush(stderr);
    const bool moved = dup2(file, STDERR_FILENO) >= 0;
    (void)close(file);
    if (!moved)
        return spil_fail_io(err, errno, path);
    spil_note_times(true);
    return SPIL_OK;
}

/* ---- all of it ---- */

spil_status spil_batch_read(spil_batch *batch, const char *path, const char *command,
                            const struct poptOption *options, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *which[OPTIONS_MOST];
    reading r = {.field_count = 0, .patterns = &batch->patterns};
    *batch = (spil_batch){.lock = -1};
    const size_t count = add_options(&r, options, which, 0);
    add_field(&r, "case", CASE, false, false);
    add_field(&r, "log", LOG, false, true);
    r.fields[r.field_count++] = (spil_yaml_field){.key = "files", .read = read_patterns};
    TRY(spil_arena_new(&batch->arena, err));
    TRY(read_file(&r, path, batch->arena, err));
    batch->case_path = r.value[CASE];
    batch->log = r.value[LOG];
    TRY(make_words(batch, &r, command, which, count, err));
done:
    return rc;
}

spil_status spil_batch_open(spil_batch *batch, const char *path, const char *command,
                            const struct poptOption *options, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_batch_read(batch, path, command, options, err));
    TRY(take_lock(batch, batch->case_path, err));
    if (batch->log)
        TRY(open_log(batch->log, err));
    TRY(find_files(batch, path, err));
done:
    return rc;
}

void spil_batch_free(spil_batch *batch)
{
    spil_free(batch->words.items);
    spil_free(batch->patterns.items);
    spil_arena_free(batch->arena);
    if (batch->lock >= 0)
        (void)close(batch->lock); /* and with it the lock */
    *batch = (spil_batch){.lock = -1};
}
