/* noise.h - what the records get wrong: doubles, untrue links and roles, false signals, gaps.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Confidence means what it says: a record of confidence c is untrue as often as 1 - c, because
 * each true one draws an untrue twin with chance (1 - c) / c. Gaps come last and from their own
 * stream, one number a record, so the records left at a higher rate are among those left at a
 * lower one.
 */
#ifndef SPIL_GENERATE_NOISE_H
#define SPIL_GENERATE_NOISE_H

#include "datasets/generate/attributes.h"
#include "datasets/generate/options.h"

/* Members of an ordinary community: false signals and single steps are so many a community. */
enum { SPIL_GEN_COMMUNITY = 20 };

void spil_gen_doubles(spil_gen_cell *cell, const spil_gen_options *options);
void spil_gen_untrue_records(spil_gen_cell *cell);
/* What the likelihood ratio of this signal is in this region: drawn from the model's range, since
 * the range says how unsure its makers are. The same for every cell. */
double spil_gen_true_ratio(uint64_t seed, const spil_model *model, const spil_model_signal *signal);
/* False signals of every model at the rate that their true ratios imply, SEEN / ratio a community,
 * and single steps at the step's own prior, each times options->false_signals. */
void spil_gen_false_signals(spil_gen_cell *cell, const spil_model_set *models,
                            const spil_gen_options *options);
/* Sorts links, signals and roles, then withholds some. */
void spil_gen_withhold(spil_gen_cell *cell, const spil_gen_options *options);
/* Adds a signal of the code on the entity, with strength, date and grade. */
void spil_gen_add_signal(spil_gen_cell *cell, spil_rng *rng, spil_gen_ref entity,
                         const spil_model_signal *signal, uint64_t community, const char *step);

#endif
