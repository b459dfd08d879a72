/* sentence.h - what a proposal is, why, and how sure, in plain sentences.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by the page, the tables and the lists of partners; each sentence works as HTML and as
 * plain text (say.h).
 */
#ifndef SPIL_REPORTS_SENTENCE_H
#define SPIL_REPORTS_SENTENCE_H

#include "reports/say.h"

/* "criminal inquiry, aimed at J. de Vries" */
void spil_say_proposal(const spil_pen *pen, const spil_result_target *target);
/* One reason, ending in where it stands: "Signal ... (signals.csv, line 12)". */
void spil_say_reason(const spil_pen *pen, const spil_result_target *target,
                     const spil_result_reason *reason);
/* What it would do to the chain, how far the network mends it, how sure the rank is: one sentence
 * each. */
void spil_say_fall(const spil_pen *pen, const spil_result_target *target);
void spil_say_recovery(const spil_pen *pen, const spil_result_target *target);
void spil_say_stability(const spil_pen *pen, const spil_result_target *target);
/* The numbers under this proposal that nobody measured: "effect, recovery"; nothing when none. */
void spil_say_assumed(const spil_pen *pen, unsigned assumed);
/* "a person", and what it fills in the chain: "landlord (80%)"; false when it fills nothing. */
bool spil_say_roles(const spil_pen *pen, const spil_result_chain *chain, uint32_t entity);

/* The chain of the target's model in its community, or NULL when that is not shown. */
const spil_result_chain *spil_target_chain(const spil_result *result,
                                           const spil_result_target *target);

#endif
