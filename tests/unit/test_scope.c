/* Communities that somebody states. SPDX-License-Identifier: GPL-3.0-or-later */
#include "t.h"
#include "t_hand.h"

#include "engine/run/scope.h"

#define TWO "tests/data/models/two_steps.yaml"

static spil_err err;

/* P1 - P2 - P3 - P4 - P5   P9 */
static t_hand *path_of_five(void)
{
    t_hand *const c = t_hand_new(TWO);
    for (int i = 1; i < 5; i++) {
        const char from[] = {'P', (char)('0' + i), '\0'}, to[] = {'P', (char)('1' + i), '\0'};
        t_hand_link(c, from, SPIL_LINK_knows, to, 1);
    }
    t_hand_entity(c, "P9");
    t_hand_signal(c, "P5", "cash", 1, 1, NULL);
    t_hand_ready(c);
    return c;
}

static spil_scope *scope_of(unsigned within, const char *const *rows)
{
    spil_scope *scope = NULL;
    assert_ok(spil_scope_new(&scope, within, &err));
    for (; rows[0]; rows += 2)
        assert_ok(
            spil_scope_add(scope, &(spil_scope_member){rows[0], rows[1], "list.csv:7"}, &err));
    spil_scope_finish(scope);
    return scope;
}

/* Community of each of P1 .. P5, P9: a letter, '-' for none. */
static void assert_communities(unsigned within, const char *const *rows, const char *expected)
{
    t_hand *const c = path_of_five();
    spil_scope *const scope = scope_of(within, rows);
    spil_communities *found = NULL;
    assert_ok(spil_scope_communities(&found, scope, c->facts, c->network, &err));
    for (spil_vid v = 0; v < 6; v++) {
        const uint32_t of = found->best.of[v];
        assert_int_equal(of == SPIL_NO_COMMUNITY ? '-' : (char)('a' + of), expected[v]);
        assert_true(found->membership[v] == (expected[v] == '-' ? 0 : 1));
    }
    spil_communities_free(found);
    spil_scope_free(scope);
    t_hand_free(c);
}

static void scope__is_the_list_or_what_is_near(void **state)
{
    (void)state;
    assert_communities(0, (const char *[]){"P4", "", "P2", "", "P4", "", NULL}, "-a-a--");
    assert_communities(0, (const char *[]){"P9", "", NULL}, "-----a");
    assert_communities(1, (const char *[]){"P2", "", NULL}, "aaa---");
    assert_communities(10, (const char *[]){"P2", "", NULL}, "aaaaa-");
    /* grown together, a link at a time; P3 is as near to both and goes to the first name */
    assert_communities(2, (const char *[]){"P4", "south", "P2", "north", NULL}, "aaabb-");
    assert_communities(2, (const char *[]){"P4", "east", "P2", "north", NULL}, "bbaaa-");
}

static void scope__counts_what_is_inside_and_what_leaves(void **state)
{
    (void)state;
    t_hand *const c = path_of_five();
    spil_scope *const scope = scope_of(1, (const char *[]){"P2", "", NULL});
    spil_communities *found = NULL;
    assert_ok(spil_scope_communities(&found, scope, c->facts, c->network, &err));
    assert_int_equal(found->best.count, 1);
    assert_int_equal(found->stats[0].size, 3);
    assert_int_equal(found->stats[0].inner_edges, 2);
    assert_int_equal(found->stats[0].cut_edges, 1);
    spil_communities_free(found);
    spil_scope_free(scope);
    t_hand_free(c);
}

/* The signal of P5 counts in the community of P4, and nowhere when nobody stated its community. */
static void scope__is_what_is_scored(void **state)
{
    (void)state;
    t_hand *const c = path_of_five();
    spil_communities_free(c->communities);
    spil_scope *scope = scope_of(1, (const char *[]){"P4", "", NULL});
    assert_ok(spil_scope_communities(&c->communities, scope, c->facts, c->network, &err));
    spil_scores *scores = t_hand_score(c, 20, 1);
    assert_int_equal(scores->count, 1);
    assert_non_null(t_hand_entity_score(c, &scores->scores[0], "P5"));
    spil_scores_free(scores);
    spil_scope_free(scope);
    spil_communities_free(c->communities);
    scope = scope_of(1, (const char *[]){"P2", "", NULL});
    assert_ok(spil_scope_communities(&c->communities, scope, c->facts, c->network, &err));
    scores = t_hand_score(c, 20, 1);
    assert_int_equal(scores->count, 0);
    spil_scores_free(scores);
    spil_scope_free(scope);
    t_hand_free(c);
}

static void assert_refused(const char *const *rows, spil_status code, const char *text)
{
    t_hand *const c = path_of_five();
    spil_scope *const scope = scope_of(0, rows);
    spil_communities *found = NULL;
    assert_fails(spil_scope_communities(&found, scope, c->facts, c->network, &err), code, text);
    assert_null(found);
    spil_scope_free(scope);
    t_hand_free(c);
}

static void scope__names_the_line_that_is_wrong(void **state)
{
    (void)state;
    assert_refused((const char *[]){"P1", "", "P77", "", NULL}, SPIL_NOT_FOUND,
                   "list.csv:7: there is no entity 'P77' in the case");
    assert_refused((const char *[]){"P1", "a", "P1", "b", NULL}, SPIL_INPUT,
                   "list.csv:7: 'P1' stands in two communities");
}

static void scope__is_written_alike_in_any_order(void **state)
{
    (void)state;
    spil_str one = SPIL_STR_INIT, two = SPIL_STR_INIT;
    spil_scope *a = scope_of(2, (const char *[]){"P10", "b", "P2", "b", "P\"1", "a", NULL});
    spil_scope *b = scope_of(2, (const char *[]){"P\"1", "a", "P2", "b", "P10", "b", NULL});
    spil_scope_write(a, &one);
    spil_scope_write(b, &two);
    assert_string_equal(one.text, two.text);
    assert_string_equal(one.text,
                        ", \"within\": 2, \"members\": [[\"P\\\"1\"], [\"P2\", \"P10\"]]");
    spil_str_free(&one);
    spil_str_free(&two);
    spil_scope_free(a);
    spil_scope_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(scope__is_the_list_or_what_is_near),
        T(scope__counts_what_is_inside_and_what_leaves),
        T(scope__is_what_is_scored),
        T(scope__names_the_line_that_is_wrong),
        T(scope__is_written_alike_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
