/* strmap.h - texts to numbers: the one hash table of the house (uthash below).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BASE_STRMAP_H
#define SPIL_BASE_STRMAP_H

#include "engine/base/err.h"

typedef struct spil_strmap spil_strmap;

spil_status spil_strmap_new(spil_strmap **out, spil_err *err) SPIL_CHECKED;
void spil_strmap_free(spil_strmap *map);
/* Copies key; a second value for the same key replaces the first. */
spil_status spil_strmap_put(spil_strmap *map, const char *key, int64_t value,
                            spil_err *err) SPIL_CHECKED;
bool spil_strmap_get(const spil_strmap *map, const char *key, int64_t *value);
size_t spil_strmap_count(const spil_strmap *map);

#endif
