/* wear.h - what is left of the chains as entities are taken out, one after another.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every community that is scored keeps, against each model, the chance of its chain (score.h),
 * worked out anew from all draws once somebody of it goes: his facts are taken out (his seats stay
 * empty) and those who hang together with the others through him alone are cut off. Nobody new
 * comes. With one entity out the chain is the chain of the score less the entity's fall.
 *
 *     chain     mean over the scored communities of the chance of their most probable chain
 *     complete  communities in which every required step of the chain that is most probable before
 *               any removal still has somebody who can fill it: for each of its roles a holder
 *               (recorded, or shown by a rule) who is neither taken out nor cut off when every
 *               recorded link is there, or, where nobody ever held it, somebody unseen, if the
 *               model allows for one. Of steps that are ways to one end one is enough; a step
 *               without roles asks for nobody; of what shows the chain at least one fact is left
 *     seats     roles of the required steps of those chains: held by somebody known who is still
 *               there, and unseen, on which nobody was ever seen. Most chains that stay complete do
 *               so by the unseen
 *
 * Time: at the start all communities, then those that lost somebody: draws x (edges + facts) each.
 */
#ifndef SPIL_BARRIERS_WEAR_H
#define SPIL_BARRIERS_WEAR_H

#include "engine/barriers/score.h"

typedef struct spil_wear spil_wear;

typedef struct spil_wear_point {
    double chain; /* 0 where no community is scored */
    size_t complete, communities, seats_held, seats_unseen;
} spil_wear_point;

/* All but the options are borrowed; of these draws, seed, as_of, number and progress count. The
 * same for any number of threads. */
spil_status spil_wear_new(spil_wear **out, const spil_facts *facts, const spil_network *network,
                          const spil_communities *communities, const spil_model_set *models,
                          const spil_score_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_wear_free(spil_wear *wear);

/* Takes these out as well. */
spil_status spil_wear_take(spil_wear *wear, const spil_vid *gone, size_t count,
                           spil_err *err) SPIL_CHECKED;
/* Puts all of them back. */
void spil_wear_reset(spil_wear *wear);
spil_wear_point spil_wear_now(const spil_wear *wear);

#endif
