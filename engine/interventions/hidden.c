/* hidden.c - see hidden.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A source at a time: walks of length 2, 3, ... L spread over the rows, so only pairs within L
 * links are ever met. O(n * (vertices and links within L)).
 */
#include "engine/interventions/hidden.h"

#include "engine/base/mem.h"
#include "engine/interventions/removal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const spil_tie_score_names[SPIL_TIE_SCORES] = {"common", "adamic", "resource", "katz",
                                                           "combined"};

typedef struct spread {
    double *walks, *next, *katz, *common, *adamic, *resource; /* n each */
    spil_vid *touched;                                        /* vertices with any of these not 0 */
    uint8_t *seen;
    spil_vid count;
} spread;

static void spread_free(spread *s)
{
    spil_free(s->walks);
    spil_free(s->next);
    spil_free(s->katz);
    spil_free(s->common);
    spil_free(s->adamic);
    spil_free(s->resource);
    spil_free(s->touched);
    spil_free(s->seen);
}

static spil_status spread_new(spread *s, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(s->walks, n, err));
    TRY(NEW_ARRAY(s->next, n, err));
    TRY(NEW_ARRAY(s->katz, n, err));
    TRY(NEW_ARRAY(s->common, n, err));
    TRY(NEW_ARRAY(s->adamic, n, err));
    TRY(NEW_ARRAY(s->resource, n, err));
    TRY(NEW_ARRAY(s->touched, n, err));
    TRY(NEW_ARRAY(s->seen, n, err));
done:
    return rc;
}

static void touch(spread *s, spil_vid v)
{
    if (!s->seen[v]) {
        s->seen[v] = 1;
        s->touched[s->count++] = v;
    }
}

static void count_common(spread *s, const spil_csr *g, spil_vid u)
{
    for (spil_eid i = g->row[u]; i < g->row[u + 1]; i++) {
        const spil_vid w = g->col[i];
        const double k = spil_degree(g, w);
        for (spil_eid j = g->row[w]; j < g->row[w + 1]; j++) {
            const spil_vid v = g->col[j];
            touch(s, v);
            s->common[v] += 1;
            s->resource[v] += 1 / k;
            s->adamic[v] += k > 1 ? 1 / log(k) : 0;
        }
    }
}

static int by_number(const void *a, const void *b)
{
    const spil_vid x = *(const spil_vid *)a, y = *(const spil_vid *)b;
    return (x > y) - (x < y);
}

/* All vertices within L links of u, ascending, with their scores. */
static void spread_from(spread *s, const spil_csr *g, const spil_hidden_opts *opts, spil_vid u)
{
    double factor = 1;
    s->count = 0;
    touch(s, u);
    s->walks[u] = 1;
    for (unsigned step = 1; step <= opts->length; step++) {
        const spil_vid reached = s->count;
        for (spil_vid k = 0; k < reached; k++) {
            const spil_vid v = s->touched[k];
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
                touch(s, g->col[i]);
                s->next[g->col[i]] += s->walks[v];
            }
        }
        factor *= opts->beta;
        for (spil_vid k = 0; k < s->count; k++) {
            const spil_vid v = s->touched[k];
            s->walks[v] = s->next[v];
            s->next[v] = 0;
            if (step > 1)
                s->katz[v] += factor * s->walks[v];
        }
    }
    count_common(s, g, u);
    qsort(s->touched, s->count, sizeof *s->touched, by_number);
}

static void wipe(spread *s)
{
    for (spil_vid k = 0; k < s->count; k++) {
        const spil_vid v = s->touched[k];
        s->walks[v] = s->katz[v] = s->common[v] = s->adamic[v] = s->resource[v] = 0;
        s->seen[v] = 0;
    }
}

static bool linked(const spil_csr *g, spil_vid u, spil_vid v)
{
    spil_eid low = g->row[u], high = g->row[u + 1];
    while (low < high) {
        const spil_eid middle = low + (high - low) / 2;
        if (g->col[middle] < v)
            low = middle + 1;
        else
            high = middle;
    }
    return low < g->row[u + 1] && g->col[low] == v;
}

/* Pairs of u with higher vertices into out (NULL: count alone). */
static size_t pairs_of(spread *s, const spil_csr *g, spil_vid u, spil_tie *out)
{
    size_t made = 0;
    for (spil_vid k = 0; k < s->count; k++) {
        const spil_vid v = s->touched[k];
        if (v <= u || linked(g, u, v))
            continue;
        if (out)
            out[made] =
                (spil_tie){u, v, {s->common[v], s->adamic[v], s->resource[v], s->katz[v], 0}};
        made++;
    }
    return made;
}

/* ---- ranks ---- */

typedef struct ranked {
    double value;
    size_t at;
} ranked;

typedef struct both {
    double resource, katz;
    size_t at;
} both;

static bool equal(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b));
}

static int by_both(const void *a, const void *b)
{
    const both *const x = a, *const y = b;
    if (!equal(x->resource, y->resource))
        return x->resource > y->resource ? 1 : -1;
    if (!equal(x->katz, y->katz))
        return x->katz > y->katz ? 1 : -1;
    return 0;
}

static spil_status combine(spil_ties *ties, spil_err *err)
{
    both *list = NULL;
    const spil_status rc = NEW_ARRAY(list, ties->count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < ties->count; i++) {
        const double *const score = ties->ties[i].score;
        list[i] = (both){score[SPIL_TIE_RESOURCE], score[SPIL_TIE_KATZ], i};
    }
    qsort(list, ties->count, sizeof *list, by_both);
    for (size_t first = 0, end; first < ties->count; first = end) {
        for (end = first + 1; end < ties->count && by_both(&list[end], &list[first]) == 0; end++)
            ;
        const double rank = ((double)first + (double)end + 1) / 2 / (double)ties->count;
        for (size_t i = first; i < end; i++)
            ties->ties[list[i].at].score[SPIL_TIE_COMBINED] = rank;
    }
    spil_free(list);
    return rc;
}

/* ---- all pairs ---- */

void spil_ties_free(spil_ties *ties)
{
    if (!ties)
        return;
    spil_free(ties->ties);
    spil_free(ties);
}

spil_status spil_ties_find(spil_ties **out, const spil_csr *g, const spil_hidden_opts *opts,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_ties *ties = NULL;
    spread s = {0};
    size_t room = 0;
    if (opts->length < 2 || opts->length > 8 || !(opts->beta > 0))
        return spil_fail(err, SPIL_RANGE,
                         "hidden ties: a length of %u is not 2..8, or beta %g is not > 0",
                         opts->length, opts->beta);
    TRY(NEW(ties, err));
    TRY(spread_new(&s, g->n, err));
    spil_progress_begin(opts->progress, "hidden ties", g->n);
    for (spil_vid u = 0; u < g->n; u++) {
        TRY(spil_check_stop(err));
        spread_from(&s, g, opts, u);
        const size_t more = pairs_of(&s, g, u, NULL);
        if (ties->count + more > SPIL_TIES_MOST) {
            rc = spil_fail(err, SPIL_LIMIT, "more than %d pairs lie within %u links of each other",
                           SPIL_TIES_MOST, opts->length);
            goto done;
        }
        if (ties->count + more > room) {
            room = 2 * (ties->count + more);
            TRY(RESIZE_ARRAY(ties->ties, room, err));
        }
        if (more > 0)
            ties->count += pairs_of(&s, g, u, ties->ties + ties->count);
        wipe(&s);
        spil_progress_step(opts->progress, 1);
    }
    spil_progress_end(opts->progress);
    TRY(combine(ties, err));
    *out = ties;
    ties = NULL;
done:
    spread_free(&s);
    spil_ties_free(ties);
    return rc;
}

/* ---- order ---- */

static int downwards(const void *a, const void *b)
{
    const ranked *const x = a, *const y = b;
    if (x->value < y->value || x->value > y->value)
        return x->value > y->value ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

spil_status spil_ties_sort(spil_ties *ties, spil_tie_score by, spil_err *err)
{
    spil_status rc = SPIL_OK;
    ranked *list = NULL;
    spil_tie *sorted = NULL;
    TRY(NEW_ARRAY(list, ties->count, err));
    TRY(NEW_ARRAY(sorted, ties->count, err));
    for (size_t i = 0; i < ties->count; i++)
        list[i] = (ranked){ties->ties[i].score[by], i};
    qsort(list, ties->count, sizeof *list, downwards);
    for (size_t i = 0; i < ties->count; i++)
        sorted[i] = ties->ties[list[i].at];
    spil_free(ties->ties);
    ties->ties = sorted;
    sorted = NULL;
done:
    spil_free(list);
    spil_free(sorted);
    return rc;
}

/* ---- test ---- */

/* Links and pairs without one, among the pairs of a group of equal scores. */
typedef struct tally {
    double links, others;
} tally;

/* list: the pairs by score, highest first; all: links held out and pairs without one. */
static spil_tie_test judge(const ranked *list, size_t count, const uint8_t *is_link, tally all)
{
    spil_tie_test test = {0, 0, (size_t)all.links};
    tally above = {0, 0};
    double found = 0, wins = 0;
    for (size_t first = 0, end; above.links + above.others < all.links + all.others; first = end) {
        tally group = {0, 0};
        for (end = first;
             end < count && list[end].value > 0 && equal(list[end].value, list[first].value);
             end++) {
            group.links += is_link[list[end].at];
            group.others += !is_link[list[end].at];
        }
        if (end == first) /* all that is left scores nothing */
            group = (tally){all.links - above.links, all.others - above.others};
        const double size = group.links + group.others;
        const double room = all.links - above.links - above.others;
        if (room > 0)
            found += group.links * fmin(1, room / size);
        wins += group.links * (all.others - above.others - group.others / 2);
        above.links += group.links;
        above.others += group.others;
    }
    test.precision = found / all.links;
    test.auc = wins / (all.links * all.others);
    return test;
}

spil_status spil_ties_test(const spil_csr *g, double share, uint64_t draw,
                           const spil_hidden_opts *opts, spil_tie_test *result, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *seen = NULL;
    spil_ties *ties = NULL;
    uint8_t *is_link = NULL;
    ranked *list = NULL;
    TRY(spil_graph_thinned(&seen, g, share, opts->seed, draw, err));
    const double pairs = (double)g->n * ((double)g->n - 1) / 2;
    const tally all = {(double)(g->m - seen->m), pairs - (double)g->m};
    if (all.links < 1 || all.others < 1) {
        rc = spil_fail(err, SPIL_RANGE,
                       "hidden ties: of %llu links and %.0f pairs %g leaves nothing to compare",
                       (unsigned long long)g->m, pairs, share);
        goto done;
    }
    TRY(spil_ties_find(&ties, seen, opts, err));
    TRY(NEW_ARRAY(is_link, ties->count, err));
    TRY(NEW_ARRAY(list, ties->count, err));
    for (size_t i = 0; i < ties->count; i++)
        is_link[i] = linked(g, ties->ties[i].from, ties->ties[i].to);
    for (int by = 0; by < SPIL_TIE_SCORES; by++) {
        for (size_t i = 0; i < ties->count; i++)
            list[i] = (ranked){ties->ties[i].score[by], i};
        qsort(list, ties->count, sizeof *list, downwards);
        result[by] = judge(list, ties->count, is_link, all);
    }
done:
    spil_csr_free(seen);
    spil_ties_free(ties);
    spil_free(is_link);
    spil_free(list);
    return rc;
}
