/* json_intake.h - JSON objects on their way into the store: what the loaders of JSON share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Objects refer to each other in any order, so a file is gone through twice: first all that makes
 * entities, then all that links them. Fields whose name is a trait (traits.h) are taken out of the
 * object, at any depth, before a loader sees it, and counted.
 */
#ifndef SPIL_LOADERS_JSON_INTAKE_H
#define SPIL_LOADERS_JSON_INTAKE_H

#include "loaders/intake.h"

#include <jansson.h>

typedef enum spil_pass { SPIL_PASS_LOOK, SPIL_PASS_ENTITIES, SPIL_PASS_LINKS } spil_pass;

/* One object. The loader may take fields out of it. A complaint rejects the object, in the pass in
 * which it is made; row has its line. */
typedef spil_status (*spil_json_fn)(spil_intake *intake, const spil_row *row, json_t *object,
                                    spil_pass pass, void *user, spil_err *err);
/* Both passes: entities, links. */
spil_status spil_intake_each_json(spil_intake *intake, spil_json_fn take, void *user,
                                  spil_err *err) SPIL_CHECKED;
/* The same, and before them a look at all objects in which nothing is written or complained of.
 * begin is called before each pass. */
spil_status spil_intake_look_json(spil_intake *intake, spil_json_fn take, void (*begin)(void *user),
                                  void *user, spil_err *err) SPIL_CHECKED;

/* The first object of the file's head, for recognise: NULL when it is not whole or none. Decref. */
json_t *spil_json_head(const spil_header *header);

/* Takes the field out of the object; in the first pass it is counted as dropped. */
spil_status spil_json_drop(spil_intake *intake, json_t *object, const char *field,
                           const char *reason, bool trait, spil_pass pass,
                           spil_err *err) SPIL_CHECKED;

/* A text of the object, or NULL where it is missing, empty or something else. */
const char *spil_json_string(const json_t *object, const char *field);
/* The value of a field as text: a string as it is, a number or truth as it would be written, "" for
 * all else. room is used for those. */
const char *spil_json_plain(const json_t *value, char room[32]);

/* What was found where something else was expected: "an array found". NULL: nothing. */
const char *spil_json_found(const json_t *value);

/* Checks with a complaint where they fail (false), as those of intake.h. A missing date leaves *out
 * as it was; 2024 and 2024-05 are the first day of it. */
bool spil_intake_json_key(spil_intake *intake, const char *field, const char *text);
bool spil_intake_json_text(spil_intake *intake, const char *field, const char *text);
bool spil_intake_json_day(spil_intake *intake, const char *field, const char *text, spil_day *out);

#endif
