/* opt_list.c - the options of a list (opt_groups.h): hours, money, period, and what must and must
 * not be on it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/opt_groups.h"
#include "cli/opt_lang.h"
#include "cli/sheet.h"
#include "cli/suggest.h"
#include "engine/run/wishes.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct {
    const char *hours, *budget, *days, *must, *must_not, *wishes, *top, *lang;
} given;

struct poptOption spil_list_options[] = {
    OPT_TEXT("hours", given.hours,
             "hours that partners have, such as police=40,bank=8;\n"
             "0: takes no part (default: no limit)",
             "P=N,..."),
    OPT_TEXT("budget", given.budget, "euro that all of it may cost (default: no limit)", "EUR"),
    OPT_TEXT("days", given.days,
             "days that the list is for: what takes longer to stand is left\n"
             "out, and no more at one address than fits a week apart",
             "N"),
    OPT_TEXT("must", given.must, "these are on the list: a key, or a key and a barrier",
             "KEY[:BARRIER],..."),
    OPT_TEXT("must-not", given.must_not, "these are not", "KEY[:BARRIER],..."),
    OPT_TEXT("wishes", given.wishes,
             "more of that from a CSV file, with columns wish (must,\n"
             "must_not, after, apart, not_before), key, barrier,\n"
             "other_key, other_barrier, day",
             "FILE"),
    OPT_TEXT("top", given.top, "length of the list at most (default: 20)", "K"),
    OPT_TEXT("lang", given.lang, "language of what people read: nl or en (default: en)", "LANG"),
    OPT_END,
};

/* Names the nearest partner where one was mistyped. */
static spil_status check_partners(const char *text, spil_err *err)
{
    for (const char *p = text; *p;) {
        char name[80] = "";
        spil_partner partner;
        const size_t length = strcspn(p, ",="), item = strcspn(p, ",");
        memcpy(name, p, length < sizeof name ? length : sizeof name - 1);
        spil_suggestion near = spil_suggest_for(name);
        for (size_t i = 0; i < SPIL_PARTNER_COUNT; i++)
            spil_suggest_weigh(&near, spil_partner_id((spil_partner)i));
        if (p[length] == '=' && !spil_partner_find(name, &partner) && near.best)
            return spil_fail(err, SPIL_USAGE,
                             "--hours: there is no partner '%s'; did you mean '%s'?", name,
                             near.best);
        p += item + (p[item] == ',');
    }
    return SPIL_OK;
}

/* ---- words ---- */

/* KEY[:BARRIER]; the barrier is what follows the last colon, since keys may have one. */
static spil_status add_word(spil_wishes *wishes, spil_wish_kind kind, const char *option,
                            const char *text, size_t length, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str key = SPIL_STR_INIT;
    while (length > 0 && isspace((unsigned char)*text))
        text++, length--;
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    spil_str_add_n(&key, text, length);
    TRY(spil_str_status(&key, err));
    if (length == 0) {
        rc = spil_fail(err, SPIL_USAGE, "%s: a key is missing", option);
        goto done;
    }
    char *const colon = strrchr(key.text, ':');
    if (colon)
        *colon = '\0';
    rc = spil_wishes_add(wishes,
                         &(spil_wish){.kind = kind,
                                      .key = key.text,
                                      .barrier = colon ? colon + 1 : "",
                                      .day = SPIL_NO_DAY,
                                      .where = option},
                         err);
done:
    spil_str_free(&key);
    return rc;
}

static spil_status add_words(spil_wishes *wishes, spil_wish_kind kind, const char *option,
                             const char *text, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (const char *p = text; p && rc == SPIL_OK;
         p = p[strcspn(p, ",")] ? strchr(p, ',') + 1 : NULL)
        rc = add_word(wishes, kind, option, p, strcspn(p, ","), err);
    return rc;
}

/* ---- a file ---- */

enum { WISH, KEY, BARRIER, OTHER_KEY, OTHER_BARRIER, DAY, COLUMNS };
static const spil_sheet_column columns[COLUMNS] = {[WISH] = {"wish", true},
                                                   [KEY] = {"key", true},
                                                   [BARRIER] = {"barrier", false},
                                                   [OTHER_KEY] = {"other_key", false},
                                                   [OTHER_BARRIER] = {"other_barrier", false},
                                                   [DAY] = {"day", false}};

static spil_status take_row(spil_sheet_row *row, void *user, spil_err *err)
{
    char where[512];
    spil_wish wish = {.key = spil_sheet_cell(row, KEY),
                      .barrier = spil_sheet_cell(row, BARRIER),
                      .other_key = spil_sheet_cell(row, OTHER_KEY),
                      .other_barrier = spil_sheet_cell(row, OTHER_BARRIER),
                      .day = SPIL_NO_DAY,
                      .where = where};
    const char *const word = spil_sheet_cell(row, WISH), *const day = spil_sheet_cell(row, DAY);
    while (wish.kind < SPIL_WISH_KINDS && strcmp(spil_wish_words[wish.kind], word) != 0)
        wish.kind++;
    const bool two = wish.kind == SPIL_WISH_AFTER || wish.kind == SPIL_WISH_APART;
    if (wish.kind == SPIL_WISH_KINDS)
        spil_sheet_fault(row, WISH, "must, must_not, after, apart or not_before");
    else if (!*wish.key)
        spil_sheet_fault(row, KEY, "the key of an entity");
    else if (two != (*wish.other_key != '\0'))
        spil_sheet_fault(row, OTHER_KEY,
                         two ? "the key of an entity" : "nothing: this wish has one side");
    else if (wish.kind == SPIL_WISH_NOT_BEFORE ? !spil_parse_day(day, &wish.day) : *day != '\0')
        spil_sheet_fault(row, DAY,
                         wish.kind == SPIL_WISH_NOT_BEFORE ? "a date such as 2026-03-31"
                                                           : "nothing: this wish has no day");
    else {
        (void)snprintf(where, sizeof where, "%s:%llu", spil_sheet_path(row),
                       (unsigned long long)spil_sheet_line(row));
        return spil_wishes_add(user, &wish, err);
    }
    return SPIL_OK;
}

static spil_status read_wishes(spil_wishes **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_wishes *wishes = NULL;
    const spil_sheet sheet = {.columns = columns,
                              .column_count = COLUMNS,
                              .made_by = "spil help targets",
                              .left_alone = "no list was made",
                              .each = take_row};
    TRY(spil_wishes_new(&wishes, err));
    TRY(add_words(wishes, SPIL_WISH_MUST, "--must", given.must, err));
    TRY(add_words(wishes, SPIL_WISH_MUST_NOT, "--must-not", given.must_not, err));
    if (given.wishes) {
        spil_sheet own = sheet;
        own.user = wishes;
        TRY(spil_sheet_read(&own, given.wishes, err));
    }
    *out = wishes;
    wishes = NULL;
done:
    spil_wishes_free(wishes);
    return rc;
}

/* ---- all ---- */

spil_status spil_list_given(spil_list_opts *opts, spil_wishes **wishes, spil_lang *lang,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_err own = SPIL_ERR_INIT;
    uint64_t top = opts->top;
    TRY(spil_opt_uint("--top", given.top, 1, 100000, &top, err));
    TRY(spil_opt_double("--budget", given.budget, -1e-9, 1e12, &opts->budget, err));
    TRY(spil_opt_double("--days", given.days, 0, 36500, &opts->days, err));
    opts->top = (size_t)top;
    *lang = SPIL_LANG_EN;
    TRY(spil_opt_lang(given.lang, lang, err));
    if (given.hours) {
        TRY(check_partners(given.hours, err));
        if (spil_parse_hours(opts, given.hours, &own) != SPIL_OK)
            return spil_fail(err, own.code, "--%s; see spil help targets", own.msg);
    }
    TRY(read_wishes(wishes, err));
    opts->wishes = *wishes;
done:
    return rc;
}

void spil_list_more_help(spil_str *out)
{
    size_t column = 0;
    spil_str_add(out, "partners:\n");
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        spil_help_word(out, &column, spil_partner_id((spil_partner)p), p + 1 == SPIL_PARTNER_COUNT);
}
