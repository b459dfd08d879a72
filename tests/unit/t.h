/* t.h - cmocka for Spil's unit tests. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Test functions are named module_function__what_happens. List them with T(name) in the table of
 * main.
 */
#ifndef SPIL_TESTS_T_H
#define SPIL_TESTS_T_H

/* cmocka needs these four first, in this order */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "engine/base/mem.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#define T(name) cmocka_unit_test(name)

/* The call succeeds; otherwise its own message is shown. Needs a local `spil_err err`. */
#define assert_ok(call)                                                                            \
    do {                                                                                           \
        err = (spil_err)SPIL_ERR_INIT;                                                             \
        if ((call) != SPIL_OK)                                                                     \
            fail_msg("%s: %s", #call, err.msg);                                                    \
    } while (0)

/* The call fails with this status, and says so in a message that contains part. */
#define assert_fails(call, status, part)                                                           \
    do {                                                                                           \
        err = (spil_err)SPIL_ERR_INIT;                                                             \
        assert_int_equal((call), (status));                                                        \
        if (!strstr(err.msg, (part)))                                                              \
            fail_msg("message '%s' lacks '%s'", err.msg, (part));                                  \
    } while (0)

/* Relative above 1, absolute below. */
#define assert_close(a, b, tolerance)                                                              \
    do {                                                                                           \
        const double t_a = (a), t_b = (b);                                                         \
        if (!(fabs(t_a - t_b) <= (tolerance)*fmax(1.0, fmax(fabs(t_a), fabs(t_b)))))               \
            fail_msg("%s = %.17g, but %s = %.17g", #a, t_a, #b, t_b);                              \
    } while (0)

/* Runs body with the 1st, 2nd, ... allocation failing until it succeeds; each failure must come
 * back as SPIL_NO_MEMORY and leave nothing behind. body is an expression of type spil_status. */
#define assert_survives_no_memory(body)                                                            \
    do {                                                                                           \
        const int64_t t_live = spil_mem_live();                                                    \
        for (int64_t t_k = 1;; t_k++) {                                                            \
            spil_mem_fail_after(t_k);                                                              \
            const spil_status t_rc = (body);                                                       \
            spil_mem_fail_after(0);                                                                \
            assert_int_equal(spil_mem_live(), t_live);                                             \
            if (t_rc == SPIL_OK)                                                                   \
                break;                                                                             \
            assert_int_equal(t_rc, SPIL_NO_MEMORY);                                                \
            assert_true(t_k < 1000000);                                                            \
        }                                                                                          \
    } while (0)

#include <string.h>

#endif
