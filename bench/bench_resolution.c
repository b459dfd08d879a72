/* bench_resolution.c - resolution on a population whose truth is known: recall, precision, F1
 * beside exact matching, as records get worse; and how long a million persons take.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     bench_resolution [--persons N] [--large N] [--seed S] [--out FILE]
 *
 * Prints tables and writes FILE (build/bench/resolution.json). Pairs are counted, kind by kind:
 * right where both records are of one person in truth and in one cluster. The exact match joins
 * records with the same folded name and the same hash of the date of birth or the same address.
 */
#define _POSIX_C_SOURCE 200809L
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
    uint64_t persons, large, seed;
    const char *out;
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

static spil_status run(result *out, const population_opts *opts, bool baseline, spil_err *err)
{
    spil_status rc = SPIL_OK;
    population people = {NULL, NULL};
    spil_resolution *resolution = NULL;
    uint32_t *group = NULL, *exactly = NULL;
    spil_resolve_opts resolve = SPIL_RESOLVE_OPTS_DEFAULTS;
    *out = (result){0};
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
    if (baseline) {
        TRY(match_exactly(&exactly, &people, err));
        TRY(measure(&out->exact, &people, exactly, SPIL_ENTITY_person, err));
    }
done:
    spil_free(group);
    spil_free(exactly);
    spil_resolution_free(resolution);
    population_free(&people);
    return rc;
}

static void add_row_text(FILE *json, const population_opts *opts, const result *r, bool first)
{
    printf("%10.1f %7s  %.4f  %.4f  %.4f   %.4f  %.4f  %.4f  %8.0f %6.0f   %.4f  %.4f\n",
           opts->corruption, opts->births ? "yes" : "no", r->person.f1, r->person.recall,
           r->person.precision, r->exact.f1, r->exact.recall, r->exact.precision,
           (double)r->doubtful, r->person.wrong, r->company.f1, r->address.f1);
    fflush(stdout);
    fprintf(json,
            "%s    {\"corruption\": %.2f, \"births\": %s, \"records\": %llu, \"f1\": %.6f, "
            "\"recall\": %.6f, \"precision\": %.6f, \"exact_f1\": %.6f, \"exact_recall\": %.6f, "
            "\"exact_precision\": %.6f, \"doubtful\": %llu, \"wrong\": %.0f, \"missed\": %.0f, "
            "\"company_f1\": %.6f, \"address_f1\": %.6f, \"seconds\": %.3f}",
            first ? "" : ",\n", opts->corruption, opts->births ? "true" : "false",
            (unsigned long long)r->records, r->person.f1, r->person.recall, r->person.precision,
            r->exact.f1, r->exact.recall, r->exact.precision, (unsigned long long)r->doubtful,
            r->person.wrong, r->person.missed, r->company.f1, r->address.f1, r->seconds);
}

static spil_status bench(const options *o, FILE *json, spil_err *err)
{
    static const double corruption[] = {0, 0.5, 1, 1.5, 2, 3, 4};
    spil_status rc = SPIL_OK;
    result r;
    printf("%llu records of persons, 5%% of the persons twice\n"
           "corruption  births      F1  recall  precis   exact:  F1  recall  precis  doubtful  "
           "wrong  firms F1  homes F1\n",
           (unsigned long long)o->persons);
    fprintf(json, "{\"bench\": \"resolution\", \"seed\": %llu, \"rows\": [\n",
            (unsigned long long)o->seed);
    for (size_t i = 0; i < 2 * sizeof corruption / sizeof *corruption; i++) {
        const population_opts opts = {.persons = o->persons,
                                      .seed = o->seed,
                                      .duplicates = 0.05,
                                      .corruption = corruption[i / 2],
                                      .births = i % 2 == 0};
        TRY(run(&r, &opts, true, err));
        add_row_text(json, &opts, &r, i == 0);
    }
    fprintf(json, "\n  ]");
    if (o->large) {
        const population_opts opts = {.persons = o->large,
                                      .seed = o->seed,
                                      .duplicates = 0.05,
                                      .corruption = 1,
                                      .births = true};
        struct rusage use;
        TRY(run(&r, &opts, false, err));
        getrusage(RUSAGE_SELF, &use);
        printf("%llu records of persons (%llu entities): %.1f s, %.1f s of processor, %u threads, "
               "%.1f million pairs "
               "compared, F1 %.4f, recall %.4f, precision %.4f, %ld MB\n",
               (unsigned long long)r.records, (unsigned long long)r.entities, r.seconds,
               r.processor, spil_par_threads(), (double)r.compared / 1e6, r.person.f1,
               r.person.recall, r.person.precision, use.ru_maxrss / 1024);
        fprintf(json,
                ",\n  \"large\": {\"records\": %llu, \"entities\": %llu, \"seconds\": %.2f, "
                "\"processor_s\": %.2f, \"threads\": %u, \"compared\": %llu, \"f1\": %.6f, "
                "\"recall\": %.6f, "
                "\"precision\": %.6f, \"peak_kb\": %ld}",
                (unsigned long long)r.records, (unsigned long long)r.entities, r.seconds,
                r.processor, spil_par_threads(), (unsigned long long)r.compared, r.person.f1,
                r.person.recall, r.person.precision, use.ru_maxrss);
    }
    fprintf(json, "}\n");
done:
    return rc;
}

int main(int argc, char **argv)
{
    options o = {
        .persons = 100000, .large = 1000000, .seed = 1, .out = "build/bench/resolution.json"};
    spil_err err = SPIL_ERR_INIT;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--persons") == 0)
            o.persons = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--large") == 0)
            o.large = strtoull(argv[i + 1], NULL, 10);
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
