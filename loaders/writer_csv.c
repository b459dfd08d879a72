/* writer_csv.c - a case as a folder of six tables (loader_spil.c reads them again).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 4180, UTF-8, lines end in LF. A cell that a spreadsheet would take for a formula gets a ' in
 * front.
 */
#include "engine/base/file.h"
#include "engine/base/progress.h"
#include "loaders/writer.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

/* One table while it is written. */
typedef struct sheet {
    const spil_export *what;
    spil_outfile *file;
    char *path;
    spil_str row;
    bool fresh; /* no cell yet */
} sheet;

typedef spil_status (*fill_fn)(sheet *s, spil_err *err);

/* ---- cells ---- */

static void add_text(sheet *s, const char *text)
{
    const size_t quotes = strspn(text, "'"), length = strlen(text);
    const bool formula = text[quotes] != '\0' && strchr("=+-@\t\r", text[quotes]);
    const bool quoted =
        strpbrk(text, ",;\"\r\n\t") || text[0] == ' ' || (length > 0 && text[length - 1] == ' ');
    if (!s->fresh)
        spil_str_add(&s->row, ",");
    s->fresh = false;
    if (quoted)
        spil_str_add(&s->row, "\"");
    if (formula)
        spil_str_add(&s->row, "'");
    for (const char *at = text; *at;) {
        const size_t plain = strcspn(at, "\"");
        spil_str_add_n(&s->row, at, plain);
        if (at[plain] == '"')
            spil_str_add(&s->row, "\"\"");
        at += plain + (at[plain] == '"');
    }
    if (quoted)
        spil_str_add(&s->row, "\"");
}

static void add_number(sheet *s, double value)
{
    spil_str_add(&s->row, s->fresh ? "" : ",");
    s->fresh = false;
    spil_write_number(&s->row, value);
}

static void add_whole(sheet *s, uint64_t value)
{
    spil_str_addf(&s->row, "%s%" PRIu64, s->fresh ? "" : ",", value);
    s->fresh = false;
}

static void add_day(sheet *s, spil_day day)
{
    char text[16];
    spil_format_day(day, text);
    add_text(s, text);
}

static spil_status end_row(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str_add(&s->row, "\n");
    TRY(spil_str_status(&s->row, err));
    errno = 0;
    if (fwrite(s->row.text, 1, s->row.length, spil_outfile_stream(s->file)) != s->row.length) {
        rc = spil_fail_io(err, errno ? errno : EIO, s->path);
        goto done;
    }
    spil_str_clear(&s->row);
    s->fresh = true;
    rc = spil_check_stop(err);
done:
    return rc;
}

static spil_status end_with_origin(sheet *s, spil_origin origin, spil_err *err)
{
    add_text(s, s->what->facts->sources[origin.source].sha256);
    add_whole(s, origin.line);
    return end_row(s, err);
}

static const char *key_of(const sheet *s, uint32_t entity)
{
    return s->what->facts->entities[entity].key;
}

/* ---- tables ---- */

static spil_status fill_sources(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < s->what->facts->source_count; i++) {
        const spil_source *const file = &s->what->facts->sources[i];
        const char *const texts[] = {file->sha256, file->path,  file->loader, file->options,
                                     file->grade,  file->owner, file->basis,  file->purpose};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            add_text(s, texts[t]);
        add_day(s, file->keep_until);
        add_whole(s, file->rows);
        add_whole(s, file->accepted);
        add_whole(s, file->rejected);
        add_whole(s, file->merged);
        TRY(end_row(s, err));
    }
done:
    return rc;
}

static spil_status fill_entities(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = s->what->facts;
    for (size_t i = 0; i < s->what->naming_row[facts->entity_count]; i++) {
        const spil_export_naming *const naming = &s->what->namings[i];
        const spil_entity *const entity = &facts->entities[naming->entity];
        add_text(s, entity->key);
        add_text(s, spil_entity_kind_info(entity->kind)->name);
        add_text(s, naming->label);
        add_text(s, naming->type);
        TRY(end_with_origin(s, (spil_origin){naming->source, naming->line}, err));
    }
done:
    return rc;
}

static spil_status fill_attributes(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < s->what->facts->attribute_count; i++) {
        const spil_attribute *const row = &s->what->facts->attributes[i];
        add_text(s, key_of(s, row->entity));
        add_text(s, row->name);
        add_text(s, row->value);
        TRY(end_with_origin(s, row->origin, err));
    }
done:
    return rc;
}

static spil_status fill_links(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < s->what->facts->link_count; i++) {
        const spil_link *const row = &s->what->facts->links[i];
        add_text(s, key_of(s, row->from));
        add_text(s, key_of(s, row->to));
        add_text(s, spil_link_kind_info(row->kind)->name);
        add_text(s, row->type);
        add_number(s, row->weight);
        add_number(s, row->confidence);
        add_day(s, row->since);
        add_day(s, row->until);
        TRY(end_with_origin(s, row->origin, err));
    }
done:
    return rc;
}

static spil_status fill_roles(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < s->what->facts->role_count; i++) {
        const spil_role *const row = &s->what->facts->roles[i];
        add_text(s, key_of(s, row->entity));
        add_text(s, row->model);
        add_text(s, row->step);
        add_text(s, row->role);
        add_number(s, row->confidence);
        TRY(end_with_origin(s, row->origin, err));
    }
done:
    return rc;
}

static spil_status fill_signals(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < s->what->facts->signal_count; i++) {
        const spil_signal *const row = &s->what->facts->signals[i];
        add_text(s, key_of(s, row->entity));
        add_text(s, row->code);
        add_number(s, row->strength);
        add_number(s, row->confidence);
        add_day(s, row->date);
        TRY(end_with_origin(s, row->origin, err));
    }
done:
    return rc;
}

/* ---- the folder ---- */

static const struct {
    const char *name, *header;
    fill_fn fill;
} tables[] = {
    {"sources.csv",
     "spil_source,path,loader,options,grade,owner,basis,purpose,keep_until,rows,accepted,rejected,"
     "merged",
     fill_sources},
    {"entities.csv", "id,kind,name,type,spil_source,spil_line", fill_entities},
    {"attributes.csv", "entity,attribute,value,spil_source,spil_line", fill_attributes},
    {"links.csv", "from,to,kind,type,weight,confidence,since,until,spil_source,spil_line",
     fill_links},
    {"roles.csv", "entity,model,step,role,confidence,spil_source,spil_line", fill_roles},
    {"signals.csv", "entity,code,strength,confidence,date,spil_source,spil_line", fill_signals},
};

enum { TABLES = sizeof tables / sizeof *tables };

static spil_status write_sheet(sheet *s, size_t table, const char *folder, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_path_join(&s->path, folder, tables[table].name, err));
    TRY(spil_outfile_open(&s->file, s->path, err));
    s->fresh = true;
    spil_str_add(&s->row, tables[table].header);
    TRY(end_row(s, err));
    TRY(tables[table].fill(s, err));
done:
    return rc;
}

/* All tables are written aside before the first takes its place. */
static spil_status write(const spil_export *what, const char *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sheet sheets[TABLES] = {0};
    TRY(spil_make_folder(out, err));
    for (size_t t = 0; t < TABLES; t++) {
        sheets[t].what = what;
        TRY(write_sheet(&sheets[t], t, out, err));
    }
    for (size_t t = 0; t < TABLES; t++) {
        spil_outfile *const file = sheets[t].file;
        sheets[t].file = NULL;
        TRY(spil_outfile_commit(file, err));
    }
done:
    for (size_t t = 0; t < TABLES; t++) {
        spil_outfile_abort(sheets[t].file);
        spil_str_free(&sheets[t].row);
        spil_free(sheets[t].path);
    }
    return rc;
}

const spil_writer spil_writer_csv = {
    .name = "csv",
    .summary = "six tables in a folder: entities, attributes, links, roles, signals, sources",
    .folder = true,
    .write = write,
};
