/* fuzz_review.c - the sheet of a list of targets, read back. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "cli/review.h"
#include "cli/show.h"
#include "tests/fuzz/fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_err err = SPIL_ERR_INIT;
    spil_review_words words = {0};
    spil_set_loudness(SPIL_QUIET);
    const spil_status rc = spil_review_read_sheet(&words, fuzz_file(data, size), &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    for (size_t i = 0; i < words.words.count; i++) {
        const spil_review_word *const word = &words.words.items[i];
        MUST(word->rank >= 1 && word->line >= 2);
        MUST(word->key && word->barrier && word->partner);
        MUST(word->reviewer[0] && word->reason[0]);
    }
    spil_review_words_free(&words);
    return 0;
}
