/* options.h - what the caller asks of the generator. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_GENERATE_OPTIONS_H
#define SPIL_GENERATE_OPTIONS_H

#include "engine/base/err.h"

/* Open struct. Rates: a share 0..1, except false_signals and decoys, where 1 is the usual amount
 * and 0 is none. */
typedef struct spil_gen_options {
    uint64_t persons, seed, communities; /* communities: planted, in the whole region */
    double missing_links;                /* share of the true links that nobody recorded */
    double missing_signals; /* share of the true signals and roles that nobody recorded */
    double false_signals;   /* 1: as many on the innocent as the models' likelihood ratios imply */
    double duplicates;      /* share of the persons who stand in the files twice */
    double decoys;          /* families, student houses, landlords, accountants, ...: how many */
} spil_gen_options;

#define SPIL_GEN_OPTIONS_DEFAULTS                                                                  \
    {                                                                                              \
        .persons = 300, .seed = 1, .communities = UINT64_MAX, .missing_links = 0.1,                \
        .missing_signals = 0.3, .false_signals = 0.5, .duplicates = 0.01, .decoys = 1.0            \
    }

enum { SPIL_GEN_PERSONS_LEAST = 50, SPIL_GEN_PERSONS_MOST = 100000000 };
enum { SPIL_GEN_PERSONS_EACH = 40 }; /* a planted collaboration needs at least so many around it */

/* SPIL_USAGE with the option and its bounds. communities UINT64_MAX becomes one for each 150
 * persons. */
spil_status spil_gen_options_check(spil_gen_options *options, spil_err *err) SPIL_CHECKED;

#endif
