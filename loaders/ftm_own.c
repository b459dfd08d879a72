/* ftm_own.c - see ftm_own.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/ftm_own.h"
#include "loaders/provenance.h"

#include <float.h>
#include <string.h>

/* A part of an entity: checked first, all of them, then written. */
typedef spil_status (*part_fn)(spil_intake *intake, const spil_row *row, const json_t *part,
                               int64_t entity, spil_err *err);

/* ---- values ---- */

static const char *text_or_empty(const json_t *object, const char *field)
{
    const char *const text = json_string_value(json_object_get(object, field));
    return text ? text : "";
}

static bool says_number(spil_intake *intake, const json_t *object, const char *field, double least,
                        double most, double *out)
{
    const json_t *const value = json_object_get(object, field);
    if (!value)
        return true;
    const double number = json_number_value(value);
    if (!json_is_number(value)) {
        spil_intake_complain_of(intake, field, "%s, expected a number from %g to %g",
                                spil_json_found(value), least, most);
        return false;
    }
    if (!(number >= least && number <= most)) {
        spil_intake_complain_of(intake, field, "%g is outside the range %g to %g", number, least,
                                most);
        return false;
    }
    *out = number;
    return true;
}

static uint64_t whole(const json_t *object, const char *field)
{
    const json_int_t number = json_integer_value(json_object_get(object, field));
    return number > 0 ? (uint64_t)number : 0;
}

static bool says_day(spil_intake *intake, const json_t *object, const char *field, spil_day *out)
{
    return spil_intake_json_day(intake, field, text_or_empty(object, field), out);
}

/* Whose row the part is: *own gets its line. */
static spil_status use_origin(spil_intake *intake, const spil_row *row, const json_t *part,
                              spil_row *own, spil_err *err)
{
    const char *const source = text_or_empty(part, "source");
    *own = *row;
    if (*source)
        own->line = whole(part, "line");
    return spil_provenance_use(intake, "source", source, err);
}

/* ---- files ---- */

static spil_status take_file(spil_intake *intake, const json_t *file, spil_err *err)
{
    spil_source row = {.path = text_or_empty(file, "path"),
                       .sha256 = text_or_empty(file, "sha256"),
                       .loader = text_or_empty(file, "loader"),
                       .options = text_or_empty(file, "options"),
                       .grade = text_or_empty(file, "grade"),
                       .owner = text_or_empty(file, "owner"),
                       .basis = text_or_empty(file, "basis"),
                       .purpose = text_or_empty(file, "purpose"),
                       .keep_until = SPIL_NO_DAY,
                       .rows = whole(file, "rows"),
                       .accepted = whole(file, "accepted"),
                       .rejected = whole(file, "rejected"),
                       .merged = whole(file, "merged")};
    if (!says_day(intake, file, "keep_until", &row.keep_until))
        return SPIL_OK;
    return spil_provenance_add(intake, &row, err);
}

/* ---- parts of an entity: entity 0 is to check alone ---- */

static spil_status take_attribute(spil_intake *intake, const spil_row *row, const json_t *part,
                                  int64_t entity, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row own;
    const char *const name = text_or_empty(part, "name"), *const value =
                                                              text_or_empty(part, "value");
    const spil_trait *const trait = spil_provenance_trait(name, value);
    if (entity == 0) {
        (void)(spil_intake_json_key(intake, "name", name) &&
               spil_intake_json_text(intake, name, value));
        return SPIL_OK;
    }
    if (trait)
        return spil_intake_drop_field(intake, name, trait->reason, true, err);
    TRY(use_origin(intake, row, part, &own, err));
    TRY(spil_intake_add_attribute(intake, &own, entity, name, value, err));
done:
    return rc;
}

static spil_status take_role(spil_intake *intake, const spil_row *row, const json_t *part,
                             int64_t entity, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row own;
    spil_new_role role = {.entity = entity,
                          .model = text_or_empty(part, "model"),
                          .step = text_or_empty(part, "step"),
                          .role = text_or_empty(part, "role"),
                          .confidence = intake->confidence};
    if (!spil_intake_json_key(intake, "model", role.model) ||
        !spil_intake_json_key(intake, "step", role.step) ||
        !spil_intake_json_key(intake, "role", role.role) ||
        !says_number(intake, part, "confidence", 0, 1, &role.confidence) || entity == 0)
        return SPIL_OK;
    TRY(use_origin(intake, row, part, &own, err));
    TRY(spil_intake_add_role(intake, &own, role, err));
done:
    return rc;
}

static spil_status take_signal(spil_intake *intake, const spil_row *row, const json_t *part,
                               int64_t entity, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row own;
    spil_new_signal signal = {.entity = entity,
                              .code = text_or_empty(part, "code"),
                              .strength = 1,
                              .confidence = intake->confidence,
                              .date = SPIL_NO_DAY};
    if (!spil_intake_json_key(intake, "code", signal.code) ||
        !says_number(intake, part, "strength", 0, 1, &signal.strength) ||
        !says_number(intake, part, "confidence", 0, 1, &signal.confidence) ||
        !says_day(intake, part, "date", &signal.date) || entity == 0)
        return SPIL_OK;
    TRY(use_origin(intake, row, part, &own, err));
    TRY(spil_intake_add_signal(intake, &own, signal, err));
done:
    return rc;
}

static const struct {
    const char *name;
    part_fn take;
} parts[] = {{"attributes", take_attribute}, {"roles", take_role}, {"signals", take_signal}};

/* Each part of each list; in the check also whether its file is known. */
static spil_status each_part(spil_intake *intake, const spil_row *row, const json_t *own,
                             int64_t entity, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row at;
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        const json_t *const list = json_object_get(own, parts[p].name);
        for (size_t i = 0; i < json_array_size(list); i++) {
            const json_t *const part = json_array_get(list, i);
            if (entity == 0)
                TRY(use_origin(intake, row, part, &at, err));
            TRY(parts[p].take(intake, row, part, entity, err));
        }
    }
    intake->row_source = 0;
done:
    return rc;
}

/* ---- entities ---- */

/* One naming: a file that knows the entity, with the label that it gave. */
static spil_status put_naming(spil_intake *intake, const spil_row *row, const json_t *naming,
                              spil_new_entity entity, int64_t *id, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row own;
    entity.label = text_or_empty(naming, "label");
    entity.type = text_or_empty(naming, "type");
    if (!spil_intake_json_text(intake, "label", entity.label) ||
        !spil_intake_json_text(intake, "type", entity.type))
        return SPIL_OK;
    TRY(use_origin(intake, row, naming, &own, err));
    if (!spil_intake_complained(intake))
        TRY(spil_intake_put_entity(intake, &own, SPIL_NO_COLUMN, entity, id, err));
done:
    return rc;
}

static spil_status take_entity(spil_intake *intake, const spil_row *row, const json_t *object,
                               const json_t *own, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *const word = text_or_empty(own, "entity");
    const json_t *const named = json_object_get(own, "named");
    const size_t count = json_array_size(named);
    spil_new_entity entity = {.key = text_or_empty(object, "id")};
    int64_t id = 0;
    if (!spil_intake_entity_kind(intake, SPIL_NO_COLUMN, "entity", word, &entity.kind))
        return SPIL_OK;
    if (!spil_intake_json_key(intake, "id", entity.key))
        return SPIL_OK;
    TRY(each_part(intake, row, own, 0, err));
    if (count == 0) /* a further line of an entity */
        TRY(spil_store_find_entity(intake->store, entity.key, &id, NULL, err));
    for (size_t i = 0; i < (count || id ? count : 1) && !spil_intake_complained(intake); i++)
        TRY(put_naming(intake, row, json_array_get(named, i), entity, &id, err));
    if (id != 0 && !spil_intake_complained(intake))
        TRY(each_part(intake, row, own, id, err));
done:
    return rc;
}

/* ---- links ---- */

static spil_status find_end(spil_intake *intake, const json_t *own, const char *field, int64_t *id,
                            spil_err *err)
{
    const char *const key = text_or_empty(own, field);
    if (!spil_intake_json_key(intake, field, key))
        return SPIL_OK;
    const spil_status rc = spil_store_find_entity(intake->store, key, id, NULL, err);
    if (rc == SPIL_OK && *id == 0)
        spil_intake_complain_of(
            intake, field,
            "no entity has the key '%.80s'; expected one of this file or of an earlier one", key);
    return rc;
}

/* [{"name": "amount", "value": "12.50"}, ...] */
static spil_status take_details(spil_intake *intake, const json_t *list, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *const part = json_array_get(list, i);
        const char *const name = text_or_empty(part, "name");
        const char *const value = text_or_empty(part, "value");
        const spil_trait *const trait = spil_provenance_trait(name, value);
        if (!spil_intake_json_key(intake, "name", name) ||
            !spil_intake_json_text(intake, name, value))
            break;
        if (trait)
            TRY(spil_intake_drop_field(intake, name, trait->reason, true, err));
        else
            TRY(spil_intake_add_detail(intake, name, value, err));
    }
done:
    return rc;
}

static spil_status take_link(spil_intake *intake, const spil_row *row, const json_t *own,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *const word = text_or_empty(own, "link");
    spil_row at;
    spil_new_link link = {.type = text_or_empty(own, "type"),
                          .weight = 1,
                          .confidence = intake->confidence,
                          .since = SPIL_NO_DAY,
                          .until = SPIL_NO_DAY};
    if (!spil_intake_link_kind(intake, SPIL_NO_COLUMN, "link", word, &link.kind))
        return SPIL_OK;
    TRY(find_end(intake, own, "from", &link.from, err));
    TRY(find_end(intake, own, "to", &link.to, err));
    if (link.from == 0 || link.to == 0 ||
        !says_number(intake, own, "weight", DBL_MIN, DBL_MAX, &link.weight) ||
        !says_number(intake, own, "confidence", 0, 1, &link.confidence) ||
        !says_day(intake, own, "since", &link.since) ||
        !says_day(intake, own, "until", &link.until) ||
        !spil_intake_json_text(intake, "type", link.type))
        goto done;
    if (!spil_intake_in_order(intake, SPIL_NO_COLUMN, "until", link.since, link.until))
        goto done;
    if (link.from == link.to) {
        spil_intake_complain_of(intake, "to",
                                "loop: linked to itself; expected two different entities");
        goto done;
    }
    TRY(use_origin(intake, row, own, &at, err));
    TRY(take_details(intake, json_object_get(own, "details"), err));
    if (!spil_intake_complained(intake))
        TRY(spil_intake_add_link(intake, &at, SPIL_NO_COLUMN, link, err));
done:
    return rc;
}

spil_status spil_ftm_take_own(spil_intake *intake, const spil_row *row, const json_t *object,
                              spil_pass pass, spil_err *err)
{
    const json_t *const own = json_object_get(object, "spil");
    const json_t *const file = json_object_get(own, "file");
    const bool first = pass == SPIL_PASS_ENTITIES;
    if (file)
        return first ? take_file(intake, file, err) : SPIL_OK;
    if (json_object_get(own, "entity"))
        return first ? take_entity(intake, row, object, own, err) : SPIL_OK;
    if (json_object_get(own, "link"))
        return first ? SPIL_OK : take_link(intake, row, own, err);
    if (first)
        spil_intake_complain_of(intake, "spil",
                                "none of its members found, expected 'file', 'entity' or 'link'");
    return SPIL_OK;
}
