/* world.h - the innocent world of a cell: homes, families, companies, work, friends, and the decoys
 * that mislead whoever looks at the network alone. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_GENERATE_WORLD_H
#define SPIL_GENERATE_WORLD_H

#include "datasets/generate/cell.h"
#include "datasets/generate/options.h"

/* Fills a cell that has just begun with exactly its quota of persons and a fifth as many companies.
 */
void spil_gen_world(spil_gen_cell *cell, const spil_gen_options *options);

/* In decoys.c. Homes first (part of the quota), the rest when everything stands. */
void spil_gen_decoy_homes(spil_gen_cell *cell, const spil_gen_options *options);
void spil_gen_decoy_companies(spil_gen_cell *cell, const spil_gen_options *options);
void spil_gen_decoy_ties(spil_gen_cell *cell, const spil_gen_options *options);
/* Last of all, when it is known who is a member: large families none of whom is. */
void spil_gen_decoy_families(spil_gen_cell *cell, const spil_gen_options *options);

/* Shared by both. A resident adult, UINT32_MAX when a hundred draws found none. */
uint32_t spil_gen_any_adult(const spil_gen_cell *cell, spil_rng *rng);
void spil_gen_tie(spil_gen_cell *cell, spil_rng *rng, spil_entity_kind from_kind, uint32_t from,
                  spil_entity_kind to_kind, uint32_t to, spil_link_kind kind);
/* Makes the person director, and mostly shareholder, of the company. */
void spil_gen_direct(spil_gen_cell *cell, spil_rng *rng, uint32_t person, uint32_t company);
uint32_t spil_gen_firm_quota(const spil_gen_cell *cell);

#endif
