/* explain_text.h - an explanation as sentences and as JSON. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_CLI_EXPLAIN_TEXT_H
#define SPIL_CLI_EXPLAIN_TEXT_H

#include "engine/run/explained.h"
#include "reports/say.h"

/* A result that holds the names of sources and entities alone, as positions in the facts: what a
 * pen needs. Clear frees it. */
spil_status spil_explain_names(spil_result *out, const spil_facts *facts,
                               spil_err *err) SPIL_CHECKED;
void spil_explain_names_clear(spil_result *names);

/* A line each; each reason and record ends in its file and line. pen->result: the names. */
void spil_explain_say(const spil_pen *pen, const spil_reopened *it, const spil_explained *why);
/* One object, with the sentences in the language of the pen as "text". */
void spil_explain_json(const spil_pen *pen, const spil_reopened *it, const spil_explained *why);

/* "Weight of the evidence": what the number is, for people. */
spil_word spil_number_say(const spil_number *number);

/* The sentences one by one; without an end of line. */
void spil_explain_reason(const spil_pen *pen, const spil_reopened *it, const spil_explained *why,
                         const spil_explained_reason *reason);
void spil_explain_missed(const spil_pen *pen, const spil_facts *facts, const spil_in_vain *all,
                         const spil_vain_family *family);
void spil_explain_record(const spil_pen *pen, const spil_facts *facts, const spil_model *model,
                         spil_record record);
void spil_explain_number(const spil_pen *pen, const spil_explained_number *each);

/* Where the record stands. */
spil_origin spil_record_origin(const spil_facts *facts, spil_record record);

#endif
