/* writer_csv.c - a case as a folder of six tables (loader_spil.c reads them again).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 4180, UTF-8, lines end in LF. A cell that a spreadsheet would take for a formula gets a ' in
 * front.
 */
#include "engine/base/vec.h"
#include "engine/store/facts_detail.h"
#include "loaders/csv_file.h"
#include "loaders/limits.h"
#include "loaders/provenance.h"
#include "loaders/writer.h"

#include <stdlib.h>
#include <string.h>

enum { DETAILS_MOST = SPIL_MAX_COLUMNS - 16 };

/* One table while it is written. */
typedef struct sheet {
    const spil_export *what;
    spil_csv_file csv;
    SPIL_VEC(const char *) details; /* of links: names of their columns, in order */
    spil_str scratch;
} sheet;

typedef spil_status (*fill_fn)(sheet *s, spil_err *err);

static void put_origin(sheet *s, spil_origin origin)
{
    spil_csv_file_text(&s->csv, s->what->facts->sources[origin.source].sha256);
    spil_csv_file_whole(&s->csv, origin.line);
}

static spil_status end_with_origin(sheet *s, spil_origin origin, spil_err *err)
{
    put_origin(s, origin);
    return spil_csv_file_end_row(&s->csv, err);
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
            spil_csv_file_text(&s->csv, texts[t]);
        spil_csv_file_day(&s->csv, file->keep_until);
        spil_csv_file_whole(&s->csv, file->rows);
        spil_csv_file_whole(&s->csv, file->accepted);
        spil_csv_file_whole(&s->csv, file->rejected);
        spil_csv_file_whole(&s->csv, file->merged);
        TRY(spil_csv_file_end_row(&s->csv, err));
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
        spil_csv_file_text(&s->csv, entity->key);
        spil_csv_file_text(&s->csv, spil_entity_kind_info(entity->kind)->name);
        spil_csv_file_text(&s->csv, naming->label);
        spil_csv_file_text(&s->csv, naming->type);
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
        spil_csv_file_text(&s->csv, key_of(s, row->entity));
        spil_csv_file_text(&s->csv, row->name);
        spil_csv_file_text(&s->csv, row->value);
        TRY(end_with_origin(s, row->origin, err));
    }
done:
    return rc;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static spil_status put_detail_header(sheet *s, const char *name, spil_err *err)
{
    spil_str_clear(&s->scratch);
    spil_str_addf(&s->scratch, SPIL_DETAIL_COLUMN "%s", name);
    spil_csv_file_text(&s->csv, spil_str_text(&s->scratch));
    return spil_str_status(&s->scratch, err);
}

/* A column for each name that details have, as often as one link has values of it. */
static spil_status plan_details(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = s->what->facts;
    size_t same = 0;
    for (size_t i = 0; i < facts->detail_count; i++) {
        const spil_detail *const row = &facts->details[i];
        const bool again =
            i > 0 && row[-1].link == row->link && strcmp(row[-1].name, row->name) == 0;
        same = again ? same + 1 : 1;
        size_t at = 0, number = 0;
        while (at < s->details.count && number < same)
            number += strcmp(s->details.items[at++], row->name) == 0;
        if (number < same)
            TRY(VEC_PUSH(s->details, row->name, err));
        if (s->details.count > DETAILS_MOST) {
            rc = spil_fail(err, SPIL_LIMIT,
                           "links have more than %d different attributes, too many columns; "
                           "--format ftm has no limit",
                           DETAILS_MOST);
            goto done;
        }
    }
    if (s->details.count > 0)
        qsort(s->details.items, s->details.count, sizeof *s->details.items, by_text);
done:
    return rc;
}

/* Both by name: one walk. */
static void put_details(sheet *s, size_t link)
{
    size_t count, at = 0;
    const spil_detail *const rows = spil_facts_details(s->what->facts, link, &count);
    for (size_t c = 0; c < s->details.count; c++) {
        const bool here = at < count && strcmp(rows[at].name, s->details.items[c]) == 0;
        spil_csv_file_text(&s->csv, here ? rows[at++].value : "");
    }
}

static spil_status fill_links(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    static const char *const names[] = {"from",       "to",    "kind",  "type",        "weight",
                                        "confidence", "since", "until", "spil_source", "spil_line"};
    TRY(plan_details(s, err));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        spil_csv_file_text(&s->csv, names[i]);
    for (size_t i = 0; i < s->details.count; i++)
        TRY(put_detail_header(s, s->details.items[i], err));
    TRY(spil_csv_file_end_row(&s->csv, err));
    for (size_t i = 0; i < s->what->facts->link_count; i++) {
        const spil_link *const row = &s->what->facts->links[i];
        spil_csv_file_text(&s->csv, key_of(s, row->from));
        spil_csv_file_text(&s->csv, key_of(s, row->to));
        spil_csv_file_text(&s->csv, spil_link_kind_info(row->kind)->name);
        spil_csv_file_text(&s->csv, row->type);
        spil_csv_file_number(&s->csv, row->weight);
        spil_csv_file_number(&s->csv, row->confidence);
        spil_csv_file_day(&s->csv, row->since);
        spil_csv_file_day(&s->csv, row->until);
        put_origin(s, row->origin);
        put_details(s, i);
        TRY(spil_csv_file_end_row(&s->csv, err));
    }
done:
    return rc;
}

static spil_status fill_roles(sheet *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < s->what->facts->role_count; i++) {
        const spil_role *const row = &s->what->facts->roles[i];
        spil_csv_file_text(&s->csv, key_of(s, row->entity));
        spil_csv_file_text(&s->csv, row->model);
        spil_csv_file_text(&s->csv, row->step);
        spil_csv_file_text(&s->csv, row->role);
        spil_csv_file_number(&s->csv, row->confidence);
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
        spil_csv_file_text(&s->csv, key_of(s, row->entity));
        spil_csv_file_text(&s->csv, row->code);
        spil_csv_file_number(&s->csv, row->strength);
        spil_csv_file_number(&s->csv, row->confidence);
        spil_csv_file_day(&s->csv, row->date);
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
    {"links.csv", NULL, fill_links}, /* columns of its own */
    {"roles.csv", "entity,model,step,role,confidence,spil_source,spil_line", fill_roles},
    {"signals.csv", "entity,code,strength,confidence,date,spil_source,spil_line", fill_signals},
};

enum { TABLES = sizeof tables / sizeof *tables };

/* All tables are written aside before the first takes its place. */
static spil_status write(const spil_export *what, const char *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sheet sheets[TABLES] = {0};
    TRY(spil_make_folder(out, err));
    for (size_t t = 0; t < TABLES; t++) {
        sheets[t].what = what;
        TRY(spil_csv_file_open(&sheets[t].csv, out, tables[t].name, tables[t].header,
                               SPIL_GUARD_ALL, err));
        TRY(tables[t].fill(&sheets[t], err));
    }
    for (size_t t = 0; t < TABLES; t++)
        TRY(spil_csv_file_commit(&sheets[t].csv, err));
done:
    for (size_t t = 0; t < TABLES; t++) {
        spil_csv_file_drop(&sheets[t].csv);
        spil_free(sheets[t].details.items);
        spil_str_free(&sheets[t].scratch);
    }
    return rc;
}

const spil_writer spil_writer_csv = {
    .name = "csv",
    .summary = "six tables in a folder: entities, attributes, links, roles, signals, sources",
    .folder = true,
    .write = write,
};
