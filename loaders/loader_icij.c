/* loader_icij.c - the tables of ICIJ's Offshore Leaks database: nodes-*.csv and relationships.csv.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns tell which table it is (icij.def). Keys get "icij-" in front: a node_id is a bare
 * number, which other files use too. "Linked to" a country is kept; ICIJ takes it from addresses.
 */
#include "loaders/column_name.h"
#include "loaders/intake.h"
#include "loaders/limits.h"
#include "loaders/value.h"

#include <stdio.h>
#include <string.h>

#define KEY_PREFIX "icij-"

typedef struct icij_table {
    const char *name, *word;
    spil_entity_kind kind;
    const char *there, *absent;
} icij_table;

static const icij_table tables[] = {
#define TABLE(name, word, kind, there, absent) {name, word, SPIL_ENTITY_##kind, there, absent},
#include "loaders/icij.def"
#undef TABLE
};

static const struct {
    const char *rel_type, *word;
    spil_link_kind kind;
} links[] = {
#define LINK(rel_type, word, kind) {rel_type, word, SPIL_LINK_##kind},
#include "loaders/icij.def"
#undef LINK
};

static const char *const forms[] = {
#define FORM(words) " " words " ",
#include "loaders/icij.def"
#undef FORM
};

static const char *const bearers[] = {
#define BEARER(name) name,
#include "loaders/icij.def"
#undef BEARER
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct icij_load {
    const icij_table *table; /* NULL: relationships */
    int id, name, address, start, end, rel_type, link, since, until;
    const char **attribute; /* by column; NULL: none */
} icij_load;

/* ---- which table ---- */

static bool has_column(const spil_header *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (strcmp(header->names[i], name) == 0)
            return true;
    return false;
}

/* How many of the words of the list are columns; *of how many. */
static size_t count_columns(const spil_header *header, const char *list, size_t *of)
{
    char word[32];
    size_t found = 0;
    *of = 0;
    while (*list) {
        const size_t length = strcspn(list, " ");
        (void)snprintf(word, sizeof word, "%.*s", (int)length, list);
        found += has_column(header, word);
        ++*of;
        list += length + (list[length] == ' ');
    }
    return found;
}

static const icij_table *find_table(const spil_header *header)
{
    size_t of, none;
    for (size_t i = 0; i < COUNT(tables); i++)
        if (count_columns(header, tables[i].there, &of) == of &&
            count_columns(header, tables[i].absent, &none) == 0)
            return &tables[i];
    return NULL;
}

static bool is_relationships(const spil_header *header)
{
    size_t of;
    return count_columns(header, "node_id_start node_id_end rel_type", &of) == of;
}

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    spil_fit fit = {false, SPIL_PHASE_ENTITIES, ""};
    if (is_relationships(header))
        fit.phase = SPIL_PHASE_LINKS;
    fit.fits = is_relationships(header) || find_table(header) != NULL;
    if (!fit.fits && (forced || has_column(header, "node_id")))
        (void)snprintf(fit.hint, sizeof fit.hint,
                       "it looks like a table of Offshore Leaks; expected the columns node_id, "
                       "name (or address) and sourceID as ICIJ writes them");
    return fit;
}

/* ---- nodes ---- */

/* ICIJ does not say which officers are persons: the name does, by a legal form in it. */
static spil_entity_kind kind_of(const spil_intake *intake, const icij_table *table,
                                const char *name)
{
    if (table->kind == SPIL_ENTITY_address || strcmp(table->name, "entities") == 0 ||
        strcmp(table->name, "others") == 0)
        return table->kind;
    const spil_column_name folded = spil_column_name_fold(name);
    for (size_t i = 0; i < COUNT(bearers); i++)
        if (strcmp(folded.joined, bearers[i]) == 0)
            return SPIL_ENTITY_other;
    char words[2 * SPIL_COLUMN_NAME_ROOM + 2];
    (void)snprintf(words, sizeof words, "%s", folded.words);
    for (size_t i = 0; i < COUNT(forms); i++)
        if (strstr(words, forms[i]))
            return SPIL_ENTITY_company;
    return strcmp(table->name, "officers") == 0 ? intake->opts->entity_kind : SPIL_ENTITY_company;
}

/* "icij-10000001"; false with a complaint when the id is no key. */
static bool read_key(spil_intake *intake, const spil_row *row, int column,
                     char key[SPIL_MAX_KEY + 16])
{
    const char *id;
    if (!spil_intake_key(intake, row, column, &id))
        return false;
    (void)snprintf(key, SPIL_MAX_KEY + 16, KEY_PREFIX "%s", id);
    if (strlen(key) <= SPIL_MAX_KEY)
        return true;
    spil_intake_complain(intake, column, "more than the limit of %d bytes for a key", SPIL_MAX_KEY);
    return false;
}

static spil_status add_attributes(const icij_load *load, spil_intake *intake, const spil_row *row,
                                  int64_t id, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char day_text[16];
    spil_day day;
    for (size_t i = 0; i < intake->header.count; i++) {
        const char *text = row->fields[i];
        if (!load->attribute[i] || *text == '\0')
            continue;
        if (strstr(intake->columns[i].name, "_date") && spil_value_day(text, &day)) {
            spil_format_day(day, day_text);
            text = day_text;
        }
        TRY(spil_intake_add_attribute(intake, row, id, load->attribute[i], text, err));
    }
done:
    return rc;
}

static spil_status take_node(spil_intake *intake, const spil_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const icij_load *const load = user;
    char key[SPIL_MAX_KEY + 16];
    const char *const name = spil_intake_text(row, load->name), *const address = spil_intake_text(
                                                                    row, load->address);
    const bool place = load->table->kind == SPIL_ENTITY_address;
    int64_t id = 0;
    spil_new_entity entity = {.key = key, .type = load->table->word};
    if (!read_key(intake, row, load->id, key))
        return SPIL_OK;
    entity.label = place && address ? address : name;
    entity.kind = kind_of(intake, load->table, name ? name : "");
    TRY(spil_intake_put_entity(intake, row, load->id, entity, &id, err));
    if (id != 0)
        TRY(add_attributes(load, intake, row, id, err));
done:
    return rc;
}

/* ---- relationships ---- */

static spil_link_kind link_kind(const char *rel_type, const char *link)
{
    const spil_column_name folded = spil_column_name_fold(link);
    for (size_t i = 0; i < COUNT(links); i++)
        if ((links[i].rel_type[0] == '\0' || strcmp(links[i].rel_type, rel_type) == 0) &&
            (links[i].word[0] == '\0' || spil_column_name_has_word(&folded, links[i].word)))
            return links[i].kind;
    return SPIL_LINK_related;
}

static spil_status find_end(spil_intake *intake, int column, const char *key, int64_t *id,
                            spil_entity_kind *kind, spil_err *err)
{
    const spil_status rc = spil_store_find_entity(intake->store, key, id, kind, err);
    if (rc == SPIL_OK && *id == 0)
        spil_intake_complain(intake, column,
                             "no node has this id; expected one of this import or an earlier one "
                             "(nodes-*.csv of the same release)");
    return rc;
}

static spil_status take_relationship(spil_intake *intake, const spil_row *row, void *user,
                                     spil_err *err)
{
    spil_status rc = SPIL_OK;
    const icij_load *const load = user;
    char start[SPIL_MAX_KEY + 16], end[SPIL_MAX_KEY + 16];
    const char *const rel_type = spil_intake_text(row, load->rel_type), *const told =
                                                                            spil_intake_text(
                                                                                row, load->link);
    spil_entity_kind kind = SPIL_ENTITY_other, other = SPIL_ENTITY_other;
    spil_new_link link = {.weight = 1,
                          .confidence = intake->confidence,
                          .type = told ? told : rel_type,
                          .since = SPIL_NO_DAY,
                          .until = SPIL_NO_DAY};
    if (!read_key(intake, row, load->start, start) || !read_key(intake, row, load->end, end) ||
        !spil_intake_period(intake, row, load->since, load->until, &link.since, &link.until))
        goto done;
    TRY(find_end(intake, load->start, start, &link.from, &kind, err));
    TRY(find_end(intake, load->end, end, &link.to, &other, err));
    link.kind = link_kind(rel_type ? rel_type : "", told ? told : "");
    if (link.kind == SPIL_LINK_registered_at && kind == SPIL_ENTITY_person)
        link.kind = SPIL_LINK_lives_at;
    if (link.from != 0 && link.to != 0)
        TRY(spil_intake_add_link(intake, row, load->end, link, err));
done:
    return rc;
}

/* ---- the file ---- */

static void plan(icij_load *load, spil_intake *intake)
{
    const bool nodes = load->table != NULL;
    const int used[] = {load->id,
                        load->name,
                        load->start,
                        load->end,
                        load->rel_type,
                        load->link,
                        load->since,
                        load->until,
                        nodes && load->table->kind == SPIL_ENTITY_address ? load->address
                                                                          : SPIL_NO_COLUMN};
    for (size_t i = 0; i < intake->header.count; i++) {
        bool is_used = false;
        for (size_t u = 0; u < COUNT(used); u++)
            is_used = is_used || used[u] == (int)i;
        const char *const name = intake->columns[i].name;
        if (is_used || intake->columns[i].drop)
            continue;
        if (!nodes)
            spil_intake_drop(intake, i, "links have no place for it");
        else if (name[0] == '\0')
            spil_intake_drop(intake, i, "the column has no name");
        else
            load->attribute[i] = strcmp(name, "incorporation_date") == 0 ? "founded" : name;
    }
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    icij_load state = {.table = find_table(&intake->header)};
    if (is_relationships(&intake->header))
        state.table = NULL;
    TRY(spil_intake_start(intake, true, err));
    TRY(NEW_ARRAY(state.attribute, intake->header.count, err));
    const bool nodes = state.table != NULL;
    state.id = nodes ? spil_intake_column(intake, "node_id") : SPIL_NO_COLUMN;
    state.name = nodes ? spil_intake_column(intake, "name") : SPIL_NO_COLUMN;
    state.address = nodes ? spil_intake_column(intake, "address") : SPIL_NO_COLUMN;
    state.start = spil_intake_column(intake, "node_id_start");
    state.end = spil_intake_column(intake, "node_id_end");
    state.rel_type = spil_intake_column(intake, "rel_type");
    state.link = nodes ? SPIL_NO_COLUMN : spil_intake_column(intake, "link");
    state.since = nodes ? SPIL_NO_COLUMN : spil_intake_column(intake, "start_date");
    state.until = nodes ? SPIL_NO_COLUMN : spil_intake_column(intake, "end_date");
    plan(&state, intake);
    TRY(spil_intake_each(intake, nodes ? take_node : take_relationship, &state, err));
done:
    spil_free(state.attribute);
    return rc;
}

const spil_loader spil_loader_icij = {
    .name = "icij",
    .summary = "ICIJ Offshore Leaks: nodes-*.csv and relationships.csv",
    .recognise = recognise,
    .load = load,
};
