/* review_ask.c - the dialogue of review.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/review.h"

#include "cli/show.h"
#include "engine/base/text.h"
#include "reports/sentence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REASONS_SHOWN = 4 };

/* A line of stdin without its end and the blanks around it; false at its end. text: borrowed until
 * the next call. */
static bool read_line(spil_str *line, const char **text)
{
    int c;
    spil_str_clear(line);
    while ((c = getchar()) != EOF && c != '\n') {
        const char byte = (char)c;
        spil_str_add_n(line, &byte, 1);
    }
    if (c == EOF && line->length == 0)
        return false;
    while (line->length && strchr(" \t\r", line->text[line->length - 1]))
        line->text[--line->length] = '\0';
    *text = spil_str_text(line);
    while (**text == ' ' || **text == '\t')
        ++*text;
    return true;
}

/* Asks until something is said; false at the end of stdin. */
static bool ask(spil_lang lang, spil_word question, spil_str *line, const char **text)
{
    do {
        (void)fflush(stdout);
        spil_note("%s", spil_word_text(lang, question));
        if (!read_line(line, text))
            return false;
    } while (!**text);
    return true;
}

static spil_status show(const spil_result *result, spil_lang lang, const spil_result_target *target,
                        spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    const spil_pen pen = {&text, result, lang, false};
    spil_str_add(&text, "\n");
    SAY(&pen, so_many_of, A_COUNT(target->rank), A_COUNT(result->target_count));
    spil_str_add(&text, "  ");
    spil_say_proposal(&pen, target);
    spil_str_addf(&text, " (%s)\n   ",
                  spil_name_in(spil_partner_names(target->barrier.partner), lang));
    spil_say_fall(&pen, target);
    spil_str_add(&text, "\n");
    for (size_t i = 0; i < target->reason_count && i < REASONS_SHOWN; i++) {
        spil_str_add(&text, "   - ");
        spil_say_reason(&pen, target, &target->reasons[i]);
        spil_str_add(&text, "\n");
    }
    if (target->reason_count > REASONS_SHOWN) {
        spil_str_add(&text, "   ... ");
        SAY(&pen, review_more, A_COUNT(target->reason_count - REASONS_SHOWN));
        spil_str_add(&text, "\n");
    }
    const spil_status rc = spil_str_status(&text, err);
    for (char *at = text.text, *end; rc == SPIL_OK && at && *at; at = end) {
        end = at + strcspn(at, "\n");
        const bool more = *end != '\0';
        *end = '\0';
        spil_tell("%s", at); /* a line at a time: control characters of the data stay harmless */
        end += more;
    }
    spil_str_free(&text);
    return rc;
}

typedef enum said { SAID_VERDICT, SAID_SKIP, SAID_QUIT } said;

static said ask_verdict(spil_lang lang, spil_str *line, spil_verdict *verdict)
{
    const char *text = "";
    for (;;) {
        if (!ask(lang, SPIL_SAY_review_ask, line, &text) || strcmp(text, "q") == 0 ||
            strcmp(text, "quit") == 0)
            return SAID_QUIT;
        if (strcmp(text, "s") == 0 || strcmp(text, "skip") == 0)
            return SAID_SKIP;
        if (spil_review_verdict(text, verdict))
            return SAID_VERDICT;
    }
}

typedef struct review_who {
    spil_lang lang;
    const char *name;
} review_who;

static spil_status note_kept(spil_lang lang, uint32_t rank, spil_verdict verdict, spil_err *err)
{
    static const spil_word words[] = {[SPIL_VERDICT_ACCEPTED] = SPIL_SAY_status_accepted,
                                      [SPIL_VERDICT_REJECTED] = SPIL_SAY_status_rejected,
                                      [SPIL_VERDICT_HELD] = SPIL_SAY_status_held};
    spil_str text = SPIL_STR_INIT;
    const spil_pen pen = {&text, NULL, lang, false};
    SAY(&pen, review_kept, A_COUNT(rank), A_WORD(words[verdict]));
    const spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        spil_note("%s", spil_str_text(&text));
    spil_str_free(&text);
    return rc;
}

/* One target; *quit when the reviewer stops. */
static spil_status review_one(spil_store *store, int64_t run, const spil_result *result,
                              const spil_result_target *target, const review_who *who,
                              spil_str *line, bool *quit, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_review_words words = {0};
    spil_review_word word = {.rank = target->rank,
                             .key = result->entities[target->entity].key,
                             .barrier = target->barrier.id,
                             .partner = spil_partner_id(target->barrier.partner),
                             .reviewer = who->name};
    switch (ask_verdict(who->lang, line, &word.verdict)) {
    case SAID_QUIT:
        *quit = true;
        return SPIL_OK;
    case SAID_SKIP:
        return SPIL_OK;
    case SAID_VERDICT:
        break;
    }
    if (!ask(who->lang, SPIL_SAY_review_why, line, &word.reason)) {
        *quit = true;
        return SPIL_OK;
    }
    TRY(VEC_PUSH(words.words, word, err));
    TRY(spil_review_keep(store, run, &words, NULL, err));
    TRY(note_kept(who->lang, word.rank, word.verdict, err));
done:
    spil_review_words_free(&words);
    return rc;
}

spil_status spil_review_ask(spil_store *store, int64_t run, const spil_result *result,
                            spil_lang lang, const char *reviewer, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str line = SPIL_STR_INIT, name = SPIL_STR_INIT;
    const char *text = "";
    bool quit = false;
    if (!reviewer && !ask(lang, SPIL_SAY_review_name, &line, &text))
        goto done;
    spil_str_add(&name, reviewer ? reviewer : text);
    TRY(spil_str_status(&name, err));
    for (size_t i = 0; i < result->target_count && !quit; i++) {
        TRY(spil_check_stop(err));
        if (result->targets[i].status != SPIL_TARGET_PROPOSED)
            continue;
        TRY(show(result, lang, &result->targets[i], err));
        const review_who who = {lang, spil_str_text(&name)};
        TRY(review_one(store, run, result, &result->targets[i], &who, &line, &quit, err));
    }
done:
    spil_str_free(&line);
    spil_str_free(&name);
    return rc;
}
