/* pairs.c - see pairs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/pairs.h"

#include "engine/store/writer.h"

spil_status spil_store_begin_pairs(spil_store *store, spil_err *err)
{
    return spil_db_exec(store,
                        "CREATE TEMP TABLE IF NOT EXISTS pair (from_entity INTEGER, to_entity "
                        "INTEGER, weight REAL, line INTEGER);"
                        "DELETE FROM temp.pair",
                        err);
}

spil_status spil_store_put_pair(spil_store *store, const spil_pair_row *row, spil_err *err)
{
    return DB_WRITE(store, ADD_PAIR, err, DB_INT(row->from), DB_INT(row->to), DB_REAL(row->weight),
                    DB_INT(row->line));
}

spil_status spil_store_each_pair(spil_store *store,
                                 spil_status (*each)(const spil_pair_row *row, void *user,
                                                     spil_err *err),
                                 void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_PAIRS, err));
    store->reading = true; /* what each writes is written at once: the connection is in use here */
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_pair_row row = {spil_db_int(&rows, 0), spil_db_int(&rows, 1),
                                   spil_db_real(&rows, 2), (uint64_t)spil_db_int(&rows, 3)};
        TRY(each(&row, user, err));
    }
done:
    store->reading = false;
    spil_db_close(&rows);
    return rc;
}

spil_status spil_store_end_pairs(spil_store *store, spil_err *err)
{
    return spil_db_exec(store, "DROP TABLE IF EXISTS temp.pair", err);
}
