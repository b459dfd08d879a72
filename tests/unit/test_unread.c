/* What is recorded but read by no model is told. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/barriers/unread.h"
#include "tests/unit/t_hand.h"

static t_hand *odd_case(void)
{
    t_hand *const c = t_hand_new("tests/data/models");
    t_hand_link(c, "P1", SPIL_LINK_lives_at, "A1", 1);
    t_hand_signal(c, "A1", "smell", 1, 1, NULL); /* read */
    t_hand_signal(c, "A1", "smel", 1, 1, NULL);
    t_hand_signal(c, "P1", "smel", 1, 1, NULL);
    t_hand_signal(c, "P1", "smell", 1, 1, NULL);           /* of addresses alone */
    t_hand_signal(c, "P1", "cash", 1, 1, NULL);            /* read */
    t_hand_role(c, "P1", "two_steps", "make", "maker", 1); /* read */
    t_hand_role(c, "P1", "two_steps", "make", "seller", 1);
    t_hand_role(c, "P1", "two_step", "make", "maker", 1);
    t_hand_role(c, "P1", "two_step", "make", "maker", 0.5);
    t_hand_ready(c);
    return c;
}

static void assert_row(const spil_unread_row *row, spil_unread_why why, const char *what,
                       spil_entity_kind kind, uint64_t rows)
{
    assert_int_equal(row->why, why);
    assert_string_equal(row->what, what);
    assert_int_equal(row->kind, kind);
    assert_int_equal(row->rows, rows);
}

static void unread_find__counts_what_no_model_reads_and_why(void **state)
{
    (void)state;
    spil_err err;
    t_hand *const c = odd_case();
    spil_unread *unread = NULL;
    assert_ok(spil_unread_find(&unread, c->facts, c->models, &err));
    assert_int_equal(unread->count, 4);
    assert_int_equal(unread->all, 6);
    const spil_unread_row *const row = unread->rows;
    assert_row(&row[0], SPIL_UNREAD_ROLE, "two_step/make/maker", SPIL_ENTITY_KIND_COUNT, 2);
    assert_row(&row[1], SPIL_UNREAD_ROLE, "two_steps/make/seller", SPIL_ENTITY_KIND_COUNT, 1);
    assert_row(&row[2], SPIL_UNREAD_SIGNAL, "smel", SPIL_ENTITY_KIND_COUNT, 2);
    assert_row(&row[3], SPIL_UNREAD_SIGNAL_KIND, "smell", SPIL_ENTITY_person, 1);
    spil_unread_free(unread);
    t_hand_free(c);
}

static spil_status find_and_free(const t_hand *c)
{
    spil_unread *unread = NULL;
    const spil_status rc = spil_unread_find(&unread, c->facts, c->models, NULL);
    spil_unread_free(unread);
    return rc;
}

static void unread_find__survives_every_failed_allocation(void **state)
{
    (void)state;
    t_hand *const c = odd_case();
    assert_survives_no_memory(find_and_free(c));
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(unread_find__counts_what_no_model_reads_and_why),
        T(unread_find__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("unread", tests, NULL, NULL);
}
