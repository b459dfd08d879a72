/* report.h - a finished run as files. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report is one file report_<format>.c and one row in reports.def. It reads the result
 * (engine/run/result.h) and nothing else, and writes a text; this module writes that text aside and
 * renames it into place, 0600. Same result and language, same bytes: no clock, host name or path of
 * the machine goes in.
 */
#ifndef SPIL_REPORTS_REPORT_H
#define SPIL_REPORTS_REPORT_H

#include "engine/base/str.h"
#include "engine/run/result.h"

typedef enum spil_lang { SPIL_LANG_NL, SPIL_LANG_EN } spil_lang;
bool spil_lang_find(const char *name, spil_lang *out); /* "nl", "en" */

typedef struct spil_report {
    const char *file;    /* name under the folder: "targets.csv" */
    const char *summary; /* for help and docs */
    spil_status (*write)(const spil_result *result, spil_lang lang, spil_str *out, spil_err *err);
} spil_report;

extern const spil_report *const spil_reports[];
extern const size_t spil_report_count;

/* All of them into folder (made when missing). All texts are made before the first file is
 * replaced. */
spil_status spil_report_write_all(const spil_result *result, spil_lang lang, const char *folder,
                                  spil_err *err) SPIL_CHECKED;

#endif
