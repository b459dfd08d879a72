/* cluster.h - from pairs to groups, without chains of weak links. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * "a is b" and "b is c" do not make "a is c" when a and c contradict each other. Pairs are taken
 * from the surest down; two groups join only when every pair across them fits: it is at least as
 * likely as not by itself, or what speaks against it is less than what speaks for the pair through
 * which the groups meet. Little in common is no contradiction: of one person the one register may
 * have the date of birth and the other the new address, and a third both.
 *
 * A record that fits several others which exclude each other can be one of them only. With odds
 * o = p / (1 - p), it is the one with probability o / (1 + o + sum of the others' o), and joins it
 * if that reaches the threshold: "J. de Vries" is Jan or Joris, and the data do not say which. A
 * person's answer goes before the numbers: "same" joins whatever the weights say, "different" keeps
 * apart.
 */
#ifndef SPIL_RESOLUTION_CLUSTER_H
#define SPIL_RESOLUTION_CLUSTER_H

#include "engine/base/mem.h"

enum { SPIL_CLUSTER_MOST = 64 };

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

/* What is known of any two records. */
typedef struct spil_pair_chance {
    double probability; /* barred pairs and answers "different" 0, "same" 1 */
    double against;     /* bits that speak against them; INFINITY: they exclude each other */
} spil_pair_chance;
typedef spil_pair_chance (*spil_ask_chance)(const void *user, uint32_t a, uint32_t b);

typedef struct spil_cluster_opts {
    double threshold;
    spil_ask_chance ask;
    const void *user;
} spil_cluster_opts;

/* pairs are in order of (a, b). group (count) becomes the smallest record of each record's group.
 */
spil_status spil_cluster(uint32_t *group, uint32_t count, spil_scored_pair *pairs,
                         size_t pair_count, const spil_cluster_opts *opts,
                         spil_err *err) SPIL_CHECKED;

#endif
