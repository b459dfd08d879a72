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
#include "loaders/pair.h"

#include <string.h>

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

static spil_status put_scratch(spil_pair *pair, spil_csv_file *sheet, spil_err *err)
{
    const spil_status rc = spil_str_status(&pair->scratch, err);
    if (rc == SPIL_OK) {
        for (size_t i = 0; i < pair->scratch.length; i++)
            if (strchr("\r\n\t", pair->scratch.text[i]))
                pair->scratch.text[i] = ' ';
        spil_csv_file_text(sheet, spil_str_text(&pair->scratch));
    }
    spil_str_clear(&pair->scratch);
    return rc;
}

static spil_status put_line(spil_pair *pair, spil_csv_file *sheet, const char *text, spil_err *err)
{
    spil_str_add(&pair->scratch, text);
    return put_scratch(pair, sheet, err);
}

static const char *shown_name(const spil_entity *entity)
{
    return entity->label[0] ? entity->label : entity->key;
}

static spil_status put_end(spil_pair *pair, spil_csv_file *sheet, uint32_t entity, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_entity *const row = &pair->facts->entities[entity];
    TRY(put_line(pair, sheet, row->key, err));
    spil_csv_file_text(sheet, types[row->kind]);
    TRY(put_line(pair, sheet, shown_name(row), err));
done:
    return rc;
}

static spil_status put_origin(spil_pair *pair, spil_csv_file *sheet, spil_origin origin,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(put_line(pair, sheet, spil_pair_source(pair, origin), err));
    spil_csv_file_whole(sheet, origin.line);
done:
    return rc;
}

static void add_role(spil_str *out, const spil_role *role)
{
    spil_str_addf(out, "%s (%s, %s)", role->role, role->model, role->step);
}

/* ---- files ---- */

/* The byte-order mark stands before the first cell of a header. */
static spil_status write_header(spil_pair *pair, spil_csv_file *sheet, const char *const *names,
                                size_t count, bool attributes, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str_add(&sheet->row, "\xef\xbb\xbf");
    for (size_t i = 0; i < count; i++)
        spil_csv_file_text(sheet, names[i]);
    for (size_t c = 0; attributes && c < pair->count; c++) {
        spil_str_add(&pair->scratch, pair->columns[c].name);
        for (size_t i = 0; i < count; i++)
            if (strcmp(names[i], pair->columns[c].name) == 0)
                spil_str_add(&pair->scratch, " (attribute)");
        TRY(put_scratch(pair, sheet, err));
    }
    TRY(spil_csv_file_end_row(sheet, err));
done:
    return rc;
}

static spil_status write_entities(spil_pair *pair, spil_err *err)
{
    static const char *const names[] = {"id",    "type",    "label",  "own_type",
                                        "roles", "signals", "source", "line"};
    spil_status rc = SPIL_OK;
    spil_csv_file *const s = &pair->entities;
    TRY(write_header(pair, s, names, sizeof names / sizeof *names, true, err));
    for (uint32_t e = 0; e < pair->facts->entity_count; e++) {
        const spil_entity *const entity = &pair->facts->entities[e];
        TRY(put_end(pair, s, e, err));
        TRY(put_line(pair, s, entity->type, err));
        spil_pair_add_roles(pair, e, "; ", add_role);
        TRY(put_scratch(pair, s, err));
        spil_pair_add_signals(pair, e, "; ");
        TRY(put_scratch(pair, s, err));
        TRY(put_origin(pair, s, entity->origin, err));
        for (size_t c = 0; c < pair->count; c++) {
            spil_wide_value(&pair->scratch, pair->facts, e, &pair->columns[c], "; ");
            TRY(put_scratch(pair, s, err));
        }
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

static spil_status write_links(spil_pair *pair, spil_err *err)
{
    static const char *const names[] = {"from_id",  "from_type",  "from_label", "to_id",
                                        "to_type",  "to_label",   "link_type",  "label",
                                        "strength", "confidence", "direction",  "since",
                                        "until",    "source",     "line"};
    spil_status rc = SPIL_OK;
    spil_csv_file *const s = &pair->links;
    TRY(write_header(pair, s, names, sizeof names / sizeof *names, false, err));
    for (size_t i = 0; i < pair->facts->link_count; i++) {
        const spil_link *const link = &pair->facts->links[i];
        const spil_kind_info *const kind = spil_link_kind_info(link->kind);
        TRY(put_end(pair, s, link->from, err));
        TRY(put_end(pair, s, link->to, err));
        spil_csv_file_text(s, kind->name);
        TRY(put_line(pair, s, link->type[0] ? link->type : kind->en, err));
        spil_csv_file_text(s, strength_of(link->confidence));
        spil_csv_file_number(s, link->confidence);
        spil_csv_file_text(s, direction_of(link->kind));
        spil_csv_file_day(s, link->since);
        spil_csv_file_day(s, link->until);
        TRY(put_origin(pair, s, link->origin, err));
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

static spil_status write(const spil_export *what, const char *out, spil_err *err)
{
    static const spil_pair_shape shape = {.entities_name = "entities.csv",
                                          .links_name = "links.csv",
                                          .guard = SPIL_GUARD_SHOWN,
                                          .put_entities = write_entities,
                                          .put_links = write_links};
    return spil_pair_write(what, out, &shape, err);
}

const spil_writer spil_writer_i2 = {
    .name = "i2",
    .summary = "entities.csv and links.csv in a folder, for i2 Analyst's Notebook's import wizard",
    .folder = true,
    .write = write,
};
