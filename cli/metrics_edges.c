/* metrics_edges.c - see metrics_edges.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/metrics_edges.h"

#include "engine/base/mem.h"
#include "engine/metrics/edge_betweenness.h"
#include "engine/metrics/lengths.h"

#include <stdlib.h>

typedef struct ranked {
    double value;
    uint32_t edge;
} ranked;

static int compare(const void *a, const void *b)
{
    const ranked *const x = a, *const y = b;
    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

static spil_status fill(spil_table **out, const spil_facts *facts, const spil_network *network,
                        const ranked *order, const spil_edge_values *values, uint64_t top,
                        spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "from"},
        {.name = "from_name", .label = "name", .shown = SPIL_SHOWN_PEOPLE},
        {.name = "to"},
        {.name = "to_name", .label = "name", .shown = SPIL_SHOWN_PEOPLE},
        {.name = "betweenness", .kind = SPIL_COLUMN_REAL},
        {.name = "bridge"},
        {.name = "block", .kind = SPIL_COLUMN_WHOLE},
    };
    const spil_status rc = spil_table_new(out, columns, sizeof columns / sizeof *columns, err);
    for (uint64_t i = 0; rc == SPIL_OK && i < network->csr->m && (top == 0 || i < top); i++) {
        const uint32_t e = order[i].edge;
        const spil_entity *const from = &facts->entities[network->entity[network->edge_from[e]]];
        const spil_entity *const to = &facts->entities[network->entity[network->edge_to[e]]];
        spil_table_row(*out);
        spil_table_text(*out, from->key);
        spil_table_text(*out, spil_entity_name(from));
        spil_table_text(*out, to->key);
        spil_table_text(*out, spil_entity_name(to));
        spil_table_number(*out, values->betweenness[e]);
        spil_table_text(*out, values->bridge[e] ? "yes" : "no");
        spil_table_number(*out, values->block[e]);
    }
    return rc;
}

/* By weight a link is 1/weight long; bridges and blocks are the same. */
static spil_status compute(const spil_csr *g, bool weighted, double most,
                           const spil_edge_values *values, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *length = NULL;
    if (!weighted)
        return spil_edge_values_compute(g, spil_meter(), values, err);
    TRY(spil_lengths_of_weights(&length, g, most, "betweenness of links", err));
    TRY(spil_lengths_betweenness(g, length, spil_meter(), NULL, values->betweenness, err));
    rc = spil_edge_values_compute(g, NULL, &(spil_edge_values){NULL, values->block, values->bridge},
                                  err);
done:
    spil_free(length);
    return rc;
}

spil_status spil_show_edges(const spil_facts *facts, const spil_network *network, bool weighted,
                            double most, uint64_t top, spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_eid m = network->csr->m;
    spil_edge_values values = {NULL, NULL, NULL};
    ranked *order = NULL;
    spil_table *table = NULL;
    TRY(NEW_ARRAY(values.betweenness, m, err));
    TRY(NEW_ARRAY(values.block, m, err));
    TRY(NEW_ARRAY(values.bridge, m, err));
    TRY(NEW_ARRAY(order, m, err));
    TRY(compute(network->csr, weighted, most, &values, err));
    for (spil_eid e = 0; e < m; e++)
        order[e] = (ranked){values.betweenness[e], (uint32_t)e};
    qsort(order, m, sizeof *order, compare);
    TRY(fill(&table, facts, network, order, &values, top, err));
    TRY(spil_show_table(table, format, "metrics",
                        weighted ? "\"edges\": \"betweenness\", \"weighted\": true"
                                 : "\"edges\": \"betweenness\", \"weighted\": false",
                        err));
    if (format == SPIL_FORMAT_TABLE && top && m > top)
        spil_note("%llu of %llu links; --top 0 shows all", (unsigned long long)top,
                  (unsigned long long)m);
done:
    spil_table_free(table);
    spil_free(order);
    spil_free(values.betweenness);
    spil_free(values.block);
    spil_free(values.bridge);
    return rc;
}
