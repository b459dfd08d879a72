/* fuzz_suggest.c - a mapping guessed from any bytes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must hold: the bytes are refused with a message, or what comes out is a mapping.
 */
#include "loaders/mapping.h"
#include "loaders/suggest.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_err err = SPIL_ERR_INIT;
    spil_str text = SPIL_STR_INIT;
    const spil_status rc = spil_mapping_suggest_memory(&text, "fuzz.csv", data, size, &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    if (rc == SPIL_OK) {
        spil_mapping *mapping = NULL;
        const spil_status read =
            spil_mapping_read_memory(&mapping, "guess.yaml", text.text, text.length, &err);
        if (read != SPIL_OK)
            (void)fprintf(stderr, "%s\n%s\n", err.msg, text.text);
        MUST(read == SPIL_OK);
        spil_mapping_free(mapping);
    }
    spil_str_free(&text);
    return 0;
}
