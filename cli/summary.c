/* summary.c - see summary.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/summary.h"

#include "cli/show.h"
#include "engine/base/file.h"

#include <inttypes.h>

static const spil_table_column columns[] = {
    {.name = "file", .shown = SPIL_SHOWN_PEOPLE, .places = 60},
    {.name = "path", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "loader"},
    {.name = "already", .kind = SPIL_COLUMN_WHOLE, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "rows", .kind = SPIL_COLUMN_WHOLE},
    {.name = "accepted", .kind = SPIL_COLUMN_WHOLE},
    {.name = "rejected", .kind = SPIL_COLUMN_WHOLE},
    {.name = "merged", .kind = SPIL_COLUMN_WHOLE, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "dropped_columns", .kind = SPIL_COLUMN_WHOLE, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "entities", .label = "new entities", .kind = SPIL_COLUMN_WHOLE},
    {.name = "links", .kind = SPIL_COLUMN_WHOLE},
    {.name = "roles", .kind = SPIL_COLUMN_WHOLE},
    {.name = "signals", .kind = SPIL_COLUMN_WHOLE},
    {.name = "attributes", .kind = SPIL_COLUMN_WHOLE, .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "note", .shown = SPIL_SHOWN_PROGRAMS},
};

spil_status spil_import_table(spil_table **out, const spil_import_summary *summary, spil_err *err)
{
    spil_table *table = NULL;
    const spil_status rc = spil_table_new(&table, columns, sizeof columns / sizeof *columns, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < summary->count; i++) {
        const spil_import_file *const f = &summary->files[i];
        spil_table_row(table);
        spil_table_text(table, spil_path_name(f->path));
        spil_table_text(table, f->path);
        spil_table_text(table, f->loader);
        const uint64_t counts[] = {
            f->already,  f->rows,  f->accepted, f->rejected, f->merged,    f->dropped_columns,
            f->entities, f->links, f->roles,    f->signals,  f->attributes};
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            spil_table_count(table, counts[c]);
        spil_table_text(table, f->note);
    }
    *out = table;
    return SPIL_OK;
}

void spil_say_import(const spil_import_summary *summary, const char *case_path)
{
    for (size_t i = 0; i < summary->count; i++) {
        const spil_import_file *const f = &summary->files[i];
        const char *const name = spil_path_name(f->path);
        if (f->already)
            spil_say("%s: imported before, nothing changed", name);
        if (f->rejected)
            spil_say("%s: %" PRIu64 " of %" PRIu64 " rows rejected; see spil rejects %s", name,
                     f->rejected, f->rows, case_path);
        if (f->dropped_columns)
            spil_say("%s: %" PRIu64 " column%s left at the door; see spil show %s", name,
                     f->dropped_columns, f->dropped_columns == 1 ? "" : "s", case_path);
        if (f->note)
            spil_say("%s: %s", name, f->note);
    }
}

bool spil_import_was_partial(const spil_import_summary *summary)
{
    for (size_t i = 0; i < summary->count; i++) {
        if (summary->files[i].rejected)
            return true;
    }
    return false;
}
