/* opt_lang.h - the option --lang. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_OPT_LANG_H
#define SPIL_CLI_OPT_LANG_H

#include "reports/lang.h"

/* nl or en, else SPIL_USAGE; leaves *value alone when text is NULL. */
spil_status spil_opt_lang(const char *text, spil_lang *value, spil_err *err) SPIL_CHECKED;

#endif
