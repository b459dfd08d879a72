/* test_loader_graph.c - networks of other programs: GraphML, Pajek, UCINET DL.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define KEYS                                                                                       \
    "<key id=\"a\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>"                        \
    "<key id=\"b\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>"                         \
    "<key id=\"c\" for=\"node\" attr.name=\"nationality\" attr.type=\"string\"/>"                  \
    "<key id=\"d\" for=\"node\" attr.name=\"score\" attr.type=\"double\"/>"                        \
    "<key id=\"e\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>"                       \
    "<key id=\"f\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>"                         \
    "<key id=\"g\" for=\"edge\" attr.name=\"since\" attr.type=\"string\"/>"                        \
    "<key id=\"h\" for=\"edge\" attr.name=\"colour\" attr.type=\"string\"/>"
#define NODES                                                                                      \
    "<node id=\"P1\"><data key=\"a\">Jan &amp; co</data><data key=\"b\">person</data>"             \
    "<data key=\"c\">nl</data><data key=\"d\">1.5</data></node>"                                   \
    "<node id=\"C1\"><data key=\"a\">Acme BV</data><data key=\"b\">company</data></node>"          \
    "<node id=\"X1\"><data key=\"b\">gang</data></node>"
#define EDGES                                                                                      \
    "<edge source=\"P1\" target=\"C1\"><data key=\"e\">2</data><data key=\"f\">directs</data>"     \
    "<data key=\"g\">2020-01-31</data></edge>"                                                     \
    "<edge source=\"P1\" target=\"X1\"><data key=\"e\">-1</data></edge>"                           \
    "<edge source=\"P1\" target=\"X1\"><data key=\"f\">member of</data>"                           \
    "<data key=\"h\">red</data></edge><edge source=\"P1\" target=\"P1\"/>"                         \
    "<edge source=\"P1\" target=\"X1\"><data key=\"g\">soon</data></edge>"
#define GRAPHML(head, nodes)                                                                       \
    head "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">" KEYS                          \
         "<graph edgedefault=\"directed\">" nodes "</graph></graphml>\n"

static void graphml_load__takes_kinds_weights_and_attributes(void **state)
{
    t_case *const c = *state;
    c->opts.link_kind = SPIL_LINK_met;
    t_case_assert_imported(
        c, t_case_import_one(c, t_case_text(c, "x.graphml", GRAPHML(HEAD, NODES EDGES))));
    t_case_assert(c,
                  "entity company C1 'Acme BV' type ''\n"
                  "entity person P1 'Jan & co' type ''\nP1.score = 1.5\n"
                  "entity person X1 '' type 'gang'\n"
                  "link P1 -> C1 directs '' w 2 c 1 since '2020-01-31' until ''\n"
                  "link P1 -> X1 met 'member of' w 1 c 1 since '' until ''\n"
                  "reject x.graphml:5 [weight] '-1' found, expected a number above 0 | from=1 to=3 "
                  "weight=-1\n"
                  "reject x.graphml:7 [] loop: a vertex is linked to itself; expected two "
                  "different ones | from=1 to=1\n"
                  "reject x.graphml:8 [since] 'soon' is no date that exists; expected 2024-12-31, "
                  "31-12-2024, 31/12/24 or 20241231 | from=1 to=3 since=soon\n"
                  "drop x.graphml [nationality] 1\ndrop x.graphml [colour] 1\n");
    assert_int_equal(c->summary->files[0].rows, 8);
    assert_int_equal(c->summary->files[0].rejected, 3);
}

static void graphml_load__takes_names_where_ids_are_mere_numbers(void **state)
{
    t_case *const c = *state;
    static const char *const parts[] = {"entity person Jan 'Jan'", "link Jan -> Piet related"};
    t_case_assert_imported(
        c, t_case_import_one(
               c, t_case_text(c, "x.graphml",
                              GRAPHML("", "<node id=\"n0\"><data key=\"a\">Jan</data></node>"
                                          "<node id=\"n1\"><data key=\"a\">Piet</data></node>"
                                          "<edge source=\"n0\" target=\"n1\"/>"))));
    t_case_assert_parts(c, parts, 2);
    t_case_assert_imported(
        c, t_case_import_one(
               c, t_case_text(c, "y.graphml", GRAPHML("", "<node id=\"n0\"/><node id=\"n1\"/>"))));
    assert_string_equal(c->summary->files[0].note,
                        "keys are n0, n1, ...: another such file would be taken for the same "
                        "entities");
}

static void graphml_load__names_a_vertex_by_its_label_where_it_has_no_name(void **state)
{
    t_case *const c = *state;
    static const char text[] =
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
        "<key id=\"a\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>"
        "<key id=\"b\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>"
        "<graph edgedefault=\"directed\"><node id=\"p\"><data key=\"a\">J.</data>"
        "<data key=\"b\">Jan</data></node>"
        "<node id=\"q\"><data key=\"a\">Piet</data></node></graph></graphml>";
    t_case_assert_imported(c, t_case_import_one(c, t_case_text(c, "x.graphml", text)));
    t_case_assert(c, "entity person p 'Jan' type ''\np.label = J.\n"
                     "entity person q 'Piet' type ''\n");
}

static void graphml_load__refuses_what_could_pull_in_other_files(void **state)
{
    t_case *const c = *state;
    static const char *const docs[] = {
        GRAPHML("<?xml version=\"1.0\"?><!DOCTYPE graphml [<!ENTITY x SYSTEM "
                "\"file:///etc/passwd\">]>\n",
                "<node id=\"&x;\"/>"),
        GRAPHML("<!doctype graphml SYSTEM \"http://localhost/x.dtd\">", NODES)};
    for (size_t i = 0; i < 2; i++)
        t_case_assert_refused(c, t_case_write(c, "x.graphml", docs[i], strlen(docs[i])), SPIL_INPUT,
                              "a document type can pull in other files");
    t_case_assert_refused(
        c, t_case_text(c, "x.graphml", GRAPHML("<?xml version='1.0' encoding='UTF-7'?>", NODES)),
        SPIL_INPUT, "the encoding that the XML declares is not taken");
    t_case_assert_refused(c, t_case_text(c, "x.graphml", "<graphml>\0<graph/></graphml>"),
                          SPIL_INPUT, "a zero byte stands in the XML");
    t_case_assert_refused(c, t_case_text(c, "x.graphml", "<graphml><graph><node id=\"a\""),
                          SPIL_INPUT, "x.graphml: cannot be read: ");
    t_case_assert_refused(c, t_case_text(c, "x.xml", "<html></html>"), SPIL_INPUT,
                          "of XML, GraphML alone is read");
}

#define PAJEK                                                                                      \
    "% a comment\n*Vertices 3\n1 \"Jan de Boer\"\n2 \"Piet\"\n3 \"Ren\xe9\"\n*Arcs\n1 2 3\n2 1 "   \
    "1\n"                                                                                          \
    "*Edges\n2 3 0.5\n"

static void pajek_load__joins_pairs_and_reads_windows_1252(void **state)
{
    t_case *const c = *state;
    c->opts.merge = SPIL_MERGE_SUM;
    t_case_assert_imported(c, t_case_import_one(c, t_case_text(c, "x.net", PAJEK)));
    t_case_assert(c, "entity person Jan de Boer 'Jan de Boer' type ''\n"
                     "entity person Piet 'Piet' type ''\n"
                     "entity person Ren\xc3\xa9 'Ren\xc3\xa9' type ''\n"
                     "link Jan de Boer -> Piet related '' w 4 c 1 since '' until ''\n"
                     "link Piet -> Ren\xc3\xa9 related '' w 0.5 c 1 since '' until ''\n");
    assert_int_equal(c->summary->files[0].rows, 6);
    assert_int_equal(c->summary->files[0].merged, 1);
    t_case_assert_refused(c, t_case_text(c, "b.net", "*Vertices 4000000000\n"), SPIL_LIMIT,
                          "it announces 4000000000 vertices, more than the limit of 5000000");
    t_case_assert_refused(c, t_case_text(c, "e.net", "*Vertices 2\n*Edges\n1 9\n"), SPIL_INPUT,
                          "e.net: cannot be read: ");
}

static void dl_load__reads_lists_and_matrices(void **state)
{
    t_case *const c = *state;
    static const char *const parts[] = {"entity person anna 'anna'", "link anna -> bob met '' w 2 ",
                                        "link bob -> carl met '' w 1 ",
                                        "link dora -> evi met '' w 1 "};
    c->opts.link_kind = SPIL_LINK_met;
    t_case_assert_imported(
        c, t_case_import_one(c, t_case_text(c, "x.dl",
                                            "DL n=3\nformat = edgelist1\nlabels embedded\ndata:\n"
                                            "anna bob 2\nbob carl\n")));
    t_case_assert_imported(
        c, t_case_import_one(c, t_case_text(c, "y.dl",
                                            "dl n=2 format=fullmatrix\nlabels:\ndora,evi\ndata:\n"
                                            "0 1\n1 0\n")));
    t_case_assert_parts(c, parts, 4);
    t_case_assert_refused(c,
                          t_case_text(c, "b.dl", "dl n=2000000000 format=edgelist1\ndata:\n1 2\n"),
                          SPIL_LIMIT, "it announces 2000000000 vertices");
    t_case_assert_refused(c, t_case_text(c, "e.dl", "dl n=2\ndata:\n0 x\n"), SPIL_INPUT,
                          "e.dl: cannot be read: ");
}

static void graph_load__leaves_nothing_in_memory_whichever_allocation_fails(void **state)
{
    t_case *const c = *state;
    const char *const path = t_case_text(c, "x.graphml", GRAPHML(HEAD, NODES EDGES));
    const int64_t live = spil_mem_live();
    spil_status rc = SPIL_NO_MEMORY;
    for (int64_t k = 1; rc != SPIL_OK && k < 5000; k++) {
        spil_mem_fail_after(k);
        rc = t_case_import_one(c, path);
        spil_mem_fail_after(0);
        if (rc != SPIL_OK && rc != SPIL_NO_MEMORY)
            fail_msg("%lld: %s", (long long)k, c->err.msg);
    }
    assert_int_equal(rc, SPIL_OK);
    assert_true(spil_mem_live() >= live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(graphml_load__takes_kinds_weights_and_attributes),
        T_CASE(graphml_load__takes_names_where_ids_are_mere_numbers),
        T_CASE(graphml_load__names_a_vertex_by_its_label_where_it_has_no_name),
        T_CASE(graphml_load__refuses_what_could_pull_in_other_files),
        T_CASE(pajek_load__joins_pairs_and_reads_windows_1252),
        T_CASE(dl_load__reads_lists_and_matrices),
        T_CASE(graph_load__leaves_nothing_in_memory_whichever_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
