/* reopen.h - a finished analysis as the stages had it, to ask more of it: what if, why, what next.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_RUN_REOPEN_H
#define SPIL_RUN_REOPEN_H

#include "engine/barriers/score.h"
#include "engine/store/results.h"

/* Open struct. models stand in the order of the analysis: by id. */
typedef struct spil_reopened {
    spil_facts *facts;
    spil_network *network;         /* as it was scored: without the links of hubs */
    spil_communities *communities; /* as they were scored; stats but for inner edges */
    spil_model_set *models;
    spil_results *rows; /* scores, reasons; of the newest list where one was made: its targets */
} spil_reopened;

/* The newest analysis, with the newest list if that builds on it. folder: of the model files; NULL:
 * the one that ships. SPIL_NOT_FOUND when there is none; SPIL_INPUT when files came in since, or a
 * model file is no longer the one that was used. */
spil_status spil_reopen(spil_reopened *out, spil_store *store, const char *folder,
                        spil_err *err) SPIL_CHECKED;
void spil_reopened_clear(spil_reopened *it);

/* The run that holds the scores. */
const spil_run_row *spil_reopened_run(const spil_reopened *it);
/* Row of the community against the model for this part; NULL: it was not scored. */
const spil_score_row *spil_reopened_score(const spil_reopened *it, uint32_t community,
                                          const char *model, spil_score_part part,
                                          const char *step);

#endif
