/* model_new.c - see model_tools.h: a model from answers. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The questions go to stderr, so that stdout holds the file alone; the answers may come from a
 * pipe.
 */
#include "cli/model_tools.h"

#include "cli/show.h"
#include "engine/barriers/model_write.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_MOST = 400 };

/* The answer to one question, or what is usual when it is empty; SPIL_USAGE when the answers end
 * and nothing is usual. */
static spil_status ask(char *out, const char *question, const char *usual, bool quiet,
                       spil_err *err)
{
    char line[ANSWER_MOST] = "";
    if (!quiet) {
        if (*usual)
            spil_note("%s [%s]", question, usual);
        else
            spil_note("%s", question);
        if (!fgets(line, sizeof line, stdin))
            line[0] = '\0';
    }
    line[strcspn(line, "\r\n")] = '\0';
    (void)snprintf(out, ANSWER_MOST, "%s", line[0] ? line : usual);
    return out[0] ? SPIL_OK
                  : spil_fail(err, SPIL_USAGE, "no answer to '%s'; see spil help model", question);
}

/* "Buy a van" -> "buy_a_van"; at most 40 letters. */
static void make_id(char out[48], const char *name, size_t number)
{
    size_t n = 0;
    for (const char *p = name; *p && n < 40; p++) {
        const char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
        if ((c >= 'a' && c <= 'z') || (n > 0 && c >= '0' && c <= '9'))
            out[n++] = c;
        else if (n > 0 && out[n - 1] != '_')
            out[n++] = '_';
    }
    while (n > 0 && out[n - 1] == '_')
        n--;
    out[n] = '\0';
    if (n == 0)
        (void)snprintf(out, 48, "step_%zu", number);
}

static void add_names(spil_str *out, const char *nl, const char *en)
{
    spil_str_add(out, "name: {nl: ");
    spil_write_text(out, nl);
    spil_str_add(out, ", en: ");
    spil_write_text(out, en);
    spil_str_add(out, "}");
}

/* An answer is one name for both languages, or "Stelen / Steal": Dutch, then English. */
typedef struct answer {
    char nl[ANSWER_MOST], en[ANSWER_MOST];
} answer;

static void cut_copy(char out[ANSWER_MOST], const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    (void)snprintf(out, ANSWER_MOST, "%.*s", (int)length, text);
}

static answer split(const char *text)
{
    answer both;
    const char *const slash = strchr(text, '/');
    cut_copy(both.nl, text, slash ? (size_t)(slash - text) : strlen(text));
    cut_copy(both.en, slash ? slash + 1 : text, strlen(slash ? slash + 1 : text));
    if (!both.nl[0] || !both.en[0])
        memcpy(both.nl[0] ? both.en : both.nl, both.nl[0] ? both.nl : both.en, ANSWER_MOST);
    return both;
}

/* Asks again while the answer is no partner. */
static spil_status ask_partner(char *out, const char *step, bool quiet, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char question[ANSWER_MOST + 60];
    spil_partner known;
    (void)snprintf(question, sizeof question, "Which partner can stop '%.200s'?", step);
    TRY(ask(out, question, "police", quiet, err));
    while (!spil_partner_find(out, &known)) {
        if (feof(stdin))
            return spil_fail(err, SPIL_USAGE,
                             "there is no partner '%.60s'; spil help targets lists them", out);
        spil_note("there is no partner '%.60s'; spil help targets lists them", out);
        TRY(ask(out, question, "police", quiet, err));
    }
done:
    return rc;
}

static spil_status add_step(spil_str *out, const char *name, size_t number, bool quiet,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    char id[48], role_id[48], signal_id[48], given[ANSWER_MOST], partner[ANSWER_MOST];
    char question[ANSWER_MOST + 60];
    const answer names = split(name);
    make_id(id, names.en, number);
    (void)snprintf(question, sizeof question, "Who is needed for '%.200s'?", names.en);
    TRY(ask(given, question, "uitvoerder / performer", quiet, err));
    const answer role = split(given);
    (void)snprintf(question, sizeof question, "What shows '%.200s'?", names.en);
    TRY(ask(given, question, "melding / report of it", quiet, err));
    const answer signal = split(given);
    TRY(ask_partner(partner, names.en, quiet, err));
    make_id(role_id, role.en, number);
    make_id(signal_id, signal.en, number);
    spil_str_addf(out, "\n  - id: %s\n    ", id);
    add_names(out, names.nl, names.en);
    spil_str_addf(out,
                  "\n    required: true\n    prior: 0.02\n    given: 0.9\n    assumed: true\n"
                  "    roles:\n      - {id: %s, ",
                  role_id);
    add_names(out, role.nl, role.en);
    spil_str_addf(out,
                  ", kinds: [person, company],\n         needed: 1, facilitator: no, unseen: 0.9, "
                  "substitutability: 0.5, assumed: true, source: own}\n"
                  "    signals:\n      - {code: %s_%zu, ",
                  signal_id, number);
    add_names(out, signal.nl, signal.en);
    spil_str_addf(out,
                  ", family: %s,\n         applies_to: [person, company, address], lr: 3, lr_low: "
                  "1.1, lr_high: 20, half_life_days: 730, assumed: true, source: own}\n"
                  "    barriers:\n      - {id: stop, name: {nl: ingrijpen, en: intervene}, "
                  "partner: %s,\n         basis: \"to be named\", applies_to: [person, company, "
                  "address],\n         effect: [3, 7], hours: 24, lead_days: 30, assumed: true, "
                  "source: own}\n",
                  signal_id, partner);
done:
    return rc;
}

static spil_status add_steps(spil_str *out, char *names, bool quiet, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t number = 0;
    for (char *name = names, *next; name; name = next) {
        next = strchr(name, ',');
        if (next)
            *next++ = '\0';
        name += strspn(name, " ");
        if (*name)
            TRY(add_step(out, name, ++number, quiet, err));
    }
    if (number == 0)
        TRY(spil_fail(err, SPIL_USAGE, "a model needs a step; name them with commas between"));
done:
    return rc;
}

/* The steps of another model under a new id and name. */
static spil_status copy_from(spil_str *out, const char *path, const char *id, spil_names names,
                             spil_err *err)
{
    spil_model *model = NULL;
    const spil_status rc = spil_model_read(&model, path, err);
    if (rc == SPIL_OK) {
        model->id = id;
        model->names = names;
        model->version = "1";
        model->reviewed_by = "none";
        spil_model_write(model, out);
    }
    spil_model_free(model);
    return rc;
}

spil_status spil_model_ask(spil_str *out, const spil_model_wish *wish, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char id[ANSWER_MOST], nl[ANSWER_MOST], en[ANSWER_MOST], steps[ANSWER_MOST];
    TRY(ask(id, "Id of the model (a-z, 0-9 and _)?", wish->id ? wish->id : "",
            wish->id || wish->yes, err));
    if (strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(id) || id[0] < 'a')
        TRY(spil_fail(err, SPIL_USAGE, "id '%.60s': it has a-z, 0-9 and _ and begins with a letter",
                      id));
    TRY(ask(nl, "Dutch name?", wish->name_nl ? wish->name_nl : id, wish->name_nl || wish->yes,
            err));
    TRY(ask(en, "English name?", wish->name_en ? wish->name_en : id, wish->name_en || wish->yes,
            err));
    if (wish->from) {
        TRY(copy_from(out, wish->from, id, (spil_names){nl, en}, err));
        goto done;
    }
    TRY(ask(
        steps, "Names of the steps, with commas between (Dutch / English where they differ)?",
        wish->steps
            ? wish->steps
            : (wish->yes ? "voorbereiden / prepare, uitvoeren / carry out, besteden / spend" : ""),
        wish->steps || wish->yes, err));
    spil_str_addf(out, "id: %s\nversion: \"1\"\nreviewed_by: none\n", id);
    add_names(out, nl, en);
    spil_str_add(out, "\nsources:\n  - {id: own, text: \"own estimate\"}\n"
                      "harm: 1\nprior: 0.01\nassumed: [harm, prior]\n"
                      "role_evidence: {lr: 12, lr_low: 5, lr_high: 30, assumed: true}\n"
                      "recovery: {horizon_days: 180, attempt_days: 30, reach: [0.3, 0.1], assumed: "
                      "true}\n\nsteps:");
    TRY(add_steps(out, steps, wish->yes, err));
done:
    return rc;
}
