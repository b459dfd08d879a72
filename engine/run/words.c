/* words.c - see words.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/words.h"

#include <string.h>

static const char *const words[] = {
    [SPIL_FACT_SIGNAL] = "signal",     [SPIL_FACT_OPPORTUNITY] = "opportunity",
    [SPIL_FACT_ROLE] = "role",         [SPIL_FACT_RULE] = "rule",
    [SPIL_FACT_POSITION] = "position",
};

const char *spil_fact_word(spil_fact_kind kind)
{
    return words[kind];
}

bool spil_fact_find(const char *word, spil_fact_kind *out)
{
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (strcmp(word, words[k]) == 0) {
            *out = (spil_fact_kind)k;
            return true;
        }
    return false;
}
