/* dossier.c - see dossier.h: the tables and their cells. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reports/dossier_parts.h"
#include "reports/say.h"

#include <math.h>
#include <string.h>

/* ---- cells, from left to right ---- */

static void push(spil_dossier_maker *m, spil_dossier_cell cell)
{
    if (m->rc == SPIL_OK)
        m->rc = VEC_PUSH(m->table->cells, cell, m->err);
}

void spil_dossier_text(spil_dossier_maker *m, const char *text)
{
    push(m, (spil_dossier_cell){.text = text, .number = (double)NAN, .day = SPIL_NO_DAY});
}

void spil_dossier_names(spil_dossier_maker *m, spil_names names)
{
    spil_dossier_text(m, spil_name_in(names, m->lang));
}

void spil_dossier_word(spil_dossier_maker *m, spil_word word)
{
    spil_dossier_text(m, spil_word_text(m->lang, word));
}

void spil_dossier_number(spil_dossier_maker *m, double number)
{
    push(m, (spil_dossier_cell){.number = number, .day = SPIL_NO_DAY});
}

void spil_dossier_day(spil_dossier_maker *m, spil_day day)
{
    push(m, (spil_dossier_cell){.number = (double)NAN, .day = day});
}

void spil_dossier_at(spil_dossier_maker *m, spil_origin origin)
{
    m->source_used[origin.source] = true;
    spil_dossier_text(m, m->source_names[origin.source]);
    spil_dossier_number(m, (double)origin.line);
}

void spil_dossier_nowhere(spil_dossier_maker *m)
{
    spil_dossier_text(m, "");
    spil_dossier_number(m, (double)NAN);
}

const spil_facts *spil_dossier_facts_of(const spil_dossier_maker *m)
{
    return m->from->facts;
}

const char *spil_dossier_name_of(const spil_dossier_maker *m, uint32_t entity)
{
    const spil_entity *const row = &spil_dossier_facts_of(m)->entities[entity];
    return row->label[0] ? row->label : row->key;
}

/* ---- sources ---- */

static const spil_dossier_column source_columns[] = {
    {"file", SPIL_SAY_col_file, SPIL_CELL_TEXT, 28},
    {"sha256", SPIL_SAY_col_digest, SPIL_CELL_TEXT, 68},
    {"grade", SPIL_SAY_col_grade, SPIL_CELL_TEXT, 10},
    {"owner", SPIL_SAY_col_owner, SPIL_CELL_TEXT, 20},
    {"basis", SPIL_SAY_basis, SPIL_CELL_TEXT, 24},
    {"purpose", SPIL_SAY_col_purpose, SPIL_CELL_TEXT, 24},
    {"keep_until", SPIL_SAY_keep_until, SPIL_CELL_DAY, 12},
};

/* Of no entity: of all subjects together. */
static void fill_sources(spil_dossier_maker *m, uint32_t entity)
{
    (void)entity;
    const spil_facts *const f = spil_dossier_facts_of(m);
    for (size_t i = 0; i < f->source_count; i++) {
        if (!m->source_used[i])
            continue;
        spil_dossier_text(m, m->source_names[i]);
        spil_dossier_text(m, f->sources[i].sha256);
        spil_dossier_text(m, f->sources[i].grade);
        spil_dossier_text(m, f->sources[i].owner);
        spil_dossier_text(m, f->sources[i].basis);
        spil_dossier_text(m, f->sources[i].purpose);
        spil_dossier_day(m, f->sources[i].keep_until);
    }
}

/* Two files of one name carry eight digits of their digest too. */
static spil_status name_sources(spil_dossier_maker *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const f = spil_dossier_facts_of(m);
    spil_str text = SPIL_STR_INIT;
    TRY(NEW_ARRAY(m->source_names, f->source_count, err));
    TRY(NEW_ARRAY(m->source_used, f->source_count, err));
    for (size_t i = 0; i < f->source_count; i++) {
        const char *const name = strrchr(f->sources[i].path, '/');
        bool twin = false;
        m->source_names[i] = name ? name + 1 : f->sources[i].path;
        for (size_t k = 0; k < f->source_count; k++) {
            const char *const other = strrchr(f->sources[k].path, '/');
            twin = twin || (k != i && strcmp(other ? other + 1 : f->sources[k].path,
                                             m->source_names[i]) == 0);
        }
        if (!twin)
            continue;
        spil_str_clear(&text);
        spil_str_addf(&text, "%s (%.8s)", m->source_names[i], f->sources[i].sha256);
        TRY(spil_str_status(&text, err));
        TRY(spil_arena_text(m->to->arena, &m->source_names[i], text.text, text.length, err));
    }
done:
    spil_str_free(&text);
    return rc;
}

/* ---- all of it ---- */

static size_t part_count(void)
{
    return spil_dossier_recorded_count + spil_dossier_derived_count;
}

/* NULL behind the last: the sources. */
static const spil_dossier_part *part_at(size_t i)
{
    if (i < spil_dossier_recorded_count)
        return &spil_dossier_recorded[i];
    i -= spil_dossier_recorded_count;
    return i < spil_dossier_derived_count ? &spil_dossier_derived[i] : NULL;
}

static size_t rows_of(const spil_dossier_table *table)
{
    return table->cells.count / table->column_count;
}

static spil_status fill_table(spil_dossier_maker *m, size_t at, spil_err *err)
{
    static const spil_dossier_part sources =
        SPIL_DOSSIER_PART("sources", SPIL_SAY_sources_caption, source_columns, fill_sources);
    spil_status rc = SPIL_OK;
    spil_dossier_table *const table = m->table = &m->to->tables[at];
    const spil_dossier_part *const part = part_at(at) ? part_at(at) : &sources;
    const size_t subjects = part == &sources ? 1 : m->from->count;
    TRY(NEW_ARRAY(table->row_of, subjects + 1, err));
    table->name = part->name;
    table->title = part->title;
    table->columns = part->columns;
    table->column_count = part->column_count;
    for (size_t i = 0; i < subjects; i++) {
        part->fill(m, part == &sources ? 0 : m->from->entities[i]);
        table->row_of[i + 1] = rows_of(table);
    }
    rc = m->rc;
done:
    return rc;
}

spil_status spil_dossier_tables_make(spil_dossier_tables **out, const spil_dossier *dossier,
                                     spil_lang lang, const char *by, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_dossier_maker m = {.from = dossier, .lang = lang, .err = err};
    TRY(NEW(m.to, err));
    TRY(spil_arena_new(&m.to->arena, err));
    TRY(NEW_ARRAY(m.to->subjects, dossier->count, err));
    TRY(NEW_ARRAY(m.to->tables, part_count() + 1, err));
    m.to->table_count = part_count() + 1;
    TRY(name_sources(&m, err));
    TRY(spil_arena_text(m.to->arena, &m.to->by, by ? by : "", by ? strlen(by) : 0, err));
    m.to->subject_count = dossier->count;
    m.to->has_run = dossier->rows != NULL;
    m.to->stale = dossier->stale;
    m.to->as_of = dossier->rows ? dossier->rows->run.as_of : dossier->facts->newest;
    for (size_t i = 0; i < dossier->count; i++) {
        const spil_entity *const entity = &dossier->facts->entities[dossier->entities[i]];
        m.to->subjects[i] =
            (spil_dossier_subject){.key = entity->key,
                                   .name = spil_dossier_name_of(&m, dossier->entities[i]),
                                   .kind = entity->kind};
    }
    for (size_t part = 0; part <= part_count(); part++)
        TRY(fill_table(&m, part, err));
    *out = m.to;
    m.to = NULL;
done:
    spil_free(m.source_names);
    spil_free(m.source_used);
    spil_dossier_tables_free(m.to);
    return rc;
}

void spil_dossier_tables_free(spil_dossier_tables *tables)
{
    if (!tables)
        return;
    for (size_t i = 0; tables->tables && i < tables->table_count; i++) {
        spil_free(tables->tables[i].cells.items);
        spil_free(tables->tables[i].row_of);
    }
    spil_free(tables->tables);
    spil_free(tables->subjects);
    spil_arena_free(tables->arena);
    spil_free(tables);
}

size_t spil_dossier_rows(const spil_dossier_tables *tables)
{
    size_t rows = 0;
    for (size_t i = 0; i + 1 < tables->table_count; i++)
        rows += rows_of(&tables->tables[i]);
    return rows;
}
