/* upkeep.c - counts and checks. See upkeep.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/upkeep.h"

#include "engine/base/str.h"
#include "engine/store/db.h"

#include <inttypes.h>
#include <string.h>

spil_status spil_store_info(spil_store_counts *out, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, INFO, err));
    TRY(spil_db_next(&rows, err));
    *out = (spil_store_counts){.schema = (int)spil_db_int(&rows, 0),
                               .bytes = (uint64_t)spil_db_int(&rows, 1),
                               .sources = (uint64_t)spil_db_int(&rows, 2),
                               .entities = (uint64_t)spil_db_int(&rows, 3),
                               .attributes = (uint64_t)spil_db_int(&rows, 4),
                               .links = (uint64_t)spil_db_int(&rows, 5),
                               .roles = (uint64_t)spil_db_int(&rows, 6),
                               .signals = (uint64_t)spil_db_int(&rows, 7),
                               .rejects = (uint64_t)spil_db_int(&rows, 8),
                               .runs = (uint64_t)spil_db_int(&rows, 9),
                               .decisions = (uint64_t)spil_db_int(&rows, 10),
                               .audit_entries = (uint64_t)spil_db_int(&rows, 11),
                               .first_expiry = spil_db_day(&rows, 12)};
done:
    spil_db_close(&rows);
    return rc;
}

/* ---- check ---- */

typedef struct checking {
    spil_store *store;
    void (*each)(const char *problem, void *user);
    void *user;
    uint64_t problems;
    spil_str text;
} checking;

static void report(checking *check)
{
    check->problems++;
    if (check->each)
        check->each(spil_str_text(&check->text), check->user);
    spil_str_clear(&check->text);
}

static spil_status check_pages(checking *check, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, check->store, INTEGRITY_CHECK, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        if (strcmp(spil_db_text(&rows, 0), "ok") == 0)
            continue;
        spil_str_addf(&check->text, "file: %s", spil_db_text(&rows, 0));
        report(check);
    }
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status check_references(checking *check, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, check->store, FOREIGN_KEYS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        spil_str_addf(&check->text, "row %" PRId64 " of %s names a row of %s that is not there",
                      spil_db_int(&rows, 1), spil_db_text(&rows, 0), spil_db_text(&rows, 2));
        report(check);
    }
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status check_kinds(checking *check, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, check->store, KINDS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const char *const kind = spil_db_text(&rows, 1);
        spil_entity_kind entity;
        spil_link_kind link;
        const bool of_links = strcmp(spil_db_text(&rows, 0), "link") == 0;
        if (of_links ? spil_link_kind_find(kind, &link) : spil_entity_kind_find(kind, &entity))
            continue;
        spil_str_addf(&check->text, "%" PRId64 " rows of %s are of an unknown kind '%s'",
                      spil_db_int(&rows, 2), of_links ? "link" : "entity", kind);
        report(check);
    }
done:
    spil_db_close(&rows);
    return rc;
}

/* A source says how many of its rows were refused; so many are kept. */
static spil_status check_rejects(checking *check, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, check->store, COUNTS_OF_REJECTS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        spil_str_addf(&check->text,
                      "source %" PRId64 " says that %" PRId64
                      " of its rows were rejected, but %" PRId64 " are kept",
                      spil_db_int(&rows, 0), spil_db_int(&rows, 1), spil_db_int(&rows, 2));
        report(check);
    }
done:
    spil_db_close(&rows);
    return rc;
}

static spil_status check_audit(checking *check, spil_err *err)
{
    spil_err found = SPIL_ERR_INIT;
    const spil_status rc = spil_store_audit_verify(check->store, &found);
    if (rc == SPIL_OK)
        return SPIL_OK;
    if (rc != SPIL_INPUT)
        return spil_fail(err, rc, "%s", found.msg);
    spil_str_add(&check->text, found.msg);
    report(check);
    return SPIL_OK;
}

/* A step that meets a damaged page has found a problem, and the next one still looks. */
static spil_status look(checking *check, spil_status (*step)(checking *check, spil_err *err),
                        spil_err *err)
{
    spil_err found = SPIL_ERR_INIT;
    const spil_status rc = step(check, &found);
    if (rc == SPIL_OK)
        return SPIL_OK;
    if (rc != SPIL_DB)
        return spil_fail(err, rc, "%s", found.msg);
    spil_str_clear(&check->text);
    spil_str_add(&check->text, found.msg);
    report(check);
    return SPIL_OK;
}

spil_status spil_store_check(spil_store *store, void (*each)(const char *problem, void *user),
                             void *user, uint64_t *problems, spil_err *err)
{
    static spil_status (*const steps[])(checking * check, spil_err * err) = {
        check_pages, check_references, check_kinds, check_rejects, check_audit};
    spil_status rc = SPIL_OK;
    checking check = {.store = store, .each = each, .user = user, .text = SPIL_STR_INIT};
    bool began = false;
    TRY(spil_db_begin_read(store, &began, err));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        TRY(look(&check, steps[i], err));
    TRY(spil_str_status(&check.text, err));
    *problems = check.problems;
done:
    spil_db_end_read(store, began);
    spil_str_free(&check.text);
    return rc;
}
