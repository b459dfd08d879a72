/* test_export.c - a case given back: import, export, import again is the same case.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"
#include "engine/base/file.h"
#include "engine/base/str.h"
#include "loaders/writer.h"
#include "tests/unit/t_case.h"

/* Texts that a careless writer would spoil. */
#define ENTITIES                                                                                   \
    "id,kind,name,type,note\n"                                                                     \
    "P1,person,\"Jan \"\"de Lange\"\" de Boer, jr\",Suspect,\"two\nlines\r\nand, more\"\n"         \
    "+31612345678,phone,=1+1,,'=quoted\n"                                                          \
    "P2,person,'-,@x,\"  blanks around  \"\n"                                                      \
    "C1,company,Ren\xc3\xa9 & Zn. <BV>,,a;b\tc\\d/e\n"                                             \
    "C2,company,,,\xf0\x9f\x98\x80\n"
#define AGAIN "id,kind,name\nP1,person,Jan de Boer\nC2,company,Second BV\nX9,other,\n"
#define LINKS                                                                                      \
    "from,to,kind,type,weight,confidence,since,until\n"                                            \
    "P1,C1,directs,\"is, \"\"boss\"\"\",0.1,0.333333333333333315,2020-02-29,9999-12-31\n"          \
    "P1,P2,family,,1e-300,1,,\nP1,P2,family,,1e-300,1,,\n"                                         \
    "P2,C2,shareholder_of,60%,123456789.125,0,1899-12-31,\n"                                       \
    "P1,+31612345678,uses,,2,0.5,,2021-01-01\nC1,P1,paid,,3,0.7,,\nP2,P1,met,,1,1,,\n"
#define ROLES "entity,model,step,role,grade\nP1,cannabis,location,landlord,B2\nP1,m,s,r,\n"
#define SIGNALS                                                                                    \
    "entity,code,strength,date,grade\nC1,power_theft,0.25,2024-01-31,C3\nC1,power_theft,1,,\n"

static void fill(t_case *c)
{
    const char *const paths[] = {t_case_text(c, "e.csv", ENTITIES), t_case_text(c, "l.csv", LINKS),
                                 t_case_text(c, "r.csv", ROLES), t_case_text(c, "s.csv", SIGNALS)};
    c->opts.grade = "B2";
    c->opts.owner = "police, \"east\"";
    c->opts.basis = "=Wpg";
    c->opts.keep_until = 20000;
    t_case_assert_imported(c, t_case_import(c, paths, 4));
    assert_int_equal(c->summary->files[1].rejected, 0);
    c->opts = (spil_import_opts)SPIL_IMPORT_OPTS_DEFAULTS;
    t_case_assert_imported(c, t_case_import_one(c, t_case_text(c, "a.csv", AGAIN)));
}

/* Where each row came from, and what the files are: what t_case_dump leaves out. Files of the
 * export itself are not in it. */
static char *dump_origins(t_case *c)
{
    spil_err err;
    spil_facts *facts = NULL;
    spil_str out = SPIL_STR_INIT;
    assert_ok(spil_store_load_facts(&facts, c->store, &err));
#define ORIGIN(what, list)                                                                         \
    for (size_t i = 0; i < facts->list##_count; i++)                                               \
    spil_str_addf(&out, what " %zu %s %llu\n", i,                                                  \
                  facts->sources[facts->list##_origin(i).source].sha256,                           \
                  (unsigned long long)facts->list##_origin(i).line)
#define entity_origin(i) entities[i].origin
#define attribute_origin(i) attributes[i].origin
#define link_origin(i) links[i].origin
#define role_origin(i) roles[i].origin
#define signal_origin(i) signals[i].origin
    ORIGIN("entity", entity);
    ORIGIN("attribute", attribute);
    ORIGIN("link", link);
    ORIGIN("role", role);
    ORIGIN("signal", signal);
    for (size_t i = 0; i < facts->link_count; i++)
        spil_str_addf(&out, "%.17g %.17g\n", facts->links[i].weight, facts->links[i].confidence);
    for (size_t i = 0; i < facts->source_count; i++) {
        const spil_source *const s = &facts->sources[i];
        if (strcmp(s->loader, "spil") == 0 || strcmp(s->loader, "ftm") == 0)
            continue;
        spil_str_addf(&out, "%s %s %s %s %s %s %s %s %d %llu %llu %llu %llu\n", s->path, s->sha256,
                      s->loader, s->options, s->grade, s->owner, s->basis, s->purpose,
                      s->keep_until, (unsigned long long)s->rows, (unsigned long long)s->accepted,
                      (unsigned long long)s->rejected, (unsigned long long)s->merged);
    }
    spil_facts_free(facts);
    char *text = NULL;
    assert_ok(spil_copy_text(&text, spil_str_text(&out), &err));
    spil_str_free(&out);
    return text;
}

static void export(t_case *c, const char *format, const char *out)
{
    spil_err err = SPIL_ERR_INIT;
    spil_export_counts counts;
    if (spil_export_case(c->store, spil_writer_find(format), out, &counts, &err) != SPIL_OK)
        fail_msg("%s", err.msg);
    assert_int_equal(counts.roles, 2);
    assert_int_equal(counts.signals, 2);
}

/* Imports what was exported into a new case and compares. */
static void compare_again(t_case *c, const char *const *paths, size_t count)
{
    t_case again;
    t_case_open(&again);
    t_case_assert_imported(&again, t_case_import(&again, paths, count));
    for (size_t i = 0; i < again.summary->count; i++)
        assert_int_equal(again.summary->files[i].rejected, 0);
    char *const before = t_case_dump(c), *const origins = dump_origins(c);
    t_case_assert(&again, before);
    char *const after = dump_origins(&again);
    assert_string_equal(after, origins);
    spil_free(before);
    spil_free(origins);
    spil_free(after);
    t_case_close(&again);
}

#define HASH "0123456789abcdef0123456789abcdef"

/* A hash of a number or date of birth comes back; a number under that name does not. */
static void export__keeps_keyed_hashes_and_no_numbers(void **state)
{
    t_case *const c = *state;
    static const char *const parts[] = {"P1.bsn_hash = " HASH "\n", "P2.birth_hash = " HASH "\n",
                                        "drop x.csv [bsn_hash] 1\ndrop x.csv [birth_hash] 1\n"};
    const char *const paths[] = {
        t_case_text(
            c, "e.csv",
            "id,kind,name,type,spil_source,spil_line\nP1,person,Jan,,,\nP2,person,Piet,,,\n"),
        t_case_text(c, "x.csv",
                    "entity,attribute,value,spil_source,spil_line\nP1,bsn_hash," HASH ",,\n"
                    "P2,birth_hash," HASH ",,\nP1,bsn_hash,123456782,,\n"
                    "P2,birth_hash,1980-01-02,,\n")};
    t_case_assert_imported(c, t_case_import(c, paths, 2));
    t_case_assert_parts(c, parts, 3);
    char path[120];
    spil_err err = SPIL_ERR_INIT;
    spil_export_counts counts;
    (void)snprintf(path, sizeof path, "%s/out.json", c->folder);
    static const char *const folders[][2] = {{"neo4j", "nodes.csv"}, {"i2", "entities.csv"}};
    for (size_t i = 0; i < 2; i++) { /* other programs have no use for them */
        char file[120], *text = NULL;
        size_t length = 0;
        assert_ok(
            spil_export_case(c->store, spil_writer_find(folders[i][0]), c->folder, &counts, &err));
        (void)snprintf(file, sizeof file, "%s/%s", c->folder, folders[i][1]);
        assert_ok(spil_read_file(&text, &length, file, 1 << 20, &err));
        assert_non_null(strstr(text, "Piet"));
        assert_null(strstr(text, HASH));
        assert_null(strstr(text, "_hash"));
        spil_free(text);
    }
    assert_ok(spil_export_case(c->store, spil_writer_find("ftm"), path, &counts, &err));
    t_case again;
    t_case_open(&again);
    t_case_assert_imported(&again, t_case_import_one(&again, path));
    t_case_assert_parts(&again, parts, 2);
    t_case_close(&again);
}

static void export_csv__read_again_is_the_same_case(void **state)
{
    t_case *const c = *state;
    static const char *const names[] = {"links.csv",    "signals.csv",    "roles.csv",
                                        "entities.csv", "attributes.csv", "sources.csv"};
    char paths[6][120];
    const char *list[6];
    fill(c);
    export(c, "csv", c->folder);
    for (size_t i = 0; i < 6; i++) {
        (void)snprintf(paths[i], sizeof paths[i], "%s/%s", c->folder, names[i]);
        list[i] = paths[i];
    }
    compare_again(c, list, 6);
}

static void export_ftm__read_again_is_the_same_case(void **state)
{
    t_case *const c = *state;
    char path[120];
    const char *const list = path;
    fill(c);
    (void)snprintf(path, sizeof path, "%s/out.json", c->folder);
    export(c, "ftm", path);
    compare_again(c, &list, 1);
}

static void export_ftm__an_entity_with_much_to_say_takes_several_lines(void **state)
{
    t_case *const c = *state;
    enum { MANY = 40, LONG = 60000 };
    static char text[MANY * (LONG + 20)];
    size_t length = (size_t)snprintf(text, sizeof text, "id,name,note\n");
    for (size_t i = 0; i < MANY; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "P1,Jan,");
        memset(text + length, 'a' + (int)(i % 26), LONG);
        length += LONG;
        text[length++] = '\n';
    }
    fill(c);
    t_case_assert_imported(c, t_case_import_one(c, t_case_write(c, "b.csv", text, length)));
    assert_int_equal(c->summary->files[0].accepted, MANY);
    char path[120];
    const char *const list = path;
    (void)snprintf(path, sizeof path, "%s/out.json", c->folder);
    export(c, "ftm", path);
    compare_again(c, &list, 1);
}

/* The lines of a dump that neo4j has a place for, and a reader: entities, attributes and links. */
static char *without_facts(char *dump)
{
    char *to = dump;
    for (char *line = dump, *end; *line; line = end) {
        end = strchr(line, '\n') ? strchr(line, '\n') + 1 : line + strlen(line);
        if (strncmp(line, "role ", 5) == 0 || strncmp(line, "signal ", 7) == 0)
            continue;
        memmove(to, line, (size_t)(end - line));
        to += end - line;
    }
    *to = '\0';
    return dump;
}

static void export_neo4j__read_again_is_the_same_network(void **state)
{
    t_case *const c = *state;
    fill(c);
    t_case_assert_imported(
        c, t_case_import_one(
               c, t_case_text(c, "m.csv",
                              "id,kind,name,type,a:b,alias,notes,spil_x\nC2,company,,,1,x,y,z\n"
                              "L1,address,Kade 1,Pand,,,,\nE1,event,,,,,,\nU1,area,West,,,,,\n")));
    t_case_assert_imported(
        c, t_case_import_one(
               c, t_case_text(c, "n.csv", "id,kind,alias\nC2,company,second\nC2,company,x\n")));
    char paths[2][120];
    const char *const list[] = {paths[0], paths[1]};
    (void)snprintf(paths[0], sizeof paths[0], "%s/nodes.csv", c->folder);
    (void)snprintf(paths[1], sizeof paths[1], "%s/relationships.csv", c->folder);
    export(c, "neo4j", c->folder);
    t_case again;
    t_case_open(&again);
    t_case_assert_imported(&again, t_case_import(&again, list, 2));
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(again.summary->files[i].loader, "neo4j");
        assert_int_equal(again.summary->files[i].rejected, 0);
    }
    char *const before = without_facts(t_case_dump(c));
    t_case_assert(&again, before);
    spil_free(before);
    t_case_close(&again);
}

static char *read_whole(const char *path)
{
    spil_err err;
    char *text = NULL;
    size_t length = 0;
    assert_ok(spil_read_file(&text, &length, path, 1 << 20, &err));
    return text;
}

static void export__the_same_case_gives_the_same_bytes_and_no_formula(void **state)
{
    t_case *const c = *state;
    char path[120];
    fill(c);
    (void)snprintf(path, sizeof path, "%s/entities.csv", c->folder);
    export(c, "csv", c->folder);
    char *const first = read_whole(path);
    export(c, "csv", c->folder);
    char *const second = read_whole(path);
    assert_string_equal(first, second);
    assert_non_null(strstr(first, "\n'+31612345678,phone,'=1+1,,"));
    assert_non_null(strstr(first, "\nP2,person,''-,'@x,"));
    spil_free(first);
    spil_free(second);
}

/* i2 takes one line a row; a telephone number is no formula. */
static void export_i2__has_a_line_a_row_and_no_formula(void **state)
{
    t_case *const c = *state;
    char path[120];
    fill(c);
    export(c, "i2", c->folder);
    (void)snprintf(path, sizeof path, "%s/entities.csv", c->folder);
    char *text = read_whole(path);
    size_t lines = 0;
    for (const char *at = text; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 1 + 6);
    assert_memory_equal(text, "\xef\xbb\xbfid,type,label,", 17);
    assert_non_null(strstr(text, "\n+31612345678,Telephone,'=1+1,,"));
    assert_non_null(strstr(text, "\nP1,Person,\"Jan \"\"de Lange\"\" de Boer, jr\",Suspect,"));
    assert_non_null(strstr(text, "power_theft; power_theft 2024-01-31"));
    assert_non_null(strstr(text, "two lines and, more"));
    spil_free(text);
    (void)snprintf(path, sizeof path, "%s/links.csv", c->folder);
    text = read_whole(path);
    assert_non_null(strstr(text, "\nP2,Person,''-,P1,Person,"));
    assert_non_null(strstr(text, ",met,met,Confirmed,1,none,,,"));
    assert_non_null(strstr(text, ",directs,\"is, \"\"boss\"\"\",Tentative,"));
    spil_free(text);
}

static void spil_load__rejects_rows_of_files_that_are_not_known(void **state)
{
    t_case *const c = *state;
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define SOURCES                                                                                    \
    "spil_source,path,loader,options,grade,owner,basis,purpose,keep_until,rows,accepted,"          \
    "rejected,merged\n"
    static const char *const parts[] = {
        "entity person P1 'Jan'",
        "reject e.csv:3 [spil_source] '" DIGEST
        "' is no file that this case knows; expected one of ",
        "reject e.csv:4 [spil_source] 'x' is no file",
        "reject e.csv:5 [kind] 'dog' is no kind of entity",
        "reject s.csv:2 [sha256] 'abc' is no SHA-256 digest",
        "reject s.csv:3 [rows] rows, accepted, rejected and merged do not add up",
        "reject s.csv:4 [grade] 'Z9' is no Admiralty code",
        "reject a.csv:2 [entity] no entity has the key 'P7'",
        "drop a.csv [nationality] 1"};
    const char *const paths[] = {
        t_case_text(c, "e.csv",
                    "id,kind,name,type,spil_source,spil_line\nP1,person,Jan,,,\n"
                    "P2,person,Piet,," DIGEST ",1\nP3,person,Kees,,x,1\nP4,dog,Fik,,,\n"),
        t_case_text(c, "s.csv",
                    SOURCES "abc,p,native,{},,,,,,0,0,0,0\n" DIGEST
                            ",p,native,{},,,,,,9,1,1,0\n" DIGEST ",p,native,{},Z9,,,,,2,1,1,0\n"),
        t_case_text(c, "a.csv",
                    "entity,attribute,value,spil_source,spil_line\nP7,a,b,,\n"
                    "P1,nationality,NL,,\n")};
    t_case_assert_imported(c, t_case_import(c, paths, 3));
    t_case_assert_parts(c, parts, sizeof parts / sizeof *parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(export_csv__read_again_is_the_same_case),
        T_CASE(export_ftm__read_again_is_the_same_case),
        T_CASE(export_ftm__an_entity_with_much_to_say_takes_several_lines),
        T_CASE(export_neo4j__read_again_is_the_same_network),
        T_CASE(export_i2__has_a_line_a_row_and_no_formula),
        T_CASE(export__keeps_keyed_hashes_and_no_numbers),
        T_CASE(export__the_same_case_gives_the_same_bytes_and_no_formula),
        T_CASE(spil_load__rejects_rows_of_files_that_are_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
