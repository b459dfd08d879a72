/* keyplayer.c - see keyplayer.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All goals answer one question: given the set so far, which vertex adds most? Greedy asks it k
 * times; an exchange takes one out and asks. For fragmentation one depth-first search answers for
 * all vertices at once: without v, its component falls into the subtrees of the blocks that v heads
 * and the rest (blocks.h). So a greedy step and an exchange cost O(n + m) each, and the best of all
 * sets of k costs that for each set of k - 1.
 */
#include "engine/interventions/keyplayer.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/interventions/pieces.h"
#include "engine/metrics/blocks.h"
#include "engine/metrics/distances.h"

#include <math.h>
#include <string.h>

typedef struct seeker {
    const spil_csr *g;
    const spil_kp_opts *opts;
    uint8_t *in;      /* n: in the set */
    uint8_t *allowed; /* n: may be added */
    size_t size;
    /* reach */
    uint32_t *covered; /* n: members that reach the vertex */
    uint32_t *stamp;
    spil_vid *queue;
    uint32_t stamps;
} seeker;

/* The best vertex to add, and what the set is worth then. */
typedef struct addition {
    spil_vid vertex;
    double value;
} addition;

static void offer(const seeker *s, addition *best, spil_vid v, double value)
{
    const spil_vid *const rank = s->opts->rank;
    const double slack = 1e-12 * fmax(1, fabs(value));
    if (best->vertex == SPIL_NO_VERTEX || value > best->value + slack ||
        (value >= best->value - slack && (rank ? rank[v] < rank[best->vertex] : v < best->vertex)))
        *best = (addition){v, value};
}

/* ---- fragmentation ---- */

static double fragmentation(double pairs, double left)
{
    return left > 1 ? 1 - pairs / (left * (left - 1)) : 1;
}

static double pairs_in(double size)
{
    return size * (size - 1);
}

/* root: n of the caller; component root of each vertex. The pairs in all components. */
static double find_roots(const spil_blocks *b, spil_vid *root)
{
    double pairs = 0;
    for (spil_vid r = 0; r < b->n; r++) {
        const spil_vid v = b->preorder[r];
        root[v] = b->parent[v] == SPIL_NO_VERTEX ? v : root[b->parent[v]];
        if (root[v] == v)
            pairs += pairs_in(b->subtree[v]);
    }
    return pairs;
}

static spil_status best_fragmentation(seeker *s, addition *best, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *rest = NULL;
    spil_vid *name = NULL, *root = NULL, *hanging = NULL;
    double *parts = NULL; /* pairs in the parts that hang below v */
    spil_blocks *b = NULL;
    TRY(spil_graph_without(&rest, &name, s->g, s->in, err));
    TRY(spil_blocks_find(&b, rest, err));
    TRY(NEW_ARRAY(root, rest->n, err));
    TRY(NEW_ARRAY(hanging, rest->n, err));
    TRY(NEW_ARRAY(parts, rest->n, err));
    const double all = find_roots(b, root);
    for (uint32_t k = 0; k < b->count; k++) {
        hanging[b->head[k]] += b->subtree[b->first[k]];
        parts[b->head[k]] += pairs_in(b->subtree[b->first[k]]);
    }
    for (spil_vid v = 0; v < rest->n; v++) {
        if (!s->allowed[name[v]])
            continue;
        const spil_vid size = b->subtree[root[v]];
        const double pairs = all - pairs_in(size) + parts[v] + pairs_in(size - 1.0 - hanging[v]);
        offer(s, best, name[v], fragmentation(pairs, rest->n - 1.0));
    }
done:
    spil_csr_free(rest);
    spil_blocks_free(b);
    spil_free(name);
    spil_free(root);
    spil_free(hanging);
    spil_free(parts);
    return rc;
}

/* ---- distance ---- */

static spil_status distance_value(const spil_csr *g, const uint8_t *in, double *value,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *rest = NULL;
    spil_vid *name = NULL;
    double *near = NULL, sum = 0;
    TRY(spil_graph_without(&rest, &name, g, in, err));
    TRY(NEW_ARRAY(near, rest->n, err));
    TRY(spil_distances_sum(rest, NULL, &(spil_distance_sums){.harmonic = near}, err));
    for (spil_vid v = 0; v < rest->n; v++)
        sum += near[v];
    *value = fragmentation(sum, rest->n);
done:
    spil_csr_free(rest);
    spil_free(name);
    spil_free(near);
    return rc;
}

static spil_status best_distance(seeker *s, addition *best, spil_err *err)
{
    enum { FEW = 600 }; /* vertices for which threads cost more than they bring */
    spil_status rc = SPIL_OK;
    const unsigned threads = spil_par_threads();
    if (s->g->n < FEW)
        spil_par_set_threads(1);
    for (spil_vid v = 0; v < s->g->n; v++) {
        double value = 0;
        if (s->in[v] || !s->allowed[v])
            continue;
        TRY(spil_check_stop(err));
        s->in[v] = 1;
        rc = distance_value(s->g, s->in, &value, err);
        s->in[v] = 0;
        if (rc != SPIL_OK)
            goto done;
        offer(s, best, v, value);
    }
done:
    spil_par_set_threads(threads);
    return rc;
}

/* ---- reach ---- */

/* The vertices within m links of v into s->queue; how many. */
static spil_vid ball(seeker *s, spil_vid v)
{
    spil_vid count = 0, level_end = 1, at = 0;
    s->stamps++;
    s->queue[count++] = v;
    s->stamp[v] = s->stamps;
    for (unsigned d = 0; d < s->opts->reach; d++) {
        for (level_end = count; at < level_end; at++)
            for (spil_eid i = s->g->row[s->queue[at]]; i < s->g->row[s->queue[at] + 1]; i++) {
                const spil_vid u = s->g->col[i];
                if (s->stamp[u] != s->stamps) {
                    s->stamp[u] = s->stamps;
                    s->queue[count++] = u;
                }
            }
    }
    return count;
}

static void cover_ball(seeker *s, spil_vid v, bool add)
{
    const spil_vid count = ball(s, v);
    for (spil_vid k = 0; k < count; k++) {
        if (add)
            s->covered[s->queue[k]]++;
        else
            s->covered[s->queue[k]]--;
    }
}

static double covered_by_all(const seeker *s)
{
    double count = 0;
    for (spil_vid v = 0; v < s->g->n; v++)
        count += s->covered[v] > 0;
    return count;
}

static void best_reach(seeker *s, addition *best)
{
    const double now = covered_by_all(s);
    for (spil_vid v = 0; v < s->g->n; v++) {
        if (s->in[v] || !s->allowed[v])
            continue;
        const spil_vid count = ball(s, v);
        spil_vid fresh = 0;
        for (spil_vid k = 0; k < count; k++)
            fresh += s->covered[s->queue[k]] == 0;
        offer(s, best, v, now + fresh);
    }
}

/* ---- the search ---- */

static spil_status best_addition(seeker *s, addition *best, spil_err *err)
{
    *best = (addition){SPIL_NO_VERTEX, 0};
    switch (s->opts->goal) {
    case SPIL_KP_FRAGMENTATION:
        return best_fragmentation(s, best, err);
    case SPIL_KP_DISTANCE:
        return best_distance(s, best, err);
    case SPIL_KP_REACH:
    default:
        best_reach(s, best);
        return SPIL_OK;
    }
}

static void put(seeker *s, spil_vid v, bool in)
{
    s->in[v] = in;
    s->size = in ? s->size + 1 : s->size - 1;
    if (s->opts->goal == SPIL_KP_REACH)
        cover_ball(s, v, in);
}

static void empty(seeker *s)
{
    for (spil_vid v = 0; v < s->g->n; v++)
        if (s->in[v])
            put(s, v, false);
}

/* Adds up to k vertices; set holds them in order. */
static spil_status grow(seeker *s, size_t k, spil_vid *set, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    addition best;
    for (size_t i = s->size; i < k; i++) {
        TRY(best_addition(s, &best, err));
        set[i] = best.vertex;
        *value = best.value;
        put(s, best.vertex, true);
    }
done:
    return rc;
}

/* One out, the best one in, while that makes the set better. */
static spil_status exchange(seeker *s, size_t k, spil_vid *set, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    addition best;
    for (size_t i = 0, unchanged = 0; unchanged < k; i = (i + 1) % k, unchanged++) {
        TRY(spil_check_stop(err));
        put(s, set[i], false);
        TRY(best_addition(s, &best, err));
        if (best.value > *value + 1e-12 * fmax(1, fabs(*value))) {
            set[i] = best.vertex;
            *value = best.value;
            unchanged = 0;
        }
        put(s, set[i], true);
    }
done:
    return rc;
}

/* Far from all can be tried by distance on a large network: those whom most paths pass. */
static spil_status choose_candidates(seeker *s, size_t k, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *order = NULL;
    spil_ranking ranking;
    const spil_strategy_opts opts = {.block = 1, .once = true, .rank = s->opts->rank};
    const size_t count =
        SPIL_KP_CANDIDATES + 2 * k < s->g->n ? SPIL_KP_CANDIDATES + 2 * k : s->g->n;
    const bool all = s->opts->goal != SPIL_KP_DISTANCE || s->g->n <= SPIL_KP_ALL;
    memset(s->allowed, all, s->g->n);
    if (all)
        return SPIL_OK;
    TRY(NEW_ARRAY(order, count, err));
    TRY(spil_ranking_find(&ranking, "betweenness", err));
    TRY(spil_ranking_order(&ranking, s->g, &opts, count, order, err));
    for (size_t i = 0; i < count; i++)
        s->allowed[order[i]] = 1;
done:
    spil_free(order);
    return rc;
}

static spil_status seeker_new(seeker *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(s->in, s->g->n, err));
    TRY(NEW_ARRAY(s->allowed, s->g->n, err));
    TRY(NEW_ARRAY(s->covered, s->g->n, err));
    TRY(NEW_ARRAY(s->stamp, s->g->n, err));
    TRY(NEW_ARRAY(s->queue, s->g->n, err));
done:
    return rc;
}

static void seeker_free(seeker *s)
{
    spil_free(s->in);
    spil_free(s->allowed);
    spil_free(s->covered);
    spil_free(s->stamp);
    spil_free(s->queue);
}

/* Puts the set in the order in which its members add most. */
static spil_status sort_by_gain(seeker *s, size_t k, spil_vid *set, spil_err *err)
{
    double value = 0;
    empty(s);
    memset(s->allowed, 0, s->g->n);
    for (size_t i = 0; i < k; i++)
        s->allowed[set[i]] = 1;
    return grow(s, k, set, &value, err);
}

/* ---- all sets ---- */

/* Steps of one best_addition, roughly. */
static double step_cost(const seeker *s)
{
    const double n = s->g->n, m = (double)s->g->m, size = n + 2 * m;
    if (s->opts->goal == SPIL_KP_FRAGMENTATION)
        return 10 * size;
    if (s->opts->goal == SPIL_KP_DISTANCE)
        return n * 100 * size * (1 + n / 512);
    return n * fmin(size, pow(2 * m / fmax(n, 1), s->opts->reach) + 1);
}

static double sets_of(double n, size_t k)
{
    double sets = 1;
    for (size_t i = 0; i < k; i++)
        sets *= (n - (double)i) / (double)(i + 1);
    return sets;
}

/* Best of all sets that hold the first `at` of tried and then members after first. */
static spil_status try_all(seeker *s, size_t k, size_t at, spil_vid first, spil_vid *tried,
                           spil_vid *set, double *best, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (at + 1 == k) {
        addition last;
        TRY(spil_check_stop(err));
        TRY(best_addition(s, &last, err));
        if (last.value > *best + 1e-12 * fmax(1, fabs(*best))) {
            *best = last.value;
            tried[at] = last.vertex;
            memcpy(set, tried, k * sizeof *set);
        }
        goto done;
    }
    for (spil_vid v = first; v < s->g->n; v++) {
        tried[at] = v;
        put(s, v, true);
        TRY(try_all(s, k, at + 1, v + 1, tried, set, best, err));
        put(s, v, false);
    }
done:
    return rc;
}

/* ---- some sets ---- */

static spil_status try_from(seeker *s, size_t k, spil_vid forced, spil_vid *tried, spil_vid *set,
                            double *best, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double found = 0;
    empty(s);
    if (forced != SPIL_NO_VERTEX) {
        tried[0] = forced;
        put(s, forced, true);
        TRY(spil_keyplayers_value(s->g, s->opts, tried, 1, &found, err));
    }
    TRY(grow(s, k, tried, &found, err));
    if (s->opts->exchange)
        TRY(exchange(s, k, tried, &found, err));
    if (found > *best + 1e-12 * fmax(1, fabs(*best))) {
        *best = found;
        memcpy(set, tried, k * sizeof *set);
    }
done:
    return rc;
}

static spil_status try_some(seeker *s, size_t k, spil_vid *tried, spil_vid *set, double *best,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *first = NULL;
    spil_ranking ranking;
    const spil_strategy_opts by = {.block = 1, .once = true, .rank = s->opts->rank};
    const size_t wanted = s->opts->exchange ? s->opts->restarts : 0;
    const size_t count = wanted < s->g->n ? wanted : s->g->n;
    spil_progress_begin(s->opts->progress, "key players", count + 1);
    TRY(try_from(s, k, SPIL_NO_VERTEX, tried, set, best, err));
    if (count > 0) {
        TRY(NEW_ARRAY(first, count, err));
        TRY(spil_ranking_find(&ranking, "betweenness", err));
        TRY(spil_ranking_order(&ranking, s->g, &by, count, first, err));
    }
    for (size_t i = 0; i < count; i++) {
        TRY(try_from(s, k, first[i], tried, set, best, err));
        spil_progress_step(s->opts->progress, 1);
    }
    spil_progress_end(s->opts->progress);
done:
    spil_free(first);
    return rc;
}

spil_status spil_keyplayers_find(const spil_csr *g, const spil_kp_opts *opts, size_t k,
                                 spil_vid *set, double *value, bool *exact, spil_err *err)
{
    spil_status rc = SPIL_OK;
    seeker s = {.g = g, .opts = opts};
    spil_vid *tried = NULL;
    double best = -1; /* all goals are 0 or more */
    if (k < 1 || k >= g->n)
        return spil_fail(err, SPIL_RANGE, "a set of %zu key players from %u vertices", k, g->n);
    const bool all = sets_of(g->n, k - 1) * step_cost(&s) <= opts->budget;
    TRY(seeker_new(&s, err));
    TRY(NEW_ARRAY(tried, k, err));
    if (all) {
        memset(s.allowed, 1, g->n);
        TRY(try_all(&s, k, 0, 0, tried, set, &best, err));
    } else {
        TRY(choose_candidates(&s, k, err));
        TRY(try_some(&s, k, tried, set, &best, err));
    }
    TRY(sort_by_gain(&s, k, set, err));
    *value = best;
    if (exact)
        *exact = all;
done:
    seeker_free(&s);
    spil_free(tried);
    return rc;
}

static spil_status fragmentation_value(const spil_csr *g, const uint8_t *in, double *value,
                                       spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *rest = NULL;
    spil_vid *name = NULL, *root = NULL;
    spil_blocks *b = NULL;
    TRY(spil_graph_without(&rest, &name, g, in, err));
    TRY(spil_blocks_find(&b, rest, err));
    TRY(NEW_ARRAY(root, rest->n, err));
    *value = fragmentation(find_roots(b, root), rest->n);
done:
    spil_csr_free(rest);
    spil_blocks_free(b);
    spil_free(name);
    spil_free(root);
    return rc;
}

spil_status spil_keyplayers_value(const spil_csr *g, const spil_kp_opts *opts, const spil_vid *set,
                                  size_t k, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    seeker s = {.g = g, .opts = opts};
    TRY(seeker_new(&s, err));
    for (size_t i = 0; i < k; i++)
        if (!s.in[set[i]])
            put(&s, set[i], true);
    if (opts->goal == SPIL_KP_REACH)
        *value = covered_by_all(&s);
    else if (opts->goal == SPIL_KP_DISTANCE)
        TRY(distance_value(g, s.in, value, err));
    else
        TRY(fragmentation_value(g, s.in, value, err));
done:
    seeker_free(&s);
    return rc;
}

spil_status spil_keyplayers_order(const spil_csr *g, spil_kp_goal goal,
                                  const spil_strategy_opts *opts, size_t count, spil_vid *order,
                                  spil_err *err)
{
    spil_kp_opts kp = SPIL_KP_OPTS_DEFAULTS;
    const size_t chosen = count < g->n ? count : g->n - 1; /* the last one is no choice */
    double value = 0, sum = 0;
    spil_status rc = SPIL_OK;
    kp.goal = goal;
    kp.reach = opts->reach;
    kp.exchange = count <= SPIL_KP_EXCHANGED;
    kp.rank = opts->rank;
    kp.progress = opts->progress;
    if (count == 0)
        return SPIL_OK;
    if (chosen > 0)
        TRY(spil_keyplayers_find(g, &kp, chosen, order, &value, NULL, err));
    for (spil_vid v = 0; v < g->n; v++)
        sum += v;
    for (size_t i = 0; i < chosen; i++)
        sum -= order[i];
    if (chosen < count)
        order[chosen] = (spil_vid)sum;
done:
    return rc;
}
