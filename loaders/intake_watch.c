/* intake_watch.c - see intake_inside.h: citizen service numbers in a column that does not say so.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One number of nine digits in eleven passes the eleven test by chance. Of eight different ones
 * all do once in 200 million times; so a column in which nine of ten values pass is no chance, and
 * the file is refused before anything of it is kept. Numbers of organisations (RSIN) pass the same
 * test: a column of that name is let in.
 */
#include "loaders/column_name.h"
#include "loaders/dutch.h"
#include "loaders/intake_inside.h"

#include <string.h>

enum { ENOUGH_DIFFERENT = 8, ENOUGH_VALUES = 200 };

/* A column and what was seen in it. */
struct spil_watched {
    size_t column, pass, fail, different;
    char seen[ENOUGH_DIFFERENT][16];
};

static bool is_watched(const spil_column *column)
{
    return !column->drop && !column->secret && !column->hashed &&
           !strstr(spil_column_name_fold(column->name).joined, "rsin");
}

spil_status spil_intake_watch(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    struct spil_intake_room *const room = intake->room;
    if (intake->unwatched)
        return SPIL_OK;
    spil_free(room->watched);
    room->watched = NULL;
    room->watched_count = 0;
    TRY(NEW_ARRAY(room->watched, intake->header.count, err));
    for (size_t i = 0; i < intake->header.count; i++)
        if (is_watched(&intake->columns[i]))
            room->watched[room->watched_count++].column = i;
done:
    return rc;
}

static void see(struct spil_watched *w, const char *number)
{
    w->pass++;
    for (size_t i = 0; i < w->different; i++)
        if (strcmp(w->seen[i], number) == 0)
            return;
    if (w->different < ENOUGH_DIFFERENT)
        memcpy(w->seen[w->different++], number, sizeof w->seen[0]);
}

static bool is_suspect(const struct spil_watched *w)
{
    return w->different == ENOUGH_DIFFERENT && 9 * w->fail <= w->pass;
}

static spil_status refuse(const spil_intake *intake, const struct spil_watched *w, spil_err *err)
{
    return spil_fail(err, SPIL_INPUT,
                     "%s: column '%.60s': %zu of its first %zu values pass the eleven test of "
                     "citizen service numbers, which are never kept in clear; expected them in a "
                     "column called BSN, or under 'bsn' of a mapping (of organisations: RSIN)",
                     intake->header.path, intake->columns[w->column].name, w->pass,
                     w->pass + w->fail);
}

spil_status spil_intake_watch_row(spil_intake *intake, const spil_row *row, spil_err *err)
{
    struct spil_intake_room *const room = intake->room;
    for (size_t i = 0; i < room->watched_count;) {
        struct spil_watched *const w = &room->watched[i];
        const char *const text = row->fields[w->column];
        char number[16] = "";
        if (text[0] == '\0') {
            i++;
            continue;
        }
        if (spil_dutch_citizen_number(text, number))
            see(w, number);
        else
            w->fail++;
        const size_t values = w->pass + w->fail;
        if (values == ENOUGH_VALUES && is_suspect(w))
            return refuse(intake, w, err);
        if (values == ENOUGH_VALUES || (w->fail > w->pass && w->fail > ENOUGH_VALUES / 10))
            room->watched[i] = room->watched[--room->watched_count]; /* it is something else */
        else
            i++;
    }
    return SPIL_OK;
}

spil_status spil_intake_watched(const spil_intake *intake, spil_err *err)
{
    const struct spil_intake_room *const room = intake->room;
    for (size_t i = 0; i < room->watched_count; i++)
        if (is_suspect(&room->watched[i]))
            return refuse(intake, &room->watched[i], err);
    return SPIL_OK;
}
