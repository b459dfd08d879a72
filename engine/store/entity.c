/* entity.c - entities by key, and their attributes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An import names the same entities over and over; the key cache (key_cache.h) answers most of it.
 * The first source that names an entity owns its row, each further one gets a mention.
 */
#include "engine/store/vet.h"
#include "engine/store/writer.h"

#include <string.h>

static spil_known_entity known_of(const spil_cursor *rows, spil_entity_kind kind)
{
    return (spil_known_entity){.id = spil_db_int(rows, 0),
                               .kind = (uint8_t)kind,
                               .source = (uint32_t)spil_db_int(rows, 2),
                               .has_label = spil_db_int(rows, 3) != 0,
                               .has_type = spil_db_int(rows, 4) != 0};
}

/* What the store says of the key; id 0: nothing. */
static spil_status look_up(spil_store *store, const char *key, spil_known_entity *out,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    spil_known_entity known = {0};
    TRY(DB_SELECT(&rows, store, FIND_ENTITY, err, DB_TEXT(key)));
    TRY(spil_db_next(&rows, err));
    if (rows.has_row) {
        spil_entity_kind kind = SPIL_ENTITY_KIND_COUNT;
        if (!spil_entity_kind_find(spil_db_text(&rows, 1), &kind)) {
            rc = spil_fail(err, SPIL_DB, "%s: entity '%s' is of an unknown kind", store->path, key);
            goto done;
        }
        known = known_of(&rows, kind);
    }
    *out = known;
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status start_cache(spil_store *store, spil_err *err)
{
    int64_t any = 0;
    const spil_status rc = spil_db_number(store, SPIL_STMT_ANY_ENTITY, NULL, 0, 0, &any, err);
    return rc == SPIL_OK ? spil_key_cache_new(&store->keys, any == 0, err) : rc;
}

/* All entities of the store into the cache. */
static spil_status fill_cache(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_KEYS, err));
    for (;;) {
        spil_entity_kind kind = SPIL_ENTITY_KIND_COUNT;
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const char *const key = spil_db_text(&rows, 5);
        const spil_key_print print = spil_key_cache_print(store->keys, key);
        if (spil_key_cache_id(store->keys, print) != 0)
            continue;
        if (!spil_entity_kind_find(spil_db_text(&rows, 1), &kind)) {
            rc = spil_fail(err, SPIL_DB, "%s: entity '%s' is of an unknown kind", store->path, key);
            goto done;
        }
        const spil_known_entity known = known_of(&rows, kind);
        TRY(spil_key_cache_put(store->keys, print, &known, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

enum { MISSES_BEFORE_FILLING = 4096 };

/* An import that asks for many keys the cache does not know gets them all at once, when they fit:
 * each look in the store would have to wait for the rows that are under way. */
static spil_status warm(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t count = 0;
    if (!store->importing || ++store->misses != MISSES_BEFORE_FILLING)
        return SPIL_OK;
    TRY(spil_db_number(store, SPIL_STMT_COUNT_ENTITIES, NULL, 0, 0, &count, err));
    if (count >= SPIL_KEY_CACHE_MOST)
        return SPIL_OK;
    TRY(fill_cache(store, err));
    spil_key_cache_all_in(store->keys);
done:
    return rc;
}

/* What the store says of a key that the cache does not know. */
static spil_status find_stored(spil_store *store, const char *key, spil_key_print print,
                               spil_known_entity *known, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(warm(store, err));
    if (spil_key_cache_get(store->keys, print, known) || spil_key_cache_complete(store->keys))
        return SPIL_OK;
    TRY(look_up(store, key, known, err));
    if (known->id != 0)
        rc = spil_key_cache_put(store->keys, print, known, err);
done:
    return rc;
}

/* *known: its id is 0 when the entity is unknown. Inside a transaction. */
static spil_status find_print(spil_store *store, const char *key, spil_key_print print,
                              spil_known_entity *known, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *known = (spil_known_entity){0};
    if (!spil_key_cache_get(store->keys, print, known) && !spil_key_cache_complete(store->keys))
        TRY(find_stored(store, key, print, known, err));
    if (known->id != 0)
        TRY(spil_vet_entity_known(store, known->id, err));
done:
    return rc;
}

static spil_status find(spil_store *store, const char *key, spil_key_print *print,
                        spil_known_entity *known, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!store->keys)
        TRY(start_cache(store, err));
    *print = spil_key_cache_print(store->keys, key);
    rc = find_print(store, key, *print, known, err);
done:
    return rc;
}

/* The same for those who want the id alone: one line of memory where the cache knows. */
static spil_status find_id(spil_store *store, const char *key, spil_key_print print, int64_t *id,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_known_entity known = {.id = spil_key_cache_id(store->keys, print)};
    if (known.id == 0 && !spil_key_cache_complete(store->keys))
        TRY(find_stored(store, key, print, &known, err));
    if (known.id != 0)
        TRY(spil_vet_entity_known(store, known.id, err));
    *id = known.id;
done:
    return rc;
}

void spil_store_foresee_pair(const spil_store *store, const char *const keys[2], bool put,
                             spil_foreseen *out)
{
    out->known = store->keys != NULL;
    for (size_t i = 0; out->known && i < 2; i++) {
        const spil_key_print print = spil_key_cache_print(store->keys, keys[i]);
        spil_key_cache_fetch(store->keys, print, put);
        memcpy(&out->print[2 * i], print.part, sizeof print.part);
    }
}

/* Prints of both keys, foreseen or not. */
static spil_status print_pair(spil_store *store, const char *const keys[2],
                              const spil_foreseen *foreseen, spil_key_print prints[2],
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_foreseen now;
    TRY(spil_db_must_write(store, err));
    if (!store->keys)
        TRY(start_cache(store, err));
    if (!foreseen || !foreseen->known) {
        spil_store_foresee_pair(store, keys, false, &now);
        foreseen = &now;
    }
    memcpy(prints, foreseen->print, sizeof foreseen->print);
done:
    return rc;
}

spil_status spil_store_find_pair(spil_store *store, const char *const keys[2],
                                 const spil_foreseen *foreseen, int64_t ids[2], spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_key_print prints[2];
    TRY(print_pair(store, keys, foreseen, prints, err));
    for (size_t i = 0; i < 2; i++)
        TRY(find_id(store, keys[i], prints[i], &ids[i], err));
done:
    return rc;
}

static bool stated(const char *text)
{
    return text && *text;
}

/* This source names an entity that is known: say so, and fill in label and type where this source
 * gave none before. */
static spil_status name_again(spil_store *store, const spil_new_entity *row, spil_key_print print,
                              spil_known_entity *known, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const bool again = known->source == (uint32_t)row->source;
    if (again && (known->has_label || !stated(row->label)) &&
        (known->has_type || !stated(row->type)))
        return SPIL_OK;
    TRY(DB_WRITE(store, NAME_ENTITY, err, DB_INT(known->id), DB_INT(row->source), DB_INT(row->line),
                 DB_TEXT(row->label), DB_TEXT(row->type)));
    known->has_label = (again && known->has_label) || stated(row->label);
    known->has_type = (again && known->has_type) || stated(row->type);
    known->source = (uint32_t)row->source;
    spil_key_cache_set(store->keys, print, known);
done:
    return rc;
}

static spil_status make(spil_store *store, const spil_new_entity *row, spil_key_print print,
                        int64_t *id, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_next_id(store, SPIL_STMT_LAST_ENTITY, &store->next_entity, err));
    TRY(DB_WRITE(store, ADD_ENTITY, err, DB_WORD(spil_entity_kind_info(row->kind)->name),
                 DB_TEXT(row->key), DB_TEXT(row->label), DB_TEXT(row->type), DB_INT(row->source),
                 DB_INT(row->line), DB_INT(store->next_entity)));
    const spil_known_entity known = {.id = store->next_entity++,
                                     .kind = (uint8_t)row->kind,
                                     .source = (uint32_t)row->source,
                                     .has_label = stated(row->label),
                                     .has_type = stated(row->type)};
    TRY(spil_key_cache_put(store->keys, print, &known, err));
    TRY(spil_vet_entity_known(store, known.id, err));
    *id = known.id;
done:
    return rc;
}

spil_status spil_store_put_entity(spil_store *store, const spil_new_entity *row, int64_t *id,
                                  bool *created, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_key_print print;
    spil_known_entity known;
    TRY(spil_db_must_write(store, err));
    if (!stated(row->key)) {
        rc = spil_fail(err, SPIL_RANGE, "an entity without a key");
        goto done;
    }
    TRY(spil_vet_source(store, row->source, err));
    TRY(find(store, row->key, &print, &known, err));
    if (known.id == 0) {
        TRY(make(store, row, print, id, err));
        *created = true;
        goto done;
    }
    if (known.kind != row->kind) {
        rc = spil_fail(err, SPIL_RANGE, "'%s' is known as %s, not as %s; expected another key",
                       row->key, spil_entity_kind_info(known.kind)->en,
                       spil_entity_kind_info(row->kind)->en);
        goto done;
    }
    TRY(name_again(store, row, print, &known, err));
    *id = known.id;
    *created = false;
done:
    return rc;
}

static spil_status put_end(spil_store *store, const spil_new_entity *row, spil_key_print print,
                           int64_t *id, unsigned *created, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_known_entity known;
    TRY(find_print(store, row->key, print, &known, err));
    if (known.id == 0) {
        TRY(make(store, row, print, id, err));
        ++*created;
        goto done;
    }
    TRY(name_again(store, row, print, &known, err));
    *id = known.id;
done:
    return rc;
}

spil_status spil_store_put_ends(spil_store *store, const char *const keys[2],
                                const spil_foreseen *foreseen, const spil_new_entity *made,
                                int64_t ids[2], unsigned *created, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_key_print prints[2];
    *created = 0;
    TRY(spil_vet_source(store, made->source, err));
    TRY(print_pair(store, keys, foreseen, prints, err));
    for (size_t i = 0; i < 2; i++) {
        spil_new_entity row = *made;
        row.key = keys[i];
        TRY(put_end(store, &row, prints[i], &ids[i], created, err));
    }
done:
    return rc;
}

spil_status spil_store_find_entity(spil_store *store, const char *key, int64_t *id,
                                   spil_entity_kind *kind, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_key_print print;
    spil_known_entity known = {0};
    if (store->writing)
        TRY(find(store, key, &print, &known, err));
    else
        TRY(look_up(store, key, &known, err));
    *id = known.id;
    if (known.id != 0 && kind)
        *kind = known.kind;
done:
    return rc;
}

spil_status spil_store_add_attribute(spil_store *store, int64_t entity, const char *name,
                                     const char *value, int64_t source, uint64_t line,
                                     spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(spil_vet_entity(store, entity, err));
    TRY(spil_vet_source(store, source, err));
    TRY(DB_WRITE(store, ADD_ATTRIBUTE, err, DB_INT(entity), DB_TEXT(name), DB_TEXT(value),
                 DB_INT(source), DB_INT(line)));
done:
    return rc;
}
