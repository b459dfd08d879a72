/* report_html.c - report.html: one file that opens offline and can be taken into a meeting.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No request of any kind: the page's own content policy forbids everything but the one style sheet
 * and the one script in it, each named by its digest. Without the script the page reads the same.
 */
#include "engine/base/digest.h"
#include "reports/html.h"

#include <sodium.h>
#include <string.h>

static const char style[] =
#include "reports/templates/report.css.inc"
    ;

static const char script[] =
#include "reports/templates/report.js.inc"
    ;

/* 'sha256-...' as a content policy wants it. */
static void add_digest(spil_str *out, const char *content)
{
    unsigned char bytes[crypto_hash_sha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    (void)crypto_hash_sha256(bytes, (const unsigned char *)content, strlen(content));
    (void)sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
    spil_str_addf(out, "'sha256-%s'", text);
}

static void head(const spil_pen *pen)
{
    spil_str_addf(pen->out,
                  "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  spil_lang_code(pen->lang));
    HTML(pen, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "base-uri 'none'; form-action 'none'; style-src ");
    add_digest(pen->out, style);
    HTML(pen, "; script-src ");
    add_digest(pen->out, script);
    HTML(pen, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"color-scheme\" content=\"light dark\">\n"
              "<meta name=\"referrer\" content=\"no-referrer\">\n"
              "<meta name=\"robots\" content=\"noindex\">\n<title>Spil: ");
    WORD(pen, title);
    HTML(pen, "</title>\n<style>");
    HTML(pen, style);
    HTML(pen, "</style>\n</head>\n<body>\n");
}

static spil_status write_page(const spil_result *result, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    const spil_pen pen = {out, result, lang, true};
    head(&pen);
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
