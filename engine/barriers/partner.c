/* partner.c - see model.h: the organisations of partners.def. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "engine/barriers/model.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *id;
    spil_names names;
} partners[] = {
#define PARTNER(id, en, nl) {#id, {nl, en}},
#include "engine/barriers/partners.def"
#undef PARTNER
};

const char *spil_partner_id(spil_partner partner)
{
    assert(partner < SPIL_PARTNER_COUNT);
    return partners[partner].id;
}

spil_names spil_partner_names(spil_partner partner)
{
    assert(partner < SPIL_PARTNER_COUNT);
    return partners[partner].names;
}

bool spil_partner_find(const char *id, spil_partner *out)
{
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (strcmp(partners[p].id, id) == 0) {
            *out = (spil_partner)p;
            return true;
        }
    return false;
}
