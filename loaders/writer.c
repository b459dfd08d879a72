/* writer.c - see writer.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/writer.h"
#include "engine/base/progress.h"
#include "engine/base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WRITER(name) extern const spil_writer spil_writer_##name;
#include "loaders/writers.def"
#undef WRITER

static const spil_writer *const writers[] = {
#define WRITER(name) &spil_writer_##name,
#include "loaders/writers.def"
#undef WRITER
};

typedef struct gathering {
    const spil_facts *facts;
    spil_arena *arena;
    SPIL_VEC(spil_export_naming) rows;
    size_t *row_of;
} gathering;

size_t spil_writer_count(void)
{
    return sizeof writers / sizeof *writers;
}

const spil_writer *spil_writer_at(size_t index)
{
    return writers[index];
}

const spil_writer *spil_writer_find(const char *name)
{
    for (size_t i = 0; i < spil_writer_count(); i++)
        if (strcmp(writers[i]->name, name) == 0)
            return writers[i];
    return NULL;
}

/* Sources stand in order of their digest. */
static uint32_t find_source(const spil_facts *facts, const char *sha256)
{
    size_t low = 0, high = facts->source_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(facts->sources[middle].sha256, sha256) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < facts->source_count && strcmp(facts->sources[low].sha256, sha256) == 0
               ? (uint32_t)low
               : UINT32_MAX;
}

/* What another program added since the facts were read is not in them, and is passed over. */
static spil_status add_naming(const spil_naming *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    gathering *const all = user;
    spil_export_naming naming = {.entity = spil_facts_find(all->facts, row->key),
                                 .source = find_source(all->facts, row->sha256),
                                 .line = row->line};
    if (naming.entity == UINT32_MAX || naming.source == UINT32_MAX)
        return SPIL_OK;
    TRY(spil_arena_text(all->arena, &naming.label, row->label, strlen(row->label), err));
    TRY(spil_arena_text(all->arena, &naming.type, row->type, strlen(row->type), err));
    TRY(VEC_PUSH(all->rows, naming, err));
    rc = spil_check_stop(err);
done:
    return rc;
}

static int by_entity(const void *a, const void *b)
{
    const spil_export_naming *const x = a, *const y = b;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    return x->source < y->source ? -1 : x->source > y->source;
}

static spil_status gather(gathering *all, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t count = all->facts->entity_count;
    TRY(spil_arena_new(&all->arena, err));
    TRY(NEW_ARRAY(all->row_of, count + 1, err));
    TRY(spil_store_each_naming(store, add_naming, all, err));
    if (all->rows.count > 0)
        qsort(all->rows.items, all->rows.count, sizeof *all->rows.items, by_entity);
    for (size_t i = 0; i < all->rows.count; i++)
        all->row_of[all->rows.items[i].entity + 1]++;
    for (size_t e = 0; e < count; e++)
        all->row_of[e + 1] += all->row_of[e];
done:
    return rc;
}

spil_status spil_export_case(spil_store *store, const spil_writer *writer, const char *out,
                             spil_export_counts *counts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    gathering all = {0};
    TRY(spil_store_load_facts_apart(&facts, store, err));
    TRY(spil_store_load_details(facts, store, err));
    all.facts = facts;
    TRY(gather(&all, store, err));
    const spil_export what = {.facts = facts, .namings = all.rows.items, .naming_row = all.row_of};
    TRY(writer->write(&what, out, err));
    *counts = (spil_export_counts){facts->source_count, facts->entity_count, facts->attribute_count,
                                   facts->link_count,   facts->role_count,   facts->signal_count};
done:
    spil_free(all.rows.items);
    spil_free(all.row_of);
    spil_arena_free(all.arena);
    spil_facts_free(facts);
    return rc;
}

void spil_write_number(spil_str *out, double value)
{
    char text[40];
    double back = 0;
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (spil_parse_double(text, &back) && !(back < value) && !(back > value))
            break;
    }
    spil_str_add(out, text);
}
