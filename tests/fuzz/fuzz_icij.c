/* fuzz_icij.c - any bytes through loader_icij. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz_import.h"

extern const spil_loader spil_loader_icij;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import(&spil_loader_icij, NULL, data, size);
    return 0;
}
