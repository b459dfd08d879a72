/* lanes.h - one kernel body, compiled for the vector units that the machine may have.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The body is an always-inline function over rows of doubles or words; the wrappers below compile
 * it for AVX-512, AVX2 and the plain machine, and the first call on a machine picks. All three do
 * the same operations in the same order, so they give the same bits.
 *
 *     SPIL_LANES_INLINE void body(int a) { ... }
 *     SPIL_LANES_VARIANTS(kernel, (int a), (a), body)      // defines static void kernel(int a)
 *     SPIL_LANES_RETURNING(int, ...)                       // the same of a body that returns it
 */
#ifndef SPIL_METRICS_LANES_H
#define SPIL_METRICS_LANES_H

#include "engine/base/err.h"

#define SPIL_LANES_INLINE static inline __attribute__((always_inline))

#define SPIL_LANES_VARIANTS(name, parameters, arguments, body)                                     \
    SPIL_LANES_OF(void, , name, parameters, arguments, body)
#define SPIL_LANES_RETURNING(type, name, parameters, arguments, body)                              \
    SPIL_LANES_OF(type, return, name, parameters, arguments, body)

#if defined(__x86_64__) && defined(__GNUC__)
#define SPIL_LANES_OF(type, give, name, parameters, arguments, body)                               \
    __attribute__((                                                                                \
        target("avx512f,avx512vl,avx512dq,avx512bw,popcnt"))) static type name##_avx512 parameters \
    {                                                                                              \
        give body arguments;                                                                       \
    }                                                                                              \
    __attribute__((target("avx2,popcnt"))) static type name##_avx2 parameters                      \
    {                                                                                              \
        give body arguments;                                                                       \
    }                                                                                              \
    static type name##_plain parameters                                                            \
    {                                                                                              \
        give body arguments;                                                                       \
    }                                                                                              \
    static type name parameters                                                                    \
    {                                                                                              \
        if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&            \
            __builtin_cpu_supports("avx512bw"))                                                    \
            give name##_avx512 arguments;                                                          \
        else if (__builtin_cpu_supports("avx2"))                                                   \
            give name##_avx2 arguments;                                                            \
        else                                                                                       \
            give name##_plain arguments;                                                           \
    }
#else
#define SPIL_LANES_OF(type, give, name, parameters, arguments, body)                               \
    static type name parameters                                                                    \
    {                                                                                              \
        give body arguments;                                                                       \
    }
#endif

#endif
