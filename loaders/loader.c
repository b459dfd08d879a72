/* loader.c - see loader.h: which loader takes which file, in which order, and one transaction each.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All files are looked at before the first is imported, so that a wrong file among many is refused
 * before anything changed.
 */
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/store/hubs.h"
#include "loaders/intake.h"

#include <stdio.h>
#include <string.h>

#define LOADER(name) extern const spil_loader spil_loader_##name;
#include "loaders/loaders.def"
#undef LOADER

static const spil_loader *const loaders[] = {
#define LOADER(name) &spil_loader_##name,
#include "loaders/loaders.def"
#undef LOADER
};

enum { LOADER_COUNT = sizeof loaders / sizeof *loaders };

/* What is known before the import starts. */
typedef struct planned_file {
    const char *path;
    const spil_loader *loader;
    spil_phase phase;
} planned_file;

typedef struct import_job {
    spil_store *store;
    const spil_import_opts *opts;
    const spil_mapping *mapping;
    planned_file *files;
    size_t count;
    spil_str options; /* JSON text for the store */
} import_job;

/* ---- which loader ---- */

static const spil_loader *named_loader(const char *name)
{
    for (size_t i = 0; i < LOADER_COUNT; i++)
        if (strcmp(loaders[i]->name, name) == 0)
            return loaders[i];
    return NULL;
}

static spil_status check_loader_name(const import_job *job, spil_err *err)
{
    const char *const name = job->opts->loader;
    if (name && !named_loader(name)) {
        spil_str names = SPIL_STR_INIT;
        for (size_t i = 0; i < LOADER_COUNT; i++)
            spil_str_addf(&names, "%s%s", i ? ", " : "", loaders[i]->name);
        const spil_status rc = spil_fail(err, SPIL_USAGE, "no loader '%.40s'; there are %s", name,
                                         spil_str_text(&names));
        spil_str_free(&names);
        return rc;
    }
    if (job->mapping && name && strcmp(name, "mapped") != 0)
        return spil_fail(err, SPIL_USAGE,
                         "a mapping says how a file is read; it does not go with loader '%.40s'",
                         name);
    return SPIL_OK;
}

/* A file that is no table, and that none of the loaders asked knows. */
static spil_status refuse_shape(const spil_header *header, const char *forced, const char *hint,
                                spil_err *err)
{
    const char *const what = spil_shape_name(header->shape);
    const spil_loader *const named = forced ? named_loader(forced) : NULL;
    if (header->mapping)
        return spil_fail(err, SPIL_INPUT, "%s: this is %s, and a mapping reads %s", header->path,
                         what, spil_shape_name(SPIL_SHAPE_TABLE));
    if (named && named->shape != header->shape)
        return spil_fail(err, SPIL_INPUT, "%s: this is %s, and loader '%.40s' reads %s",
                         header->path, what, forced, spil_shape_name(named->shape));
    return spil_fail(err, SPIL_INPUT, "%s: this is %s, but not what a loader knows%s%s",
                     header->path, what, hint[0] ? "; " : "", hint);
}

static spil_status refuse(const spil_header *header, const char *forced, const char *hint,
                          spil_err *err)
{
    if (header->shape != SPIL_SHAPE_TABLE ||
        (forced && named_loader(forced)->shape != SPIL_SHAPE_TABLE))
        return refuse_shape(header, forced, hint, err);
    spil_str names = SPIL_STR_INIT;
    for (size_t i = 0; i < header->count && names.length < 160; i++)
        spil_str_addf(&names, "%s%.40s", i ? "," : "", header->names[i]);
    const spil_status rc = spil_fail(
        err, SPIL_INPUT, "%s:%llu: no loader knows this header: '%.160s'%s%s", header->path,
        (unsigned long long)header->line, spil_str_text(&names), hint[0] ? "; " : "", hint);
    spil_str_free(&names);
    return rc;
}

static spil_status choose(const import_job *job, planned_file *file, const spil_header *header,
                          spil_err *err)
{
    const char *const forced = job->mapping ? "mapped" : job->opts->loader;
    char hint[240] = "";
    for (size_t i = 0; i < LOADER_COUNT; i++) {
        if ((forced && strcmp(loaders[i]->name, forced) != 0) || loaders[i]->shape != header->shape)
            continue;
        const spil_fit fit = loaders[i]->recognise(header, job->opts, forced != NULL);
        if (fit.fits) {
            file->loader = loaders[i];
            file->phase = fit.phase;
            return SPIL_OK;
        }
        if (hint[0] == '\0')
            memcpy(hint, fit.hint, sizeof hint);
    }
    return refuse(header, forced, hint, err);
}

static spil_status plan_file(const import_job *job, planned_file *file, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *intake = NULL;
    TRY(spil_check_stop(err));
    TRY(spil_intake_open(&intake, file->path, job->mapping, job->opts, err));
    TRY(choose(job, file, &intake->header, err));
done:
    spil_intake_free(intake);
    return rc;
}

/* Files of entities first, otherwise as named (insertion sort: stable, and files are few). */
static void order_files(import_job *job)
{
    for (size_t i = 1; i < job->count; i++) {
        const planned_file file = job->files[i];
        size_t at = i;
        for (; at > 0 && job->files[at - 1].phase > file.phase; at--)
            job->files[at] = job->files[at - 1];
        job->files[at] = file;
    }
}

/* ---- one file ---- */

static const char *word_of(spil_merge merge)
{
    static const char *const words[] = {[SPIL_MERGE_LAST] = "last",
                                        [SPIL_MERGE_FIRST] = "first",
                                        [SPIL_MERGE_SUM] = "sum",
                                        [SPIL_MERGE_MAX] = "max"};
    return words[merge];
}

/* How the files are read, as far as it changes what comes out. */
static spil_status write_options(import_job *job, spil_err *err)
{
    const spil_import_opts *const opts = job->opts;
    spil_str_addf(&job->options, "{\"entity\":\"%s\",\"link\":\"%s\",\"merge\":\"%s\"",
                  spil_entity_kind_info(opts->entity_kind)->name,
                  spil_link_kind_info(opts->link_kind)->name, word_of(opts->merge));
    if (opts->has_decimal)
        spil_str_addf(&job->options, ",\"decimal\":\"%s\"",
                      opts->decimal == SPIL_DECIMAL_COMMA ? "comma" : "point");
    if (job->mapping)
        spil_str_addf(&job->options, ",\"mapping\":\"%s\"", job->mapping->digest);
    if (opts->secret)
        spil_str_addf(&job->options, ",\"key\":\"%s\"", spil_secret_mark(opts->secret));
    spil_str_add(&job->options, "}");
    return spil_str_status(&job->options, err);
}

static spil_status add_drops(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < intake->column_count; i++) {
        const spil_column *const column = &intake->columns[i];
        if (!column->drop || (!column->trait && column->dropped == 0))
            continue;
        intake->file->dropped_columns++;
        TRY(spil_store_add_drop(intake->store, intake->source,
                                &(spil_drop){.path = intake->header.path,
                                             .column = column->name,
                                             .reason = column->drop,
                                             .rows = column->dropped},
                                err));
    }
done:
    return rc;
}

static spil_status add_source(const import_job *job, spil_intake *intake, const char *digest,
                              uint64_t bytes, spil_err *err)
{
    const spil_import_opts *const opts = job->opts;
    const spil_source row = {.path = intake->file->path,
                             .sha256 = digest,
                             .loader = intake->file->loader,
                             .options = spil_str_text(&job->options),
                             .grade = opts->grade ? opts->grade : "",
                             .owner = opts->owner ? opts->owner : "",
                             .basis = opts->basis ? opts->basis : "",
                             .purpose = opts->purpose ? opts->purpose : "",
                             .keep_until = opts->keep_until};
    return spil_store_add_source(job->store, &row, bytes, &intake->source, err);
}

static spil_status finish_file(spil_intake *intake, const char *digest, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_import_file *const file = intake->file;
    spil_str detail = SPIL_STR_INIT;
    const spil_charset charset =
        intake->reader ? spil_text_reader_charset(intake->reader) : SPIL_CHARSET_UTF8;
    if (charset != SPIL_CHARSET_ASCII && charset != SPIL_CHARSET_UTF8)
        spil_intake_note(intake, "read as %s", spil_charset_name(charset));
    if (file->rows == 0)
        spil_intake_note(intake, "%s",
                         intake->reader ? "a header and no rows" : "it holds nothing");
    spil_intake_note_hashes(intake);
    TRY(spil_intake_note_keys(intake, err));
    TRY(add_drops(intake, err));
    TRY(spil_store_flag_hubs(intake->store, err));
    TRY(spil_store_count_source(intake->store, intake->source, file->rows, file->accepted,
                                file->rejected, file->merged, err));
    TRY(spil_str_status(&intake->note, err));
    if (intake->note.length > 0)
        TRY(spil_copy_text(&file->note, intake->note.text, err));
    /* not the path: it may hold a name, and the audit outlives what is purged */
    spil_str_addf(&detail, "sha256 %s loader %s rows %llu rejected %llu", digest, file->loader,
                  (unsigned long long)file->rows, (unsigned long long)file->rejected);
    TRY(spil_str_status(&detail, err));
    TRY(spil_store_audit(intake->store, "import", spil_str_text(&detail), err));
done:
    spil_str_free(&detail);
    return rc;
}

/* Inside a transaction. */
static spil_status load_file(const import_job *job, const planned_file *planned,
                             spil_import_file *file, const char *digest, uint64_t bytes,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *intake = NULL;
    TRY(spil_intake_open(&intake, planned->path, job->mapping, job->opts, err));
    intake->store = job->store;
    intake->file = file;
    TRY(add_source(job, intake, digest, bytes, err));
    spil_progress_begin(job->opts->progress, spil_path_name(planned->path), bytes);
    rc = planned->loader->load(intake, err);
    spil_progress_end(job->opts->progress);
    if (rc == SPIL_OK)
        TRY(finish_file(intake, digest, err));
done:
    spil_intake_free(intake);
    return rc;
}

static spil_status import_file(const import_job *job, const planned_file *planned,
                               spil_import_file *file, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char digest[SPIL_DIGEST_TEXT];
    uint64_t bytes = 0;
    int64_t known = 0;
    TRY(spil_copy_text(&file->path, planned->path, err));
    file->loader = planned->loader->name;
    TRY(spil_digest_file(planned->path, digest, &bytes, err));
    TRY(spil_store_begin_import(job->store, err));
    TRY(spil_store_find_source(job->store, digest, &known, err));
    file->already = known != 0;
    if (!file->already) {
        TRY(load_file(job, planned, file, digest, bytes, err));
        TRY(spil_store_commit(job->store, err));
    }
done:
    spil_store_rollback(job->store);
    return rc;
}

/* ---- all files ---- */

static void free_file(spil_import_file *file)
{
    spil_free(file->path);
    spil_free(file->note);
    *file = (spil_import_file){0};
}

static spil_status run_job(import_job *job, spil_import_summary *summary, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(check_loader_name(job, err));
    TRY(write_options(job, err));
    for (size_t i = 0; i < job->count; i++)
        TRY(plan_file(job, &job->files[i], err));
    order_files(job);
    for (size_t i = 0; i < job->count; i++) {
        rc = import_file(job, &job->files[i], &summary->files[i], err);
        if (rc != SPIL_OK) {
            free_file(&summary->files[i]);
            goto done;
        }
        summary->count++;
    }
done:
    return rc;
}

/* What the mapping says of the source holds where the user said nothing. */
static spil_status read_mapping(spil_mapping **out, spil_import_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL;
    TRY(spil_mapping_find(&path, opts->mapping, err));
    TRY(spil_mapping_read(out, path, err));
    const spil_mapping_source *const source = &(*out)->source;
    opts->grade = opts->grade ? opts->grade : source->grade;
    opts->owner = opts->owner ? opts->owner : source->owner;
    opts->basis = opts->basis ? opts->basis : source->basis;
    opts->purpose = opts->purpose ? opts->purpose : source->purpose;
    opts->keep_until = opts->keep_until != SPIL_NO_DAY ? opts->keep_until : source->keep_until;
done:
    spil_free(path);
    return rc;
}

spil_status spil_import(spil_import_summary **out, spil_store *store, const char *const *paths,
                        size_t count, const spil_import_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_import_summary *summary = NULL;
    spil_mapping *mapping = NULL;
    spil_secret *secret = NULL;
    spil_import_opts settled = *opts;
    import_job job = {.store = store, .opts = &settled, .count = count};
    *out = NULL;
    TRY(NEW(summary, err));
    TRY(NEW_ARRAY(summary->files, count, err));
    TRY(NEW_ARRAY(job.files, count, err));
    for (size_t i = 0; i < count; i++)
        job.files[i].path = paths[i];
    *out = summary;
    summary = NULL;
    if (opts->mapping)
        TRY(read_mapping(&mapping, &settled, err));
    job.mapping = mapping;
    if (opts->key)
        TRY(spil_secret_read(&secret, opts->key, err));
    settled.secret = secret;
    TRY(run_job(&job, *out, err));
done:
    spil_import_summary_free(summary);
    spil_mapping_free(mapping);
    spil_secret_free(secret);
    spil_str_free(&job.options);
    spil_free(job.files);
    return rc;
}

void spil_import_summary_free(spil_import_summary *summary)
{
    if (!summary)
        return;
    for (size_t i = 0; i < summary->count; i++)
        free_file(&summary->files[i]);
    spil_free(summary->files);
    spil_free(summary);
}

size_t spil_loader_count(void)
{
    return LOADER_COUNT;
}

spil_loader_info spil_loader_describe(size_t index)
{
    return (spil_loader_info){loaders[index]->name, loaders[index]->summary};
}
