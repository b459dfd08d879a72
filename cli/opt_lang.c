/* opt_lang.c - see opt_lang.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/opt_lang.h"

spil_status spil_opt_lang(const char *text, spil_lang *value, spil_err *err)
{
    if (!text || spil_lang_find(text, value))
        return SPIL_OK;
    return spil_fail(err, SPIL_USAGE, "--lang: '%s' is neither nl nor en", text);
}
