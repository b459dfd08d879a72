/* hidden.h - ties that may be there though nobody recorded them: link prediction.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A score for two vertices u and v without a link, from the links around them:
 *     common     |N(u) & N(v)|                                   (Newman 2001)
 *     adamic     sum over common w of 1 / ln k(w)                (Adamic & Adar 2003)
 *     resource   sum over common w of 1 / k(w)                   (Zhou, Lu & Zhang 2009)
 *     katz       beta^2 A^2 + ... + beta^L A^L, at (u, v)        (Katz 1953, cut at L)
 *     combined   rank by resource, among equals (most pairs have no common neighbour) by katz,
 * scaled to 0..1; equals share a rank A high score is a question to ask, never a fact about two
 * people.
 */
#ifndef SPIL_INTERVENTIONS_HIDDEN_H
#define SPIL_INTERVENTIONS_HIDDEN_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

typedef enum spil_tie_score {
    SPIL_TIE_COMMON,
    SPIL_TIE_ADAMIC,
    SPIL_TIE_RESOURCE,
    SPIL_TIE_KATZ,
    SPIL_TIE_COMBINED,
    SPIL_TIE_SCORES
} spil_tie_score;
extern const char *const spil_tie_score_names[SPIL_TIE_SCORES];

typedef struct spil_hidden_opts {
    double beta;     /* of Katz, a link */
    unsigned length; /* L, at most 8; 2 looks at pairs with a common neighbour alone */
    uint64_t seed;
    spil_progress *progress;
} spil_hidden_opts;

#define SPIL_HIDDEN_OPTS_DEFAULTS                                                                  \
    {                                                                                              \
        .beta = 0.05, .length = 4, .seed = 1, .progress = NULL                                     \
    }

/* Open struct. */
typedef struct spil_tie {
    spil_vid from, to; /* from < to, not linked */
    double score[SPIL_TIE_SCORES];
} spil_tie;

typedef struct spil_ties {
    spil_tie *ties; /* all pairs within L links of each other and not linked, by (from, to) */
    size_t count;
} spil_ties;

/* At most this many pairs are kept, else SPIL_LIMIT: take a smaller length. */
enum { SPIL_TIES_MOST = 50000000 };

spil_status spil_ties_find(spil_ties **out, const spil_csr *g, const spil_hidden_opts *opts,
                           spil_err *err) SPIL_CHECKED;
void spil_ties_free(spil_ties *ties);
/* Highest first by this score; ties by (from, to). */
spil_status spil_ties_sort(spil_ties *ties, spil_tie_score by, spil_err *err) SPIL_CHECKED;

/* How well a score finds links that were held out. */
typedef struct spil_tie_test {
    double auc;       /* chance that a held-out link scores above a pair without one; half for
                         equals; over all such pairs */
    double precision; /* share of held-out links among the first as many pairs, equals in
                         proportion */
    size_t held_out;
} spil_tie_test;

/* Holds out round(share * m) links (stream = draw), scores the pairs of the rest, and compares.
 * result: SPIL_TIE_SCORES of the caller. SPIL_RANGE when nothing is held out, or all pairs are
 * linked. */
spil_status spil_ties_test(const spil_csr *g, double share, uint64_t draw,
                           const spil_hidden_opts *opts, spil_tie_test *result,
                           spil_err *err) SPIL_CHECKED;

#endif
