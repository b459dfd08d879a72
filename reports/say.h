/* say.h - sentences of lang.def with their parts filled in, as HTML or as plain text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     SAY(pen, rejected_rows, A_COUNT(12), A_NAME(source->name));
 *
 * Parts are typed and rendered while the sentence is written: foreign text is escaped and isolated,
 * numbers and dates take the form of the language. Errors stick in pen->out (str.h).
 */
#ifndef SPIL_REPORTS_SAY_H
#define SPIL_REPORTS_SAY_H

#include "reports/lang.h"

typedef struct spil_pen {
    spil_str *out;
    const spil_result *result;
    spil_lang lang;
    bool html; /* else plain text */
} spil_pen;

typedef enum spil_arg_kind {
    SPIL_ARG_NAME,    /* foreign text: escaped, in <bdi> */
    SPIL_ARG_STRONG,  /* the same, in <b> */
    SPIL_ARG_WORDS,   /* names of a model, partner or kind, in the language */
    SPIL_ARG_WORD,    /* another row of lang.def */
    SPIL_ARG_COUNT,   /* 12,345 */
    SPIL_ARG_NUMBER,  /* two or three significant digits, no zeros behind them */
    SPIL_ARG_PERCENT, /* of 0..1: 62%, 3.4%, <0.1%, 99.9%; never 0% or 100% for what is neither */
    SPIL_ARG_POINTS,  /* the same without the sign: percentage points */
    SPIL_ARG_SPREAD,  /* 62% (41-78%): median and 5-95% interval, where they read apart */
    SPIL_ARG_DAY,     /* 3 March 2025 */
    SPIL_ARG_ENTITY,  /* position in result->entities */
    SPIL_ARG_ORIGIN   /* links.csv, line 12 */
} spil_arg_kind;

typedef struct spil_arg {
    spil_arg_kind kind;
    union {
        const char *text;
        spil_names names;
        spil_word word;
        uint64_t count;
        double number;
        const spil_spread *spread;
        spil_day day;
        uint32_t entity;
        spil_origin origin;
    };
} spil_arg;

#define A_NAME(value) ((spil_arg){.kind = SPIL_ARG_NAME, .text = (value)})
#define A_STRONG(value) ((spil_arg){.kind = SPIL_ARG_STRONG, .text = (value)})
#define A_WORDS(value) ((spil_arg){.kind = SPIL_ARG_WORDS, .names = (value)})
#define A_WORD(key) ((spil_arg){.kind = SPIL_ARG_WORD, .word = (key)})
#define A_COUNT(value) ((spil_arg){.kind = SPIL_ARG_COUNT, .count = (value)})
#define A_NUMBER(value) ((spil_arg){.kind = SPIL_ARG_NUMBER, .number = (value)})
#define A_PERCENT(value) ((spil_arg){.kind = SPIL_ARG_PERCENT, .number = (value)})
#define A_POINTS(value) ((spil_arg){.kind = SPIL_ARG_POINTS, .number = (value)})
#define A_SPREAD(value) ((spil_arg){.kind = SPIL_ARG_SPREAD, .spread = (value)})
#define A_DAY(value) ((spil_arg){.kind = SPIL_ARG_DAY, .day = (value)})
#define A_ENTITY(value) ((spil_arg){.kind = SPIL_ARG_ENTITY, .entity = (value)})
#define A_ORIGIN(value) ((spil_arg){.kind = SPIL_ARG_ORIGIN, .origin = (value)})

void spil_say_word(const spil_pen *pen, spil_word word, const spil_arg *args, size_t count);
#define SAY(pen, key, ...)                                                                         \
    spil_say_word((pen), SPIL_SAY_##key, (const spil_arg[]){__VA_ARGS__},                          \
                  sizeof((const spil_arg[]){__VA_ARGS__}) / sizeof(spil_arg))
#define WORD(pen, key) spil_say_word((pen), SPIL_SAY_##key, NULL, 0)
/* One part alone. */
void spil_say_arg(const spil_pen *pen, const spil_arg *arg);
#define PART(pen, arg) spil_say_arg((pen), &(arg))

/* Markup of our own; nothing in plain text. */
void spil_say_markup(const spil_pen *pen, const char *markup);

/* 0.9 and up: very firm; 0.7: firm; 0.5: fair; else shaky. */
spil_word spil_sureness(double stability);
/* "proposed" until a named person decided. */
spil_word spil_status_word(spil_result_status status);
spil_word spil_status_word_of(const char *status); /* as the store has it */
spil_names spil_kind_names(spil_entity_kind kind);
spil_names spil_link_names(spil_link_kind kind);

#endif
