/* intake_hash.c - see intake.h: numbers and dates of birth that stay as keyed hash alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/dutch.h"
#include "loaders/intake_inside.h"

#include <sodium.h>
#include <string.h>

#define NO_KEY                                                                                     \
    "an identity number or date of birth, kept as keyed hash alone: no key was given (--key FILE)"

void spil_intake_guard(spil_intake *intake, size_t column, spil_hash_kind kind)
{
    spil_column *const c = &intake->columns[column];
    c->secret = c->trait = true;
    c->hash = kind;
    intake->room->has_traits = true;
    c->drop = intake->opts->secret ? NULL : NO_KEY;
}

spil_status spil_intake_take_hash(spil_intake *intake, size_t column, spil_err *err)
{
    struct spil_intake_room *const room = intake->room;
    spil_column *const c = &intake->columns[column];
    if (!intake->opts->secret || c->hash == SPIL_HASH_NONE)
        return SPIL_OK;
    if (!room->hashes) {
        const spil_status rc = NEW_ARRAY(room->hashes, intake->header.count, err);
        if (rc != SPIL_OK)
            return rc;
    }
    c->drop = NULL;
    c->secret = c->hashed = true;
    return SPIL_OK;
}

/* What is hashed: one form of each number and date, so that the same one is the same hash. */
static bool plain_form(spil_hash_kind kind, const char *text, const spil_day_form *form,
                       char out[16])
{
    spil_day day;
    if (kind == SPIL_HASH_BSN)
        return spil_dutch_citizen_number(text, out);
    if (!spil_value_day_as(text, form, &day))
        return false;
    spil_format_day(day, out);
    return true;
}

bool spil_intake_hash(spil_intake *intake, spil_hash_kind kind, const char *text,
                      const spil_day_form *form, uint64_t line, char out[SPIL_SECRET_HASH])
{
    struct spil_intake_room *const room = intake->room;
    char plain[16];
    if (!intake->opts->secret || text[0] == '\0')
        return false;
    if (!plain_form(kind, text, form, plain)) {
        if (room->unhashed[kind]++ == 0)
            room->unhashed_line[kind] = line;
        return false;
    }
    spil_secret_hash(intake->opts->secret, kind == SPIL_HASH_BSN ? "bsn" : "birth", plain, out);
    sodium_memzero(plain, sizeof plain);
    return true;
}

const char *spil_intake_hash_field(spil_intake *intake, size_t column, const spil_row *row)
{
    static const spil_day_form form = SPIL_DAY_FORM_DEFAULT;
    char *const out = intake->room->hashes[column];
    return spil_intake_hash(intake, intake->columns[column].hash, row->fields[column], &form,
                            row->line, out)
               ? out
               : "";
}

void spil_intake_note_hashes(spil_intake *intake)
{
    static const char *const what[] = {"", "citizen service numbers that fail the eleven test",
                                       "dates of birth that cannot be read"};
    const struct spil_intake_room *const room = intake->room;
    for (size_t k = 1; k < sizeof what / sizeof *what; k++)
        if (room->unhashed[k] > 0)
            spil_intake_note(intake, "%s, left out: %llu, the first in line %llu", what[k],
                             (unsigned long long)room->unhashed[k],
                             (unsigned long long)room->unhashed_line[k]);
    for (size_t i = 0; intake->columns && i < intake->column_count; i++) {
        const spil_column *const c = &intake->columns[i];
        if (!intake->opts->secret && c->dropped > 0 && (c->secret || c->hash == SPIL_HASH_BSN))
            spil_intake_note(
                intake, "'%.60s' was dropped: no key was given to hash it (--key FILE)", c->name);
    }
}

spil_status spil_intake_note_keys(spil_intake *intake, spil_err *err)
{
    const spil_secret *const secret = intake->opts->secret;
    char other[SPIL_SECRET_MARK] = "";
    bool hashes = false;
    for (size_t i = 0; secret && intake->columns && i < intake->column_count; i++)
        hashes |= intake->columns[i].hashed || intake->columns[i].secret;
    if (!hashes)
        return SPIL_OK;
    const spil_status rc =
        spil_store_other_key(intake->store, spil_secret_mark(secret), other, err);
    if (rc == SPIL_OK && other[0] != '\0')
        spil_intake_note(intake,
                         "WARNING: hashed with another key (%s) than an earlier file of this case "
                         "(%s): the same number gives two hashes, and nobody is found by it; use "
                         "one key for all",
                         spil_secret_mark(secret), other);
    return rc;
}
