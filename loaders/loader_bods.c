/* loader_bods.c - statements of the Beneficial Ownership Data Standard 0.4.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     {"statementId": .., "recordId": .., "recordType": "entity" | "person" | "relationship",
 *      "recordStatus": "new" | "updated" | "closed", "statementDate": .., "recordDetails": {..}}
 *
 * A statement a line, or one array. recordId is the key. A record may be stated again: the last
 * statement of it counts, so the file is looked through once more before. Each interest of a
 * relationship is a link from interestedParty to subject (bods.def). Addresses are entities of
 * their own, by their text, so that who shares one is seen. Standard: schema 0.4 at
 * standard.openownership.org.
 */
#include "engine/base/strmap.h"
#include "loaders/json_intake.h"
#include "loaders/limits.h"

#include <stdio.h>
#include <string.h>

typedef struct bods_load {
    spil_intake *intake;
    spil_strmap *last; /* of records that are stated again: number of the last statement */
    int64_t number;    /* of the statement in this pass */
    spil_str text;
} bods_load;

static const struct {
    const char *type;
    spil_link_kind kind;
} interests[] = {
#define INTEREST(type, kind) {type, SPIL_LINK_##kind},
#include "loaders/bods.def"
#undef INTEREST
};

/* ---- statements ---- */

static const char *record_of(const json_t *object)
{
    const char *const record = spil_json_string(object, "recordId");
    return record ? record : spil_json_string(object, "statementId");
}

static bool says(const json_t *object, const char *field, const char *word)
{
    const char *const text = spil_json_string(object, field);
    return text && strcmp(text, word) == 0;
}

/* Only what is stated again is remembered: of most files nothing is. */
static spil_status look(bods_load *load, const json_t *object, spil_err *err)
{
    const char *const record = record_of(object);
    const bool again =
        says(object, "recordStatus", "updated") || says(object, "recordStatus", "closed");
    return record && again ? spil_strmap_put(load->last, record, load->number, err) : SPIL_OK;
}

static bool is_superseded(const bods_load *load, const char *record)
{
    int64_t last = 0;
    return spil_strmap_get(load->last, record, &last) && load->number < last;
}

/* ---- entities and persons ---- */

static spil_status add_text(bods_load *load, const spil_row *row, int64_t id, const char *name,
                            const char *text, spil_err *err)
{
    return text && *text ? spil_intake_add_attribute(load->intake, row, id, name, text, err)
                         : SPIL_OK;
}

/* A country or jurisdiction is {"name": .., "code": ..}. */
static const char *code_of(const json_t *object, const char *field)
{
    const json_t *const value = json_object_get(object, field);
    const char *const code = spil_json_string(value, "code");
    return code ? code : spil_json_string(value, "name");
}

/* One address: an entity by its text, and a link to it. */
static spil_status add_address(bods_load *load, const spil_row *row, int64_t id,
                               spil_entity_kind kind, const json_t *address, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    const char *const text = spil_json_string(address, "address"),
                      *const postcode = spil_json_string(address, "postCode"),
                      *const country = code_of(address, "country");
    int64_t place = 0;
    if (!text && !postcode)
        return SPIL_OK;
    spil_str_clear(&load->text);
    spil_str_addf(&load->text, "address:%s%s%s", text ? text : "", text && postcode ? ", " : "",
                  postcode ? postcode : "");
    TRY(spil_str_status(&load->text, err));
    spil_make_printable(load->text.text);
    const char *const key = load->text.text;
    if (load->text.length > SPIL_MAX_KEY) {
        TRY(spil_intake_drop_field(intake, "addresses", "an address of more than 256 bytes", false,
                                   err));
        goto done;
    }
    const spil_new_entity entity = {.kind = SPIL_ENTITY_address,
                                    .key = key,
                                    .label = text ? text : postcode,
                                    .type = "address"};
    const uint64_t before = intake->file->entities;
    TRY(spil_intake_put_entity(intake, row, SPIL_NO_COLUMN, entity, &place, err));
    if (place == 0 || place == id)
        goto done;
    if (intake->file->entities > before) {
        TRY(add_text(load, row, place, "postcode", postcode, err));
        TRY(add_text(load, row, place, "country", country, err));
    }
    TRY(spil_intake_add_link(intake, row, SPIL_NO_COLUMN,
                             (spil_new_link){.from = id,
                                             .to = place,
                                             .kind = kind == SPIL_ENTITY_person
                                                         ? SPIL_LINK_lives_at
                                                         : SPIL_LINK_registered_at,
                                             .type = spil_json_string(address, "type"),
                                             .weight = 1,
                                             .confidence = intake->confidence,
                                             .since = SPIL_NO_DAY,
                                             .until = SPIL_NO_DAY},
                             err));
done:
    return rc;
}

static spil_status add_addresses(bods_load *load, const spil_row *row, int64_t id,
                                 spil_entity_kind kind, const json_t *details, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const json_t *const list = json_object_get(details, "addresses");
    const json_t *const home = json_object_get(details, "placeOfResidence");
    for (size_t i = 0; i < json_array_size(list); i++)
        TRY(add_address(load, row, id, kind, json_array_get(list, i), err));
    if (home)
        TRY(add_address(load, row, id, kind, home, err));
done:
    return rc;
}

/* "XI-LEI:2138..." */
static spil_status add_identifiers(bods_load *load, const spil_row *row, int64_t id,
                                   const json_t *details, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const json_t *const list = json_object_get(details, "identifiers");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *const one = json_array_get(list, i);
        const char *const number = spil_json_string(one, "id");
        const char *scheme = spil_json_string(one, "scheme");
        scheme = scheme ? scheme : spil_json_string(one, "schemeName");
        if (!number)
            continue;
        const bool chamber = scheme && strcmp(scheme, "NL-KVK") == 0;
        spil_str_clear(&load->text);
        spil_str_addf(&load->text, "%s%s%s", scheme && !chamber ? scheme : "",
                      scheme && !chamber ? ":" : "", number);
        TRY(spil_str_status(&load->text, err));
        TRY(add_text(load, row, id, chamber ? "kvk" : "identifier", load->text.text, err));
    }
done:
    return rc;
}

/* "Jan de Boer", or given and family name; "" when there is none. */
static const char *name_of(bods_load *load, const json_t *name)
{
    const char *const full = spil_json_string(name, "fullName"),
                      *const given = spil_json_string(name, "givenName"),
                      *const family = spil_json_string(name, "familyName");
    spil_str_clear(&load->text);
    spil_str_addf(&load->text, "%s", full ? full : given ? given : "");
    if (!full && family)
        spil_str_addf(&load->text, "%s%s", given ? " " : "", family);
    return spil_str_text(&load->text);
}

static spil_status add_entity_rest(bods_load *load, const spil_row *row, int64_t id,
                                   const json_t *details, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const json_t *const names = json_object_get(details, "alternateNames");
    for (size_t i = 0; i < json_array_size(names); i++)
        TRY(add_text(load, row, id, "name", json_string_value(json_array_get(names, i)), err));
    TRY(add_text(load, row, id, "jurisdiction", code_of(details, "jurisdiction"), err));
    TRY(add_text(load, row, id, "founded", spil_json_string(details, "foundingDate"), err));
    TRY(add_text(load, row, id, "dissolved", spil_json_string(details, "dissolutionDate"), err));
    TRY(add_text(load, row, id, "uri", spil_json_string(details, "uri"), err));
    TRY(add_identifiers(load, row, id, details, err));
done:
    return rc;
}

static spil_status add_person_rest(bods_load *load, const spil_row *row, int64_t id,
                                   const json_t *details, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const json_t *const names = json_object_get(details, "names");
    for (size_t i = 1; i < json_array_size(names); i++)
        TRY(add_text(load, row, id, "name", name_of(load, json_array_get(names, i)), err));
done:
    return rc;
}

static spil_status add_rest(bods_load *load, const spil_row *row, int64_t id, bool person,
                            const json_t *object, const json_t *details, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(person ? add_person_rest(load, row, id, details, err)
               : add_entity_rest(load, row, id, details, err));
    TRY(add_addresses(load, row, id, person ? SPIL_ENTITY_person : SPIL_ENTITY_company, details,
                      err));
    if (says(object, "recordStatus", "closed"))
        TRY(add_text(load, row, id, "closed", spil_json_string(object, "statementDate"), err));
done:
    return rc;
}

/* Nothing of what is written may be longer than a value may be. */
static bool check_texts(spil_intake *intake, const json_t *value)
{
    const char *key;
    const json_t *inner;
    size_t i;
    bool fine = !json_is_string(value) ||
                spil_intake_json_text(intake, "recordDetails", json_string_value(value));
    for (i = 0; fine && i < json_array_size(value); i++)
        fine = check_texts(intake, json_array_get(value, i));
    if (json_is_object(value))
        for (void *at = json_object_iter((json_t *)(uintptr_t)value); fine && at;
             at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
            key = json_object_iter_key(at);
            inner = json_object_iter_value(at);
            fine = key && check_texts(intake, inner);
        }
    return fine;
}

static spil_status take_party(bods_load *load, const spil_row *row, json_t *object, bool person,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    json_t *const details = json_object_get(object, "recordDetails");
    const json_t *const kind = json_object_get(details, "entityType");
    const char *type =
        person ? spil_json_string(details, "personType") : spil_json_string(kind, "type");
    spil_new_entity entity = {.kind = person ? SPIL_ENTITY_person : SPIL_ENTITY_company,
                              .key = record_of(object),
                              .type = type ? type : "entity"};
    spil_str label = SPIL_STR_INIT;
    int64_t id = 0;
    if (person) {
        TRY(spil_json_drop(intake, details, "identifiers", "an identity number of a person", true,
                           SPIL_PASS_ENTITIES, err));
        TRY(spil_json_drop(intake, details, "taxResidencies", "of a person it may be nationality",
                           true, SPIL_PASS_ENTITIES, err));
        spil_str_add(&label, name_of(load, json_array_get(json_object_get(details, "names"), 0)));
    } else if (spil_json_string(details, "name")) {
        spil_str_add(&label, spil_json_string(details, "name"));
    }
    TRY(spil_str_status(&label, err));
    TRY(spil_str_status(&load->text, err));
    entity.label = spil_str_text(&label);
    if (!check_texts(intake, details))
        goto done;
    TRY(spil_intake_put_entity(intake, row, SPIL_NO_COLUMN, entity, &id, err));
    if (id != 0)
        TRY(add_rest(load, row, id, person, object, details, err));
done:
    spil_str_free(&label);
    return rc;
}

/* ---- relationships ---- */

static spil_status find_end(bods_load *load, const json_t *details, const char *field, int64_t *id,
                            spil_err *err)
{
    spil_intake *const intake = load->intake;
    const json_t *const end = json_object_get(details, field);
    const char *const reason = spil_json_string(end, "reason");
    *id = 0;
    if (json_is_object(end)) {
        spil_intake_complain_of(
            intake, field,
            "nobody is named (%.80s): there is nothing to link; expected the recordId of a party",
            reason ? reason : "no reason given");
        return SPIL_OK;
    }
    if (!spil_intake_json_key(intake, field, json_string_value(end)))
        return SPIL_OK;
    const spil_status rc =
        spil_store_find_entity(intake->store, json_string_value(end), id, NULL, err);
    if (rc == SPIL_OK && *id == 0)
        spil_intake_complain_of(
            intake, field,
            "no record '%.80s' is in this file or an earlier one; expected its recordId",
            json_string_value(end));
    return rc;
}

/* "shareholding 25-50 %, indirect, beneficial" */
static const char *describe(bods_load *load, const json_t *interest)
{
    const json_t *const share = json_object_get(interest, "share");
    const char *const type = spil_json_string(interest, "type"), *const way = spil_json_string(
                                                                     interest, "directOrIndirect");
    char exact[32], least[32], most[32];
    const json_t *low = json_object_get(share, "minimum"),
                 *high = json_object_get(share, "maximum");
    low = low ? low : json_object_get(share, "exclusiveMinimum");
    high = high ? high : json_object_get(share, "exclusiveMaximum");
    spil_str_clear(&load->text);
    spil_str_addf(&load->text, "%.100s", type ? type : "interest");
    if (json_is_number(json_object_get(share, "exact")))
        spil_str_addf(&load->text, " %s %%",
                      spil_json_plain(json_object_get(share, "exact"), exact));
    else if (json_is_number(low) && json_is_number(high))
        spil_str_addf(&load->text, " %s-%s %%", spil_json_plain(low, least),
                      spil_json_plain(high, most));
    if (way && strcmp(way, "indirect") == 0)
        spil_str_add(&load->text, ", indirect");
    if (json_is_true(json_object_get(interest, "beneficialOwnershipOrControl")))
        spil_str_add(&load->text, ", beneficial");
    if (load->text.text)
        spil_make_printable(load->text.text);
    return spil_str_text(&load->text);
}

static spil_link_kind kind_of(const json_t *interest)
{
    const char *const type = spil_json_string(interest, "type");
    for (size_t i = 0; type && i < sizeof interests / sizeof *interests; i++)
        if (strcmp(interests[i].type, type) == 0)
            return interests[i].kind;
    return SPIL_LINK_owns;
}

/* id 0: check alone. A closed record ends, at the latest, on the day of its statement. */
static spil_status take_interest(bods_load *load, const spil_row *row, const json_t *object,
                                 const json_t *interest, spil_new_link link, bool write,
                                 spil_err *err)
{
    spil_intake *const intake = load->intake;
    link.kind = kind_of(interest);
    if (!spil_intake_json_day(intake, "startDate", spil_json_string(interest, "startDate"),
                              &link.since) ||
        !spil_intake_json_day(intake, "endDate", spil_json_string(interest, "endDate"),
                              &link.until))
        return SPIL_OK;
    if (link.until == SPIL_NO_DAY && says(object, "recordStatus", "closed") &&
        !spil_intake_json_day(intake, "statementDate", spil_json_string(object, "statementDate"),
                              &link.until))
        return SPIL_OK;
    if (!spil_intake_in_order(intake, SPIL_NO_COLUMN, "endDate", link.since, link.until))
        return SPIL_OK;
    if (!write)
        return SPIL_OK;
    link.type = describe(load, interest);
    const spil_status rc = spil_str_status(&load->text, err);
    return rc == SPIL_OK ? spil_intake_add_link(intake, row, SPIL_NO_COLUMN, link, err) : rc;
}

static spil_status take_relationship(bods_load *load, const spil_row *row, const json_t *object,
                                     spil_err *err)
{
    spil_status rc = SPIL_OK;
    const json_t *const details = json_object_get(object, "recordDetails");
    const json_t *const list = json_object_get(details, "interests");
    const size_t count = json_array_size(list);
    spil_new_link link = {.weight = 1,
                          .confidence = load->intake->confidence,
                          .since = SPIL_NO_DAY,
                          .until = SPIL_NO_DAY};
    TRY(find_end(load, details, "interestedParty", &link.from, err));
    TRY(find_end(load, details, "subject", &link.to, err));
    if (link.from == 0 || link.to == 0)
        goto done;
    if (link.from == link.to) {
        spil_intake_complain_of(
            load->intake, "subject",
            "loop: a record is linked to itself; expected two different records");
        goto done;
    }
    for (int write = 0; write < 2 && !spil_intake_complained(load->intake); write++)
        for (size_t i = 0; i < (count ? count : 1); i++)
            TRY(take_interest(load, row, object, json_array_get(list, i), link, write != 0, err));
done:
    return rc;
}

/* ---- the file ---- */

static spil_status take_first(bods_load *load, const spil_row *row, json_t *object, spil_err *err)
{
    spil_intake *const intake = load->intake;
    const bool person = says(object, "recordType", "person");
    if (!spil_intake_json_key(intake, "recordId", record_of(object)))
        return SPIL_OK;
    const char *const type = spil_json_string(object, "recordType");
    if (!person && !says(object, "recordType", "entity") &&
        !says(object, "recordType", "relationship")) {
        spil_intake_complain_of(intake, "recordType",
                                "'%.80s' found, expected 'entity', 'person' or 'relationship' "
                                "(BODS 0.4)",
                                type ? type : "");
        return SPIL_OK;
    }
    if (!json_is_object(json_object_get(object, "recordDetails"))) {
        spil_intake_complain_of(intake, "recordDetails", "%s, expected an object, { ... }",
                                spil_json_found(json_object_get(object, "recordDetails")));
        return SPIL_OK;
    }
    if (is_superseded(load, record_of(object))) {
        intake->file->merged++;
        return SPIL_OK;
    }
    return says(object, "recordType", "relationship") ? SPIL_OK
                                                      : take_party(load, row, object, person, err);
}

static spil_status take(spil_intake *intake, const spil_row *row, json_t *object, spil_pass pass,
                        void *user, spil_err *err)
{
    bods_load *const load = user;
    (void)intake;
    load->number++;
    switch (pass) {
    case SPIL_PASS_LOOK:
        return look(load, object, err);
    case SPIL_PASS_ENTITIES:
        return take_first(load, row, object, err);
    case SPIL_PASS_LINKS:
        break;
    }
    if (says(object, "recordType", "relationship") && record_of(object) &&
        strlen(record_of(object)) <= SPIL_MAX_KEY &&
        json_is_object(json_object_get(object, "recordDetails")) &&
        !is_superseded(load, record_of(object)))
        return take_relationship(load, row, object, err);
    return SPIL_OK;
}

static void begin_pass(void *user)
{
    ((bods_load *)user)->number = 0;
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    bods_load state = {.intake = intake};
    TRY(spil_strmap_new(&state.last, err));
    TRY(spil_intake_look_json(intake, take, begin_pass, &state, err));
    if (intake->file->merged > 0)
        spil_intake_note(intake, "%llu statements are superseded by later ones of the same record",
                         (unsigned long long)intake->file->merged);
done:
    spil_strmap_free(state.last);
    spil_str_free(&state.text);
    return rc;
}

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    spil_fit fit = {forced, SPIL_PHASE_ENTITIES, ""};
    json_t *const first = spil_json_head(header);
    if (spil_json_string(first, "statementId") && spil_json_string(first, "recordType"))
        fit.fits = true;
    else if (spil_json_string(first, "statementID") || spil_json_string(first, "statementType"))
        (void)snprintf(fit.hint, sizeof fit.hint,
                       "it looks like BODS 0.3 or older (statementID); 0.4 is read: ask for it, or "
                       "convert with the tools of Open Ownership");
    json_decref(first);
    return fit;
}

const spil_loader spil_loader_bods = {
    .name = "bods",
    .summary = "Beneficial Ownership Data Standard 0.4 statements, JSON",
    .shape = SPIL_SHAPE_JSON,
    .recognise = recognise,
    .load = load,
};
