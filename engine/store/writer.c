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
    MOST_COLUMNS = 11,
    TEXT_ROOM = 1 << 19, /* of a batch; a longer row is stored at once */
    BATCHES = 4
};

/* In this order a batch is written: entities before what names them. */
static const spil_stmt lane_statements[] = {
    SPIL_STMT_ADD_ENTITY, SPIL_STMT_NAME_ENTITY,     SPIL_STMT_ADD_ATTRIBUTE,
    SPIL_STMT_ADD_LINK,   SPIL_STMT_ADD_LINK_DETAIL, SPIL_STMT_ADD_ROLE,
    SPIL_STMT_ADD_SIGNAL, SPIL_STMT_ADD_REJECT,      SPIL_STMT_ADD_PAIR};

enum { LANES = sizeof lane_statements / sizeof lane_statements[0] };

typedef struct lane {
    spil_db_value *values; /* rows x columns */
    size_t columns, rows;
} lane;

typedef struct batch {
    lane lanes[LANES];
    spil_db_value *values; /* the room of all lanes */
    char *text;
    size_t text_used;
} batch;

struct spil_writer {
    spil_store *store;
    batch *all[BATCHES], *spare[BATCHES], *queue[BATCHES];
    batch *filling;                /* the caller's */
    sqlite3_stmt *together[LANES]; /* the thread's, as is the connection while it works */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t spares, queued;
    bool working, ending;
    spil_status rc; /* the first failure */
    spil_err why;
};

/* ---- the thread ---- */

/* "... VALUES (?1, ?2)" of the statement for TOGETHER rows. */
static spil_status prepare_together(spil_writer *w, size_t l, size_t columns)
{
    static const char word[] = "VALUES ";
    spil_str text = SPIL_STR_INIT;
    const char *const one = spil_db_statement_text(lane_statements[l]);
    const char *const tail = strstr(one, word);
    assert(tail);
    spil_str_add_n(&text, one, (size_t)(tail - one) + strlen(word));
    for (size_t i = 0; i < TOGETHER * columns; i++)
        spil_str_addf(&text, "%s?%zu%s",
                      i % columns ? ", "
                      : i         ? ", ("
                                  : "(",
                      i + 1, i % columns + 1 == columns ? ")" : "");
    spil_status rc = spil_str_status(&text, &w->why);
    if (rc == SPIL_OK)
        rc = spil_db_prepare(w->store, spil_str_text(&text), &w->together[l], &w->why);
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

static spil_status write_lane(spil_writer *w, size_t l, const lane *from)
{
    spil_status rc = SPIL_OK;
    const size_t columns = from->columns;
    size_t row = 0;
    if (lane_statements[l] == SPIL_STMT_ADD_LINK)
        for (size_t i = 0; i < from->rows; i++) /* values: from, to, ... */
            TRY(spil_hubs_count(w->store, from->values[i * columns].as.integer,
                                from->values[i * columns + 1].as.integer, &w->why));
    if (lane_statements[l] == SPIL_STMT_NAME_ENTITY) {
        for (; row < from->rows; row++)
            TRY(write_naming(w->store, from->values + row * columns, &w->why));
        goto done;
    }
    if (from->rows >= TOGETHER && !w->together[l])
        TRY(prepare_together(w, l, columns));
    for (; row + TOGETHER <= from->rows; row += TOGETHER)
        TRY(spil_db_step_prepared(w->store, w->together[l], from->values + row * columns,
                                  TOGETHER * columns, &w->why));
    for (; row < from->rows; row++)
        TRY(spil_db_step(w->store, lane_statements[l], from->values + row * columns, columns,
                         &w->why));
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

static void *work(void *user)
{
    spil_writer *const w = user;
    (void)pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->queued == 0 && !w->ending)
            (void)pthread_cond_wait(&w->changed, &w->lock);
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
        (void)pthread_cond_broadcast(&w->changed);
    }
    (void)pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* ---- making and ending ---- */

static void free_batch(batch *b)
{
    if (!b)
        return;
    spil_free(b->values);
    spil_free(b->text);
    spil_free(b);
}

static spil_status new_batch(batch **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    batch *b = NULL;
    TRY(NEW(b, err));
    TRY(NEW_ARRAY(b->values, (size_t)LANES * ROWS * MOST_COLUMNS, err));
    TRY(NEW_ARRAY(b->text, TEXT_ROOM, err));
    for (size_t l = 0; l < LANES; l++)
        b->lanes[l].values = b->values + l * ROWS * MOST_COLUMNS;
    *out = b;
    b = NULL;
done:
    free_batch(b);
    return rc;
}

static void free_writer(spil_writer *w)
{
    for (size_t l = 0; l < LANES; l++)
        (void)sqlite3_finalize(w->together[l]);
    for (size_t i = 0; i < BATCHES; i++)
        free_batch(w->all[i]);
    (void)pthread_cond_destroy(&w->changed);
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
    (void)pthread_cond_init(&w->changed, NULL);
    for (size_t i = 0; i < BATCHES; i++)
        TRY(new_batch(&w->all[i], err));
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
    (void)pthread_cond_broadcast(&w->changed);
    (void)pthread_mutex_unlock(&w->lock);
    (void)pthread_join(w->thread, NULL);
    store->writer = NULL;
    store->under_way = false;
    free_writer(w);
}

/* ---- the caller's side ---- */

static spil_status hand_over(spil_writer *w, spil_err *err)
{
    (void)pthread_mutex_lock(&w->lock);
    w->queue[w->queued++] = w->filling;
    (void)pthread_cond_broadcast(&w->changed);
    while (w->spares == 0)
        (void)pthread_cond_wait(&w->changed, &w->lock);
    w->filling = w->spare[--w->spares];
    const spil_status rc = w->rc;
    (void)pthread_mutex_unlock(&w->lock);
    return rc == SPIL_OK ? SPIL_OK : spil_fail(err, rc, "%s", w->why.msg);
}

spil_status spil_writer_drain(spil_store *store, spil_err *err)
{
    spil_writer *const w = store->writer;
    if (!w || !store->under_way)
        return SPIL_OK;
    spil_status rc = hand_over(w, err);
    (void)pthread_mutex_lock(&w->lock);
    while (w->queued > 0 || w->working)
        (void)pthread_cond_wait(&w->changed, &w->lock);
    rc = rc == SPIL_OK ? w->rc : rc;
    (void)pthread_mutex_unlock(&w->lock);
    store->under_way = false;
    return rc == SPIL_OK ? SPIL_OK : spil_fail(err, rc, "%s", w->why.msg);
}

static size_t lane_of(spil_stmt which)
{
    size_t l = 0;
    while (l < LANES && lane_statements[l] != which)
        l++;
    assert(l < LANES);
    return l;
}

static size_t text_of(const spil_db_value *values, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += values[i].type == SPIL_DB_TEXT ? values[i].length : 0;
    return length;
}

static void put(batch *b, lane *to, const spil_db_value *values, size_t count)
{
    spil_db_value *const row = to->values + to->rows * count;
    for (size_t i = 0; i < count; i++) {
        row[i] = values[i];
        if (values[i].type != SPIL_DB_TEXT)
            continue;
        row[i].as.bytes = b->text + b->text_used;
        memcpy(b->text + b->text_used, values[i].as.bytes, values[i].length);
        b->text_used += values[i].length;
    }
    to->columns = count;
    to->rows++;
}

static spil_status write_now(spil_store *store, spil_stmt which, const spil_db_value *values,
                             size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_writer_drain(store, err));
    if (which == SPIL_STMT_NAME_ENTITY)
        return write_naming(store, values, err);
    if (which == SPIL_STMT_ADD_LINK)
        TRY(spil_hubs_count(store, values[0].as.integer, values[1].as.integer, err));
    rc = spil_db_step(store, which, values, count, err);
done:
    return rc;
}

spil_status spil_writer_add(spil_store *store, spil_stmt which, const spil_db_value *values,
                            size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t l = lane_of(which), text = text_of(values, count);
    assert(count <= MOST_COLUMNS);
    if (!store->importing || store->reading || text > TEXT_ROOM)
        return write_now(store, which, values, count, err);
    if (!store->writer)
        TRY(start(store, err));
    spil_writer *const w = store->writer;
    if (w->filling->lanes[l].rows == ROWS || w->filling->text_used + text > TEXT_ROOM)
        TRY(hand_over(w, err));
    put(w->filling, &w->filling->lanes[l], values, count);
    store->under_way = true;
done:
    return rc;
}
