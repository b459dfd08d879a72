/* partner_list.h - the list of one partner: its own actions, and of each what it may see.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First a table of cells is made, here, and everything that is not disclosed stays out of it; the
 * files of a partner are then written from that table alone. So a file cannot hold what the table
 * does not.
 *
 *     result + disclosure -> spil_partner_list (cells) -> csv, xlsx, html
 *
 * A target of a kind or from a source that is not open to the partner goes by a pseudonym: a keyed
 * hash (secret.h) that differs from partner to partner, so that two lists cannot be joined.
 * Communities always go by one. Reasons that rest on rows of a closed source are counted, not told.
 * A row by pseudonym that fewer than k read like tells less, or is left out (partner_guard.h).
 */
#ifndef SPIL_REPORTS_PARTNER_LIST_H
#define SPIL_REPORTS_PARTNER_LIST_H

#include "engine/base/secret.h"
#include "reports/disclosure.h"
#include "reports/lang.h"

typedef struct spil_partner_cell {
    const char *text; /* NULL: a number */
    double number;
    bool share; /* the number is a share of 1 */
} spil_partner_cell;

typedef struct spil_partner_list {
    const spil_disclosed *to; /* borrowed */
    spil_partner_field columns[SPIL_FIELD_COUNT];
    size_t column_count, row_count;
    spil_partner_cell *cells;         /* row_count x column_count */
    size_t pseudonyms;                /* targets that go by one */
    size_t held_back;                 /* reasons that were counted, not told */
    size_t proposed;                  /* rows that nobody has accepted yet */
    bool *by_pseudonym, *by_proposal; /* a row each */
    size_t alike;              /* so many rows by pseudonym read the same, or they are not told */
    size_t blurred, kept_back; /* rows with cells withheld for that; rows left out for that */
    spil_day made, destroy_by; /* of this list */
    const char *fingerprint;   /* of the run; borrowed */
    spil_arena *arena;
} spil_partner_list;

typedef struct spil_partner_opts {
    bool proposed;             /* also what nobody has accepted yet, marked as such */
    const spil_secret *secret; /* the key of the pseudonyms */
    spil_day made;             /* the day of handing over */
} spil_partner_opts;

/* Rows in the order of the whole list. Result and disclosure must outlive it. */
spil_status spil_partner_list_make(spil_partner_list **out, const spil_result *result,
                                   const spil_disclosed *to, spil_lang lang,
                                   const spil_partner_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_partner_list_free(spil_partner_list *list);

spil_word spil_partner_field_word(spil_partner_field field);

/* The files: name and writer of each. */
typedef struct spil_partner_file {
    const char *name; /* "targets.csv" */
    spil_status (*write)(const spil_partner_list *list, spil_lang lang, spil_str *out,
                         spil_err *err);
} spil_partner_file;
extern const spil_partner_file spil_partner_files[];
extern const size_t spil_partner_file_count;

/* One of them, in partner_html.c. */
spil_status spil_partner_html(const spil_partner_list *list, spil_lang lang, spil_str *out,
                              spil_err *err) SPIL_CHECKED;

/* Lines that every file ends with: recipient, purpose, basis, date to destroy, run. Plain text,
 * '\n' after each. */
void spil_partner_footer(const spil_partner_list *list, spil_lang lang, spil_str *out);

#endif
