/* review.h - a person's words on the list: read from a sheet or asked for, checked, then kept.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheet is a CSV with a row a target: rank, key, barrier and partner say which, verdict,
 * reviewer and reason are to be filled in; the other columns help who fills it in. A row without a
 * verdict says nothing. rank, key, barrier and partner of a row must be those of the list of now,
 * so that an old sheet cannot decide on other proposals.
 */
#ifndef SPIL_CLI_REVIEW_H
#define SPIL_CLI_REVIEW_H

#include "engine/base/vec.h"
#include "engine/run/result.h"
#include "engine/store/results.h"
#include "reports/report.h"

typedef struct spil_review_word {
    uint32_t rank;
    const char *key, *barrier, *partner; /* what the reviewer took it to be; NULL: not said */
    spil_verdict verdict;
    const char *reviewer, *reason;
    uint64_t line; /* in the sheet; 0: typed */
} spil_review_word;

typedef struct spil_review_words {
    SPIL_VEC(spil_review_word) words;
    spil_arena *arena; /* of the texts */
} spil_review_words;
void spil_review_words_free(spil_review_words *words);

/* The sheet to fill in: written aside, mode 0600. */
spil_status spil_review_write_sheet(const spil_result *result, spil_lang lang, const char *path,
                                    spil_err *err) SPIL_CHECKED;
/* Every faulty row is noted on stderr with file, line, what was found and what was expected; then
 * SPIL_INPUT. */
spil_status spil_review_read_sheet(spil_review_words *words, const char *path,
                                   spil_err *err) SPIL_CHECKED;

/* All of them or none, in one transaction, each with its audit entry. path: of the sheet, for the
 * messages; NULL: typed. */
spil_status spil_review_keep(spil_store *store, int64_t run, const spil_review_words *words,
                             const char *path, spil_err *err) SPIL_CHECKED;

/* "accepted", "accept", "a", or Dutch; false for another word. */
bool spil_review_verdict(const char *word, spil_verdict *out);

/* Goes through the targets that are still proposed, shows each with its reasons on stdout, and asks
 * on stdin; each word is kept as soon as it is given, so that stopping loses none. reviewer NULL:
 * asked first. */
spil_status spil_review_ask(spil_store *store, int64_t run, const spil_result *result,
                            spil_lang lang, const char *reviewer, spil_err *err) SPIL_CHECKED;

#endif
