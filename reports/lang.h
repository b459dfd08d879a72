/* lang.h - every sentence that a reader sees, in Dutch and English (lang.def).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_REPORTS_LANG_H
#define SPIL_REPORTS_LANG_H

#include "reports/report.h"

typedef enum spil_word {
#define X(key, en, nl) SPIL_SAY_##key,
#include "reports/lang.def"
#undef X
    SPIL_WORD_COUNT
} spil_word;

/* The sentence, with {1} .. {9} where its parts go. Never NULL or empty. */
const char *spil_word_text(spil_lang lang, spil_word word);
const char *spil_lang_code(spil_lang lang); /* "nl", "en": also the value of the lang attribute */
/* The one of two names; the other where it is empty. */
const char *spil_name_in(spil_names names, spil_lang lang);

#endif
