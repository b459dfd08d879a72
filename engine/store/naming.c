/* naming.c - which files name which entity, and how. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/db.h"

spil_status spil_store_each_naming(spil_store *store,
                                   spil_status (*each)(const spil_naming *row, void *user,
                                                       spil_err *err),
                                   void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_NAMINGS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_naming row = {.key = spil_db_text(&rows, 0),
                                 .sha256 = spil_db_text(&rows, 1),
                                 .line = (uint64_t)spil_db_int(&rows, 2),
                                 .label = spil_db_text(&rows, 3),
                                 .type = spil_db_text(&rows, 4)};
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}
