/* test_mapped.c - several things from one row, and numbers that stay as keyed hash alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/file.h"
#include "engine/base/secret.h"
#include "loaders/mapping.h"
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#include <sys/stat.h>
#include <unistd.h>

/* ---- several things from a row ---- */

#define COMPANY_MAPPING                                                                            \
    "source: {grade: B2, owner: chamber, keep_until: 2029-12-31}\n"                                \
    "columns: {number: [KvK, KvK-nummer]}\n"                                                       \
    "optional: [SBI]\n"                                                                            \
    "tables: {forms: {BV: limited, \"*\": other}}\n"                                               \
    "when: {column: Status, is_not: [weg, gone]}\n"                                                \
    "entities:\n"                                                                                  \
    "  - as: company\n"                                                                            \
    "    kind: company\n"                                                                          \
    "    id: kvk:<number|chamber_number>\n"                                                        \
    "    name: <Naam>\n"                                                                           \
    "    type: <Vorm|forms>\n"                                                                     \
    "    attributes: {sbi: <SBI>, founded: <Sinds|date>, place: Ede}\n"                            \
    "  - as: address\n"                                                                            \
    "    kind: address\n"                                                                          \
    "    optional: yes\n"                                                                          \
    "    address: {street: <Straat>, number: <Nr>, postcode: <PC>, city: <Plaats>}\n"              \
    "  - as: director\n"                                                                           \
    "    kind: person\n"                                                                           \
    "    split: {columns: [Wie, Wat], by: \"|\"}\n"                                                \
    "    id: <number|chamber_number>/<Wie|letters>\n"                                              \
    "    person: {full: <Wie>}\n"                                                                  \
    "links:\n"                                                                                     \
    "  - {from: company, to: address, kind: registered_at, since: <Sinds>}\n"                      \
    "  - {from: director, to: company, kind: directs, type: <Wat>}\n"                              \
    "  - {from: director, to: director, kind: related}\n"                                          \
    "roles:\n"                                                                                     \
    "  - {entity: director, model: m, step: s, role: straw, when: {column: Wat, matches: gev*}}\n" \
    "signals:\n"                                                                                   \
    "  - {entity: company, code: young, strength: \"0.5\", date: <Sinds>,\n"                       \
    "     when: {column: Sinds, empty: no}}\n"

#define COMPANY_HEADER "KvK-nummer;Naam;Vorm;Status;Sinds;Straat;Nr;PC;Plaats;Wie;Wat;Rest\n"

static void mapped_load__makes_several_things_from_a_row(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml", COMPANY_MAPPING);
    t_case_assert_imported(c,
                           t_case_take(c, COMPANY_HEADER
                                       "1234567;Bouw;bv;ok;31/12/24;Dorpsstraat;12 a-2;1234 ab;Ede;"
                                       "Vries, Jan de|P. Jansen;best|gevolmachtigd;x\n"
                                       "7654321;Weg;VOF;WEG;;;;;;;;\n"));
    t_case_assert(
        c, "entity person 01234567/pjansen 'P. Jansen' type ''\n"
           "01234567/pjansen.initials = P.\n01234567/pjansen.surname = Jansen\n"
           "entity person 01234567/vriesjande 'Jan de Vries' type ''\n"
           "01234567/vriesjande.first_names = Jan\n01234567/vriesjande.surname = Vries\n"
           "01234567/vriesjande.surname_prefix = de\n"
           "entity address adr:1234AB:12A-2 'Dorpsstraat 12A-2, Ede' type ''\n"
           "adr:1234AB:12A-2.addition = 2\nadr:1234AB:12A-2.city = Ede\n"
           "adr:1234AB:12A-2.letter = A\nadr:1234AB:12A-2.number = 12\n"
           "adr:1234AB:12A-2.postcode = 1234AB\nadr:1234AB:12A-2.street = Dorpsstraat\n"
           "entity company kvk:01234567 'Bouw' type 'limited'\n"
           "kvk:01234567.founded = 2024-12-31\nkvk:01234567.place = Ede\n"
           "link 01234567/pjansen -> kvk:01234567 directs 'gevolmachtigd' w 1 c 0.765 since '' "
           "until ''\n"
           "link 01234567/vriesjande -> 01234567/pjansen related '' w 1 c 0.765 since '' until ''\n"
           "link 01234567/vriesjande -> kvk:01234567 directs 'best' w 1 c 0.765 since '' until ''\n"
           "link kvk:01234567 -> adr:1234AB:12A-2 registered_at '' w 1 c 0.765 since '2024-12-31' "
           "until ''\n"
           "role 01234567/pjansen m/s/straw c 0.765\n"
           "signal kvk:01234567 young s 0.5 c 0.765 2024-12-31\n"
           "drop x.csv [Rest] 1\n");
    assert_int_equal(c->summary->files[0].accepted, 2);
    assert_string_equal(c->summary->files[0].note,
                        "passed over as the mapping says (when): 1 of the rows");
}

static void mapped_load__rejects_a_row_whole(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml", COMPANY_MAPPING);
    t_case_assert_imported(c, t_case_take(c, COMPANY_HEADER "12;A;bv;ok;;;;;;;;\n"
                                                            "12345678;A;bv;ok;31-02-2024;;;;;;;\n"
                                                            "12345678;A;bv;ok;;;;;;A|B|C;x|y;\n"
                                                            "12345678;A;bv;ok;;;;;;A|A;;\n"
                                                            "12345678;A;bv;ok;;;;;;;\n"));
    t_case_assert(c, "reject x.csv:2 [KvK-nummer] '12' is no number of the chamber of commerce; "
                     "expected 8 digits | 12;A;bv;ok;;;;;;;;\n"
                     "reject x.csv:3 [Sinds] '31-02-2024' is no date that exists; expected "
                     "2024-12-31, 31-12-2024, 31/12/24 or 20241231 | 12345678;A;bv;ok;31-02-2024;;"
                     ";;;;;\n"
                     "reject x.csv:4 [Wat] 2 parts, but 'Wie' has 3; expected as many | "
                     "12345678;A;bv;ok;;;;;;A|B|C;"
                     "x|y;\n"
                     "reject x.csv:5 [KvK-nummer] loop: '12345678/a' is linked to itself; expected "
                     "two different entities | "
                     "12345678;A;bv;ok;;;;;;A|A;;\n"
                     "reject x.csv:6 [] 11 values in the row, expected 12 | 12345678;A;bv;ok;;;;;;"
                     ";\n");
}

static void mapped_load__counts_what_stands_again_once(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml",
                                  "entities:\n"
                                  "  - {as: a, kind: person, id: <A>, attributes: {town: <T>}}\n"
                                  "  - {as: b, kind: person, id: <B>}\n"
                                  "links:\n  - {from: a, to: b, kind: knows}\n"
                                  "  - {from: a, to: b, kind: called, repeats: yes}\n");
    t_case_assert_imported(c, t_case_take(c, "A,B,T\n1,2,Ede\n1,2,Ede\n1,2,Epe\n1,3,Ede\n"));
    assert_int_equal(c->summary->files[0].links, 2 + 4);
    assert_int_equal(c->summary->files[0].attributes, 2);
    assert_string_equal(c->summary->files[0].note,
                        "links that stood in an earlier row already and count once: 2");
}

static void mapped_load__asks_for_those_who_must_be_known(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, "id,name\nP1,Jan\n"));
    c->opts.mapping = t_case_text(c, "m.yaml",
                                  "entities:\n  - {as: who, known: yes, id: <Wie>}\n"
                                  "  - {as: place, kind: address, id: <Waar>}\n"
                                  "links:\n  - {from: who, to: place, kind: lives_at}\n");
    t_case_assert_imported(c, t_case_take(c, "Wie,Waar\nP1,A1\nP2,A2\nP1,P1\n"));
    static const char *const parts[] = {
        "link P1 -> A1 lives_at", "reject x.csv:3 [Wie] no entity has the key 'P2'",
        "reject x.csv:4 [Waar] loop: 'P1' is linked to itself; expected two different entities"};
    t_case_assert_parts(c, parts, 3);
    assert_int_equal(c->summary->files[0].entities, 1);
}

static void mapped_load__refuses_two_kinds_of_one_key(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml",
                                  "entities:\n  - {as: a, kind: person, id: <A>}\n"
                                  "  - {as: b, kind: <Soort>, id: <B>}\n");
    t_case_assert_imported(c, t_case_take(c, "A,B,Soort\n1,1,company\n2,3,company\n3,4,person\n"
                                             "5,6,horse\n"));
    static const char *const parts[] = {
        "reject x.csv:2 [B] '1' is known as person, not as company; expected another key",
        "entity company 3 '' type ''",
        "reject x.csv:4 [A] '3' is known as company, not as person; expected another key",
        "reject x.csv:5 [Soort] 'horse' is no kind of entity"};
    t_case_assert_parts(c, parts, 4);
    assert_int_equal(c->summary->files[0].entities, 2);
}

static void mapped_load__lets_the_command_line_win(void **state)
{
    t_case *const c = *state;
    c->opts.mapping =
        t_case_text(c, "m.yaml",
                    "source: {grade: B2, owner: file}\ndates: {order: month_first, pivot: 30}\n"
                    "decimal: comma\nentities:\n  - {as: a, kind: person, id: <A>}\n"
                    "signals:\n  - {entity: a, code: c, date: <D>, strength: <S>}\n");
    c->opts.grade = "A1";
    t_case_assert_imported(c, t_case_take(c, "A,D,S\n1,2/1/31,\"0,5\"\n"));
    static const char *const parts[] = {"signal 1 c s 0.5 c 0.99 1931-02-01"};
    t_case_assert_parts(c, parts, 1);
}

#define PAYMENTS                                                                                   \
    "entities:\n  - {as: a, kind: account, id: <A>}\n  - {as: b, kind: account, id: <B>}\n"        \
    "links:\n  - {from: a, to: b, kind: paid, since: <D>, confidence: 0.5, "                       \
    "weight: \"<W|number>\",\n     attributes: {amount: \"<W|number>\", currency: <C>}}\n"

static void mapped_load__keeps_the_attributes_of_links(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml", "decimal: comma\n" PAYMENTS);
    /* the same payment twice counts once; another amount is another payment */
    t_case_assert_imported(c, t_case_take(c, "A;B;D;W;C\n1;2;1-2-2024;1.234;EUR\n"
                                             "1;2;1-2-2024;1.234;EUR\n1;2;1-2-2024;1,234;\n"));
    t_case_assert(c, "entity account 1 '' type ''\nentity account 2 '' type ''\n"
                     "link 1 -> 2 paid '' w 1.234 c 0.5 since '2024-02-01' until ''\n"
                     "  amount = 1.234\n"
                     "link 1 -> 2 paid '' w 1234 c 0.5 since '2024-02-01' until ''\n"
                     "  amount = 1234\n  currency = EUR\n");
}

static void mapped_load__asks_the_column_where_the_mapping_does_not_say(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml", PAYMENTS);
    static const char *const parts[] = {"amount = 1234\n", "amount = 0.5\n"};
    t_case_assert_imported(c, t_case_take(c, "A;B;D;W;C\n1;2;;1.234;\n1;2;;0,5;\n"));
    t_case_assert_parts(c, parts, 2);
    static const char *const told[] = {"[W] '2.345' can be a thousand and more"};
    t_case_assert_imported(c, t_case_take(c, "A;B;D;W;C\n1;2;;2.345;\n1;2;;5;\n"));
    t_case_assert_parts(c, told, 1);
}

static void mapping_read__names_what_is_wrong_in_the_parts(void **state)
{
    (void)state;
#define WITH(text) "entities:\n  - {as: a, kind: person, id: <A>}\n" text
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"entities:\n  - {as: a, kind: person, id: <A>, nme: x}\n",
         "m.yaml:2:36: unknown key 'nme'"},
        {"entities:\n  - {as: a, kind: persn, id: <A>}\n",
         "'persn' is no kind of entity (did you mean"},
        {"entities:\n  - {as: a, kind: person}\n", "m.yaml:2:5: entity 'a' lacks 'id'"},
        {"entities:\n  - {as: a, id: <A>}\n", "m.yaml:2:5: entity 'a' lacks 'kind'"},
        {"entities:\n  - {as: a, kind: person, id: <A}\n", "a '<' without '>' behind it"},
        {"entities:\n  - {as: a, kind: person, id: <>}\n", "the name of a column is missing"},
        {"entities:\n  - {as: a, kind: person, id: <A|postcod>}\n",
         "'postcod' is no step and no table of this file (did you mean 'postcode'?)"},
        {"entities:\n  - {as: a, kind: person, id: <A|upper|upper|upper|upper|upper>}\n",
         "more than 4 steps"},
        {"entities:\n  - {as: a, kind: person, id: <BSN>}\n",
         "'BSN' is an identity number: it may stand under 'bsn' alone"},
        {"entities:\n  - {as: a, kind: person, id: <A>, name: <Godsdienst>}\n",
         "'Godsdienst' is religion or belief and may not come in"},
        {"entities:\n  - {as: a, kind: person, id: <A>, bsn: <Religie>}\n",
         "'Religie' is religion or belief"},
        {"entities:\n  - {as: a, kind: person, id: <A>, bsn: <A>}\n",
         "column 'A' is kept as keyed hash alone"},
        {"entities:\n  - {as: a, kind: person, id: <A>, bsn: x<B>}\n", "it is one column, <name>"},
        {"entities:\n  - {as: a, kind: person, id: <A>, attributes: {leeftijd: <B>}}\n",
         "'leeftijd' is age and may not come in"},
        {"entities:\n  - {as: a, kind: person, id: <A>, when: {column: Nationaliteit, is: x}}\n",
         "'Nationaliteit' is nationality: nothing may hang on it"},
        {"entities:\n  - {as: a, kind: person, id: <A>, when: {column: B}}\n",
         "a condition has one of is, is_not"},
        {"entities:\n  - {as: a, kind: person, id: <A>, when: {column: B, is: x, empty: no}}\n",
         "a condition has one of is, is_not"},
        {"entities:\n  - {as: a, kind: person, id: <A>, name: x, person: {full: y}}\n",
         "name, person and address each give a name"},
        {"entities:\n  - {as: a, known: yes, id: <A>, attributes: {b: c}}\n", "is known already"},
        {WITH("  - {as: a, kind: person, id: <B>}\n"), "entity 'a' stands twice"},
        {WITH("links:\n  - {from: a, to: b, kind: met}\n"),
         "m.yaml:4:19: no entity of this file is called 'b'"},
        {WITH("links:\n  - {from: a, to: a, kind: met}\n"),
         "'a' is linked to itself; that needs an entity"},
        {WITH("  - {as: b, kind: person, id: <B>}\nlinks:\n  - {from: a, to: b, kind: mett}\n"),
         "'mett' is no kind of link (did"},
        {WITH("roles:\n  - {entity: a, model: m, step: s}\n"), "this role lacks 'role'"},
        {WITH("signals:\n  - {entity: z, code: m}\n"), "no entity of this file is called 'z'"},
        {WITH("constants: {a: b}\n"), "'constants' go with 'kind'"},
        {WITH("kind: persons\n"), "'kind' is for a file of one table"},
        {WITH("source: {grade: X9}\n"), "m.yaml:3:17: 'X9' is no grade"},
        {WITH("source: {keep_until: soon}\n"), "'soon' is no date such as"},
        {WITH("dates: {pivot: 101}\n"), "'pivot' is 101; it lies between 0 and 100"},
        {WITH("dates: {order: any}\n"), "'order' is 'any'; it is one of day_first, month_first"},
        {WITH("decimal: x\n"), "'decimal' is 'x'; it is one of point, comma"},
        {WITH("tables: {upper: {a: b}}\n"), "'upper' is the name of a step"},
        {WITH("columns: {\"a|b\": c}\n"), "have a meaning of their own"},
        {WITH("columns: {geloof: c}\n"), "'geloof': 'c' is religion or belief"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spil_err err;
        spil_mapping *mapping = NULL;
        assert_fails(spil_mapping_read_memory(&mapping, "m.yaml", cases[i].text,
                                              strlen(cases[i].text), &err),
                     SPIL_INPUT, cases[i].part);
        assert_null(mapping);
    }
}

/* ---- keys ---- */

static const char *make_key(t_case *c, const char *name)
{
    static char path[160];
    spil_err err;
    (void)snprintf(path, sizeof path, "%s/%s", c->folder, name);
    assert_ok(spil_secret_make(path, &err));
    return path;
}

static void secret_make__makes_a_file_for_its_owner_alone(void **state)
{
    t_case *const c = *state;
    spil_err err;
    struct stat info;
    spil_secret *one = NULL, *again = NULL, *other = NULL;
    const char *const path = make_key(c, "a.key");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_fails(spil_secret_make(path, &err), SPIL_INPUT, "there is a file of that name already");
    assert_ok(spil_secret_read(&one, path, &err));
    assert_ok(spil_secret_read(&again, path, &err));
    assert_ok(spil_secret_read(&other, make_key(c, "b.key"), &err));
    char a[SPIL_SECRET_HASH], b[SPIL_SECRET_HASH];
    spil_secret_hash(one, "bsn", "1", a);
    spil_secret_hash(again, "bsn", "1", b);
    assert_string_equal(a, b);
    spil_secret_hash(other, "bsn", "1", b);
    assert_string_not_equal(a, b);
    spil_secret_hash(one, "birth", "1", b);
    assert_string_not_equal(a, b);
    assert_string_equal(spil_secret_mark(one), spil_secret_mark(again));
    assert_string_not_equal(spil_secret_mark(one), spil_secret_mark(other));
    spil_secret_free(one);
    spil_secret_free(again);
    spil_secret_free(other);
}

static void secret_read__refuses_what_others_can_read_or_is_no_key(void **state)
{
    t_case *const c = *state;
    spil_err err;
    spil_secret *secret = NULL;
    const char *const path = make_key(c, "a.key");
    static const mode_t modes[] = {0640, 0604, 0620, 0700};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_fails(spil_secret_read(&secret, path, &err), SPIL_INPUT, "chmod 600");
    }
    assert_int_equal(chmod(path, 0400), 0);
    assert_ok(spil_secret_read(&secret, path, &err));
    spil_secret_free(secret);
    secret = NULL;
    const char *const no_key = t_case_text(c, "no.key", "geheim\n");
    assert_int_equal(chmod(no_key, 0600), 0);
    assert_fails(spil_secret_read(&secret, no_key, &err), SPIL_INPUT, "this is no key of Spil");
    assert_fails(spil_secret_read(&secret, "/nowhere/a.key", &err), SPIL_NOT_FOUND, "no such key");
    assert_fails(spil_secret_read(&secret, c->folder, &err), SPIL_INPUT, "no ordinary file");
    assert_null(secret);
}

/* Whether the bytes of the case hold text anywhere: store, log and shared memory. */
static bool case_holds(const t_case *c, const char *text)
{
    static const char *const ends[] = {"", "-wal"};
    bool found = false;
    for (size_t e = 0; e < 2; e++) {
        char path[128];
        char *bytes = NULL;
        size_t length = 0;
        (void)snprintf(path, sizeof path, "%s%s", c->store_path, ends[e]);
        if (spil_read_file(&bytes, &length, path, (size_t)1 << 26, NULL) != SPIL_OK)
            continue;
        for (size_t i = 0; i + strlen(text) <= length; i++)
            found |= memcmp(bytes + i, text, strlen(text)) == 0;
        spil_free(bytes);
    }
    return found;
}

#define PERSONS_WITH_NUMBERS                                                                       \
    "id;name;BSN;geboortedatum\n"                                                                  \
    "P1;Jan;111222333;31-12-1970\n"                                                                \
    "P2;Piet;123456789;00-00-1970\n"                                                               \
    ";Kees;123456782;1-1-1971\n"                                                                   \
    "P4;Jan;1112.22.333;19701231\n"

static void native_load__keeps_numbers_as_keyed_hash_alone(void **state)
{
    t_case *const c = *state;
    c->opts.key = make_key(c, "a.key");
    t_case_assert_imported(c, t_case_take(c, PERSONS_WITH_NUMBERS));
    spil_secret *secret = NULL;
    spil_err err;
    char bsn[SPIL_SECRET_HASH], birth[SPIL_SECRET_HASH], expected[2000];
    assert_ok(spil_secret_read(&secret, c->opts.key, &err));
    spil_secret_hash(secret, "bsn", "111222333", bsn);
    spil_secret_hash(secret, "birth", "1970-12-31", birth);
    spil_secret_free(secret);
    (void)snprintf(expected, sizeof expected,
                   "entity person P1 'Jan' type ''\nP1.birth_hash = %s\nP1.bsn_hash = %s\n"
                   "entity person P2 'Piet' type ''\n"
                   "entity person P4 'Jan' type ''\nP4.birth_hash = %s\nP4.bsn_hash = %s\n"
                   "reject x.csv:4 [id] empty, expected a value | ;Kees;[dropped];[dropped]\n",
                   birth, bsn, birth, bsn);
    t_case_assert(c, expected);
    assert_string_equal(c->summary->files[0].note,
                        "citizen service numbers that fail the eleven test, left out: 1, the first "
                        "in line 3; dates of birth that cannot be read, left out: 1, the first in "
                        "line 3");
    static const char *const clear[] = {"111222333",  "123456789",  "123456782", "1112.22.333",
                                        "31-12-1970", "1970-12-31", "19701231",  "1-1-1971"};
    assert_true(case_holds(c, "Piet"));
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
        if (case_holds(c, clear[i]))
            fail_msg("'%s' stands in the case", clear[i]);
}

static void native_load__drops_numbers_without_a_key(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, PERSONS_WITH_NUMBERS));
    assert_string_equal(c->summary->files[0].note,
                        "'BSN' was dropped: no key was given to hash it (--key FILE)");
    assert_int_equal(c->summary->files[0].dropped_columns, 2);
    assert_false(case_holds(c, "111222333"));
    assert_false(case_holds(c, "bsn_hash"));
}

#define SECRET_MAPPING                                                                             \
    "entities:\n  - as: p\n    kind: person\n    id: <Nr>/<Wie|letters>\n"                         \
    "    split: {columns: [Wie, Nummers, Geb], by: \"|\"}\n    name: <Wie>\n"                      \
    "    bsn: <Nummers>\n    birth_date: <Geb>\n"

static void mapped_load__hashes_each_part_of_a_split(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml", SECRET_MAPPING);
    c->opts.key = make_key(c, "a.key");
    t_case_assert_imported(
        c, t_case_take(c, "Nr,Wie,Nummers,Geb\n1,Jan|Piet,111222333|123456789,31-12-1970|\n"
                          "2,Kees,123456782|1,\n"));
    static const char uneven[] = "reject x.csv:3 [Wie] 1 parts, but 'Nummers' has 2; "
                                 "expected as many | 2,Kees,[dropped],[dropped]";
    static const char *const parts[] = {"1/jan.bsn_hash = ", "1/jan.birth_hash = ", uneven};
    t_case_assert_parts(c, parts, 3);
    assert_int_equal(c->summary->files[0].attributes, 2);
    assert_string_equal(c->summary->files[0].note, "citizen service numbers that fail the eleven "
                                                   "test, left out: 1, the first in line 2");
    static const char *const clear[] = {"111222333", "123456789", "123456782", "31-12-1970"};
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
        assert_false(case_holds(c, clear[i]));
}

static void mapped_load__keeps_secrets_from_a_second_name_of_their_column(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml",
                                  "columns: {number: [Kolom 7, Kolom 8]}\nentities:\n  - as: p\n"
                                  "    kind: person\n    id: <Wie>\n    bsn: <number>\n"
                                  "    attributes: {x: <Kolom 7>}\n");
    c->opts.key = make_key(c, "a.key");
    t_case_assert_refused(c, t_case_text(c, "x.csv", "Wie,Kolom 7\nJan,111222333\n"), SPIL_INPUT,
                          "'number' is kept as keyed hash alone");
}

static void mapped_load__splits_a_column_under_all_its_names(void **state)
{
    t_case *const c = *state;
    c->opts.mapping =
        t_case_text(c, "m.yaml",
                    "columns: {what: Wat}\nentities:\n  - as: p\n    kind: person\n"
                    "    split: {columns: [Wie, what], by: \"|\"}\n"
                    "    id: <Wie>\n    attributes: {x: <Wat>}\n"
                    "signals:\n  - {entity: p, code: c, when: {column: Wat, is: b}}\n");
    t_case_assert_imported(c, t_case_take(c, "Wie,Wat\nJan|Piet,a|b\n"));
    t_case_assert(c, "entity person Jan '' type ''\nJan.x = a\n"
                     "entity person Piet '' type ''\nPiet.x = b\n"
                     "signal Piet c s 1 c 1 \n");
}

static void mapped_load__drops_secret_columns_without_a_key(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml", SECRET_MAPPING);
    t_case_assert_imported(c, t_case_take(c, "Nr,Wie,Nummers,Geb\n1,Jan,111222333,31-12-1970\n"));
    t_case_assert(c, "entity person 1/jan 'Jan' type ''\n"
                     "drop x.csv [Nummers] 1\ndrop x.csv [Geb] 1\n");
    assert_string_equal(c->summary->files[0].note,
                        "'Nummers' was dropped: no key was given to hash it (--key FILE); "
                        "'Geb' was dropped: no key was given to hash it (--key FILE)");
    assert_false(case_holds(c, "111222333"));
}

static spil_status read_company(void)
{
    spil_mapping *mapping = NULL;
    const spil_status rc = spil_mapping_read_memory(&mapping, "m.yaml", COMPANY_MAPPING,
                                                    sizeof COMPANY_MAPPING - 1, NULL);
    spil_mapping_free(mapping);
    return rc;
}

static void mapping_read__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(read_company());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(mapped_load__makes_several_things_from_a_row),
        T_CASE(mapped_load__rejects_a_row_whole),
        T_CASE(mapped_load__counts_what_stands_again_once),
        T_CASE(mapped_load__asks_for_those_who_must_be_known),
        T_CASE(mapped_load__refuses_two_kinds_of_one_key),
        T_CASE(mapped_load__lets_the_command_line_win),
        T_CASE(mapped_load__keeps_the_attributes_of_links),
        T_CASE(mapped_load__asks_the_column_where_the_mapping_does_not_say),
        T(mapping_read__names_what_is_wrong_in_the_parts),
        T_CASE(secret_make__makes_a_file_for_its_owner_alone),
        T_CASE(secret_read__refuses_what_others_can_read_or_is_no_key),
        T_CASE(native_load__keeps_numbers_as_keyed_hash_alone),
        T_CASE(native_load__drops_numbers_without_a_key),
        T_CASE(mapped_load__hashes_each_part_of_a_split),
        T_CASE(mapped_load__keeps_secrets_from_a_second_name_of_their_column),
        T_CASE(mapped_load__splits_a_column_under_all_its_names),
        T_CASE(mapped_load__drops_secret_columns_without_a_key),
        T(mapping_read__survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
