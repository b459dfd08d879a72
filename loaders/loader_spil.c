/* loader_spil.c - the folder that `spil export --format csv` writes, read again.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Six tables; each row says in spil_source and spil_line which file and line it first came from
 * (provenance.h), and cells that a spreadsheet would take for a formula have a ' in front, which is
 * taken off here (writer_csv.c puts it there).
 */
#include "loaders/column_name.h"
#include "loaders/limits.h"
#include "loaders/provenance.h"

#include <stdio.h>
#include <string.h>

typedef struct spil_table_load spil_table_load;
typedef spil_status (*take_fn)(spil_table_load *load, const spil_row *row, spil_err *err);

typedef struct own_table {
    const char *name;
    spil_phase phase;
    take_fn take;
    const char *columns; /* that must be there, parted by blanks */
} own_table;

enum { MOST_COLUMNS = 16, NAME_ROOM = 24 };

struct spil_table_load {
    spil_intake *intake;
    const own_table *table;
    char names[MOST_COLUMNS][NAME_ROOM];
    int columns[MOST_COLUMNS];
    size_t count;
    const char **fields;
    const char *const *headers;
};

/* ---- cells ---- */

static int at(const spil_table_load *load, const char *name)
{
    for (size_t i = 0; i < load->count; i++)
        if (strcmp(load->names[i], name) == 0)
            return load->columns[i];
    return SPIL_NO_COLUMN;
}

static const char *text_or_empty(const spil_table_load *load, const spil_row *row, const char *name)
{
    const char *const text = spil_intake_text(row, at(load, name));
    return text ? text : "";
}

/* '=1+1 was written for =1+1, and ''=1 for '=1. */
static const char *without_quote(const char *cell)
{
    const size_t quotes = strspn(cell, "'");
    return quotes > 0 && spil_starts_formula(cell + quotes) ? cell + 1 : cell;
}

static bool says_whole(spil_table_load *load, const spil_row *row, const char *name, uint64_t *out)
{
    const int column = at(load, name);
    const char *const text = spil_intake_text(row, column);
    if (!text || spil_parse_uint(text, INT64_MAX, out))
        return true;
    spil_intake_complain(load->intake, column, "'%.80s' is no whole number; expected 0, 1, 2, ...",
                         text);
    return false;
}

/* Afterwards rows belong to their own file; *own has the line in it. */
static spil_status use_origin(spil_table_load *load, const spil_row *row, spil_row *own,
                              spil_err *err)
{
    const char *const source = spil_intake_text(row, at(load, "spil_source"));
    *own = *row;
    if (source && !says_whole(load, row, "spil_line", &own->line))
        return SPIL_OK;
    return spil_provenance_use(load->intake, "spil_source", source, err);
}

/* ---- rows ---- */

static spil_status take_source(spil_table_load *load, const spil_row *row, spil_err *err)
{
    spil_source file = {.path = text_or_empty(load, row, "path"),
                        .sha256 = text_or_empty(load, row, "spil_source"),
                        .loader = text_or_empty(load, row, "loader"),
                        .options = text_or_empty(load, row, "options"),
                        .grade = text_or_empty(load, row, "grade"),
                        .owner = text_or_empty(load, row, "owner"),
                        .basis = text_or_empty(load, row, "basis"),
                        .purpose = text_or_empty(load, row, "purpose"),
                        .keep_until = SPIL_NO_DAY};
    if (!spil_intake_day(load->intake, row, at(load, "keep_until"), &file.keep_until) ||
        !says_whole(load, row, "rows", &file.rows) ||
        !says_whole(load, row, "accepted", &file.accepted) ||
        !says_whole(load, row, "rejected", &file.rejected) ||
        !says_whole(load, row, "merged", &file.merged))
        return SPIL_OK;
    return spil_provenance_add(load->intake, &file, err);
}

static spil_status take_entity(spil_table_load *load, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    spil_new_entity entity = {.label = text_or_empty(load, row, "name"),
                              .type = text_or_empty(load, row, "type")};
    const char *const word = text_or_empty(load, row, "kind");
    int64_t id = 0;
    spil_row own;
    if (!spil_intake_key(intake, row, at(load, "id"), &entity.key))
        return SPIL_OK;
    if (!spil_intake_entity_kind(intake, at(load, "kind"), NULL, word, &entity.kind))
        return SPIL_OK;
    TRY(use_origin(load, row, &own, err));
    if (!spil_intake_complained(intake))
        TRY(spil_intake_put_entity(intake, &own, at(load, "id"), entity, &id, err));
done:
    return rc;
}

/* *id = 0: a complaint was made. */
static spil_status find_owner(spil_table_load *load, const spil_row *row, const char *name,
                              int64_t *id, spil_err *err)
{
    const char *key;
    *id = 0;
    if (!spil_intake_key(load->intake, row, at(load, name), &key))
        return SPIL_OK;
    return spil_intake_find_entity(load->intake, at(load, name), key, id, err);
}

static spil_status take_attribute(spil_table_load *load, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    int64_t id = 0;
    spil_row own;
    const char *name, *value = text_or_empty(load, row, "value");
    TRY(find_owner(load, row, "entity", &id, err));
    if (id == 0 || !spil_intake_key(intake, row, at(load, "attribute"), &name))
        goto done;
    const spil_trait *const trait = spil_provenance_trait(name, value);
    if (trait) {
        rc = spil_intake_drop_field(intake, name, trait->reason, true, err);
        goto done;
    }
    TRY(use_origin(load, row, &own, err));
    if (!spil_intake_complained(intake))
        TRY(spil_intake_add_attribute(intake, &own, id, name, value, err));
done:
    return rc;
}

/* Columns "detail:amount"; a name that stands twice has two values. */
static spil_status add_details(spil_table_load *load, const spil_row *row, spil_err *err)
{
    static const size_t mark = sizeof SPIL_DETAIL_COLUMN - 1;
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < row->count; i++) {
        const char *const name = load->headers[i];
        if (row->fields[i][0] == '\0' || strncmp(name, SPIL_DETAIL_COLUMN, mark) != 0)
            continue;
        const spil_trait *const trait = spil_provenance_trait(name + mark, row->fields[i]);
        if (trait)
            TRY(spil_intake_drop_field(load->intake, name + mark, trait->reason, true, err));
        else
            TRY(spil_intake_add_detail(load->intake, name + mark, row->fields[i], err));
    }
done:
    return rc;
}

static spil_status take_link(spil_table_load *load, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    const char *const word = text_or_empty(load, row, "kind");
    spil_row own;
    spil_new_link link = {.type = text_or_empty(load, row, "type"),
                          .weight = 1,
                          .confidence = intake->confidence,
                          .since = SPIL_NO_DAY,
                          .until = SPIL_NO_DAY};
    if (!spil_intake_link_kind(intake, at(load, "kind"), NULL, word, &link.kind))
        return SPIL_OK;
    TRY(find_owner(load, row, "from", &link.from, err));
    TRY(find_owner(load, row, "to", &link.to, err));
    if (link.from == 0 || link.to == 0 ||
        !spil_intake_weight(intake, row, at(load, "weight"), &link.weight) ||
        !spil_intake_number(intake, row, at(load, "confidence"), 0, 1, &link.confidence) ||
        !spil_intake_period(intake, row, at(load, "since"), at(load, "until"), &link.since,
                            &link.until))
        goto done;
    TRY(use_origin(load, row, &own, err));
    TRY(add_details(load, row, err));
    if (!spil_intake_complained(intake))
        TRY(spil_intake_add_link(intake, &own, at(load, "to"), link, err));
done:
    return rc;
}

static spil_status take_role(spil_table_load *load, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    spil_row own;
    spil_new_role role = {.confidence = intake->confidence};
    if (!spil_intake_key(intake, row, at(load, "model"), &role.model) ||
        !spil_intake_key(intake, row, at(load, "step"), &role.step) ||
        !spil_intake_key(intake, row, at(load, "role"), &role.role) ||
        !spil_intake_number(intake, row, at(load, "confidence"), 0, 1, &role.confidence))
        return SPIL_OK;
    TRY(find_owner(load, row, "entity", &role.entity, err));
    if (role.entity == 0)
        goto done;
    TRY(use_origin(load, row, &own, err));
    if (!spil_intake_complained(intake))
        TRY(spil_intake_add_role(intake, &own, role, err));
done:
    return rc;
}

static spil_status take_signal(spil_table_load *load, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    spil_row own;
    spil_new_signal signal = {.strength = 1, .confidence = intake->confidence, .date = SPIL_NO_DAY};
    if (!spil_intake_key(intake, row, at(load, "code"), &signal.code) ||
        !spil_intake_number(intake, row, at(load, "strength"), 0, 1, &signal.strength) ||
        !spil_intake_number(intake, row, at(load, "confidence"), 0, 1, &signal.confidence) ||
        !spil_intake_day(intake, row, at(load, "date"), &signal.date))
        return SPIL_OK;
    TRY(find_owner(load, row, "entity", &signal.entity, err));
    if (signal.entity == 0)
        goto done;
    TRY(use_origin(load, row, &own, err));
    if (!spil_intake_complained(intake))
        TRY(spil_intake_add_signal(intake, &own, signal, err));
done:
    return rc;
}

/* ---- the file ---- */

static const own_table tables[] = {
    {"sources", SPIL_PHASE_SOURCES, take_source,
     "spil_source path loader options grade owner basis purpose keep_until rows accepted rejected "
     "merged"},
    {"entities", SPIL_PHASE_ENTITIES, take_entity, "id kind name type spil_source spil_line"},
    {"links", SPIL_PHASE_LINKS, take_link,
     "from to kind type weight confidence since until spil_source spil_line"},
    {"attributes", SPIL_PHASE_FACTS, take_attribute,
     "entity attribute value spil_source spil_line"},
    {"roles", SPIL_PHASE_FACTS, take_role,
     "entity model step role confidence spil_source spil_line"},
    {"signals", SPIL_PHASE_FACTS, take_signal,
     "entity code strength confidence date spil_source spil_line"},
};

static int column_of(const spil_header *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (strcmp(header->names[i], name) == 0)
            return (int)i;
    return SPIL_NO_COLUMN;
}

/* Finds the columns of the table; false when one is missing. */
static bool find_columns(spil_table_load *load, const spil_header *header)
{
    load->count = 0;
    for (const char *list = load->table->columns; *list; list += strspn(list, " ")) {
        const size_t length = strcspn(list, " ");
        char *const name = load->names[load->count];
        (void)snprintf(name, NAME_ROOM, "%.*s", (int)length, list);
        load->columns[load->count] = column_of(header, name);
        if (load->columns[load->count++] == SPIL_NO_COLUMN)
            return false;
        list += length;
    }
    return true;
}

static bool find_table(spil_table_load *load, const spil_header *header)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        load->table = &tables[i];
        if (find_columns(load, header))
            return true;
    }
    return false;
}

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    spil_table_load load = {0};
    spil_fit fit = {find_table(&load, header), SPIL_PHASE_ENTITIES, ""};
    if (fit.fits)
        fit.phase = load.table->phase;
    else if (forced || column_of(header, "spil_source") != SPIL_NO_COLUMN)
        (void)snprintf(fit.hint, sizeof fit.hint,
                       "it looks like a table of spil export, but a column of it is missing");
    return fit;
}

static spil_status take(spil_intake *intake, const spil_row *row, void *user, spil_err *err)
{
    spil_table_load *const load_ = user;
    (void)intake;
    for (size_t i = 0; i < row->count; i++)
        load_->fields[i] = without_quote(row->fields[i]);
    spil_row plain = *row;
    plain.fields = load_->fields;
    return load_->table->take(load_, &plain, err);
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table_load state = {.intake = intake};
    if (!find_table(&state, &intake->header))
        return spil_fail(err, SPIL_INPUT, "%s: no table of spil export", intake->header.path);
    TRY(spil_intake_start(intake, true, err));
    TRY(NEW_ARRAY(state.fields, intake->column_count, err));
    state.headers = intake->header.names;
    intake->decimal = SPIL_DECIMAL_POINT;
    intake->unwatched = true; /* values of all attributes stand in one column, and came in once */
    TRY(spil_intake_each(intake, take, &state, err));
done:
    spil_free(state.fields);
    return rc;
}

const spil_loader spil_loader_spil = {
    .name = "spil",
    .summary = "the tables that spil export --format csv writes",
    .recognise = recognise,
    .load = load,
};
