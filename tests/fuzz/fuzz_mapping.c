/* fuzz_mapping.c - a mapping, a line of dashes, and a file that it is used on.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/fuzz/fuzz_import.h"

extern const spil_loader spil_loader_mapped;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char cut[] = "\n-----\n";
    size_t length = 0;
    while (length + sizeof cut - 1 <= size && memcmp(data + length, cut, sizeof cut - 1) != 0)
        length++;
    const bool both = length + sizeof cut - 1 <= size;
    spil_err err = SPIL_ERR_INIT;
    spil_mapping *mapping = NULL;
    const spil_status rc = spil_mapping_read_memory(&mapping, "m.yaml", (const char *)data,
                                                    both ? length : size, &err);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    if (mapping && both)
        fuzz_import(&spil_loader_mapped, mapping, data + length + sizeof cut - 1,
                    size - length - sizeof cut + 1);
    spil_mapping_free(mapping);
    return 0;
}
