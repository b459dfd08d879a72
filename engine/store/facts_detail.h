/* facts_detail.h - what a source says of a link beside kind, weight and period: the amount of a
 * payment. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts have none until spil_store_load_details (store.h) brings them, or a test adds them by hand
 * after spil_facts_finish and finishes them in turn.
 */
#ifndef SPIL_STORE_FACTS_DETAIL_H
#define SPIL_STORE_FACTS_DETAIL_H

#include "engine/store/facts.h"

/* link_id: the id of a link; of one that is not there it is left out. Texts are copied. */
spil_status spil_facts_add_detail(spil_facts *facts, int64_t link_id, const char *name,
                                  const char *value, spil_err *err) SPIL_CHECKED;
/* Gives details the positions of their links and brings them into order. */
spil_status spil_facts_finish_details(spil_facts *facts, spil_err *err) SPIL_CHECKED;
/* What is said of the link at this position, *count of them, by name and value. */
const spil_detail *spil_facts_details(const spil_facts *facts, size_t link, size_t *count);

#endif
