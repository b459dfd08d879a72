/* fuzz_pajek.c - any bytes through loader_pajek. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz_import.h"

extern const spil_loader spil_loader_pajek;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_import(&spil_loader_pajek, NULL, data, size);
    return 0;
}
