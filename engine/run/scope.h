/* scope.h - communities that somebody states instead of a method that finds them: a list of
 * entities, or everything within so many links of them. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     P1 P4      within 0: community {P1, P4}
 *     P1         within 2: P1, all linked to it, and all linked to those
 *
 * Several communities grow at once, link by link; an entity goes to the one that is nearest, of
 * equals to the first in order of their names. Who is in none is not scored.
 */
#ifndef SPIL_RUN_SCOPE_H
#define SPIL_RUN_SCOPE_H

#include "engine/base/str.h"
#include "engine/communities/community.h"
#include "engine/graph/network.h"

typedef struct spil_scope_member {
    const char *key, *community; /* community: its name, "" when there is one */
    const char *where;           /* "--members" or "list.csv:12", for messages */
} spil_scope_member;

typedef struct spil_scope spil_scope;

/* Texts are copied. */
spil_status spil_scope_new(spil_scope **out, unsigned within, spil_err *err) SPIL_CHECKED;
void spil_scope_free(spil_scope *scope);
spil_status spil_scope_add(spil_scope *scope, const spil_scope_member *row,
                           spil_err *err) SPIL_CHECKED;

/* Puts the rows in order; after the last of them. */
void spil_scope_finish(spil_scope *scope);

/* SPIL_NOT_FOUND when a key is not in the facts, SPIL_INPUT when it is of a kind that is not
 * analysed or stands in two communities; the text begins with `where`. O(members log members +
 * vertices + edges). */
spil_status spil_scope_communities(spil_communities **out, const spil_scope *scope,
                                   const spil_facts *facts, const spil_network *network,
                                   spil_err *err) SPIL_CHECKED;
/* Appends ", \"within\": 2, \"members\": [[\"P1\", \"P4\"]]": the same for any order of adding. */
void spil_scope_write(const spil_scope *scope, spil_str *out);

#endif
