/* writer_neo4j.c - a case as CSV that `neo4j-admin database import` takes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     nodes.csv           spil_key:ID,name,spil_type,<attribute>:string[],...,:LABEL
 *     relationships.csv   :START_ID,:END_ID,:TYPE,weight:double,confidence:double,...
 *
 * A label a kind ("Person"), a relationship type a kind of link ("LIVES_AT"). The column spil_type
 * tells loader_neo4j.c that the file is ours: it gives back the same entities, attributes and
 * links. Roles and signals stand on their node as texts (spil_roles, spil_signals), for questions
 * in Cypher; they are not read back. Lines within a value stay: --multiline-fields=true. Cells
 * stand as they are, also those that a spreadsheet would take for a formula: neo4j would keep a
 * quote mark.
 */
#include "loaders/column_name.h"
#include "loaders/pair.h"

#include <ctype.h>
#include <string.h>

/* ---- words ---- */

/* "person" -> "Person", "lives_at" -> "LIVES_AT". */
static void add_label(spil_str *out, const char *kind)
{
    const char first = (char)toupper((unsigned char)kind[0]);
    spil_str_add_n(out, &first, 1);
    spil_str_add(out, kind + 1);
}

static void add_type(spil_str *out, const char *kind)
{
    for (const char *at = kind; *at; at++) {
        const char upper = (char)toupper((unsigned char)*at);
        spil_str_add_n(out, &upper, 1);
    }
}

/* An attribute that bears the name of a column of ours goes under "attribute NAME". What neo4j
 * reads in a header beside the name becomes '_'. */
static void add_header(spil_str *out, const spil_wide_column *column)
{
    const char *const name = column->name;
    const bool ours = spil_column_name_equal(name, "name") || strncmp(name, "spil_", 5) == 0 ||
                      strncmp(name, "attribute ", 10) == 0;
    spil_str_add(out, ours ? "attribute " : "");
    for (const char *at = name; *at; at++)
        spil_str_add_n(out, strchr("({)}", *at) ? "_" : at, 1);
    spil_str_add(out, column->many ? ":string[]" : ":string");
}

/* ---- cells ---- */

static spil_status put_scratch(spil_pair *pair, spil_csv_file *sheet, spil_err *err)
{
    const spil_status rc = spil_str_status(&pair->scratch, err);
    if (rc == SPIL_OK)
        spil_csv_file_text(sheet, spil_str_text(&pair->scratch));
    spil_str_clear(&pair->scratch);
    return rc;
}

static void put_origin(spil_pair *pair, spil_csv_file *sheet, spil_origin origin)
{
    spil_csv_file_text(sheet, spil_pair_source(pair, origin));
    spil_csv_file_whole(sheet, origin.line);
}

static void add_role(spil_str *out, const spil_role *role)
{
    spil_str_addf(out, "%s %s %s", role->model, role->step, role->role);
}

/* ---- files ---- */

static spil_status write_nodes(spil_pair *pair, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csv_file *const s = &pair->entities;
    spil_csv_file_text(s, "spil_key:ID");
    spil_csv_file_text(s, "name");
    spil_csv_file_text(s, "spil_type");
    for (size_t c = 0; c < pair->count; c++) {
        add_header(&pair->scratch, &pair->columns[c]);
        TRY(put_scratch(pair, s, err));
    }
    spil_csv_file_text(s, "spil_roles:string[]");
    spil_csv_file_text(s, "spil_signals:string[]");
    spil_csv_file_text(s, "spil_source");
    spil_csv_file_text(s, "spil_line:long");
    spil_csv_file_text(s, ":LABEL");
    TRY(spil_csv_file_end_row(s, err));
    for (uint32_t e = 0; e < pair->facts->entity_count; e++) {
        const spil_entity *const entity = &pair->facts->entities[e];
        spil_csv_file_text(s, entity->key);
        spil_csv_file_text(s, entity->label);
        spil_csv_file_text(s, entity->type);
        for (size_t c = 0; c < pair->count; c++) {
            spil_wide_value(&pair->scratch, pair->facts, e, &pair->columns[c], ";");
            TRY(put_scratch(pair, s, err));
        }
        spil_pair_add_roles(pair, e, ";", add_role);
        TRY(put_scratch(pair, s, err));
        spil_pair_add_signals(pair, e, ";");
        TRY(put_scratch(pair, s, err));
        put_origin(pair, s, entity->origin);
        add_label(&pair->scratch, spil_entity_kind_info(entity->kind)->name);
        TRY(put_scratch(pair, s, err));
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

static spil_status write_relationships(spil_pair *pair, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csv_file *const s = &pair->links;
    for (size_t i = 0; i < pair->facts->link_count; i++) {
        const spil_link *const link = &pair->facts->links[i];
        spil_csv_file_text(s, pair->facts->entities[link->from].key);
        spil_csv_file_text(s, pair->facts->entities[link->to].key);
        add_type(&pair->scratch, spil_link_kind_info(link->kind)->name);
        TRY(put_scratch(pair, s, err));
        spil_csv_file_number(s, link->weight);
        spil_csv_file_number(s, link->confidence);
        spil_csv_file_day(s, link->since);
        spil_csv_file_day(s, link->until);
        spil_csv_file_text(s, link->type);
        put_origin(pair, s, link->origin);
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

static spil_status write(const spil_export *what, const char *out, spil_err *err)
{
    static const spil_pair_shape shape = {
        .entities_name = "nodes.csv",
        .links_name = "relationships.csv",
        .links_header = ":START_ID,:END_ID,:TYPE,weight:double,confidence:double,since:date,"
                        "until:date,spil_type,spil_source,spil_line:long",
        .guard = SPIL_GUARD_NONE,
        .put_entities = write_nodes,
        .put_links = write_relationships};
    return spil_pair_write(what, out, &shape, err);
}

const spil_writer spil_writer_neo4j = {
    .name = "neo4j",
    .summary = "nodes.csv and relationships.csv in a folder, for neo4j-admin database import",
    .folder = true,
    .write = write,
};
