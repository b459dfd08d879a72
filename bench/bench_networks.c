/* bench_networks.c - dismantling and hidden ties on networks of others and on made-up ones.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     bench_networks [--data DIR] [--out FILE]
 *
 * dismantle: how many must go until every component is under 1% and 10% of the vertices (under two
 *            vertices on the small ones): adaptive degree and CoreHD as they were published, both
 * put back whoever can come back, generalised network dismantling, and the smallest of all. hidden:
 * a tenth of the links held out, 20 draws: area under the curve and precision. DIR (../shared/data)
 * holds the networks of others; without it they are skipped, loudly.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench/graphs.h"
#include "engine/base/mem.h"
#include "engine/base/vec.h"
#include "engine/interventions/dismantle.h"
#include "engine/interventions/hidden.h"
#include "engine/interventions/sets.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { DRAWS = 20 };

typedef struct bench {
    FILE *json;
    bool later; /* a row was written */
} bench;

/* ---- networks ---- */

typedef SPIL_VEC(spil_arc) arcs;

/* "from,to" or "from TAB to", numbers, a header or none; NULL: there is no such file. */
static spil_csr *read_edges(const char *path)
{
    FILE *const file = fopen(path, "r");
    arcs list = {0};
    spil_csr *g = NULL;
    char line[512];
    spil_vid n = 0;
    if (!file)
        return NULL;
    while (fgets(line, sizeof line, file)) {
        unsigned from, to;
        for (char *p = line; *p; p++)
            *p = isdigit((unsigned char)*p) || *p == '.' ? *p : ' ';
        if (sscanf(line, "%u %u", &from, &to) != 2)
            continue;
        if (VEC_PUSH(list, ((spil_arc){from, to, 1}), NULL) != SPIL_OK)
            break;
        n = from + 1 > n ? from + 1 : n;
        n = to + 1 > n ? to + 1 : n;
    }
    (void)fclose(file);
    if (spil_csr_build(&g, n, list.items, list.count, 0, NULL) != SPIL_OK)
        g = NULL;
    spil_free(list.items);
    return g;
}

/* A relationship file as Neo4j's importer reads it: ":START_ID,:END_ID,...", gzipped. False: there
 * is no such file. */
static bool read_relations(const char *path, arcs *out)
{
    char line[512];
    const gzFile file = gzopen(path, "r");
    if (!file)
        return false;
    while (gzgets(file, line, sizeof line)) {
        unsigned from, to;
        if (sscanf(line, "%u,%u", &from, &to) == 2 &&
            VEC_PUSH(*out, ((spil_arc){from, to, 1}), NULL) != SPIL_OK)
            break;
    }
    (void)gzclose(file);
    return true;
}

/* Numbers the ends anew: who has no link is nobody here. */
static spil_status compact(spil_csr **out, arcs *list, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *number = NULL, most = 0, n = 0;
    for (size_t i = 0; i < list->count; i++) {
        most = list->items[i].from > most ? list->items[i].from : most;
        most = list->items[i].to > most ? list->items[i].to : most;
    }
    TRY(NEW_ARRAY(number, (size_t)most + 1, err));
    for (size_t i = 0; i < list->count; i++) {
        spil_vid *const ends[] = {&list->items[i].from, &list->items[i].to};
        for (size_t k = 0; k < 2; k++) {
            if (number[*ends[k]] == 0)
                number[*ends[k]] = ++n;
            *ends[k] = number[*ends[k]] - 1;
        }
    }
    rc = spil_csr_build(out, n, list->items, list->count, 0, err);
done:
    spil_free(number);
    return rc;
}

/* ---- dismantling ---- */

/* The shortest prefix of the order after which no component is over the limit. */
static spil_status enough(const spil_csr *g, const spil_vid *order, size_t count, spil_vid limit,
                          size_t *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint8_t *gone = NULL;
    spil_sets s = {0};
    TRY(NEW_ARRAY(gone, g->n, err));
    TRY(spil_sets_new(&s, g->n, err));
    for (size_t i = 0; i < count; i++)
        gone[order[i]] = 1;
    for (spil_vid v = 0; v < g->n; v++)
        if (!gone[v])
            spil_sets_add_with_links(&s, g, v);
    for (*out = count; *out > 0; --*out) {
        spil_sets_add_with_links(&s, g, order[*out - 1]);
        if (s.largest > limit)
            break;
    }
done:
    spil_free(gone);
    spil_sets_free(&s);
    return rc;
}

static spil_status dismantle(bench *b, const char *name, const spil_csr *g, double share,
                             spil_err *err)
{
    enum { DEGREE, DEGREE_BACK, COREHD, COREHD_BACK, GND, SMALLEST, WAYS };
    static const char *const ways[WAYS] = {"degree",      "degree_back", "corehd",
                                           "corehd_back", "gnd",         "dismantle"};
    spil_status rc = SPIL_OK;
    spil_vid *order = NULL;
    size_t size[WAYS] = {0}, count = 0;
    spil_dismantler method = SPIL_BY_DEGREE;
    spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    const spil_vid limit = spil_dismantle_limit(g->n, share);
    TRY(NEW_ARRAY(order, g->n, err));
    TRY(spil_degree_order(g, NULL, &opts, order, &count, err));
    TRY(enough(g, order, count, limit, &size[DEGREE], err));
    TRY(spil_corehd_order(g, limit, &opts, order, &count, err));
    TRY(enough(g, order, count, limit, &size[COREHD], err));
    TRY(spil_dismantle(g, SPIL_BY_DEGREE, limit, &opts, order, &size[DEGREE_BACK], err));
    TRY(spil_dismantle(g, SPIL_BY_COREHD, limit, &opts, order, &size[COREHD_BACK], err));
    TRY(spil_dismantle(g, SPIL_BY_GND, limit, &opts, order, &size[GND], err));
    TRY(spil_dismantle_best(g, limit, &opts, order, &size[SMALLEST], &method, err));
    (void)printf("%-22s n %6u m %7llu limit %4u ", name, g->n, (unsigned long long)g->m, limit);
    (void)fprintf(b->json,
                  "%s\n {\"bench\": \"dismantle\", \"network\": \"%s\", \"n\": %u, \"m\": %llu, "
                  "\"share\": %g, \"limit\": %u",
                  b->later ? "," : "", name, g->n, (unsigned long long)g->m, share, limit);
    for (int w = 0; w < WAYS; w++) {
        (void)printf(" %s %zu", ways[w], size[w]);
        (void)fprintf(b->json, ", \"%s\": %zu", ways[w], size[w]);
    }
    (void)printf(" (by %s)\n", spil_dismantler_names[method]);
    (void)fprintf(b->json, ", \"by\": \"%s\"}", spil_dismantler_names[method]);
    b->later = true;
    if (size[SMALLEST] > size[DEGREE] || size[SMALLEST] > size[COREHD])
        rc = spil_fail(err, SPIL_MATH, "%s: the set is larger than that of degree or CoreHD", name);
done:
    spil_free(order);
    return rc;
}

/* ---- hidden ties ---- */

static spil_status hidden(bench *b, const char *name, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double auc[SPIL_TIE_SCORES] = {0}, precision[SPIL_TIE_SCORES] = {0};
    const spil_hidden_opts opts = SPIL_HIDDEN_OPTS_DEFAULTS;
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        spil_tie_test result[SPIL_TIE_SCORES];
        TRY(spil_ties_test(g, 0.1, draw, &opts, result, err));
        for (int by = 0; by < SPIL_TIE_SCORES; by++) {
            auc[by] += result[by].auc / DRAWS;
            precision[by] += result[by].precision / DRAWS;
        }
    }
    (void)printf("%-22s", name);
    for (int by = 0; by < SPIL_TIE_SCORES; by++) {
        (void)printf("  %s %.3f / %.3f", spil_tie_score_names[by], auc[by], precision[by]);
        (void)fprintf(b->json,
                      "%s\n {\"bench\": \"hidden_ties\", \"network\": \"%s\", \"score\": \"%s\", "
                      "\"held_out\": 0.1, \"draws\": %d, \"auc\": %.6f, \"precision\": %.6f}",
                      b->later ? "," : "", name, spil_tie_score_names[by], DRAWS, auc[by],
                      precision[by]);
        b->later = true;
    }
    (void)printf("\n");
done:
    return rc;
}

/* ---- all ---- */

static const char *const files[] = {"montagna/meetings_edgelist.tsv",
                                    "covert/cocaine_dealing.edges.csv",
                                    "covert/heroin_dealing.edges.csv", "covert/hijackers.edges.csv",
                                    "covert/italian_gangs.edges.csv"};

static spil_status run_real(bench *b, const char *data, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/%s", data, files[f]);
        spil_csr *const g = read_edges(path);
        if (!g) {
            (void)fprintf(stderr, "SKIPPED: there is no %s\n", path);
            continue;
        }
        rc = dismantle(b, files[f], g, 0.01, err);
        if (rc == SPIL_OK)
            rc = dismantle(b, files[f], g, 0.1, err);
        if (rc == SPIL_OK)
            rc = hidden(b, files[f], g, err);
        spil_csr_free(g);
        TRY(rc);
    }
done:
    return rc;
}

/* The POLE example: who knows whom, and everything that is linked. */
static spil_status run_pole(bench *b, const char *data, spil_err *err)
{
    static const char *const types[] = {
        "KNOWS",           "KNOWS_LW",        "KNOWS_PHONE",      "KNOWS_SN",    "FAMILY_REL",
        "CALLED",          "CALLER",          "CURRENT_ADDRESS",  "HAS_EMAIL",   "HAS_PHONE",
        "HAS_POSTCODE",    "INVOLVED_IN",     "LOCATION_IN_AREA", "OCCURRED_AT", "PARTY_TO",
        "INVESTIGATED_BY", "POSTCODE_IN_AREA"};
    enum { AMONG_PERSONS = 5, ALL = sizeof types / sizeof *types };
    static const struct {
        const char *name;
        size_t types;
    } networks[] = {{"pole, persons", AMONG_PERSONS}, {"pole, everything", ALL}};
    spil_status rc = SPIL_OK;
    arcs list = {0};
    spil_csr *g = NULL;
    for (size_t k = 0; k < 2; k++) {
        list.count = 0;
        for (size_t t = 0; t < networks[k].types; t++) {
            char path[512];
            (void)snprintf(path, sizeof path, "%s/pole/crime-investigation.relationships.%s.csv.gz",
                           data, types[t]);
            if (!read_relations(path, &list)) {
                (void)fprintf(stderr, "SKIPPED: there is no %s\n", path);
                goto done;
            }
        }
        TRY(compact(&g, &list, err));
        TRY(dismantle(b, networks[k].name, g, 0.01, err));
        if (k == 0) {
            TRY(dismantle(b, networks[k].name, g, 0.1, err));
            TRY(hidden(b, networks[k].name, g, err));
        }
        spil_csr_free(g);
        g = NULL;
    }
done:
    spil_csr_free(g);
    spil_free(list.items);
    return rc;
}

static spil_status run_made(bench *b, spil_err *err)
{
    static const spil_vid sizes[] = {2000, 20000};
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < 2; i++) {
        char name[40];
        spil_csr *g = NULL;
        TRY(bench_graph(&g, sizes[i], 4, 1, 0, err));
        (void)snprintf(name, sizeof name, "made up, %u", sizes[i]);
        rc = dismantle(b, name, g, 0.01, err);
        spil_csr_free(g);
        TRY(rc);
    }
done:
    return rc;
}

int main(int argc, char **argv)
{
    const char *data = "../shared/data", *out = "build/bench/networks.json";
    spil_err err = SPIL_ERR_INIT;
    bench b = {0};
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--data") == 0)
            data = argv[i + 1];
        else if (strcmp(argv[i], "--out") == 0)
            out = argv[i + 1];
    }
    b.json = fopen(out, "w");
    if (!b.json) {
        perror(out);
        return 4;
    }
    (void)fputs("[", b.json);
    spil_status rc = run_real(&b, data, &err);
    if (rc == SPIL_OK)
        rc = run_pole(&b, data, &err);
    if (rc == SPIL_OK)
        rc = run_made(&b, &err);
    (void)fputs("\n]\n", b.json);
    if (fclose(b.json) != 0 && rc == SPIL_OK)
        rc = spil_fail(&err, SPIL_IO, "%s: could not be written", out);
    if (rc != SPIL_OK)
        (void)fprintf(stderr, "bench_networks: %s\n", err.msg);
    return spil_status_exit(rc);
}
