/* writer_i2.c - a case as two tables that the import wizard of i2 Analyst's Notebook takes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     entities.csv   id,type,label,own_type,roles,signals,source,line,<attribute>,...
 *     links.csv      from_id,from_type,from_label,to_id,to_type,to_label,link_type,label,strength,
 *                    confidence,direction,since,until,source,line
 *
 * Types go by the names of i2's own icons (Person, Organization, Location). UTF-8 with a byte-order
 * mark, since the wizard else reads Windows-1252; one line a row, since it cannot read a value of
 * two lines: a line end within a value becomes a blank. docs/i2.md tells the steps of the wizard.
 */
#include "loaders/csv_file.h"
#include "loaders/wide.h"
#include "loaders/writer.h"

#include <string.h>

enum { ENTITIES, LINKS, FILES };

typedef struct i2_sink {
    const spil_facts *facts;
    spil_wide_column *columns;
    size_t count;
    spil_csv_file sheets[FILES];
    spil_str scratch;
} i2_sink;

static const char *const types[SPIL_ENTITY_KIND_COUNT] = {
    [SPIL_ENTITY_person] = "Person",     [SPIL_ENTITY_company] = "Organization",
    [SPIL_ENTITY_address] = "Location",  [SPIL_ENTITY_phone] = "Telephone",
    [SPIL_ENTITY_email] = "E-mail",      [SPIL_ENTITY_vehicle] = "Vehicle",
    [SPIL_ENTITY_account] = "Account",   [SPIL_ENTITY_event] = "Event",
    [SPIL_ENTITY_object] = "Object",     [SPIL_ENTITY_area] = "Area",
    [SPIL_ENTITY_official] = "Official", [SPIL_ENTITY_other] = "Other",
};

/* What i2 draws as a whole, a broken and a dotted line. */
static const char *strength_of(double confidence)
{
    return confidence >= 0.75 ? "Confirmed" : confidence >= 0.4 ? "Unconfirmed" : "Tentative";
}

/* Links that run both ways have no arrow. */
static const char *direction_of(spil_link_kind kind)
{
    switch ((int)kind) {
    case SPIL_LINK_co_suspect:
    case SPIL_LINK_met:
    case SPIL_LINK_family:
    case SPIL_LINK_knows:
    case SPIL_LINK_related:
        return "none";
    default:
        return "to";
    }
}

/* ---- cells ---- */

static spil_status put_scratch(i2_sink *sink, spil_csv_file *sheet, spil_err *err)
{
    const spil_status rc = spil_str_status(&sink->scratch, err);
    if (rc == SPIL_OK) {
        for (size_t i = 0; i < sink->scratch.length; i++)
            if (strchr("\r\n\t", sink->scratch.text[i]))
                sink->scratch.text[i] = ' ';
        spil_csv_file_text(sheet, spil_str_text(&sink->scratch));
    }
    spil_str_clear(&sink->scratch);
    return rc;
}

static spil_status put_line(i2_sink *sink, spil_csv_file *sheet, const char *text, spil_err *err)
{
    spil_str_add(&sink->scratch, text);
    return put_scratch(sink, sheet, err);
}

static const char *shown_name(const spil_entity *entity)
{
    return entity->label[0] ? entity->label : entity->key;
}

static spil_status put_end(i2_sink *sink, spil_csv_file *sheet, uint32_t entity, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_entity *const row = &sink->facts->entities[entity];
    TRY(put_line(sink, sheet, row->key, err));
    spil_csv_file_text(sheet, types[row->kind]);
    TRY(put_line(sink, sheet, shown_name(row), err));
done:
    return rc;
}

static spil_status put_origin(i2_sink *sink, spil_csv_file *sheet, spil_origin origin,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(put_line(sink, sheet, spil_path_name(sink->facts->sources[origin.source].path), err));
    spil_csv_file_whole(sheet, origin.line);
done:
    return rc;
}

static spil_status put_roles(i2_sink *sink, spil_csv_file *sheet, uint32_t entity, spil_err *err)
{
    const spil_facts *const facts = sink->facts;
    for (size_t i = facts->role_row[entity]; i < facts->role_row[entity + 1]; i++)
        spil_str_addf(&sink->scratch, "%s%s (%s, %s)", i > facts->role_row[entity] ? "; " : "",
                      facts->roles[i].role, facts->roles[i].model, facts->roles[i].step);
    return put_scratch(sink, sheet, err);
}

static spil_status put_signals(i2_sink *sink, spil_csv_file *sheet, uint32_t entity, spil_err *err)
{
    const spil_facts *const facts = sink->facts;
    for (size_t i = facts->signal_row[entity]; i < facts->signal_row[entity + 1]; i++) {
        char day[16];
        spil_format_day(facts->signals[i].date, day);
        spil_str_addf(&sink->scratch, "%s%s%s%s", i > facts->signal_row[entity] ? "; " : "",
                      facts->signals[i].code, *day ? " " : "", day);
    }
    return put_scratch(sink, sheet, err);
}

/* ---- files ---- */

/* The byte-order mark stands before the first cell of a header. */
static spil_status write_header(i2_sink *sink, spil_csv_file *sheet, const char *const *names,
                                size_t count, bool attributes, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str_add(&sheet->row, "\xef\xbb\xbf");
    for (size_t i = 0; i < count; i++)
        spil_csv_file_text(sheet, names[i]);
    for (size_t c = 0; attributes && c < sink->count; c++) {
        spil_str_add(&sink->scratch, sink->columns[c].name);
        for (size_t i = 0; i < count; i++)
            if (strcmp(names[i], sink->columns[c].name) == 0)
                spil_str_add(&sink->scratch, " (attribute)");
        TRY(put_scratch(sink, sheet, err));
    }
    TRY(spil_csv_file_end_row(sheet, err));
done:
    return rc;
}

static spil_status write_entities(i2_sink *sink, spil_err *err)
{
    static const char *const names[] = {"id",    "type",    "label",  "own_type",
                                        "roles", "signals", "source", "line"};
    spil_status rc = SPIL_OK;
    spil_csv_file *const s = &sink->sheets[ENTITIES];
    TRY(write_header(sink, s, names, sizeof names / sizeof *names, true, err));
    for (uint32_t e = 0; e < sink->facts->entity_count; e++) {
        const spil_entity *const entity = &sink->facts->entities[e];
        TRY(put_end(sink, s, e, err));
        TRY(put_line(sink, s, entity->type, err));
        TRY(put_roles(sink, s, e, err));
        TRY(put_signals(sink, s, e, err));
        TRY(put_origin(sink, s, entity->origin, err));
        for (size_t c = 0; c < sink->count; c++) {
            spil_wide_value(&sink->scratch, sink->facts, e, &sink->columns[c], "; ");
            TRY(put_scratch(sink, s, err));
        }
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

static spil_status write_links(i2_sink *sink, spil_err *err)
{
    static const char *const names[] = {"from_id",  "from_type",  "from_label", "to_id",
                                        "to_type",  "to_label",   "link_type",  "label",
                                        "strength", "confidence", "direction",  "since",
                                        "until",    "source",     "line"};
    spil_status rc = SPIL_OK;
    spil_csv_file *const s = &sink->sheets[LINKS];
    TRY(write_header(sink, s, names, sizeof names / sizeof *names, false, err));
    for (size_t i = 0; i < sink->facts->link_count; i++) {
        const spil_link *const link = &sink->facts->links[i];
        const spil_kind_info *const kind = spil_link_kind_info(link->kind);
        TRY(put_end(sink, s, link->from, err));
        TRY(put_end(sink, s, link->to, err));
        spil_csv_file_text(s, kind->name);
        TRY(put_line(sink, s, link->type[0] ? link->type : kind->en, err));
        spil_csv_file_text(s, strength_of(link->confidence));
        spil_csv_file_number(s, link->confidence);
        spil_csv_file_text(s, direction_of(link->kind));
        spil_csv_file_day(s, link->since);
        spil_csv_file_day(s, link->until);
        TRY(put_origin(sink, s, link->origin, err));
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

static spil_status write(const spil_export *what, const char *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    i2_sink sink = {.facts = what->facts, .scratch = SPIL_STR_INIT};
    TRY(spil_wide_columns(&sink.columns, &sink.count, what->facts, err));
    TRY(spil_make_folder(out, err));
    TRY(spil_csv_file_open(&sink.sheets[ENTITIES], out, "entities.csv", NULL, SPIL_GUARD_SHOWN,
                           err));
    TRY(write_entities(&sink, err));
    TRY(spil_csv_file_open(&sink.sheets[LINKS], out, "links.csv", NULL, SPIL_GUARD_SHOWN, err));
    TRY(write_links(&sink, err));
    for (size_t i = 0; i < FILES; i++)
        TRY(spil_csv_file_commit(&sink.sheets[i], err));
done:
    for (size_t i = 0; i < FILES; i++)
        spil_csv_file_drop(&sink.sheets[i]);
    spil_str_free(&sink.scratch);
    spil_free(sink.columns);
    return rc;
}

const spil_writer spil_writer_i2 = {
    .name = "i2",
    .summary = "entities.csv and links.csv in a folder, for i2 Analyst's Notebook's import wizard",
    .folder = true,
    .write = write,
};
