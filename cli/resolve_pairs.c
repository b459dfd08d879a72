/* resolve_pairs.c - see resolve_pairs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/resolve_pairs.h"

#include "engine/base/file.h"
#include "engine/run/table.h"
#include "engine/store/alias.h"
#include "loaders/column_name.h"
#include "loaders/text_reader.h"

#include <inttypes.h>
#include <string.h>

/* ---- out ---- */

/* Where each entity lives or is registered: 1 + the first address in the order of the links. */
static spil_status find_homes(uint32_t **out, const spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *home = NULL;
    TRY(NEW_ARRAY(home, facts->entity_count, err));
    for (size_t i = 0; i < facts->link_count; i++) {
        const spil_link *const link = &facts->links[i];
        const bool where =
            link->kind == SPIL_LINK_lives_at || link->kind == SPIL_LINK_registered_at;
        if (where && home[link->from] == 0)
            home[link->from] = link->to + 1;
    }
    *out = home;
done:
    return rc;
}

static void add_origin(spil_table *table, spil_str *room, const spil_facts *facts, uint32_t entity)
{
    const spil_origin *const origin = &facts->entities[entity].origin;
    spil_str_clear(room);
    spil_str_addf(room, "%s:%" PRIu64, spil_path_name(facts->sources[origin->source].path),
                  origin->line);
    spil_table_text(table, spil_str_text(room));
}

static void add_pair(spil_table *table, spil_str *room, const spil_facts *facts,
                     const uint32_t *home, const spil_weighed_pair *pair)
{
    const uint32_t ends[2] = {pair->a, pair->b};
    spil_table_row(table);
    spil_table_text(table, spil_entity_kind_info(facts->entities[pair->a].kind)->name);
    for (size_t k = 0; k < 2; k++)
        spil_table_text(table, facts->entities[ends[k]].key);
    for (size_t k = 0; k < 2; k++)
        spil_table_text(table, spil_entity_name(&facts->entities[ends[k]]));
    for (size_t k = 0; k < 2; k++)
        spil_table_text(table,
                        home[ends[k]] ? spil_entity_name(&facts->entities[home[ends[k]] - 1]) : "");
    for (size_t k = 0; k < 2; k++)
        add_origin(table, room, facts, ends[k]);
    spil_table_number(table, pair->probability);
    spil_table_number(table, pair->weight);
    spil_table_text(table, pair->pattern);
    spil_table_text(table, pair->why);
    spil_table_text(table, "");
    spil_table_text(table, "");
}

spil_status spil_pairs_write(const char *path, const spil_facts *facts,
                             const spil_resolution *resolution, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "kind"},
        {.name = "a"},
        {.name = "b"},
        {.name = "name_a"},
        {.name = "name_b"},
        {.name = "where_a"},
        {.name = "where_b"},
        {.name = "source_a"},
        {.name = "source_b"},
        {.name = "probability", .kind = SPIL_COLUMN_REAL},
        {.name = "bits", .kind = SPIL_COLUMN_REAL},
        {.name = "agreement"},
        {.name = "why"},
        {.name = "same"},
        {.name = "reason"},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    uint32_t *home = NULL;
    spil_str room = SPIL_STR_INIT, text = SPIL_STR_INIT;
    TRY(find_homes(&home, facts, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < resolution->doubtful_count; i++)
        add_pair(table, &room, facts, home, &resolution->doubtful[i]);
    TRY(spil_str_status(&room, err));
    TRY(spil_table_write(table, SPIL_FORMAT_CSV, &text, err));
    rc = spil_write_file(path, spil_str_text(&text), text.length, err);
done:
    spil_str_free(&room);
    spil_str_free(&text);
    spil_table_free(table);
    spil_free(home);
    return rc;
}

/* ---- back in ---- */

typedef struct pair_columns {
    size_t a, b, same, reason; /* SIZE_MAX: not there */
} pair_columns;

static spil_status find_columns(pair_columns *out, const spil_row *row, const char *path,
                                spil_err *err)
{
    struct {
        const char *name;
        size_t *at;
    } wanted[] = {{"a", &out->a}, {"b", &out->b}, {"same", &out->same}, {"reason", &out->reason}};
    *out = (pair_columns){SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
        for (size_t i = 0; i < row->count; i++)
            if (spil_column_name_equal(row->fields[i], wanted[k].name))
                *wanted[k].at = i;
        if (*wanted[k].at == SIZE_MAX && k < 3)
            return spil_fail(err, SPIL_INPUT,
                             "%s:%" PRIu64 ": there is no column '%s'; write the file with "
                             "--review",
                             path, row->line, wanted[k].name);
    }
    return SPIL_OK;
}

static const char *field(const spil_row *row, size_t column)
{
    return column < row->count ? row->fields[column] : "";
}

/* 1 yes, 0 no, -1 neither. */
static int yes_or_no(const char *text)
{
    static const char *const yes[] = {"yes", "y", "ja", "j", "1", "true", "same"};
    static const char *const no[] = {"no", "n", "nee", "0", "false", "different"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (spil_text_equal_nocase(text, yes[i]))
            return 1;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (spil_text_equal_nocase(text, no[i]))
            return 0;
    return -1;
}

static spil_status find_both(spil_answer *out, spil_store *store, const char *path,
                             const spil_row *row, const pair_columns *columns, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t at[2] = {columns->a, columns->b};
    int64_t id[2] = {0, 0};
    spil_entity_kind kind[2] = {SPIL_ENTITY_other, SPIL_ENTITY_other};
    for (size_t k = 0; k < 2; k++) {
        TRY(spil_store_find_entity(store, field(row, at[k]), &id[k], &kind[k], err));
        if (id[k] == 0) {
            rc = spil_fail(err, SPIL_INPUT,
                           "%s:%" PRIu64 ": column '%s': the case has no entity '%s'", path,
                           row->line, k ? "b" : "a", field(row, at[k]));
            goto done;
        }
    }
    if (id[0] == id[1] || kind[0] != kind[1]) {
        rc = spil_fail(err, SPIL_INPUT, "%s:%" PRIu64 ": '%s' and '%s' are %s", path, row->line,
                       field(row, at[0]), field(row, at[1]),
                       id[0] == id[1] ? "one row of the case already" : "of different kinds");
        goto done;
    }
    out->a = id[0];
    out->b = id[1];
done:
    return rc;
}

static spil_status take_row(spil_pairs_read_counts *counts, spil_store *store, const char *path,
                            const spil_row *row, const pair_columns *columns, const char *reviewer,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *const text = field(row, columns->same);
    spil_answer answer = {.reviewer = reviewer, .reason = field(row, columns->reason)};
    if (!*text) {
        counts->open++;
        return SPIL_OK;
    }
    const int same = yes_or_no(text);
    if (same < 0)
        return spil_fail(err, SPIL_INPUT,
                         "%s:%" PRIu64 ": column 'same': '%s' is neither yes nor no", path,
                         row->line, text);
    answer.same = same == 1;
    TRY(find_both(&answer, store, path, row, columns, err));
    TRY(spil_store_put_answer(store, &answer, err));
    counts->same += answer.same;
    counts->different += !answer.same;
done:
    return rc;
}

spil_status spil_pairs_read(spil_pairs_read_counts *out, spil_store *store, const char *path,
                            const char *reviewer, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_text_reader *reader = NULL;
    pair_columns columns;
    spil_row row;
    bool got = false, head = true;
    *out = (spil_pairs_read_counts){0};
    TRY(spil_text_reader_open(&reader, path, err));
    for (;;) {
        TRY(spil_text_reader_next(reader, &row, &got, err));
        if (!got)
            break;
        if (row.reason) {
            rc = spil_fail(err, SPIL_INPUT, "%s:%" PRIu64 ": %s", path, row.line, row.reason);
            goto done;
        }
        if (head)
            TRY(find_columns(&columns, &row, path, err));
        else
            TRY(take_row(out, store, path, &row, &columns, reviewer, err));
        head = false;
    }
done:
    spil_text_reader_free(reader);
    return rc;
}
