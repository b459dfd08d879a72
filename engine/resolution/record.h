/* record.h - entities as they are compared: names, places and numbers as word numbers, the
 * addresses and the acquaintances of each. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One set of records holds the persons, the companies or the addresses of a case, in the order of
 * the facts. Persons and companies know where they are (`at`: addresses by the cluster they belong
 * to) and whom they know (`ties`: other entities, by cluster). An address with more than SPIL_HUB
 * of them, or an acquaintance of more than that, tells nothing about who is who, and is left out:
 * a block of flats and a trust office make no pairs.
 *
 * sources: who tells of the entity and its attributes. Links say nothing of it: a list of links
 * names whom other registers know.
 *
 * No trait is read. Numbers of persons and birth dates come as keyed hashes (attributes bsn_hash,
 * birth_hash), so equality is all that can be seen of them.
 */
#ifndef SPIL_RESOLUTION_RECORD_H
#define SPIL_RESOLUTION_RECORD_H

#include "engine/resolution/words.h"
#include "engine/store/facts.h"

enum { SPIL_HUB = 64, SPIL_PARTS = 3 };

/* Word numbers; 0 where nothing is known. */
typedef struct spil_record {
    uint32_t entity, one;      /* in the facts; who stands for its cluster so far */
    uint32_t name;             /* surname; company's name without legal form; street */
    uint32_t part[SPIL_PARTS]; /* its words, where it has several */
    uint32_t form;             /* prefix of the surname; legal form; postcode of an address */
    uint32_t given[2];         /* full given names; house number and addition of an address */
    uint32_t place, birth, number;
    char initials[7];
    char suffix;
    uint64_t sources;             /* a bit for each (number modulo 64) that tells of the entity */
    uint32_t at_begin, tie_begin; /* in at and ties; both ascend within a record */
    uint16_t at_count, tie_count;
} spil_record;

typedef struct spil_records {
    spil_entity_kind kind;
    spil_record *items;
    size_t count;
    uint32_t *at, *ties;
    uint8_t *busy;      /* beside ties: how many of this kind have the tie */
    uint8_t *namesakes; /* beside at: records there with this one's surname, itself among them */
    bool one_source;    /* all come from one */
} spil_records;

/* What all kinds share while they are read: the words, and how entities were merged so far. */
typedef struct spil_reading {
    const spil_facts *facts; /* apart */
    spil_words *words;
    uint32_t *one;        /* entity_count: the entity that stands for its cluster */
    uint32_t *of_address; /* word "postcode|house|addition" to 1 + address, 0: none */
    size_t of_address_count;
    uint32_t *place; /* entity_count: of addresses, where they lie (a word) */
} spil_reading;

spil_status spil_reading_new(spil_reading **out, const spil_facts *facts,
                             spil_err *err) SPIL_CHECKED;
void spil_reading_free(spil_reading *reading);

/* Addresses first, since persons and companies look for theirs. kind: person, company, address. */
spil_status spil_records_read(spil_records **out, spil_reading *reading, spil_entity_kind kind,
                              spil_err *err) SPIL_CHECKED;
/* The ties anew, after reading->one changed: acquaintances that were merged count as one. */
spil_status spil_records_read_ties(spil_records *records, const spil_reading *reading,
                                   spil_err *err) SPIL_CHECKED;
void spil_records_free(spil_records *records);

/* The first that both ascending lists have, or UINT32_MAX. */
static inline uint32_t spil_first_common(const uint32_t *a, size_t a_count, const uint32_t *b,
                                         size_t b_count)
{
    for (size_t i = 0, j = 0; i < a_count && j < b_count;) {
        if (a[i] == b[j])
            return a[i];
        if (a[i] < b[j])
            i++;
        else
            j++;
    }
    return UINT32_MAX;
}
static inline uint32_t spil_common_at(const spil_records *r, const spil_record *a,
                                      const spil_record *b)
{
    return spil_first_common(r->at + a->at_begin, a->at_count, r->at + b->at_begin, b->at_count);
}
/* Of the address that is its `at`: how many there bear the record's surname. */
static inline unsigned spil_namesakes_at(const spil_records *r, const spil_record *it, uint32_t at)
{
    for (uint32_t i = it->at_begin; i < it->at_begin + it->at_count; i++)
        if (r->at[i] == at)
            return r->namesakes[i];
    return 0;
}
static inline uint32_t spil_common_tie(const spil_records *r, const spil_record *a,
                                       const spil_record *b)
{
    return spil_first_common(r->ties + a->tie_begin, a->tie_count, r->ties + b->tie_begin,
                             b->tie_count);
}

#endif
