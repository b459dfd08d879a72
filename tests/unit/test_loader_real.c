/* test_loader_real.c - networks that nobody here made: counts against the files themselves and
 * against published figures. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The data lie beside the project and are no part of it; without them the tests say so.
 */
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#define DATA "../shared/data/"

static bool absent(const char *path)
{
    if (access(path, R_OK) == 0)
        return false;
    (void)fprintf(stderr, "SKIPPED: %s IS NOT THERE\n", path);
    return true;
}

/* ---- a graph export of 28 files ---- */

enum { MOST_FILES = 64 };

typedef struct file_list {
    char names[MOST_FILES][200];
    const char *paths[MOST_FILES];
    size_t count;
} file_list;

static void list_files(file_list *list, const char *folder)
{
    DIR *const d = opendir(folder);
    assert_non_null(d);
    for (const struct dirent *e = readdir(d); e; e = readdir(d))
        if (strstr(e->d_name, ".csv.gz")) {
            assert_true(list->count < MOST_FILES);
            char *const name = list->names[list->count];
            (void)snprintf(name, sizeof list->names[0], "%s/%.120s", folder, e->d_name);
            list->paths[list->count++] = name;
        }
    (void)closedir(d);
}

/* Lines behind the header; the files hold no line ends within quotes. */
static uint64_t count_lines(const char *path)
{
    const gzFile file = gzopen(path, "rb");
    uint64_t lines = 0;
    int byte;
    while ((byte = gzgetc(file)) >= 0)
        lines += byte == '\n';
    (void)gzclose(file);
    return lines - 1;
}

/* The word of the file's name: ".nodes.Crime.csv.gz" */
static void word_of(const char *path, char out[64])
{
    const char *at = strstr(path, ".nodes.");
    at = at ? at + 7 : strstr(path, ".relationships.") + 15;
    (void)snprintf(out, 64, "%.*s", (int)strcspn(at, "."), at);
}

static uint64_t count_type(const spil_facts *facts, const char *word)
{
    uint64_t found = 0;
    for (size_t i = 0; i < facts->entity_count; i++)
        found += strcmp(facts->entities[i].type, word) == 0;
    for (size_t i = 0; i < facts->link_count; i++)
        found += strcmp(facts->links[i].type, word) == 0;
    return found;
}

static void import__counts_of_a_graph_export_equal_its_lines(void **state)
{
    t_case *const c = *state;
    if (absent(DATA "pole"))
        skip();
    static file_list list;
    list_files(&list, DATA "pole");
    t_case_assert_imported(c, t_case_import(c, list.paths, list.count));
    spil_err err;
    spil_facts *facts = NULL;
    assert_ok(spil_store_load_facts(&facts, c->store, &err));
    assert_int_equal(facts->entity_count, 61521);
    assert_int_equal(facts->link_count, 105840);
    for (size_t i = 0; i < list.count; i++) {
        char word[64];
        word_of(list.paths[i], word);
        assert_int_equal(count_type(facts, word), count_lines(list.paths[i]));
    }
    for (size_t i = 0; i < facts->entity_count; i++) {
        const spil_entity *const e = &facts->entities[i];
        if (strcmp(e->type, "Officer") == 0)
            assert_int_equal(e->kind, SPIL_ENTITY_official);
        if (strcmp(e->type, "Crime") == 0)
            assert_int_equal(e->kind, SPIL_ENTITY_event);
    }
    for (size_t i = 0; i < facts->attribute_count; i++)
        assert_true(strcmp(facts->attributes[i].name, "nhs_no") != 0 &&
                    strcmp(facts->attributes[i].name, "age") != 0);
    spil_facts_free(facts);
}

/* ---- lists of pairs ---- */

static void import__counts_of_covert_networks_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint64_t entities, links, rejected;
    } cases[] = {{"cocaine_dealing", 28, 40, 0},
                 {"heroin_dealing", 38, 87, 0},
                 {"hijackers", 60, 125, 1}, /* line 89 is a loop */
                 {"italian_gangs", 67, 114, 0}};
    if (absent(DATA "covert"))
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        t_case c;
        char edges[100], nodes[100];
        (void)snprintf(edges, sizeof edges, DATA "covert/%s.edges.csv", cases[i].name);
        (void)snprintf(nodes, sizeof nodes, DATA "covert/%s.nodes.csv", cases[i].name);
        t_case_open(&c);
        const char *const paths[] = {edges, nodes};
        t_case_assert_imported(&c, t_case_import(&c, paths, 2));
        assert_int_equal(c.summary->files[0].entities, cases[i].entities);
        assert_int_equal(c.summary->files[1].entities, 0);
        assert_int_equal(c.summary->files[1].links, cases[i].links);
        assert_int_equal(c.summary->files[1].rejected, cases[i].rejected);
        t_case_close(&c);
    }
}

/* Cavallaro et al. 2020: 101 who met, 256 pairs; 33 pairs stand reversed too, 24 of them with
 * another weight, so that the sum of weights tells the rule. */
static void import__sums_of_meetings_follow_the_rule_of_merging(void **state)
{
    (void)state;
    static const struct {
        spil_merge rule;
        double sum;
    } cases[] = {{SPIL_MERGE_LAST, 369}, {SPIL_MERGE_FIRST, 396}, {SPIL_MERGE_SUM, 456}};
    if (absent(DATA "montagna/meetings_edgelist.tsv"))
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        t_case c;
        spil_err err;
        spil_facts *facts = NULL;
        t_case_open(&c);
        c.opts.merge = cases[i].rule;
        t_case_assert_imported(&c, t_case_import_one(&c, DATA "montagna/meetings_edgelist.tsv"));
        assert_non_null(strstr(c.summary->files[0].note,
                               "pairs that stood more than once: 33, with another weight: 24"));
        assert_ok(spil_store_load_facts(&facts, c.store, &err));
        assert_int_equal(facts->entity_count, 101);
        assert_int_equal(facts->link_count, 256);
        double sum = 0;
        for (size_t l = 0; l < facts->link_count; l++)
            sum += facts->links[l].weight;
        assert_close(sum, cases[i].sum, 0);
        spil_facts_free(facts);
        t_case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(import__counts_of_a_graph_export_equal_its_lines),
        T(import__counts_of_covert_networks_are_the_published_ones),
        T(import__sums_of_meetings_follow_the_rule_of_merging),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
