/* scripts_inside.h - what the files that read a crime script share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BARRIERS_SCRIPTS_INSIDE_H
#define SPIL_BARRIERS_SCRIPTS_INSIDE_H

#include "engine/barriers/scripts.h"

#include <jansson.h>

enum { SPIL_SCRIPT_ID = 40, SPIL_SCRIPT_IDS = SPIL_MODEL_ITEMS_MOST };

typedef struct spil_script_reader {
    const json_t *root;
    const char *path;
    spil_str *out, *notes;
} spil_script_reader;

/* Ids given out in one list. */
typedef struct spil_script_ids {
    char text[SPIL_SCRIPT_IDS][SPIL_SCRIPT_ID + 8];
    size_t count;
} spil_script_ids;

/* scripts_words.c: a text of the item, "" when it has none; its label, or its id. */
const char *spil_script_text(const json_t *item, const char *key);
const char *spil_script_label(const json_t *item);
/* The text of a model file that the part carries; "" when it has none. */
const char *spil_script_carried(const json_t *item);
/* Letters and digits of the label in lower case, all else as one '_': "Ken uw klant" is
 * "ken_uw_klant". out: SPIL_SCRIPT_ID + 1. */
void spil_script_slug(char *out, const char *label);
/* A slug that the list has not yet; NULL when the list is full. */
const char *spil_script_id(spil_script_ids *taken, const char *label);
/* name: {nl: label, en: label} */
void spil_script_names(spil_str *out, const char *label);
/* The item of the list with this id, or NULL. */
const json_t *spil_script_find(const json_t *list, const char *id);

/* scripts_step.c: an act as a step of the file; group: of which it is one way, or NULL. */
void spil_script_step(const spil_script_reader *r, spil_script_ids *taken, const json_t *act,
                      const char *group);

#endif
