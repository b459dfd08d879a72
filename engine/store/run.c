/* run.c - runs, and what persons decide on their targets. See results.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/str.h"
#include "engine/base/vec.h"
#include "engine/store/db.h"
#include "engine/store/results.h"

#include <inttypes.h>
#include <string.h>

/* Decisions on targets of the run and of all runs that build on it. */
static spil_status count_decisions(spil_store *store, int64_t run, int64_t *out, spil_err *err)
{
    return DB_NUMBER(store, RUN_DECISIONS, 0, out, err, DB_INT(run));
}

static spil_status replace_same(spil_store *store, const spil_run_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    SPIL_VEC(int64_t) same = {0};
    TRY(DB_SELECT(&rows, store, SAME_RUNS, err, DB_ID(row->parent), DB_TEXT(row->command),
                  DB_TEXT(row->options), DB_INT(row->seed), DB_INT(row->draws),
                  DB_TEXT(row->version), DB_TEXT(row->input_digest), DB_DAY(row->as_of)));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        TRY(VEC_PUSH(same, spil_db_int(&rows, 0), err));
    }
    spil_db_close(&rows);
    for (size_t i = 0; i < same.count; i++) {
        int64_t decisions = 0;
        TRY(count_decisions(store, same.items[i], &decisions, err));
        if (decisions == 0)
            TRY(DB_RUN(store, DELETE_RUN, err, DB_INT(same.items[i])));
    }
done:
    spil_db_close(&rows);
    spil_free(same.items);
    return rc;
}

spil_status spil_store_add_run(spil_store *store, const spil_run_row *row, int64_t *id,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(replace_same(store, row, err));
    TRY(DB_RUN(store, ADD_RUN, err, DB_ID(row->parent), DB_TEXT(row->command),
               DB_TEXT(row->options), DB_INT(row->seed), DB_INT(row->draws), DB_TEXT(row->version),
               DB_TEXT(row->input_digest), DB_DAY(row->as_of), DB_INT(spil_db_now())));
    *id = spil_db_new_id(store);
done:
    return rc;
}

spil_status spil_store_delete_run(spil_store *store, int64_t run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t decisions = 0;
    TRY(spil_db_must_write(store, err));
    TRY(count_decisions(store, run, &decisions, err));
    if (decisions > 0) {
        rc = spil_fail(err, SPIL_INPUT, "run %" PRId64 " stays: %" PRId64 " decisions hang on it",
                       run, decisions);
        goto done;
    }
    TRY(DB_RUN(store, DELETE_RUN, err, DB_INT(run)));
    if (spil_db_changes(store) == 0)
        rc = spil_fail(err, SPIL_NOT_FOUND, "%s: has no run %" PRId64, store->path, run);
done:
    return rc;
}

spil_status spil_store_find_run(spil_store *store, const char *command, int64_t *id, spil_err *err)
{
    return DB_NUMBER(store, FIND_RUN, 0, id, err, DB_TEXT(command));
}

/* ---- decisions ---- */

static const char *const verdict_words[SPIL_VERDICT_COUNT] = {[SPIL_VERDICT_ACCEPTED] = "accepted",
                                                              [SPIL_VERDICT_REJECTED] = "rejected",
                                                              [SPIL_VERDICT_HELD] = "held"};

const char *spil_verdict_word(spil_verdict verdict)
{
    return verdict_words[verdict];
}

bool spil_verdict_find(const char *word, spil_verdict *out)
{
    for (spil_verdict v = 0; v < SPIL_VERDICT_COUNT; v++)
        if (strcmp(word, verdict_words[v]) == 0) {
            *out = v;
            return true;
        }
    return false;
}

static bool differs(const char *wanted, const char *found)
{
    return wanted && strcmp(wanted, found) != 0;
}

spil_status spil_store_find_target(spil_store *store, int64_t run, uint32_t rank, const char *key,
                                   const char *barrier, const char *partner, int64_t *id,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT(&rows, store, FIND_TARGET, err, DB_INT(run), DB_INT(rank)));
    TRY(spil_db_next(&rows, err));
    if (!rows.has_row) {
        rc = spil_fail(err, SPIL_NOT_FOUND, "the list has no rank %u", rank);
        goto done;
    }
    const char *const is_key = spil_db_text(&rows, 1), *const is_barrier = spil_db_text(&rows, 2),
                      *const is_partner = spil_db_text(&rows, 3);
    if (differs(key, is_key) || differs(barrier, is_barrier) || differs(partner, is_partner))
        rc = spil_fail(err, SPIL_INPUT,
                       "rank %u is '%.60s', %.40s by %.40s in the list of now; expected '%.60s', "
                       "%.40s by %.40s",
                       rank, is_key, is_barrier, is_partner, key ? key : is_key,
                       barrier ? barrier : is_barrier, partner ? partner : is_partner);
    *id = spil_db_int(&rows, 0);
done:
    spil_db_close(&rows);
    return rc;
}

static bool blank(const char *text)
{
    while (text && (*text == ' ' || *text == '\t' || *text == '\n'))
        text++;
    return !text || !*text;
}

spil_status spil_store_add_decision(spil_store *store, const spil_decision_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str detail = SPIL_STR_INIT;
    const char *const verdict = spil_verdict_word(row->verdict);
    TRY(spil_db_must_write(store, err));
    if (blank(row->reviewer) || blank(row->reason)) {
        rc = spil_fail(err, SPIL_INPUT, "a decision needs the name of the reviewer and a reason");
        goto done;
    }
    TRY(DB_RUN(store, SET_TARGET_STATUS, err, DB_INT(row->target), DB_TEXT(verdict)));
    if (spil_db_changes(store) == 0) {
        rc = spil_fail(err, SPIL_NOT_FOUND, "%s: has no target %" PRId64, store->path, row->target);
        goto done;
    }
    TRY(DB_RUN(store, ADD_DECISION, err, DB_INT(row->target), DB_TEXT(verdict),
               DB_TEXT(row->reviewer), DB_TEXT(row->reason), DB_INT(spil_db_now())));
    spil_str_addf(&detail, "target %" PRId64 " %s by %s", row->target, verdict, row->reviewer);
    TRY(spil_str_status(&detail, err));
    TRY(spil_store_audit(store, "decide", spil_str_text(&detail), err));
done:
    spil_str_free(&detail);
    return rc;
}

spil_status spil_store_carry_decisions(spil_store *store, int64_t run, uint64_t *count,
                                       spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(DB_RUN(store, MOVE_DECISIONS, err, DB_INT(run)));
    *count = (uint64_t)spil_db_changes(store);
    if (*count)
        TRY(DB_RUN(store, STATUS_OF_DECISIONS, err, DB_INT(run)));
done:
    return rc;
}
