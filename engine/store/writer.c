/* writer.c - see writer.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lock covers the lists of batches and the failure; the content of a batch belongs to whoever
 * holds it. The connection changes hands with the same lock: the thread uses it between taking a
 * batch and giving it back, the caller while nothing is queued and the thread rests.
 */
#include "engine/store/writer.h"

#include "engine/base/str.h"
#include "engine/store/hubs.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

enum {
    ROWS = 1024,   /* of a lane in a batch */
    TOGETHER = 32, /* rows a statement */
    MOST_COLUMNS = 10,
    TEXT_ROOM = 1 << 17, /* of a batch; a longer row is stored at once */
    BATCHES = 6,
    AT_ONCE = 2 /* batches that wake whoever sleeps: each waking costs as much as many rows */
};

/* In this order a batch is written: entities before what names them. */
static const struct lane_kind {
    spil_stmt statement;
    uint8_t columns;
    bool numbered; /* rows come with the id that SQLite will give them: one more than the last */
} lane_kinds[] = {{SPIL_STMT_ADD_ENTITY, 6, true},       {SPIL_STMT_NAME_ENTITY, 5, false},
                  {SPIL_STMT_ADD_ATTRIBUTE, 5, false},   {SPIL_STMT_ADD_LINK, 10, true},
                  {SPIL_STMT_ADD_LINK_DETAIL, 3, false}, {SPIL_STMT_ADD_ROLE, 7, false},
                  {SPIL_STMT_ADD_SIGNAL, 7, false},      {SPIL_STMT_ADD_REJECT, 5, false}};

enum { LANES = sizeof lane_kinds / sizeof lane_kinds[0] };

typedef struct lane {
    spil_db_value *values; /* ROWS x columns; NULL until a row comes */
    size_t rows;
    int64_t last_id; /* of a numbered lane */
} lane;

typedef struct batch {
    lane lanes[LANES];
    char *text;
    size_t text_used;
} batch;

/* A statement for TOGETHER rows, and what is bound to it. */
typedef struct together {
    sqlite3_stmt *statement;
    spil_db_value bound[TOGETHER * MOST_COLUMNS];
} together;

struct spil_writer {
    spil_store *store;
    batch *all[BATCHES], *spare[BATCHES], *queue[BATCHES];
    batch *filling;            /* the caller's */
    together *together[LANES]; /* the thread's, as is the connection while it works */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t given, back; /* a batch to the thread, a batch to the caller */
    size_t spares, queued;
    bool working, draining, ending;
    spil_status rc; /* the first failure */
    spil_err why;
};

/* ---- the thread ---- */

/* "INSERT ... VALUES (?1, ?2)" as the statement for TOGETHER rows. OR FAIL: when a row is refused
 * those before it stay, since the whole import is undone anyway; for a statement that could undo
 * itself SQLite writes each page that it touches to a journal of its own, which is twice as many
 * writes as the import has. */
static spil_status prepare_together(spil_writer *w, size_t l)
{
    static const char plain[] = "INSERT INTO ", word[] = "VALUES ";
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    const size_t columns = lane_kinds[l].columns;
    const char *const one = spil_db_statement_text(lane_kinds[l].statement);
    const char *const tail = strstr(one, word);
    assert(tail);
    const char *from = one;
    if (strncmp(one, plain, strlen(plain)) == 0) {
        spil_str_add(&text, "INSERT OR FAIL INTO ");
        from += strlen(plain);
    }
    spil_str_add_n(&text, from, (size_t)(tail - from) + strlen(word));
    for (size_t i = 0; i < TOGETHER * columns; i++)
        spil_str_addf(&text, "%s?%zu%s",
                      i % columns ? ", "
                      : i         ? ", ("
                                  : "(",
                      i + 1, i % columns + 1 == columns ? ")" : "");
    TRY(spil_str_status(&text, &w->why));
    if (!w->together[l])
        TRY(NEW(w->together[l], &w->why)); /* zeroes are NULL, which is what is bound at first */
    rc = spil_db_prepare(w->store, spil_str_text(&text), &w->together[l]->statement, &w->why);
done:
    spil_str_free(&text);
    return rc;
}

/* A further source names an entity: fills in what its own source left open, else a mention.
 * Values: entity, source, line, label, type. */
static spil_status write_naming(spil_store *store, const spil_db_value v[5], spil_err *err)
{
    spil_status rc = spil_db_step(store, SPIL_STMT_NAME_ENTITY, v, 5, err);
    if (rc == SPIL_OK && spil_db_changes(store) == 0)
        rc = spil_db_step(store, SPIL_STMT_MENTION_ENTITY, v, 5, err);
    return rc;
}

/* What a statement holds already is not bound again; a text may have changed in its place. */
static spil_status step_together(spil_writer *w, together *t, const spil_db_value *values,
                                 size_t count)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < count; i++) {
        if (values[i].type != SPIL_DB_TEXT && memcmp(&values[i], &t->bound[i], sizeof *values) == 0)
            continue;
        TRY(spil_db_bind(w->store, t->statement, i, &values[i], &w->why));
        t->bound[i] = values[i];
    }
    rc = spil_db_step_bound(w->store, t->statement, &w->why);
done:
    return rc;
}

/* Entities are named, and details of links told, by the ids that were foreseen. */
static spil_status check_id(const spil_store *store, int64_t foreseen, spil_err *err)
{
    const int64_t given = spil_db_new_id(store);
    return given == foreseen ? SPIL_OK
                             : spil_fail(err, SPIL_DB, "%s: a row got number %lld, expected %lld",
                                         store->path, (long long)given, (long long)foreseen);
}

static spil_status count_ends(spil_store *store, const spil_db_value *values, size_t rows,
                              size_t columns, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < rows; i++) /* values: from, to, ... */
        TRY(spil_hubs_count(store, values[i * columns].as.integer,
                            values[i * columns + 1].as.integer, err));
done:
    return rc;
}

static spil_status write_lane(spil_writer *w, size_t l, const lane *from)
{
    spil_status rc = SPIL_OK;
    const struct lane_kind *const kind = &lane_kinds[l];
    const size_t columns = kind->columns;
    size_t row = 0;
    if (kind->statement == SPIL_STMT_ADD_LINK)
        TRY(count_ends(w->store, from->values, from->rows, columns, &w->why));
    if (kind->statement == SPIL_STMT_NAME_ENTITY) {
        for (; row < from->rows; row++)
            TRY(write_naming(w->store, from->values + row * columns, &w->why));
        goto done;
    }
    if (from->rows >= TOGETHER && (!w->together[l] || !w->together[l]->statement))
        TRY(prepare_together(w, l));
    for (; row + TOGETHER <= from->rows; row += TOGETHER)
        TRY(step_together(w, w->together[l], from->values + row * columns, TOGETHER * columns));
    for (; row < from->rows; row++)
        TRY(spil_db_step(w->store, kind->statement, from->values + row * columns, columns,
                         &w->why));
    if (kind->numbered && from->rows > 0)
        TRY(check_id(w->store, from->last_id, &w->why));
done:
    return rc;
}

static spil_status write_batch(spil_writer *w, const batch *b)
{
    spil_status rc = SPIL_OK;
    for (size_t l = 0; rc == SPIL_OK && l < LANES; l++)
        rc = write_lane(w, l, &b->lanes[l]);
    return rc;
}

static void empty(batch *b)
{
    for (size_t l = 0; l < LANES; l++)
        b->lanes[l].rows = 0;
    b->text_used = 0;
}

/* Whether the thread should go on: enough is there, or somebody waits for what there is. */
static bool called(const spil_writer *w)
{
    return w->ending || w->queued >= AT_ONCE || (w->draining && w->queued > 0);
}

static void *work(void *user)
{
    spil_writer *const w = user;
    (void)pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->queued == 0 && !called(w))
            do
                (void)pthread_cond_wait(&w->given, &w->lock);
            while (!called(w));
        if (w->ending)
            break;
        batch *const b = w->queue[0];
        w->queued--;
        memmove(w->queue, w->queue + 1, w->queued * sizeof *w->queue);
        w->working = true;
        spil_status rc = w->rc;
        (void)pthread_mutex_unlock(&w->lock);
        if (rc == SPIL_OK)
            rc = write_batch(w, b);
        empty(b);
        (void)pthread_mutex_lock(&w->lock);
        w->rc = rc;
        w->working = false;
        w->spare[w->spares++] = b;
        if (w->draining ? w->queued == 0 : w->spares >= AT_ONCE)
            (void)pthread_cond_signal(&w->back);
    }
    (void)pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* ---- making and ending ---- */

static void free_batch(batch *b)
{
    if (!b)
        return;
    for (size_t l = 0; l < LANES; l++)
        spil_free(b->lanes[l].values);
    spil_free(b->text);
    spil_free(b);
}

static void free_writer(spil_writer *w)
{
    for (size_t l = 0; l < LANES; l++) {
        if (w->together[l])
            (void)sqlite3_finalize(w->together[l]->statement);
        spil_free(w->together[l]);
    }
    for (size_t i = 0; i < BATCHES; i++)
        free_batch(w->all[i]);
    (void)pthread_cond_destroy(&w->given);
    (void)pthread_cond_destroy(&w->back);
    (void)pthread_mutex_destroy(&w->lock);
    spil_free(w);
}

static spil_status start(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_writer *w = NULL;
    TRY(NEW(w, err));
    w->store = store;
    (void)pthread_mutex_init(&w->lock, NULL);
    (void)pthread_cond_init(&w->given, NULL);
    (void)pthread_cond_init(&w->back, NULL);
    for (size_t i = 0; i < BATCHES; i++)
        TRY(NEW(w->all[i], err));
    w->filling = w->all[0];
    for (size_t i = 1; i < BATCHES; i++)
        w->spare[w->spares++] = w->all[i];
    if (pthread_create(&w->thread, NULL, work, w) != 0) {
        rc = spil_fail(err, SPIL_NO_MEMORY, "%s: no thread can be started", store->path);
        goto done;
    }
    store->writer = w;
    w = NULL;
done:
    if (w)
        free_writer(w);
    return rc;
}

void spil_writer_end(spil_store *store)
{
    spil_writer *const w = store->writer;
    if (!w)
        return;
    (void)pthread_mutex_lock(&w->lock);
    w->ending = true;
    (void)pthread_cond_signal(&w->given);
    (void)pthread_mutex_unlock(&w->lock);
    (void)pthread_join(w->thread, NULL);
    store->writer = NULL;
    store->under_way = false;
    free_writer(w);
}

/* ---- the caller's side ---- */

/* Before anything else of it is asked: what the thread found wrong. */
static spil_status told(const spil_writer *w, spil_err *err)
{
    return w->rc == SPIL_OK ? SPIL_OK : spil_fail(err, w->rc, "%s", w->why.msg);
}

static spil_status hand_over(spil_writer *w, spil_err *err)
{
    (void)pthread_mutex_lock(&w->lock);
    w->queue[w->queued++] = w->filling;
    if (called(w) && !w->working)
        (void)pthread_cond_signal(&w->given);
    if (w->spares == 0) /* the thread has all of them */
        while (w->spares < AT_ONCE)
            (void)pthread_cond_wait(&w->back, &w->lock);
    w->filling = w->spare[--w->spares];
    const spil_status rc = told(w, err);
    (void)pthread_mutex_unlock(&w->lock);
    return rc;
}

spil_status spil_writer_drain(spil_store *store, spil_err *err)
{
    spil_writer *const w = store->writer;
    if (!w || !store->under_way)
        return SPIL_OK;
    (void)pthread_mutex_lock(&w->lock);
    w->queue[w->queued++] = w->filling;
    w->draining = true;
    (void)pthread_cond_signal(&w->given);
    while (w->queued > 0 || w->working)
        (void)pthread_cond_wait(&w->back, &w->lock);
    w->draining = false;
    w->filling = w->spare[--w->spares];
    const spil_status rc = told(w, err);
    (void)pthread_mutex_unlock(&w->lock);
    store->under_way = false;
    return rc;
}

static size_t lane_of(spil_stmt which)
{
    size_t l = 0;
    while (l < LANES && lane_kinds[l].statement != which)
        l++;
    assert(l < LANES);
    return l;
}

/* Of a row that is too long for a batch only that it is so. A loop that may stop keeps to one value
 * at a time: reading several at once waits until they, just made, have left the processor. */
static size_t text_of(const spil_db_value *values, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count && length <= TEXT_ROOM; i++)
        length += values[i].type == SPIL_DB_TEXT ? values[i].length : 0;
    return length;
}

/* Room for a row of this lane, which is not full. */
static spil_status make_room(batch *b, size_t l, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!b->lanes[l].values)
        TRY(NEW_ARRAY(b->lanes[l].values, (size_t)ROWS * lane_kinds[l].columns, err));
    if (!b->text)
        TRY(NEW_ARRAY(b->text, TEXT_ROOM, err));
done:
    return rc;
}

static void put(batch *b, size_t l, const spil_db_value *values)
{
    lane *const to = &b->lanes[l];
    const size_t columns = lane_kinds[l].columns;
    spil_db_value *const row = to->values + to->rows * columns;
    memcpy(row, values, columns * sizeof *row);
    for (size_t i = 0; i < columns; i++) {
        if (values[i].type != SPIL_DB_TEXT)
            continue;
        row[i].as.bytes = b->text + b->text_used;
        memcpy(b->text + b->text_used, values[i].as.bytes, values[i].length);
        b->text_used += values[i].length;
    }
    if (lane_kinds[l].numbered)
        to->last_id = values[columns].as.integer;
    to->rows++;
}

static spil_status write_now(spil_store *store, size_t l, const spil_db_value *values,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    const struct lane_kind *const kind = &lane_kinds[l];
    TRY(spil_writer_drain(store, err));
    if (kind->statement == SPIL_STMT_NAME_ENTITY)
        return write_naming(store, values, err);
    if (kind->statement == SPIL_STMT_ADD_LINK)
        TRY(spil_hubs_count(store, values[0].as.integer, values[1].as.integer, err));
    TRY(spil_db_step(store, kind->statement, values, kind->columns, err));
    if (kind->numbered)
        TRY(check_id(store, values[kind->columns].as.integer, err));
done:
    return rc;
}

spil_status spil_writer_add(spil_store *store, spil_stmt which, const spil_db_value *values,
                            size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t l = lane_of(which), text = text_of(values, count);
    assert(count == lane_kinds[l].columns + (size_t)lane_kinds[l].numbered);
    if (!store->importing || text > TEXT_ROOM)
        return write_now(store, l, values, err);
    if (!store->writer)
        TRY(start(store, err));
    spil_writer *const w = store->writer;
    if (w->filling->lanes[l].rows == ROWS || w->filling->text_used + text > TEXT_ROOM)
        TRY(hand_over(w, err));
    if (!w->filling->lanes[l].values || !w->filling->text)
        TRY(make_room(w->filling, l, err));
    put(w->filling, l, values);
    store->under_way = true;
done:
    return rc;
}
