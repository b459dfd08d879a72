/* loader_native.c - Spil's own CSV: persons, addresses, companies, entities, links, roles, signals.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * native_tables.def says which columns make which table. Columns are found by name once a file,
 * then every row is checked before it writes.
 */
#include "loaders/column_name.h"
#include "loaders/intake.h"

#include <stdio.h>
#include <string.h>

enum { NAME_ROOM = 32 };

/* Every column with a meaning of its own in some table. */
/* clang-format off */
#define COLUMNS(X)                                                                                 \
    X(id) X(name) X(type) X(kind) X(from) X(to) X(weight) X(confidence) X(grade) X(since) X(until) \
    X(entity) X(model) X(step) X(role) X(code) X(strength) X(date)                                 \
    X(street) X(number) X(postcode) X(city) X(lat) X(lon)
/* clang-format on */

enum {
#define X(name) AT_##name,
    COLUMNS(X)
#undef X
        COLUMN_COUNT
};

static const char *const column_names[] = {
#define X(name) #name,
    COLUMNS(X)
#undef X
};

typedef struct native_load native_load;
typedef spil_status (*take_fn)(native_load *load, const spil_row *row, spil_err *err);

typedef struct native_table {
    const char *name;
    spil_phase phase;
    take_fn take;
    const char *required, *hints, *absent, *known;
} native_table;

/* A file being loaded. columns[AT_id]: number of the column, or SPIL_NO_COLUMN. */
struct native_load {
    spil_intake *intake;
    const native_table *table;
    int columns[COLUMN_COUNT];
    const char **attribute; /* name a column has as an attribute; NULL: it is none */
    bool has_details;       /* a table of links has such columns */
    spil_str label;
};

/* ---- lists of words in the table ---- */

/* The next word of a list parted by blanks; false at its end. */
static bool next_word(const char **list, char word[NAME_ROOM])
{
    const char *const from = *list ? *list + strspn(*list, " ") : "";
    const size_t length = strcspn(from, " ");
    if (length == 0 || length >= NAME_ROOM)
        return false;
    memcpy(word, from, length);
    word[length] = '\0';
    *list = from + length;
    return true;
}

static bool has_column(const spil_header *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (spil_column_name_equal(header->names[i], name))
            return true;
    return false;
}

/* name or, of "a|b", either. */
static bool has_either(const spil_header *header, const char *word)
{
    char first[NAME_ROOM];
    const char *const bar = strchr(word, '|');
    if (!bar)
        return has_column(header, word);
    memcpy(first, word, (size_t)(bar - word));
    first[bar - word] = '\0';
    return has_column(header, first) || has_column(header, bar + 1);
}

static bool has_any(const spil_header *header, const char *list)
{
    char word[NAME_ROOM];
    while (next_word(&list, word))
        if (has_column(header, word))
            return true;
    return false;
}

/* ---- rows ---- */

/* The confidence of the row: its own, else of its grade, else of the source. */
static bool read_confidence(native_load *load, const spil_row *row, double *confidence)
{
    spil_err why = SPIL_ERR_INIT;
    const int column = load->columns[AT_grade];
    const char *const grade = spil_intake_text(row, column);
    *confidence = load->intake->confidence;
    if (grade && spil_grade_confidence(grade, confidence, &why) != SPIL_OK) {
        spil_intake_complain(load->intake, column, "%s", why.msg);
        return false;
    }
    return spil_intake_number(load->intake, row, load->columns[AT_confidence], 0, 1, confidence);
}

static spil_status add_attributes(native_load *load, const spil_row *row, int64_t id, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < row->count; i++)
        if (load->attribute[i] && row->fields[i][0] != '\0')
            TRY(spil_intake_add_attribute(load->intake, row, id, load->attribute[i], row->fields[i],
                                          err));
done:
    return rc;
}

static spil_status put(native_load *load, const spil_row *row, spil_entity_kind kind,
                       const char *label, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const int column = load->columns[AT_id];
    spil_new_entity entity = {
        .kind = kind, .label = label, .type = spil_intake_text(row, load->columns[AT_type])};
    int64_t id = 0;
    if (!spil_intake_key(load->intake, row, column, &entity.key))
        return SPIL_OK;
    TRY(spil_intake_put_entity(load->intake, row, column, entity, &id, err));
    if (id != 0)
        TRY(add_attributes(load, row, id, err));
done:
    return rc;
}

static spil_status take_person(native_load *load, const spil_row *row, spil_err *err)
{
    return put(load, row, load->intake->opts->entity_kind,
               spil_intake_text(row, load->columns[AT_name]), err);
}

static spil_status take_company(native_load *load, const spil_row *row, spil_err *err)
{
    return put(load, row, SPIL_ENTITY_company, spil_intake_text(row, load->columns[AT_name]), err);
}

static spil_status take_entity(native_load *load, const spil_row *row, spil_err *err)
{
    spil_entity_kind kind;
    const int column = load->columns[AT_kind];
    const char *word;
    if (!spil_intake_key(load->intake, row, column, &word))
        return SPIL_OK;
    if (!spil_intake_entity_kind(load->intake, column, NULL, word, &kind))
        return SPIL_OK;
    return put(load, row, kind, spil_intake_text(row, load->columns[AT_name]), err);
}

/* "Dorpsstraat 12, Utrecht", or what there is of it. */
static spil_status take_address(native_load *load, const spil_row *row, spil_err *err)
{
    spil_intake *const intake = load->intake;
    double degrees;
    if (!spil_intake_number(intake, row, load->columns[AT_lat], -90, 90, &degrees) ||
        !spil_intake_number(intake, row, load->columns[AT_lon], -180, 180, &degrees))
        return SPIL_OK;
    static const struct {
        int at;
        const char *before;
    } parts[] = {{AT_street, ""}, {AT_number, " "}, {AT_city, ", "}};
    spil_str_clear(&load->label);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *const text = spil_intake_text(row, load->columns[parts[i].at]);
        if (text && load->label.length > 0)
            spil_str_add(&load->label, parts[i].before);
        if (text)
            spil_str_add(&load->label, text);
    }
    spil_status rc = SPIL_OK;
    TRY(spil_str_status(&load->label, err));
    rc = put(load, row, SPIL_ENTITY_address,
             load->label.length > 0 ? load->label.text
                                    : spil_intake_text(row, load->columns[AT_postcode]),
             err);
done:
    return rc;
}

static bool read_link_kind(native_load *load, const spil_row *row, spil_link_kind *kind)
{
    const int column = load->columns[AT_kind];
    const char *word;
    if (!spil_intake_key(load->intake, row, column, &word))
        return false;
    return spil_intake_link_kind(load->intake, column, NULL, word, kind);
}

static bool read_link(native_load *load, const spil_row *row, spil_new_link *link)
{
    spil_intake *const intake = load->intake;
    const int *const at = load->columns;
    return read_link_kind(load, row, &link->kind) &&
           spil_intake_weight(intake, row, at[AT_weight], &link->weight) &&
           read_confidence(load, row, &link->confidence) &&
           spil_intake_period(intake, row, at[AT_since], at[AT_until], &link->since, &link->until);
}

static spil_status take_link(native_load *load, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    const int ends[2] = {load->columns[AT_from], load->columns[AT_to]};
    spil_new_link link = {.weight = 1,
                          .since = SPIL_NO_DAY,
                          .until = SPIL_NO_DAY,
                          .type = spil_intake_text(row, load->columns[AT_type])};
    const char *keys[2];
    int64_t ids[2] = {0, 0};
    if (!spil_intake_key(intake, row, ends[0], &keys[0]) ||
        !spil_intake_key(intake, row, ends[1], &keys[1]) || !read_link(load, row, &link))
        return SPIL_OK;
    TRY(spil_intake_find_ends(intake, ends, keys, ids, err));
    link.from = ids[0];
    link.to = ids[1];
    for (size_t i = 0; load->has_details && i < row->count; i++)
        if (load->attribute[i] && row->fields[i][0] != '\0')
            TRY(spil_intake_add_detail(intake, load->attribute[i], row->fields[i], err));
    if (link.from != 0 && link.to != 0)
        TRY(spil_intake_add_link(intake, row, ends[1], link, err));
done:
    return rc;
}

static spil_status take_role(native_load *load, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    const int column = load->columns[AT_entity];
    spil_new_role role = {.source = intake->source, .line = row->line};
    const char *key;
    if (!spil_intake_key(intake, row, column, &key) ||
        !spil_intake_key(intake, row, load->columns[AT_model], &role.model) ||
        !spil_intake_key(intake, row, load->columns[AT_step], &role.step) ||
        !spil_intake_key(intake, row, load->columns[AT_role], &role.role) ||
        !read_confidence(load, row, &role.confidence))
        return SPIL_OK;
    TRY(spil_intake_find_entity(intake, column, key, &role.entity, err));
    if (role.entity != 0) {
        TRY(spil_store_add_role(intake->store, &role, err));
        intake->file->roles++;
    }
done:
    return rc;
}

static spil_status take_signal(native_load *load, const spil_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    const int column = load->columns[AT_entity];
    spil_new_signal signal = {
        .strength = 1, .date = SPIL_NO_DAY, .source = intake->source, .line = row->line};
    const char *key;
    if (!spil_intake_key(intake, row, column, &key) ||
        !spil_intake_key(intake, row, load->columns[AT_code], &signal.code) ||
        !spil_intake_number(intake, row, load->columns[AT_strength], 0, 1, &signal.strength) ||
        !spil_intake_day(intake, row, load->columns[AT_date], &signal.date) ||
        !read_confidence(load, row, &signal.confidence))
        return SPIL_OK;
    TRY(spil_intake_find_entity(intake, column, key, &signal.entity, err));
    if (signal.entity != 0) {
        TRY(spil_store_add_signal(intake->store, &signal, err));
        intake->file->signals++;
    }
done:
    return rc;
}

/* ---- which table is it ---- */

static const native_table tables[] = {
#define TABLE(name, phase, take, required, hints, absent, known)                                   \
    {#name, SPIL_PHASE_##phase, take, required, hints, absent, known},
#include "loaders/native_tables.def"
#undef TABLE
};

enum { TABLE_COUNT = sizeof tables / sizeof *tables };

/* How many of the required columns are there, of how many, and the first that is not. */
static size_t count_required(const native_table *table, const spil_header *header, size_t *of,
                             char missing[NAME_ROOM])
{
    size_t found = 0;
    char word[NAME_ROOM];
    const char *list = table->required;
    *of = 0;
    missing[0] = '\0';
    while (next_word(&list, word)) {
        const bool there = has_either(header, word);
        found += there;
        if (!there && missing[0] == '\0')
            memcpy(missing, word, NAME_ROOM);
        ++*of;
    }
    return found;
}

static bool is_table(const native_table *table, const spil_header *header)
{
    size_t of;
    char missing[NAME_ROOM];
    return count_required(table, header, &of, missing) == of &&
           (!table->hints || has_any(header, table->hints)) &&
           (!table->absent || !has_column(header, table->absent));
}

static const native_table *find_table(const spil_header *header)
{
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (is_table(&tables[i], header))
            return &tables[i];
    return NULL;
}

/* The table of which most is there, and the column that it lacks. */
static void hint_at(const spil_header *header, char *hint, size_t room)
{
    double best = 0;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        size_t of;
        char missing[NAME_ROOM];
        const size_t found = count_required(&tables[i], header, &of, missing);
        const bool hinted = tables[i].hints && has_any(header, tables[i].hints);
        const double score = (double)found / (double)of + (hinted ? 0.25 : 0);
        if (missing[0] == '\0' || 2 * found < of || score < best)
            continue;
        best = score;
        char *const bar = strchr(missing, '|');
        (void)snprintf(hint, room,
                       "it looks like the native table '%s', but column '%.*s'%s%s%s is missing",
                       tables[i].name, (int)strcspn(missing, "|"), missing, bar ? " or '" : "",
                       bar ? bar + 1 : "", bar ? "'" : "");
    }
}

static spil_fit recognise(const spil_header *header, const spil_import_opts *opts, bool forced)
{
    (void)opts;
    (void)forced;
    spil_fit fit = {false, SPIL_PHASE_ENTITIES, ""};
    const native_table *const table = find_table(header);
    fit.fits = table != NULL;
    if (table)
        fit.phase = table->phase;
    else
        hint_at(header, fit.hint, sizeof fit.hint);
    return fit;
}

/* ---- loading ---- */

static spil_status find_column(native_load *load, int at, spil_err *err)
{
    const spil_intake *const intake = load->intake;
    const char *const name = column_names[at];
    const int column = spil_intake_column(intake, name);
    for (size_t i = 0; column != SPIL_NO_COLUMN && i < intake->header.count; i++)
        if ((int)i != column && spil_column_name_equal(intake->columns[i].name, name))
            return spil_fail(err, SPIL_INPUT, "%s:%llu: column '%s' stands twice in the header",
                             intake->header.path, (unsigned long long)intake->header.line, name);
    load->columns[at] = column;
    return SPIL_OK;
}

/* "a|b" in a list stands for both. */
static spil_status find_columns(native_load *load, const char *list, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (int at = 0; at < COLUMN_COUNT; at++) {
        const size_t length = strlen(column_names[at]);
        for (const char *word = strstr(list, column_names[at]); word;
             word = strstr(word + 1, column_names[at]))
            if ((word == list || strchr(" |", word[-1])) &&
                (word[length] == '\0' || strchr(" |", word[length])))
                TRY(find_column(load, at, err));
    }
done:
    return rc;
}

/* Of an entity only these say what it is; its other columns, known ones too, are attributes. */
static bool is_used(const native_load *load, int column)
{
    const int last = load->table->phase == SPIL_PHASE_ENTITIES ? AT_kind : COLUMN_COUNT - 1;
    for (int at = 0; at <= last; at++)
        if (load->columns[at] == column)
            return true;
    return false;
}

static spil_status plan_others(native_load *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    TRY(NEW_ARRAY(load->attribute, intake->header.count, err));
    for (size_t i = 0; i < intake->header.count; i++) {
        const spil_column *const column = &intake->columns[i];
        const bool entities = load->table->phase == SPIL_PHASE_ENTITIES;
        const bool links = load->table->phase == SPIL_PHASE_LINKS;
        if (entities && column->hash != SPIL_HASH_NONE)
            TRY(spil_intake_take_hash(intake, i, err));
        if (is_used(load, (int)i) || column->drop)
            continue;
        if (column->name[0] == '\0')
            spil_intake_drop(intake, i, "the column has no name");
        else if (column->hashed)
            load->attribute[i] = spil_hash_attribute(column->hash);
        else if (entities || links)
            TRY(spil_intake_attribute_name(intake, column->name, &load->attribute[i], err));
        else
            spil_intake_drop(intake, i, "this kind of table has no place for it");
        load->has_details |= links && load->attribute[i];
    }
done:
    return rc;
}

static spil_status take(spil_intake *intake, const spil_row *row, void *user, spil_err *err)
{
    (void)intake;
    native_load *const load_ = user;
    return load_->table->take(load_, row, err);
}

static spil_status load(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    native_load state = {.intake = intake, .table = find_table(&intake->header)};
    if (!state.table)
        return spil_fail(err, SPIL_INPUT, "%s: no native table", intake->header.path);
    for (int at = 0; at < COLUMN_COUNT; at++)
        state.columns[at] = SPIL_NO_COLUMN;
    TRY(spil_intake_start(intake, true, err));
    TRY(find_columns(&state, state.table->required, err));
    TRY(find_columns(&state, state.table->known, err));
    TRY(plan_others(&state, err));
    intake->looks_ahead = state.table->take == take_link;
    intake->ends[0] = state.columns[AT_from];
    intake->ends[1] = state.columns[AT_to];
    TRY(spil_intake_each(intake, take, &state, err));
done:
    spil_free(state.attribute);
    spil_str_free(&state.label);
    return rc;
}

const spil_loader spil_loader_native = {
    .name = "native",
    .summary = "Spil's own CSV: persons, addresses, companies, entities, links, roles, signals",
    .recognise = recognise,
    .load = load,
};
