/* dossier.h - what a case holds of some entities: the facts, the newest run, the names of models.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only what is there: a case without a run gives a dossier of facts alone. Keyed hashes of identity
 * numbers and dates of birth are in no dossier (spil_dossier_hides).
 */
#ifndef SPIL_RUN_DOSSIER_H
#define SPIL_RUN_DOSSIER_H

#include "engine/barriers/score.h"
#include "engine/metrics/metric.h"
#include "engine/store/facts_detail.h"
#include "engine/store/results.h"

/* Open struct. */
typedef struct spil_dossier {
    spil_facts *facts;      /* merged entities as one */
    spil_results *rows;     /* newest list, else newest analysis; NULL: none that fits the facts */
    spil_model_set *models; /* for their names alone; NULL: they cannot be read */
    uint32_t *entities;     /* of whom, each once, in the order asked for; positions in facts */
    size_t count;
    bool stale; /* files came in, or entities were merged, since that run */
} spil_dossier;

/* folder: of the model files; NULL: the one that ships. Clear in every case. */
spil_status spil_dossier_load(spil_dossier *out, spil_store *store, const char *folder,
                              spil_err *err) SPIL_CHECKED;
/* Room for `most` entities; then each by key, its own or one it was merged from. SPIL_NOT_FOUND
 * when no entity has it. */
spil_status spil_dossier_room(spil_dossier *dossier, size_t most, spil_err *err) SPIL_CHECKED;
spil_status spil_dossier_add(spil_dossier *dossier, const char *key, spil_err *err) SPIL_CHECKED;
void spil_dossier_clear(spil_dossier *dossier);

/* An attribute that nobody is shown. */
bool spil_dossier_hides(const char *attribute);

/* Names of what a run calls by id; both are the id where no model knows it. step may be "". */
spil_names spil_dossier_model_names(const spil_dossier *dossier, const char *model);
spil_names spil_dossier_step_names(const spil_dossier *dossier, const char *model,
                                   const char *step);
spil_names spil_dossier_role_names(const spil_dossier *dossier, const char *model, const char *step,
                                   const char *role);
spil_names spil_dossier_barrier_names(const spil_dossier *dossier, const char *model,
                                      const char *step, const char *barrier);
spil_names spil_dossier_signal_names(const spil_dossier *dossier, const char *code);
/* What a contribution goes by: kind and name as the run keeps them (words.h). */
spil_names spil_dossier_reason_names(const spil_dossier *dossier, const spil_contribution_row *row);
spil_names spil_dossier_metric_names(const char *name);

#endif
