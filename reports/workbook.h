/* workbook.h - a workbook of libxlsxwriter as bytes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libxlsxwriter writes to a path: a private file of the moment, read back and removed. The date in
 * the document is the one given, so the same cells give the same bytes.
 */
#ifndef SPIL_REPORTS_WORKBOOK_H
#define SPIL_REPORTS_WORKBOOK_H

#include "engine/base/str.h"
#include "engine/base/text.h"

#include <xlsxwriter.h>

/* The formats that our workbooks share. */
typedef struct spil_workbook {
    lxw_workbook *book;
    lxw_format *head, *plain, *wrap, *percent, *number;
} spil_workbook;

/* fill puts the sheets in; false: some cell could not be written. name: for messages. created:
 * SPIL_NO_DAY for none. The bytes are appended to out. */
spil_status spil_workbook_write(spil_str *out, const char *name, spil_day created,
                                bool (*fill)(const spil_workbook *workbook, void *user), void *user,
                                spil_err *err) SPIL_CHECKED;

#endif
