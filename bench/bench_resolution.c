/* bench_resolution.c - resolution on populations whose truth is known: recall, precision, F1 beside
 * exact matching; over seeds, as records get worse, by threshold; the best that any rule could do;
 * and how long a million persons take. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     bench_resolution [--persons N] [--seed S] [--seeds K] [--large N] [--large-seeds K]
 *                      [--misses N] [--table NAME] [--out FILE]
 *
 * Seeds are S, S + 1, ... Prints tables and writes FILE (build/bench/resolution.json). Pairs are
 * counted, kind by kind: right where both records are of one person in truth and in one cluster.
 * The exact match joins records with the same folded name and the same hash of the date of birth
 * or the same address. The ceiling: ceiling.h. --misses: the N commonest ways to miss a pair or to
 * merge a wrong one (misses.h). --table: one table alone, by its name in FILE.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench/ceiling.h"
#include "bench/misses.h"
#include "bench/population.h"
#include "engine/base/par.h"
#include "engine/resolution/fold.h"
#include "engine/resolution/resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef struct options {
    uint64_t persons, large, seed, seeds, large_seeds, misses;
    const char *out, *table; /* table: this one alone */
} options;

typedef struct measured {
    double right, wrong, missed, recall, precision, f1;
} measured;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Of all threads, in seconds: what the machine's other work cannot blur. */
static double processor(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           1e-6 * (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

/* ---- pairs: entities sorted by (group, truth) ---- */

typedef struct label {
    uint32_t group, truth;
} label;

static int by_group(const void *left, const void *right)
{
    const label *const a = left, *const b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return (a->truth > b->truth) - (a->truth < b->truth);
}

/* Pairs within groups, and those of them within a truth. */
static void count_pairs(label *labels, size_t count, double *pairs, double *right)
{
    qsort(labels, count, sizeof *labels, by_group);
    *pairs = *right = 0;
    for (size_t i = 0, group = 0, truth = 0; i < count; i++) {
        const bool same_group = i > 0 && labels[i].group == labels[i - 1].group;
        const bool same_truth = same_group && labels[i].truth == labels[i - 1].truth;
        group = same_group ? group + 1 : 0;
        truth = same_truth ? truth + 1 : 0;
        *pairs += (double)group;
        *right += (double)truth;
    }
}

static spil_status measure(measured *out, const population *people, const uint32_t *group,
                           spil_entity_kind kind, spil_err *err)
{
    spil_status rc = SPIL_OK;
    label *labels = NULL;
    size_t count = 0;
    double pairs, right, all, same;
    TRY(NEW_ARRAY(labels, people->facts->entity_count, err));
    for (uint32_t e = 0; e < people->facts->entity_count; e++)
        if (people->facts->entities[e].kind == kind)
            labels[count++] = (label){group[e], people->same[e]};
    count_pairs(labels, count, &pairs, &right);
    for (size_t i = 0; i < count; i++)
        labels[i].group = labels[i].truth;
    count_pairs(labels, count, &all, &same);
    *out = (measured){.right = right, .wrong = pairs - right, .missed = all - right};
    out->recall = all > 0 ? right / all : 1;
    out->precision = pairs > 0 ? right / pairs : 1;
    out->f1 = pairs + all > 0 ? 2 * right / (pairs + all) : 1;
done:
    spil_free(labels);
    return rc;
}

static spil_status groups_of(uint32_t **out, const population *people,
                             const spil_resolution *resolution, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *group = NULL;
    TRY(NEW_ARRAY(group, people->facts->entity_count, err));
    for (uint32_t e = 0; e < people->facts->entity_count; e++)
        group[e] = e;
    for (size_t i = 0; i < resolution->merge_count; i++)
        group[resolution->merges[i].entity] = resolution->merges[i].cluster;
    *out = group;
done:
    return rc;
}

/* ---- exact matching ---- */

typedef struct exact {
    char name[64];
    uint32_t place; /* address, or a number of the hash above all of them */
    uint32_t entity;
} exact;

static int by_exact(const void *left, const void *right)
{
    const exact *const a = left, *const b = right;
    const int order = strcmp(a->name, b->name);
    if (order)
        return order;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static uint32_t root(uint32_t *group, uint32_t e)
{
    while (group[e] != e)
        e = group[e] = group[group[e]];
    return e;
}

static void add_row(exact *rows, size_t *count, const spil_facts *facts, uint32_t e, uint32_t place)
{
    exact *const it = &rows[(*count)++];
    spil_fold(facts->entities[e].label, it->name, sizeof it->name, false);
    it->place = place;
    it->entity = e;
}

static spil_status match_exactly(uint32_t **out, const population *people, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = people->facts;
    exact *rows = NULL;
    uint32_t *group = NULL;
    size_t count = 0;
    TRY(NEW_ARRAY(rows, facts->entity_count + facts->link_count, err));
    TRY(NEW_ARRAY(group, facts->entity_count, err));
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        group[e] = e;
        const char *const birth = spil_facts_attribute(facts, e, "birth_hash");
        if (birth && facts->entities[e].kind == SPIL_ENTITY_person)
            add_row(rows, &count, facts, e, UINT32_MAX - (uint32_t)strtoul(birth + 1, NULL, 10));
    }
    for (size_t i = 0; i < facts->link_count; i++)
        if (facts->links[i].kind == SPIL_LINK_lives_at)
            add_row(rows, &count, facts, facts->links[i].from, facts->links[i].to);
    qsort(rows, count, sizeof *rows, by_exact);
    for (size_t i = 1; i < count; i++)
        if (strcmp(rows[i].name, rows[i - 1].name) == 0 && rows[i].place == rows[i - 1].place)
            group[root(group, rows[i].entity)] = root(group, rows[i - 1].entity);
    for (uint32_t e = 0; e < facts->entity_count; e++)
        group[e] = root(group, e);
    *out = group;
    group = NULL;
done:
    spil_free(rows);
    spil_free(group);
    return rc;
}

/* ---- one row of the table ---- */

typedef struct result {
    measured person, company, address, exact;
    uint64_t records, doubtful, compared, entities;
    double seconds, processor;
} result;

/* What else is wanted of a run. */
typedef struct extras {
    double threshold;        /* 0: the default */
    bool baseline;           /* exact matching too */
    ceiling_counts *ceiling; /* NULL: not */
    size_t misses;           /* lines on what is missed */
} extras;

static spil_status run(result *out, const population_opts *opts, const extras *also, spil_err *err)
{
    spil_status rc = SPIL_OK;
    population people = {NULL, NULL};
    spil_resolution *resolution = NULL;
    uint32_t *group = NULL, *exactly = NULL;
    spil_resolve_opts resolve = SPIL_RESOLVE_OPTS_DEFAULTS;
    *out = (result){0};
    if (also->threshold > 0)
        resolve.threshold = also->threshold;
    if (also->misses)
        resolve.review = 0.02;
    TRY(population_make(&people, opts, err));
    const double begun = now(), worked = processor();
    TRY(spil_resolve_facts(&resolution, people.facts, NULL, 0, &resolve, err));
    out->seconds = now() - begun;
    out->processor = processor() - worked;
    TRY(groups_of(&group, &people, resolution, err));
    TRY(measure(&out->person, &people, group, SPIL_ENTITY_person, err));
    TRY(measure(&out->company, &people, group, SPIL_ENTITY_company, err));
    TRY(measure(&out->address, &people, group, SPIL_ENTITY_address, err));
    out->records = resolution->kinds[2].entities;
    out->doubtful = resolution->kinds[2].doubtful;
    out->compared = resolution->kinds[2].compared;
    out->entities = people.facts->entity_count;
    if (also->baseline) {
        TRY(match_exactly(&exactly, &people, err));
        TRY(measure(&out->exact, &people, exactly, SPIL_ENTITY_person, err));
    }
    if (also->misses)
        TRY(misses_print(stdout, &people, resolution, group, also->misses, err));
    if (also->ceiling)
        TRY(ceiling_count(also->ceiling, &people, resolution, err));
done:
    spil_free(group);
    spil_free(exactly);
    spil_resolution_free(resolution);
    population_free(&people);
    return rc;
}

/* ---- the tables: a row each in the output and in the file ---- */

typedef struct report {
    FILE *json;
    const options *o;
    bool begun; /* the file has a row */
} report;

static population_opts usual(const report *to, uint64_t seed)
{
    return (population_opts){.persons = to->o->persons,
                             .seed = seed,
                             .duplicates = 0.05,
                             .corruption = 1,
                             .births = true};
}

static void add_row_text(report *to, const char *table, const population_opts *opts,
                         const extras *also, const result *r)
{
    printf("%10.1f %7s  %.4f  %.4f  %.4f   %.4f  %.4f  %.4f  %8.0f %6.0f   %.4f  %.4f\n",
           opts->corruption, opts->births ? "yes" : "no", r->person.f1, r->person.recall,
           r->person.precision, r->exact.f1, r->exact.recall, r->exact.precision,
           (double)r->doubtful, r->person.wrong, r->company.f1, r->address.f1);
    fflush(stdout);
    fprintf(to->json,
            "%s    {\"table\": \"%s\", \"seed\": %llu, \"threshold\": %.3g, "
            "\"corruption\": %.2f, \"births\": %s, \"records\": %llu, \"f1\": %.6f, "
            "\"recall\": %.6f, \"precision\": %.6f, \"exact_f1\": %.6f, \"exact_recall\": %.6f, "
            "\"exact_precision\": %.6f, \"doubtful\": %llu, \"wrong\": %.0f, \"missed\": %.0f, "
            "\"company_f1\": %.6f, \"address_f1\": %.6f, \"seconds\": %.3f, "
            "\"processor_s\": %.3f, \"compared\": %llu}",
            to->begun ? ",\n" : "", table, (unsigned long long)opts->seed, also->threshold,
            opts->corruption, opts->births ? "true" : "false", (unsigned long long)r->records,
            r->person.f1, r->person.recall, r->person.precision, r->exact.f1, r->exact.recall,
            r->exact.precision, (unsigned long long)r->doubtful, r->person.wrong, r->person.missed,
            r->company.f1, r->address.f1, r->seconds, r->processor,
            (unsigned long long)r->compared);
    to->begun = true;
}

static void head(const char *title)
{
    printf(
        "\n%s\ncorruption  births      F1  recall  precis   exact:  F1  recall  precis  doubtful  "
        "wrong  firms F1  homes F1\n",
        title);
}

/* One kind of population; a table of its own. */
typedef struct variant {
    const char *name, *title;
    bool mild; /* the milder of the rates that no source states */
    uint32_t registers;
    bool mixed, no_links;
} variant;

static const variant variants[] = {
    {"seeds", "one register", false, 1, false, false},
    {"mild", "one register, milder (initials 25%, address missing 5%, birth missing 5%)", true, 1,
     false, false},
    {"registers", "three registers", false, 3, false, false},
    {"registers mild", "three registers, milder", true, 3, false, false},
    {"mixed", "three registers, each with members of each household", false, 3, true, false},
    {"no links", "one register, nobody linked", false, 1, false, true},
    {"registers, no links", "three registers, nobody linked", false, 3, false, true},
};

/* Populations of one kind, a seed each, and the ceiling of each. */
static spil_status by_seed(report *to, const variant *kind, spil_err *err)
{
    spil_status rc = SPIL_OK;
    population_rates mild = population_error_rates;
    ceiling_counts counts = {NULL};
    double sum = 0, least = 1, ceilings = 0;
    mild.initials = 0.25;
    mild.no_address = 0.05;
    mild.no_birth = 0.05;
    head(kind->title);
    for (uint64_t i = 0; i < to->o->seeds; i++) {
        population_opts opts = usual(to, to->o->seed + i);
        const extras also = {.baseline = true, .ceiling = &counts, .misses = to->o->misses};
        result r;
        ceiling best;
        opts.rates = kind->mild ? &mild : NULL;
        opts.registers = kind->registers;
        opts.mixed = kind->mixed;
        opts.no_links = kind->no_links;
        ceiling_free(&counts);
        TRY(run(&r, &opts, &also, err));
        add_row_text(to, kind->name, &opts, &also, &r);
        sum += r.person.f1;
        least = r.person.f1 < least ? r.person.f1 : least;
        TRY(ceiling_of(&best, &counts, err));
        printf("           ceiling  %.4f  %.4f  %.4f\n", best.f1, best.recall, best.precision);
        fprintf(to->json,
                ",\n    {\"table\": \"ceiling of %s\", \"seed\": %llu, \"f1\": %.6f, "
                "\"recall\": %.6f, \"precision\": %.6f}",
                kind->name, (unsigned long long)opts.seed, best.f1, best.recall, best.precision);
        ceilings += best.f1;
    }
    printf("F1: mean %.4f, least %.4f; ceiling: mean %.4f\n", sum / (double)to->o->seeds, least,
           ceilings / (double)to->o->seeds);
done:
    ceiling_free(&counts);
    return rc;
}

static spil_status by_corruption(report *to, spil_err *err)
{
    static const double corruption[] = {0, 0.5, 1, 1.5, 2, 3, 4};
    spil_status rc = SPIL_OK;
    head("as records get worse");
    for (size_t i = 0; i < 2 * sizeof corruption / sizeof *corruption; i++) {
        population_opts opts = usual(to, to->o->seed);
        const extras also = {.baseline = true};
        result r;
        opts.corruption = corruption[i / 2];
        opts.births = i % 2 == 0;
        TRY(run(&r, &opts, &also, err));
        add_row_text(to, "corruption", &opts, &also, &r);
    }
done:
    return rc;
}

static spil_status by_threshold(report *to, spil_err *err)
{
    static const double threshold[] = {0.5, 0.6, 0.7, 0.85, 0.95, 0.99};
    spil_status rc = SPIL_OK;
    head("by threshold: 0.5, 0.6, 0.7, 0.85, 0.95, 0.99");
    for (size_t i = 0; i < sizeof threshold / sizeof *threshold; i++) {
        const population_opts opts = usual(to, to->o->seed);
        const extras also = {.threshold = threshold[i], .baseline = true};
        result r;
        TRY(run(&r, &opts, &also, err));
        add_row_text(to, "threshold", &opts, &also, &r);
    }
done:
    return rc;
}

static spil_status large(report *to, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (uint64_t i = 0; to->o->large && i < to->o->large_seeds; i++) {
        population_opts opts = usual(to, to->o->seed + i);
        const extras also = {.baseline = true};
        struct rusage use;
        result r;
        if (i == 0)
            head("at large");
        opts.persons = to->o->large;
        TRY(run(&r, &opts, &also, err));
        getrusage(RUSAGE_SELF, &use);
        add_row_text(to, "large", &opts, &also, &r);
        printf(
            "    seed %llu: %llu entities, %.1f s, %.1f s of processor, %u threads, %.1f million "
            "pairs compared, %ld MB with people and baseline\n",
            (unsigned long long)opts.seed, (unsigned long long)r.entities, r.seconds, r.processor,
            spil_par_threads(), (double)r.compared / 1e6, use.ru_maxrss / 1024);
    }
done:
    return rc;
}

static bool wanted(const options *o, const char *table)
{
    return !o->table || strcmp(o->table, table) == 0;
}

static spil_status bench(const options *o, FILE *json, spil_err *err)
{
    spil_status rc = SPIL_OK;
    report to = {.json = json, .o = o};
    printf("%llu records of persons, 5%% of the persons twice\n", (unsigned long long)o->persons);
    fprintf(json, "{\"bench\": \"resolution\", \"seed\": %llu, \"rows\": [\n",
            (unsigned long long)o->seed);
    for (size_t v = 0; v < sizeof variants / sizeof *variants; v++)
        if (wanted(o, variants[v].name))
            TRY(by_seed(&to, &variants[v], err));
    if (wanted(o, "corruption"))
        TRY(by_corruption(&to, err));
    if (wanted(o, "threshold"))
        TRY(by_threshold(&to, err));
    if (wanted(o, "large"))
        TRY(large(&to, err));
    fprintf(json, "\n  ]}\n");
done:
    return rc;
}

int main(int argc, char **argv)
{
    options o = {.persons = 50000,
                 .large = 1000000,
                 .seed = 21, /* the method was made on 1 to 4 */
                 .seeds = 5,
                 .large_seeds = 2,
                 .out = "build/bench/resolution.json"};
    spil_err err = SPIL_ERR_INIT;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--persons") == 0)
            o.persons = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--large") == 0)
            o.large = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--seeds") == 0)
            o.seeds = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--large-seeds") == 0)
            o.large_seeds = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--table") == 0)
            o.table = argv[i + 1];
        else if (strcmp(argv[i], "--misses") == 0)
            o.misses = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0)
            o.seed = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--out") == 0)
            o.out = argv[i + 1];
    }
    FILE *const json = fopen(o.out, "w");
    if (!json) {
        fprintf(stderr, "bench_resolution: %s cannot be written\n", o.out);
        return 1;
    }
    const spil_status rc = bench(&o, json, &err);
    if (rc != SPIL_OK)
        fprintf(stderr, "bench_resolution: %s\n", err.msg);
    return fclose(json) != 0 || rc != SPIL_OK;
}
