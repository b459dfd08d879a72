/* fuzz.h - what every fuzz target is: a function that takes bytes and must come back.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer calls it in `make fuzz` (clang), replay.c with the committed corpora in `make replay`.
 */
#ifndef SPIL_TESTS_FUZZ_FUZZ_H
#define SPIL_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops the program where a rule that must hold does not. */
#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            (void)fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);   \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
