/* shrinking.c - see shrinking.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/shrinking.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/progress.h"

#include <stdatomic.h>
#include <string.h>

enum { APART = SPIL_SHRINKING_APART, LEVELS = SPIL_SHRINKING_FARTHEST + 2, STRIDE = 64 };

/* ---- making ---- */

static bool is_leaf(const spil_csr *g, spil_vid v)
{
    if (spil_degree(g, v) != 1)
        return false;
    const spil_vid u = g->col[g->row[v]];
    return spil_degree(g, u) > 1 || u < v;
}

static void fill_core(spil_shrinking *net, const spil_csr *g)
{
    for (spil_vid v = 0; v < g->n; v++)
        if (!is_leaf(g, v)) {
            net->place[v] = net->n;
            net->name[net->n++] = v;
        }
    for (spil_vid v = 0; v < g->n; v++)
        if (is_leaf(g, v))
            net->place[v] = net->place[g->col[g->row[v]]];
    for (spil_vid v = 0; v < g->n; v++)
        net->mass[net->place[v]]++;
    for (spil_vid x = 0; x < net->n; x++) {
        const spil_vid v = net->name[x];
        net->row[x] = net->entries;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (!is_leaf(g, g->col[i]))
                net->col[net->entries++] = net->place[g->col[i]];
        net->degree[x] = (spil_vid)(net->entries - net->row[x]);
    }
}

/* False when it comes to a distance that is too long. queue: n. */
static bool measure(const spil_shrinking *net, spil_vid s, spil_vid *queue)
{
    uint8_t *const far = spil_shrinking_far(net, s);
    spil_vid end = 1;
    memset(far, APART, net->stride);
    queue[0] = s;
    far[s] = 0;
    for (spil_vid at = 0; at < end; at++) {
        const spil_vid x = queue[at];
        const spil_vid *const col = net->col + net->row[x];
        for (spil_vid i = 0; i < net->degree[x]; i++)
            if (far[col[i]] == APART) {
                far[col[i]] = (uint8_t)(far[x] + 1);
                queue[end++] = col[i];
            }
        if (far[x] > SPIL_SHRINKING_FARTHEST)
            return false;
    }
    return true;
}

static spil_status measure_all(spil_shrinking *net, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *queues = NULL;
    atomic_bool good = true;
    TRY(NEW_ARRAY(queues, (size_t)spil_par_threads() * net->n, err));
#pragma omp parallel for default(none) shared(net, queues, good) schedule(dynamic, 64)
    for (spil_vid s = 0; s < net->n; s++)
        if (atomic_load(&good) && !spil_stop_requested() &&
            !measure(net, s, queues + (size_t)spil_par_thread() * net->n))
            atomic_store(&good, false);
    TRY(spil_check_stop(err));
    if (!atomic_load(&good))
        rc = spil_fail(err, SPIL_LIMIT, "a distance of more than %d", SPIL_SHRINKING_FARTHEST);
done:
    spil_free(queues);
    return rc;
}

spil_status spil_shrinking_new(spil_shrinking **out, const spil_csr *g, size_t most, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_shrinking *net = NULL;
    TRY(NEW(net, err));
    net->whole = g->n;
    TRY(NEW_ARRAY(net->place, g->n, err));
    TRY(NEW_ARRAY(net->name, g->n, err));
    TRY(NEW_ARRAY(net->row, g->n, err));
    TRY(NEW_ARRAY(net->degree, g->n, err));
    TRY(NEW_ARRAY(net->mass, g->n, err));
    TRY(NEW_ARRAY(net->col, 2 * g->m, err));
    fill_core(net, g);
    net->stride = ((size_t)net->n + STRIDE - 1) / STRIDE * STRIDE;
    if (net->stride > 0 && net->n > most / net->stride) {
        rc = spil_fail(err, SPIL_LIMIT, "distances between %u vertices take too much room", net->n);
        goto done;
    }
    TRY(NEW_ARRAY(net->far, net->n * net->stride, err));
    TRY(measure_all(net, err));
    *out = net;
    net = NULL;
done:
    spil_shrinking_free(net);
    return rc;
}

void spil_shrinking_free(spil_shrinking *net)
{
    if (!net)
        return;
    spil_free(net->place);
    spil_free(net->name);
    spil_free(net->row);
    spil_free(net->degree);
    spil_free(net->mass);
    spil_free(net->col);
    spil_free(net->far);
    spil_free(net);
}

/* ---- who is beyond v ---- */

/* Bytes of a and b that are equal: 0x80 each, the others 0. */
static uint64_t equal_bytes(uint64_t a, uint64_t b)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f), x = a ^ b;
    return ~(((x & low) + low) | x | low);
}

static uint64_t load(const uint8_t *from)
{
    uint64_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

/* No two distances add up to APART, and APART + far(s, v) wraps to less than far(s, v), so one that
 * is APART from both is never met. */
spil_vid spil_shrinking_beyond(const spil_shrinking *net, spil_vid s, spil_vid v, spil_vid *list)
{
    const uint8_t *const of_s = spil_shrinking_far(net, s), *const of_v =
                                                                spil_shrinking_far(net, v);
    const uint8_t between = of_s[v];
    spil_vid count = 0;
    for (size_t begin = 0; begin < net->stride; begin += STRIDE) {
        uint8_t sum[STRIDE], any = 0;
        for (unsigned k = 0; k < STRIDE; k++) {
            sum[k] = (uint8_t)(of_v[begin + k] + between);
            any |= (uint8_t)(sum[k] == of_s[begin + k]);
        }
        for (unsigned word = 0; any && word < STRIDE; word += 8) {
            uint64_t hit = equal_bytes(load(sum + word), load(of_s + begin + word));
            for (; hit; hit &= hit - 1)
                list[count++] = (spil_vid)(begin + word) + (spil_vid)__builtin_ctzll(hit) / 8;
        }
    }
    spil_vid kept = 0;
    for (spil_vid i = 0; i < count; i++)
        if (list[i] != v)
            list[kept++] = list[i];
    return kept;
}

/* ---- moving a row ---- */

typedef struct waiting {
    spil_vid vertex;
    uint32_t next; /* 1 + place of the next at this level; 0: none */
} waiting;

struct spil_mover {
    waiting *list;          /* n + entries */
    uint32_t first[LEVELS]; /* as waiting.next; 0 between calls */
    uint8_t *offered;       /* n: least distance so far; APART between calls */
    spil_vid *cut;          /* n */
};

spil_status spil_mover_new(spil_mover **out, const spil_shrinking *net, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mover *m = NULL;
    TRY(NEW(m, err));
    TRY(NEW_ARRAY(m->list, net->n + net->entries, err));
    TRY(NEW_ARRAY(m->offered, net->n, err));
    memset(m->offered, APART, net->n);
    TRY(NEW_ARRAY(m->cut, net->n, err));
    *out = m;
    m = NULL;
done:
    spil_mover_free(m);
    return rc;
}

void spil_mover_free(spil_mover *mover)
{
    if (!mover)
        return;
    spil_free(mover->list);
    spil_free(mover->offered);
    spil_free(mover->cut);
    spil_free(mover);
}

static bool has_nearer(const spil_shrinking *net, const uint8_t *far, spil_vid t)
{
    const spil_vid *const col = net->col + net->row[t];
    const uint8_t nearer = (uint8_t)(far[t] - 1);
    for (spil_vid i = 0; i < net->degree[t]; i++)
        if (far[col[i]] == nearer)
            return true;
    return false;
}

/* Those whose distance grows, APART for the time being. */
static spil_vid cut_off(const spil_shrinking *net, spil_mover *m, uint8_t *far,
                        const spil_vid *beyond, spil_vid count)
{
    spil_vid cut = 0;
    uint32_t listed = 0;
    for (spil_vid i = count; i-- > 0;) {
        uint32_t *const first = &m->first[far[beyond[i]]];
        m->list[listed++] = (waiting){beyond[i], *first};
        *first = listed;
    }
    for (unsigned level = 0; level < LEVELS; level++) {
        for (uint32_t at = m->first[level]; at; at = m->list[at - 1].next) {
            const spil_vid t = m->list[at - 1].vertex;
            if (!has_nearer(net, far, t)) {
                far[t] = APART;
                m->cut[cut++] = t;
            }
        }
        m->first[level] = 0;
    }
    return cut;
}

static void offer(spil_mover *m, uint32_t *listed, spil_vid t, unsigned distance)
{
    m->offered[t] = (uint8_t)distance;
    m->list[(*listed)++] = (waiting){t, m->first[distance]};
    m->first[distance] = *listed;
}

/* v is APART in far by now, as are all that are cut; nobody else next to a cut one is. */
static bool reconnect(const spil_shrinking *net, spil_mover *m, uint8_t *far, spil_vid v,
                      spil_vid cut)
{
    uint32_t listed = 0;
    for (spil_vid i = 0; i < cut; i++) {
        const spil_vid t = m->cut[i], *const col = net->col + net->row[t];
        uint8_t least = APART;
        for (spil_vid k = 0; k < net->degree[t]; k++)
            if (far[col[k]] < least)
                least = far[col[k]];
        if (least != APART)
            offer(m, &listed, t, least + 1U);
    }
    for (unsigned level = 0; level < LEVELS - 1; level++) {
        for (uint32_t at = m->first[level]; at; at = m->list[at - 1].next) {
            const spil_vid t = m->list[at - 1].vertex, *const col = net->col + net->row[t];
            if (far[t] != APART)
                continue;
            far[t] = (uint8_t)level;
            for (spil_vid k = 0; k < net->degree[t]; k++) {
                const spil_vid u = col[k];
                if (far[u] == APART && u != v && m->offered[u] > level + 1)
                    offer(m, &listed, u, level + 1);
            }
        }
        m->first[level] = 0;
    }
    for (spil_vid i = 0; i < cut; i++)
        m->offered[m->cut[i]] = APART;
    const bool good = m->first[LEVELS - 1] == 0;
    m->first[LEVELS - 1] = 0;
    return good;
}

bool spil_shrinking_move(spil_shrinking *net, spil_mover *mover, spil_vid s, spil_vid v,
                         const spil_vid *beyond, spil_vid count, double *lost)
{
    uint8_t *const far = spil_shrinking_far(net, s);
    far[v] = APART;
    const spil_vid cut = cut_off(net, mover, far, beyond, count);
    const bool good = reconnect(net, mover, far, v, cut);
    *lost = 0;
    for (spil_vid i = 0; i < cut; i++)
        if (far[mover->cut[i]] == APART)
            *lost += net->mass[mover->cut[i]];
    return good;
}

/* ---- dropping ---- */

static void take_out(spil_shrinking *net, spil_vid from, spil_vid x)
{
    spil_vid *const col = net->col + net->row[from], at = 0;
    while (col[at] != x)
        at++;
    memmove(col + at, col + at + 1, (net->degree[from] - at - 1) * sizeof *col);
    net->degree[from]--;
}

static void forget(spil_shrinking *net, spil_vid x)
{
    for (spil_vid s = 0; s < net->n; s++)
        spil_shrinking_far(net, s)[x] = APART;
    memset(spil_shrinking_far(net, x), APART, net->stride);
    net->degree[x] = 0;
    net->mass[x] = 0;
}

void spil_shrinking_drop(spil_shrinking *net, spil_vid v, void (*folded)(void *user, spil_vid leaf),
                         void *user)
{
    const spil_vid *const col = net->col + net->row[v], count = net->degree[v];
    for (spil_vid i = 0; i < count; i++)
        take_out(net, col[i], v);
    forget(net, v);
    for (spil_vid i = 0; i < count; i++) {
        const spil_vid leaf = col[i];
        if (net->degree[leaf] != 1 || net->mass[leaf] > 1)
            continue;
        const spil_vid anchor = net->col[net->row[leaf]];
        take_out(net, anchor, leaf);
        forget(net, leaf);
        net->mass[anchor]++;
        net->place[net->name[leaf]] = anchor;
        folded(user, leaf);
    }
}
