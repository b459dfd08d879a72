/* fuzz_pairs.c - answers about doubtful pairs, read back into a case. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * The case has the persons A, B and C and the address D.
 */
#include "cli/resolve_pairs.h"
#include "tests/fuzz/fuzz_file.h"
#include "tests/fuzz/fuzz_store.h"

static void put_entities(void)
{
    static const spil_source source = {.path = "fuzz",
                                       .sha256 = "0",
                                       .loader = "native",
                                       .options = "{}",
                                       .grade = "",
                                       .owner = "",
                                       .basis = "",
                                       .purpose = "",
                                       .keep_until = SPIL_NO_DAY};
    static const char *const keys[] = {"A", "B", "C", "D"};
    int64_t from, id;
    bool created;
    fuzz_open();
    MUST(spil_store_begin(fuzz_store, NULL) == SPIL_OK);
    MUST(spil_store_add_source(fuzz_store, &source, 1, &from, NULL) == SPIL_OK);
    for (size_t i = 0; i < 4; i++) {
        const spil_new_entity entity = {.kind = i < 3 ? SPIL_ENTITY_person : SPIL_ENTITY_address,
                                        .key = keys[i],
                                        .source = from,
                                        .line = i + 2};
        MUST(spil_store_put_entity(fuzz_store, &entity, &id, &created, NULL) == SPIL_OK);
    }
    MUST(spil_store_commit(fuzz_store, NULL) == SPIL_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    spil_err err = SPIL_ERR_INIT;
    spil_pairs_read_counts counts;
    if (!fuzz_store)
        put_entities();
    MUST(spil_store_begin(fuzz_store, &err) == SPIL_OK);
    const spil_status rc =
        spil_pairs_read(&counts, fuzz_store, fuzz_file(data, size), "fuzz", &err);
    spil_store_rollback(fuzz_store);
    MUST(rc == SPIL_OK || rc == SPIL_INPUT || rc == SPIL_LIMIT);
    MUST((rc == SPIL_OK) == (err.msg[0] == '\0'));
    return 0;
}
