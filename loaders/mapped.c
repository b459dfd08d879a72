/* mapped.c - see mapped.h: columns of a mapping found in a header, and rows taken apart.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/column_name.h"
#include "loaders/mapped_inside.h"

#include <float.h>
#include <string.h>

/* ---- columns ---- */

/* How many columns of the header have this name: exactly, else however it is written. */
static size_t count_named(const spil_header *header, const char *name, bool exactly, int *at)
{
    size_t found = 0;
    for (size_t i = 0; i < header->count; i++)
        if (exactly ? strcmp(header->names[i], name) == 0
                    : spil_column_name_equal(header->names[i], name)) {
            if (found++ == 0)
                *at = (int)i;
        }
    return found;
}

/* The first of their names that is there. */
static spil_status find_column(spil_mapped *m, size_t number, spil_err *err)
{
    const spil_header *const header = &m->intake->header;
    const spil_mapping_column *const column = &m->mapping->columns.items[number];
    const char *const *const names = VEC_FROM(m->mapping->words, column->theirs.from);
    m->at[number] = SPIL_NO_COLUMN;
    for (size_t i = 0; i < column->theirs.count; i++) {
        size_t found = count_named(header, names[i], true, &m->at[number]);
        if (found == 0)
            found = count_named(header, names[i], false, &m->at[number]);
        if (found > 1)
            return spil_fail(err, SPIL_INPUT,
                             "%s:%llu: column '%.80s' stands twice in the header of %s (line %llu)",
                             m->mapping->path, (unsigned long long)column->line, names[i],
                             header->path, (unsigned long long)header->line);
        if (found == 1)
            return SPIL_OK;
    }
    if (column->optional)
        return SPIL_OK;
    return spil_fail(err, SPIL_INPUT,
                     "%s:%llu: column '%.80s'%s stands nowhere in the header of %s (line %llu)",
                     m->mapping->path, (unsigned long long)column->line, names[0],
                     column->theirs.count > 1 ? " (nor under its other names)" : "", header->path,
                     (unsigned long long)header->line);
}

/* What is kept as a hash serves nowhere else, by no other name either. */
static spil_status check_secrets(const spil_mapped *m, spil_err *err)
{
    const spil_mapping_column *const columns = m->mapping->columns.items;
    for (size_t i = 0; i < m->mapping->columns.count; i++)
        for (size_t j = 0; columns[i].secret && j < m->mapping->columns.count; j++)
            if (columns[j].open && spil_mapped_same_column(m, i, j))
                return spil_fail(err, SPIL_INPUT,
                                 "%s:%llu: column '%.80s' is kept as keyed hash alone ('bsn', "
                                 "'birth_date'); it cannot serve elsewhere too, as '%.80s'",
                                 m->mapping->path, (unsigned long long)columns[j].line,
                                 columns[i].name, columns[j].name);
    return SPIL_OK;
}

/* Numbers and dates that are kept as hash: guarded, and dropped where there is no key. */
static void guard_secrets(spil_mapped *m)
{
    for (size_t e = 0; e < m->mapping->entity_count; e++) {
        const int columns[] = {m->mapping->entities[e].bsn, m->mapping->entities[e].birth_date};
        for (size_t k = 0; k < 2; k++)
            if (columns[k] != SPIL_NO_MAPPING_COLUMN && m->at[columns[k]] != SPIL_NO_COLUMN)
                spil_intake_guard(m->intake, (size_t)m->at[columns[k]],
                                  k == 0 ? SPIL_HASH_BSN : SPIL_HASH_BIRTH);
    }
}

static bool is_used(const spil_mapped *m, size_t header_column)
{
    for (size_t i = 0; i < m->mapping->columns.count; i++) {
        const spil_mapping_column *const column = &m->mapping->columns.items[i];
        if (m->at[i] == (int)header_column && (column->open || column->split || column->secret))
            return true;
    }
    return false;
}

static spil_status plan_rest(spil_mapped *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = m->intake;
    bool rest = false;
    for (size_t e = 0; e < m->mapping->entity_count; e++)
        rest |= m->mapping->entities[e].rest;
    for (size_t i = 0; i < intake->header.count; i++) {
        if (intake->columns[i].drop || is_used(m, i))
            continue;
        if (intake->columns[i].name[0] == '\0')
            spil_intake_drop(intake, i, "the column has no name");
        else if (rest)
            TRY(spil_intake_attribute_name(intake, intake->columns[i].name, &m->rest[i], err));
        else
            spil_intake_drop(intake, i, "the mapping does not use it");
    }
done:
    return rc;
}

/* ---- a row ---- */

static void set_values(spil_mapped *m, const spil_row *row)
{
    for (size_t i = 0; i < m->mapping->columns.count; i++)
        m->values[i] = m->at[i] == SPIL_NO_COLUMN ? "" : row->fields[m->at[i]];
}

static size_t count_of(const spil_mapped *m, size_t spec)
{
    return m->group_of[spec] == SPIL_NO_GROUP ? 1 : m->groups[m->group_of[spec]].count;
}

static spil_status make_entities(spil_mapped *m, const spil_row *row, bool *good, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t e = 0; e < m->mapping->entity_count && *good; e++) {
        m->first[e] = m->made.entities.count;
        for (size_t i = 0; i < count_of(m, e) && *good; i++) {
            spil_mapped_enter_part(m, m->group_of[e], i);
            TRY(spil_mapped_entity(m, e, row, good, err));
        }
        spil_mapped_leave_part(m, m->group_of[e], row);
    }
done:
    return rc;
}

static bool read_link_kind(spil_mapped *m, const spil_template *t, spil_link_kind *kind)
{
    size_t at;
    if (!spil_mapped_text(m, t, false, &at))
        return false;
    const char *const word = spil_made_text(&m->made, at);
    return spil_intake_link_kind(m->intake, spil_mapped_column_of(m, t), NULL, word ? word : "",
                                 kind);
}

static bool read_period(spil_mapped *m, const spil_mapping_link *spec, spil_made_link *link)
{
    return spil_mapped_day(m, &spec->since, &link->since) &&
           spil_mapped_day(m, &spec->until, &link->until) &&
           spil_intake_in_order(m->intake, spil_mapped_column_of(m, &spec->until), NULL,
                                link->since, link->until);
}

static bool read_link(spil_mapped *m, const spil_mapping_link *spec, spil_made_link *link)
{
    link->weight = 1;
    link->since = link->until = SPIL_NO_DAY;
    if (!read_link_kind(m, &spec->kind, &link->kind) ||
        !spil_mapped_text(m, &spec->type, false, &link->type) ||
        !spil_mapped_number(m, &spec->weight, 0, DBL_MAX, &link->weight) ||
        !spil_mapped_confidence(m, &spec->confidence, &spec->grade, &link->confidence) ||
        !read_period(m, spec, link))
        return false;
    if (link->weight > 0)
        return true;
    spil_intake_complain(m->intake, spil_mapped_column_of(m, &spec->weight),
                         "a weight of 0, expected a number above 0");
    return false;
}

/* The link between two entities of the row. */
static spil_status make_link(spil_mapped *m, const spil_mapping_link *spec, size_t from, size_t to,
                             bool *good, spil_err *err)
{
    const spil_made_entity *const a = &m->made.entities.items[from];
    const spil_made_entity *const b = &m->made.entities.items[to];
    spil_made_link link = {.from = from, .to = to, .column = b->column, .repeats = spec->repeats};
    if (!a->there || !b->there || !spil_mapped_holds(m, spec->when))
        return SPIL_OK;
    if (strcmp(spil_made_text(&m->made, a->key), spil_made_text(&m->made, b->key)) == 0) {
        spil_intake_complain(m->intake, b->column,
                             "loop: '%.80s' is linked to itself; expected two different entities",
                             spil_made_text(&m->made, a->key));
        *good = false;
        return SPIL_OK;
    }
    if (m->made.links.count == SPIL_MADE_LINKS_MOST) {
        spil_intake_complain(m->intake, b->column, "the row makes more links than the limit of %d",
                             SPIL_MADE_LINKS_MOST);
        *good = false;
        return SPIL_OK;
    }
    spil_status rc = SPIL_OK;
    *good = read_link(m, spec, &link);
    link.attributes.from = m->made.attributes.count;
    if (*good)
        TRY(spil_mapped_attributes(m, spec->attributes, good, err));
    link.attributes.count = m->made.attributes.count - link.attributes.from;
    if (*good)
        TRY(VEC_PUSH(m->made.links, link, err));
done:
    return rc;
}

/* Part with part where both are split alike, each pair of parts where an entity is linked to its
 * own kind, else each with each. */
static spil_status make_links_of(spil_mapped *m, const spil_mapping_link *spec, const spil_row *row,
                                 bool *good, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const int from_group = m->group_of[spec->from], to_group = m->group_of[spec->to];
    const bool paired = from_group == to_group && from_group != SPIL_NO_GROUP;
    const bool own = spec->from == spec->to;
    for (size_t i = 0; i < count_of(m, spec->from) && *good; i++) {
        const size_t first = own ? i + 1 : paired ? i : 0;
        const size_t end = paired && !own ? i + 1 : count_of(m, spec->to);
        for (size_t j = first; j < end && *good; j++) {
            spil_mapped_enter_part(m, to_group, j);
            spil_mapped_enter_part(m, from_group, i);
            TRY(make_link(m, spec, m->first[spec->from] + i, m->first[spec->to] + j, good, err));
        }
    }
    spil_mapped_leave_part(m, from_group, row);
    spil_mapped_leave_part(m, to_group, row);
done:
    return rc;
}

/* A code or identifier that must be there. */
static bool needed(spil_mapped *m, const spil_template *t, size_t *out)
{
    if (!spil_mapped_key(m, t, out))
        return false;
    if (*out == SPIL_NO_TEXT)
        spil_intake_complain(m->intake, spil_mapped_column_of(m, t), "empty, expected a value");
    return *out != SPIL_NO_TEXT;
}

static spil_status make_role(spil_mapped *m, const spil_mapping_role *spec, size_t entity,
                             bool *good, spil_err *err)
{
    spil_made_role role = {.entity = entity};
    if (!m->made.entities.items[entity].there || !spil_mapped_holds(m, spec->when))
        return SPIL_OK;
    *good = needed(m, &spec->model, &role.model) && needed(m, &spec->step, &role.step) &&
            needed(m, &spec->role, &role.role) &&
            spil_mapped_confidence(m, &spec->confidence, &spec->grade, &role.confidence);
    return *good ? VEC_PUSH(m->made.roles, role, err) : SPIL_OK;
}

static spil_status make_signal(spil_mapped *m, const spil_mapping_signal *spec, size_t entity,
                               bool *good, spil_err *err)
{
    spil_made_signal signal = {.entity = entity, .strength = 1, .date = SPIL_NO_DAY};
    if (!m->made.entities.items[entity].there || !spil_mapped_holds(m, spec->when))
        return SPIL_OK;
    *good = needed(m, &spec->code, &signal.code) &&
            spil_mapped_number(m, &spec->strength, 0, 1, &signal.strength) &&
            spil_mapped_day(m, &spec->date, &signal.date) &&
            spil_mapped_confidence(m, &spec->confidence, &spec->grade, &signal.confidence);
    return *good ? VEC_PUSH(m->made.signals, signal, err) : SPIL_OK;
}

static spil_status make_facts(spil_mapped *m, const spil_row *row, bool *good, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_mapping *const mapping = m->mapping;
    for (size_t r = 0; r < mapping->role_count && *good; r++) {
        const size_t e = mapping->roles[r].entity;
        for (size_t i = 0; i < count_of(m, e) && *good; i++) {
            spil_mapped_enter_part(m, m->group_of[e], i);
            TRY(make_role(m, &mapping->roles[r], m->first[e] + i, good, err));
        }
        spil_mapped_leave_part(m, m->group_of[e], row);
    }
    for (size_t s = 0; s < mapping->signal_count && *good; s++) {
        const size_t e = mapping->signals[s].entity;
        for (size_t i = 0; i < count_of(m, e) && *good; i++) {
            spil_mapped_enter_part(m, m->group_of[e], i);
            TRY(make_signal(m, &mapping->signals[s], m->first[e] + i, good, err));
        }
        spil_mapped_leave_part(m, m->group_of[e], row);
    }
done:
    return rc;
}

static void forget(spil_mapped *m)
{
    m->made.entities.count = m->made.attributes.count = m->made.links.count = 0;
    m->made.roles.count = m->made.signals.count = 0;
    m->made.passed_over = false;
    spil_str_clear(&m->made.text);
    spil_str_clear(&m->parts);
    m->part_at.count = 0;
}

static spil_status texts_status(const spil_mapped *m, spil_err *err)
{
    const spil_str *const texts[] = {&m->made.text, &m->parts, &m->work[0], &m->work[1]};
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && rc == SPIL_OK; i++)
        rc = spil_str_status(texts[i], err);
    return rc;
}

spil_status spil_mapped_row(spil_mapped *m, const spil_row *row, const spil_made **out,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    bool good = true;
    forget(m);
    m->line = row->line;
    set_values(m, row);
    *out = &m->made;
    m->made.passed_over = !spil_mapped_holds(m, m->mapping->when);
    if (m->made.passed_over)
        return SPIL_OK;
    for (size_t g = 0; g < m->group_count && good; g++)
        TRY(spil_mapped_split_group(m, &m->groups[g], &good, err));
    TRY(texts_status(m, err));
    if (good)
        TRY(make_entities(m, row, &good, err));
    for (size_t l = 0; l < m->mapping->link_count && good; l++)
        TRY(make_links_of(m, &m->mapping->links[l], row, &good, err));
    if (good)
        TRY(make_facts(m, row, &good, err));
    rc = texts_status(m, err);
done:
    return rc;
}

/* ---- beginning and end ---- */

spil_status spil_mapped_new(spil_mapped **out, spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapped *m = NULL;
    const spil_mapping *const mapping = intake->header.mapping;
    TRY(NEW(m, err));
    m->intake = intake;
    m->mapping = mapping;
    m->decimal =
        mapping->has_decimal && !intake->opts->has_decimal ? mapping->decimal : intake->decimal;
    TRY(NEW_ARRAY(m->at, mapping->columns.count, err));
    TRY(NEW_ARRAY(m->values, mapping->columns.count, err));
    TRY(NEW_ARRAY(m->group_of, mapping->entity_count, err));
    TRY(NEW_ARRAY(m->first, mapping->entity_count, err));
    TRY(NEW_ARRAY(m->groups, mapping->entity_count, err));
    TRY(NEW_ARRAY(m->rest, intake->header.count, err));
    for (size_t i = 0; i < mapping->columns.count; i++)
        TRY(find_column(m, i, err));
    TRY(check_secrets(m, err));
    spil_mapped_group_splits(m);
    guard_secrets(m);
    TRY(plan_rest(m, err));
    *out = m;
    m = NULL;
done:
    spil_mapped_free(m);
    return rc;
}

void spil_mapped_free(spil_mapped *m)
{
    if (!m)
        return;
    spil_free(m->at);
    spil_free(m->values);
    spil_free(m->group_of);
    spil_free(m->first);
    spil_free(m->groups);
    spil_free(m->rest);
    spil_free(m->part_at.items);
    spil_str_free(&m->parts);
    spil_str_free(&m->work[0]);
    spil_str_free(&m->work[1]);
    spil_free(m->made.entities.items);
    spil_free(m->made.attributes.items);
    spil_free(m->made.links.items);
    spil_free(m->made.roles.items);
    spil_free(m->made.signals.items);
    spil_str_free(&m->made.text);
    spil_free(m);
}
