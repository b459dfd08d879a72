/* graph_intake.c - see graph_intake.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/graph_intake.h"
#include "engine/base/strmap.h"
#include "loaders/charset.h"
#include "loaders/limits.h"
#include "loaders/pair_join.h"
#include "loaders/traits.h"
#include "loaders/value.h"

#include <float.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DL_HEADER = 4096 }; /* bytes in which the header of a DL file ends */

typedef const spil_graph_column *column;

typedef struct graph_load {
    spil_intake *intake;
    const spil_graph_file *file;
    column key, name, label, kind, type;                           /* of vertices, or NULL */
    column edge_kind, edge_type, weight, confidence, since, until; /* of edges, or NULL */
    int64_t *ids;                                                  /* 0: its row was rejected */
    spil_str raw;
    spil_pair_sort *pairs; /* where edges are merged; else NULL */
} graph_load;

/* ---- the bytes ---- */

/* All of it, as UTF-8 unless it is XML (which says itself what it is). */
static spil_status read_all(spil_intake *intake, bool xml, spil_str *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_charset_reader charset = {0};
    char *chunk = NULL, *text = NULL;
    size_t got = 1;
    TRY(NEW_ARRAY(chunk, SPIL_READ_CHUNK, err));
    TRY(NEW_ARRAY(text, SPIL_CHARSET_ROOM(SPIL_READ_CHUNK), err));
    while (got > 0) {
        TRY(spil_check_stop(err));
        TRY(spil_byte_source_read(intake->bytes, chunk, SPIL_READ_CHUNK, &got, err));
        const size_t length =
            xml ? got : spil_charset_convert(&charset, chunk, got, got == 0, text);
        spil_str_add_n(out, xml ? chunk : text, length);
        TRY(spil_str_status(out, err));
        if (out->length > SPIL_MAX_GRAPH) {
            rc = spil_fail(err, SPIL_LIMIT,
                           "%s: more than %d MiB unpacked, the limit for a network that is read "
                           "as a whole; export its nodes and edges as CSV",
                           intake->header.path, (int)(SPIL_MAX_GRAPH >> 20));
            goto done;
        }
    }
    if (!xml && charset.charset > SPIL_CHARSET_UTF8)
        spil_intake_note(intake, "read as %s", spil_charset_name(charset.charset));
done:
    spil_free(chunk);
    spil_free(text);
    return rc;
}

/* "dl n=4 format=fullmatrix", as UCINET writes it: igraph wants each of them on its own line. */
static void part_dl_header(spil_str *bytes)
{
    char *const text = bytes->text;
    for (size_t at = 2; at + 6 < bytes->length && at < DL_HEADER; at++) {
        if (strncasecmp(text + at, "data", 4) == 0)
            return;
        if (strncasecmp(text + at, "format", 6) != 0)
            continue;
        size_t before = at;
        while (before > 0 && strchr(" \t,", text[before - 1]))
            text[--before] = ' ';
        if (before < at)
            text[before] = '\n';
    }
}

/* ---- columns ---- */

static column find(const graph_load *load, bool edges, const char *list)
{
    const spil_graph_file *const file = load->file;
    char word[24];
    for (const char *at = list; *at; at += strspn(at, " ")) {
        const size_t length = strcspn(at, " ");
        (void)snprintf(word, sizeof word, "%.*s", (int)length, at);
        const column found =
            edges ? spil_graph_column_find(file->edge_columns, file->edge_column_count, word)
                  : spil_graph_column_find(file->vertex_columns, file->vertex_column_count, word);
        if (found && !spil_trait_of_column(word))
            return found;
        at += length;
    }
    return NULL;
}

static const char *value(column c, size_t i)
{
    return c ? c->values[i] : NULL;
}

/* Every vertex has another text in it. */
static spil_status is_unique(const graph_load *load, column c, bool *unique, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_strmap *map = NULL;
    int64_t there;
    *unique = c != NULL;
    TRY(spil_strmap_new(&map, err));
    for (size_t i = 0; *unique && i < load->file->vertex_count; i++) {
        const char *const text = value(c, i);
        *unique = text && !spil_strmap_get(map, text, &there);
        if (*unique)
            TRY(spil_strmap_put(map, text, (int64_t)i, err));
    }
done:
    spil_strmap_free(map);
    return rc;
}

/* n0, n1, ... are numbers that a program gave, no keys: they say nothing outside their file. */
static bool is_numbering(const graph_load *load, column c)
{
    for (size_t i = 0; c && i < load->file->vertex_count; i++) {
        const char *const text = c->values[i];
        if (!text || text[0] != 'n' || text[1 + strspn(text + 1, "0123456789")] != '\0')
            return false;
    }
    return true;
}

/* key where it is there; else the id of the file, unless that is a mere numbering and names differ;
 * else whatever is told of every vertex once. */
static spil_status choose_key(graph_load *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const column candidates[] = {find(load, false, "key"), find(load, false, "id _id"),
                                 find(load, false, "name"), find(load, false, "label")};
    bool unique[4] = {false};
    for (size_t i = 0; i < 4; i++)
        TRY(is_unique(load, candidates[i], &unique[i], err));
    const bool numbering = is_numbering(load, candidates[1]);
    const size_t order[] = {0, numbering ? 2 : 1, numbering ? 3 : 2, numbering ? 1 : 3};
    for (size_t i = 0; i < 4 && !load->key; i++)
        if (unique[order[i]])
            load->key = candidates[order[i]];
    if (!load->key)
        spil_intake_note(load->intake, "vertices have no names of their own: their numbers are "
                                       "the keys");
    else if (load->key == candidates[1] && numbering)
        spil_intake_note(load->intake, "keys are n0, n1, ...: another such file would be taken "
                                       "for the same entities");
done:
    return rc;
}

static spil_status find_columns(graph_load *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(choose_key(load, err));
    load->name = find(load, false, "name label");
    load->label = find(load, false, "label");
    load->kind = find(load, false, "kind");
    load->type = find(load, false, "type");
    load->edge_kind = find(load, true, "kind kinds");
    load->edge_type = find(load, true, "type label");
    load->weight = find(load, true, "weight value");
    load->confidence = find(load, true, "confidence");
    load->since = find(load, true, "since");
    load->until = find(load, true, "until");
done:
    return rc;
}

/* ---- rows ---- */

/* A bad vertex or edge as text: key=value of what may be kept. */
static spil_status end_row(graph_load *load, spil_row *row, bool edge, size_t i, spil_err *err)
{
    const spil_graph_file *const file = load->file;
    const spil_graph_column *const columns = edge ? file->edge_columns : file->vertex_columns;
    const size_t count = edge ? file->edge_column_count : file->vertex_column_count;
    spil_str_clear(&load->raw);
    if (spil_intake_complained(load->intake)) {
        if (edge)
            spil_str_addf(&load->raw, "from=%lu to=%lu", (unsigned long)file->from[i] + 1,
                          (unsigned long)file->to[i] + 1);
        else
            spil_str_addf(&load->raw, "vertex=%zu", i + 1);
        for (size_t c = 0; c < count; c++)
            if (columns[c].values[i] && !spil_trait_of_column(columns[c].name))
                spil_str_addf(&load->raw, " %s=%.200s", columns[c].name, columns[c].values[i]);
    }
    const spil_status rc = spil_str_status(&load->raw, err);
    row->raw = spil_str_text(&load->raw);
    row->raw_length = load->raw.length;
    return rc == SPIL_OK ? spil_intake_end_record(load->intake, row, true, err) : rc;
}

static bool says_number(graph_load *load, column c, size_t i, const char *name, double least,
                        double most, double *out)
{
    const char *const text = value(c, i);
    double number;
    if (!text)
        return true;
    if (!spil_value_number(text, true, &number) || !(number >= least && number <= most)) {
        spil_intake_complain_of(load->intake, name, "'%.80s' found, expected a number %s", text,
                                least > 0 ? "above 0" : "from 0 to 1");
        return false;
    }
    *out = number;
    return true;
}

static bool says_day(graph_load *load, column c, size_t i, const char *name, spil_day *out)
{
    const char *const text = value(c, i);
    spil_day day;
    if (!text)
        return true;
    if (!spil_value_day(text, &day)) {
        spil_intake_complain_of(load->intake, name,
                                "'%.80s' is no date that exists; expected " SPIL_VALUE_DAY_FORMS,
                                text);
        return false;
    }
    *out = day;
    return true;
}

/* ---- vertices ---- */

static bool check_key(spil_intake *intake, const char *key)
{
    const size_t length = strlen(key);
    bool clean = length <= SPIL_MAX_KEY && spil_utf8_valid(key, length);
    for (size_t i = 0; clean && i < length; i++)
        clean = (unsigned char)key[i] >= 0x20 && key[i] != 0x7f;
    if (!clean)
        spil_intake_complain_of(
            intake, "id", "no key: more than %d bytes, or not plain text; expected a short text",
            SPIL_MAX_KEY);
    return clean;
}

/* Where the name is empty the label names it. */
static const char *name_of(const graph_load *load, size_t v)
{
    const char *const name = value(load->name, v);
    return name ? name : value(load->label, v);
}

static spil_status add_attributes(graph_load *load, const spil_row *row, size_t v, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_graph_file *const file = load->file;
    for (size_t c = 0; c < file->vertex_column_count; c++) {
        const spil_graph_column *const at = &file->vertex_columns[c];
        const char *const text = at->values[v];
        const spil_trait *const trait = spil_trait_of_column(at->name);
        if (!text || at == load->key || at == load->name || at == load->kind || at == load->type ||
            (at == load->label && !value(load->name, v)))
            continue;
        if (trait)
            TRY(spil_intake_drop_field(load->intake, at->name, trait->reason, true, err));
        else if (strlen(text) <= SPIL_MAX_FIELD && spil_utf8_valid(text, strlen(text)))
            TRY(spil_intake_add_attribute(load->intake, row, load->ids[v], at->name, text, err));
        else
            TRY(spil_intake_drop_field(load->intake, at->name, "no UTF-8, or more than 64 KiB",
                                       false, err));
    }
done:
    return rc;
}

static spil_status take_vertex(graph_load *load, size_t v, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    char number[24];
    const char *const kind = value(load->kind, v), *const type = value(load->type, v),
                      *const label = name_of(load, v);
    spil_row row = {.line = v + 1};
    spil_new_entity entity = {.kind = intake->opts->entity_kind, .key = value(load->key, v)};
    TRY(spil_intake_begin_record(intake, true, err));
    (void)snprintf(number, sizeof number, "%zu", v + 1);
    if (!entity.key)
        entity.key = number;
    const bool known = kind && spil_entity_kind_find(kind, &entity.kind);
    entity.type = type ? type : known ? NULL : kind;
    entity.label = label && spil_utf8_valid(label, strlen(label)) ? label : NULL;
    if (entity.type && !spil_utf8_valid(entity.type, strlen(entity.type)))
        entity.type = NULL;
    if (check_key(intake, entity.key)) {
        spil_entity_kind there = entity.kind;
        int64_t id = 0;
        TRY(spil_store_find_entity(intake->store, entity.key, &id, &there, err));
        if (id != 0 && !known) /* one that is known stays what it is */
            entity.kind = there;
        TRY(spil_intake_put_entity(intake, &row, SPIL_NO_COLUMN, entity, &load->ids[v], err));
    }
    if (load->ids[v] != 0)
        TRY(add_attributes(load, &row, v, err));
    TRY(end_row(load, &row, false, v, err));
done:
    return rc;
}

/* ---- edges ---- */

/* The kind by its first word: "owns" or "owns directs", as reports write it. True when that is all
 * that the text says. */
static bool says_kind(const char *text, spil_link_kind *kind)
{
    char word[24];
    const size_t length = strcspn(text, " ");
    (void)snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : 0), text);
    return spil_link_kind_find(word, kind) && text[length] == '\0';
}

static bool read_link(graph_load *load, size_t e, spil_new_link *link)
{
    const char *const kind = value(load->edge_kind, e), *const type = value(load->edge_type, e);
    const bool known = kind && says_kind(kind, &link->kind);
    link->type = type ? type : known ? NULL : kind;
    if (link->type && !spil_utf8_valid(link->type, strlen(link->type)))
        link->type = NULL;
    if (!says_number(load, load->weight, e, "weight", DBL_MIN, DBL_MAX, &link->weight) ||
        !says_number(load, load->confidence, e, "confidence", 0, 1, &link->confidence) ||
        !says_day(load, load->since, e, "since", &link->since) ||
        !says_day(load, load->until, e, "until", &link->until))
        return false;
    return spil_intake_in_order(load->intake, SPIL_NO_COLUMN, "until", link->since, link->until);
}

static spil_status keep_edge(graph_load *load, const spil_row *row, const spil_new_link *link,
                             spil_err *err)
{
    const spil_pair_row pair = {
        .from = link->from, .to = link->to, .weight = link->weight, .line = row->line};
    return load->pairs ? spil_pair_sort_put(load->pairs, &pair, err)
                       : spil_intake_add_link(load->intake, row, SPIL_NO_COLUMN, *link, err);
}

static spil_status take_edge(graph_load *load, size_t e, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    const uint32_t from = load->file->from[e], to = load->file->to[e];
    spil_row row = {.line = load->file->vertex_count + e + 1};
    spil_new_link link = {.from = load->ids[from],
                          .to = load->ids[to],
                          .kind = intake->opts->link_kind,
                          .weight = 1,
                          .confidence = intake->confidence,
                          .since = SPIL_NO_DAY,
                          .until = SPIL_NO_DAY};
    TRY(spil_intake_begin_record(intake, true, err));
    if (from == to)
        spil_intake_complain_of(intake, "",
                                "loop: a vertex is linked to itself; expected two different ones");
    else if (link.from == 0 || link.to == 0)
        spil_intake_complain_of(intake, "",
                                "an end was rejected, expected two vertices that came in");
    else if (link.from == link.to)
        spil_intake_complain_of(intake, "",
                                "loop: both ends have the same key; expected two different ones");
    else if (read_link(load, e, &link))
        TRY(keep_edge(load, &row, &link, err));
    TRY(end_row(load, &row, true, e, err));
done:
    return rc;
}

/* ---- the file ---- */

static spil_status drop_edge_columns(graph_load *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const column kept[] = {load->edge_kind,  load->edge_type, load->weight,
                           load->confidence, load->since,     load->until};
    for (size_t c = 0; c < load->file->edge_column_count; c++) {
        const column at = &load->file->edge_columns[c];
        bool is_kept = false;
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
            is_kept = is_kept || kept[k] == at;
        for (size_t e = 0; !is_kept && e < load->file->edge_count; e++)
            if (at->values[e])
                TRY(spil_intake_drop_field(load->intake, at->name, "links have no place for it",
                                           false, err));
    }
done:
    return rc;
}

static spil_status take_all(graph_load *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_graph_file *const file = load->file;
    TRY(find_columns(load, err));
    TRY(NEW_ARRAY(load->ids, file->vertex_count, err));
    for (size_t v = 0; v < file->vertex_count; v++)
        TRY(take_vertex(load, v, err));
    for (size_t e = 0; e < file->edge_count; e++)
        TRY(take_edge(load, e, err));
    if (load->pairs)
        TRY(spil_pair_join_links(load->intake, load->pairs, err));
    TRY(drop_edge_columns(load, err));
done:
    return rc;
}

spil_status spil_intake_graph(spil_intake *intake, spil_graph_format format, bool merge,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_graph_file *file = NULL;
    spil_str bytes = SPIL_STR_INIT;
    graph_load load = {.intake = intake};
    if (merge)
        TRY(spil_pair_sort_new(&load.pairs, spil_store_path(intake->store), SPIL_PAIR_RUN, err));
    TRY(read_all(intake, format == SPIL_GRAPH_GRAPHML, &bytes, err));
    if (format == SPIL_GRAPH_DL && bytes.text)
        part_dl_header(&bytes);
    TRY(spil_graph_file_read(&file, format, intake->header.path, spil_str_text(&bytes),
                             bytes.length, err));
    load.file = file;
    TRY(take_all(&load, err));
done:
    spil_str_free(&bytes);
    spil_str_free(&load.raw);
    spil_free(load.ids);
    spil_pair_sort_free(load.pairs);
    spil_graph_file_free(file);
    return rc;
}

spil_fit spil_graph_recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    (void)header;
    (void)forced;
    return (spil_fit){true, SPIL_PHASE_ENTITIES, ""};
}
