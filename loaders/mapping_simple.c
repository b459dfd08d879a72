/* mapping_simple.c - a mapping of one table (`kind: persons`) as entities and links.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns of the file are called by our names already, so that each of our names that has a
 * column becomes the template "<name>", and each that has a constant that text.
 */
#include "loaders/mapping_fields.h"

#include <string.h>

typedef struct widening {
    spil_mapping *mapping;
    spil_err *err;
    spil_status rc; /* the first failure */
} widening;

static const char *constant_of(const spil_mapping *mapping, const char *name)
{
    const char *const *const words = VEC_FROM(mapping->words, mapping->constants.from);
    for (size_t i = 0; i + 1 < mapping->constants.count; i += 2)
        if (strcmp(words[i], name) == 0)
            return words[i + 1];
    return NULL;
}

static int column_of(const spil_mapping *mapping, const char *name)
{
    for (size_t i = 0; i < mapping->columns.count; i++)
        if (strcmp(mapping->columns.items[i].name, name) == 0)
            return (int)i;
    return SPIL_NO_MAPPING_COLUMN;
}

/* Templates that the file does not have stay empty. step: SPIL_STEP_COUNT for none. */
static spil_template stepped(widening *w, const char *name, spil_step_kind step)
{
    spil_mapping *const mapping = w->mapping;
    spil_template template = {{mapping->pieces.count, 0}, mapping->kind_line};
    const char *const constant = constant_of(mapping, name);
    const int column = column_of(mapping, name);
    spil_piece piece = {.text = constant};
    if (w->rc != SPIL_OK || (!constant && column == SPIL_NO_MAPPING_COLUMN))
        return template;
    if (!constant) {
        const spil_trait *const trait = spil_mapping_column_trait(mapping, (size_t)column);
        if (trait)
            w->rc = spil_fail(
                w->err, SPIL_INPUT, "%s:%llu: '%.60s': '%.60s' is %s and may not come in",
                mapping->path, (unsigned long long)mapping->columns.items[column].line, name,
                mapping->words.items[mapping->columns.items[column].theirs.from], trait->what);
        piece.column = (size_t)column;
        mapping->columns.items[column].open = true;
    }
    if (w->rc != SPIL_OK)
        return template;
    if (step != SPIL_STEP_COUNT) {
        piece.steps[0].kind = step;
        piece.step_count = 1;
    }
    w->rc = VEC_PUSH(mapping->pieces, piece, w->err);
    template.pieces.count = w->rc == SPIL_OK;
    return template;
}

static spil_template plain(widening *w, const char *name)
{
    return stepped(w, name, SPIL_STEP_COUNT);
}

static spil_template word(widening *w, const char *text)
{
    spil_template template = {{w->mapping->pieces.count, 1}, w->mapping->kind_line};
    if (w->rc == SPIL_OK)
        w->rc = VEC_PUSH(w->mapping->pieces, ((spil_piece){.text = text}), w->err);
    return template;
}

static spil_status lacks(const widening *w, const char *what)
{
    return spil_fail(w->err, SPIL_INPUT,
                     "%s:%llu: kind '%s' needs '%s', which stands neither under columns nor under "
                     "constants",
                     w->mapping->path, (unsigned long long)w->mapping->kind_line, w->mapping->kind,
                     what);
}

/* Every name of the list, parted by blanks, has a column or a constant. */
static void need(widening *w, const char *list)
{
    while (w->rc == SPIL_OK && *list) {
        char name[32];
        const size_t length = strcspn(list, " ");
        memcpy(name, list, length);
        name[length] = '\0';
        if (!constant_of(w->mapping, name) && column_of(w->mapping, name) < 0)
            w->rc = lacks(w, name);
        list += length + (list[length] == ' ');
    }
}

/* ---- entities ---- */

static bool is_listed(const char *list, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = strstr(list, name); at; at = strstr(at + 1, name))
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static void add_attribute(widening *w, const char *name)
{
    const spil_step_kind step = strcmp(name, "lat") == 0   ? SPIL_STEP_latitude
                                : strcmp(name, "lon") == 0 ? SPIL_STEP_longitude
                                                           : SPIL_STEP_COUNT;
    const spil_mapping_attribute attribute = {name, stepped(w, name, step)};
    if (w->rc == SPIL_OK)
        w->rc = VEC_PUSH(w->mapping->attributes, attribute, w->err);
}

/* Everything that the file names and that is in no place of its own. */
static spil_range others(widening *w, const char *taken)
{
    spil_mapping *const mapping = w->mapping;
    spil_range range = {mapping->attributes.count, 0};
    for (size_t i = 0; i < mapping->columns.count; i++)
        if (!is_listed(taken, mapping->columns.items[i].name))
            add_attribute(w, mapping->columns.items[i].name);
    for (size_t i = 0; i + 1 < mapping->constants.count; i += 2) {
        const char *const name = mapping->words.items[mapping->constants.from + i];
        if (!is_listed(taken, name))
            add_attribute(w, name);
    }
    range.count = mapping->attributes.count - range.from;
    return range;
}

static int secret(widening *w, const char *name)
{
    const int column = column_of(w->mapping, name);
    if (column != SPIL_NO_MAPPING_COLUMN)
        w->mapping->columns.items[column].secret = true;
    return column;
}

/* The one entity of persons, companies, addresses and entities. */
static void widen_entity(widening *w, spil_mapping_entity *entity)
{
    const char *const kind = w->mapping->kind;
    const bool address = strcmp(kind, "addresses") == 0, any = strcmp(kind, "entities") == 0;
    *entity = (spil_mapping_entity){
        .as = "it", .rest = true, .has_address = address, .line = w->mapping->kind_line};
    need(w, any ? "id kind" : address ? "id" : "id name");
    entity->bsn = secret(w, "bsn");
    entity->birth_date = secret(w, "birth_date");
    entity->id = plain(w, "id");
    entity->type = plain(w, "type");
    entity->kind = any       ? plain(w, "kind")
                   : address ? word(w, "address")
                             : word(w, strcmp(kind, "persons") == 0 ? "person" : "company");
    if (!address) {
        entity->name = plain(w, "name");
        entity->attributes =
            others(w, any ? "id kind name type bsn birth_date" : "id name type bsn birth_date");
        return;
    }
    if (w->rc == SPIL_OK && column_of(w->mapping, "street") < 0 &&
        column_of(w->mapping, "postcode") < 0)
        w->rc = lacks(w, "street' or 'postcode");
    entity->address.street = plain(w, "street");
    entity->address.number = plain(w, "number");
    entity->address.letter = plain(w, "letter");
    entity->address.addition = plain(w, "addition");
    entity->address.postcode = plain(w, "postcode");
    entity->address.city = plain(w, "city");
    entity->attributes =
        others(w, "id type bsn birth_date street number letter addition postcode city");
}

/* An entity that links, roles or signals name. */
static void widen_known(widening *w, spil_mapping_entity *entity, const char *name)
{
    *entity = (spil_mapping_entity){.as = name,
                                    .known = true,
                                    .bsn = SPIL_NO_MAPPING_COLUMN,
                                    .birth_date = SPIL_NO_MAPPING_COLUMN,
                                    .line = w->mapping->kind_line};
    entity->id = plain(w, name);
    entity->kind = word(w, "other");
}

/* ---- the other tables ---- */

static void widen_link(widening *w)
{
    spil_mapping *const mapping = w->mapping;
    spil_mapping_link *const link = mapping->links;
    need(w, "from to kind");
    widen_known(w, &mapping->entities[0], "from");
    widen_known(w, &mapping->entities[1], "to");
    link->to = 1;
    link->repeats = true;
    link->line = mapping->kind_line;
    link->kind = plain(w, "kind");
    link->type = plain(w, "type");
    link->weight = plain(w, "weight");
    link->confidence = plain(w, "confidence");
    link->grade = plain(w, "grade");
    link->since = plain(w, "since");
    link->until = plain(w, "until");
    link->attributes = others(w, "from to kind type weight confidence grade since until");
}

static void widen_role(widening *w)
{
    spil_mapping_role *const role = w->mapping->roles;
    need(w, "entity model step role");
    widen_known(w, &w->mapping->entities[0], "entity");
    role->line = w->mapping->kind_line;
    role->model = plain(w, "model");
    role->step = plain(w, "step");
    role->role = plain(w, "role");
    role->confidence = plain(w, "confidence");
    role->grade = plain(w, "grade");
}

static void widen_signal(widening *w)
{
    spil_mapping_signal *const signal = w->mapping->signals;
    need(w, "entity code");
    widen_known(w, &w->mapping->entities[0], "entity");
    signal->line = w->mapping->kind_line;
    signal->code = plain(w, "code");
    signal->strength = plain(w, "strength");
    signal->date = plain(w, "date");
    signal->confidence = plain(w, "confidence");
    signal->grade = plain(w, "grade");
}

spil_status spil_mapping_widen(spil_mapping *mapping, spil_err *err)
{
    spil_status rc = SPIL_OK;
    widening w = {mapping, err, SPIL_OK};
    const bool links = strcmp(mapping->kind, "links") == 0;
    spil_free(mapping->entities); /* an empty list, written out */
    mapping->entities = NULL;
    mapping->entity_count = links ? 2 : 1;
    TRY(NEW_ARRAY(mapping->entities, mapping->entity_count, err));
    if (links) {
        spil_free(mapping->links);
        mapping->links = NULL;
        TRY(NEW(mapping->links, err));
        mapping->link_count = 1;
        widen_link(&w);
    } else if (strcmp(mapping->kind, "roles") == 0) {
        spil_free(mapping->roles);
        mapping->roles = NULL;
        TRY(NEW(mapping->roles, err));
        mapping->role_count = 1;
        widen_role(&w);
    } else if (strcmp(mapping->kind, "signals") == 0) {
        spil_free(mapping->signals);
        mapping->signals = NULL;
        TRY(NEW(mapping->signals, err));
        mapping->signal_count = 1;
        widen_signal(&w);
    } else {
        widen_entity(&w, mapping->entities);
    }
    rc = w.rc;
done:
    return rc;
}
