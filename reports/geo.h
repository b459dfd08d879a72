/* geo.h - recorded coordinates of an entity, and a small map of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Coordinates are those that a file states, never looked up from an address: the attributes lat and
 * lon (or latitude and longitude) in degrees, or rd_x and rd_y (or x_rd and y_rd) in metres of the
 * Dutch national grid (Rijksdriehoeksmeting).
 */
#ifndef SPIL_REPORTS_GEO_H
#define SPIL_REPORTS_GEO_H

#include "engine/run/result.h"

typedef struct spil_geo {
    double lat, lon; /* degrees, WGS84 */
} spil_geo;

/* False when the entity has no pair of numbers within range. Merged records: the first pair. */
bool spil_geo_of(const spil_result *result, uint32_t entity, spil_geo *out);

/* Metres of the Dutch grid to degrees: the approximation of Schreutelkamp & Strang van Hees
 * (Benaderingsformules voor de transformatie tussen RD- en WGS84-kaartcoordinaten, Geodesia 2001),
 * good to some decimetres within the Netherlands. */
spil_geo spil_geo_from_rd(double x, double y);

/* The largest of 1, 2, 5 times a power of ten that is no more than most (> 0). */
double spil_geo_round_down(double most);

#endif
