/* region.h - the whole region: cell after cell into the files. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 *     DIR/persons.csv addresses.csv companies.csv links.csv roles.csv signals.csv   what partners
 * know DIR/truth/truth.csv truth.json                                               what is so
 *
 * The truth stands in a folder of its own, so that the files of DIR itself are a case and nothing
 * more. See docs/example-data.md for the columns.
 */
#ifndef SPIL_GENERATE_REGION_H
#define SPIL_GENERATE_REGION_H

#include "datasets/generate/attributes.h"
#include "datasets/generate/options.h"
#include "engine/barriers/model.h"
#include "engine/base/progress.h"

/* What came out, for the summary and truth.json. */
typedef struct spil_gen_counts {
    uint64_t cells, persons, addresses, companies, communities, members;
    uint64_t links, links_withheld, links_untrue;
    uint64_t signals, signals_withheld, signals_false;
    uint64_t roles, roles_withheld, roles_false;
    uint64_t duplicates, decoys;
} spil_gen_counts;

uint64_t spil_gen_cells(const spil_gen_options *options); /* cells of the region, at least 1 */
/* Everything of cell k: the world, what is planted, what is recorded of it. See
 * spil_gen_cell_status for what went wrong. */
void spil_gen_build_cell(spil_gen_cell *cell, uint64_t k, const spil_gen_columns *columns,
                         const spil_model_set *models, const spil_gen_options *options);

/* Writes all files below folder (made when missing). models may be empty when options ask for no
 * communities. Memory: one cell, whatever the size. On failure the old files stay. */
spil_status spil_gen_region(const char *folder, const spil_gen_options *options,
                            const spil_model_set *models, bool gzip, spil_progress *progress,
                            spil_gen_counts *counts, spil_err *err) SPIL_CHECKED;

#endif
