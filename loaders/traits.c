/* traits.c - see traits.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/traits.h"
#include "loaders/column_name.h"

#include <string.h>

enum {
#define CATEGORY(id, what, identity, hash) AT_##id,
#include "loaders/traits.def"
#undef CATEGORY
};

static const spil_trait categories[] = {
#define CATEGORY(id, what, identity, hash)                                                         \
    {what, identity,                                                                               \
     (identity) ? "an identity number: never kept"                                                 \
                : "a trait of a person (" what "): never kept, never scored",                      \
     SPIL_HASH_##hash},
#include "loaders/traits.def"
#undef CATEGORY
};

typedef struct trait_row {
    int category;
    const char *text;
} trait_row;

static const trait_row parts[] = {
#define PART(id, text) {AT_##id, text},
#include "loaders/traits.def"
#undef PART
};

static const trait_row words[] = {
#define WORD(id, text) {AT_##id, text},
#include "loaders/traits.def"
#undef WORD
};

static const trait_row wholes[] = {
#define WHOLE(id, text) {AT_##id, text},
#include "loaders/traits.def"
#undef WHOLE
};

static const char *const neutral[] = {
#define NEUTRAL(text) text,
#include "loaders/traits.def"
#undef NEUTRAL
};

static const char *const allowed[] = {
#define ALLOW(text) text,
#include "loaders/traits.def"
#undef ALLOW
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool is_neutral(const spil_column_name *name)
{
    for (size_t i = 0; i < COUNT(neutral); i++)
        if (spil_column_name_has_word(name, neutral[i]))
            return true;
    return false;
}

/* Takes out what says nothing: "geslachtsnaam" is no "geslacht". */
static void cut_allowed(char *joined)
{
    for (size_t i = 0; i < COUNT(allowed); i++)
        for (char *at = strstr(joined, allowed[i]); at; at = strstr(at, allowed[i]))
            memmove(at, at + strlen(allowed[i]), strlen(at + strlen(allowed[i])) + 1);
}

const spil_trait *spil_trait_of_column(const char *column)
{
    char head[SPIL_COLUMN_NAME_ROOM];
    size_t length = strcspn(column, ":");
    if (length >= sizeof head)
        length = sizeof head - 1;
    memcpy(head, column, length);
    head[length] = '\0';
    spil_column_name name = spil_column_name_fold(head);
    cut_allowed(name.joined);
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(name.joined, parts[i].text))
            return &categories[parts[i].category];
    for (size_t i = 0; i < COUNT(wholes); i++)
        if (strcmp(name.joined, wholes[i].text) == 0)
            return &categories[wholes[i].category];
    for (size_t i = 0; i < COUNT(words); i++)
        if (spil_column_name_has_word(&name, words[i].text) && !is_neutral(&name))
            return &categories[words[i].category];
    return NULL;
}

const char *spil_hash_attribute(spil_hash_kind kind)
{
    static const char *const names[] = {"", "bsn_hash", "birth_hash"};
    return names[kind];
}

const char *spil_hash_place(spil_hash_kind kind)
{
    static const char *const names[] = {"", "bsn", "birth_date"};
    return names[kind];
}
