/* igraph_files.c - see igraph_files.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/graph/igraph_files.h"

#include "engine/base/text.h"
#include "engine/graph/igraph_inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What igraph says is wrong with the file: its error handler has no room for a user. */
static char reason[240];

static void keep_reason(const char *text, const char *file, int line, igraph_error_t code)
{
    (void)file;
    (void)line;
    (void)code;
    if (reason[0] == '\0')
        (void)snprintf(reason, sizeof reason, "%s", text);
    IGRAPH_FINALLY_FREE();
}

/* ---- before igraph sees it ---- */

/* The word, whatever its capitals; or NULL. */
static const char *find_word(const char *bytes, size_t length, const char *word)
{
    const size_t size = strlen(word);
    for (size_t i = 0; i + size <= length; i++)
        if (strncasecmp(bytes + i, word, size) == 0)
            return bytes + i;
    return NULL;
}

/* encoding="..." of the XML declaration is one in which ASCII stays ASCII. */
static bool encoding_is_plain(const char *bytes, size_t length)
{
    static const char *const known[] = {"utf-8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"};
    const size_t head = length < 400 ? length : 400;
    const char *const end = find_word(bytes, head, "?>");
    const char *const at = end ? find_word(bytes, (size_t)(end - bytes), "encoding") : NULL;
    if (!at)
        return true;
    const char *const value = strpbrk(at, "\"'");
    for (size_t i = 0; value && i < sizeof known / sizeof *known; i++) {
        const size_t size = strlen(known[i]);
        if (strncasecmp(value + 1, known[i], size) == 0 && value[size + 1] == *value)
            return true;
    }
    return false;
}

static spil_status check_xml(const char *name, const char *bytes, size_t length, spil_err *err)
{
    const char *const bad[] = {"<!DOCTYPE", "<!ENTITY"};
    if (memchr(bytes, '\0', length))
        return spil_fail(err, SPIL_INPUT, "%s: a zero byte stands in the XML, expected UTF-8",
                         name);
    if (!encoding_is_plain(bytes, length))
        return spil_fail(err, SPIL_INPUT,
                         "%s: the encoding that the XML declares is not taken; save it as UTF-8",
                         name);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (find_word(bytes, length, bad[i]))
            return spil_fail(err, SPIL_INPUT,
                             "%s: %s stands in the XML: a document type can pull in other files "
                             "and is refused; take it out",
                             name, bad[i]);
    if (!find_word(bytes, length, "<graphml"))
        return spil_fail(err, SPIL_INPUT, "%s: XML, but no <graphml> stands in it", name);
    return SPIL_OK;
}

/* The number behind each `word` (and blanks, and '=' where sign is set) is small enough. */
static spil_status check_number(const char *name, const char *bytes, size_t length,
                                const char *word, bool sign, spil_err *err)
{
    const char *at = bytes;
    while ((at = find_word(at, length - (size_t)(at - bytes), word))) {
        at += strlen(word);
        const char *digits = at;
        while (digits < bytes + length && strchr(sign ? " \t\r\n=" : " \t\r\n", *digits) && *digits)
            digits++;
        char text[32];
        (void)snprintf(text, sizeof text, "%.*s",
                       (int)(bytes + length - digits < 20 ? bytes + length - digits : 20), digits);
        const double announced = strtod(text, NULL);
        if (announced > SPIL_GRAPH_MOST_VERTICES)
            return spil_fail(err, SPIL_LIMIT,
                             "%s: it announces %.0f vertices, more than the limit of %d", name,
                             announced, (int)SPIL_GRAPH_MOST_VERTICES);
    }
    return SPIL_OK;
}

static spil_status check(spil_graph_format format, const char *name, const char *bytes,
                         size_t length, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (format == SPIL_GRAPH_GRAPHML)
        return check_xml(name, bytes, length, err);
    if (memchr(bytes, '\0', length))
        return spil_fail(err, SPIL_INPUT, "%s: a zero byte (NUL) stands in the file", name);
    if (format == SPIL_GRAPH_PAJEK)
        return check_number(name, bytes, length, "*vertices", false, err);
    TRY(check_number(name, bytes, length, "n", true, err));
    TRY(check_number(name, bytes, length, "nr", true, err));
    TRY(check_number(name, bytes, length, "nc", true, err));
done:
    return rc;
}

/* ---- igraph's graph as ours ---- */

/* Vertices or edges. */
typedef struct side {
    const igraph_t *graph;
    bool edges;
    size_t count;
} side;

static const char *value_of(const side *s, const char *name, igraph_attribute_type_t type, ig_int i,
                            char room[32])
{
    igraph_real_t number = (double)NAN;
    if (type == IGRAPH_ATTRIBUTE_STRING)
        return s->edges ? igraph_cattribute_EAS(s->graph, name, i)
                        : igraph_cattribute_VAS(s->graph, name, i);
    if (type == IGRAPH_ATTRIBUTE_BOOLEAN)
        return (s->edges ? igraph_cattribute_EAB(s->graph, name, i)
                         : igraph_cattribute_VAB(s->graph, name, i))
                   ? "true"
                   : "false";
    if (type == IGRAPH_ATTRIBUTE_NUMERIC)
        number = s->edges ? igraph_cattribute_EAN(s->graph, name, i)
                          : igraph_cattribute_VAN(s->graph, name, i);
    if (!isfinite(number))
        return NULL;
    (void)snprintf(room, 32, "%.15g", number);
    return room;
}

static spil_status copy_column(spil_graph_file *file, const side *s, const char *name,
                               igraph_attribute_type_t type, spil_graph_column *column,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    char room[32];
    TRY(spil_arena_text(file->arena, &column->name, name, strlen(name), err));
    TRY(NEW_ARRAY(column->values, s->count, err));
    for (size_t i = 0; i < s->count; i++) {
        const char *const text = value_of(s, name, type, (ig_int)i, room);
        if (text && *text)
            TRY(spil_arena_text(file->arena, &column->values[i], text, strlen(text), err));
    }
done:
    return rc;
}

static spil_status copy_columns(spil_graph_file *file, const side *s,
                                const igraph_strvector_t *names, const igraph_vector_int_t *types,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t count = (size_t)igraph_strvector_size(names);
    spil_graph_column **const columns = s->edges ? &file->edge_columns : &file->vertex_columns;
    TRY(NEW_ARRAY(*columns, count, err));
    *(s->edges ? &file->edge_column_count : &file->vertex_column_count) = count;
    for (size_t i = 0; i < count; i++)
        TRY(copy_column(file, s, igraph_strvector_get(names, (ig_int)i),
                        (igraph_attribute_type_t)VECTOR(*types)[i], &(*columns)[i], err));
done:
    return rc;
}

static spil_status copy_edges(spil_graph_file *file, const igraph_t *graph, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(file->from, file->edge_count, err));
    TRY(NEW_ARRAY(file->to, file->edge_count, err));
    for (size_t i = 0; i < file->edge_count; i++) {
        const uint32_t from = (uint32_t)IGRAPH_FROM(graph, (ig_int)i),
                       to = (uint32_t)IGRAPH_TO(graph, (ig_int)i);
        file->from[i] = file->directed ? from : to; /* igraph keeps the larger one first */
        file->to[i] = file->directed ? to : from;
    }
done:
    return rc;
}

/* The six lists that igraph gives at once. */
typedef struct lists {
    igraph_strvector_t names[3];
    igraph_vector_int_t types[3];
    size_t ready_names, ready_types;
} lists;

static void free_lists(lists *all)
{
    for (size_t i = 0; i < all->ready_names; i++)
        igraph_strvector_destroy(&all->names[i]);
    for (size_t i = 0; i < all->ready_types; i++)
        igraph_vector_int_destroy(&all->types[i]);
}

static spil_status make_lists(lists *all, const igraph_t *graph, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < 3; i++) {
        TRY_IGRAPH(igraph_strvector_init(&all->names[i], 0), "names");
        all->ready_names++;
        TRY_IGRAPH(igraph_vector_int_init(&all->types[i], 0), "types");
        all->ready_types++;
    }
    TRY_IGRAPH(igraph_cattribute_list(graph, &all->names[0], &all->types[0], &all->names[1],
                                      &all->types[1], &all->names[2], &all->types[2]),
               "attributes");
done:
    return rc;
}

static spil_status copy_graph(spil_graph_file *file, const igraph_t *graph, spil_err *err)
{
    spil_status rc = SPIL_OK;
    lists all = {.ready_names = 0};
    file->vertex_count = (size_t)igraph_vcount(graph);
    file->edge_count = (size_t)igraph_ecount(graph);
    file->directed = igraph_is_directed(graph);
    const side vertices = {graph, false, file->vertex_count},
               edges = {graph, true, file->edge_count};
    TRY(copy_edges(file, graph, err));
    TRY(make_lists(&all, graph, err));
    TRY(copy_columns(file, &vertices, &all.names[1], &all.types[1], err));
    TRY(copy_columns(file, &edges, &all.names[2], &all.types[2], err));
done:
    free_lists(&all);
    return rc;
}

/* ---- reading ---- */

static igraph_error_t run_reader(igraph_t *graph, spil_graph_format format, FILE *stream)
{
    switch (format) {
    case SPIL_GRAPH_GRAPHML:
        return igraph_read_graph_graphml(graph, stream, 0);
    case SPIL_GRAPH_PAJEK:
        return igraph_read_graph_pajek(graph, stream);
    case SPIL_GRAPH_DL:
        return igraph_read_graph_dl(graph, stream, true);
    }
    return IGRAPH_EINVAL;
}

static spil_status read_igraph(igraph_t *graph, spil_graph_format format, const char *name,
                               const char *bytes, size_t length, spil_err *err)
{
    FILE *const stream = fmemopen((void *)(uintptr_t)bytes, length, "r");
    if (!stream)
        return spil_fail(err, SPIL_NO_MEMORY, "%s: out of memory", name);
    reason[0] = '\0';
    igraph_error_handler_t *const before = igraph_set_error_handler(keep_reason);
    const igraph_error_t code = run_reader(graph, format, stream);
    (void)igraph_set_error_handler(before);
    (void)fclose(stream);
    if (code == IGRAPH_ENOMEM)
        return spil_fail(err, SPIL_NO_MEMORY, "%s: out of memory", name);
    if (code != IGRAPH_SUCCESS)
        return spil_fail(err, SPIL_INPUT, "%s: cannot be read: %s", name,
                         reason[0] ? reason : igraph_strerror(code));
    return SPIL_OK;
}

spil_status spil_graph_file_read(spil_graph_file **out, spil_graph_format format, const char *name,
                                 const char *bytes, size_t length, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_graph_file *file = NULL;
    igraph_t graph;
    bool have = false;
    spil_igraph_quiet();
    TRY(check(format, name, bytes, length, err));
    TRY(NEW(file, err));
    TRY(spil_arena_new(&file->arena, err));
    TRY(read_igraph(&graph, format, name, bytes, length, err));
    have = true;
    if (igraph_vcount(&graph) > SPIL_GRAPH_MOST_VERTICES)
        rc = spil_fail(err, SPIL_LIMIT, "%s: more vertices than the limit of %d", name,
                       (int)SPIL_GRAPH_MOST_VERTICES);
    else
        rc = copy_graph(file, &graph, err);
    if (rc != SPIL_OK)
        goto done;
    *out = file;
    file = NULL;
done:
    if (have)
        igraph_destroy(&graph);
    spil_graph_file_free(file);
    return rc;
}

static void free_columns(spil_graph_column *columns, size_t count)
{
    for (size_t i = 0; columns && i < count; i++)
        spil_free((void *)(uintptr_t)columns[i].values);
    spil_free(columns);
}

void spil_graph_file_free(spil_graph_file *file)
{
    if (!file)
        return;
    free_columns(file->vertex_columns, file->vertex_column_count);
    free_columns(file->edge_columns, file->edge_column_count);
    spil_free(file->from);
    spil_free(file->to);
    spil_arena_free(file->arena);
    spil_free(file);
}

const spil_graph_column *spil_graph_column_find(const spil_graph_column *columns, size_t count,
                                                const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (spil_text_equal_nocase(columns[i].name, name))
            return &columns[i];
    return NULL;
}
