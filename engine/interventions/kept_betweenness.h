/* kept_betweenness.h - betweenness of a network that loses vertices one by one, kept up to date.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When v goes, only pairs that had v between them change their paths (shrinking.h finds them by
 * their distances). For each such pair what its old paths gave to those on them is taken away,
 * and, where it is still connected, what its new paths give is added. Both sums run over the
 * targets and all that lies on the way to them alone, source by source (Green, McColl & Bader 2012,
 * SocialCom; Jamour, Skiadopoulos & Kalnis 2018, IEEE TPDS 29:659); each pair is looked at from the
 * end that has more partners beyond v, whose paths share most. Where v lies between too many
 * pairs, its piece is computed again as a whole, and only the distances are kept.
 *
 * Sums that are changed a thousand times drift: `error` bounds it, and whoever has to tell two
 * scores apart that are nearer than that starts again (spil_kept_betweenness_refresh).
 *
 * Time of a removal: n^2 / 8 words to find the pairs, then O(links on the ways of those pairs).
 * Space: n^2 bytes.
 */
#ifndef SPIL_INTERVENTIONS_KEPT_BETWEENNESS_H
#define SPIL_INTERVENTIONS_KEPT_BETWEENNESS_H

#include "engine/graph/csr.h"

typedef struct spil_kept_betweenness spil_kept_betweenness; /* opaque */

typedef struct spil_kept_opts {
    size_t most;  /* bytes for the distances */
    double share; /* start again where v lies between more than this share of the pairs */
} spil_kept_opts;

#define SPIL_KEPT_OPTS_DEFAULTS                                                                    \
    {                                                                                              \
        .most = (size_t)1 << 30, .share = 0.1                                                      \
    }

/* g is borrowed. Errors also: SPIL_LIMIT where it is not to be kept. */
spil_status spil_kept_betweenness_new(spil_kept_betweenness **out, const spil_csr *g,
                                      const spil_kept_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_kept_betweenness_free(spil_kept_betweenness *kept);

/* v: still there. */
spil_status spil_kept_betweenness_remove(spil_kept_betweenness *kept, spil_vid v,
                                         spil_err *err) SPIL_CHECKED;

/* n values, each pair once; NaN where the vertex is gone. Borrowed. */
const double *spil_kept_betweenness_score(const spil_kept_betweenness *kept);
/* A score is off by no more than this. */
double spil_kept_betweenness_error(const spil_kept_betweenness *kept);
/* Starts again: then it is what one computation has. */
spil_status spil_kept_betweenness_refresh(spil_kept_betweenness *kept, spil_err *err) SPIL_CHECKED;

#endif
