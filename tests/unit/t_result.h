/* t_result.h - a finished run made by hand, with every kind of row and the nastiest of names.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_TESTS_T_RESULT_H
#define SPIL_TESTS_T_RESULT_H

#include "engine/run/result.h"

#define T_SCRIPT_NAME "</script><img src=x onerror=alert(1)>"
#define T_FORMULA_NAME "=HYPERLINK(\"x\",\"click\")"
#define T_TURNED_NAME "\xE2\x80\xAEgnp.exe" /* right-to-left override in front */

/* One community of six, one model of two steps, two targets. Static: never freed. The caller may
 * change the copy's own fields, not what they point at. */
spil_result t_result(void);

#endif
