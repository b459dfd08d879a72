/* options.c - see options.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/options.h"

static spil_status check_rate(const char *name, double value, double most, spil_err *err)
{
    if (value >= 0 && value <= most) /* false for a NaN */
        return SPIL_OK;
    return spil_fail(err, SPIL_USAGE, "--%s %g: a number from 0 to %g, please", name, value, most);
}

spil_status spil_gen_options_check(spil_gen_options *options, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const uint64_t persons = options->persons;
    if (persons < SPIL_GEN_PERSONS_LEAST || persons > SPIL_GEN_PERSONS_MOST)
        return spil_fail(err, SPIL_USAGE, "--persons %llu: a number from %d to %d, please",
                         (unsigned long long)persons, (int)SPIL_GEN_PERSONS_LEAST,
                         (int)SPIL_GEN_PERSONS_MOST);
    if (options->communities == UINT64_MAX)
        options->communities = persons / 150;
    if (options->communities > persons / SPIL_GEN_PERSONS_EACH)
        return spil_fail(err, SPIL_USAGE,
                         "--communities %llu: at most one for each %d persons, so %llu here",
                         (unsigned long long)options->communities, (int)SPIL_GEN_PERSONS_EACH,
                         (unsigned long long)(persons / SPIL_GEN_PERSONS_EACH));
    TRY(check_rate("missing-links", options->missing_links, 1, err));
    TRY(check_rate("missing-signals", options->missing_signals, 1, err));
    TRY(check_rate("false-signals", options->false_signals, 5, err));
    TRY(check_rate("duplicates", options->duplicates, 0.5, err));
    TRY(check_rate("decoys", options->decoys, 5, err));
done:
    return rc;
}
