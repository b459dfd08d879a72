/* hubs.h - entities that are linked to so many others that being linked to them says next to
 * nothing. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An analysed entity is a hub when it is linked to more different analysed entities than hubs.def
 * allows its kind; merged entities count as one. The store flags hubs as part of every import, and
 * anew when merges are made or undone; a network (network.h) flags them
 * by the same rule from what it is made of. Flags depend on what is recorded alone, never on the
 * order of import.
 */
#ifndef SPIL_STORE_HUBS_H
#define SPIL_STORE_HUBS_H

#include "engine/store/store.h"

/* So many others an entity of this kind may be linked to; UINT32_MAX: any number. */
uint32_t spil_hub_most(spil_entity_kind kind);

/* Flags anew, inside a transaction. While an import writes links their ends are counted in memory
 * (4 bytes an entity), so that links are read again only when some entity may be a hub. */
spil_status spil_store_flag_hubs(spil_store *store, spil_err *err) SPIL_CHECKED;

typedef struct spil_hub {
    spil_entity_kind kind;
    const char *key, *label; /* borrowed for the call */
    uint64_t degree, most;   /* linked to so many others, and so many are allowed */
} spil_hub;
/* Highest degree first, then by key. Stops at the first failure of each. */
spil_status spil_store_each_hub(spil_store *store,
                                spil_status (*each)(const spil_hub *row, void *user, spil_err *err),
                                void *user, spil_err *err) SPIL_CHECKED;

/* ---- for this folder ---- */

/* A link was added between two entities. */
spil_status spil_hubs_count(spil_store *store, int64_t from, int64_t to,
                            spil_err *err) SPIL_CHECKED;
void spil_hubs_forget(spil_store *store); /* what was counted is no longer what is stored */

#endif
