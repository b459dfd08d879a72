/* pieces.c - see pieces.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A piece is a graph with the names of its vertices. Removal marks vertices, walks what is left of
 * the pieces that held them, and copies each part into rows of its own. O(size of the piece).
 */
#include "engine/interventions/pieces.h"

#include "engine/base/par.h"
#include "engine/base/vec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct piece {
    spil_csr *g;
    spil_vid *name;
} piece;

struct spil_pieces {
    bool together;
    spil_vid n;
    spil_piece_scorer scorer;
    void *user;
    SPIL_VEC(piece) list; /* g NULL: an empty place */
    uint32_t *of;         /* n: place in the list */
    uint8_t *gone;        /* n */
    double *score;        /* n */
    spil_vid *part;       /* n: vertices of the part being made, as numbers in its old piece */
    spil_vid *local;      /* n: number within the new part, by number in the old piece */
    uint8_t *seen;        /* n: by number in the old piece */
    double *fresh;        /* n: scores of the part */
};

static void piece_free(piece *p)
{
    spil_csr_free(p->g);
    spil_free(p->name);
    *p = (piece){NULL, NULL};
}

/* Rows of the vertices part[0..count) of g, ascending; local: their new numbers, SPIL_NO_VERTEX for
 * vertices that stay behind. */
static spil_status copy_rows(spil_csr **out, const spil_csr *g, const spil_vid *part,
                             spil_vid count, const spil_vid *local, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *sub = NULL;
    spil_eid entries = 0, at = 0;
    for (spil_vid k = 0; k < count; k++)
        for (spil_eid i = g->row[part[k]]; i < g->row[part[k] + 1]; i++)
            entries += local[g->col[i]] != SPIL_NO_VERTEX;
    TRY(NEW(sub, err));
    sub->n = count;
    sub->m = entries / 2;
    TRY(NEW_ARRAY(sub->row, (size_t)count + 1, err));
    TRY(NEW_ARRAY(sub->col, entries, err));
    if (g->weight)
        TRY(NEW_ARRAY(sub->weight, entries, err));
    for (spil_vid k = 0; k < count; k++) {
        for (spil_eid i = g->row[part[k]]; i < g->row[part[k] + 1]; i++)
            if (local[g->col[i]] != SPIL_NO_VERTEX) {
                sub->col[at] = local[g->col[i]];
                if (g->weight)
                    sub->weight[at] = g->weight[i];
                at++;
            }
        sub->row[k + 1] = at;
    }
    *out = sub;
    sub = NULL;
done:
    spil_csr_free(sub);
    return rc;
}

/* Edge ids by (smaller, larger) end: rows are ascending, so counting the upper half numbers them;
 * cursor (n zeros) walks the lower halves, which meet their edges in the same order. */
static spil_status number_edges(spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_eid *cursor = NULL;
    uint32_t next = 0;
    TRY(NEW_ARRAY(g->edge, 2 * g->m, err));
    TRY(NEW_ARRAY(cursor, g->n, err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v) {
                const spil_vid u = g->col[i];
                g->edge[i] = g->edge[g->row[u] + cursor[u]++] = next++;
            }
done:
    spil_free(cursor);
    return rc;
}

spil_status spil_graph_without(spil_csr **out, spil_vid **name, const spil_csr *g,
                               const uint8_t *gone, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *local = NULL, *kept = NULL, count = 0;
    spil_csr *sub = NULL;
    TRY(NEW_ARRAY(local, g->n, err));
    TRY(NEW_ARRAY(kept, g->n, err));
    for (spil_vid v = 0; v < g->n; v++) {
        local[v] = gone[v] ? SPIL_NO_VERTEX : count;
        if (!gone[v])
            kept[count++] = v;
    }
    TRY(copy_rows(&sub, g, kept, count, local, err));
    if (g->edge)
        TRY(number_edges(sub, err));
    *out = sub;
    *name = kept;
    sub = NULL;
    kept = NULL;
done:
    spil_csr_free(sub);
    spil_free(local);
    spil_free(kept);
    return rc;
}

static int by_number(const void *a, const void *b)
{
    const spil_vid x = *(const spil_vid *)a, y = *(const spil_vid *)b;
    return (x > y) - (x < y);
}

/* All that is reached from start in the old piece over unseen vertices; part[] in ascending order.
 */
static spil_vid walk_part(spil_pieces *p, const spil_csr *old, spil_vid start)
{
    spil_vid count = 0;
    p->part[count++] = start;
    p->seen[start] = 1;
    for (spil_vid at = 0; at < count; at++)
        for (spil_eid i = old->row[p->part[at]]; i < old->row[p->part[at] + 1]; i++) {
            const spil_vid u = old->col[i];
            if (!p->seen[u]) {
                p->seen[u] = 1;
                p->part[count++] = u;
            }
        }
    qsort(p->part, count, sizeof *p->part, by_number);
    return count;
}

/* All that is still there. */
static spil_vid take_rest(spil_pieces *p, spil_vid n)
{
    spil_vid count = 0;
    for (spil_vid i = 0; i < n; i++)
        if (!p->seen[i]) {
            p->seen[i] = 1;
            p->part[count++] = i;
        }
    return count;
}

/* On few vertices starting threads costs more than they bring; the bits are the same. */
static spil_status score_piece(spil_pieces *p, const piece *fresh, spil_err *err)
{
    enum { FEW = 600 };
    const unsigned threads = spil_par_threads();
    if (fresh->g->n < FEW)
        spil_par_set_threads(1);
    const spil_status rc = p->scorer(fresh->g, fresh->name, p->user, p->fresh, err);
    spil_par_set_threads(threads);
    return rc;
}

static spil_status add_piece(spil_pieces *p, piece *new_piece, bool scored, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = new_piece->g->n;
    if (scored)
        TRY(score_piece(p, new_piece, err));
    TRY(VEC_PUSH(p->list, *new_piece, err));
    for (spil_vid i = 0; i < n; i++) {
        p->of[new_piece->name[i]] = (uint32_t)(p->list.count - 1);
        if (scored)
            p->score[new_piece->name[i]] = p->fresh[i];
    }
    *new_piece = (piece){NULL, NULL};
done:
    return rc;
}

static spil_status make_part(spil_pieces *p, const spil_csr *old, const spil_vid *name,
                             spil_vid count, bool scored, spil_err *err)
{
    spil_status rc = SPIL_OK;
    piece made = {NULL, NULL};
    for (spil_vid k = 0; k < count; k++)
        p->local[p->part[k]] = k;
    TRY(copy_rows(&made.g, old, p->part, count, p->local, err));
    for (spil_vid k = 0; k < count; k++)
        p->local[p->part[k]] = SPIL_NO_VERTEX;
    TRY(NEW_ARRAY(made.name, count, err));
    for (spil_vid k = 0; k < count; k++)
        made.name[k] = name[p->part[k]];
    TRY(add_piece(p, &made, scored, err));
done:
    piece_free(&made);
    return rc;
}

/* Puts the parts that are left of old into the list. */
static spil_status cut(spil_pieces *p, const spil_csr *old, const spil_vid *name, bool again,
                       spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (spil_vid i = 0; i < old->n; i++)
        p->seen[i] = p->gone[name[i]];
    for (spil_vid start = 0; start < old->n; start++)
        if (!p->seen[start]) {
            const spil_vid count = p->together ? take_rest(p, old->n) : walk_part(p, old, start);
            TRY(make_part(p, old, name, count, again, err));
        }
done:
    return rc;
}

spil_status spil_pieces_new(spil_pieces **out, const spil_csr *g, bool together,
                            spil_piece_scorer scorer, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pieces *p = NULL;
    piece whole = {NULL, NULL};
    TRY(NEW(p, err));
    p->n = g->n;
    p->together = together;
    p->scorer = scorer;
    p->user = user;
    TRY(NEW_ARRAY(p->of, g->n, err));
    TRY(NEW_ARRAY(p->gone, g->n, err));
    TRY(NEW_ARRAY(p->score, g->n, err));
    TRY(NEW_ARRAY(p->part, g->n, err));
    TRY(NEW_ARRAY(p->local, g->n, err));
    TRY(NEW_ARRAY(p->seen, g->n, err));
    TRY(NEW_ARRAY(p->fresh, g->n, err));
    TRY(NEW_ARRAY(whole.name, g->n, err));
    memset(p->local, 0xff, (size_t)g->n * sizeof *p->local);
    for (spil_vid v = 0; v < g->n; v++)
        whole.name[v] = v;
    TRY(cut(p, g, whole.name, true, err));
    *out = p;
    p = NULL;
done:
    piece_free(&whole);
    spil_pieces_free(p);
    return rc;
}

void spil_pieces_free(spil_pieces *pieces)
{
    if (!pieces)
        return;
    for (size_t i = 0; i < pieces->list.count; i++)
        piece_free(&pieces->list.items[i]);
    spil_free(pieces->list.items);
    spil_free(pieces->of);
    spil_free(pieces->gone);
    spil_free(pieces->score);
    spil_free(pieces->part);
    spil_free(pieces->local);
    spil_free(pieces->seen);
    spil_free(pieces->fresh);
    spil_free(pieces);
}

spil_status spil_pieces_remove(spil_pieces *pieces, const spil_vid *vertices, size_t count,
                               bool again, spil_err *err)
{
    spil_status rc = SPIL_OK;
    piece old = {NULL, NULL};
    for (size_t k = 0; k < count; k++) {
        pieces->gone[vertices[k]] = 1;
        pieces->score[vertices[k]] = (double)NAN;
    }
    for (size_t k = 0; k < count; k++) {
        const uint32_t place = pieces->of[vertices[k]];
        old = pieces->list.items[place];
        pieces->list.items[place] = (piece){NULL, NULL};
        if (old.g) /* two of one piece: the first cut it for both */
            TRY(cut(pieces, old.g, old.name, again, err));
        piece_free(&old);
    }
done:
    piece_free(&old);
    return rc;
}

const double *spil_pieces_score(const spil_pieces *pieces)
{
    return pieces->score;
}
