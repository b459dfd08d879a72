/* effort.h - how often somebody looked, and what a finding or the lack of one then says.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where inspectors come five times as often, more is found, also of what means nothing. The case
 * may say how often anybody looked at an entity: attribute `inspections`, and
 * `inspections_<partner>` for one partner, which goes before it for that partner's signals. One
 * look finds a signal with chance d (`found` of the model) where the step takes place, and with f =
 * d / LR where it does not; n looks are independent. Then
 *
 *     found in n looks      LR(n) = (1 - (1 - d)^n) / (1 - (1 - f)^n)    LR(1) = LR, falls to 1
 *     not found in n looks  LR    = ((1 - d) / (1 - f))^n                below 1
 *
 * When the step may take place at any of some entities, likely alike, and the signal is found at
 * none of them, the ratio is the mean of their ratios: 1 for each that nobody looked at.
 * Without such attributes nothing changes: a signal has its LR, and absence says nothing.
 */
#ifndef SPIL_BARRIERS_EFFORT_H
#define SPIL_BARRIERS_EFFORT_H

#include "engine/barriers/model.h"
#include "engine/store/facts.h"

#define SPIL_EFFORT "inspections"

typedef struct spil_effort spil_effort;

/* *out: NULL when nobody recorded a look. Values that are no number from 0 to 10,000 count as not
 * recorded. */
spil_status spil_effort_new(spil_effort **out, const spil_facts *facts, spil_err *err) SPIL_CHECKED;
void spil_effort_free(spil_effort *looks);

/* Looks at the entity that could have shown a signal of the partner; NaN: not recorded. looks NULL:
 * NaN. */
double spil_effort_at(const spil_effort *looks, uint32_t entity, spil_partner partner);
/* Index of the attribute that says so; false: none does. */
bool spil_effort_record(const spil_facts *facts, uint32_t entity, spil_partner partner,
                        size_t *attribute);

/* ln LR(n) / ln LR of a signal that was found: what its weight is multiplied by. 1 when looks is
 * NaN; less than one look counts as one. */
double spil_effort_found(const spil_model_signal *signal, double looks);
/* LR of a signal that was not found; 1 when looks is NaN. */
double spil_effort_missed(const spil_model_signal *signal, double looks);

#endif
