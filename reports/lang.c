/* lang.c - see lang.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/lang.h"

#include <string.h>

/* A row with one sentence missing does not expand; one left empty stops here. */
#define X(key, en, nl) _Static_assert(sizeof(en) > 1 && sizeof(nl) > 1, "empty sentence: " #key);
#include "reports/lang.def"
#undef X

static const struct {
    const char *en, *nl;
} sentences[] = {
#define X(key, en, nl) {en, nl},
#include "reports/lang.def"
#undef X
};

const char *spil_word_text(spil_lang lang, spil_word word)
{
    return lang == SPIL_LANG_NL ? sentences[word].nl : sentences[word].en;
}

const char *spil_lang_code(spil_lang lang)
{
    return lang == SPIL_LANG_NL ? "nl" : "en";
}

bool spil_lang_find(const char *name, spil_lang *out)
{
    const bool nl = strcmp(name, "nl") == 0;
    if (!nl && strcmp(name, "en") != 0)
        return false;
    *out = nl ? SPIL_LANG_NL : SPIL_LANG_EN;
    return true;
}

const char *spil_name_in(spil_names names, spil_lang lang)
{
    const char *const wanted = lang == SPIL_LANG_NL ? names.nl : names.en;
    const char *const other = lang == SPIL_LANG_NL ? names.en : names.nl;
    if (wanted && *wanted)
        return wanted;
    return other ? other : "";
}
