/* memo.c - see memo.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pattern is two bits a fact of the step (SPIL_COUNTS, ...), so of up to 32 facts; a step with
 * more is worked out anew each time. Taking facts out sets bits in the pattern of the draw; the
 * bytes that chain.h reads are set only when a pattern is new.
 */
#include "engine/barriers/memo.h"

#include <string.h>

enum { PLACES = 64, FACTS_MOST = 32 };

/* What a place holds: nothing while stamp is 0. */
typedef struct seats_kept {
    uint64_t pattern, stamp;
    double filled;
} seats_kept;

typedef struct evidence_kept {
    uint64_t pattern, stamp; /* draw + 1 */
    spil_step_terms terms;
} evidence_kept;

typedef struct patterns {
    uint64_t evidence, seats;
} patterns;

struct spil_memo {
    const spil_case *c;
    patterns *bit;                /* by fact: those that taking it out sets */
    seats_kept *filled, *present; /* steps x PLACES */
    evidence_kept *evidence;      /* steps x PLACES */
    spil_seat_terms *roles;       /* roles of all steps x PLACES */
    spil_seat_terms *anew;        /* roles of all steps */
    /* The draw. */
    size_t b;
    const double *number;
    uint8_t *off;
    patterns *drawn, *gone;         /* by step: in the draw; and with facts taken out */
    spil_step_terms *terms, *other; /* by step: of the draw; without the facts */
    uint8_t *touched;
};

static uint32_t evidence_count(const spil_case *c, size_t step)
{
    return c->family_row[step + 1] - c->family_row[step];
}

static uint32_t seat_count(const spil_case *c, size_t step)
{
    return c->seat_row[step + 1] - c->seat_row[step];
}

/* Position i of a pattern. */
static uint64_t at(uint32_t i, uint64_t value)
{
    return value << 2 * (i % FACTS_MOST);
}

static void number_bits(spil_memo *memo)
{
    const spil_case *const c = memo->c;
    for (size_t s = 0; s < c->model->step_count; s++) {
        for (uint32_t i = 0; i < evidence_count(c, s); i++)
            memo->bit[c->by_family[c->family_row[s] + i]].evidence = at(i, SPIL_TAKEN_OUT);
        for (uint32_t i = 0; i < seat_count(c, s); i++)
            memo->bit[c->by_seat[c->seat_row[s] + i]].seats = at(i, SPIL_TAKEN_OUT);
    }
}

spil_status spil_memo_new(spil_memo **out, const spil_case *chain_case, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_memo *memo = NULL;
    const size_t steps = chain_case->model->step_count;
    TRY(NEW(memo, err));
    memo->c = chain_case;
    TRY(NEW_ARRAY(memo->bit, chain_case->fact_count, err));
    TRY(NEW_ARRAY(memo->filled, steps * PLACES, err));
    TRY(NEW_ARRAY(memo->present, steps * PLACES, err));
    TRY(NEW_ARRAY(memo->evidence, steps * PLACES, err));
    TRY(NEW_ARRAY(memo->roles, chain_case->role_count * PLACES, err));
    TRY(NEW_ARRAY(memo->anew, chain_case->role_count, err));
    TRY(NEW_ARRAY(memo->drawn, steps, err));
    TRY(NEW_ARRAY(memo->gone, steps, err));
    TRY(NEW_ARRAY(memo->terms, steps, err));
    TRY(NEW_ARRAY(memo->other, steps, err));
    TRY(NEW_ARRAY(memo->touched, steps, err));
    number_bits(memo);
    *out = memo;
    memo = NULL;
done:
    spil_memo_free(memo);
    return rc;
}

void spil_memo_free(spil_memo *memo)
{
    if (!memo)
        return;
    void *const blocks[] = {memo->bit,   memo->filled, memo->present, memo->evidence,
                            memo->roles, memo->anew,   memo->drawn,   memo->gone,
                            memo->terms, memo->other,  memo->touched};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        spil_free(blocks[i]);
    spil_free(memo);
}

/* ---- looking up ---- */

/* How each of these facts counts. */
static uint64_t pattern_of(const uint32_t *facts, uint32_t count, const uint8_t *off)
{
    uint64_t pattern = 0;
    for (uint32_t i = 0; i < count && i < FACTS_MOST; i++)
        pattern |= at(i, off[facts[i]]);
    return pattern;
}

static size_t place_of(size_t step, uint64_t pattern)
{
    const uint64_t mixed = pattern * UINT64_C(0x9e3779b97f4a7c15);
    return step * PLACES + (size_t)(mixed >> 58);
}

/* The terms when they are kept; false: they must be worked out. */
static bool look_up(const spil_memo *memo, size_t step, patterns of, spil_step_terms *terms)
{
    const evidence_kept *const evidence = &memo->evidence[place_of(step, of.evidence)];
    const seats_kept *const seats = &memo->filled[place_of(step, of.seats)];
    if (evidence->stamp != memo->b + 1 || evidence->pattern != of.evidence || !seats->stamp ||
        seats->pattern != of.seats)
        return false;
    *terms = evidence->terms;
    terms->filled = seats->filled;
    return true;
}

/* The terms as off has it, kept for the next time. */
static spil_step_terms work_out(spil_memo *memo, size_t step, patterns of)
{
    const spil_case *const c = memo->c;
    spil_step_terms terms = spil_chain_evidence(c, step, memo->number, memo->off);
    if (evidence_count(c, step) <= FACTS_MOST)
        memo->evidence[place_of(step, of.evidence)] =
            (evidence_kept){of.evidence, memo->b + 1, terms};
    seats_kept *const seats = &memo->filled[place_of(step, of.seats)];
    if (seats->stamp && seats->pattern == of.seats) {
        terms.filled = seats->filled;
        return terms;
    }
    terms.filled = spil_chain_filled(c, step, memo->off);
    if (seat_count(c, step) <= FACTS_MOST)
        *seats = (seats_kept){of.seats, 1, terms.filled};
    return terms;
}

/* ---- a draw ---- */

void spil_memo_draw(spil_memo *memo, size_t b, const double *number, uint8_t *off)
{
    const spil_case *const c = memo->c;
    memo->b = b;
    memo->number = number;
    memo->off = off;
    for (size_t s = 0; s < c->model->step_count; s++) {
        memo->drawn[s] = memo->gone[s] =
            (patterns){pattern_of(c->by_family + c->family_row[s], evidence_count(c, s), off),
                       pattern_of(c->by_seat + c->seat_row[s], seat_count(c, s), off)};
        memo->terms[s] = memo->other[s] = work_out(memo, s, memo->drawn[s]);
    }
}

const spil_step_terms *spil_memo_terms(const spil_memo *memo)
{
    return memo->terms;
}

static void put(const spil_memo *memo, const uint32_t *facts, size_t count, uint8_t off)
{
    for (size_t i = 0; i < count; i++)
        memo->off[facts[i]] = off;
}

double spil_memo_value_without(spil_memo *memo, const uint32_t *facts, size_t count)
{
    const spil_case *const c = memo->c;
    bool is_put = false;
    for (size_t i = 0; i < count; i++) {
        const uint32_t s = c->facts[facts[i]].step;
        memo->gone[s].evidence |= memo->bit[facts[i]].evidence;
        memo->gone[s].seats |= memo->bit[facts[i]].seats;
        memo->touched[s] = 1;
    }
    for (size_t s = 0; s < c->model->step_count; s++) {
        if (!memo->touched[s] || look_up(memo, s, memo->gone[s], &memo->other[s]))
            continue;
        if (!is_put)
            put(memo, facts, count, SPIL_TAKEN_OUT);
        is_put = true;
        memo->other[s] = work_out(memo, s, memo->gone[s]);
    }
    if (is_put)
        put(memo, facts, count, SPIL_COUNTS);
    const double value = spil_chain_value(c, memo->number, memo->other);
    for (size_t s = 0; s < c->model->step_count; s++)
        if (memo->touched[s]) {
            memo->gone[s] = memo->drawn[s];
            memo->other[s] = memo->terms[s];
            memo->touched[s] = 0;
        }
    return value;
}

const spil_seat_terms *spil_memo_roles(spil_memo *memo, size_t step)
{
    const spil_case *const c = memo->c;
    const size_t roles = c->role_row[step + 1] - c->role_row[step];
    spil_seat_terms *to = memo->anew;
    if (seat_count(c, step) <= FACTS_MOST) {
        const uint64_t pattern = memo->drawn[step].seats;
        const size_t place = place_of(step, pattern);
        seats_kept *const kept = &memo->present[place];
        to = memo->roles + c->role_row[step] * PLACES + (place - step * PLACES) * roles;
        if (kept->stamp && kept->pattern == pattern)
            return to;
        *kept = (seats_kept){pattern, 1, 0};
    }
    for (size_t r = 0; r < roles; r++)
        to[r] = spil_chain_role(c, step, r, memo->off);
    return to;
}
