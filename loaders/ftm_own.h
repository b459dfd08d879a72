/* ftm_own.h - what an export of Spil carries beside FollowTheMoney's own words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FollowTheMoney has no word for a role, a signal, a confidence, or the file that a value came
 * from. So each object of an export has a member "spil", which other programs pass over, and from
 * which Spil reads the whole of it again:
 *
 *     "spil": {"file": {"sha256": .., "path": .., "loader": .., "grade": .., "keep_until": .., ..}}
 *     "spil": {"entity": "person", "named": [{"label": .., "type": .., FROM}, ..],
 *              "attributes": [{"name": .., "value": .., FROM}, ..],
 *              "roles": [{"model": .., "step": .., "role": .., "confidence": 1, FROM}, ..],
 *              "signals": [{"code": .., "strength": 1, "confidence": 1, "date": .., FROM}, ..]}
 *     "spil": {"link": "owns", "from": .., "to": .., "type": .., "weight": 1, "confidence": 1,
 *              "since": .., "until": .., FROM}
 *     FROM: "source": digest of the file, "line": its line
 */
#ifndef SPIL_LOADERS_FTM_OWN_H
#define SPIL_LOADERS_FTM_OWN_H

#include "loaders/json_intake.h"

/* The object, which has a member "spil": files and entities in the first pass, links in the second.
 */
spil_status spil_ftm_take_own(spil_intake *intake, const spil_row *row, const json_t *object,
                              spil_pass pass, spil_err *err) SPIL_CHECKED;

#endif
