/* write.h - cells as rows of the region's files. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_GENERATE_WRITE_H
#define SPIL_GENERATE_WRITE_H

#include "datasets/generate/attributes.h"
#include "datasets/generate/region.h"

typedef struct spil_gen_writer spil_gen_writer;

/* Opens every file below folder and writes the headers. */
spil_status spil_gen_writer_open(spil_gen_writer **out, const char *folder,
                                 const spil_gen_columns *columns, const spil_gen_options *options,
                                 bool gzip, spil_err *err) SPIL_CHECKED;
/* The cell's rows, by key; what is withheld goes to the truth alone. What goes wrong shows in
 * commit. */
void spil_gen_write_cell(spil_gen_writer *writer, const spil_gen_cell *cell,
                         const spil_gen_columns *columns, const spil_model_set *models);
/* Puts all files in place. Takes the writer in every case. counts may be NULL. */
spil_status spil_gen_writer_commit(spil_gen_writer *writer, const spil_gen_options *options,
                                   const spil_model_set *models, spil_gen_counts *counts,
                                   spil_err *err) SPIL_CHECKED;
void spil_gen_writer_abort(spil_gen_writer *writer); /* NULL allowed */

#endif
