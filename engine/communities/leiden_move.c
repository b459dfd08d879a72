/* leiden_move.c - Leiden, first phase: nodes move to the community that gains most.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traag, Waltman & van Eck 2019, MoveNodesFast: a queue of nodes; a node that moves puts the
 * neighbours outside its new community back into the queue. Cost: O(links of the nodes that are
 * looked at), two to three times all links from the start, hardly more than once later on.
 *
 * Why it is fast. Time goes to cache misses: for each neighbour its label and the account of that
 * community. So nodes do not come in random order but in blocks of neighbouring numbers, the blocks
 * in random order: neighbours share cache lines, since numbers that are near each other tend to be
 * linked (in the levels above the ground they are by construction), and quality is no lower than
 * from an order that is random throughout. Links and mass of a community lie side by side, and
 * there is no branch on whether a community was seen before. What the next nodes of the queue will
 * read is fetched while this one is looked at.
 */
#include "engine/communities/leiden_level.h"

enum { LARGEST_BLOCK = 128, FEWEST_BLOCKS = 64 };
enum { FAR = 12, MIDDLE = 6, NEAR = 2, MOST_FETCHED = 32 }; /* places ahead; of a row */
static const uint32_t fresh = UINT32_MAX;                   /* a community of its own */

void spil_leiden_count(spil_leiden_work *work, const spil_level *level)
{
    spil_ledger *const k = &work->ledger;
    for (spil_vid c = 0; c < level->n; c++) {
        k->size[c] = 0;
        k->account[c] = (spil_account){0, 0};
        if (level->other)
            k->other[c] = 0;
    }
    for (spil_vid v = 0; v < level->n; v++) {
        const uint32_t c = k->label[v];
        k->size[c]++;
        k->account[c].mass += level->mass[v];
        if (level->other)
            k->other[c] += level->other[v];
    }
    k->empty_count = 0;
    for (spil_vid c = level->n; c-- > 0;)
        if (k->size[c] == 0)
            k->empty[k->empty_count++] = c;
}

/* ---- the look at a node ---- */

/* Links of v by community, in the accounts; seen: those communities. Returns how many. */
static uint32_t add_up(const spil_level *level, const spil_ledger *k, spil_vid v, uint32_t *seen)
{
    spil_account *const account = k->account;
    uint32_t count = 0;
    for (spil_eid i = level->begin[v]; i < level->end[v]; i++) {
        const uint32_t c = k->label[level->col[i]];
        const double before = account[c].links;
        seen[count] = c;
        count += before == 0;
        account[c].links = before + (level->weight ? level->weight[i] : 1);
    }
    return count;
}

/* The community for v: its own, another, or a fresh one. */
static uint32_t look(const spil_level *level, spil_ledger *k, spil_vid v, uint32_t *seen)
{
    const uint32_t own = k->label[v], count = add_up(level, k, v, seen);
    spil_account *const mine = &k->account[own];
    uint32_t to = own;
    double best = mine->links - spil_level_pull(level, v, mine->mass - level->mass[v],
                                                level->other ? k->other[own] - level->other[v] : 0);
    mine->links = 0;
    if (best < -level->least && k->size[own] > 1) {
        to = fresh;
        best = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t c = seen[i];
        const double links = k->account[c].links;
        k->account[c].links = 0;
        const double gain =
            links - spil_level_pull(level, v, k->account[c].mass, level->other ? k->other[c] : 0);
        if (gain > best + level->least && c != own) {
            to = c;
            best = gain;
        }
    }
    return to;
}

/* ---- the move of a node ---- */

typedef struct ring {
    spil_vid *item, room, head, count;
} ring;

static void push(ring *q, spil_vid v)
{
    const uint64_t place = (uint64_t)q->head + q->count++;
    q->item[place < q->room ? place : place - q->room] = v;
}

static spil_vid pop(ring *q)
{
    const spil_vid v = q->item[q->head];
    q->head = q->head + 1 == q->room ? 0 : q->head + 1;
    q->count--;
    return v;
}

/* The waiting node so many places on. */
static spil_vid ahead(const ring *q, spil_vid places)
{
    const uint64_t place = (uint64_t)q->head + places;
    return q->item[place < q->room ? place : place - q->room];
}

/* Brings near what the looks at the nodes to come will read, a step of it a node: the row, the
 * labels of the neighbours, the accounts of their communities. */
static void fetch(const spil_level *level, const spil_ledger *k, const ring *q)
{
    if (q->count <= FAR)
        return;
    const spil_vid far = ahead(q, FAR), middle = ahead(q, MIDDLE), near = ahead(q, NEAR);
    __builtin_prefetch(&level->col[level->begin[far]]);
    const spil_eid begin = level->begin[middle], end = level->end[middle];
    for (spil_eid i = begin; i < end && i < begin + MOST_FETCHED; i++)
        __builtin_prefetch(&k->label[level->col[i]]);
    const spil_eid first = level->begin[near], last = level->end[near];
    for (spil_eid i = first; i < last && i < first + MOST_FETCHED; i++)
        __builtin_prefetch(&k->account[k->label[level->col[i]]]);
}

static void change_books(const spil_level *level, spil_ledger *k, spil_vid v, uint32_t to)
{
    const uint32_t from = k->label[v];
    k->label[v] = to;
    k->size[to]++;
    k->account[to].mass += level->mass[v];
    if (level->other)
        k->other[to] += level->other[v];
    if (--k->size[from] == 0) { /* nothing of what was rounded stays behind */
        k->account[from].mass = 0;
        if (level->other)
            k->other[from] = 0;
        k->empty[k->empty_count++] = from;
        return;
    }
    k->account[from].mass -= level->mass[v];
    if (level->other)
        k->other[from] -= level->other[v];
}

static void move(const spil_level *level, spil_ledger *k, unsigned char *waits, ring *q, spil_vid v,
                 uint32_t to)
{
    if (to == fresh)
        to = k->empty[--k->empty_count];
    change_books(level, k, v, to);
    for (spil_eid i = level->begin[v]; i < level->end[v]; i++) {
        const spil_vid u = level->col[i];
        if (!waits[u] && k->label[u] != to) {
            waits[u] = 1;
            push(q, u);
        }
    }
}

/* ---- the queue ---- */

/* Fisher & Yates. */
static void shuffle(spil_vid *order, spil_vid n, uint64_t seed)
{
    spil_rng rng = spil_rng_stream(seed, n);
    for (spil_vid v = 0; v < n; v++) {
        const spil_vid at = spil_leiden_below(&rng, v + 1);
        order[v] = order[at];
        order[at] = v;
    }
}

/* order: all nodes, by blocks in random order. block: scratch. */
static void order_nodes(spil_vid *order, spil_vid n, spil_vid *block, uint64_t seed)
{
    const spil_vid fair = n / FEWEST_BLOCKS + 1;
    const spil_vid size = fair < LARGEST_BLOCK ? fair : LARGEST_BLOCK;
    const spil_vid blocks = n / size + (n % size != 0);
    spil_vid count = 0;
    shuffle(block, blocks, seed);
    for (spil_vid b = 0; b < blocks; b++) {
        const spil_vid begin = block[b] * size;
        const spil_vid end = n - begin < size ? n : begin + size;
        for (spil_vid v = begin; v < end; v++)
            order[count++] = v;
    }
}

uint64_t spil_leiden_move(spil_leiden_work *work, const spil_level *level, uint64_t seed)
{
    spil_ledger *const k = &work->ledger;
    ring q = {.item = work->queue, .room = level->n, .head = 0, .count = 0};
    uint64_t moves = 0;
    order_nodes(work->order, level->n, work->part, seed);
    for (spil_vid i = 0; i < level->n; i++) {
        work->flag[i] = 1;
        push(&q, work->order[i]);
    }
    while (q.count) {
        const spil_vid v = pop(&q);
        fetch(level, k, &q);
        work->flag[v] = 0;
        const uint32_t to = look(level, k, v, work->tally[0].seen);
        if (to != k->label[v]) {
            move(level, k, work->flag, &q, v, to);
            moves++;
        }
    }
    return moves;
}
