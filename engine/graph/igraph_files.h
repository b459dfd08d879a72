/* igraph_files.h - files of other network programs, through igraph's readers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GraphML (Brandes et al. 2002), Pajek .net (Batagelj & Mrvar 1998) and UCINET DL, from memory.
 * igraph believes what a file says of its own size and leaves XML to libxml2, so before it sees the
 * bytes: the number of vertices that is announced is held against SPIL_GRAPH_MOST_VERTICES, and XML
 * with a document type, an entity declaration, a zero byte or an unusual encoding is refused.
 * Space: some hundred bytes a vertex and edge. Call from one thread only.
 */
#ifndef SPIL_GRAPH_IGRAPH_FILES_H
#define SPIL_GRAPH_IGRAPH_FILES_H

#include "engine/base/mem.h"

#ifdef SPIL_FUZZING
enum { SPIL_GRAPH_MOST_VERTICES = 1000 };
#else
enum { SPIL_GRAPH_MOST_VERTICES = 5000000 };
#endif

typedef enum spil_graph_format {
    SPIL_GRAPH_GRAPHML,
    SPIL_GRAPH_PAJEK,
    SPIL_GRAPH_DL
} spil_graph_format;

/* An attribute of vertices or edges, as text; NULL where one has none. */
typedef struct spil_graph_column {
    const char *name;
    const char **values;
} spil_graph_column;

/* Open struct. Edge i goes from[i] -> to[i], vertices count from 0. */
typedef struct spil_graph_file {
    size_t vertex_count, edge_count;
    uint32_t *from, *to;
    spil_graph_column *vertex_columns, *edge_columns;
    size_t vertex_column_count, edge_column_count;
    bool directed;
    spil_arena *arena;
} spil_graph_file;

/* SPIL_INPUT (no such file, with igraph's reason) or SPIL_LIMIT; name stands for the path. Of
 * GraphML the first graph is read. directed: of DL, which does not say. */
spil_status spil_graph_file_read(spil_graph_file **out, spil_graph_format format, const char *name,
                                 const char *bytes, size_t length, spil_err *err) SPIL_CHECKED;
void spil_graph_file_free(spil_graph_file *file);

/* The column of that name (capitals do not matter), or NULL. */
const spil_graph_column *spil_graph_column_find(const spil_graph_column *columns, size_t count,
                                                const char *name);

#endif
