/* suggest_inside.h - what the files suggest*.c share: what was recognised, and the mapping as it is
 * written. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_LOADERS_SUGGEST_INSIDE_H
#define SPIL_LOADERS_SUGGEST_INSIDE_H

#include "loaders/suggest_look.h"

typedef struct spil_suggested {
    const spil_looks *looks;
    spil_str *out;
    const spil_look *id; /* a column that tells rows apart and means nothing else; or NULL */
    bool company, person, directors, address, split;
    const spil_look *first; /* nothing was recognised: this column has to do; else NULL */
    const char *split_by;
} spil_suggested;

static inline bool spil_suggested_has(const spil_suggested *s, spil_concept concept)
{
    return spil_look_find(s->looks, concept) != NULL;
}

/* Whether a thing with a number of its own was recognised: a telephone, a vehicle, an incident. */
bool spil_suggested_thing(const spil_suggested *s);
/* The parts of the mapping. */
void spil_suggest_entities(spil_suggested *s);
void spil_suggest_links(spil_suggested *s);

#endif
