/* fuzz_scripts.c - crime scripts as JSON into the text of a model. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "engine/barriers/scripts.h"
#include "tests/fuzz/fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_err err = SPIL_ERR_INIT;
    spil_str text = SPIL_STR_INIT, notes = SPIL_STR_INIT;
    const spil_status rc = spil_script_import(&text, &notes, fuzz_file(data, size), NULL, &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_USAGE);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    MUST(rc != SPIL_OK || text.length > 0);
    spil_str_free(&text);
    spil_str_free(&notes);
    return 0;
}
