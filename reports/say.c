/* say.c - see say.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/say.h"

#include "reports/escape.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void spil_say_markup(const spil_pen *pen, const char *markup)
{
    if (pen->html)
        spil_str_add(pen->out, markup);
}

static void add_text(const spil_pen *pen, const char *text)
{
    if (pen->html)
        spil_html_text(pen->out, text);
    else
        spil_str_add(pen->out, text);
}

static void add_name(const spil_pen *pen, const char *text)
{
    spil_say_markup(pen, "<bdi>");
    add_text(pen, text);
    spil_say_markup(pen, "</bdi>");
}

/* A plain C-locale number into the language's: thousands in threes, the decimal sign. */
static void add_digits(const spil_pen *pen, const char *digits)
{
    const bool nl = pen->lang == SPIL_LANG_NL;
    const char *const dot = strchr(digits, '.');
    size_t whole = dot ? (size_t)(dot - digits) : strlen(digits);
    if (*digits == '-') {
        spil_str_add(pen->out, "\xE2\x88\x92"); /* minus */
        digits++;
        whole--;
    }
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            spil_str_add(pen->out, nl ? "." : ",");
        spil_str_add_n(pen->out, digits + i, 1);
    }
    if (dot)
        spil_str_addf(pen->out, "%s%s", nl ? "," : ".", dot + 1);
}

/* Zeros behind the decimals say nothing. */
static void trim(char *digits)
{
    if (!strchr(digits, '.'))
        return;
    size_t end = strlen(digits);
    while (digits[end - 1] == '0')
        end--;
    digits[digits[end - 1] == '.' ? end - 1 : end] = '\0';
}

static void add_number(const spil_pen *pen, double number)
{
    char digits[64];
    const double size = fabs(number);
    const int decimals = size >= 100.0 || size == floor(size) ? 0 : size >= 10.0 ? 1 : 2;
    if (!isfinite(number)) {
        spil_str_add(pen->out, isnan(number) ? "\xE2\x80\x93" : "\xE2\x88\x9E"); /* dash, endless */
        return;
    }
    if (size > 0.0 && size < 0.01)
        (void)snprintf(digits, sizeof digits, "%.4f", number);
    else
        (void)snprintf(digits, sizeof digits, "%.*f", decimals, number);
    trim(digits);
    add_digits(pen, digits);
}

static void add_decimal(const spil_pen *pen, double percent)
{
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%.1f", percent);
    add_digits(pen, digits);
}

/* At most one decimal, and never 0 or 100 for what is neither. Percent sign left out so that
 * intervals can share one. */
static void add_percent(const spil_pen *pen, double part)
{
    const double percent = 100.0 * part;
    if (!isfinite(percent))
        spil_str_add(pen->out, "\xE2\x80\x93");
    else if (percent > 0.0 && percent < 0.05)
        add_text(pen, pen->lang == SPIL_LANG_NL ? "<0,1" : "<0.1");
    else if (percent > 99.0 && percent < 100.0)
        add_decimal(pen, fmin(percent, 99.9));
    else if (percent < 9.95 && fabs(percent - floor(percent + 0.5)) >= 0.05)
        add_decimal(pen, percent);
    else
        spil_str_addf(pen->out, "%.0f", percent);
}

/* Both ends read as the middle does: there is no interval to tell of. */
static bool is_sharp(const spil_pen *pen, const spil_spread *spread)
{
    const double ends[3] = {spread->p5, spread->p50, spread->p95};
    spil_str said[3] = {SPIL_STR_INIT, SPIL_STR_INIT, SPIL_STR_INIT};
    for (size_t i = 0; i < 3; i++) {
        const spil_pen aside = {&said[i], pen->result, pen->lang, false};
        add_percent(&aside, ends[i]);
        pen->out->failed = pen->out->failed || said[i].failed;
    }
    const bool sharp = strcmp(spil_str_text(&said[0]), spil_str_text(&said[1])) == 0 &&
                       strcmp(spil_str_text(&said[1]), spil_str_text(&said[2])) == 0;
    for (size_t i = 0; i < 3; i++)
        spil_str_free(&said[i]);
    return sharp;
}

static void add_spread(const spil_pen *pen, const spil_spread *spread)
{
    add_percent(pen, spread->p50);
    spil_str_add(pen->out, "%");
    if (is_sharp(pen, spread))
        return;
    spil_say_markup(pen, "<span class=\"spread\">");
    spil_str_add(pen->out, " (");
    add_percent(pen, spread->p5);
    spil_str_add(pen->out, "\xE2\x80\x93");
    add_percent(pen, spread->p95);
    spil_str_add(pen->out, "%)");
    spil_say_markup(pen, "</span>");
}

static void add_day(const spil_pen *pen, spil_day day)
{
    char text[16];
    spil_format_day(day, text);
    if (strlen(text) != 10) { /* none, or beyond four-digit years */
        spil_str_add(pen->out, *text ? text : "\xE2\x80\x93");
        return;
    }
    const unsigned month = (unsigned)(text[5] - '0') * 10 + (unsigned)(text[6] - '0');
    spil_str_addf(pen->out, "%s %s %.4s", text + 8 + (text[8] == '0'),
                  spil_word_text(pen->lang, (spil_word)(SPIL_SAY_month_1 + month - 1)), text);
}

static void add_origin(const spil_pen *pen, spil_origin origin)
{
    const bool known = origin.source < pen->result->source_count;
    const char *const name = known ? pen->result->sources[origin.source].name : "?";
    spil_str_add(pen->out, pen->html ? "<cite class=\"origin\">" : "(");
    add_name(pen, name);
    spil_str_add(pen->out, ", ");
    spil_str_add(pen->out, spil_word_text(pen->lang, SPIL_SAY_line));
    spil_str_addf(pen->out, " %llu", (unsigned long long)origin.line);
    spil_str_add(pen->out, pen->html ? "</cite>" : ")");
}

static void add_count(const spil_pen *pen, uint64_t count)
{
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    add_digits(pen, digits);
}

void spil_say_arg(const spil_pen *pen, const spil_arg *arg)
{
    switch (arg->kind) {
    case SPIL_ARG_NAME:
        add_name(pen, arg->text);
        break;
    case SPIL_ARG_STRONG:
        spil_say_markup(pen, "<b>");
        add_name(pen, arg->text);
        spil_say_markup(pen, "</b>");
        break;
    case SPIL_ARG_WORDS:
        add_text(pen, spil_name_in(arg->names, pen->lang));
        break;
    case SPIL_ARG_WORD:
        add_text(pen, spil_word_text(pen->lang, arg->word));
        break;
    case SPIL_ARG_COUNT:
        add_count(pen, arg->count);
        break;
    case SPIL_ARG_NUMBER:
        add_number(pen, arg->number);
        break;
    case SPIL_ARG_PERCENT:
        add_percent(pen, arg->number);
        spil_str_add(pen->out, "%");
        break;
    case SPIL_ARG_POINTS:
        add_percent(pen, arg->number);
        break;
    case SPIL_ARG_SPREAD:
        add_spread(pen, arg->spread);
        break;
    case SPIL_ARG_DAY:
        add_day(pen, arg->day);
        break;
    case SPIL_ARG_ENTITY:
        add_name(pen, pen->result->entities[arg->entity].name);
        break;
    case SPIL_ARG_ORIGIN:
        add_origin(pen, arg->origin);
        break;
    }
}

void spil_say_word(const spil_pen *pen, spil_word word, const spil_arg *args, size_t count)
{
    const char *text = spil_word_text(pen->lang, word);
    for (const char *brace; (brace = strchr(text, '{')) != NULL; text = brace + 3) {
        spil_str_add_n(pen->out, text, (size_t)(brace - text));
        const size_t place = (size_t)(brace[1] - '1');
        if (place < count)
            spil_say_arg(pen, &args[place]);
    }
    spil_str_add(pen->out, text);
}

spil_word spil_sureness(double stability)
{
    stability = floor(100.0 * stability + 0.5) / 100.0; /* as it is shown */
    if (stability >= 0.9)
        return SPIL_SAY_sure_very_firm;
    if (stability >= 0.7)
        return SPIL_SAY_sure_firm;
    return stability >= 0.5 ? SPIL_SAY_sure_fair : SPIL_SAY_sure_shaky;
}

spil_word spil_status_word(spil_result_status status)
{
    switch (status) {
    case SPIL_TARGET_ACCEPTED:
        return SPIL_SAY_status_accepted;
    case SPIL_TARGET_REJECTED:
        return SPIL_SAY_status_rejected;
    case SPIL_TARGET_HELD:
        return SPIL_SAY_status_held;
    case SPIL_TARGET_PROPOSED:
        break;
    }
    return SPIL_SAY_status_proposed;
}

spil_word spil_status_word_of(const char *status)
{
    static const struct {
        const char *status;
        spil_word word;
    } words[] = {{"accepted", SPIL_SAY_status_accepted},
                 {"rejected", SPIL_SAY_status_rejected},
                 {"held", SPIL_SAY_status_held}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].status, status) == 0)
            return words[i].word;
    return SPIL_SAY_status_proposed;
}

spil_names spil_kind_names(spil_entity_kind kind)
{
    const spil_kind_info *const info = spil_entity_kind_info(kind);
    return (spil_names){.nl = info->nl, .en = info->en};
}

spil_names spil_link_names(spil_link_kind kind)
{
    const spil_kind_info *const info = spil_link_kind_info(kind);
    return (spil_names){.nl = info->nl, .en = info->en};
}
