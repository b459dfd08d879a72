/* words.h - the names under which a run's rows are kept: those who write them and those who read
 * them back share this page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     run "analyze"   options: JSON of spil_analysis_opts; figures: quality, and
 *                     harm.<model> as the model file had it
 *                     metrics degree, betweenness, ... of the registry
 *                     contributions of the five kinds below, largest first within their entity
 *     run "targets"   parent: the analysis; options: JSON of spil_list_opts
 *                     figures: gain, possible, hours_used.<partner>, and hours_given.<partner>
 *                     where there is a limit; portfolio.<what>.<partner> (portfolio.c)
 */
#ifndef SPIL_RUN_WORDS_H
#define SPIL_RUN_WORDS_H

#include "engine/barriers/score.h"

#define SPIL_RUN_ANALYZE "analyze"
#define SPIL_RUN_TARGETS "targets"

#define SPIL_FIGURE_QUALITY "quality"       /* modularity of the partition */
#define SPIL_FIGURE_HARM "harm."            /* and the id of the model */
#define SPIL_FIGURE_GAIN "gain"             /* of the list, mean over the draws */
#define SPIL_FIGURE_POSSIBLE "possible"     /* of all chains together */
#define SPIL_FIGURE_MONEY_USED "money_used" /* euro */
#define SPIL_FIGURE_BUDGET "budget"
#define SPIL_FIGURE_HOURS_USED "hours_used." /* and the id of the partner */
#define SPIL_FIGURE_HOURS_GIVEN "hours_given."
#define SPIL_FIGURE_PORTFOLIO "portfolio." /* names: portfolio.c */

/* "signal", "opportunity", "role", "rule", "position", and back; false for another word. */
const char *spil_fact_word(spil_fact_kind kind);
bool spil_fact_find(const char *word, spil_fact_kind *out);

#endif
