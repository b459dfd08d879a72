/* disclosure.h - which partner may see what, why, and for how long: the file disclosure.yaml.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the file does not open stays shut: a partner that is not in it gets no list, a field that is
 * not in its row is not in its files, an entity of a kind or from a source that is not opened to it
 * goes by a pseudonym. docs/privacy.md tells the format.
 *
 *     format: 1
 *     purpose: "..."            keep_days: 90           for all, unless a partner's row says else
 *     basis: "..."              k: 3                    rows by pseudonym that read alike, at least
 *     partners:
 *       - partner: municipality
 *         recipient: "Team public order, Ulverhaven"
 *         fields: [order, target, key, action, basis, hours, lead_days, reasons]
 *         kinds: [address, company]
 *         owners: [municipality, "chamber of commerce"]      or: owners: all
 */
#ifndef SPIL_REPORTS_DISCLOSURE_H
#define SPIL_REPORTS_DISCLOSURE_H

#include "engine/run/result.h"

typedef enum spil_partner_field {
#define FIELD(id, word) SPIL_FIELD_##id,
#include "reports/partner_fields.def"
#undef FIELD
    SPIL_FIELD_COUNT
} spil_partner_field;
const char *spil_partner_field_id(spil_partner_field field);

typedef struct spil_disclosed { /* to one partner */
    spil_partner partner;
    const char *recipient, *purpose, *basis;
    uint32_t fields;      /* bit f: field f */
    spil_kind_mask kinds; /* named openly; the others by pseudonym */
    const char *owners;   /* of sources whose rows may be told: '\n' before and after each */
    bool all_owners;
    double keep_days;
    size_t alike; /* k: so many rows by pseudonym must read the same */
} spil_disclosed;

enum { SPIL_ALIKE_DEFAULT = 3 };

typedef struct spil_disclosure {
    const char *purpose, *basis;
    double keep_days, k; /* k: 0 when the file does not say */
    spil_disclosed *partners;
    size_t partner_count;
    const char *path, *digest; /* of the file */
    spil_arena *arena;
} spil_disclosure;

/* SPIL_INPUT with file, line and column of the first fault and how many there are. */
spil_status spil_disclosure_read(spil_disclosure **out, const char *path,
                                 spil_err *err) SPIL_CHECKED;
void spil_disclosure_free(spil_disclosure *disclosure);

bool spil_disclosed_field(const spil_disclosed *to, spil_partner_field field);
/* Whether a row of that source may be told to the partner. */
bool spil_disclosed_source(const spil_disclosed *to, const spil_result_source *source);

#endif
