/* main.c - spil-generate: a made-up region with planted criminal collaborations.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "datasets/generate/region.h"
#include "engine/base/text.h"

#include <popt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct arguments {
    char *out, *models, *persons, *seed, *communities;
    spil_gen_options options;
    int gzip, version, nothing_planted;
} arguments;

static const char about[] =
    "\nMakes a region that does not exist: persons.csv, addresses.csv, companies.csv, links.csv,\n"
    "roles.csv and signals.csv, with criminal collaborations planted in it that follow the "
    "barrier\n"
    "models, and truth/truth.csv and truth/truth.json that tell them. Same options, same bytes.\n"
    "Exit status: 0 done, 2 wrong use, 3 bad model, 4 disk or memory.\n";

static void stop(int signal_number)
{
    (void)signal_number;
    spil_request_stop();
}

static void show(const char *label, uint64_t done, uint64_t total, void *user)
{
    (void)user;
    if (label)
        (void)fprintf(stderr, "\r%s: %llu of %llu", label, (unsigned long long)done,
                      (unsigned long long)total);
    else
        (void)fputc('\n', stderr);
}

static spil_status parse_count(const char *name, const char *text, uint64_t *out, spil_err *err)
{
    if (!text || spil_parse_uint(text, UINT64_MAX - 1, out))
        return SPIL_OK;
    return spil_fail(err, SPIL_USAGE, "--%s '%s': a whole number, please", name, text);
}

static spil_status check(arguments *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!a->out)
        return spil_fail(err, SPIL_USAGE, "--out DIR is missing: where shall the files go?");
    TRY(parse_count("persons", a->persons, &a->options.persons, err));
    TRY(parse_count("seed", a->seed, &a->options.seed, err));
    TRY(parse_count("communities", a->communities, &a->options.communities, err));
    TRY(spil_gen_options_check(&a->options, err));
done:
    return rc;
}

static spil_status parse(arguments *a, int argc, const char **argv, spil_err *err)
{
    const struct poptOption table[] = {
        {"out", 'o', POPT_ARG_STRING, &a->out, 0, "folder to write to", "DIR"},
        {"persons", 'n', POPT_ARG_STRING, &a->persons, 0, "residents (300)", "N"},
        {"seed", 's', POPT_ARG_STRING, &a->seed, 0, "seed of the region (1)", "S"},
        {"communities", 'c', POPT_ARG_STRING, &a->communities, 0,
         "planted collaborations (one for each 150 persons)", "C"},
        {"missing-links", 0, POPT_ARG_DOUBLE, &a->options.missing_links, 0,
         "share of the links that nobody recorded (0.1)", "R"},
        {"missing-signals", 0, POPT_ARG_DOUBLE, &a->options.missing_signals, 0,
         "share of the signals and roles that nobody recorded (0.3)", "R"},
        {"false-signals", 0, POPT_ARG_DOUBLE, &a->options.false_signals, 0,
         "signals on the innocent; 1: as many as the models' ratios imply (0.5)", "R"},
        {"duplicates", 0, POPT_ARG_DOUBLE, &a->options.duplicates, 0,
         "share of the persons recorded twice (0.01)", "R"},
        {"decoys", 0, POPT_ARG_DOUBLE, &a->options.decoys, 0,
         "student houses, landlords, trust offices, ...; 1: the usual (1)", "R"},
        {"models", 'm', POPT_ARG_STRING, &a->models, 0, "folder of the barrier models", "DIR"},
        {"gzip", 'z', POPT_ARG_NONE, &a->gzip, 0, "write .csv.gz", NULL},
        {"version", 0, POPT_ARG_NONE, &a->version, 0, "print the version", NULL},
        POPT_AUTOHELP POPT_TABLEEND};
    spil_status rc = SPIL_OK;
    poptContext context = poptGetContext("spil-generate", argc, argv, table, 0);
    if (!context)
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory");
    poptSetOtherOptionHelp(context, "--out DIR [OPTION...]");
    if (argc < 2) {
        poptPrintHelp(context, stdout, 0);
        (void)fputs(about, stdout);
        a->nothing_planted = 1;
        goto done;
    }
    const int found = poptGetNextOpt(context);
    if (found < -1)
        rc = spil_fail(err, SPIL_USAGE, "%s: %s", poptBadOption(context, POPT_BADOPTION_NOALIAS),
                       poptStrerror(found));
    else if (poptPeekArg(context))
        rc = spil_fail(err, SPIL_USAGE, "'%s': no such argument", poptPeekArg(context));
    else if (!a->version)
        rc = check(a, err);
done:
    (void)poptFreeContext(context);
    return rc;
}

static spil_status generate(const arguments *a, spil_gen_counts *counts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_model_set *models = NULL;
    char *folder = NULL;
    spil_progress progress = {.show = isatty(STDERR_FILENO) ? show : NULL};
    if (!a->models)
        TRY(spil_model_folder(&folder, err));
    TRY(spil_model_set_read(&models, a->models ? a->models : folder, err));
    TRY(spil_gen_region(a->out, &a->options, models, a->gzip != 0, &progress, counts, err));
done:
    spil_model_set_free(models);
    spil_free(folder);
    return rc;
}

static void print_counts(const arguments *a, const spil_gen_counts *c)
{
    (void)printf("%s: %llu persons, %llu addresses, %llu companies, %llu links, %llu signals, "
                 "%llu roles; %llu collaborations planted\n",
                 a->out, (unsigned long long)c->persons, (unsigned long long)c->addresses,
                 (unsigned long long)c->companies, (unsigned long long)c->links,
                 (unsigned long long)c->signals, (unsigned long long)c->roles,
                 (unsigned long long)c->communities);
}

int main(int argc, char **argv)
{
    arguments a = {.options = SPIL_GEN_OPTIONS_DEFAULTS};
    spil_gen_counts counts = {0};
    spil_err err = SPIL_ERR_INIT;
    (void)sigaction(SIGINT, &(struct sigaction){.sa_handler = stop}, NULL);
    (void)sigaction(SIGTERM, &(struct sigaction){.sa_handler = stop}, NULL);
    spil_status rc = parse(&a, argc, (const char **)(void *)argv, &err);
    if (rc == SPIL_OK && a.version)
        (void)printf("spil-generate %s\n", SPIL_VERSION);
    else if (rc == SPIL_OK && !a.nothing_planted) {
        rc = generate(&a, &counts, &err);
        if (rc == SPIL_OK)
            print_counts(&a, &counts);
    }
    if (rc != SPIL_OK)
        (void)fprintf(stderr, "spil-generate: %s\n", err.msg);
    if (fflush(stdout) != 0 && rc == SPIL_OK)
        rc = SPIL_IO;
    free(a.out);
    free(a.models);
    free(a.persons);
    free(a.seed);
    free(a.communities);
    return spil_status_exit(rc);
}
