/* resolve_reason.c - why two were merged, and why not, in words. See resolve_work.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/resolve_work.h"

#include "engine/base/str.h"

static const char *key_of(const spil_resolve_work *w, uint32_t record)
{
    return w->job->reading->facts->entities[w->records->items[record].entity].key;
}

/* " (C12, P9)": whom both are linked to; the first few. */
static void add_ties(const spil_resolve_work *w, spil_str *text, const spil_scored_pair *pair)
{
    enum { MOST = 3 };
    const spil_record *const a = &w->records->items[pair->a], *const b =
                                                                  &w->records->items[pair->b];
    const uint32_t *const ties = w->records->ties;
    unsigned count = 0;
    for (uint32_t i = a->tie_begin, j = b->tie_begin;
         i < a->tie_begin + a->tie_count && j < b->tie_begin + b->tie_count;) {
        const uint32_t x = ties[i], y = ties[j];
        if (x == y && count++ < MOST)
            spil_str_addf(text, "%s%s", count == 1 ? " (" : ", ",
                          w->job->reading->facts->entities[x].key);
        i += x <= y;
        j += y <= x;
    }
    if (count > 0)
        spil_str_add(text, count > MOST ? ", ...)" : ")");
}

/* "surname equal (1 in 4300), given initial, ties shared (C12)": what is missing is not said. */
spil_status spil_reason_for(const spil_resolve_work *w, const spil_scored_pair *pair,
                            const char **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    spil_agreement agreement;
    spil_compare(&agreement, w->records, w->words, pair->a, pair->b);
    if (pair->answered)
        spil_str_add(&text, "a person's answer; ");
    for (unsigned f = 0; f < w->set->count; f++) {
        const spil_field *const field = &w->set->fields[f];
        const double share = spil_score_share(w, &agreement, f, pair->a);
        if (agreement.level[f] == SPIL_MISSING)
            continue;
        const bool first = text.length == 0 || text.text[text.length - 1] == ' ';
        spil_str_addf(&text, "%s%s %s", first ? "" : ", ", field->name,
                      field->words[agreement.level[f]]);
        if (share > 0)
            spil_str_addf(&text, " (1 in %.3g)", 1 / share);
        if (w->set->context && f == 2 && agreement.level[f] > 1)
            add_ties(w, &text, pair);
    }
    TRY(spil_str_status(&text, err));
    rc = spil_arena_text(w->job->arena, out, spil_str_text(&text), text.length, err);
done:
    spil_str_free(&text);
    return rc;
}

spil_status spil_reason_against(const spil_resolve_work *w, const spil_scored_pair *pair,
                                const char **out, spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    if (pair->answered)
        spil_str_add(&text, "a person's answer, against others: ");
    if (pair->verdict == SPIL_PAIR_CONTRADICTS)
        spil_str_addf(&text, "does not go with %s", key_of(w, pair->other));
    else if (pair->verdict == SPIL_PAIR_AMBIGUOUS)
        spil_str_addf(&text, "%s fits as well", key_of(w, pair->other));
    else if (pair->verdict == SPIL_PAIR_TOO_MANY)
        spil_str_addf(&text, "more than %d would be one", SPIL_CLUSTER_MOST);
    else
        spil_str_add(&text, pair->bar ? pair->bar : "below the threshold");
    spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        rc = spil_arena_text(w->job->arena, out, spil_str_text(&text), text.length, err);
    spil_str_free(&text);
    return rc;
}
