/* presence.h - which members of a community hang together in a draw, and who is lost with whom.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a draw an edge is there with its confidence. One depth-first pass (Tarjan 1972) over the edges
 * inside the community gives the largest connected part and, for every vertex of it, the parts that
 * fall off when it is taken out. Vertices get positions in the order of the pass, so that a part is
 * a range:
 *
 *     position   0 1 2 | 3 4 5 6 7 8 |          largest part = [3, 9)
 *     subtree of 4:        4 5 6                falls off with 3 or 4 when it is linked by it alone
 *
 * Time a draw: O(edges of the community); nothing when every edge is certain (done once).
 */
#ifndef SPIL_BARRIERS_PRESENCE_H
#define SPIL_BARRIERS_PRESENCE_H

#include "engine/graph/network.h"

typedef struct spil_presence spil_presence;

/* member: vertices of the community, ascending; local numbers below are positions in it. edge_key:
 * by edge number, must not depend on the numbers of vertices. */
spil_status spil_presence_new(spil_presence **out, const spil_network *network,
                              const spil_vid *member, size_t count, const uint32_t *of,
                              uint64_t seed, const spil_facts *facts, spil_err *err) SPIL_CHECKED;
void spil_presence_free(spil_presence *presence);

/* Which of these members are in the largest part, in every draw: in[i * draws + b]. What
 * spil_presence_draw and spil_presence_in say, but of all draws at once and without who is lost
 * with whom: what certain edges tie is one node, so a draw takes only the uncertain edges. No draw
 * is at hand afterwards. */
void spil_presence_all(spil_presence *presence, size_t draws, const uint32_t *local, size_t count,
                       uint8_t *in);

/* Makes draw b the one that the questions below are about. */
void spil_presence_draw(spil_presence *presence, size_t b);
/* Nothing differs between draws. */
bool spil_presence_certain(const spil_presence *presence);

/* Is this member in the largest part? */
bool spil_presence_in(const spil_presence *presence, uint32_t local);
/* Is x still in what remains when v is taken out: the largest part of what v leaves behind of the
 * largest part (ties: with the smallest vertex)? v itself is not. When v is not in it, nothing
 * changes. */
bool spil_presence_stays(const spil_presence *presence, uint32_t x, uint32_t v);
/* Makes the case that every edge is there the one that the questions are about. */
void spil_presence_every(spil_presence *presence);
/* Who is in what remains when all of gone (a byte a member) are taken out: the largest piece of
 * what they leave behind of the largest part (ties: with the smallest vertex). in: a byte a member.
 */
void spil_presence_without(spil_presence *presence, const uint8_t *gone, uint8_t *in);
/* Members v of the largest part whose going takes any of the marked members (mark: a byte a member)
 * with it, other than v itself: out holds count of the caller. Returns how many, ascending. */
size_t spil_presence_holders(const spil_presence *presence, const uint8_t *mark, uint32_t *out);

/* Place of v among count members in ascending order: the first not below it. */
uint32_t spil_member_place(const spil_vid *member, size_t count, spil_vid v);

#endif
