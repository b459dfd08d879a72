/* evidence.c - links, roles and signals as they come in. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/store/vet.h"
#include "engine/store/writer.h"

#include <math.h>

static spil_status check_share(double value, const char *noun, spil_err *err)
{
    if (value >= 0 && value <= 1)
        return SPIL_OK;
    return spil_fail(err, SPIL_RANGE, "%s %g is not between 0 and 1", noun, value);
}

spil_status spil_store_add_link(spil_store *store, const spil_new_link *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(check_share(row->confidence, "confidence", err));
    if (!(row->weight > 0) || isinf(row->weight)) {
        rc = spil_fail(err, SPIL_RANGE, "weight %g is not a finite number above 0", row->weight);
        goto done;
    }
    TRY(spil_vet_entity(store, row->from, err));
    TRY(spil_vet_entity(store, row->to, err));
    TRY(spil_vet_source(store, row->source, err));
    TRY(spil_db_next_id(store, SPIL_STMT_LAST_LINK, &store->next_link, err));
    const int64_t id = store->next_link++;
    TRY(DB_WRITE(store, ADD_LINK, err, DB_INT(row->from), DB_INT(row->to),
                 DB_WORD(spil_link_kind_info(row->kind)->name), DB_TEXT(row->type),
                 DB_REAL(row->weight), DB_REAL(row->confidence), DB_DAY(row->since),
                 DB_DAY(row->until), DB_INT(row->source), DB_INT(row->line), DB_INT(id)));
    for (size_t i = 0; i < row->detail_count; i++)
        TRY(DB_WRITE(store, ADD_LINK_DETAIL, err, DB_INT(id), DB_TEXT(row->details[i].name),
                     DB_TEXT(row->details[i].value)));
done:
    return rc;
}

spil_status spil_store_add_role(spil_store *store, const spil_new_role *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(check_share(row->confidence, "confidence", err));
    TRY(spil_vet_entity(store, row->entity, err));
    TRY(spil_vet_source(store, row->source, err));
    TRY(DB_WRITE(store, ADD_ROLE, err, DB_INT(row->entity), DB_TEXT(row->model), DB_TEXT(row->step),
                 DB_TEXT(row->role), DB_REAL(row->confidence), DB_INT(row->source),
                 DB_INT(row->line)));
done:
    return rc;
}

spil_status spil_store_add_signal(spil_store *store, const spil_new_signal *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(check_share(row->strength, "strength", err));
    TRY(check_share(row->confidence, "confidence", err));
    TRY(spil_vet_entity(store, row->entity, err));
    TRY(spil_vet_source(store, row->source, err));
    TRY(DB_WRITE(store, ADD_SIGNAL, err, DB_INT(row->entity), DB_TEXT(row->code),
                 DB_REAL(row->strength), DB_REAL(row->confidence), DB_DAY(row->date),
                 DB_INT(row->source), DB_INT(row->line)));
done:
    return rc;
}
