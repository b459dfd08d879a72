/* fuzz_disclosure.c - who may see what, as YAML. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/disclosure.h"
#include "tests/fuzz/fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_err err = SPIL_ERR_INIT;
    spil_disclosure *disclosure = NULL;
    const spil_status rc = spil_disclosure_read(&disclosure, fuzz_file(data, size), &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (disclosure != NULL));
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    spil_disclosure_free(disclosure);
    return 0;
}
