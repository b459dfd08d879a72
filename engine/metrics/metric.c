/* metric.c - the registry: metrics.def declares the metrics and fills the table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/metric.h"

#include <string.h>

#define X(name) extern const spil_metric spil_metric_##name;
#include "engine/metrics/metrics.def"
#undef X

const spil_metric *const spil_metrics[] = {
#define X(name) &spil_metric_##name,
#include "engine/metrics/metrics.def"
#undef X
};

const size_t spil_metric_count = sizeof spil_metrics / sizeof spil_metrics[0];

const spil_metric *spil_metric_find(const char *name)
{
    for (size_t i = 0; i < spil_metric_count; i++)
        if (strcmp(spil_metrics[i]->name, name) == 0)
            return spil_metrics[i];
    return NULL;
}
