/* linkage.h - what an agreement is worth: Fellegi and Sunter's weights, estimated from the data.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fellegi & Sunter (1969, JASA 64:1183): a level that true pairs show with probability m and others
 * with u speaks log2(m / u) bits for "the same". m, and the share of true pairs, are estimated by
 * expectation maximisation over the patterns of all compared pairs (Winkler 1988, ASA Survey
 * Research), without known answers:
 *
 *     E   r(pattern) = prior M / (prior M + (1 - prior) U),  M = prod m, U = prod u
 *     M   prior = sum r n / pairs,   m(field, level) = (sum of r n at the level + kappa m0) /
 *                                                      (sum of r n where not missing + kappa)
 *
 * u is not guessed from the compared pairs, which were chosen because they agree: it is counted
 * over pairs drawn at large, and for equal values exactly, sum of n_v (n_v - 1) / (n (n - 1)); a
 * number that the law makes unique is equal by mistake alone, 1 in 10 million. That a value is
 * missing speaks by how often true pairs lack it and others do (a second record is often the poorer
 * one), within pairs of one source and of two, since a register may have no such field at all.
 * Equal names weigh by their frequency: the commonest surname says less than one that only two bear
 * (Winkler 1989); bins of frequency in the estimation, the value's own frequency in the weight.
 *
 * People who share an address or an acquaintance often share the surname too, without being one
 * person; counted as independent, "same surname" and "same address" would merge families. All
 * connected pairs (compare.h) are compared, so for them the table of the first three fields among
 * different persons, and u of the other fields, are estimated too, as a class of pairs of its own
 * (the interaction terms of Winkler 1993, in the one place where they matter).
 *
 * The more people of one surname are recorded at an address, the more pairs of them are different
 * persons, while those who are recorded twice grow by their number only; so the table has a
 * dimension for how many others there are (none, one, more), and true pairs their shares of it.
 *
 * u of the other fields is one for each of five classes of connected pairs (near): twins, and sons
 * who bear their father's name, live among others of their surname. A class that holds few pairs
 * is drawn to all connected ones, and they to u, with the weight of 50 pairs each.
 *
 * m starts at and is drawn to m0 (spil_field.expected) with the weight of kappa = 20 pairs, so that
 * a small case rests on m0 and a large one on itself; "differ" is held under
 * spil_field.most_differ, lest families become the class of "true pairs". Open struct.
 */
#ifndef SPIL_RESOLUTION_LINKAGE_H
#define SPIL_RESOLUTION_LINKAGE_H

#include "engine/resolution/compare.h"

enum { SPIL_CONTEXTS = SPIL_LEVELS * SPIL_LEVELS * SPIL_LEVELS * SPIL_CROWDS };
enum { SPIL_NEAR = 2 + SPIL_CROWDS };

/* Levels, with "equal" of a field that weighs by frequency split in bins: value = level up to
 * "equal", then equal + bin. */
typedef struct spil_coder {
    const spil_field_set *set;
    unsigned values[SPIL_FIELDS]; /* levels - 1 + bins */
    unsigned links;               /* not connected, or connected in one of so many crowds */
    size_t codes;                 /* product of them all */
} spil_coder;

spil_coder spil_coder_of(const spil_field_set *set);
size_t spil_encode(const spil_coder *coder, const spil_agreement *agreement,
                   const uint8_t bin[SPIL_FIELDS]);
void spil_decode(const spil_coder *coder, size_t code, spil_agreement *agreement,
                 uint8_t bin[SPIL_FIELDS]);
/* Frequency 1 is bin 0, and each factor of 8 less a bin more. */
uint8_t spil_frequency_bin(double frequency);

typedef struct spil_linkage {
    spil_coder coder;
    double prior;     /* of two records drawn at large */
    double pairs;     /* n (n - 1) / 2 */
    double connected; /* share of them that is connected */
    /* Shares of pairs of one source, or two (spil_sources_of), that lack a field: at large, true.
     */
    double missing[SPIL_SOURCES][SPIL_FIELDS];
    double lacking[SPIL_SOURCES][SPIL_FIELDS];
    double m[SPIL_FIELDS][SPIL_LEVELS]; /* of those that are not missing, as all u below */
    double u[SPIL_FIELDS][SPIL_LEVELS]; /* pairs that are not connected */
    /* Connected pairs, fields behind the context: not at one address, there with two surnames, with
     * one surname in each crowd. */
    double near[SPIL_NEAR][SPIL_FIELDS][SPIL_LEVELS];
    double near_missing[SPIL_NEAR][SPIL_SOURCES][SPIL_FIELDS];
    double near_seen[SPIL_NEAR]; /* different pairs of each class that state the first field behind
                                  * the context */
    double context[SPIL_CONTEXTS]; /* connected pairs: crowd and first three levels */
    double tied_equal;         /* different pairs that share a tie and no address: of one surname */
    double crowd[SPIL_CROWDS]; /* of true pairs that share an address */
    double bin_m[SPIL_FIELDS][SPIL_BINS], bin_u[SPIL_FIELDS][SPIL_BINS]; /* of the equal ones */
    double chance[SPIL_FIELDS]; /* that two records at large have an equal value */
    double found;               /* true pairs that the estimation expects among those compared */
    unsigned rounds;
} spil_linkage;

/* Whether one source tells of the two, or two: a level of the field `sources`. */
unsigned spil_sources_of(const spil_field_set *set, const spil_agreement *agreement);
/* Everything but u, missing, bins, chance, pairs, which the caller counts, gets its start. count:
 * of compared pairs, a code each. records: their number, for the prior's start. */
void spil_linkage_start(spil_linkage *model, const uint64_t *count, uint64_t records);
/* One round; gives the largest change of any m, or of `found` relative to it. */
double spil_linkage_round(spil_linkage *model, const uint64_t *count);
/* Rounds until nothing changes by more than 1e-7, 2000 at most. */
void spil_linkage_fit(spil_linkage *model, const uint64_t *count);

/* Bits that the levels speak for "the same"; frequency: of the value in each field that is equal
 * and weighs by it, else ignored (0: by its level alone). parts: bits of each field, or NULL; where
 * connected, the first holds those of all three. */
double spil_linkage_weight(const spil_linkage *model, const spil_agreement *agreement,
                           const double frequency[SPIL_FIELDS], double parts[SPIL_FIELDS]);
/* How many times as often true pairs as different ones have this value, of those that have an equal
 * one; 1 where rarity says nothing: a family at one address shares its surname, rare or not. */
double spil_linkage_rarity(const spil_linkage *model, const spil_agreement *agreement, unsigned f,
                           double frequency);
/* Are so many pairs of this one's class in the case that it shows how often two of them are twins?
 * 1.5 in 100 births are of several (Statistics Netherlands, 2024). */
bool spil_linkage_knows_twins(const spil_linkage *model, const spil_agreement *agreement);
/* Probability that a pair of this weight is true. */
double spil_linkage_probability(const spil_linkage *model, double weight);

#endif
