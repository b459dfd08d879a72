/* wishes.c - see wishes.h: the rows, and as JSON. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/wishes.h"

#include <jansson.h>
#include <string.h>

const char *const spil_wish_words[SPIL_WISH_KINDS] = {"must", "must_not", "after", "apart",
                                                      "not_before"};

struct spil_wishes {
    SPIL_VEC(spil_wish) rows; /* texts in arena */
    spil_arena *arena;
};

spil_status spil_wishes_new(spil_wishes **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_wishes *wishes = NULL;
    TRY(NEW(wishes, err));
    TRY(spil_arena_new(&wishes->arena, err));
    *out = wishes;
    wishes = NULL;
done:
    spil_wishes_free(wishes);
    return rc;
}

void spil_wishes_free(spil_wishes *wishes)
{
    if (!wishes)
        return;
    spil_free(wishes->rows.items);
    spil_arena_free(wishes->arena);
    spil_free(wishes);
}

static spil_status copy(const spil_wishes *wishes, const char **text, spil_err *err)
{
    const char *const from = *text ? *text : "";
    return spil_arena_text(wishes->arena, text, from, strlen(from), err);
}

spil_status spil_wishes_add(spil_wishes *wishes, const spil_wish *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_wish own = *row;
    TRY(copy(wishes, &own.key, err));
    TRY(copy(wishes, &own.barrier, err));
    TRY(copy(wishes, &own.other_key, err));
    TRY(copy(wishes, &own.other_barrier, err));
    TRY(copy(wishes, &own.where, err));
    rc = VEC_PUSH(wishes->rows, own, err);
done:
    return rc;
}

size_t spil_wishes_count(const spil_wishes *wishes)
{
    return wishes ? wishes->rows.count : 0;
}

const spil_wish *spil_wishes_at(const spil_wishes *wishes, size_t at)
{
    return &wishes->rows.items[at];
}

/* ---- JSON ---- */

static int take(const char *text, size_t length, void *out)
{
    spil_str_add_n(out, text, length);
    return 0;
}

spil_status spil_wishes_write(const spil_wishes *wishes, spil_str *out, spil_err *err)
{
    json_t *const list = json_array();
    for (size_t i = 0; list && i < spil_wishes_count(wishes); i++) {
        const spil_wish *const it = spil_wishes_at(wishes, i);
        char day[16];
        spil_format_day(it->day, day);
        if (json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "wish",
                                                  spil_wish_words[it->kind], "key", it->key,
                                                  "barrier", it->barrier, "other_key",
                                                  it->other_key, "other_barrier", it->other_barrier,
                                                  "day", day, "where", it->where)) != 0)
            break;
    }
    const bool whole = list && json_array_size(list) == spil_wishes_count(wishes);
    const bool written = whole && json_dump_callback(list, take, out, JSON_COMPACT) == 0;
    json_decref(list);
    if (!written)
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory");
    return spil_str_status(out, err);
}

static const char *word_of(const json_t *row, const char *name)
{
    const char *const text = json_string_value(json_object_get(row, name));
    return text ? text : "";
}

static spil_status read_row(spil_wishes *wishes, const json_t *row, spil_err *err)
{
    spil_wish wish = {.key = word_of(row, "key"),
                      .barrier = word_of(row, "barrier"),
                      .other_key = word_of(row, "other_key"),
                      .other_barrier = word_of(row, "other_barrier"),
                      .day = SPIL_NO_DAY,
                      .where = word_of(row, "where")};
    const char *const word = word_of(row, "wish"), *const day = word_of(row, "day");
    while (wish.kind < SPIL_WISH_KINDS && strcmp(spil_wish_words[wish.kind], word) != 0)
        wish.kind++;
    if (wish.kind == SPIL_WISH_KINDS || (*day && !spil_parse_day(day, &wish.day)))
        return spil_fail(err, SPIL_INPUT,
                         "the options of a run hold the wish '%s' '%s', which is none", word, day);
    return spil_wishes_add(wishes, &wish, err);
}

spil_status spil_wishes_read(spil_wishes **out, const char *options, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_wishes *wishes = NULL;
    json_t *const root = json_loads(options, 0, NULL);
    const json_t *const list = json_object_get(root, "wishes");
    TRY(spil_wishes_new(&wishes, err));
    for (size_t i = 0; i < json_array_size(list); i++)
        TRY(read_row(wishes, json_array_get(list, i), err));
    *out = wishes;
    wishes = NULL;
done:
    json_decref(root);
    spil_wishes_free(wishes);
    return rc;
}
