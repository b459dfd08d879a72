/* html_parts.c - see html.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

void spil_html_section(const spil_pen *pen, const char *id, spil_word title)
{
    spil_str_addf(pen->out, "\n<section id=\"%s\" aria-labelledby=\"%s-title\">\n", id, id);
    spil_str_addf(pen->out, "<h2 id=\"%s-title\">", id);
    spil_say_word(pen, title, NULL, 0);
    HTML(pen, "</h2>\n");
}

static double hundred(double part)
{
    return isfinite(part) ? 100.0 * fmin(fmax(part, 0.0), 1.0) : 0.0;
}

void spil_html_strip(const spil_pen *pen, const spil_spread *spread)
{
    const double low = hundred(spread->p5), high = hundred(spread->p95);
    const double mid = fmin(fmax(hundred(spread->p50), 0.6), 99.4);
    HTML(pen, "<svg class=\"strip\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" "
              "aria-hidden=\"true\"><rect class=\"track\" y=\"4\" width=\"100\" height=\"2\"/>");
    spil_str_addf(pen->out, "<rect class=\"band\" x=\"%.1f\" y=\"2\" width=\"%.1f\" height=\"6\"/>",
                  low, fmax(high - low, 0.4));
    spil_str_addf(pen->out, "<rect class=\"tick\" x=\"%.1f\" width=\"1.2\" height=\"10\"/></svg>",
                  mid - 0.6);
}

void spil_html_meter(const spil_pen *pen, double share)
{
    spil_str_addf(pen->out,
                  "<svg class=\"meter\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" "
                  "aria-hidden=\"true\"><rect class=\"track\" width=\"100\" height=\"6\"/>"
                  "<rect class=\"fill\" width=\"%.1f\" height=\"6\"/></svg>",
                  hundred(share));
}

void spil_html_sureness(const spil_pen *pen, double stability)
{
    const int filled = (int)floor(5.0 * fmin(fmax(stability, 0.0), 1.0) + 0.5);
    HTML(pen, "<span class=\"sure\"><svg class=\"pips\" viewBox=\"0 0 58 10\" "
              "aria-hidden=\"true\">");
    for (int i = 0; i < 5; i++)
        spil_str_addf(pen->out, "<circle class=\"%s\" cx=\"%d\" cy=\"5\" r=\"4\"/>",
                      i < filled ? "on" : "off", 5 + 12 * i);
    HTML(pen, "</svg> ");
    PART(pen, A_WORD(spil_sureness(stability)));
    HTML(pen, " <small>");
    PART(pen, A_PERCENT(stability));
    HTML(pen, "</small></span>");
}

void spil_html_table(const spil_pen *pen, spil_word caption, const spil_column *columns,
                     size_t count)
{
    HTML(pen, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    spil_say_word(pen, caption, NULL, 0);
    HTML(pen, "\"><table>\n<caption>");
    spil_say_word(pen, caption, NULL, 0);
    HTML(pen, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        HTML(pen, columns[i].numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        spil_say_word(pen, columns[i].word, NULL, 0);
        HTML(pen, "</th>");
    }
    HTML(pen, "</tr></thead>\n<tbody>\n");
}

void spil_html_table_end(const spil_pen *pen)
{
    HTML(pen, "</tbody></table></div>\n");
}

void spil_html_digest(const spil_pen *pen, const char *digest)
{
    char shown[13];
    size_t length = 0;
    while (length < 12 && digest[length]) {
        shown[length] = digest[length];
        length++;
    }
    shown[length] = '\0';
    HTML(pen, "<code>");
    spil_html_text(pen->out, shown);
    HTML(pen, "</code>");
}

void spil_html_cell(const spil_pen *pen, spil_arg arg)
{
    const bool numeric = arg.kind == SPIL_ARG_COUNT || arg.kind == SPIL_ARG_NUMBER ||
                         arg.kind == SPIL_ARG_PERCENT || arg.kind == SPIL_ARG_POINTS ||
                         arg.kind == SPIL_ARG_SPREAD;
    HTML(pen, numeric ? "<td class=\"n\">" : "<td>");
    PART(pen, arg);
    HTML(pen, "</td>");
}

/* ---- the head of a page ---- */

/* 'sha256-...' as a content policy wants it. */
static void add_digest(spil_str *out, const char *content)
{
    unsigned char bytes[crypto_hash_sha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    (void)crypto_hash_sha256(bytes, (const unsigned char *)content, strlen(content));
    (void)sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
    spil_str_addf(out, "'sha256-%s'", text);
}

void spil_html_head(const spil_pen *pen, spil_word title, const char *style, const char *script)
{
    spil_str_addf(pen->out,
                  "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  spil_lang_code(pen->lang));
    HTML(pen, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "base-uri 'none'; form-action 'none'; style-src ");
    add_digest(pen->out, style);
    if (script) {
        HTML(pen, "; script-src ");
        add_digest(pen->out, script);
    }
    HTML(pen, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"color-scheme\" content=\"light dark\">\n"
              "<meta name=\"referrer\" content=\"no-referrer\">\n"
              "<meta name=\"robots\" content=\"noindex\">\n<title>Spil: ");
    spil_say_word(pen, title, NULL, 0);
    HTML(pen, "</title>\n<style>");
    HTML(pen, style);
    HTML(pen, "</style>\n</head>\n<body>\n");
}
