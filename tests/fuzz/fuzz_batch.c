/* fuzz_batch.c - the file of a run that nobody watches, as YAML. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * Reading alone: neither lock, log nor files.
 */
#include "cli/batch.h"
#include "tests/fuzz/fuzz_file.h"

static const char *text;
static int flag;
static const struct poptOption options[] = {{"out", '\0', POPT_ARG_STRING, &text, 0, NULL, NULL},
                                            {"hours", '\0', POPT_ARG_STRING, &text, 0, NULL, NULL},
                                            {"json", '\0', POPT_ARG_NONE, &flag, 0, NULL, NULL},
                                            POPT_TABLEEND};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_err err = SPIL_ERR_INIT;
    spil_batch batch;
    const spil_status rc = spil_batch_read(&batch, fuzz_file(data, size), "run", options, &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    MUST(rc != SPIL_OK || (batch.case_path && batch.words.count >= 2));
    for (size_t i = 0; i < batch.words.count; i++)
        MUST(batch.words.items[i] != NULL);
    spil_batch_free(&batch);
    return 0;
}
