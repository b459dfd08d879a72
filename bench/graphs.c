/* graphs.c - see graphs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/graphs.h"

#include "engine/base/mem.h"
#include "engine/base/rng.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- made-up links, one after another: a little machine that is set back and run again ---- */

typedef enum stage { HOUSE, FOUND, FORM, DONE } stage;

typedef struct maker {
    spil_rng rng;
    uint64_t seed;
    spil_vid n, persons, addresses, companies;
    size_t wanted, given; /* links in all; so far */
    stage stage;
    spil_vid at;          /* person or company whose turn it is */
    spil_vid first, size; /* of the group at hand */
    int inner;            /* links that it still gets */
    bool outside;         /* and then one to anywhere */
    spil_arc queue[8];    /* links made and not yet given */
    unsigned queued, next;
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

static void link(maker *m, spil_vid from, spil_vid to)
{
    if (from != to)
        m->queue[m->queued++] = (spil_arc){from, to, 1};
}

static void house(maker *m)
{
    const spil_vid p = m->at++;
    const spil_vid at = unit(m) < 0.9 ? any(m, m->addresses) : popular(m, m->addresses, 1.6);
    link(m, p, m->persons + at);
    if (unit(m) < 0.12)
        link(m, p, m->persons + any(m, m->addresses));
}

static void found_company(maker *m)
{
    const spil_vid first = m->persons + m->addresses, c = m->at++;
    const spil_vid at = unit(m) < 0.7 ? any(m, m->addresses) : popular(m, m->addresses, 1.5);
    const double some = unit(m), more = unit(m);
    const int directors = 1 + (int)(some * more * 4);
    link(m, first + c, m->persons + at);
    for (int d = 0; d < directors; d++)
        link(m, first + c, unit(m) < 0.8 ? any(m, m->persons) : popular(m, m->persons, 1.7));
    if (unit(m) < 0.1)
        link(m, first + c, first + any(m, m->companies));
}

static void begin_group(maker *m)
{
    const double some = unit(m), more = unit(m);
    m->size = 5 + (spil_vid)(45 * some * more);
    m->first = any(m, m->persons - 60);
    m->inner = (int)(m->size * (2 + 3 * unit(m)));
    m->outside = true;
}

static void form_group(maker *m)
{
    if (m->inner == 0 && !m->outside)
        begin_group(m);
    if (m->inner > 0) {
        const spil_vid a = any(m, m->size), b = any(m, m->size);
        m->inner--;
        link(m, m->first + a, m->first + b);
    } else {
        m->outside = false;
        if (unit(m) < 0.5)
            link(m, m->first, any(m, m->persons));
    }
}

static void make_some(maker *m)
{
    if (m->stage == HOUSE && m->at == m->persons) {
        m->stage = FOUND;
        m->at = 0;
    }
    if (m->stage == FOUND && m->at == m->companies)
        m->stage = FORM;
    if (m->stage == FORM && m->given >= m->wanted)
        m->stage = DONE;
    if (m->stage == HOUSE)
        house(m);
    else if (m->stage == FOUND)
        found_company(m);
    else if (m->stage == FORM)
        form_group(m);
}

static spil_status maker_rewind(void *user, spil_err *err)
{
    maker *const m = user;
    (void)err;
    m->rng = spil_rng_stream(m->seed, m->n);
    m->stage = HOUSE;
    m->given = 0;
    m->at = 0;
    m->inner = 0;
    m->outside = false;
    m->queued = m->next = 0;
    return SPIL_OK;
}

static bool maker_next(void *user, spil_arc *arc)
{
    maker *const m = user;
    while (m->next == m->queued && m->stage != DONE) {
        m->next = m->queued = 0;
        make_some(m);
    }
    if (m->next == m->queued)
        return false;
    *arc = m->queue[m->next++];
    m->given++;
    return true;
}

static maker maker_of(spil_vid n, double links_per_vertex, uint64_t seed)
{
    maker m = {.seed = seed, .n = n, .wanted = (size_t)(n * links_per_vertex)};
    m.persons = (spil_vid)(0.55 * n);
    m.addresses = (spil_vid)(0.30 * n);
    m.companies = n - m.persons - m.addresses;
    return m;
}

spil_status bench_graph(spil_csr **out, spil_vid n, double links_per_vertex, uint64_t seed,
                        unsigned flags, spil_err *err)
{
    maker m = maker_of(n, links_per_vertex, seed);
    return spil_csr_build_from(out, n, &(spil_arc_source){maker_rewind, maker_next, &m}, flags,
                               err);
}

spil_status bench_graph_write(const char *path, spil_vid n, double links_per_vertex, uint64_t seed,
                              spil_err *err)
{
    maker m = maker_of(n, links_per_vertex, seed);
    spil_arc a;
    FILE *const file = fopen(path, "w");
    if (!file)
        return spil_fail_io(err, errno, path);
    spil_status rc = maker_rewind(&m, err);
    while (rc == SPIL_OK && maker_next(&m, &a))
        fprintf(file, "%u %u\n", a.from, a.to);
    return fclose(file) == 0 ? rc : spil_fail_io(err, errno, path);
}

/* ---- a to d ---- */

enum { FAMILY_PERSONS = 12000, FAMILY_ADDRESSES = 8000, LARGEST_FAMILY = 5, MOST_HOMES = 4 };

/* Links of one family, whose first member is first; their number. */
static size_t family(spil_rng *rng, spil_vid first, spil_vid size, spil_arc *arcs)
{
    spil_vid homes[MOST_HOMES];
    size_t count = 0;
    const unsigned shared = 1 + (unsigned)spil_rng_below(rng, MOST_HOMES - 1);
    for (unsigned h = 0; h < MOST_HOMES; h++)
        homes[h] = FAMILY_PERSONS + (spil_vid)spil_rng_below(rng, FAMILY_ADDRESSES);
    for (spil_vid p = first; p < first + size; p++) {
        for (unsigned h = 0; h < shared; h++)
            arcs[count++] = (spil_arc){p, homes[h], 1};
        if (spil_rng_below(rng, 7) == 0)
            arcs[count++] =
                (spil_arc){p, FAMILY_PERSONS + (spil_vid)spil_rng_below(rng, FAMILY_ADDRESSES), 1};
    }
    return count;
}

static spil_status families(spil_csr **out, unsigned flags, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_rng rng = spil_rng_stream(1, FAMILY_PERSONS);
    spil_arc *arcs = NULL;
    size_t count = 0;
    spil_vid first = 0;
    TRY(NEW_ARRAY(arcs, (size_t)FAMILY_PERSONS * MOST_HOMES, err));
    while (first < FAMILY_PERSONS) {
        spil_vid size = 1 + (spil_vid)spil_rng_below(&rng, LARGEST_FAMILY);
        size = size < FAMILY_PERSONS - first ? size : FAMILY_PERSONS - first;
        count += family(&rng, first, size, arcs + count);
        first += size;
    }
    TRY(spil_csr_build(out, FAMILY_PERSONS + FAMILY_ADDRESSES, arcs, count, flags, err));
done:
    spil_free(arcs);
    return rc;
}

spil_status bench_graph_of(spil_csr **out, int letter, unsigned flags, spil_err *err)
{
    static const spil_vid sizes[] = {20000, 200000, 1000000};
    return letter == 3 ? families(out, flags, err)
                       : bench_graph(out, sizes[letter], 5, 1, flags, err);
}

/* ---- from a file ---- */

typedef struct reader {
    FILE *file;
    const char *path;
} reader;

static bool read_number(FILE *file, spil_vid *out)
{
    int c = getc_unlocked(file);
    uint64_t x = 0;
    while (c == ' ' || c == '\n' || c == '\t' || c == '\r')
        c = getc_unlocked(file);
    if (c < '0' || c > '9')
        return false;
    for (; c >= '0' && c <= '9'; c = getc_unlocked(file))
        x = 10 * x + (uint64_t)(c - '0');
    *out = x < SPIL_NO_VERTEX ? (spil_vid)x : SPIL_NO_VERTEX;
    return true;
}

static bool reader_next(void *user, spil_arc *arc)
{
    const reader *const r = user;
    arc->weight = 1;
    return read_number(r->file, &arc->from) && read_number(r->file, &arc->to);
}

static spil_status reader_rewind(void *user, spil_err *err)
{
    const reader *const r = user;
    return fseek(r->file, 0, SEEK_SET) == 0 ? SPIL_OK : spil_fail_io(err, errno, r->path);
}

spil_status bench_graph_read(spil_csr **out, const char *path, unsigned flags, spil_err *err)
{
    spil_status rc = SPIL_OK;
    reader r = {fopen(path, "r"), path};
    spil_arc a;
    spil_vid n = 0;
    if (!r.file)
        return spil_fail_io(err, errno, path);
    while (reader_next(&r, &a)) {
        n = a.from >= n ? a.from + 1 : n;
        n = a.to >= n ? a.to + 1 : n;
    }
    rc =
        spil_csr_build_from(out, n, &(spil_arc_source){reader_rewind, reader_next, &r}, flags, err);
    fclose(r.file);
    return rc;
}

spil_status bench_graph_pairs(const spil_csr *g, const char *path, spil_err *err)
{
    FILE *const file = fopen(path, "wb");
    size_t written = 0;
    if (!file)
        return spil_fail_io(err, errno, path);
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (v < g->col[i])
                written += fwrite((spil_vid[]){v, g->col[i]}, sizeof(spil_vid), 2, file);
    return fclose(file) == 0 && written == 2 * g->m ? SPIL_OK : spil_fail_io(err, errno, path);
}
