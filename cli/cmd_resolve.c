/* cmd_resolve.c - `spil resolve CASE.db`: which persons, companies and addresses are the same.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/resolve_pairs.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/base/vec.h"
#include "engine/store/alias.h"
#include "engine/store/idmap.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    const char *threshold, *review, *from, *answers, *undo, *reviewer, *reason, *format, *threads;
    int list, dry, json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("threshold", given.threshold,
             "merge what is at least so likely one and the same, 0.5 to 1\n(default: 0.5)", "P"),
    OPT_TEXT("review", given.review, "write the doubtful pairs for a person to answer", "FILE.csv"),
    OPT_TEXT("review-from", given.from, "doubtful: at least so likely (default: 0.3)", "P"),
    OPT_TEXT("answers", given.answers, "read that file back first; needs --reviewer", "FILE.csv"),
    OPT_TEXT("reviewer", given.reviewer, "who answered, or who undoes", "NAME"),
    OPT_TEXT("undo", given.undo, "part one entity from those it was merged with, or all",
             "KEY|all"),
    OPT_TEXT("reason", given.reason, "why it is undone", "TEXT"),
    OPT_FLAG("list", given.list, "only show who is merged with whom, and why"),
    OPT_FLAG("dry-run", given.dry, "look, but keep nothing"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_THREADS(given.threads),
    OPT_HELP,
    OPT_END,
};

/* ---- what came of it ---- */

static spil_status show_summary(const spil_resolution *resolution, spil_table_format format,
                                const spil_resolve_opts *opts, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "kind"},
        {.name = "entities", .kind = SPIL_COLUMN_WHOLE},
        {.name = "compared", .label = "pairs compared", .kind = SPIL_COLUMN_WHOLE},
        {.name = "clusters", .kind = SPIL_COLUMN_WHOLE},
        {.name = "merged", .label = "merged away", .kind = SPIL_COLUMN_WHOLE},
        {.name = "doubtful", .label = "doubtful pairs", .kind = SPIL_COLUMN_WHOLE},
        {.name = "left_out", .kind = SPIL_COLUMN_WHOLE, .shown = SPIL_SHOWN_PROGRAMS},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    char members[120];
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t k = 3; k-- > 0;) {
        const spil_resolved_kind *const kind = &resolution->kinds[k];
        spil_table_row(table);
        spil_table_text(table, spil_entity_kind_info(kind->kind)->name);
        spil_table_count(table, kind->entities);
        spil_table_count(table, kind->compared);
        spil_table_count(table, kind->clusters);
        spil_table_count(table, kind->merged);
        spil_table_count(table, kind->doubtful);
        spil_table_count(table, kind->left_out);
    }
    (void)snprintf(members, sizeof members,
                   "\"threshold\": %.10g, \"review_from\": %.10g, \"dry_run\": %s", opts->threshold,
                   opts->review, given.dry ? "true" : "false");
    rc = spil_show_table(table, format, "resolve", members, err);
done:
    spil_table_free(table);
    return rc;
}

static void note_outcome(const spil_resolution *resolution, const char *path)
{
    for (size_t k = 0; k < 3; k++)
        if (resolution->kinds[k].left_out)
            spil_note("%" PRIu64 " pairs of %s records were not compared: too many have the same "
                      "name",
                      resolution->kinds[k].left_out,
                      spil_entity_kind_info(resolution->kinds[k].kind)->name);
    if (given.dry)
        spil_note("nothing was kept (--dry-run)");
    if (given.review)
        spil_note("%s: %zu pairs to answer in column 'same'; then: spil resolve %s --answers %s "
                  "--reviewer NAME",
                  given.review, resolution->doubtful_count, path, given.review);
    else if (resolution->doubtful_count)
        spil_note("%zu pairs are doubtful; write them with --review pairs.csv",
                  resolution->doubtful_count);
}

/* ---- resolving ---- */

static spil_status read_answers(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pairs_read_counts counts;
    char detail[120];
    TRY(spil_pairs_read(&counts, store, given.answers, given.reviewer, err));
    (void)snprintf(detail, sizeof detail,
                   "answers: %" PRIu64 " the same, %" PRIu64 " different, %" PRIu64 " open",
                   counts.same, counts.different, counts.open);
    TRY(spil_store_audit(store, "resolve", detail, err));
    spil_note("%s: %" PRIu64 " pairs are the same, %" PRIu64 " are not, %" PRIu64 " stay open",
              given.answers, counts.same, counts.different, counts.open);
done:
    return rc;
}

static spil_status resolve(spil_store *store, const spil_resolve_opts *opts,
                           spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_resolution *resolution = NULL;
    spil_facts *facts = NULL;
    TRY(spil_store_begin(store, err));
    if (given.answers)
        TRY(read_answers(store, err));
    TRY(spil_resolve(&resolution, &facts, store, opts, err));
    if (given.review)
        TRY(spil_pairs_write(given.review, facts, resolution, err));
    if (!given.dry)
        TRY(spil_store_commit(store, err));
    TRY(show_summary(resolution, format, opts, err));
    note_outcome(resolution, spil_store_path(store));
done:
    spil_store_rollback(store);
    spil_resolution_free(resolution);
    spil_facts_free(facts);
    return rc;
}

/* ---- undoing ---- */

static spil_status undo(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t count = 1;
    int64_t id = 0;
    char detail[80];
    const bool all = strcmp(given.undo, "all") == 0;
    TRY(spil_store_begin(store, err));
    if (all) {
        TRY(spil_store_undo_aliases(store, &count, err));
    } else {
        spil_err own = SPIL_ERR_INIT;
        TRY(spil_store_find_entity(store, given.undo, &id, NULL, err));
        if (id == 0) {
            rc = spil_fail(err, SPIL_NOT_FOUND, "--undo: the case has no entity '%s'", given.undo);
            goto done;
        }
        rc = spil_store_undo_alias(store, id, given.reviewer, given.reason, &own);
        if (rc != SPIL_OK) {
            rc =
                spil_fail(err, rc, rc == SPIL_NOT_FOUND ? "--undo: '%s' is merged with none" : "%s",
                          rc == SPIL_NOT_FOUND ? given.undo : own.msg);
            goto done;
        }
    }
    (void)snprintf(detail, sizeof detail, "undone: %s, entity %" PRId64, all ? "all" : "one", id);
    TRY(spil_store_audit(store, "resolve", detail, err));
    TRY(spil_store_commit(store, err));
    if (all)
        spil_note("%" PRIu64 " merged entities stand on their own again", count);
    else
        spil_note("'%s' stands on its own again, and no later run merges it with the same ones",
                  given.undo);
done:
    spil_store_rollback(store);
    return rc;
}

/* ---- who is who ---- */

/* A merge, by positions in the facts, so that the list comes in the order of keys. */
typedef struct list_row {
    uint32_t cluster, entity, partner;
    double weight, probability;
    const char *pattern;
} list_row;

typedef struct listing {
    spil_idmap entities;
    spil_arena *arena;
    SPIL_VEC(list_row) rows;
} listing;

static spil_status take_alias(const spil_alias *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    listing *const list = user;
    list_row it = {.cluster = spil_idmap_get(&list->entities, row->cluster),
                   .entity = spil_idmap_get(&list->entities, row->entity),
                   .partner = spil_idmap_get(&list->entities, row->partner),
                   .weight = row->weight,
                   .probability = row->probability};
    TRY(spil_arena_text(list->arena, &it.pattern, row->pattern, strlen(row->pattern), err));
    TRY(VEC_PUSH(list->rows, it, err));
done:
    return rc;
}

static int by_cluster(const void *left, const void *right)
{
    const list_row *const a = left, *const b = right;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

/* rows are in order. The first of a cluster is who the others are. */
static spil_status add_rows(spil_table *table, const spil_facts *facts, const listing *list,
                            spil_err *err)
{
    spil_str source = SPIL_STR_INIT;
    uint32_t one = 0;
    for (size_t i = 0; i < list->rows.count; i++) {
        const list_row *const row = &list->rows.items[i];
        const spil_entity *const it = &facts->entities[row->entity];
        if (i == 0 || row->cluster != list->rows.items[i - 1].cluster)
            one = row->entity;
        spil_str_clear(&source);
        spil_str_addf(&source, "%s:%" PRIu64,
                      spil_path_name(facts->sources[it->origin.source].path), it->origin.line);
        spil_table_row(table);
        spil_table_text(table, spil_entity_kind_info(it->kind)->name);
        spil_table_text(table, facts->entities[one].key);
        spil_table_text(table, it->key);
        spil_table_text(table, spil_entity_name(it));
        spil_table_text(table, spil_str_text(&source));
        spil_table_text(table, facts->entities[row->partner].key);
        spil_table_number(table, row->probability);
        spil_table_number(table, row->weight);
        spil_table_text(table, row->pattern);
    }
    const spil_status rc = spil_str_status(&source, err);
    spil_str_free(&source);
    return rc;
}

static spil_status read_list(listing *out, spil_store *store, const spil_facts *facts,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_arena_new(&out->arena, err));
    TRY(spil_idmap_build(&out->entities, facts->entities ? &facts->entities[0].id : NULL,
                         sizeof *facts->entities, facts->entity_count, err));
    TRY(spil_store_each_alias(store, take_alias, out, err));
    if (out->rows.count)
        qsort(out->rows.items, out->rows.count, sizeof *out->rows.items, by_cluster);
done:
    return rc;
}

static spil_status show_list(spil_store *store, spil_table_format format, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "kind"},
        {.name = "one", .label = "is"},
        {.name = "key"},
        {.name = "name"},
        {.name = "source"},
        {.name = "partner", .label = "like"},
        {.name = "probability", .kind = SPIL_COLUMN_REAL, .places = 4},
        {.name = "bits", .kind = SPIL_COLUMN_REAL, .places = 1},
        {.name = "agreement", .places = 100},
    };
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    spil_table *table = NULL;
    listing list = {.arena = NULL};
    TRY(spil_store_load_facts_apart(&facts, store, err));
    TRY(read_list(&list, store, facts, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    TRY(add_rows(table, facts, &list, err));
    if (list.rows.count == 0 && format == SPIL_FORMAT_TABLE)
        spil_note("nothing is merged");
    else
        rc = spil_show_table(table, format, "resolve", NULL, err);
done:
    spil_table_free(table);
    spil_idmap_free(&list.entities);
    spil_free(list.rows.items);
    spil_arena_free(list.arena);
    spil_facts_free(facts);
    return rc;
}

/* ---- the command ---- */

static spil_status check_options(spil_resolve_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_opt_double("--threshold", given.threshold, 0, 1, &opts->threshold, err));
    TRY(spil_opt_double("--review-from", given.from, 0, 1, &opts->review, err));
    if (opts->threshold < 0.5)
        return spil_fail(err, SPIL_USAGE,
                         "--threshold: below 0.5 two are more likely different than the same");
    if (given.undo && (given.review || given.answers || given.list || given.dry))
        return spil_fail(err, SPIL_USAGE, "--undo stands alone");
    if (given.list && (given.review || given.answers || given.dry))
        return spil_fail(err, SPIL_USAGE, "--list stands alone");
    if (given.answers && given.dry)
        return spil_fail(err, SPIL_USAGE, "--answers are kept: not with --dry-run");
    const bool person = given.answers || (given.undo && strcmp(given.undo, "all") != 0);
    if (person && !given.reviewer)
        return spil_fail(err, SPIL_USAGE, "%s needs --reviewer NAME: whose word it is is kept",
                         given.answers ? "--answers" : "--undo");
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_args args = {0};
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_resolve_opts opts = SPIL_RESOLVE_OPTS_DEFAULTS;
    TRY(spil_args_read(&args, &spil_cmd_resolve, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_opt_threads(given.threads, err));
    TRY(check_options(&opts, err));
    opts.progress = spil_meter();
    TRY(spil_case_open(&store, args.words[0], given.list ? SPIL_STORE_READ : SPIL_STORE_WRITE,
                       err));
    if (given.undo)
        rc = undo(store, err);
    else if (given.list)
        rc = show_list(store, format, err);
    else
        rc = resolve(store, &opts, format, err);
done:
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_resolve = {
    .name = "resolve",
    .arguments = "CASE.db",
    .summary = "find persons, companies and addresses that are the same",
    .details =
        "Compares names, addresses, ties, numbers and hashed dates of birth, weighs what agrees "
        "by\n"
        "how rarely it would agree by chance (Fellegi & Sunter 1969, estimated from the case\n"
        "itself), and merges what is likely enough one and the same. What came in stays as it is:\n"
        "a merge only says who is who, has its reasons, and can be undone. Later commands see a\n"
        "merged entity as one, with the names, rows and sources of all.\n"
        "\n"
        "Pairs in between are for a person: --review writes them, --answers reads them back. An\n"
        "answer is kept and obeyed by every later run. Each run starts afresh: after an import,\n"
        "run it again. See docs/resolution.md.\n"
        "\n"
        "examples:\n"
        "  spil resolve case.db --review pairs.csv\n"
        "  spil resolve case.db --answers pairs.csv --reviewer 'A. Bakker'\n"
        "  spil resolve case.db --list --format csv\n"
        "  spil resolve case.db --undo P102 --reviewer 'A. Bakker' --reason 'father and son'\n"
        "  spil resolve case.db --undo all",
    .run = run,
};
