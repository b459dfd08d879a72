/* report_html.c - report.html: one file that opens offline and can be taken into a meeting.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No request of any kind: the page's own content policy forbids everything but the one style sheet
 * and the one script in it, each named by its digest. Without the script the page reads the same.
 */
#include "engine/base/digest.h"
#include "reports/html.h"

static const char style[] =
#include "reports/templates/report.css.inc"
    ;

/* In this order, which the formatter would not keep. */
/* clang-format off */
static const char script[] = "(() => {\n'use strict';\n"
#include "reports/templates/report_base.js.inc"
#include "reports/templates/report_network.js.inc"
#include "reports/templates/report_canvas.js.inc"
#include "reports/templates/report_tools.js.inc"
#include "reports/templates/report_pointer.js.inc"
#include "reports/templates/report_panel.js.inc"
#include "reports/templates/report_find.js.inc"
#include "reports/templates/report_map.js.inc"
#include "reports/templates/report_begin.js.inc"
    "})();\n";
/* clang-format on */

static spil_status write_page(const spil_result *result, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    const spil_pen pen = {out, result, lang, true};
    spil_html_head(&pen, SPIL_SAY_title, style, script);
    spil_html_masthead(&pen);
    spil_html_front(&pen);
    spil_html_proposals(&pen);
    const spil_status rc = spil_html_communities(&pen, err);
    if (rc != SPIL_OK)
        return rc;
    spil_html_hours(&pen);
    spil_html_data(&pen);
    spil_html_method(&pen);
    spil_html_colophon(&pen);
    spil_html_page_facts(&pen);
    HTML(&pen, "<script>");
    HTML(&pen, script);
    HTML(&pen, "</script>\n</body>\n</html>\n");
    return spil_str_status(out, err);
}

const spil_report spil_report_html = {
    .file = "report.html",
    .summary = "the report: proposals, reasons, networks and chains in one offline page",
    .write = write_page,
};
