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
#include "loaders/csv_file.h"
#include "loaders/wide.h"
#include "loaders/writer.h"

#include <ctype.h>
#include <string.h>

enum { NODES, RELATIONSHIPS, FILES };

typedef struct neo4j_sink {
    const spil_facts *facts;
    spil_wide_column *columns;
    size_t count;
    spil_csv_file sheets[FILES];
    spil_str scratch;
} neo4j_sink;

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

static spil_status put_scratch(neo4j_sink *sink, spil_csv_file *sheet, spil_err *err)
{
    const spil_status rc = spil_str_status(&sink->scratch, err);
    if (rc == SPIL_OK)
        spil_csv_file_text(sheet, spil_str_text(&sink->scratch));
    spil_str_clear(&sink->scratch);
    return rc;
}

/* The file's name, not its folder: a path tells of a machine. */
static void put_origin(neo4j_sink *sink, spil_csv_file *sheet, spil_origin origin)
{
    spil_csv_file_text(sheet, spil_path_name(sink->facts->sources[origin.source].path));
    spil_csv_file_whole(sheet, origin.line);
}

static spil_status put_roles(neo4j_sink *sink, spil_csv_file *sheet, uint32_t entity, spil_err *err)
{
    const spil_facts *const facts = sink->facts;
    for (size_t i = facts->role_row[entity]; i < facts->role_row[entity + 1]; i++)
        spil_str_addf(&sink->scratch, "%s%s %s %s", i > facts->role_row[entity] ? ";" : "",
                      facts->roles[i].model, facts->roles[i].step, facts->roles[i].role);
    return put_scratch(sink, sheet, err);
}

static spil_status put_signals(neo4j_sink *sink, spil_csv_file *sheet, uint32_t entity,
                               spil_err *err)
{
    const spil_facts *const facts = sink->facts;
    for (size_t i = facts->signal_row[entity]; i < facts->signal_row[entity + 1]; i++) {
        char day[16];
        spil_format_day(facts->signals[i].date, day);
        spil_str_addf(&sink->scratch, "%s%s%s%s", i > facts->signal_row[entity] ? ";" : "",
                      facts->signals[i].code, *day ? " " : "", day);
    }
    return put_scratch(sink, sheet, err);
}

/* ---- files ---- */

static spil_status write_nodes(neo4j_sink *sink, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csv_file *const s = &sink->sheets[NODES];
    spil_csv_file_text(s, "spil_key:ID");
    spil_csv_file_text(s, "name");
    spil_csv_file_text(s, "spil_type");
    for (size_t c = 0; c < sink->count; c++) {
        add_header(&sink->scratch, &sink->columns[c]);
        TRY(put_scratch(sink, s, err));
    }
    spil_csv_file_text(s, "spil_roles:string[]");
    spil_csv_file_text(s, "spil_signals:string[]");
    spil_csv_file_text(s, "spil_source");
    spil_csv_file_text(s, "spil_line:long");
    spil_csv_file_text(s, ":LABEL");
    TRY(spil_csv_file_end_row(s, err));
    for (uint32_t e = 0; e < sink->facts->entity_count; e++) {
        const spil_entity *const entity = &sink->facts->entities[e];
        spil_csv_file_text(s, entity->key);
        spil_csv_file_text(s, entity->label);
        spil_csv_file_text(s, entity->type);
        for (size_t c = 0; c < sink->count; c++) {
            spil_wide_value(&sink->scratch, sink->facts, e, &sink->columns[c], ";");
            TRY(put_scratch(sink, s, err));
        }
        TRY(put_roles(sink, s, e, err));
        TRY(put_signals(sink, s, e, err));
        put_origin(sink, s, entity->origin);
        add_label(&sink->scratch, spil_entity_kind_info(entity->kind)->name);
        TRY(put_scratch(sink, s, err));
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

static spil_status write_relationships(neo4j_sink *sink, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csv_file *const s = &sink->sheets[RELATIONSHIPS];
    for (size_t i = 0; i < sink->facts->link_count; i++) {
        const spil_link *const link = &sink->facts->links[i];
        spil_csv_file_text(s, sink->facts->entities[link->from].key);
        spil_csv_file_text(s, sink->facts->entities[link->to].key);
        add_type(&sink->scratch, spil_link_kind_info(link->kind)->name);
        TRY(put_scratch(sink, s, err));
        spil_csv_file_number(s, link->weight);
        spil_csv_file_number(s, link->confidence);
        spil_csv_file_day(s, link->since);
        spil_csv_file_day(s, link->until);
        spil_csv_file_text(s, link->type);
        put_origin(sink, s, link->origin);
        TRY(spil_csv_file_end_row(s, err));
    }
done:
    return rc;
}

static spil_status write(const spil_export *what, const char *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    neo4j_sink sink = {.facts = what->facts, .scratch = SPIL_STR_INIT};
    TRY(spil_wide_columns(&sink.columns, &sink.count, what->facts, err));
    TRY(spil_make_folder(out, err));
    TRY(spil_csv_file_open(&sink.sheets[NODES], out, "nodes.csv", NULL, SPIL_GUARD_NONE, err));
    TRY(write_nodes(&sink, err));
    TRY(spil_csv_file_open(&sink.sheets[RELATIONSHIPS], out, "relationships.csv",
                           ":START_ID,:END_ID,:TYPE,weight:double,confidence:double,since:date,"
                           "until:date,spil_type,spil_source,spil_line:long",
                           SPIL_GUARD_NONE, err));
    TRY(write_relationships(&sink, err));
    for (size_t i = 0; i < FILES; i++)
        TRY(spil_csv_file_commit(&sink.sheets[i], err));
done:
    for (size_t i = 0; i < FILES; i++)
        spil_csv_file_drop(&sink.sheets[i]);
    spil_str_free(&sink.scratch);
    spil_free(sink.columns);
    return rc;
}

const spil_writer spil_writer_neo4j = {
    .name = "neo4j",
    .summary = "nodes.csv and relationships.csv in a folder, for neo4j-admin database import",
    .folder = true,
    .write = write,
};
