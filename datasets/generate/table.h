/* table.h - one CSV file written a field at a time, aside and renamed, plain or gzip.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors stick and show in commit.
 */
#ifndef SPIL_GENERATE_TABLE_H
#define SPIL_GENERATE_TABLE_H

#include "engine/base/text.h"

typedef struct spil_gen_table spil_gen_table;

/* <folder>/<name>.csv, or .csv.gz. */
spil_status spil_gen_table_open(spil_gen_table **out, const char *folder, const char *name,
                                bool gzip, spil_err *err) SPIL_CHECKED;
/* Fields of a row from left to right; quoted where the text asks for it. */
void spil_gen_field(spil_gen_table *table, const char *text);
void spil_gen_field_count(spil_gen_table *table, uint64_t number);
void spil_gen_field_share(spil_gen_table *table, double number); /* two decimals */
void spil_gen_field_day(spil_gen_table *table, spil_day day);    /* empty for SPIL_NO_DAY */
void spil_gen_end_row(spil_gen_table *table);
/* Takes the table in every case. */
spil_status spil_gen_table_commit(spil_gen_table *table, spil_err *err) SPIL_CHECKED;
void spil_gen_table_abort(spil_gen_table *table); /* NULL allowed */

#endif
