/* dutch.h - the habits of Dutch exports: postcodes, house numbers, numbers of companies,
 * citizens and telephones. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each takes a text as it stands in an export and gives one form of it, so that the same thing
 * from two partners is the same text. False: it is no such thing, and out is untouched.
 */
#ifndef SPIL_LOADERS_DUTCH_H
#define SPIL_LOADERS_DUTCH_H

#include <stdbool.h>
#include <stddef.h>

/* "1234 ab" -> "1234AB". Four digits, not beginning with 0, and two letters, not SA, SD or SS. */
bool spil_dutch_postcode(const char *text, char out[8]);

/* Number in the chamber's register: 8 digits. Seven are eight of which a spreadsheet ate the
 * leading zero. Blanks and points are passed over. */
bool spil_dutch_chamber_number(const char *text, char out[16]);
/* Number of a branch (vestigingsnummer): 12 digits, of which leading zeros may be lost; at least 5
 * must be there. */
bool spil_dutch_branch_number(const char *text, char out[16]);

/* Citizen service number: 9 digits, or 8 of which the leading zero was lost, for which
 * 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h - i is a multiple of 11 (and not all of them 0). */
bool spil_dutch_citizen_number(const char *text, char out[16]);

/* A telephone number in international form (ITU-T E.164): "+31612345678" from "06-12345678", "0031
 * 6 12345678", "+31 (0)6 12345678", and "612345678", a mobile number of which the zero was lost.
 * With a country named in front 7 to 15 digits, of the Netherlands 9 behind +31; else 10 from 0 on.
 * Short numbers (112, 0800-1234) are none: they have no such form. */
bool spil_dutch_phone(const char *text, char out[24]);

/* 12, letter A, addition 2: from "12", "12a", "12 A-2", "12-2", "12 bis", "12-III". */
typedef struct spil_house_number {
    char number[8];    /* digits, without leading zeros */
    char letter[4];    /* one capital, or "" */
    char addition[24]; /* capitals and digits, or "" */
} spil_house_number;
bool spil_dutch_house_number(const char *text, spil_house_number *out);
/* The parts in one text: "12A-2". */
void spil_dutch_house_number_text(const spil_house_number *number, char out[40]);

/* "Dorpsstraat 12 a, 1234 AB Ede" taken apart; parts that are not there are "". The number must
 * be there. */
typedef struct spil_address_line {
    char street[128], city[96];
    char number[40]; /* as found: for spil_dutch_house_number */
    char postcode[8];
} spil_address_line;
bool spil_dutch_address_line(const char *text, spil_address_line *out);

#endif
