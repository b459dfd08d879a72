/* vec.h - a growing array of one type. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     SPIL_VEC(int64_t) ids = {0};
 *     TRY(VEC_PUSH(ids, 7, err));       // ids.items[0] == 7, ids.count == 1
 *     spil_free(ids.items);
 */
#ifndef SPIL_BASE_VEC_H
#define SPIL_BASE_VEC_H

#include "engine/base/mem.h"

#define SPIL_VEC(type)                                                                             \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, room;                                                                        \
    }

/* Room for at least one more; doubles. */
#define VEC_RESERVE(vec, err)                                                                      \
    spil_vec_reserve((void **)&(vec).items, (vec).count, &(vec).room, sizeof *(vec).items, (err))

/* Expression of type spil_status; value is evaluated only when there is room. */
#define VEC_PUSH(vec, value, err)                                                                  \
    (VEC_RESERVE(vec, err) == SPIL_OK ? ((vec).items[(vec).count++] = (value), SPIL_OK)            \
                                      : SPIL_NO_MEMORY)

/* The items from there on; NULL while there are none, for adding to NULL is not defined. */
#define VEC_FROM(vec, from) ((vec).items ? (vec).items + (from) : NULL)

static inline spil_status spil_vec_reserve(void **items, size_t count, size_t *room, size_t size,
                                           spil_err *err)
{
    if (count < *room)
        return SPIL_OK;
    const size_t grown = *room ? *room * 2 : 16;
    const spil_status rc = spil_resize(items, grown, size, err);
    if (rc == SPIL_OK)
        *room = grown;
    return rc;
}

#endif
