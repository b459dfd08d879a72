/* graphs.c - see graphs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/graphs.h"

#include "engine/base/rng.h"
#include "engine/base/vec.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>

typedef struct maker {
    spil_rng rng;
    SPIL_VEC(spil_arc) arcs;
    spil_vid persons, addresses, companies;
} maker;

static double unit(maker *m)
{
    return spil_rng_unit(&m->rng);
}

static spil_vid any(maker *m, spil_vid count)
{
    return (spil_vid)spil_rng_below(&m->rng, count);
}

/* 0..count-1, low numbers far more often: a Pareto law with this exponent, cut off at count. */
static spil_vid popular(maker *m, spil_vid count, double exponent)
{
    const double cut = 1 - pow(count, 1 - exponent);
    const double x = pow(1 - unit(m) * cut, 1 / (1 - exponent)) - 1;
    return x >= count ? count - 1 : (spil_vid)x;
}

static spil_status link(maker *m, spil_vid from, spil_vid to, spil_err *err)
{
    return from == to ? SPIL_OK : VEC_PUSH(m->arcs, ((spil_arc){from, to, 1}), err);
}

static spil_status house(maker *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (spil_vid p = 0; p < m->persons; p++) {
        const spil_vid at = unit(m) < 0.9 ? any(m, m->addresses) : popular(m, m->addresses, 1.6);
        TRY(link(m, p, m->persons + at, err));
        if (unit(m) < 0.12)
            TRY(link(m, p, m->persons + any(m, m->addresses), err));
    }
done:
    return rc;
}

static spil_status found_companies(maker *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid first = m->persons + m->addresses;
    for (spil_vid c = 0; c < m->companies; c++) {
        const spil_vid at = unit(m) < 0.7 ? any(m, m->addresses) : popular(m, m->addresses, 1.5);
        const int directors = 1 + (int)(unit(m) * unit(m) * 4);
        TRY(link(m, first + c, m->persons + at, err));
        for (int d = 0; d < directors; d++)
            TRY(link(m, first + c, unit(m) < 0.8 ? any(m, m->persons) : popular(m, m->persons, 1.7),
                     err));
        if (unit(m) < 0.1)
            TRY(link(m, first + c, first + any(m, m->companies), err));
    }
done:
    return rc;
}

static spil_status form_groups(maker *m, size_t links, spil_err *err)
{
    spil_status rc = SPIL_OK;
    while (m->arcs.count < links) {
        const spil_vid size = 5 + (spil_vid)(45 * unit(m) * unit(m));
        const spil_vid first = any(m, m->persons - 60);
        const int inner = (int)(size * (2 + 3 * unit(m)));
        for (int i = 0; i < inner && m->arcs.count < links; i++)
            TRY(link(m, first + any(m, size), first + any(m, size), err));
        if (unit(m) < 0.5)
            TRY(link(m, first, any(m, m->persons), err));
    }
done:
    return rc;
}

spil_status bench_graph(spil_csr **out, spil_vid n, double links_per_vertex, uint64_t seed,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    maker m = {.rng = spil_rng_stream(seed, n)};
    m.persons = (spil_vid)(0.55 * n);
    m.addresses = (spil_vid)(0.30 * n);
    m.companies = n - m.persons - m.addresses;
    TRY(house(&m, err));
    TRY(found_companies(&m, err));
    TRY(form_groups(&m, (size_t)(n * links_per_vertex), err));
    TRY(spil_csr_build(out, n, m.arcs.items, m.arcs.count, 0, err));
done:
    spil_free(m.arcs.items);
    return rc;
}

spil_status bench_graph_read(spil_csr **out, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    SPIL_VEC(spil_arc) arcs = {0};
    spil_vid n = 0;
    unsigned from = 0, to = 0;
    FILE *const file = fopen(path, "r");
    if (!file)
        return spil_fail_io(err, errno, path);
    while (fscanf(file, "%u %u", &from, &to) == 2) {
        TRY(VEC_PUSH(arcs, ((spil_arc){from, to, 1}), err));
        n = from >= n ? from + 1 : n;
        n = to >= n ? to + 1 : n;
    }
    TRY(spil_csr_build(out, n, arcs.items, arcs.count, 0, err));
done:
    fclose(file);
    spil_free(arcs.items);
    return rc;
}
