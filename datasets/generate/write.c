/* write.c - see write.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/write.h"

#include "datasets/generate/ground.h"
#include "datasets/generate/noise.h"
#include "datasets/generate/table.h"
#include "engine/base/file.h"
#include "engine/base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES = 7, TRUTH = 6 };
enum { IN_PERSONS, IN_ADDRESSES, IN_COMPANIES, IN_LINKS, IN_ROLES, IN_SIGNALS };

static const struct {
    const char *name, *columns;
    spil_entity_kind kind; /* whose attributes it takes; KIND_COUNT: none */
} files[TABLES] = {
    {"persons", "id,name,municipality", SPIL_ENTITY_person},
    {"addresses", "id,street,number,postcode,city,municipality,use,vacant,rd_x,rd_y",
     SPIL_ENTITY_address},
    {"companies", "id,name,kvk,sbi,founded,dissolved", SPIL_ENTITY_company},
    {"links", "from,to,kind,weight,confidence,since,until", SPIL_ENTITY_KIND_COUNT},
    {"roles", "entity,model,step,role,confidence", SPIL_ENTITY_KIND_COUNT},
    {"signals", "entity,code,strength,date,grade", SPIL_ENTITY_KIND_COUNT},
    {"truth", "collaboration,model,record,entity,to,step,name,recorded,aware",
     SPIL_ENTITY_KIND_COUNT},
};

typedef struct slot { /* where an entity stands when the rows go by key */
    uint64_t number;
    uint32_t index;
} slot;

struct spil_gen_writer {
    spil_gen_table *table[TABLES];
    char *truth_folder;
    slot order[SPIL_GEN_SLOTS];
    spil_gen_counts counts;
};

static void write_header(spil_gen_table *table, const char *columns)
{
    char name[32];
    for (const char *at = columns; *at; at += *at == ',') {
        const size_t length = strcspn(at, ",");
        (void)snprintf(name, sizeof name, "%.*s", (int)length, at);
        spil_gen_field(table, name);
        at += length;
    }
}

spil_status spil_gen_writer_open(spil_gen_writer **out, const char *folder,
                                 const spil_gen_columns *columns, const spil_gen_options *options,
                                 bool gzip, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_gen_writer *writer = NULL;
    TRY(NEW(writer, err));
    writer->counts.communities = options->communities;
    TRY(spil_path_join(&writer->truth_folder, folder, "truth", err));
    TRY(spil_make_folder(writer->truth_folder, err));
    for (int t = 0; t < TABLES; t++) {
        TRY(spil_gen_table_open(&writer->table[t], t == TRUTH ? writer->truth_folder : folder,
                                files[t].name, gzip, err));
        write_header(writer->table[t], files[t].columns);
        if (files[t].kind != SPIL_ENTITY_KIND_COUNT)
            for (size_t c = 0; c < columns->count[files[t].kind]; c++)
                spil_gen_field(writer->table[t], columns->column[files[t].kind][c].name);
        spil_gen_end_row(writer->table[t]);
    }
    *out = writer;
    writer = NULL;
done:
    spil_gen_writer_abort(writer);
    return rc;
}

/* ---- entities ---- */

static int compare_slots(const void *left, const void *right)
{
    const slot *const a = left, *const b = right;
    return a->number < b->number ? -1 : a->number > b->number;
}

static void sort_by_key(spil_gen_writer *writer, const spil_gen_cell *cell, spil_entity_kind kind,
                        size_t count)
{
    for (uint32_t i = 0; i < count; i++)
        writer->order[i] = (slot){spil_gen_ref_of(cell, kind, i).number, i};
    qsort(writer->order, count, sizeof *writer->order, compare_slots);
}

static void write_key(spil_gen_table *table, spil_gen_ref ref)
{
    char key[24];
    spil_gen_key(ref, key);
    spil_gen_field(table, key);
}

static void end_entity(spil_gen_table *table, const spil_gen_cell *cell,
                       const spil_gen_columns *columns, spil_entity_kind kind, uint32_t index)
{
    for (size_t c = 0; c < columns->count[kind]; c++) {
        const char *const value = cell->values[kind].items[(size_t)index * SPIL_GEN_ATTRIBUTES + c];
        spil_gen_field(table, value ? value : "");
    }
    spil_gen_end_row(table);
}

static void write_persons(spil_gen_writer *writer, const spil_gen_cell *cell,
                          const spil_gen_columns *columns)
{
    spil_gen_table *const table = writer->table[IN_PERSONS];
    sort_by_key(writer, cell, SPIL_ENTITY_person, cell->persons.count);
    for (size_t i = 0; i < cell->persons.count; i++) {
        const uint32_t index = writer->order[i].index;
        const spil_gen_person *const person = &cell->persons.items[index];
        write_key(table, spil_gen_ref_of(cell, SPIL_ENTITY_person, index));
        spil_gen_field(table, person->name);
        spil_gen_field(table, cell->places[person->municipality]);
        end_entity(table, cell, columns, SPIL_ENTITY_person, index);
    }
}

static void write_spot(spil_gen_table *table, spil_gen_spot spot)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%" PRId32, spot.x);
    spil_gen_field(table, text);
    (void)snprintf(text, sizeof text, "%" PRId32, spot.y);
    spil_gen_field(table, text);
}

static void write_addresses(spil_gen_writer *writer, const spil_gen_cell *cell,
                            const spil_gen_columns *columns)
{
    spil_gen_table *const table = writer->table[IN_ADDRESSES];
    sort_by_key(writer, cell, SPIL_ENTITY_address, cell->addresses.count);
    for (size_t i = 0; i < cell->addresses.count; i++) {
        const uint32_t index = writer->order[i].index;
        const spil_gen_address *const address = &cell->addresses.items[index];
        write_key(table, spil_gen_ref_of(cell, SPIL_ENTITY_address, index));
        spil_gen_field(table, address->street);
        spil_gen_field_count(table, address->house_number);
        spil_gen_field(table, address->postcode);
        spil_gen_field(table, cell->places[address->municipality]);
        spil_gen_field(table, cell->places[address->municipality]);
        spil_gen_field(table, address->use);
        spil_gen_field(table, address->vacant ? "yes" : "no");
        write_spot(table, spil_gen_ground(cell->seed, cell->place_number[address->municipality],
                                          address->street, address->house_number));
        end_entity(table, cell, columns, SPIL_ENTITY_address, index);
    }
}

static void write_companies(spil_gen_writer *writer, const spil_gen_cell *cell,
                            const spil_gen_columns *columns)
{
    spil_gen_table *const table = writer->table[IN_COMPANIES];
    sort_by_key(writer, cell, SPIL_ENTITY_company, cell->companies.count);
    for (size_t i = 0; i < cell->companies.count; i++) {
        const uint32_t index = writer->order[i].index;
        const spil_gen_company *const company = &cell->companies.items[index];
        write_key(table, spil_gen_ref_of(cell, SPIL_ENTITY_company, index));
        spil_gen_field(table, company->name);
        spil_gen_field(table, company->kvk);
        spil_gen_field(table, company->sbi);
        spil_gen_field_day(table, company->founded);
        spil_gen_field_day(table, company->dissolved);
        end_entity(table, cell, columns, SPIL_ENTITY_company, index);
    }
}

/* ---- the truth ---- */

static void write_truth(spil_gen_table *table, const spil_gen_truth *truth)
{
    char id[32] = "";
    if (truth->community)
        (void)snprintf(id, sizeof id, "csv-%llu", (unsigned long long)truth->community);
    spil_gen_field(table, id);
    spil_gen_field(table, truth->model ? truth->model : "");
    spil_gen_field(table, truth->record);
    if (truth->has_entity)
        write_key(table, truth->entity);
    else
        spil_gen_field(table, "");
    if (truth->has_to)
        write_key(table, truth->to);
    else
        spil_gen_field(table, "");
    spil_gen_field(table, truth->step ? truth->step : "");
    spil_gen_field(table, truth->name ? truth->name : "");
    spil_gen_field(table, truth->recorded ? "yes" : "no");
    spil_gen_field(table, truth->aware ? truth->aware : "");
    spil_gen_end_row(table);
}

/* Does anything on record show this step of this collaboration? */
static bool step_shows(const spil_gen_cell *cell, uint64_t community, const char *step)
{
    for (size_t i = 0; i < cell->signals.count; i++) {
        const spil_gen_signal *const it = &cell->signals.items[i];
        if (it->community == community && !it->withheld && strcmp(it->step, step) == 0)
            return true;
    }
    for (size_t i = 0; i < cell->roles.count; i++) {
        const spil_gen_role *const it = &cell->roles.items[i];
        if (it->community == community && !it->withheld && strcmp(it->step, step) == 0)
            return true;
    }
    return false;
}

static void write_truths(spil_gen_writer *writer, const spil_gen_cell *cell)
{
    for (size_t i = 0; i < cell->truths.count; i++) {
        spil_gen_truth truth = cell->truths.items[i];
        if (truth.community && strcmp(truth.record, "step") == 0)
            truth.recorded = step_shows(cell, truth.community, truth.step);
        writer->counts.members += strcmp(truth.record, "member") == 0;
        writer->counts.duplicates += strcmp(truth.record, "duplicate") == 0;
        writer->counts.decoys += strcmp(truth.record, "decoy") == 0;
        write_truth(writer->table[TRUTH], &truth);
    }
}

static const char *model_of(uint64_t community, const spil_model_set *models)
{
    return community ? models->models[(community - 1) % models->count]->id : NULL;
}

/* ---- links, roles, signals ---- */

static void write_links(spil_gen_writer *writer, const spil_gen_cell *cell,
                        const spil_model_set *models)
{
    spil_gen_table *const table = writer->table[IN_LINKS];
    for (size_t i = 0; i < cell->links.count; i++) {
        const spil_gen_link *const link = &cell->links.items[i];
        writer->counts.links += !link->withheld;
        writer->counts.links_withheld += link->withheld;
        writer->counts.links_untrue += link->untrue && !link->withheld;
        if (!link->withheld) {
            write_key(table, link->from);
            write_key(table, link->to);
            spil_gen_field(table, spil_link_kind_info(link->kind)->name);
            spil_gen_field_count(table, link->weight);
            spil_gen_field_share(table, link->confidence);
            spil_gen_field_day(table, link->since);
            spil_gen_field_day(table, link->until);
            spil_gen_end_row(table);
        }
        if (link->community || link->untrue)
            write_truth(writer->table[TRUTH],
                        &(spil_gen_truth){.community = link->community,
                                          .model = model_of(link->community, models),
                                          .record = link->untrue ? "untrue_link" : "link",
                                          .name = spil_link_kind_info(link->kind)->name,
                                          .has_entity = true,
                                          .has_to = true,
                                          .recorded = !link->withheld,
                                          .entity = link->from,
                                          .to = link->to});
    }
}

static void write_roles(spil_gen_writer *writer, const spil_gen_cell *cell)
{
    spil_gen_table *const table = writer->table[IN_ROLES];
    for (size_t i = 0; i < cell->roles.count; i++) {
        const spil_gen_role *const role = &cell->roles.items[i];
        writer->counts.roles += !role->withheld;
        writer->counts.roles_withheld += role->withheld;
        writer->counts.roles_false += !role->withheld && !role->community;
        if (!role->withheld) {
            write_key(table, role->entity);
            spil_gen_field(table, role->model);
            spil_gen_field(table, role->step);
            spil_gen_field(table, role->role);
            spil_gen_field_share(table, role->confidence);
            spil_gen_end_row(table);
        }
        write_truth(writer->table[TRUTH],
                    &(spil_gen_truth){.community = role->community,
                                      .model = role->model,
                                      .record = role->community ? "role" : "untrue_role",
                                      .step = role->step,
                                      .name = role->role,
                                      .has_entity = true,
                                      .recorded = !role->withheld,
                                      .entity = role->entity});
    }
}

static void write_signals(spil_gen_writer *writer, const spil_gen_cell *cell,
                          const spil_model_set *models)
{
    spil_gen_table *const table = writer->table[IN_SIGNALS];
    for (size_t i = 0; i < cell->signals.count; i++) {
        const spil_gen_signal *const signal = &cell->signals.items[i];
        writer->counts.signals += !signal->withheld;
        writer->counts.signals_withheld += signal->withheld;
        writer->counts.signals_false += !signal->withheld && !signal->community;
        if (!signal->withheld) {
            write_key(table, signal->entity);
            spil_gen_field(table, signal->code);
            spil_gen_field_share(table, signal->strength);
            spil_gen_field_day(table, signal->date);
            spil_gen_field(table, signal->grade);
            spil_gen_end_row(table);
        }
        write_truth(writer->table[TRUTH],
                    &(spil_gen_truth){.community = signal->community,
                                      .model = model_of(signal->community, models),
                                      .record = signal->community ? "signal" : "false_signal",
                                      .step = signal->step,
                                      .name = signal->code,
                                      .has_entity = true,
                                      .recorded = !signal->withheld,
                                      .entity = signal->entity});
    }
}

void spil_gen_write_cell(spil_gen_writer *writer, const spil_gen_cell *cell,
                         const spil_gen_columns *columns, const spil_model_set *models)
{
    writer->counts.cells++;
    writer->counts.persons += cell->persons.count;
    writer->counts.addresses += cell->addresses.count;
    writer->counts.companies += cell->companies.count;
    write_persons(writer, cell, columns);
    write_addresses(writer, cell, columns);
    write_companies(writer, cell, columns);
    write_truths(writer, cell);
    write_links(writer, cell, models);
    write_roles(writer, cell);
    write_signals(writer, cell, models);
}

/* ---- truth.json: options and counts ---- */

static void add_counts(spil_str *json, const spil_gen_counts *c)
{
    const struct {
        const char *name;
        uint64_t value;
    } rows[] = {{"cells", c->cells},
                {"persons", c->persons},
                {"addresses", c->addresses},
                {"companies", c->companies},
                {"collaborations", c->communities},
                {"members", c->members},
                {"links", c->links},
                {"links_withheld", c->links_withheld},
                {"links_untrue", c->links_untrue},
                {"signals", c->signals},
                {"signals_withheld", c->signals_withheld},
                {"signals_false", c->signals_false},
                {"roles", c->roles},
                {"roles_withheld", c->roles_withheld},
                {"roles_untrue", c->roles_false},
                {"duplicates", c->duplicates},
                {"decoys", c->decoys}};
    const size_t count = sizeof rows / sizeof *rows;
    for (size_t i = 0; i < count; i++)
        spil_str_addf(json, "    \"%s\": %llu%s\n", rows[i].name, (unsigned long long)rows[i].value,
                      i + 1 < count ? "," : "");
}

/* The likelihood ratio that each signal has in this region. */
static void add_ratios(spil_str *json, const spil_gen_options *options,
                       const spil_model_set *models)
{
    const char *between = "";
    spil_str_add(json, "\n  ],\n  \"ratios\": [");
    for (size_t m = 0; m < models->count; m++)
        for (size_t s = 0; s < models->models[m]->step_count; s++)
            for (size_t g = 0; g < models->models[m]->steps[s].signal_count; g++) {
                const spil_model *const model = models->models[m];
                const spil_model_signal *const signal = &model->steps[s].signals[g];
                spil_str_addf(json,
                              "%s\n    {\"model\": \"%s\", \"step\": \"%s\", \"signal\": "
                              "\"%s\", \"ratio\": %.3f}",
                              between, model->id, model->steps[s].id, signal->code,
                              spil_gen_true_ratio(options->seed, model, signal));
                between = ",";
            }
}

static spil_status write_json(const spil_gen_writer *writer, const spil_gen_options *options,
                              const spil_model_set *models, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str json = SPIL_STR_INIT;
    char *path = NULL, today[16];
    spil_format_day(SPIL_GEN_TODAY, today);
    spil_str_addf(&json, "{\n  \"generator\": \"spil-generate\",\n  \"as_of\": \"%s\",\n", today);
    spil_str_addf(&json,
                  "  \"options\": {\n    \"persons\": %llu,\n    \"seed\": %llu,\n"
                  "    \"communities\": %llu,\n    \"missing_links\": %g,\n"
                  "    \"missing_signals\": %g,\n    \"false_signals\": %g,\n"
                  "    \"duplicates\": %g,\n    \"decoys\": %g\n  },\n  \"models\": [",
                  (unsigned long long)options->persons, (unsigned long long)options->seed,
                  (unsigned long long)options->communities, options->missing_links,
                  options->missing_signals, options->false_signals, options->duplicates,
                  options->decoys);
    for (size_t m = 0; m < models->count; m++) /* ids and versions are plain words */
        spil_str_addf(&json, "%s\n    {\"id\": \"%s\", \"version\": \"%s\"}", m ? "," : "",
                      models->models[m]->id, models->models[m]->version);
    add_ratios(&json, options, models);
    spil_str_add(&json, "\n  ],\n  \"counts\": {\n");
    add_counts(&json, &writer->counts);
    spil_str_add(&json, "  }\n}\n");
    TRY(spil_str_status(&json, err));
    TRY(spil_path_join(&path, writer->truth_folder, "truth.json", err));
    TRY(spil_write_file(path, json.text, json.length, err));
done:
    spil_free(path);
    spil_str_free(&json);
    return rc;
}

spil_status spil_gen_writer_commit(spil_gen_writer *writer, const spil_gen_options *options,
                                   const spil_model_set *models, spil_gen_counts *counts,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (int t = 0; t < TABLES; t++) {
        spil_gen_table *const table = writer->table[t];
        writer->table[t] = NULL;
        TRY(spil_gen_table_commit(table, err));
    }
    TRY(write_json(writer, options, models, err));
    if (counts)
        *counts = writer->counts;
done:
    spil_gen_writer_abort(writer);
    return rc;
}

void spil_gen_writer_abort(spil_gen_writer *writer)
{
    if (!writer)
        return;
    for (int t = 0; t < TABLES; t++)
        spil_gen_table_abort(writer->table[t]);
    spil_free(writer->truth_folder);
    spil_free(writer);
}
