/* mapped_split.c - see mapped_inside.h: several things in one value. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "loaders/mapped_inside.h"

#include <string.h>

bool spil_mapped_same_column(const spil_mapped *m, size_t a, size_t b)
{
    return a == b || (m->at[a] != SPIL_NO_COLUMN && m->at[a] == m->at[b]);
}

static bool same_split(const spil_mapped *m, const spil_mapping_entity *a,
                       const spil_mapping_entity *b)
{
    bool same = a->split.count == b->split.count && strcmp(a->split.by, b->split.by) == 0;
    for (size_t c = 0; same && c < a->split.count; c++)
        same = spil_mapped_same_column(m, a->split.columns[c], b->split.columns[c]);
    return same;
}

void spil_mapped_group_splits(spil_mapped *m)
{
    for (size_t e = 0; e < m->mapping->entity_count; e++) {
        m->group_of[e] = SPIL_NO_GROUP;
        if (!m->mapping->entities[e].has_split)
            continue;
        size_t g = 0;
        while (g < m->group_count &&
               !same_split(m, &m->mapping->entities[m->groups[g].spec], &m->mapping->entities[e]))
            g++;
        if (g == m->group_count)
            m->groups[m->group_count++].spec = e;
        m->group_of[e] = (int)g;
    }
}

typedef struct value_cut {
    size_t number, last; /* parts; the same without empty ones at the end */
    bool good;           /* else a complaint was made */
} value_cut;

/* The parts of one value, behind the others; blanks around them go. */
static spil_status cut_value(spil_mapped *m, size_t column, const char *by, bool keep_empty,
                             value_cut *out, spil_err *err)
{
    const char *at = m->values[column];
    const size_t mark = strlen(by);
    *out = (value_cut){.good = true};
    while (at) {
        const char *const next = strstr(at, by);
        const char *to = next ? next : at + strlen(at);
        while (at < to && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
            at++;
        while (to > at && (to[-1] == ' ' || to[-1] == '\n' || to[-1] == '\r' || to[-1] == '\t'))
            to--;
        if (keep_empty || to > at) {
            if (out->number == SPIL_PARTS_MOST) {
                spil_intake_complain(m->intake, m->at[column],
                                     "more than the limit of %d parts between '%.20s'",
                                     SPIL_PARTS_MOST, by);
                out->good = false;
                return SPIL_OK;
            }
            const spil_status rc = VEC_PUSH(m->part_at, m->parts.length, err);
            if (rc != SPIL_OK)
                return rc;
            spil_str_add_n(&m->parts, at, (size_t)(to - at));
            spil_str_add_n(&m->parts, "", 1);
            out->number++;
            out->last = to > at ? out->number : out->last;
        }
        at = next ? next + mark : NULL;
    }
    return SPIL_OK;
}

spil_status spil_mapped_split_group(spil_mapped *m, spil_split_group *group, bool *good,
                                    spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_mapping_entity *const spec = &m->mapping->entities[group->spec];
    const bool several = spec->split.count > 1;
    size_t starts[SPIL_SPLIT_MOST] = {0}, numbers[SPIL_SPLIT_MOST] = {0}, fullest = 0;
    group->count = 0;
    for (size_t c = 0; c < spec->split.count; c++) {
        value_cut cut;
        starts[c] = m->part_at.count;
        TRY(cut_value(m, spec->split.columns[c], spec->split.by, several, &cut, err));
        *good = cut.good;
        if (!cut.good)
            goto done;
        numbers[c] = cut.last > 0 ? cut.number : 0;
        if (cut.last > group->count) {
            group->count = cut.last;
            fullest = c;
        }
    }
    for (size_t c = 0; c < spec->split.count; c++)
        if (numbers[c] != 0 && numbers[c] < group->count) {
            spil_intake_complain(m->intake, m->at[spec->split.columns[c]],
                                 "%zu parts, but '%.80s' has %zu; expected as many", numbers[c],
                                 m->mapping->columns.items[spec->split.columns[fullest]].name,
                                 group->count);
            *good = false;
            return SPIL_OK;
        }
    group->from = m->part_at.count; /* all of them again, in rows of equal length */
    for (size_t c = 0; c < spec->split.count; c++)
        for (size_t i = 0; i < group->count; i++)
            TRY(VEC_PUSH(m->part_at, numbers[c] ? m->part_at.items[starts[c] + i] : SPIL_NO_TEXT,
                         err));
done:
    return rc;
}

/* Of all names that the column of the file has in the mapping. */
static void set_column(spil_mapped *m, size_t column, const char *text)
{
    m->values[column] = text;
    for (size_t i = 0; i < m->mapping->columns.count; i++)
        if (spil_mapped_same_column(m, i, column))
            m->values[i] = text;
}

void spil_mapped_enter_part(spil_mapped *m, int group_number, size_t i)
{
    if (group_number == SPIL_NO_GROUP)
        return;
    const spil_split_group *const group = &m->groups[group_number];
    const spil_mapping_entity *const spec = &m->mapping->entities[group->spec];
    for (size_t c = 0; c < spec->split.count; c++) {
        const size_t at = m->part_at.items[group->from + c * group->count + i];
        set_column(m, spec->split.columns[c], at == SPIL_NO_TEXT ? "" : m->parts.text + at);
    }
}

void spil_mapped_leave_part(spil_mapped *m, int group_number, const spil_row *row)
{
    if (group_number == SPIL_NO_GROUP)
        return;
    const spil_mapping_entity *const spec = &m->mapping->entities[m->groups[group_number].spec];
    for (size_t c = 0; c < spec->split.count; c++) {
        const size_t column = spec->split.columns[c];
        set_column(m, column, m->at[column] == SPIL_NO_COLUMN ? "" : row->fields[m->at[column]]);
    }
}
