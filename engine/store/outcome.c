/* outcome.c - see outcome.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/outcome.h"

#include "engine/base/str.h"
#include "engine/store/db.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char *const words[SPIL_OUTCOME_RESULTS] = {[SPIL_OUTCOME_WORKS] = "works",
                                                        [SPIL_OUTCOME_FAILS] = "fails",
                                                        [SPIL_OUTCOME_UNKNOWN] = "unknown"};

const char *spil_outcome_word(spil_outcome_result result)
{
    return words[result];
}

bool spil_outcome_find(const char *word, spil_outcome_result *out)
{
    for (spil_outcome_result r = 0; r < SPIL_OUTCOME_RESULTS; r++)
        if (strcmp(word, words[r]) == 0) {
            *out = r;
            return true;
        }
    return false;
}

static spil_status vet(const spil_outcome *row, spil_err *err)
{
    if (!row->reporter || row->reporter[strspn(row->reporter, " \t")] == '\0')
        return spil_fail(err, SPIL_INPUT, "an outcome needs the name of who reports it");
    if (row->day == SPIL_NO_DAY)
        return spil_fail(err, SPIL_INPUT,
                         "an outcome needs the day on which it was done or dropped");
    if (!row->done && row->result != SPIL_OUTCOME_UNKNOWN)
        return spil_fail(err, SPIL_INPUT, "what was not done can neither work nor fail");
    return SPIL_OK;
}

static bool same_hours(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* What was said before of this very thing: *id 0 when nothing. */
static spil_status find(spil_store *store, const spil_outcome *row, int64_t entity, int64_t *id,
                        bool *same, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT(&rows, store, FIND_OUTCOME, err, DB_TEXT(row->model), DB_TEXT(row->step),
                  DB_TEXT(row->barrier), DB_TEXT(row->partner), DB_INT(entity), DB_INT(row->day)));
    TRY(spil_db_next(&rows, err));
    *id = rows.has_row ? spil_db_int(&rows, 0) : 0;
    *same = rows.has_row && (spil_db_int(&rows, 1) != 0) == row->done &&
            strcmp(spil_db_text(&rows, 2), words[row->result]) == 0 &&
            same_hours(spil_db_real(&rows, 3), row->hours) &&
            strcmp(spil_db_text(&rows, 4), row->reporter) == 0 &&
            strcmp(spil_db_text(&rows, 5), row->note ? row->note : "") == 0;
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status write_entry(spil_store *store, int64_t id, const spil_outcome *row,
                               spil_err *err)
{
    spil_str detail = SPIL_STR_INIT;
    char day[16];
    spil_format_day(row->day, day);
    spil_str_addf(&detail, "outcome %" PRId64 ": %s of %s.%s by %s on %s: %s, %s; told by %s", id,
                  row->barrier, row->model, row->step, row->partner, day,
                  row->done ? "done" : "not done", words[row->result], row->reporter);
    spil_status rc = spil_str_status(&detail, err);
    if (rc == SPIL_OK)
        rc = spil_store_audit(store, "outcome", spil_str_text(&detail), err);
    spil_str_free(&detail);
    return rc;
}

spil_status spil_store_put_outcome(spil_store *store, const spil_outcome *row,
                                   spil_outcome_put *what, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t entity = 0, id = 0;
    bool same = false;
    TRY(spil_db_must_write(store, err));
    TRY(vet(row, err));
    TRY(spil_store_find_entity(store, row->key, &entity, NULL, err));
    if (entity == 0) {
        rc = spil_fail(err, SPIL_NOT_FOUND, "%s: nobody and nothing has the key '%.60s'",
                       store->path, row->key);
        goto done;
    }
    TRY(find(store, row, entity, &id, &same, err));
    if (same) {
        *what = SPIL_OUTCOME_SAME;
        goto done;
    }
    const spil_outcome_put put = id ? SPIL_OUTCOME_CHANGED : SPIL_OUTCOME_NEW;
    if (id) {
        TRY(DB_RUN(store, CHANGE_OUTCOME, err, DB_INT(id), DB_INT(row->done),
                   DB_TEXT(words[row->result]), DB_REAL(row->hours), DB_TEXT(row->reporter),
                   DB_TEXT(row->note), DB_INT(spil_db_now())));
    } else {
        TRY(DB_RUN(store, ADD_OUTCOME, err, DB_TEXT(row->model), DB_TEXT(row->step),
                   DB_TEXT(row->barrier), DB_TEXT(row->partner), DB_INT(entity), DB_INT(row->day),
                   DB_INT(row->done), DB_TEXT(words[row->result]), DB_REAL(row->hours),
                   DB_TEXT(row->reporter), DB_TEXT(row->note), DB_INT(spil_db_now())));
        id = spil_db_new_id(store);
    }
    TRY(write_entry(store, id, row, err));
    *what = put;
done:
    return rc;
}

spil_status spil_store_outcome_other_day(spil_store *store, const spil_outcome *row, spil_day *day,
                                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t entity = 0;
    spil_cursor rows = {0};
    TRY(spil_store_find_entity(store, row->key, &entity, NULL, err));
    TRY(DB_SELECT(&rows, store, OUTCOME_OTHER_DAY, err, DB_TEXT(row->model), DB_TEXT(row->step),
                  DB_TEXT(row->barrier), DB_TEXT(row->partner), DB_INT(entity), DB_INT(row->day)));
    TRY(spil_db_next(&rows, err));
    *day = rows.has_row ? spil_db_day(&rows, 0) : SPIL_NO_DAY;
done:
    spil_db_close(&rows);
    return rc;
}

spil_status spil_store_each_outcome(spil_store *store,
                                    spil_status (*each)(const spil_outcome *row, void *user,
                                                        spil_err *err),
                                    void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_OUTCOMES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        spil_outcome row = {.id = spil_db_int(&rows, 0),
                            .model = spil_db_text(&rows, 1),
                            .step = spil_db_text(&rows, 2),
                            .barrier = spil_db_text(&rows, 3),
                            .partner = spil_db_text(&rows, 4),
                            .key = spil_db_text(&rows, 5),
                            .label = spil_db_text(&rows, 6),
                            .day = spil_db_day(&rows, 7),
                            .done = spil_db_int(&rows, 8) != 0,
                            .hours = spil_db_real(&rows, 10),
                            .reporter = spil_db_text(&rows, 11),
                            .note = spil_db_text(&rows, 12)};
        if (!spil_outcome_find(spil_db_text(&rows, 9), &row.result)) {
            rc = spil_fail(err, SPIL_DB, "%s: outcome %" PRId64 " has a result of an unknown kind",
                           store->path, row.id);
            goto done;
        }
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}
