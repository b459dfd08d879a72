/* shape.h - what a file is at first sight: rows of values, JSON, or a graph.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_LOADERS_SHAPE_H
#define SPIL_LOADERS_SHAPE_H

#include <stddef.h>

typedef enum spil_shape {
    SPIL_SHAPE_TABLE, /* rows of values, and all that is none of the others */
    SPIL_SHAPE_JSON,  /* begins with { or [ */
    SPIL_SHAPE_XML,   /* begins with < */
    SPIL_SHAPE_PAJEK, /* begins with *Vertices or *Network */
    SPIL_SHAPE_DL     /* begins with dl and says n = */
} spil_shape;

/* head: the first bytes, unpacked; a byte order mark of UTF-8, blanks and (before Pajek) comment
 * lines with % in front of it do not count. */
spil_shape spil_shape_of(const char *head, size_t length);
/* "a table", "JSON", ... for messages. */
const char *spil_shape_name(spil_shape shape);

#endif
