/* suggest.h - the nearest name to a mistyped one. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     spil_suggestion near = spil_suggest_for("metrcis");
 *     for (each name) spil_suggest_weigh(&near, name);
 *     near.best                    // "metrics"; NULL when nothing comes near
 *
 * Near: at most a third of its letters, and at most three, inserted, dropped, replaced or swapped
 * with a neighbour (optimal string alignment); or the typed text begins the name.
 */
#ifndef SPIL_CLI_SUGGEST_H
#define SPIL_CLI_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

typedef struct spil_suggestion {
    const char *typed;
    const char *best; /* borrowed */
    size_t distance;
} spil_suggestion;

spil_suggestion spil_suggest_for(const char *typed);
void spil_suggest_weigh(spil_suggestion *suggestion, const char *name);

#endif
