/* cmd_questions.c - `spil questions CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/opt_lang.h"
#include "cli/show.h"
#include "engine/run/questions.h"
#include "engine/run/reopen.h"
#include "engine/run/words.h"
#include "reports/lang.h"
#include "reports/report.h"

#include <inttypes.h>
#include <stdio.h>

static struct {
    const char *top, *count, *lang, *models, *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("count", given.count, "so many questions, 0: all (default: 20)", "N"),
    OPT_TEXT("top", given.top, "the first K of the ranking count (default: 20)", "K"),
    OPT_TEXT("lang", given.lang, "language of names: nl or en (default: en)", "LANG"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

static void add_row(spil_table *table, const spil_reopened *it, const spil_question *q,
                    spil_lang lang)
{
    const spil_entity *const entity = &it->facts->entities[q->entity];
    const spil_model *const model = it->models->models[q->model];
    const spil_model_step *const step = &model->steps[q->step];
    const bool signal = q->kind == SPIL_FACT_SIGNAL;
    spil_table_row(table);
    spil_table_text(table, spil_partner_id(q->partner));
    spil_table_text(table, spil_name_in(spil_partner_names(q->partner), lang));
    spil_table_text(table, spil_fact_word(q->kind));
    spil_table_text(table, signal ? step->signals[q->item].code : step->roles[q->item].id);
    spil_table_text(
        table,
        spil_name_in(signal ? step->signals[q->item].names : step->roles[q->item].names, lang));
    spil_table_text(table, entity->key);
    spil_table_text(table, spil_entity_name(entity));
    spil_table_count(table, (uint64_t)q->community + 1);
    spil_table_text(table, model->id);
    spil_table_text(table, step->id);
    spil_table_number(table, q->chance);
    spil_table_number(table, q->value);
    spil_table_number(table, q->value_yes);
    spil_table_count(table, q->place);
    spil_table_count(table, q->place_yes);
    spil_table_number(table, q->worth);
}

static spil_status show(const spil_reopened *it, const spil_questions *found, size_t count,
                        spil_lang lang, spil_table_format format, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "partner", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "partner_name", .label = "ask", .shown = SPIL_SHOWN_PEOPLE},
        {.name = "kind", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "code", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "name", .label = "whether there is", .places = 36},
        {.name = "key", .label = "of"},
        {.name = "entity_name", .label = "", .places = 28},
        {.name = "community", .label = "in", .kind = SPIL_COLUMN_WHOLE},
        {.name = "model", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "step", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "chance", .label = "likely", .kind = SPIL_COLUMN_REAL, .places = 3},
        {.name = "value", .label = "harm now", .kind = SPIL_COLUMN_REAL, .places = 3},
        {.name = "value_yes", .label = "if so", .kind = SPIL_COLUMN_REAL, .places = 3},
        {.name = "place", .kind = SPIL_COLUMN_WHOLE},
        {.name = "place_yes", .label = "if so", .kind = SPIL_COLUMN_WHOLE},
        {.name = "worth", .kind = SPIL_COLUMN_REAL, .places = -2},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    char members[100];
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < found->count && (count == 0 || i < count); i++)
        add_row(table, it, &found->items[i], lang);
    (void)snprintf(members, sizeof members, "\"pairs\": %zu, \"top\": %zu, \"questions\": %zu",
                   found->pairs, found->top, found->count);
    TRY(spil_show_table(table, format, "questions", members, err));
    if (format == SPIL_FORMAT_TABLE)
        spil_note("likely: chance that it is so; harm: harm x chance of the chain, and its place "
                  "among %zu; worth: what the answer is expected to move the first %zu by",
                  found->pairs, found->top);
done:
    spil_table_free(table);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_case_run c = {.store = NULL};
    spil_questions found = {0};
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_lang lang = SPIL_LANG_EN;
    uint64_t top = 20, count = 20;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_questions, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_opt_uint("--top", given.top, 1, 100000, &top, err));
    TRY(spil_opt_uint("--count", given.count, 0, 1000000, &count, err));
    TRY(spil_opt_lang(given.lang, &lang, err));
    TRY(spil_case_run_open(&c, args.words[0], SPIL_STORE_READ, given.models, err));
    const spil_questions_opts opts = {.top = (size_t)top, .as_of = spil_reopened_run(&c.it)->as_of};
    TRY(spil_questions_find(&found, c.it.facts, c.it.network, c.it.communities, c.it.models, &opts,
                            err));
    rc = show(&c.it, &found, (size_t)count, lang, format, err);
done:
    spil_questions_clear(&found);
    spil_case_run_close(&c);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_questions = {
    .name = "questions",
    .arguments = "CASE.db",
    .summary = "which missing record, at which partner, would change the list most",
    .details =
        "Goes through the signals and roles of the models that are not on record in the scored\n"
        "communities of the newest analysis, and tells which one is worth asking for: chance that\n"
        "it is so, times how far the list would move. A question is a question: ask only what the\n"
        "partner may answer on its own legal basis.\n"
        "\n"
        "examples:\n"
        "  spil questions case.db\n"
        "  spil questions case.db --count 5 --lang nl",
    .run = run,
};
