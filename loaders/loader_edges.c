/* loader_edges.c - a plain list of pairs: `a b [weight]`. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With a header (from/to, source/target, ...) or without; separated as text_reader.h says. Ends
 * that are not known yet become entities of opts->entity_kind, links are of opts->link_kind. A pair
 * that stands twice, also reversed, is one link: opts->merge says how weights join. A loop is
 * rejected. So the pairs of a file are put aside until its end (pair_sort.h).
 *
 * Without a header any file of two columns could pass for a list; unless the user named this
 * loader, both ends of the first row must look like numbers of something (hold a digit).
 */
#include "loaders/column_name.h"
#include "loaders/intake.h"
#include "loaders/pair_join.h"
#include "loaders/value.h"

#include <stdio.h>
#include <string.h>

static const char *const from_names[] = {"from", "source",  "src", "node1",
                                         "id1",  "person1", "ego", "van"};
static const char *const to_names[] = {"to",  "target",  "dst",   "node2",
                                       "id2", "person2", "alter", "naar"};
static const char *const weight_names[] = {"weight", "gewicht", "count", "times", "aantal", "w"};

#define COUNT(names) (sizeof(names) / sizeof *(names))

typedef struct edge_load {
    int from, to, weight;
    spil_pair_sort *pairs;
} edge_load;

/* ---- header or not ---- */

static int find_name(const spil_header *header, const char *const *names, size_t count)
{
    for (size_t n = 0; n < count; n++)
        for (size_t i = 0; i < header->count; i++)
            if (spil_column_name_equal(header->names[i], names[n]))
                return (int)i;
    return SPIL_NO_COLUMN;
}

/* `a b 2` is a pair whatever its ends are called. */
static bool has_header(const spil_header *header)
{
    double number;
    for (size_t i = 0; i < header->count; i++)
        if (spil_value_number(header->names[i], true, &number))
            return false;
    return find_name(header, from_names, COUNT(from_names)) != SPIL_NO_COLUMN &&
           find_name(header, to_names, COUNT(to_names)) != SPIL_NO_COLUMN;
}

static bool has_digit(const char *text)
{
    return text[strcspn(text, "0123456789")] != '\0';
}

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    spil_fit fit = {false, SPIL_PHASE_LINKS, ""};
    double weight;
    if (header->count < 2)
        return fit;
    if (has_header(header))
        fit.fits = true;
    else if (header->count == 2 ||
             (header->count == 3 && spil_value_number(header->names[2], true, &weight)))
        fit.fits = forced || (has_digit(header->names[0]) && has_digit(header->names[1]));
    if (!fit.fits && forced)
        (void)snprintf(fit.hint, sizeof fit.hint, "%s",
                       "an edge list has two columns, or three of which the last is a number, "
                       "or a header with 'from' and 'to'");
    return fit;
}

/* ---- rows ---- */

static spil_status take(spil_intake *intake, const spil_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const edge_load *const state = user;
    const char *from, *to;
    int64_t ids[2];
    spil_pair_row pair = {.weight = 1, .line = row->line};
    if (!spil_intake_key(intake, row, state->from, &from) ||
        !spil_intake_key(intake, row, state->to, &to) ||
        !spil_intake_weight(intake, row, state->weight, &pair.weight))
        return SPIL_OK;
    if (strcmp(from, to) == 0) {
        spil_intake_complain(intake, state->to,
                             "loop: '%.80s' is linked to itself; expected two different entities",
                             to);
        return SPIL_OK;
    }
    TRY(spil_intake_put_ends(intake, row, (const char *const[]){from, to}, ids, err));
    pair.from = ids[0];
    pair.to = ids[1];
    TRY(spil_pair_sort_put(state->pairs, &pair, err));
done:
    return rc;
}

/* ---- the file ---- */

static void drop_others(spil_intake *intake, const edge_load *state)
{
    for (size_t i = 0; i < intake->header.count; i++)
        if ((int)i != state->from && (int)i != state->to && (int)i != state->weight)
            spil_intake_drop(intake, i, "an edge list keeps two ends and a weight alone");
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    edge_load state = {.from = 0, .to = 1, .weight = SPIL_NO_COLUMN};
    const bool header = has_header(&intake->header);
    TRY(spil_intake_start(intake, header, err));
    if (header) {
        state.from = find_name(&intake->header, from_names, COUNT(from_names));
        state.to = find_name(&intake->header, to_names, COUNT(to_names));
        state.weight = find_name(&intake->header, weight_names, COUNT(weight_names));
    } else {
        spil_intake_note(intake, "no header: the first row is a pair");
        if (intake->header.count > 2)
            state.weight = 2;
    }
    if (!intake->opts->has_decimal && intake->header.delimiter != ',')
        intake->decimal = SPIL_DECIMAL_EITHER;
    drop_others(intake, &state);
    intake->looks_ahead = intake->puts_ends = true;
    intake->ends[0] = state.from;
    intake->ends[1] = state.to;
    TRY(spil_pair_sort_new(&state.pairs, spil_store_path(intake->store), SPIL_PAIR_RUN, err));
    TRY(spil_intake_each(intake, take, &state, err));
    TRY(spil_pair_join_links(intake, state.pairs, err));
done:
    spil_pair_sort_free(state.pairs);
    return rc;
}

const spil_loader spil_loader_edges = {
    .name = "edges",
    .summary = "a plain list of pairs, with or without weight and header",
    .recognise = recognise,
    .load = load,
};
