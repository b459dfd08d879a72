/* intake_values.c - see intake.h: values of a row checked, and what they make written.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/intake_inside.h"
#include "loaders/limits.h"
#include "loaders/value.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

/* ---- values ---- */

const char *spil_intake_text(const spil_row *row, int column)
{
    return column == SPIL_NO_COLUMN || row->fields[column][0] == '\0' ? NULL : row->fields[column];
}

bool spil_intake_key(spil_intake *intake, const spil_row *row, int column, const char **out)
{
    const char *const text = spil_intake_text(row, column);
    if (!text) {
        spil_intake_complain(intake, column, "empty, expected a value");
        return false;
    }
    size_t length = 0;
    bool control = false;
    for (; text[length]; length++)
        control |= (unsigned char)text[length] < 0x20 || text[length] == 0x7f;
    if (length > SPIL_MAX_KEY) {
        spil_intake_complain(intake, column, "%zu bytes, more than the limit of %d for a key",
                             length, SPIL_MAX_KEY);
        return false;
    }
    if (control) {
        spil_intake_complain(intake, column,
                             "a control character or line end in a key; expected plain text");
        return false;
    }
    *out = text;
    return true;
}

bool spil_intake_number(spil_intake *intake, const spil_row *row, int column, double least,
                        double most, double *out)
{
    const char *const text = spil_intake_text(row, column);
    return !text || spil_intake_decimal(intake, column, text, intake->decimal, least, most, out);
}

bool spil_intake_weight(spil_intake *intake, const spil_row *row, int column, double *out)
{
    if (!spil_intake_number(intake, row, column, -DBL_MAX, DBL_MAX, out))
        return false;
    if (*out > 0)
        return true;
    spil_intake_complain(intake, column, "a weight of %g, expected a number above 0", *out);
    return false;
}

bool spil_intake_day(spil_intake *intake, const spil_row *row, int column, spil_day *out)
{
    const char *const text = spil_intake_text(row, column);
    spil_day day;
    if (!text)
        return true;
    if (!spil_value_day(text, &day)) {
        spil_intake_complain(
            intake, column, "'%.80s' is no date that exists; expected " SPIL_VALUE_DAY_FORMS, text);
        return false;
    }
    *out = day;
    return true;
}

bool spil_intake_period(spil_intake *intake, const spil_row *row, int since_column,
                        int until_column, spil_day *since, spil_day *until)
{
    if (!spil_intake_day(intake, row, since_column, since) ||
        !spil_intake_day(intake, row, until_column, until))
        return false;
    if (*since == SPIL_NO_DAY || *until == SPIL_NO_DAY || *since <= *until)
        return true;
    spil_intake_complain(intake, until_column,
                         "'%.40s' is before the start, '%.40s'; expected that day or a later one",
                         row->fields[until_column], row->fields[since_column]);
    return false;
}

/* About a field by its name, or about a column. */
static void complain_at(spil_intake *intake, int column, const char *field, const char *text)
{
    if (field)
        spil_intake_complain_of(intake, field, "%s", text);
    else
        spil_intake_complain(intake, column, "%s", text);
}

/* "'robot' is no kind of entity; expected one of person, ..." */
static void complain_of_kind(spil_intake *intake, int column, const char *field, const char *word,
                             const char *what, const spil_kind_info *(*info)(int kind), int count)
{
    spil_str text = SPIL_STR_INIT;
    spil_str_addf(&text, "'%.80s' is no kind of %s; expected one of ", word, what);
    for (int i = 0; i < count; i++)
        spil_str_addf(&text, "%s%s", i ? ", " : "", info(i)->name);
    complain_at(intake, column, field, spil_str_text(&text));
    spil_str_free(&text);
}

static const spil_kind_info *entity_kind(int kind)
{
    return spil_entity_kind_info((spil_entity_kind)kind);
}

static const spil_kind_info *link_kind(int kind)
{
    return spil_link_kind_info((spil_link_kind)kind);
}

bool spil_intake_entity_kind(spil_intake *intake, int column, const char *field, const char *word,
                             spil_entity_kind *out)
{
    if (spil_entity_kind_find(word, out))
        return true;
    complain_of_kind(intake, column, field, word, "entity", entity_kind, SPIL_ENTITY_KIND_COUNT);
    return false;
}

bool spil_intake_link_kind(spil_intake *intake, int column, const char *field, const char *word,
                           spil_link_kind *out)
{
    if (spil_link_kind_find(word, out))
        return true;
    complain_of_kind(intake, column, field, word, "link", link_kind, SPIL_LINK_KIND_COUNT);
    return false;
}

bool spil_intake_in_order(spil_intake *intake, int column, const char *field, spil_day since,
                          spil_day until)
{
    char start[16], end[16], text[128];
    if (since == SPIL_NO_DAY || until == SPIL_NO_DAY || since <= until)
        return true;
    spil_format_day(since, start);
    spil_format_day(until, end);
    (void)snprintf(text, sizeof text,
                   "'%s' is before the start, '%s'; expected that day or a later one", end, start);
    complain_at(intake, column, field, text);
    return false;
}

bool spil_intake_complained(const spil_intake *intake)
{
    return intake->room->complained;
}

/* ---- writers ---- */

static int64_t source_of_row(const spil_intake *intake)
{
    return intake->row_source != 0 ? intake->row_source : intake->source;
}

spil_status spil_intake_put_entity(spil_intake *intake, const spil_row *row, int column,
                                   spil_new_entity entity, int64_t *id, spil_err *err)
{
    spil_err why = SPIL_ERR_INIT;
    bool created = false;
    entity.source = source_of_row(intake);
    entity.line = row->line;
    *id = 0;
    const spil_status rc = spil_store_put_entity(intake->store, &entity, id, &created, &why);
    if (rc == SPIL_RANGE) {
        spil_intake_complain(intake, column, "%s", why.msg);
        return SPIL_OK;
    }
    if (rc != SPIL_OK)
        return spil_fail(err, rc, "%s", why.msg);
    intake->file->entities += created;
    return SPIL_OK;
}

static void complain_unknown(spil_intake *intake, int column, const char *key)
{
    spil_intake_complain(intake, column,
                         "no entity has the key '%.80s'; expected one that this import or an "
                         "earlier one brought in",
                         key);
}

spil_status spil_intake_find_entity(spil_intake *intake, int column, const char *key, int64_t *id,
                                    spil_err *err)
{
    *id = 0;
    const spil_status rc = spil_store_find_entity(intake->store, key, id, NULL, err);
    if (rc == SPIL_OK && *id == 0)
        complain_unknown(intake, column, key);
    return rc;
}

spil_status spil_intake_find_ends(spil_intake *intake, const int columns[2],
                                  const char *const keys[2], int64_t ids[2], spil_err *err)
{
    const spil_status rc =
        spil_store_find_pair(intake->store, keys, &intake->room->foreseen, ids, err);
    for (size_t i = 0; rc == SPIL_OK && i < 2; i++)
        if (ids[i] == 0)
            complain_unknown(intake, columns[i], keys[i]);
    return rc;
}

spil_status spil_intake_put_ends(spil_intake *intake, const spil_row *row,
                                 const char *const keys[2], int64_t ids[2], spil_err *err)
{
    const spil_new_entity made = {
        .kind = intake->opts->entity_kind, .source = source_of_row(intake), .line = row->line};
    unsigned created = 0;
    const spil_status rc = spil_store_put_ends(intake->store, keys, &intake->room->foreseen, &made,
                                               ids, &created, err);
    intake->file->entities += created;
    return rc;
}

spil_status spil_intake_add_attribute(spil_intake *intake, const spil_row *row, int64_t entity,
                                      const char *name, const char *value, spil_err *err)
{
    intake->file->attributes++;
    return spil_store_add_attribute(intake->store, entity, name, value, source_of_row(intake),
                                    row->line, err);
}

void spil_intake_forget_details(spil_intake *intake)
{
    spil_str_clear(&intake->room->details);
    intake->room->detail_count = 0;
}

spil_status spil_intake_add_detail(spil_intake *intake, const char *name, const char *value,
                                   spil_err *err)
{
    struct spil_intake_room *const room = intake->room;
    spil_str_add_n(&room->details, name, strlen(name) + 1);
    spil_str_add_n(&room->details, value, strlen(value) + 1);
    room->detail_count++;
    return spil_str_status(&room->details, err);
}

/* The texts hold still now. */
static spil_status take_details(struct spil_intake_room *room, spil_new_link *link, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (room->detail_count > room->detail_room) {
        TRY(spil_resize((void **)&room->detail_rows, 2 * room->detail_count,
                        sizeof *room->detail_rows, err));
        room->detail_room = 2 * room->detail_count;
    }
    const char *at = spil_str_text(&room->details);
    for (size_t i = 0; i < room->detail_count; i++) {
        room->detail_rows[i].name = at;
        at += strlen(at) + 1;
        room->detail_rows[i].value = at;
        at += strlen(at) + 1;
    }
    link->details = room->detail_rows;
    link->detail_count = room->detail_count;
done:
    return rc;
}

spil_status spil_intake_add_link(spil_intake *intake, const spil_row *row, int column,
                                 spil_new_link link, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (link.from == link.to) {
        spil_intake_complain(intake, column,
                             "loop: '%.80s' is linked to itself; expected two different entities",
                             row->fields[column]);
        goto done;
    }
    link.source = source_of_row(intake);
    link.line = row->line;
    if (intake->room->detail_count > 0)
        TRY(take_details(intake->room, &link, err));
    intake->file->links++;
    rc = spil_store_add_link(intake->store, &link, err);
done:
    spil_intake_forget_details(intake);
    return rc;
}

spil_status spil_intake_add_role(spil_intake *intake, const spil_row *row, spil_new_role role,
                                 spil_err *err)
{
    role.source = source_of_row(intake);
    role.line = row->line;
    intake->file->roles++;
    return spil_store_add_role(intake->store, &role, err);
}

spil_status spil_intake_add_signal(spil_intake *intake, const spil_row *row, spil_new_signal signal,
                                   spil_err *err)
{
    signal.source = source_of_row(intake);
    signal.line = row->line;
    intake->file->signals++;
    return spil_store_add_signal(intake->store, &signal, err);
}
