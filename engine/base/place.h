/* place.h - where the files lie that come with the program. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_BASE_PLACE_H
#define SPIL_BASE_PLACE_H

#include "engine/base/err.h"

/* The folder <name> of the data: what the environment variable says, else datasets/<name> beside
 * the program's folder or one of its parents, else where it is installed. Caller: spil_free. */
spil_status spil_place_of_data(char **out, const char *variable, const char *name,
                               spil_err *err) SPIL_CHECKED;

#endif
