/* html.h - the parts of report.html, each in its own file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page reads without its script and makes no request: style and script are inline and named by
 * their digests in the page's own content policy, drawings are inline SVG, and no element carries a
 * style attribute or a handler. The script makes the drawings answer (templates/report_*.js).
 */
#ifndef SPIL_REPORTS_HTML_H
#define SPIL_REPORTS_HTML_H

#include "reports/draw.h"
#include "reports/escape.h"
#include "reports/sentence.h"

/* html_front.c */
void spil_html_masthead(const spil_pen *pen);
void spil_html_front(const spil_pen *pen);
/* html_proposals.c */
void spil_html_proposals(const spil_pen *pen);
/* html_community.c */
spil_status spil_html_communities(const spil_pen *pen, spil_err *err) SPIL_CHECKED;
/* Of a community's chains the best one and those near it. */
bool spil_html_chain_is_drawn(const spil_result_community *community, size_t chain);
void spil_html_members(const spil_pen *pen, const spil_result_community *community);
/* html_overview.c: nothing for fewer than two communities. */
spil_status spil_html_overview(const spil_pen *pen, spil_err *err) SPIL_CHECKED;
/* html_network.c: community is a position in the result. */
spil_status spil_html_network(const spil_pen *pen, size_t community, spil_err *err) SPIL_CHECKED;
/* html_facts.c: JSON for the script, of one drawing and of the whole page. */
void spil_html_network_facts(const spil_pen *pen, const spil_result_community *community,
                             const spil_drawing *drawing);
void spil_html_page_facts(const spil_pen *pen);
/* Position of an entity among the community's nodes, or node_count. */
size_t spil_html_node_of(const spil_result_community *community, uint32_t entity);
/* html_timeline.c: nothing when no link or signal of the community has a date. */
void spil_html_timeline(const spil_pen *pen, const spil_result_community *community);
/* html_map.c: nothing when no member has recorded coordinates. */
spil_status spil_html_map(const spil_pen *pen, const spil_result_community *community,
                          spil_err *err) SPIL_CHECKED;
/* html_chain.c: community is a position in the result. */
void spil_html_chain(const spil_pen *pen, size_t community, const spil_result_chain *chain);
/* html_hours.c */
void spil_html_hours(const spil_pen *pen);
/* html_data.c */
void spil_html_data(const spil_pen *pen);
/* html_method.c */
void spil_html_method(const spil_pen *pen);
void spil_html_colophon(const spil_pen *pen);

/* html_parts.c: what the others share. */
#define HTML(pen, markup) spil_str_add((pen)->out, (markup))
/* From <!DOCTYPE> to <body>: a content policy that forbids everything but this style sheet and,
 * when not NULL, this script, each named by its digest. The page puts the script in itself. */
void spil_html_head(const spil_pen *pen, spil_word title, const char *style, const char *script);
/* <section id=...><h2>...</h2> */
void spil_html_section(const spil_pen *pen, const char *id, spil_word title);
/* A strip from 0 to 1: the interval as a band, the median as a tick. */
void spil_html_strip(const spil_pen *pen, const spil_spread *spread);
/* A filled share of a strip. */
void spil_html_meter(const spil_pen *pen, double share);
/* Five marks, as many filled as the share of draws says, and the word for it. */
void spil_html_sureness(const spil_pen *pen, double stability);
/* A column of a table; numeric ones are set flush right. */
typedef struct spil_column {
    spil_word word;
    bool numeric;
} spil_column;
/* Opens a table in a region of its own that scrolls sideways and takes the keyboard. */
void spil_html_table(const spil_pen *pen, spil_word caption, const spil_column *columns,
                     size_t count);
void spil_html_table_end(const spil_pen *pen);
/* First twelve digits of a digest, as code. */
void spil_html_digest(const spil_pen *pen, const char *digest);
/* <td> of one part; numeric ones are set flush right. */
void spil_html_cell(const spil_pen *pen, spil_arg arg);

#endif
