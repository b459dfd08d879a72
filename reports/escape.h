/* escape.h - other people's text made safe for a page or a spreadsheet.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever a partner's file holds is shown as text: markup is escaped, formulas are quoted, control
 * characters and broken UTF-8 become U+FFFD, and marks that reorder the line (U+202A..E,
 * U+2066..9) are spelled out as [U+202E], so that a name can never disguise itself or its
 * neighbours.
 */
#ifndef SPIL_REPORTS_ESCAPE_H
#define SPIL_REPORTS_ESCAPE_H

#include "engine/base/str.h"

/* For element content and for attribute values in either kind of quote, HTML and SVG. */
void spil_html_text(spil_str *out, const char *text);
/* The same in <bdi>: its writing direction stays its own. */
void spil_html_name(spil_str *out, const char *text);

/* A CSV cell of foreign text: one that starts with = + - @ (also full width), tab or a line end
 * gets a ' in front (spreadsheets then show it); separators and quotes are quoted (RFC 4180). */
void spil_csv_cell(spil_str *out, const char *text);
bool spil_formula_like(const char *text);

/* The text as a page would show it, without markup: controls and broken bytes as U+FFFD, marks that
 * reorder the line spelled out; at most so many characters. For cells and labels of other
 * programs. */
void spil_shown_text(spil_str *out, const char *text, size_t most);

/* Each byte that is no UTF-8 becomes U+FFFD; nothing else changes. */
void spil_utf8_mend(spil_str *out, const char *text);

/* Width of the text in ems of a plain sans serif, a little on the wide side. */
double spil_text_width(const char *text);
/* The text, or its beginning and an ellipsis, at most so many ems wide; cut between graphemes. */
void spil_text_shorten(spil_str *out, const char *text, double ems);

#endif
