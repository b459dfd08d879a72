/* cell.h - one cell of the region, in memory: some 300 persons with their homes, work and ties.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The region is a row of cells. Cell k comes from (seed, k) alone and looks back, never ahead: its
 * ties to the outside lead to residents of earlier cells, whose keys follow from (seed, cell,
 * index). So cell k is the same at any size of the region, and memory holds one cell at a time.
 *
 *     cell 0        cell 1        cell 2     ...    last cell: what is left, 300 to 599 persons
 *     [300 persons] [300 persons] [...]
 *         ^-------------'  ^---------'  ties lead back
 *
 * Keys: letter of the kind and cell x 1000 + slot. Slots are dealt by a seeded walk over 0..999, so
 * that a key tells nothing about who was planted. Errors stick in cell->rc, so builders need one
 * check at their end. Open struct.
 */
#ifndef SPIL_GENERATE_CELL_H
#define SPIL_GENERATE_CELL_H

#include "datasets/generate/names.h"
#include "engine/base/text.h"
#include "engine/base/vec.h"
#include "engine/store/kinds.h"

enum { SPIL_GEN_CELL = 300, SPIL_GEN_SLOTS = 1000 };
enum { SPIL_GEN_FIRM_SHARE = 5 };  /* persons a company */
enum { SPIL_GEN_TODAY = 20269 };   /* 2025-06-30: the day of the export, whatever the clock says */
enum { SPIL_GEN_ATTRIBUTES = 24 }; /* attributes a kind that models may ask for */

/* What a random stream is for; each part of a cell has its own, so that one option leaves the rest
 * as it was. */
typedef enum spil_gen_purpose {
    SPIL_GEN_FOR_SLOTS,
    SPIL_GEN_FOR_WORLD,
    SPIL_GEN_FOR_DECOYS,
    SPIL_GEN_FOR_USES,
    SPIL_GEN_FOR_ATTRIBUTES,
    SPIL_GEN_FOR_PLANTS,
    SPIL_GEN_FOR_DOUBLES,
    SPIL_GEN_FOR_FALSE_LINKS,
    SPIL_GEN_FOR_FALSE_SIGNALS,
    SPIL_GEN_FOR_WITHHELD,
    SPIL_GEN_PURPOSES = 16
} spil_gen_purpose;

typedef struct spil_gen_ref { /* a key: P1042 */
    spil_entity_kind kind;
    uint64_t number;
} spil_gen_ref;

typedef struct spil_gen_person {
    char name[SPIL_GEN_NAME];
    uint32_t municipality, home; /* index into places, addresses */
    bool adult, taken;           /* taken: of a planted collaboration, or a double */
} spil_gen_person;

typedef struct spil_gen_address {
    char street[SPIL_GEN_NAME], postcode[8];
    uint32_t house_number, municipality;
    const char *use;
    bool vacant, taken;
    uint32_t owned; /* links of kind owns that lead here */
} spil_gen_address;

typedef struct spil_gen_company {
    char name[SPIL_GEN_NAME], kvk[9], sbi[16];
    spil_day founded, dissolved;
    uint32_t address, director; /* indices; UINT32_MAX: somebody outside the cell, or a company */
    bool taken;
} spil_gen_company;

typedef struct spil_gen_link {
    spil_gen_ref from, to;
    spil_link_kind kind;
    uint32_t weight;
    double confidence;
    spil_day since, until;
    uint64_t community; /* 0: none; else the number of the planted collaboration + 1 */
    bool untrue;        /* recorded, but it is not so */
    bool withheld;      /* true, but not recorded */
} spil_gen_link;

typedef struct spil_gen_signal {
    spil_gen_ref entity;
    const char *code;
    double strength;
    spil_day date;
    char grade[3];
    uint64_t community; /* 0: a false signal */
    const char *step;
    bool withheld;
} spil_gen_signal;

typedef struct spil_gen_role {
    spil_gen_ref entity;
    const char *model, *step, *role;
    double confidence;
    uint64_t community; /* 0: a false record */
    bool withheld;      /* nobody recorded that this one fills the role */
} spil_gen_role;

/* A line of truth.csv that is no link, signal or role. */
typedef struct spil_gen_truth {
    uint64_t community; /* 0: none */
    const char *model, *record, *step, *name;
    bool has_entity, has_to, recorded;
    spil_gen_ref entity, to;
    const char *aware; /* "", "yes", "no" */
} spil_gen_truth;

typedef struct spil_gen_cell {
    uint64_t seed, number;
    uint32_t quota; /* persons */
    char places[3][SPIL_GEN_NAME];
    uint64_t place_number[3];
    uint64_t walk_step[SPIL_ENTITY_KIND_COUNT], walk_start[SPIL_ENTITY_KIND_COUNT];
    SPIL_VEC(spil_gen_person) persons;
    SPIL_VEC(spil_gen_address) addresses;
    SPIL_VEC(spil_gen_company) companies;
    SPIL_VEC(spil_gen_link) links;
    SPIL_VEC(spil_gen_signal) signals;
    SPIL_VEC(spil_gen_role) roles;
    SPIL_VEC(spil_gen_truth) truths;
    /* values of the attributes that models ask for: entity index x SPIL_GEN_ATTRIBUTES + attribute;
     * NULL where nothing is known */
    SPIL_VEC(const char *) values[SPIL_ENTITY_KIND_COUNT];
    size_t valued[SPIL_ENTITY_KIND_COUNT]; /* so many entities have theirs */
    spil_status rc;
    spil_err err;
} spil_gen_cell;

/* Empties the cell (keeping its room) and gives it its number, places and slots. */
void spil_gen_cell_begin(spil_gen_cell *cell, uint64_t seed, uint64_t number, uint32_t quota);
void spil_gen_cell_free(spil_gen_cell *cell);
/* SPIL_OK, or what went wrong first. */
spil_status spil_gen_cell_status(const spil_gen_cell *cell, spil_err *err) SPIL_CHECKED;

spil_rng spil_gen_cell_rng(const spil_gen_cell *cell, spil_gen_purpose purpose);
/* Key of the entity with this index here, and of a resident of another cell. */
spil_gen_ref spil_gen_ref_of(const spil_gen_cell *cell, spil_entity_kind kind, uint32_t index);
spil_gen_ref spil_gen_ref_elsewhere(uint64_t seed, uint64_t cell, spil_entity_kind kind,
                                    uint32_t index);
bool spil_gen_same(spil_gen_ref a, spil_gen_ref b);
int spil_gen_compare(spil_gen_ref a, spil_gen_ref b);
/* 24 bytes hold every key. */
void spil_gen_key(spil_gen_ref ref, char out[24]);

/* Each gives the index of the new one, 0 when memory ran out (see cell->rc). */
uint32_t spil_gen_add_address(spil_gen_cell *cell, spil_rng *rng, const char *use);
uint32_t spil_gen_add_person(spil_gen_cell *cell, spil_rng *rng, const char *surname, uint32_t home,
                             bool adult);
/* Founded some years ago, registered at the address; no director yet. */
uint32_t spil_gen_add_company(spil_gen_cell *cell, spil_rng *rng, const spil_gen_sector *sector,
                              uint32_t address);
/* A true link with a confidence and dates that are usual for its kind. Returns it for changes,
 * valid until the next link; NULL when memory ran out, or from and to are one. */
spil_gen_link *spil_gen_add_link(spil_gen_cell *cell, spil_rng *rng, spil_gen_ref from,
                                 spil_gen_ref to, spil_link_kind kind);
void spil_gen_add_truth(spil_gen_cell *cell, const spil_gen_truth *truth);

#endif
