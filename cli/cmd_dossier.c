/* cmd_dossier.c - `spil dossier CASE.db ENTITY...`: what is known, on paper and in a workbook.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/opt_lang.h"
#include "cli/show.h"
#include "cli/suggest.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "reports/dossier.h"

#include <errno.h>
#include <string.h>

enum { SUBJECTS_MOST = 200, FILES_MOST = 2 };

static struct {
    const char *out, *lang, *by, *models;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("out", given.out, "file to write (.html or .xlsx), or a folder for both", "PATH"),
    OPT_TEXT("lang", given.lang, "language: nl or en (default: en)", "LANG"),
    OPT_TEXT("by", given.by, "who hands it out: stands in it and in the audit chain", "NAME"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_FLAG("json", given.json, "print it as JSON"),
    OPT_HELP,
    OPT_END,
};

/* One file of the dossier. */
typedef struct leaf {
    char *path;
    spil_str text;
    spil_outfile *file; /* written aside, not yet in its place */
} leaf;

typedef struct making {
    spil_store *store;
    spil_dossier dossier;
    spil_dossier_tables *tables;
    spil_lang lang;
    leaf files[FILES_MOST];
    size_t file_count;
    spil_str json;
} making;

/* ---- of whom ---- */

static spil_status add_subject(making *m, const char *key, spil_err *err)
{
    const spil_facts *const facts = m->dossier.facts;
    if (spil_facts_find(facts, key) != UINT32_MAX)
        return spil_dossier_add(&m->dossier, key, err);
    spil_suggestion near = spil_suggest_for(key);
    for (size_t i = 0; i < facts->entity_count; i++)
        spil_suggest_weigh(&near, facts->entities[i].key);
    for (size_t i = 0; !near.best && i < facts->entity_count; i++)
        if (spil_text_equal_nocase(facts->entities[i].label, key))
            near.best = facts->entities[i].key;
    return spil_fail(err, SPIL_NOT_FOUND, "there is no entity '%s'%s%s%s", key,
                     near.best ? "; did you mean '" : "", near.best ? near.best : "",
                     near.best ? "'?" : "; spil export lists every key");
}

/* ---- the files ---- */

static bool ends_in(const char *path, const char *ending)
{
    const size_t length = strlen(path), tail = strlen(ending);
    return length > tail && spil_text_equal_nocase(path + length - tail, ending);
}

static spil_status add_file(making *m, const char *folder, const char *name, bool page,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    leaf *const file = &m->files[m->file_count++];
    TRY(folder ? spil_path_join(&file->path, folder, name, err)
               : spil_copy_text(&file->path, name, err));
    TRY((page ? spil_dossier_html : spil_dossier_xlsx)(m->tables, m->lang, &file->text, err));
    TRY(spil_outfile_open(&file->file, file->path, err));
    errno = 0;
    if (fwrite(file->text.text, 1, file->text.length, spil_outfile_stream(file->file)) !=
        file->text.length)
        rc = spil_fail_io(err, errno ? errno : EIO, file->path);
done:
    return rc;
}

static spil_status make_files(making *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (given.json)
        TRY(spil_dossier_json(m->tables, m->lang, &m->json, err));
    if (!given.out)
        goto done;
    const bool page = ends_in(given.out, ".html"), book = ends_in(given.out, ".xlsx");
    if (page || book) {
        rc = add_file(m, NULL, given.out, page, err);
        goto done;
    }
    TRY(spil_make_folder(given.out, err));
    TRY(add_file(m, given.out, "dossier.html", true, err));
    TRY(add_file(m, given.out, "dossier.xlsx", false, err));
done:
    return rc;
}

/* ---- what was handed out ---- */

static void add_handed(spil_str *detail, const char *what, const spil_str *text)
{
    char hex[SPIL_DIGEST_TEXT];
    spil_digest digest;
    spil_digest_begin(&digest);
    spil_digest_add(&digest, spil_str_text(text), text->length);
    spil_digest_end(&digest, hex);
    spil_str_addf(detail, "; %.80s %.12s", what, hex);
}

/* The files are written aside, then the entry is made, then the files take their place: a dossier
 * that nobody knows of is worse than an entry about one that did not get there. */
static spil_status note_in_audit(const making *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str detail = SPIL_STR_INIT;
    spil_str_addf(&detail, "of");
    for (size_t i = 0; i < m->tables->subject_count; i++)
        spil_str_addf(&detail, " %s", m->tables->subjects[i].key);
    spil_str_addf(&detail, "; by %.80s; %zu rows", given.by ? given.by : "(no name given)",
                  spil_dossier_rows(m->tables));
    for (size_t i = 0; i < m->file_count; i++)
        add_handed(&detail, spil_path_name(m->files[i].path), &m->files[i].text);
    if (given.json)
        add_handed(&detail, "json", &m->json);
    TRY(spil_str_status(&detail, err));
    TRY(spil_store_begin(m->store, err));
    rc = spil_store_audit(m->store, "dossier", spil_str_text(&detail), err);
    if (rc == SPIL_OK)
        rc = spil_store_commit(m->store, err);
    else
        spil_store_rollback(m->store);
done:
    spil_str_free(&detail);
    return rc;
}

static spil_status hand_out(making *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(note_in_audit(m, err));
    for (size_t i = 0; i < m->file_count; i++) {
        leaf *const file = &m->files[i];
        spil_outfile *const aside = file->file;
        file->file = NULL;
        TRY(spil_outfile_commit(aside, err));
        spil_note("%s: %zu subject%s, %zu rows", file->path, m->tables->subject_count,
                  m->tables->subject_count == 1 ? "" : "s", spil_dossier_rows(m->tables));
    }
    if (given.json)
        spil_put(&m->json);
    if (m->tables->stale)
        spil_note("files came in or records were merged since the analysis; analyze again");
done:
    return rc;
}

/* ---- the command ---- */

static void clear(making *m)
{
    for (size_t i = 0; i < m->file_count; i++) {
        spil_outfile_abort(m->files[i].file);
        spil_free(m->files[i].path);
        spil_str_free(&m->files[i].text);
    }
    spil_str_free(&m->json);
    spil_dossier_tables_free(m->tables);
    spil_dossier_clear(&m->dossier);
    spil_store_close(m->store);
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    making m = {.lang = SPIL_LANG_EN};
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_dossier, options, argc, argv, 2, 1 + SUBJECTS_MOST, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_lang(given.lang, &m.lang, err));
    if (!given.out && !given.json)
        rc = spil_fail(err, SPIL_USAGE, "--out is missing: a file .html or .xlsx, or a folder");
    if (rc != SPIL_OK)
        goto done;
    TRY(spil_case_open(&m.store, args.words[0], SPIL_STORE_WRITE, err));
    TRY(spil_dossier_load(&m.dossier, m.store, given.models, err));
    TRY(spil_dossier_room(&m.dossier, args.count - 1, err));
    for (size_t i = 1; i < args.count; i++)
        TRY(add_subject(&m, args.words[i], err));
    TRY(spil_dossier_tables_make(&m.tables, &m.dossier, m.lang, given.by, err));
    TRY(make_files(&m, err));
    rc = hand_out(&m, err);
done:
    clear(&m);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_dossier = {
    .name = "dossier",
    .arguments = "CASE.db ENTITY...",
    .summary = "all that is known of somebody, to print and as a workbook",
    .details =
        "Gathers of one or several persons, companies or addresses: attributes, links in and out\n"
        "with who is at the other end, roles, signals, a timeline, and what the newest analysis\n"
        "made of it: communities, position, reasons, actions proposed and decisions. Each row\n"
        "names the file and line it comes from. ENTITY is a key, also one that was merged into\n"
        "another. --out ends in .html (a page made to be printed on A4) or .xlsx, or is a folder\n"
        "for both; --json prints the same for programs. Keyed hashes of identity numbers and\n"
        "dates of birth are never in it. It is for who may see the whole case: what a partner may\n"
        "see is for spil partners. What was handed out, and by whom, stands in the audit chain.\n"
        "\n"
        "examples:\n"
        "  spil dossier case.db P12 --out P12.html --lang nl --by 'J. de Vries'\n"
        "  spil dossier case.db P12 C3 A7 --out dossier",
    .run = run,
};
