/* t_hand.h - a small case by hand: entities, links, facts, and each connected part a community.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every function fails the running test when it cannot do its work. Entities are named by key; the
 * first letter gives the kind: P person, C company, A address, V vehicle. One source, grade B2.
 */
#ifndef SPIL_TESTS_T_HAND_H
#define SPIL_TESTS_T_HAND_H

#include "engine/barriers/score.h"

struct spil_strmap;
typedef struct t_hand {
    spil_facts *facts;
    spil_network *network;
    spil_communities *communities; /* membership 1 */
    spil_model_set *models;
    struct spil_strmap *number; /* key: order of adding */
    uint32_t count;
} t_hand;

t_hand *t_hand_new(const char *models); /* a folder of models, or one file */
void t_hand_link(t_hand *c, const char *from, spil_link_kind kind, const char *to,
                 double confidence);
void t_hand_signal(t_hand *c, const char *entity, const char *code, double strength,
                   double confidence, const char *date); /* date NULL: none */
void t_hand_role(t_hand *c, const char *entity, const char *model, const char *step,
                 const char *role, double confidence);
void t_hand_attribute(t_hand *c, const char *entity, const char *name, const char *value);
void t_hand_entity(t_hand *c, const char *key); /* linked to nobody; others come by being named */
/* No more facts; builds network and communities. */
void t_hand_ready(t_hand *c);
void t_hand_free(t_hand *c);

uint32_t t_hand_find(const t_hand *c, const char *key); /* index into facts->entities */
spil_scores *t_hand_score(const t_hand *c, size_t draws, uint64_t seed);
const spil_entity_score *t_hand_entity_score(const t_hand *c, const spil_score *score,
                                             const char *key); /* NULL: it has no fall */
/* Value of a contribution, 0 when there is none. name: "smell", "position", ... */
double t_hand_contribution(const t_hand *c, const spil_score *score, const char *key,
                           const char *name);

#endif
