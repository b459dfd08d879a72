/* region.c - see region.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/region.h"

#include "datasets/generate/attributes.h"
#include "datasets/generate/noise.h"
#include "datasets/generate/plant.h"
#include "datasets/generate/table.h"
#include "datasets/generate/world.h"
#include "datasets/generate/write.h"
#include "engine/base/file.h"

/* Numbers of the planted collaborations of cell k: [first_of(k), first_of(k + 1)). */
static uint64_t first_of(uint64_t k, uint64_t cells, uint64_t communities)
{
    return k * (communities / cells) + k * (communities % cells) / cells;
}

uint64_t spil_gen_cells(const spil_gen_options *options)
{
    const uint64_t whole = options->persons / SPIL_GEN_CELL;
    return whole ? whole : 1;
}

void spil_gen_build_cell(spil_gen_cell *cell, uint64_t k, const spil_gen_columns *columns,
                         const spil_model_set *models, const spil_gen_options *options)
{
    const uint64_t cells = spil_gen_cells(options), before = k * SPIL_GEN_CELL;
    const uint64_t quota = k + 1 < cells ? SPIL_GEN_CELL : options->persons - before;
    spil_gen_cell_begin(cell, options->seed, k, (uint32_t)quota);
    spil_gen_world(cell, options);
    spil_gen_spread_uses(cell, columns);
    spil_gen_fill_attributes(cell, columns);
    if (cell->rc != SPIL_OK)
        return; /* half a world: nothing to draw from */
    const uint64_t end = first_of(k + 1, cells, options->communities);
    for (uint64_t n = first_of(k, cells, options->communities); n < end; n++)
        spil_gen_plant(cell, columns, models->models[n % models->count], n);
    spil_gen_doubles(cell, options);
    spil_gen_fill_attributes(cell, columns);
    spil_gen_false_signals(cell, models, options);
    spil_gen_untrue_records(cell);
    spil_gen_withhold(cell, options);
    spil_gen_decoy_families(cell, options);
}

static spil_status write_region(spil_gen_writer *writer, const spil_gen_columns *columns,
                                const spil_model_set *models, const spil_gen_options *options,
                                spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_gen_cell cell = {0};
    const uint64_t cells = spil_gen_cells(options);
    for (uint64_t k = 0; k < cells; k++) {
        TRY(spil_check_stop(err));
        spil_gen_build_cell(&cell, k, columns, models, options);
        TRY(spil_gen_cell_status(&cell, err));
        spil_gen_write_cell(writer, &cell, columns, models);
        spil_progress_step(progress, cell.quota);
    }
done:
    spil_gen_cell_free(&cell);
    return rc;
}

spil_status spil_gen_region(const char *folder, const spil_gen_options *options,
                            const spil_model_set *models, bool gzip, spil_progress *progress,
                            spil_gen_counts *counts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_gen_columns columns = {0};
    spil_gen_writer *writer = NULL;
    if (options->communities > 0 && models->count == 0)
        return spil_fail(err, SPIL_USAGE, "no barrier model to plant communities after");
    TRY(spil_gen_columns_of(&columns, models, err));
    TRY(spil_gen_writer_open(&writer, folder, &columns, options, gzip, err));
    spil_progress_begin(progress, "persons", options->persons);
    TRY(write_region(writer, &columns, models, options, progress, err));
    spil_progress_end(progress);
    spil_gen_writer *const whole = writer;
    writer = NULL;
    TRY(spil_gen_writer_commit(whole, options, models, counts, err));
done:
    spil_gen_writer_abort(writer);
    spil_gen_columns_free(&columns);
    return rc;
}
