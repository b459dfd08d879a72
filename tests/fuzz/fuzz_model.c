/* fuzz_model.c - barrier models as YAML. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/model.h"
#include "tests/fuzz/fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_err err = SPIL_ERR_INIT;
    spil_model *model = NULL;
    const spil_status rc = spil_model_read(&model, fuzz_file(data, size), &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (model != NULL));
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    spil_model_free(model);
    return 0;
}
