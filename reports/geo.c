/* geo.c - see geo.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/geo.h"

#include "engine/base/text.h"

#include <math.h>
#include <string.h>

/* ---- the Dutch grid ---- */

typedef struct term {
    int p, q; /* powers of x and y */
    double seconds;
} term;

static const term north[] = {
    {0, 1, 3235.65389}, {2, 0, -32.58297}, {0, 2, -0.24750}, {2, 1, -0.84978},
    {0, 3, -0.06550},   {2, 2, -0.01709},  {1, 0, -0.00738}, {4, 0, 0.00530},
    {2, 3, -0.00039},   {4, 1, 0.00033},   {1, 1, -0.00012},
};
static const term east[] = {
    {1, 0, 5260.52916}, {1, 1, 105.94684}, {1, 2, 2.45656},  {3, 0, -0.81885},
    {1, 3, 0.05594},    {3, 1, -0.05607},  {0, 1, 0.01199},  {3, 2, -0.00256},
    {1, 4, 0.00128},    {0, 2, 0.00022},   {2, 0, -0.00022}, {5, 0, 0.00026},
};

static double sum_of(const term *terms, size_t count, double x, double y)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += terms[i].seconds * pow(x, terms[i].p) * pow(y, terms[i].q);
    return sum;
}

spil_geo spil_geo_from_rd(double x, double y)
{
    const double dx = (x - 155000.0) * 1e-5, dy = (y - 463000.0) * 1e-5;
    return (spil_geo){
        .lat = 52.15517440 + sum_of(north, sizeof north / sizeof *north, dx, dy) / 3600.0,
        .lon = 5.38720621 + sum_of(east, sizeof east / sizeof *east, dx, dy) / 3600.0};
}

/* ---- what is recorded ---- */

typedef struct pair {
    const char *first, *second;
    bool grid;
    double low[2], high[2];
} pair;

/* The grid is used where it is defined: the Netherlands. */
static const pair pairs[] = {
    {"lat", "lon", false, {-90, -180}, {90, 180}},
    {"latitude", "longitude", false, {-90, -180}, {90, 180}},
    {"rd_x", "rd_y", true, {-7000, 289000}, {300000, 629000}},
    {"x_rd", "y_rd", true, {-7000, 289000}, {300000, 629000}},
};

/* The first row of the entity with that name that holds a number within range. */
static bool find(const spil_result *r, size_t begin, size_t end, const char *name, double low,
                 double high, double *out)
{
    for (size_t i = begin; i < end; i++)
        if (strcmp(r->recorded_attributes[i].name, name) == 0 &&
            spil_parse_double(r->recorded_attributes[i].value, out) && *out >= low && *out <= high)
            return true;
    return false;
}

bool spil_geo_of(const spil_result *result, uint32_t entity, spil_geo *out)
{
    size_t begin = 0, end = result->recorded_attribute_count; /* rows are by entity */
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (result->recorded_attributes[middle].entity < entity)
            begin = middle + 1;
        else
            end = middle;
    }
    for (end = begin; end < result->recorded_attribute_count &&
                      result->recorded_attributes[end].entity == entity;)
        end++;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double first, second;
        if (!find(result, begin, end, pairs[i].first, pairs[i].low[0], pairs[i].high[0], &first) ||
            !find(result, begin, end, pairs[i].second, pairs[i].low[1], pairs[i].high[1], &second))
            continue;
        *out = pairs[i].grid ? spil_geo_from_rd(first, second) : (spil_geo){first, second};
        return true;
    }
    return false;
}

double spil_geo_round_down(double most)
{
    const double power = pow(10, floor(log10(most))), head = most / power;
    return power * (head >= 5 ? 5 : head >= 2 ? 2 : 1);
}
