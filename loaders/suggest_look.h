/* suggest_look.h - what the first rows of a file tell of its columns. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_LOADERS_SUGGEST_LOOK_H
#define SPIL_LOADERS_SUGGEST_LOOK_H

#include "engine/base/str.h"
#include "loaders/text_reader.h"
#include "loaders/traits.h"

enum { SPIL_SUGGEST_ROWS = 500 };

typedef enum spil_concept {
#define CONCEPT(id, what) SPIL_CONCEPT_##id,
#include "loaders/suggest_words.def"
#undef CONCEPT
    SPIL_CONCEPT_NONE
} spil_concept;

/* Shapes that a value can have; one value can have several. */
typedef enum spil_look_shape {
    SPIL_LOOK_postcode,
    SPIL_LOOK_chamber_number, /* 7 or 8 digits */
    SPIL_LOOK_citizen_number, /* 8 or 9 digits that pass the eleven test */
    SPIL_LOOK_date,
    SPIL_LOOK_email,
    SPIL_LOOK_iban,
    SPIL_LOOK_plate,
    SPIL_LOOK_bar, /* has | in it */
    SPIL_LOOK_semicolon,
    SPIL_LOOK_COUNT
} spil_look_shape;

typedef struct spil_look {
    const char *name;
    const spil_trait *trait; /* by its name, or as its values are citizen service numbers */
    spil_concept concept;
    const struct spil_look *like; /* an earlier column that means the same, and is used; or NULL */
    bool by_value;                /* the concept was seen in the values, not in the name */
    size_t filled, distinct, shapes[SPIL_LOOK_COUNT];
    size_t short_years, month_first, day_first; /* dates that can only be read so */
} spil_look;

typedef struct spil_looks {
    spil_look *items;
    size_t count, rows; /* rows: that were looked at */
    spil_arena *arena;
} spil_looks;

/* Takes nothing; reads the header and SPIL_SUGGEST_ROWS rows of reader. */
spil_status spil_look_at(spil_looks *out, spil_text_reader *reader, spil_err *err) SPIL_CHECKED;
void spil_looks_free(spil_looks *looks);
/* The first column of that concept, or NULL. */
const spil_look *spil_look_find(const spil_looks *looks, spil_concept concept);
const char *spil_concept_name(spil_concept concept);
const char *spil_concept_what(spil_concept concept);

#endif
