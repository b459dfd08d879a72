/* alias.c - see alias.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/alias.h"

#include "engine/base/vec.h"
#include "engine/store/db.h"
#include "engine/store/hubs.h"

spil_status spil_store_put_aliases(spil_store *store, const spil_resolution_row *row,
                                   const spil_alias *aliases, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char digest[65];
    TRY(spil_db_must_write(store, err));
    TRY(spil_db_run(store, SPIL_STMT_CLEAR_ALIASES, NULL, 0, err));
    TRY(spil_db_run(store, SPIL_STMT_CLEAR_RESOLUTIONS, NULL, 0, err));
    TRY(spil_store_input_digest(store, digest, err)); /* with no merges left */
    TRY(DB_RUN(store, ADD_RESOLUTION, err, DB_TEXT(row->options), DB_TEXT(row->weights),
               DB_TEXT(row->version), DB_TEXT(digest), DB_INT(spil_db_now())));
    const int64_t resolution = spil_db_new_id(store);
    for (size_t i = 0; i < count; i++) {
        const spil_alias *const it = &aliases[i];
        TRY(DB_RUN(store, ADD_ALIAS, err, DB_INT(it->entity), DB_INT(it->cluster),
                   DB_INT(it->partner), DB_TEXT(it->pattern), DB_REAL(it->weight),
                   DB_REAL(it->probability), DB_INT(resolution)));
    }
    TRY(spil_store_flag_hubs(store, err));
done:
    return rc;
}

spil_status spil_store_each_alias(spil_store *store,
                                  spil_status (*each)(const spil_alias *row, void *user,
                                                      spil_err *err),
                                  void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_ALIASES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_alias row = {.entity = spil_db_int(&rows, 0),
                                .cluster = spil_db_int(&rows, 1),
                                .partner = spil_db_int(&rows, 2),
                                .pattern = spil_db_text(&rows, 3),
                                .weight = spil_db_real(&rows, 4),
                                .probability = spil_db_real(&rows, 5)};
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

/* ---- undoing ---- */

spil_status spil_store_undo_aliases(spil_store *store, uint64_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(spil_db_run(store, SPIL_STMT_CLEAR_ALIASES, NULL, 0, err));
    *count = (uint64_t)spil_db_changes(store);
    TRY(spil_db_run(store, SPIL_STMT_CLEAR_RESOLUTIONS, NULL, 0, err));
    TRY(spil_store_flag_hubs(store, err));
done:
    return rc;
}

static spil_status members_of(spil_store *store, int64_t cluster, int64_t **out, size_t *count,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    SPIL_VEC(int64_t) ids = {0};
    TRY(DB_SELECT(&rows, store, ALIAS_MEMBERS, err, DB_INT(cluster)));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        TRY(VEC_PUSH(ids, spil_db_int(&rows, 0), err));
    }
    *out = ids.items;
    *count = ids.count;
    ids.items = NULL;
done:
    spil_db_close(&rows);
    spil_free(ids.items);
    return rc;
}

spil_status spil_store_undo_alias(spil_store *store, int64_t entity, const char *reviewer,
                                  const char *reason, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t cluster = 0, *members = NULL;
    size_t count = 0;
    TRY(spil_db_must_write(store, err));
    TRY(DB_NUMBER(store, ALIAS_CLUSTER, 0, &cluster, err, DB_INT(entity)));
    if (cluster == 0) {
        rc = spil_fail(err, SPIL_NOT_FOUND, "entity %lld is merged with none", (long long)entity);
        goto done;
    }
    TRY(members_of(store, cluster, &members, &count, err));
    for (size_t i = 0; i < count; i++) {
        const spil_answer apart = {entity, members[i], false, reviewer, reason};
        if (members[i] != entity)
            TRY(spil_store_put_answer(store, &apart, err));
    }
    if (count <= 2) /* one entity is no cluster */
        TRY(DB_RUN(store, DELETE_CLUSTER, err, DB_INT(cluster)));
    else
        TRY(DB_RUN(store, DELETE_ALIAS, err, DB_INT(entity)));
    TRY(spil_store_flag_hubs(store, err));
done:
    spil_free(members);
    return rc;
}

/* ---- answers ---- */

spil_status spil_store_put_answer(spil_store *store, const spil_answer *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    if (row->a == row->b) {
        rc = spil_fail(err, SPIL_RANGE, "an answer needs two different entities");
        goto done;
    }
    const int64_t a = row->a < row->b ? row->a : row->b, b = row->a < row->b ? row->b : row->a;
    TRY(DB_RUN(store, PUT_ANSWER, err, DB_INT(a), DB_INT(b), DB_INT(row->same),
               DB_TEXT(row->reviewer), DB_TEXT(row->reason), DB_INT(spil_db_now())));
done:
    return rc;
}

spil_status spil_store_each_answer(spil_store *store,
                                   spil_status (*each)(const spil_answer *row, void *user,
                                                       spil_err *err),
                                   void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_ANSWERS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_answer row = {.a = spil_db_int(&rows, 0),
                                 .b = spil_db_int(&rows, 1),
                                 .same = spil_db_int(&rows, 2) != 0,
                                 .reviewer = spil_db_text(&rows, 3),
                                 .reason = spil_db_text(&rows, 4)};
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}
