/* linkage_inside.h - what weighing and estimation share. See linkage.h. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_RESOLUTION_LINKAGE_INSIDE_H
#define SPIL_RESOLUTION_LINKAGE_INSIDE_H

#include "engine/resolution/linkage.h"

static inline unsigned spil_linkage_context(const spil_agreement *agreement)
{
    unsigned context = agreement->crowd;
    for (unsigned f = 0; f < SPIL_CONTEXT; f++)
        context = context * SPIL_LEVELS + agreement->level[f];
    return context;
}

static inline bool spil_linkage_in_context(const spil_linkage *model,
                                           const spil_agreement *agreement)
{
    return model->coder.set->context && agreement->connected;
}

static inline bool spil_linkage_same_address(const spil_linkage *model,
                                             const spil_agreement *agreement)
{
    return agreement->level[1] + 1U == model->coder.set->fields[1].levels;
}

static inline unsigned spil_linkage_near(const spil_linkage *model, const spil_agreement *agreement)
{
    if (!spil_linkage_same_address(model, agreement))
        return 0;
    const bool surname = agreement->level[0] + 2U >= model->coder.set->fields[0].levels;
    return surname ? 2U + agreement->crowd : 1; /* close or equal */
}

/* ln(M / U) of a pattern in which equal values are known by their bin. */
double spil_linkage_pattern_ratio(const spil_linkage *model, const spil_agreement *agreement,
                                  const uint8_t bin[SPIL_FIELDS]);

#endif
