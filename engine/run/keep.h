/* keep.h - what the stages of an analysis made, as rows of its run in the store.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is called inside the transaction of the run. Names under which rows are kept: words.h.
 */
#ifndef SPIL_RUN_KEEP_H
#define SPIL_RUN_KEEP_H

#include "engine/interventions/target.h"
#include "engine/metrics/metric.h"
#include "engine/store/results.h"

/* With the harm of each as a figure, which the choice of targets needs. */
spil_status spil_keep_models(spil_store *store, int64_t run, const spil_model_set *models,
                             spil_err *err) SPIL_CHECKED;
/* value: one a vertex. */
spil_status spil_keep_metric(spil_store *store, int64_t run, const spil_facts *facts,
                             const spil_network *network, const spil_metric *metric,
                             const spil_metric_note *note, const double *value,
                             spil_err *err) SPIL_CHECKED;
spil_status spil_keep_communities(spil_store *store, int64_t run, const spil_facts *facts,
                                  const spil_network *network, const spil_communities *communities,
                                  spil_err *err) SPIL_CHECKED;
spil_status spil_keep_scores(spil_store *store, int64_t run, const spil_facts *facts,
                             const spil_model_set *models, const spil_scores *scores,
                             spil_err *err) SPIL_CHECKED;
spil_status spil_keep_actions(spil_store *store, int64_t run, const spil_facts *facts,
                              const spil_model_set *models, const spil_actions *actions,
                              spil_err *err) SPIL_CHECKED;

#endif
