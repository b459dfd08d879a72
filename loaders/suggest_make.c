/* suggest_make.c - see suggest_inside.h: what one row makes, entities and the links between them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/suggest_inside.h"

#include <string.h>

#define HAS(concept) spil_suggested_has(s, SPIL_CONCEPT_##concept)

/* ---- entities ---- */

static void line(spil_suggested *s, const char *text)
{
    spil_str_addf(s->out, "%s\n", text);
}

static void line_if(spil_suggested *s, spil_concept concept, const char *text)
{
    if (spil_suggested_has(s, concept))
        line(s, text);
}

/* More than half of the values have the shape. */
static bool most_are(const spil_suggested *s, spil_concept concept, spil_look_shape shape)
{
    const spil_look *const look = spil_look_find(s->looks, concept);
    return look && 2 * look->shapes[shape] > look->filled;
}

static bool is_full(const spil_suggested *s, spil_concept concept)
{
    const spil_look *const look = spil_look_find(s->looks, concept);
    return look && look->filled == s->looks->rows;
}

static const char *company_id(const spil_suggested *s)
{
    if (!HAS(chamber_number))
        return "co:<company_name|letters>";
    return most_are(s, SPIL_CONCEPT_chamber_number, SPIL_LOOK_chamber_number)
               ? "kvk:<chamber_number|chamber_number>" /* another value rejects its row */
               : "kvk:<chamber_number>";
}

static void add_company(spil_suggested *s)
{
    line(s, "  - as: company");
    line(s, "    kind: company");
    if (!is_full(s, HAS(chamber_number) ? SPIL_CONCEPT_chamber_number : SPIL_CONCEPT_company_name))
        line(s, "    optional: yes   # a row without it makes no company");
    spil_str_addf(s->out, "    id: \"%s\"%s\n", company_id(s),
                  HAS(chamber_number) ? "   # the same company from any source has this id; a "
                                        "value that is no number rejects its row"
                                      : "   # no number: companies of one name are one company");
    line_if(s, SPIL_CONCEPT_company_name, "    name: \"<company_name>\"");
    line_if(s, SPIL_CONCEPT_legal_form, "    type: \"<legal_form>\"");
    if (HAS(chamber_number) || HAS(branch_number) || HAS(activity) || HAS(founded) ||
        HAS(dissolved))
        line(s, "    attributes:");
    if (HAS(chamber_number))
        spil_str_addf(s->out, "      kvk: \"%s\"\n", company_id(s) + strlen("kvk:"));
    line_if(s, SPIL_CONCEPT_branch_number, "      branch: \"<branch_number|branch_number>\"");
    line_if(s, SPIL_CONCEPT_activity, "      sbi: \"<activity>\"");
    line_if(s, SPIL_CONCEPT_founded, "      founded: \"<founded|date>\"");
    line_if(s, SPIL_CONCEPT_dissolved, "      dissolved: \"<dissolved|date>\"");
}

static const char *name_column(const spil_suggested *s)
{
    return s->directors ? "directors" : HAS(full_name) ? "full_name" : "surname";
}

static void add_person_id(spil_suggested *s)
{
    if (HAS(person_number)) {
        line(s, "    id: \"<person_number>\"");
    } else if (s->id && !s->directors && !s->company) {
        line(s,
             "    id: \"<id>\"   # put the source's name before it when other sources number too");
    } else if (s->company) {
        spil_str_addf(
            s->out,
            "    # no number of the person: one of this name at this company is one person;\n"
            "    # spil resolve finds the same person at other companies\n"
            "    id: \"%s/<%s|name|letters>\"\n",
            company_id(s), name_column(s));
    } else {
        spil_str_addf(
            s->out,
            "    # no number of the person: everybody of one name becomes one person. Better:\n"
            "    # add a column that tells them apart, \"<%s|letters>/<that column>\"\n"
            "    id: \"<%s|letters>\"\n",
            name_column(s), name_column(s));
    }
}

/* Its values have several parts. */
static bool is_split(const spil_suggested *s, spil_concept concept)
{
    const spil_look *const look = spil_look_find(s->looks, concept);
    return look && (look->shapes[SPIL_LOOK_bar] > 0 || look->shapes[SPIL_LOOK_semicolon] > 0);
}

static void add_person(spil_suggested *s)
{
    spil_str_addf(s->out, "  - as: %s\n", s->directors ? "director" : "person");
    line(s, "    kind: person");
    if (s->company)
        line(s, "    optional: yes   # a row without a name makes no person");
    if (s->split)
        spil_str_addf(
            s->out,
            "    split: {columns: [%s%s%s], by: \"%s\"}   # several in one value: the first "
            "goes with the first\n",
            name_column(s), is_split(s, SPIL_CONCEPT_function) ? ", function" : "",
            is_split(s, SPIL_CONCEPT_birth_date) ? ", birth_date" : "", s->split_by);
    add_person_id(s);
    if (s->directors) {
        line(s, "    person: {full: \"<directors>\"}");
    } else if (HAS(full_name) || HAS(surname)) {
        line(s, "    person:   # taken apart: 'Dam, Kim van' is Kim van Dam");
        line_if(s, SPIL_CONCEPT_full_name, "      full: \"<full_name>\"");
        line_if(s, SPIL_CONCEPT_surname, "      surname: \"<surname>\"");
        line_if(s, SPIL_CONCEPT_prefix, "      prefix: \"<prefix>\"");
        line_if(s, SPIL_CONCEPT_initials, "      initials: \"<initials>\"");
        line_if(s, SPIL_CONCEPT_given, "      given: \"<given>\"");
    }
    line_if(s, SPIL_CONCEPT_bsn,
            "    bsn: \"<bsn>\"   # kept as keyed hash alone, with --key FILE");
    line_if(s, SPIL_CONCEPT_birth_date,
            "    birth_date: \"<birth_date>\"   # kept as keyed hash alone, with --key FILE");
}

static void add_address(spil_suggested *s)
{
    line(s, "  - as: address");
    line(s, "    kind: address");
    line(s, "    optional: yes   # a row without a house number makes no address");
    line(s,
         "    address:        # its id is made of postcode and number, the same from any source");
    line_if(s, SPIL_CONCEPT_address_line, "      line: \"<address_line>\"");
    line_if(s, SPIL_CONCEPT_street, "      street: \"<street>\"");
    line_if(s, SPIL_CONCEPT_house_number, "      number: \"<house_number>\"");
    line_if(s, SPIL_CONCEPT_house_letter, "      letter: \"<house_letter>\"");
    line_if(s, SPIL_CONCEPT_house_addition, "      addition: \"<house_addition>\"");
    line_if(s, SPIL_CONCEPT_postcode, "      postcode: \"<postcode>\"");
    line_if(s, SPIL_CONCEPT_city, "      city: \"<city>\"");
}

/* Things with a number of their own. */
static const struct {
    spil_concept concept;
    const char *as, *kind, *id, *link;
} things[] = {
    {SPIL_CONCEPT_phone, "phone", "phone", "tel:<phone|phone>", "uses"},
    {SPIL_CONCEPT_email, "email", "email", "mail:<email|lower>", "uses"},
    {SPIL_CONCEPT_plate, "vehicle", "vehicle", "plate:<plate|letters>", "uses"},
    {SPIL_CONCEPT_iban, "account", "account", "iban:<iban|letters>", "uses"},
    {SPIL_CONCEPT_incident, "incident", "event", "incident:<incident>", "party_to"},
};
enum { THING_COUNT = sizeof things / sizeof *things };

static void add_things(spil_suggested *s)
{
    for (size_t i = 0; i < THING_COUNT; i++)
        if (spil_suggested_has(s, things[i].concept))
            spil_str_addf(s->out,
                          "  - as: %s\n    kind: %s\n    optional: yes\n    id: \"%s\"\n"
                          "    name: \"<%s>\"\n",
                          things[i].as, things[i].kind, things[i].id,
                          spil_concept_name(things[i].concept));
}

bool spil_suggested_thing(const spil_suggested *s)
{
    for (size_t i = 0; i < THING_COUNT; i++)
        if (spil_suggested_has(s, things[i].concept))
            return true;
    return false;
}

void spil_suggest_entities(spil_suggested *s)
{
    line(s, "\nentities:   # what one row makes");
    if (s->company)
        add_company(s);
    if (s->person)
        add_person(s);
    if (s->address)
        add_address(s);
    add_things(s);
    if (s->company || s->person || s->address || spil_suggested_thing(s))
        return;
    line(s, "  # nothing was recognised: say what a row is (person, company, address, ...)");
    line(s, "  - as: thing");
    line(s, "    kind: other");
    if (s->id) {
        line(s, "    id: \"<id>\"");
        return;
    }
    line(s, "    id: \"<first>\"   # the first column; better one that differs in every row");
}

/* ---- links ---- */

static void add_link(spil_suggested *s, const char *from, const char *to, const char *kind,
                     const char *more, const char *comment)
{
    spil_str_addf(s->out, "  - {from: %s, to: %s, kind: %s%s}%s%s\n", from, to, kind, more,
                  comment[0] ? "   # " : "", comment);
}

void spil_suggest_links(spil_suggested *s)
{
    const char *const person = s->directors ? "director" : "person";
    const char *const main = s->person && !s->directors ? person : s->company ? "company" : NULL;
    size_t made = (size_t)s->company + s->person + s->address;
    for (size_t i = 0; i < THING_COUNT; i++)
        made += spil_suggested_has(s, things[i].concept);
    if (made < 2 || (!main && !HAS(incident)))
        return;
    line(s, "\nlinks:   # spil help import lists the kinds");
    if (s->company && s->person)
        add_link(s, person, "company", s->directors || HAS(function) ? "directs" : "related",
                 HAS(function) ? ", type: \"<function>\"" : "",
                 s->directors ? "" : "say what the person is to the company");
    if (s->company && s->address)
        add_link(s, "company", "address", "registered_at", "",
                 s->person ? "or is it the address of the person? Then: lives_at" : "");
    else if (s->person && s->address && !HAS(incident))
        add_link(s, person, "address", "lives_at", "", "");
    else if (s->address && HAS(incident))
        add_link(s, "incident", "address", "occurred_at", "",
                 s->person ? "or does the person live there? Then: lives_at" : "");
    for (size_t i = 0; !main && i < THING_COUNT; i++)
        if (spil_suggested_has(s, things[i].concept) && things[i].concept != SPIL_CONCEPT_incident)
            add_link(s, things[i].as, "incident", "related", "", "say what it is to the incident");
    for (size_t i = 0; main && i < THING_COUNT; i++)
        if (spil_suggested_has(s, things[i].concept))
            add_link(s, main, things[i].as, things[i].link,
                     things[i].concept == SPIL_CONCEPT_incident && HAS(date) ? ", since: \"<date>\""
                                                                             : "",
                     "");
}
