/* record_inside.h - the second half of reading records. See record.h. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_RESOLUTION_RECORD_INSIDE_H
#define SPIL_RESOLUTION_RECORD_INSIDE_H

#include "engine/resolution/record.h"

/* Addresses and acquaintances of all records, and how many there share a surname. own: a record's
 * own address as a word, 0: none. */
spil_status spil_records_surround(spil_records *records, const spil_reading *reading,
                                  const uint32_t *own, spil_err *err) SPIL_CHECKED;

#endif
