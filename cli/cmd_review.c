/* cmd_review.c - `spil review CASE.db`: a named person's word on each proposal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt_groups.h"
#include "cli/opt_lang.h"
#include "cli/review.h"
#include "cli/show.h"
#include "engine/base/text.h"
#include "engine/run/choosing.h"
#include "engine/run/words.h"
#include "reports/sentence.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

static struct {
    const char *accept, *reject, *hold, *by, *reason, *sheet, *answers, *lang, *models, *format;
    int json, list, ask;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("accept", given.accept, "accept these ranks, with commas between", "RANKS"),
    OPT_TEXT("reject", given.reject, "reject these", "RANKS"),
    OPT_TEXT("hold", given.hold, "put these off", "RANKS"),
    OPT_TEXT("by", given.by, "the name of who decides", "NAME"),
    OPT_TEXT("reason", given.reason, "why", "TEXT"),
    OPT_TEXT("sheet", given.sheet, "write a sheet to fill in", "FILE.csv"),
    OPT_TEXT("answers", given.answers, "read the filled-in sheet back", "FILE.csv"),
    OPT_FLAG("ask", given.ask,
             "go through the proposals one by one (what a terminal does by itself)"),
    OPT_FLAG("list", given.list, "list what was decided, also on a terminal"),
    OPT_TEXT("lang", given.lang, "language of the reasons, nl or en (default: en)", "LANG"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

/* ---- typed on the command line ---- */

static spil_status add_ranks(spil_review_words *words, const char *option, const char *ranks,
                             spil_verdict verdict, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (const char *at = ranks; at && rc == SPIL_OK;) {
        const size_t length = strcspn(at, ",");
        char number[16] = "";
        uint64_t rank = 0;
        memcpy(number, at, length < sizeof number ? length : sizeof number - 1);
        if (!spil_parse_uint(number, UINT32_MAX, &rank) || rank < 1)
            return spil_fail(err, SPIL_USAGE,
                             "%s: '%s' is not a rank; expected numbers such as 1,4", option, ranks);
        const spil_review_word word = {.rank = (uint32_t)rank,
                                       .verdict = verdict,
                                       .reviewer = given.by,
                                       .reason = given.reason};
        rc = VEC_PUSH(words->words, word, err);
        at = at[length] ? at + length + 1 : NULL;
    }
    return rc;
}

static spil_status typed_words(spil_review_words *words, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if ((given.accept || given.reject || given.hold) && !(given.by && given.reason))
        return spil_fail(err, SPIL_USAGE, "%s is missing: a decision has a name and a reason",
                         given.by ? "--reason TEXT" : "--by NAME");
    TRY(add_ranks(words, "--accept", given.accept, SPIL_VERDICT_ACCEPTED, err));
    TRY(add_ranks(words, "--reject", given.reject, SPIL_VERDICT_REJECTED, err));
    TRY(add_ranks(words, "--hold", given.hold, SPIL_VERDICT_HELD, err));
done:
    return rc;
}

/* ---- what was decided ---- */

static const spil_table_column columns[] = {
    {.name = "rank", .label = "#", .kind = SPIL_COLUMN_WHOLE},
    {.name = "key", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "name", .label = "target", .places = 28},
    {.name = "barrier", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "action", .places = 30},
    {.name = "partner"},
    {.name = "status"},
    {.name = "reviewer", .places = 20},
    {.name = "reason", .places = 40},
    {.name = "decided"},
};

/* The last word on the target; NULL when there is none. Decisions stand in the order of saying. */
static const spil_decision_row *last_word(const spil_results *rows, size_t target)
{
    const spil_decision_row *last = NULL;
    for (size_t i = 0; i < rows->decision_count; i++)
        if ((size_t)rows->decisions[i].target == target)
            last = &rows->decisions[i];
    return last;
}

static spil_status list(spil_store *store, int64_t run, const spil_result *result, spil_lang lang,
                        spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    spil_results *rows = NULL;
    spil_table *table = NULL;
    TRY(spil_store_load_facts(&facts, store, err));
    TRY(spil_results_load(&rows, store, run, facts, SPIL_RESULTS_TARGETS, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < result->target_count; i++) {
        const spil_result_target *const t = &result->targets[i];
        const spil_decision_row *const word = last_word(rows, i);
        char day[16] = "";
        if (word)
            spil_format_day((spil_day)(word->time / INT64_C(86400000000)), day);
        spil_table_row(table);
        spil_table_count(table, t->rank);
        spil_table_text(table, result->entities[t->entity].key);
        spil_table_text(table, result->entities[t->entity].name);
        spil_table_text(table, t->barrier.id);
        spil_table_text(table, spil_name_in(t->barrier.names, lang));
        spil_table_text(table, spil_partner_id(t->barrier.partner));
        spil_table_text(table, spil_word_text(SPIL_LANG_EN, spil_status_word(t->status)));
        spil_table_text(table, word ? word->reviewer : NULL);
        spil_table_text(table, word ? word->reason : NULL);
        spil_table_text(table, word ? day : NULL);
    }
    TRY(spil_show_table(table, format, "review", NULL, err));
done:
    spil_table_free(table);
    spil_results_free(rows);
    spil_facts_free(facts);
    return rc;
}

/* ---- the command ---- */

static spil_status decide(spil_store *store, int64_t run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_review_words words = {0};
    TRY(typed_words(&words, err));
    if (given.answers)
        TRY(spil_review_read_sheet(&words, given.answers, err));
    TRY(spil_review_keep(store, run, &words, given.answers, err));
    spil_note("%zu decision%s kept", words.words.count, words.words.count == 1 ? "" : "s");
done:
    spil_review_words_free(&words);
    return rc;
}

static spil_status work(spil_store *store, spil_lang lang, spil_table_format format, bool deciding,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t run = 0;
    spil_result *result = NULL;
    spil_result_opts opts = SPIL_RESULT_OPTS_DEFAULTS;
    opts.models = given.models;
    TRY(spil_newest_list(&run, store, err));
    if (deciding) {
        rc = decide(store, run, err);
        goto done;
    }
    TRY(spil_result_load(&result, store, run, &opts, err));
    if (given.sheet) {
        TRY(spil_review_write_sheet(result, lang, given.sheet, err));
        spil_note("%s: %zu proposals to fill in; then spil review CASE.db --answers %s",
                  given.sheet, result->target_count, given.sheet);
    } else if (given.ask ||
               (!given.list && format == SPIL_FORMAT_TABLE && isatty(0) && isatty(1))) {
        rc = spil_review_ask(store, run, result, lang, given.by, err);
    } else {
        rc = list(store, run, result, lang, format, err);
    }
done:
    spil_result_free(result);
    return rc;
}

static spil_status run_review(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_args args = {0};
    spil_lang lang = SPIL_LANG_EN;
    spil_table_format format = SPIL_FORMAT_TABLE;
    TRY(spil_args_read(&args, &spil_cmd_review, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_opt_lang(given.lang, &lang, err));
    const bool deciding = given.accept || given.reject || given.hold || given.answers;
    const bool writes = deciding || given.ask || !given.list;
    TRY(spil_case_open(&store, args.words[0], writes ? SPIL_STORE_WRITE : SPIL_STORE_READ, err));
    TRY(work(store, lang, format, deciding, err));
done:
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_review = {
    .name = "review",
    .arguments = "CASE.db",
    .summary = "accept, reject or hold proposals, by name and with a reason",
    .details =
        "A target is a proposal until a named person has looked at it. On a terminal the command\n"
        "shows the proposals of the newest list one by one and asks; elsewhere it lists them with\n"
        "what was decided. --sheet writes a CSV to fill in (verdict: accepted, rejected or held;\n"
        "reviewer; reason), --answers reads it back: all of it, or, when a row is wrong, nothing.\n"
        "A later word overrules an earlier one; both stay, and each stands in the audit chain.\n"
        "\n"
        "examples:\n"
        "  spil review case.db\n"
        "  spil review case.db --accept 1,4 --by 'J. de Vries' --reason 'checked in the field'\n"
        "  spil review case.db --sheet meeting.csv\n"
        "  spil review case.db --answers meeting.csv\n"
        "  spil review case.db --list --json",
    .run = run_review,
};
