/* loader_mapped.c - any CSV through a mapping (mapping.h). SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * mapped.h takes a row apart; here it is written. An export that was joined from several tables
 * says the same over and over: a company in the row of each of its directors, with its address. A
 * link and the attributes of an entity that stood in an earlier row of the file are written once
 * (a link counts for the weight of its pair), unless the mapping says that it repeats. What was
 * written is remembered as 128-bit prints, PRINTS_MOST at most; from then on the oldest in the same
 * place gives way, so that memory stays flat.
 */
#include "loaders/intake_inside.h"
#include "loaders/mapped.h"

#include <sodium.h>
#include <string.h>

enum { PRINTS_FIRST = 1 << 10, PRINTS_MOST = 1 << 20 };

typedef struct print {
    uint64_t part[2]; /* both 0: an empty place */
} print;

/* Open addressing over a power of two; half full at most, until it has grown out. */
typedef struct prints {
    print *places;
    size_t room, count;
} prints;

typedef struct mapped_load {
    spil_intake *intake;
    spil_mapped *mapped;
    prints seen;
    spil_str scratch;
    int64_t *ids; /* of the entities of the row */
    size_t id_room;
    uint64_t passed_over, again;
} mapped_load;

/* ---- what was written already ---- */

static print print_of(const spil_str *text)
{
    static const unsigned char key[crypto_shorthash_siphashx24_KEYBYTES];
    unsigned char bytes[crypto_shorthash_siphashx24_BYTES];
    print out;
    (void)crypto_shorthash_siphashx24(bytes, (const unsigned char *)spil_str_text(text),
                                      text->length, key);
    memcpy(&out, bytes, sizeof out);
    out.part[0] |= 1; /* never empty */
    return out;
}

static bool same(print a, print b)
{
    return a.part[0] == b.part[0] && a.part[1] == b.part[1];
}

/* The place of the print, or the empty one where it belongs, or its own when all are taken. */
static size_t place_of(const prints *seen, print p)
{
    const size_t mask = seen->room - 1, own = (size_t)p.part[1] & mask;
    for (size_t step = 0; step < 64; step++) {
        const size_t at = (own + step) & mask;
        if (seen->places[at].part[0] == 0 || same(seen->places[at], p))
            return at;
    }
    return own;
}

static spil_status grow(prints *seen, spil_err *err)
{
    prints grown = {.room = seen->room ? seen->room * 4 : PRINTS_FIRST};
    const spil_status rc = NEW_ARRAY(grown.places, grown.room, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < seen->room; i++)
        if (seen->places[i].part[0] != 0) {
            grown.places[place_of(&grown, seen->places[i])] = seen->places[i];
            grown.count++;
        }
    spil_free(seen->places);
    *seen = grown;
    return SPIL_OK;
}

/* *again: it stood there before. */
static spil_status see(prints *seen, print p, bool *again, spil_err *err)
{
    if (2 * seen->count >= seen->room && seen->room < PRINTS_MOST) {
        const spil_status rc = grow(seen, err);
        if (rc != SPIL_OK)
            return rc;
    }
    const size_t at = place_of(seen, p);
    *again = same(seen->places[at], p);
    seen->count += seen->places[at].part[0] == 0;
    seen->places[at] = p;
    return SPIL_OK;
}

static void add_number(spil_str *text, const void *bytes, size_t size)
{
    spil_str_add_n(text, bytes, size);
}

static void add_word(spil_str *text, const char *word)
{
    spil_str_add_n(text, word ? word : "", word ? strlen(word) + 1 : 1);
}

/* ---- a row ---- */

/* Those that must be known are, and nobody is two things at once. */
static spil_status check_entity(mapped_load *load, const spil_made *made, size_t number,
                                spil_err *err)
{
    const spil_made_entity *const e = &made->entities.items[number];
    const char *const key = spil_made_text(made, e->key);
    spil_entity_kind kind = e->kind;
    if (load->intake->header.mapping->entities[e->spec].known)
        return spil_intake_find_entity(load->intake, e->column, key, &load->ids[number], err);
    int64_t id = 0;
    const spil_status rc = spil_store_find_entity(load->intake->store, key, &id, &kind, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; id == 0 && i < number; i++) {
        const spil_made_entity *const other = &made->entities.items[i];
        if (other->there && strcmp(spil_made_text(made, other->key), key) == 0)
            kind = other->kind;
    }
    if (kind != e->kind)
        spil_intake_complain(load->intake, e->column,
                             "'%.80s' is known as %s, not as %s; expected another key", key,
                             spil_entity_kind_info(kind)->en, spil_entity_kind_info(e->kind)->en);
    return SPIL_OK;
}

static spil_status write_attributes(mapped_load *load, const spil_made *made,
                                    const spil_made_entity *e, int64_t id, const spil_row *row,
                                    spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_made_attribute *const first = VEC_FROM(made->attributes, e->attributes.from);
    bool again = false;
    if (e->attributes.count == 0)
        return SPIL_OK;
    spil_str_clear(&load->scratch);
    add_number(&load->scratch, &id, sizeof id);
    for (size_t i = 0; i < e->attributes.count; i++) {
        add_word(&load->scratch, first[i].name);
        add_word(&load->scratch, spil_made_text(made, first[i].value));
    }
    TRY(spil_str_status(&load->scratch, err));
    TRY(see(&load->seen, print_of(&load->scratch), &again, err));
    for (size_t i = 0; i < e->attributes.count && !again; i++)
        TRY(spil_intake_add_attribute(load->intake, row, id, first[i].name,
                                      spil_made_text(made, first[i].value), err));
done:
    return rc;
}

static spil_status write_entity(mapped_load *load, const spil_made *made, size_t number,
                                const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_made_entity *const e = &made->entities.items[number];
    const spil_new_entity entity = {.kind = e->kind,
                                    .key = spil_made_text(made, e->key),
                                    .label = spil_made_text(made, e->label),
                                    .type = spil_made_text(made, e->type)};
    if (load->intake->header.mapping->entities[e->spec].known)
        return SPIL_OK;
    TRY(spil_intake_put_entity(load->intake, row, e->column, entity, &load->ids[number], err));
    if (load->ids[number] != 0)
        rc = write_attributes(load, made, e, load->ids[number], row, err);
done:
    return rc;
}

static spil_status write_link(mapped_load *load, const spil_made *made, const spil_made_link *l,
                              const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    bool again = false;
    const spil_new_link link = {.from = load->ids[l->from],
                                .to = load->ids[l->to],
                                .kind = l->kind,
                                .type = spil_made_text(made, l->type),
                                .weight = l->weight,
                                .confidence = l->confidence,
                                .since = l->since,
                                .until = l->until};
    spil_str *const text = &load->scratch;
    const spil_made_attribute *const first = VEC_FROM(made->attributes, l->attributes.from);
    spil_str_clear(text);
    add_number(text, &link.from, sizeof link.from);
    add_number(text, &link.to, sizeof link.to);
    add_number(text, &link.kind, sizeof link.kind);
    add_number(text, &link.weight, sizeof link.weight);
    add_number(text, &link.confidence, sizeof link.confidence);
    add_number(text, &link.since, sizeof link.since);
    add_number(text, &link.until, sizeof link.until);
    add_word(text, link.type);
    for (size_t i = 0; i < l->attributes.count; i++) {
        const char *const value = spil_made_text(made, first[i].value);
        add_word(text, first[i].name);
        add_word(text, value);
        TRY(spil_intake_add_detail(load->intake, first[i].name, value, err));
    }
    TRY(spil_str_status(text, err));
    if (!l->repeats)
        TRY(see(&load->seen, print_of(text), &again, err));
    load->again += again;
    if (!again)
        TRY(spil_intake_add_link(load->intake, row, l->column, link, err));
    spil_intake_forget_details(load->intake);
done:
    return rc;
}

static spil_status write_facts(mapped_load *load, const spil_made *made, const spil_row *row,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    for (size_t i = 0; i < made->roles.count; i++) {
        const spil_made_role *const r = &made->roles.items[i];
        const spil_new_role role = {.entity = load->ids[r->entity],
                                    .model = spil_made_text(made, r->model),
                                    .step = spil_made_text(made, r->step),
                                    .role = spil_made_text(made, r->role),
                                    .confidence = r->confidence};
        TRY(spil_intake_add_role(intake, row, role, err));
    }
    for (size_t i = 0; i < made->signals.count; i++) {
        const spil_made_signal *const s = &made->signals.items[i];
        const spil_new_signal signal = {.entity = load->ids[s->entity],
                                        .code = spil_made_text(made, s->code),
                                        .strength = s->strength,
                                        .confidence = s->confidence,
                                        .date = s->date};
        TRY(spil_intake_add_signal(intake, row, signal, err));
    }
done:
    return rc;
}

static spil_status make_room(mapped_load *load, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (count > load->id_room)
        rc = RESIZE_ARRAY(load->ids, 2 * count, err);
    if (rc == SPIL_OK && count > load->id_room)
        load->id_room = 2 * count;
    if (rc == SPIL_OK && count > 0)
        memset(load->ids, 0, count * sizeof *load->ids);
    return rc;
}

static spil_status write_row(mapped_load *load, const spil_made *made, const spil_row *row,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_made_entity *const entities = made->entities.items;
    TRY(make_room(load, made->entities.count, err));
    for (size_t i = 0; i < made->entities.count; i++)
        if (entities[i].there)
            TRY(check_entity(load, made, i, err));
    if (spil_intake_complained(load->intake))
        goto done;
    for (size_t i = 0; i < made->entities.count; i++)
        if (entities[i].there)
            TRY(write_entity(load, made, i, row, err));
    for (size_t i = 0; i < made->links.count; i++)
        TRY(write_link(load, made, &made->links.items[i], row, err));
    rc = write_facts(load, made, row, err);
done:
    return rc;
}

static spil_status take(spil_intake *intake, const spil_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    mapped_load *const load = user;
    const spil_made *made = NULL;
    TRY(spil_mapped_row(load->mapped, row, &made, err));
    if (spil_intake_complained(intake))
        goto done;
    load->passed_over += made->passed_over;
    rc = write_row(load, made, row, err);
done:
    return rc;
}

/* ---- the loader ---- */

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    spil_fit fit = {header->mapping != NULL, SPIL_PHASE_ENTITIES, ""};
    if (!header->mapping) {
        if (forced)
            memcpy(fit.hint, "loader 'mapped' needs --mapping FILE",
                   sizeof "loader 'mapped' needs --mapping FILE");
        return fit;
    }
    for (size_t i = 0; i < header->mapping->entity_count; i++)
        if (header->mapping->entities[i].known)
            fit.phase = SPIL_PHASE_LINKS;
    return fit;
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    mapped_load state = {.intake = intake};
    TRY(spil_intake_start(intake, true, err));
    TRY(spil_mapped_new(&state.mapped, intake, err));
    TRY(spil_intake_each(intake, take, &state, err));
    if (state.passed_over > 0)
        spil_intake_note(intake, "passed over as the mapping says (when): %llu of the rows",
                         (unsigned long long)state.passed_over);
    if (state.again > 0)
        spil_intake_note(intake, "links that stood in an earlier row already and count once: %llu",
                         (unsigned long long)state.again);
done:
    spil_mapped_free(state.mapped);
    spil_free(state.seen.places);
    spil_free(state.ids);
    spil_str_free(&state.scratch);
    return rc;
}

const spil_loader spil_loader_mapped = {
    .name = "mapped",
    .summary = "any CSV, through a mapping (--mapping FILE)",
    .shape = SPIL_SHAPE_TABLE,
    .recognise = recognise,
    .load = load,
};
