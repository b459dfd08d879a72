/* cluster.h - from pairs to groups, without chains of weak links. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * "a is b" and "b is c" do not make "a is c" when a and c contradict each other. Pairs are taken
 * from the surest down; two groups join only when every pair across them is at least as likely as
 * not (complete linkage). A record that fits two others about equally well (within SPIL_TIE_BITS),
 * which contradict each other, joins neither: "J. de Vries" is Jan or Joris, and the data do not
 * say which. A person's answer goes before the numbers: "same" joins whatever the weights say,
 * "different" keeps apart.
 */
#ifndef SPIL_RESOLUTION_CLUSTER_H
#define SPIL_RESOLUTION_CLUSTER_H

#include "engine/base/mem.h"

enum { SPIL_TIE_BITS = 3, SPIL_CLUSTER_MOST = 64 };

typedef enum spil_verdict_of_pair {
    SPIL_PAIR_OPEN,        /* below the threshold, or barred */
    SPIL_PAIR_ACCEPTED,    /* its two are in one group */
    SPIL_PAIR_CONTRADICTS, /* `other` of the one's group does not fit the other */
    SPIL_PAIR_AMBIGUOUS,   /* `other` fits about as well */
    SPIL_PAIR_TOO_MANY     /* the group would have more than SPIL_CLUSTER_MOST */
} spil_verdict_of_pair;

/* a < b. In: whether it may be accepted by itself (enough probability, no bar, no answer against).
 * Out: verdict and other. */
typedef struct spil_scored_pair {
    uint32_t a, b;
    double weight, probability;
    const char *bar;
    bool sure;     /* in */
    bool answered; /* in: a person said "same" (sure is true) or "different" */
    uint8_t verdict;
    uint32_t other;
} spil_scored_pair;

/* How likely any two records are one; barred pairs and answers "different" give 0, "same" 1. */
typedef double (*spil_pair_chance)(const void *user, uint32_t a, uint32_t b);

/* pairs are in order of (a, b). group (count) becomes the smallest record of each record's group.
 */
spil_status spil_cluster(uint32_t *group, uint32_t count, spil_scored_pair *pairs,
                         size_t pair_count, spil_pair_chance chance, const void *user,
                         spil_err *err) SPIL_CHECKED;

#endif
