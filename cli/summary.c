/* summary.c - see summary.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/summary.h"

#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/store/hubs.h"

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

void spil_note_import(const spil_import_summary *summary, const char *case_path)
{
    for (size_t i = 0; i < summary->count; i++) {
        const spil_import_file *const f = &summary->files[i];
        const char *const name = spil_path_name(f->path);
        if (f->already)
            spil_note("%s: imported before, nothing changed", name);
        if (f->rejected)
            spil_note("%s: %" PRIu64 " of %" PRIu64 " rows rejected; see spil rejects %s", name,
                      f->rejected, f->rows, case_path);
        if (f->dropped_columns)
            spil_note("%s: %" PRIu64 " column%s left at the door; see spil show %s", name,
                      f->dropped_columns, f->dropped_columns == 1 ? "" : "s", case_path);
        if (f->note)
            spil_note("%s: %s", name, f->note);
    }
}

enum { HUBS_NAMED = 5 };

static spil_status note_hub(const spil_hub *row, void *user, spil_err *err)
{
    size_t *const seen = user;
    if (++*seen <= HUBS_NAMED)
        spil_note("hub: %s %s%s%s%s is linked to %" PRIu64 " others (%" PRIu64
                  " are allowed): it makes no community",
                  spil_entity_kind_info(row->kind)->en, row->key, row->label[0] ? " (" : "",
                  row->label, row->label[0] ? ")" : "", row->degree, row->most);
    return spil_check_stop(err);
}

spil_status spil_note_hubs(spil_store *store, spil_err *err)
{
    size_t count = 0;
    const spil_status rc = spil_store_each_hub(store, note_hub, &count, err);
    if (rc == SPIL_OK && count > HUBS_NAMED)
        spil_note("and %zu more hubs; see spil info %s", count - HUBS_NAMED,
                  spil_store_path(store));
    return rc;
}

bool spil_import_was_partial(const spil_import_summary *summary)
{
    for (size_t i = 0; i < summary->count; i++) {
        if (summary->files[i].rejected)
            return true;
    }
    return false;
}

static void describe(spil_str *out, const spil_analysis_summary *s)
{
    spil_str_addf(out,
                  "analysed %" PRIu64 " of %" PRIu64 " entities, %" PRIu64 " pairs linked: %" PRIu64
                  " communities, %" PRIu64 " of them show a process, %" PRIu64 " actions",
                  s->vertices, s->entities, s->edges, s->communities, s->scored, s->actions);
    if (s->deep < s->scored)
        spil_str_addf(out,
                      "; steps, entities and actions of the %" PRIu64
                      " with the largest chance x harm alone (--deep)",
                      s->deep);
}

void spil_note_analysis(const spil_analysis_summary *summary)
{
    spil_str text = SPIL_STR_INIT;
    describe(&text, summary);
    spil_note("%s", spil_str_text(&text));
    spil_str_free(&text);
    spil_note_unread(summary);
}

void spil_note_unread(const spil_analysis_summary *summary)
{
    if (summary->unread)
        spil_note("%" PRIu64 " recorded roles and signals are read by no model: %s",
                  summary->unread, summary->unread_text);
    if (!summary->looks_known)
        spil_note(
            "nobody recorded how often anybody looked (attribute 'inspections'): where more is "
            "looked more is found, so compare only what was looked at alike");
}

spil_status spil_show_analysis(const spil_analysis_summary *s, bool json, spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    if (json)
        spil_str_addf(&text,
                      "{\"command\": \"analyze\", \"shape\": 1, \"run\": %" PRId64
                      ", \"entities\": %" PRIu64 ", \"links\": %" PRIu64 ", \"vertices\": %" PRIu64
                      ", \"edges\": %" PRIu64 ", \"communities\": %" PRIu64 ", \"scored\": %" PRIu64
                      ", \"deep\": %" PRIu64 ", \"actions\": %" PRIu64 ", \"unread\": %" PRIu64 "}",
                      s->run, s->entities, s->links, s->vertices, s->edges, s->communities,
                      s->scored, s->deep, s->actions, s->unread);
    else
        describe(&text, s);
    spil_str_add(&text, "\n");
    const spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        spil_put(&text);
    spil_str_free(&text);
    return rc;
}
