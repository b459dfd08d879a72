/* load_facts.c - the store as facts. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sources come in order of their digest, so the smaller position is the smaller digest. Where
 * several sources name an entity, the facts take the longest label and type (ties: the smaller
 * text) and the first origin in order of digest and line: none of it depends on the order of
 * import.
 */
#include "engine/base/str.h"
#include "engine/store/alias_join.h"
#include "engine/store/db.h"
#include "engine/store/facts_detail.h"
#include "engine/store/idmap.h"

#include <inttypes.h>
#include <string.h>

typedef struct loading {
    spil_store *store;
    spil_facts *facts;
    spil_idmap sources, entities; /* ids to positions as added */
    uint32_t *place;              /* position as added to that after merging; NULL: the same */
} loading;

static uint32_t entity_of(const loading *load, const spil_cursor *rows, int column)
{
    const uint32_t position = spil_idmap_get(&load->entities, spil_db_int(rows, column));
    return position == SPIL_NO_POSITION || !load->place ? position : load->place[position];
}

static spil_status broken(const loading *load, const char *table, int64_t id, spil_err *err)
{
    return spil_fail(err, SPIL_DB, "%s: row %" PRId64 " of %s names what is not there",
                     load->store->path, id, table);
}

/* Origin from the columns `first` (source) and the next (line). */
static spil_origin origin_of(const loading *load, const spil_cursor *rows, int first)
{
    return (spil_origin){spil_idmap_get(&load->sources, spil_db_int(rows, first)),
                         (uint64_t)spil_db_int(rows, first + 1)};
}

static spil_status load_sources(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, load->store, ALL_SOURCES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_source row = {.id = spil_db_int(&rows, 0),
                                 .path = spil_db_text(&rows, 1),
                                 .sha256 = spil_db_text(&rows, 2),
                                 .loader = spil_db_text(&rows, 3),
                                 .options = spil_db_text(&rows, 4),
                                 .grade = spil_db_text(&rows, 5),
                                 .owner = spil_db_text(&rows, 6),
                                 .basis = spil_db_text(&rows, 7),
                                 .purpose = spil_db_text(&rows, 8),
                                 .keep_until = spil_db_day(&rows, 9),
                                 .rows = (uint64_t)spil_db_int(&rows, 10),
                                 .accepted = (uint64_t)spil_db_int(&rows, 11),
                                 .rejected = (uint64_t)spil_db_int(&rows, 12),
                                 .merged = (uint64_t)spil_db_int(&rows, 13)};
        TRY(spil_facts_add_source(load->facts, &row, err));
    }
    TRY(spil_idmap_build(&load->sources, load->facts->sources ? &load->facts->sources[0].id : NULL,
                         sizeof *load->facts->sources, load->facts->source_count, err));
done:
    spil_db_close(&rows);
    return rc;
}

/* ---- entities with their mentions ---- */

/* The better of two texts stays in best: longer, then smaller. */
static void keep_better(spil_str *best, const char *text)
{
    const size_t length = strlen(text);
    if (length < best->length ||
        (length == best->length && length > 0 && strcmp(text, spil_str_text(best)) >= 0))
        return;
    spil_str_clear(best);
    spil_str_add_n(best, text, length);
}

static void keep_first(spil_origin *first, spil_origin other)
{
    if (other.source < first->source || (other.source == first->source && other.line < first->line))
        *first = other;
}

/* Takes in the mentions of the entity; mentions stands on the first row not before it. */
static spil_status take_mentions(const loading *load, spil_cursor *mentions, spil_entity *row,
                                 spil_str *label, spil_str *type, spil_err *err)
{
    spil_status rc = SPIL_OK;
    while (mentions->has_row && spil_db_int(mentions, 0) <= row->id) {
        if (spil_db_int(mentions, 0) == row->id) {
            keep_first(&row->origin, origin_of(load, mentions, 1));
            keep_better(label, spil_db_text(mentions, 3));
            keep_better(type, spil_db_text(mentions, 4));
        }
        TRY(spil_db_next(mentions, err));
    }
    TRY(spil_str_status(label, err));
    TRY(spil_str_status(type, err));
    row->label = spil_str_text(label);
    row->type = spil_str_text(type);
done:
    return rc;
}

static spil_status load_entities(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0}, mentions = {0};
    spil_str label = SPIL_STR_INIT, type = SPIL_STR_INIT;
    TRY(DB_SELECT_ALL(&mentions, load->store, ALL_MENTIONS, err));
    TRY(spil_db_next(&mentions, err));
    TRY(DB_SELECT_ALL(&rows, load->store, ALL_ENTITIES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        spil_entity row = {.id = spil_db_int(&rows, 0),
                           .key = spil_db_text(&rows, 2),
                           .origin = origin_of(load, &rows, 5)};
        if (!spil_entity_kind_find(spil_db_text(&rows, 1), &row.kind)) {
            rc = spil_fail(err, SPIL_DB, "%s: entity '%s' is of an unknown kind '%s'",
                           load->store->path, row.key, spil_db_text(&rows, 1));
            goto done;
        }
        spil_str_clear(&label);
        spil_str_clear(&type);
        spil_str_add(&label, spil_db_text(&rows, 3));
        spil_str_add(&type, spil_db_text(&rows, 4));
        TRY(take_mentions(load, &mentions, &row, &label, &type, err));
        TRY(spil_facts_add_entity(load->facts, &row, err));
    }
    TRY(spil_idmap_build(&load->entities,
                         load->facts->entities ? &load->facts->entities[0].id : NULL,
                         sizeof *load->facts->entities, load->facts->entity_count, err));
done:
    spil_db_close(&rows);
    spil_db_close(&mentions);
    spil_str_free(&label);
    spil_str_free(&type);
    return rc;
}

/* ---- rows of entities ---- */

static spil_status load_attributes(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, load->store, ALL_ATTRIBUTES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_attribute row = {.id = spil_db_int(&rows, 0),
                                    .entity = entity_of(load, &rows, 1),
                                    .name = spil_db_text(&rows, 2),
                                    .value = spil_db_text(&rows, 3),
                                    .origin = origin_of(load, &rows, 4)};
        TRY(spil_facts_add_attribute(load->facts, &row, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status load_links(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, load->store, ALL_LINKS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        spil_link row = {.id = spil_db_int(&rows, 0),
                         .from = entity_of(load, &rows, 1),
                         .to = entity_of(load, &rows, 2),
                         .type = spil_db_text(&rows, 4),
                         .weight = spil_db_real(&rows, 5),
                         .confidence = spil_db_real(&rows, 6),
                         .since = spil_db_day(&rows, 7),
                         .until = spil_db_day(&rows, 8),
                         .origin = origin_of(load, &rows, 9)};
        if (!spil_link_kind_find(spil_db_text(&rows, 3), &row.kind)) {
            rc = broken(load, "link (its kind)", row.id, err);
            goto done;
        }
        TRY(spil_facts_add_link(load->facts, &row, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status load_roles(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, load->store, ALL_ROLES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_role row = {.id = spil_db_int(&rows, 0),
                               .entity = entity_of(load, &rows, 1),
                               .model = spil_db_text(&rows, 2),
                               .step = spil_db_text(&rows, 3),
                               .role = spil_db_text(&rows, 4),
                               .confidence = spil_db_real(&rows, 5),
                               .origin = origin_of(load, &rows, 6)};
        TRY(spil_facts_add_role(load->facts, &row, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status load_signals(loading *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, load->store, ALL_SIGNALS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_signal row = {.id = spil_db_int(&rows, 0),
                                 .entity = entity_of(load, &rows, 1),
                                 .code = spil_db_text(&rows, 2),
                                 .strength = spil_db_real(&rows, 3),
                                 .confidence = spil_db_real(&rows, 4),
                                 .date = spil_db_day(&rows, 5),
                                 .origin = origin_of(load, &rows, 6)};
        TRY(spil_facts_add_signal(load->facts, &row, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status load_all(loading *load, bool apart, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_facts_new(&load->facts, err));
    TRY(load_sources(load, err));
    TRY(load_entities(load, err));
    if (!apart)
        TRY(spil_alias_join(load->facts, load->store, &load->entities, &load->place, err));
    TRY(load_attributes(load, err));
    TRY(load_links(load, err));
    TRY(load_roles(load, err));
    TRY(load_signals(load, err));
    TRY(spil_facts_finish(load->facts, err)); /* also sees rows that name nothing */
done:
    return rc;
}

static spil_status load_facts(spil_facts **out, spil_store *store, bool apart, spil_err *err)
{
    spil_status rc = SPIL_OK;
    loading load = {.store = store};
    bool began = false;
    TRY(spil_db_begin_read(store, &began, err));
    TRY(load_all(&load, apart, err));
    *out = load.facts;
    load.facts = NULL;
done:
    spil_db_end_read(store, began);
    spil_facts_free(load.facts);
    spil_idmap_free(&load.sources);
    spil_idmap_free(&load.entities);
    spil_free(load.place);
    return rc;
}

spil_status spil_store_load_facts(spil_facts **out, spil_store *store, spil_err *err)
{
    return load_facts(out, store, false, err);
}

spil_status spil_store_load_facts_apart(spil_facts **out, spil_store *store, spil_err *err)
{
    return load_facts(out, store, true, err);
}

spil_status spil_store_load_details(spil_facts *facts, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_LINK_DETAILS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        TRY(spil_facts_add_detail(facts, spil_db_int(&rows, 0), spil_db_text(&rows, 1),
                                  spil_db_text(&rows, 2), err));
    }
    rc = spil_facts_finish_details(facts, err);
done:
    spil_db_close(&rows);
    return rc;
}
