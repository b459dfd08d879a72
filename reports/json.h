/* json.h - the parts of result.json, as jansson values.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each returns a new value, or NULL when memory ran out (json_pack passes that on). Keys stand in
 * the order written here, numbers are written with 12 digits, what is no number is null. Names of a
 * model, partner or kind come in both languages, so result.json is the same in every language.
 * What a terminal would obey or what turns the line is written as an escape.
 * Schema: docs/result.schema.json.
 */
#ifndef SPIL_REPORTS_JSON_H
#define SPIL_REPORTS_JSON_H

#include "reports/report.h"

#include <jansson.h>

json_t *spil_json_text(const char *text); /* broken UTF-8 becomes U+FFFD */
json_t *spil_json_real(double value);     /* null for NaN and the endless */
json_t *spil_json_day(spil_day day);      /* "2025-03-01" or null */
json_t *spil_json_names(spil_names names);
json_t *spil_json_spread(const spil_spread *spread);
json_t *spil_json_origin(const spil_result *result, spil_origin origin);
json_t *spil_json_count(uint64_t count);
/* Takes item and adds `learned_from` to it; NULL: nothing to add. */
json_t *spil_json_learned(json_t *item, const char *learned);
/* out becomes an array of `count` items, item written in terms of i; or NULL. */
#define JSON_ARRAY(out, count, item)                                                               \
    do {                                                                                           \
        (out) = json_array();                                                                      \
        for (size_t i = 0; (out) && i < (count); i++)                                              \
            if (!spil_json_push((out), (item))) {                                                  \
                json_decref(out);                                                                  \
                (out) = NULL;                                                                      \
            }                                                                                      \
    } while (0)
/* false when item is NULL or memory ran out; takes item. */
bool spil_json_push(json_t *array, json_t *item);

json_t *spil_json_run(const spil_result *result);
json_t *spil_json_sources(const spil_result *result);
json_t *spil_json_communities(const spil_result *result);
json_t *spil_json_targets(const spil_result *result);

/* Takes value (NULL: SPIL_NO_MEMORY) and appends its text and a newline. */
spil_status spil_json_write(json_t *value, spil_str *out, spil_err *err) SPIL_CHECKED;

#endif
