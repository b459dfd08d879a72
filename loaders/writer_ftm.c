/* writer_ftm.c - a case as entities of FollowTheMoney, a JSON object a line.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First the files that the case rests on (schema Document), then its entities, then its links. Each
 * object has what FollowTheMoney has words for under "properties", and all of it under "spil"
 * (ftm_own.h). An entity with much to say takes several lines of the same id, as fragments do.
 */
#include "engine/base/file.h"
#include "engine/base/progress.h"
#include "engine/store/facts_detail.h"
#include "loaders/limits.h"
#include "loaders/writer.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

/* An entity goes on in a further line behind ROOM bytes; a value (64 KiB, six times that when all
 * of it must be escaped) still fits behind them. */
enum { ROOM = SPIL_MAX_LINE / 2, ATTRIBUTES = SPIL_MAX_LINE / 16 };

typedef struct ftm_sink {
    const spil_export *what;
    spil_outfile *file;
    const char *path;
    spil_str line;
} ftm_sink;

/* ---- words of the model ---- */

static const struct {
    const char *schema;
    spil_entity_kind kind;
} nodes[] = {
#define NODE(schema, kind, names) {schema, SPIL_ENTITY_##kind},
#include "loaders/ftm.def"
#undef NODE
};

static const struct {
    const char *property, *attribute;
} renames[] = {
#define RENAME(property, attribute) {property, attribute},
#include "loaders/ftm.def"
#undef RENAME
};

static const struct {
    const char *schema, *properties;
} shorts[] = {
#define SHORT(schema, properties) {schema, properties},
#include "loaders/ftm.def"
#undef SHORT
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The source's own word where it is a schema of that kind; else the nearest schema. */
static const char *schema_of(const spil_entity *entity)
{
    static const char *const nearest[SPIL_ENTITY_KIND_COUNT] = {
        [SPIL_ENTITY_person] = "Person",       [SPIL_ENTITY_company] = "Company",
        [SPIL_ENTITY_address] = "Address",     [SPIL_ENTITY_phone] = "UserAccount",
        [SPIL_ENTITY_email] = "UserAccount",   [SPIL_ENTITY_vehicle] = "Vehicle",
        [SPIL_ENTITY_account] = "BankAccount", [SPIL_ENTITY_event] = "Event",
        [SPIL_ENTITY_object] = "LegalEntity",  [SPIL_ENTITY_area] = "Address",
        [SPIL_ENTITY_official] = "Person",     [SPIL_ENTITY_other] = "LegalEntity"};
    for (size_t i = 0; i < COUNT(nodes); i++)
        if (nodes[i].kind == entity->kind && strcmp(nodes[i].schema, entity->type) == 0)
            return nodes[i].schema;
    return nearest[entity->kind];
}

typedef struct edge_words {
    const char *schema, *from, *to;
} edge_words;

static bool is_legal(spil_entity_kind kind)
{
    return kind == SPIL_ENTITY_person || kind == SPIL_ENTITY_company;
}

/* A schema only where both ends are what it wants them to be. */
static edge_words edge_of(spil_link_kind kind, spil_entity_kind from, spil_entity_kind to)
{
    const bool persons = from == SPIL_ENTITY_person && to == SPIL_ENTITY_person;
    const bool legal = is_legal(from) && is_legal(to), company = to == SPIL_ENTITY_company;
    const bool asset = company || to == SPIL_ENTITY_vehicle || to == SPIL_ENTITY_account;
    if ((kind == SPIL_LINK_owns || kind == SPIL_LINK_shareholder_of) && is_legal(from) && asset)
        return (edge_words){"Ownership", "owner", "asset"};
    if (kind == SPIL_LINK_directs && is_legal(from) && company)
        return (edge_words){"Directorship", "director", "organization"};
    if (kind == SPIL_LINK_works_for && from == SPIL_ENTITY_person && company)
        return (edge_words){"Employment", "employee", "employer"};
    if (kind == SPIL_LINK_family && persons)
        return (edge_words){"Family", "person", "relative"};
    if ((kind == SPIL_LINK_knows || kind == SPIL_LINK_met || kind == SPIL_LINK_co_suspect) &&
        persons)
        return (edge_words){"Associate", "person", "associate"};
    if (kind == SPIL_LINK_paid && legal)
        return (edge_words){"Payment", "payer", "beneficiary"};
    return (edge_words){"UnknownLink", "subject", "object"};
}

/* The property of the schema that holds this attribute, or NULL. */
static const char *property_of(const char *schema, const char *attribute)
{
    const char *name = attribute;
    for (size_t i = 0; i < COUNT(renames); i++)
        if (strcmp(renames[i].attribute, attribute) == 0)
            name = renames[i].property;
    const size_t length = strlen(name);
    for (size_t i = 0; i < COUNT(shorts); i++)
        for (const char *at = shorts[i].properties;
             strcmp(shorts[i].schema, schema) == 0 && (at = strstr(at, name)); at++)
            if ((at == shorts[i].properties || at[-1] == ' ') &&
                (at[length] == ' ' || at[length] == '\0'))
                return name;
    return NULL;
}

/* ---- JSON ---- */

static void add_string(spil_str *out, const char *text)
{
    spil_str_add(out, "\"");
    for (const char *at = text; *at;) {
        size_t plain = 0;
        while ((unsigned char)at[plain] >= 0x20 && at[plain] != '"' && at[plain] != '\\')
            plain++;
        spil_str_add_n(out, at, plain);
        at += plain;
        if (*at == '"' || *at == '\\')
            spil_str_addf(out, "\\%c", *at++);
        else if (*at)
            spil_str_addf(out, "\\u%04x", (unsigned)*at++);
    }
    spil_str_add(out, "\"");
}

/* `"name":"text"` with a comma before it unless it is the first of its object. Empty: nothing. */
static void add_text(spil_str *out, const char *name, const char *text)
{
    if (!*text)
        return;
    const char last = out->text[out->length - 1];
    spil_str_addf(out, "%s\"%s\":", last == '{' ? "" : ",", name);
    add_string(out, text);
}

static void add_number(spil_str *out, const char *name, double value)
{
    spil_str_addf(out, ",\"%s\":", name);
    spil_write_number(out, value);
}

static void add_day(spil_str *out, const char *name, spil_day day)
{
    char text[16];
    spil_format_day(day, text);
    add_text(out, name, text);
}

static void add_origin(ftm_sink *sink, spil_origin origin)
{
    add_text(&sink->line, "source", sink->what->facts->sources[origin.source].sha256);
    spil_str_addf(&sink->line, ",\"line\":%" PRIu64 "}", origin.line);
}

static spil_status end_line(ftm_sink *sink, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str_add(&sink->line, "\n");
    TRY(spil_str_status(&sink->line, err));
    errno = 0;
    if (fwrite(sink->line.text, 1, sink->line.length, spil_outfile_stream(sink->file)) !=
        sink->line.length) {
        rc = spil_fail_io(err, errno ? errno : EIO, sink->path);
        goto done;
    }
    spil_str_clear(&sink->line);
    rc = spil_check_stop(err);
done:
    return rc;
}

/* ---- files ---- */

static spil_status write_source(ftm_sink *sink, const spil_source *file, spil_err *err)
{
    spil_str *const out = &sink->line;
    spil_str_addf(out, "{\"id\":\"spil-source-%s\",\"schema\":\"Document\",\"properties\":{",
                  file->sha256);
    if (*file->path) {
        spil_str_add(out, "\"fileName\":[");
        add_string(out, spil_path_name(file->path));
        spil_str_add(out, "]");
    }
    spil_str_add(out, "},\"spil\":{\"file\":{");
    const char *const texts[][2] = {{"sha256", file->sha256}, {"path", file->path},
                                    {"loader", file->loader}, {"options", file->options},
                                    {"grade", file->grade},   {"owner", file->owner},
                                    {"basis", file->basis},   {"purpose", file->purpose}};
    for (size_t i = 0; i < COUNT(texts); i++)
        add_text(out, texts[i][0], texts[i][1]);
    add_day(out, "keep_until", file->keep_until);
    spil_str_addf(out,
                  ",\"rows\":%" PRIu64 ",\"accepted\":%" PRIu64 ",\"rejected\":%" PRIu64
                  ",\"merged\":%" PRIu64 "}}}",
                  file->rows, file->accepted, file->rejected, file->merged);
    return end_line(sink, err);
}

/* ---- entities ---- */

/* One value of one property, its own list of one: values of a property meet when fragments do. */
static void add_properties(ftm_sink *sink, const spil_entity *entity, size_t from, size_t to)
{
    spil_str *const out = &sink->line;
    const spil_facts *const facts = sink->what->facts;
    const char *const schema = schema_of(entity);
    const char *open = NULL;
    spil_str_add(out, "\"properties\":{");
    if (*entity->label) {
        spil_str_addf(out, "\"%s\":[", strcmp(schema, "Address") == 0 ? "full" : "name");
        add_string(out, entity->label);
        spil_str_add(out, "]");
    }
    for (size_t i = from; i < to; i++) { /* sorted by name: equal ones stand together */
        const spil_attribute *const row = &facts->attributes[i];
        const char *const property = property_of(schema, row->name);
        if (!property)
            continue;
        if (open && strcmp(open, property) == 0) {
            spil_str_add(out, ",");
        } else {
            const char last = out->text[out->length - 1];
            spil_str_addf(out, "%s%s\"%s\":[", open ? "]" : "", last == '{' ? "" : ",", property);
        }
        add_string(out, row->value);
        open = property;
    }
    spil_str_add(out, open ? "]}" : "}");
}

static void add_namings(ftm_sink *sink, size_t entity)
{
    spil_str *const out = &sink->line;
    const size_t *const row = sink->what->naming_row;
    for (size_t i = row[entity]; i < row[entity + 1]; i++) {
        const spil_export_naming *const naming = &sink->what->namings[i];
        spil_str_add(out, i == row[entity] ? ",\"named\":[{" : ",{");
        add_text(out, "label", naming->label);
        add_text(out, "type", naming->type);
        add_origin(sink, (spil_origin){naming->source, naming->line});
    }
    if (row[entity] < row[entity + 1])
        spil_str_add(out, "]");
}

static void add_attribute(ftm_sink *sink, size_t i)
{
    const spil_attribute *const row = &sink->what->facts->attributes[i];
    add_text(&sink->line, "name", row->name);
    add_text(&sink->line, "value", row->value);
    add_origin(sink, row->origin);
}

static void add_role(ftm_sink *sink, size_t i)
{
    const spil_role *const row = &sink->what->facts->roles[i];
    add_text(&sink->line, "model", row->model);
    add_text(&sink->line, "step", row->step);
    add_text(&sink->line, "role", row->role);
    add_number(&sink->line, "confidence", row->confidence);
    add_origin(sink, row->origin);
}

static void add_signal(ftm_sink *sink, size_t i)
{
    const spil_signal *const row = &sink->what->facts->signals[i];
    add_text(&sink->line, "code", row->code);
    add_number(&sink->line, "strength", row->strength);
    add_number(&sink->line, "confidence", row->confidence);
    add_day(&sink->line, "date", row->date);
    add_origin(sink, row->origin);
}

/* Rows *at .. end as a list, while the line has room; *at moves on. */
static void add_list(ftm_sink *sink, const char *name, void (*add)(ftm_sink *, size_t), size_t *at,
                     size_t end)
{
    if (*at == end || sink->line.length > ROOM)
        return;
    spil_str_addf(&sink->line, ",\"%s\":[", name);
    for (bool first = true; *at < end && sink->line.length <= ROOM; first = false) {
        spil_str_add(&sink->line, first ? "{" : ",{");
        add(sink, (*at)++);
    }
    spil_str_add(&sink->line, "]");
}

/* Attributes that a line has room for, both as properties and under "spil". */
static size_t attributes_that_fit(const spil_facts *facts, size_t from, size_t to)
{
    size_t bytes = 0, at = from;
    for (; at < to && bytes <= ATTRIBUTES; at++)
        bytes += 2 * strlen(facts->attributes[at].value) + strlen(facts->attributes[at].name);
    return at;
}

static spil_status write_entity(ftm_sink *sink, size_t e, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = sink->what->facts;
    const spil_entity *const entity = &facts->entities[e];
    size_t attribute = facts->attribute_row[e], role = facts->role_row[e],
           signal = facts->signal_row[e];
    bool first = true;
    do {
        spil_str *const out = &sink->line;
        const size_t last = attributes_that_fit(facts, attribute, facts->attribute_row[e + 1]);
        spil_str_add(out, "{\"id\":");
        add_string(out, entity->key);
        spil_str_addf(out, ",\"schema\":\"%s\",", schema_of(entity));
        add_properties(sink, entity, attribute, last);
        spil_str_addf(out, ",\"spil\":{\"entity\":\"%s\"",
                      spil_entity_kind_info(entity->kind)->name);
        if (first)
            add_namings(sink, e);
        add_list(sink, "attributes", add_attribute, &attribute, last);
        add_list(sink, "roles", add_role, &role, facts->role_row[e + 1]);
        add_list(sink, "signals", add_signal, &signal, facts->signal_row[e + 1]);
        spil_str_add(out, "}}");
        TRY(end_line(sink, err));
        first = false;
    } while (attribute < facts->attribute_row[e + 1] || role < facts->role_row[e + 1] ||
             signal < facts->signal_row[e + 1]);
done:
    return rc;
}

/* ---- links ---- */

/* Those that the schema has a property for. */
static void add_detail_properties(ftm_sink *sink, size_t link, const char *schema)
{
    spil_str *const out = &sink->line;
    size_t count;
    const spil_detail *const rows = spil_facts_details(sink->what->facts, link, &count);
    const char *open = NULL;
    for (size_t i = 0; i < count; i++) { /* by name: equal ones stand together */
        const char *const property = property_of(schema, rows[i].name);
        double number;
        if (!property ||
            (strncmp(property, "amount", 6) == 0 && !spil_parse_double(rows[i].value, &number)))
            continue; /* an amount is a plain number there */
        if (open && strcmp(open, property) == 0)
            spil_str_add(out, ",");
        else
            spil_str_addf(out, "%s,\"%s\":[", open ? "]" : "", property);
        add_string(out, rows[i].value);
        open = property;
    }
    spil_str_add(out, open ? "]" : "");
}

static void add_details(ftm_sink *sink, size_t link)
{
    spil_str *const out = &sink->line;
    size_t count;
    const spil_detail *const rows = spil_facts_details(sink->what->facts, link, &count);
    for (size_t i = 0; i < count; i++) {
        spil_str_add(out, i == 0 ? ",\"details\":[{" : ",{");
        add_text(out, "name", rows[i].name);
        add_text(out, "value", rows[i].value);
        spil_str_add(out, "}");
    }
    spil_str_add(out, count > 0 ? "]" : "");
}

static spil_status write_link(ftm_sink *sink, size_t i, spil_err *err)
{
    spil_str *const out = &sink->line;
    const spil_facts *const facts = sink->what->facts;
    const spil_link *const link = &facts->links[i];
    const spil_entity *const from = &facts->entities[link->from], *const to =
                                                                      &facts->entities[link->to];
    const edge_words words = edge_of(link->kind, from->kind, to->kind);
    const char *const kind = spil_link_kind_info(link->kind)->name;
    char since[16], until[16];
    spil_format_day(link->since, since);
    spil_format_day(link->until, until);
    spil_str_addf(out, "{\"id\":\"spil-link-%zu\",\"schema\":\"%s\",\"properties\":{\"%s\":[",
                  i + 1, words.schema, words.from);
    add_string(out, from->key);
    spil_str_addf(out, "],\"%s\":[", words.to);
    add_string(out, to->key);
    spil_str_add(out, "]");
    if (strcmp(words.schema, "UnknownLink") == 0)
        spil_str_addf(out, ",\"role\":[\"%s\"]", kind);
    if (*since)
        spil_str_addf(out, ",\"startDate\":[\"%s\"]", since);
    if (*until)
        spil_str_addf(out, ",\"endDate\":[\"%s\"]", until);
    add_detail_properties(sink, i, words.schema);
    spil_str_addf(out, "},\"spil\":{\"link\":\"%s\"", kind);
    add_text(out, "from", from->key);
    add_text(out, "to", to->key);
    add_text(out, "type", link->type);
    add_number(out, "weight", link->weight);
    add_number(out, "confidence", link->confidence);
    add_text(out, "since", since);
    add_text(out, "until", until);
    add_details(sink, i);
    add_origin(sink, link->origin);
    spil_str_add(out, "}");
    return end_line(sink, err);
}

/* ---- the file ---- */

static spil_status write(const spil_export *what, const char *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    ftm_sink sink = {.what = what, .path = out};
    TRY(spil_outfile_open(&sink.file, out, err));
    for (size_t i = 0; i < what->facts->source_count; i++)
        TRY(write_source(&sink, &what->facts->sources[i], err));
    for (size_t i = 0; i < what->facts->entity_count; i++)
        TRY(write_entity(&sink, i, err));
    for (size_t i = 0; i < what->facts->link_count; i++)
        TRY(write_link(&sink, i, err));
    spil_outfile *const file = sink.file;
    sink.file = NULL;
    TRY(spil_outfile_commit(file, err));
done:
    spil_outfile_abort(sink.file);
    spil_str_free(&sink.line);
    return rc;
}

const spil_writer spil_writer_ftm = {
    .name = "ftm",
    .summary = "FollowTheMoney entities, a JSON object a line, in one file",
    .write = write,
};
