/* cmd_show.c - `spil show CASE.db`: what is recorded. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/base/vec.h"
#include "engine/store/store.h"

#include <stdlib.h>
#include <string.h>

static struct {
    int json;
} given;

static const struct poptOption options[] = {OPT_JSON(given.json), OPT_HELP, OPT_END};

/* ---- sources ---- */

/* As they came in. */
static int compare_sources(const void *a, const void *b)
{
    const spil_source *const x = *(const spil_source *const *)a;
    const spil_source *const y = *(const spil_source *const *)b;
    return (x->id > y->id) - (x->id < y->id);
}

static spil_status table_of_sources(spil_table **out, const spil_facts *facts, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "file", .shown = SPIL_SHOWN_PEOPLE, .places = 60},
        {.name = "path", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "sha256", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "loader"},
        {.name = "rows", .kind = SPIL_COLUMN_WHOLE},
        {.name = "accepted", .kind = SPIL_COLUMN_WHOLE},
        {.name = "rejected", .kind = SPIL_COLUMN_WHOLE},
        {.name = "merged", .kind = SPIL_COLUMN_WHOLE},
        {.name = "grade"},
        {.name = "owner"},
        {.name = "basis", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "purpose", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "keep_until", .label = "keep until"},
    };
    spil_status rc = SPIL_OK;
    const spil_source **order = NULL;
    spil_table *table = NULL;
    TRY(NEW_ARRAY(order, facts->source_count, err));
    for (size_t i = 0; i < facts->source_count; i++)
        order[i] = &facts->sources[i];
    qsort(order, facts->source_count, sizeof *order, compare_sources);
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < facts->source_count; i++) {
        const spil_source *const s = order[i];
        char day[16];
        spil_format_day(s->keep_until, day);
        spil_table_row(table);
        spil_table_text(table, spil_path_name(s->path));
        spil_table_text(table, s->path);
        spil_table_text(table, s->sha256);
        spil_table_text(table, s->loader);
        spil_table_count(table, s->rows);
        spil_table_count(table, s->accepted);
        spil_table_count(table, s->rejected);
        spil_table_count(table, s->merged);
        spil_table_text(table, s->grade);
        spil_table_text(table, s->owner);
        spil_table_text(table, s->basis);
        spil_table_text(table, s->purpose);
        spil_table_text(table, day);
    }
    *out = table;
done:
    spil_free(order);
    return rc;
}

/* ---- counts by kind and by the source's own word ---- */

typedef struct sort_of {
    int kind;
    const char *type;
    bool analysed, target; /* entities */
    uint64_t count;
} sort_of;

static int compare_sorts(const void *a, const void *b)
{
    const sort_of *const x = a, *const y = b;
    return x->kind != y->kind ? x->kind - y->kind : strcmp(x->type, y->type);
}

/* Sorts and joins equal ones; returns how many are left. */
static size_t join_sorts(sort_of *sorts, size_t count)
{
    size_t kept = 0;
    qsort(sorts, count, sizeof *sorts, compare_sorts);
    for (size_t i = 0; i < count; i++) {
        if (kept && compare_sorts(&sorts[kept - 1], &sorts[i]) == 0)
            sorts[kept - 1].count += sorts[i].count;
        else
            sorts[kept++] = sorts[i];
    }
    return kept;
}

static spil_status table_of_entities(spil_table **out, const spil_facts *facts, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "kind", .label = "entities"},
        {.name = "type"},
        {.name = "count", .kind = SPIL_COLUMN_WHOLE},
        {.name = "analysed"},
        {.name = "can_be_target", .label = "can be target"},
    };
    spil_status rc = SPIL_OK;
    sort_of *sorts = NULL;
    spil_table *table = NULL;
    TRY(NEW_ARRAY(sorts, facts->entity_count, err));
    for (size_t i = 0; i < facts->entity_count; i++)
        sorts[i] = (sort_of){
            .kind = (int)facts->entities[i].kind, .type = facts->entities[i].type, .count = 1};
    const size_t count = join_sorts(sorts, facts->entity_count);
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < count; i++) {
        const spil_kind_info *const kind = spil_entity_kind_info((spil_entity_kind)sorts[i].kind);
        spil_table_row(table);
        spil_table_text(table, kind->name);
        spil_table_text(table, sorts[i].type);
        spil_table_count(table, sorts[i].count);
        spil_table_text(table, kind->analysed ? "yes" : "no");
        spil_table_text(table, kind->target ? "yes" : "no");
    }
    *out = table;
done:
    spil_free(sorts);
    return rc;
}

static spil_status table_of_links(spil_table **out, const spil_facts *facts, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "kind", .label = "links"},
        {.name = "type"},
        {.name = "count", .kind = SPIL_COLUMN_WHOLE},
    };
    spil_status rc = SPIL_OK;
    sort_of *sorts = NULL;
    spil_table *table = NULL;
    TRY(NEW_ARRAY(sorts, facts->link_count, err));
    for (size_t i = 0; i < facts->link_count; i++)
        sorts[i] =
            (sort_of){.kind = (int)facts->links[i].kind, .type = facts->links[i].type, .count = 1};
    const size_t count = join_sorts(sorts, facts->link_count);
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < count; i++) {
        spil_table_row(table);
        spil_table_text(table, spil_link_kind_info((spil_link_kind)sorts[i].kind)->name);
        spil_table_text(table, sorts[i].type);
        spil_table_count(table, sorts[i].count);
    }
    *out = table;
done:
    spil_free(sorts);
    return rc;
}

/* ---- what was left at the door ---- */

static spil_status add_drop(const spil_drop *row, void *user, spil_err *err)
{
    spil_table *const table = user;
    spil_table_row(table);
    spil_table_text(table, spil_path_name(row->path));
    spil_table_text(table, row->column);
    spil_table_text(table, row->reason);
    spil_table_count(table, row->rows);
    return spil_check_stop(err);
}

static spil_status table_of_drops(spil_table **out, spil_store *store, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "file", .label = "left at the door", .places = 60},
        {.name = "column"},
        {.name = "reason", .places = 72},
        {.name = "rows", .kind = SPIL_COLUMN_WHOLE},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    TRY(spil_store_each_drop(store, add_drop, table, err));
    *out = table;
    table = NULL;
done:
    spil_table_free(table);
    return rc;
}

/* ---- all of it ---- */

enum { SOURCES, ENTITIES, LINKS, DROPS, PARTS };

static spil_status write_parts(spil_table *const *parts, const spil_facts *facts, bool json,
                               spil_str *out, spil_err *err)
{
    static const char *const names[PARTS] = {"sources", "entities", "links", "drops"};
    spil_status rc = SPIL_OK;
    if (json)
        spil_str_add(out, "{\"command\": \"show\", \"shape\": 1");
    for (size_t i = 0; i < PARTS; i++) {
        if (json)
            spil_str_addf(out, ", \"%s\": ", names[i]);
        else if (spil_table_rows(parts[i]) == 0)
            continue;
        else if (out->length)
            spil_str_add(out, "\n");
        TRY(spil_table_write(parts[i], json ? SPIL_FORMAT_JSON : SPIL_FORMAT_TABLE, out, err));
    }
    spil_str_add(out, !json && out->length ? "\n" : "");
    spil_str_addf(out,
                  json ? ", \"entity_count\": %zu, \"link_count\": %zu, \"attribute_count\": %zu, "
                         "\"role_count\": %zu, \"signal_count\": %zu"
                       : "%zu entities, %zu links, %zu attributes, %zu roles, %zu signals",
                  facts->entity_count, facts->link_count, facts->attribute_count, facts->role_count,
                  facts->signal_count);
    if (json)
        spil_str_addf(out, ", \"link_attribute_count\": %zu}\n", facts->detail_count);
    else if (facts->detail_count > 0)
        spil_str_addf(out, ", %zu attributes of links\n", facts->detail_count);
    else
        spil_str_add(out, "\n");
    rc = spil_str_status(out, err);
done:
    return rc;
}

static spil_status show(spil_store *store, bool json, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    spil_table *parts[PARTS] = {NULL};
    spil_str text = SPIL_STR_INIT;
    TRY(spil_store_load_facts(&facts, store, err));
    TRY(spil_store_load_details(facts, store, err));
    TRY(table_of_sources(&parts[SOURCES], facts, err));
    TRY(table_of_entities(&parts[ENTITIES], facts, err));
    TRY(table_of_links(&parts[LINKS], facts, err));
    TRY(table_of_drops(&parts[DROPS], store, err));
    TRY(write_parts(parts, facts, json, &text, err));
    spil_put(&text);
done:
    spil_str_free(&text);
    for (size_t i = 0; i < PARTS; i++)
        spil_table_free(parts[i]);
    spil_facts_free(facts);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_show, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    rc = show(store, given.json, err);
done:
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_show = {
    .name = "show",
    .arguments = "CASE.db",
    .summary = "what is recorded in a case, and where it came from",
    .details =
        "Shows the files that came in, how many entities and links of each kind they gave (type\n"
        "is the source's own word), and the columns that were left at the door.",
    .run = run,
};
