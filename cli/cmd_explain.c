/* cmd_explain.c - `spil explain CASE.db ENTITY|COMMUNITY`. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "cli/case.h"
#include "cli/explain_text.h"
#include "cli/opt.h"
#include "cli/opt_lang.h"
#include "cli/show.h"
#include "cli/suggest.h"

#include <inttypes.h>
#include <string.h>

static struct {
    const char *lang, *model, *models;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("lang", given.lang, "language of the sentences: nl or en (default: en)", "LANG"),
    OPT_TEXT("model", given.model, "against this model (default: where it weighs most)", "ID"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

static const char prefix[] = "community:";

/* A key goes before a number. */
static spil_status find_subject(spil_explain_opts *opts, const spil_reopened *it, const char *word,
                                spil_err *err)
{
    const bool named = strncmp(word, prefix, strlen(prefix)) == 0;
    const uint32_t entity = named ? UINT32_MAX : spil_facts_find(it->facts, word);
    uint64_t number = 0;
    if (entity != UINT32_MAX) {
        const spil_vid v = it->network->vertex[entity];
        opts->entity = entity;
        opts->community = v == SPIL_NO_VERTEX ? SPIL_NO_COMMUNITY : it->communities->best.of[v];
        if (opts->community == SPIL_NO_COMMUNITY)
            return spil_fail(err, SPIL_NOT_FOUND, "'%s' is in no community that was scored", word);
        return SPIL_OK;
    }
    const char *const digits = named ? word + strlen(prefix) : word;
    if (!*digits || strspn(digits, "0123456789") != strlen(digits) || strlen(digits) > 9) {
        spil_suggestion near = spil_suggest_for(word);
        for (size_t i = 0; i < it->facts->entity_count; i++)
            spil_suggest_weigh(&near, it->facts->entities[i].key);
        return spil_fail(err, SPIL_NOT_FOUND,
                         "there is no entity '%s', and it is no number of a community%s%s%s", word,
                         near.best ? "; did you mean '" : "", near.best ? near.best : "",
                         near.best ? "'?" : "");
    }
    for (const char *d = digits; *d; d++)
        number = 10 * number + (uint64_t)(*d - '0');
    if (number < 1 || number > it->rows->community_count)
        return spil_fail(err, SPIL_NOT_FOUND, "there are %zu communities, and no entity '%s'",
                         it->rows->community_count, word);
    opts->entity = UINT32_MAX;
    opts->community = (uint32_t)number - 1;
    return SPIL_OK;
}

static spil_status check_model(const spil_reopened *it, const char *id, spil_err *err)
{
    spil_suggestion near = spil_suggest_for(id);
    for (size_t m = 0; m < it->models->count; m++) {
        if (strcmp(it->models->models[m]->id, id) == 0)
            return SPIL_OK;
        spil_suggest_weigh(&near, it->models->models[m]->id);
    }
    return spil_fail(err, SPIL_USAGE, "--model: the analysis knows no model '%s'%s%s%s", id,
                     near.best ? "; did you mean '" : "", near.best ? near.best : "",
                     near.best ? "'?" : "");
}

static spil_status show(const spil_reopened *it, const spil_explained *why, spil_lang lang,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    spil_result names = {0};
    const spil_pen pen = {.out = &text, .result = &names, .lang = lang, .html = false};
    TRY(spil_explain_names(&names, it->facts, err));
    if (given.json)
        spil_explain_json(&pen, it, why);
    else
        spil_explain_say(&pen, it, why);
    TRY(spil_str_status(&text, err));
    if (given.json)
        spil_put(&text);
    else /* names come from the data: line by line, without what could drive a terminal */
        for (char *line = text.text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
            *end = '\0';
            spil_tell("%s", line);
        }
done:
    spil_explain_names_clear(&names);
    spil_str_free(&text);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_case_run c = {.store = NULL};
    spil_explained why = {0};
    spil_lang lang = SPIL_LANG_EN;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_explain, options, argc, argv, 2, 2, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_lang(given.lang, &lang, err));
    TRY(spil_case_run_open(&c, args.words[0], SPIL_STORE_READ, given.models, err));
    spil_explain_opts opts = {.model = given.model, .progress = spil_meter()};
    if (given.model)
        TRY(check_model(&c.it, given.model, err));
    TRY(find_subject(&opts, &c.it, args.words[1], err));
    TRY(spil_explain(&why, &c.it, &opts, err));
    rc = show(&c.it, &why, lang, err);
done:
    spil_explained_clear(&why);
    spil_case_run_close(&c);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_explain = {
    .name = "explain",
    .arguments = "CASE.db ENTITY|COMMUNITY",
    .summary = "why somebody or a community scores, and what would halve it",
    .details =
        "Says in plain sentences what the score of the newest analysis rests on, each with the\n"
        "file and line it comes from; what was looked for and not found; which records would have\n"
        "to be false for the score to halve (checked by scoring again without them); and which\n"
        "assumed numbers of the model move it.\n"
        "ENTITY is a key, COMMUNITY a number; where a key is a number too, write community:N.\n"
        "\n"
        "examples:\n"
        "  spil explain case.db P12 --lang nl\n"
        "  spil explain case.db community:3 --json",
    .run = run,
};
