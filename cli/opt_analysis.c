/* opt_analysis.c - the options of an analysis (opt_groups.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/opt_groups.h"
#include "cli/show.h"
#include "cli/suggest.h"

#include <string.h>

static struct {
    const char *seed, *draws, *runs, *resolution, *method, *as_of, *models, *deep, *threads;
    const char **without_rule; /* ends with NULL */
} given;

struct poptOption spil_community_options[] = {
    OPT_TEXT("seed", given.seed, "the same seed gives the same bytes (default: 1)", "N"),
    OPT_TEXT("runs", given.runs, "seeds of the communities, for stability (default: 20)", "N"),
    OPT_TEXT("resolution", given.resolution,
             "larger: more and smaller communities\n(default: what suits the size of the network)",
             "X"),
    OPT_TEXT("method", given.method, "leiden, cpm, two_mode, labels or consensus (default: leiden)",
             "NAME"),
    OPT_THREADS(given.threads),
    OPT_END,
};

struct poptOption spil_analysis_options[] = {
    OPT_GROUP(spil_community_options),
    OPT_TEXT("draws", given.draws, "draws over links and evidence (default: 200)", "N"),
    OPT_TEXT("as-of", given.as_of,
             "day from which the age of evidence counts\n"
             "(default: the newest date recorded)",
             "DATE"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_TEXT("deep", given.deep,
             "so many communities, those with the largest chance x harm, get\n"
             "steps, entities and actions; 0: all (default: 500)",
             "N"),
    OPT_GROUP(spil_scope_options),
    OPT_LIST("without-rule", given.without_rule,
             "do without a rule of the models (its id, or the name of its\n"
             "condition); may be given again",
             "NAME"),
    OPT_END,
};

static spil_status check_method(const char *name, spil_err *err)
{
    spil_suggestion near = spil_suggest_for(name);
    if (spil_community_method_find(name))
        return SPIL_OK;
    for (size_t i = 0; i < spil_community_method_count; i++)
        spil_suggest_weigh(&near, spil_community_methods[i]->name);
    return spil_fail(err, SPIL_USAGE, "--method: there is no community method '%s'%s%s%s", name,
                     near.best ? "; did you mean '" : "", near.best ? near.best : "",
                     near.best ? "'?" : "");
}

spil_status spil_analysis_given(spil_analysis_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t draws = opts->draws, runs = opts->runs, deep = opts->deep_most;
    TRY(spil_opt_uint("--seed", given.seed, 0, INT64_MAX, &opts->seed, err));
    TRY(spil_opt_uint("--draws", given.draws, 20, 100000, &draws, err));
    TRY(spil_opt_uint("--runs", given.runs, 1, 10000, &runs, err));
    TRY(spil_opt_uint("--deep", given.deep, 0, UINT32_MAX, &deep, err));
    TRY(spil_opt_double("--resolution", given.resolution, 0, 1000, &opts->resolution, err));
    TRY(spil_opt_day("--as-of", given.as_of, &opts->as_of, err));
    if (given.method) {
        TRY(check_method(given.method, err));
        opts->method = given.method;
    }
    TRY(spil_opt_threads(given.threads, err));
    opts->draws = (size_t)draws;
    opts->runs = (unsigned)runs;
    opts->deep_most = (size_t)deep;
    opts->models = given.models;
    opts->rules_off = given.without_rule;
    while (given.without_rule && given.without_rule[opts->rules_off_count])
        opts->rules_off_count++;
    opts->progress = spil_meter();
done:
    return rc;
}

/* ---- help ---- */

void spil_help_word(spil_str *out, size_t *column, const char *word, bool last)
{
    const size_t length = strlen(word) + 2;
    const bool wraps = *column + length > 80;
    spil_str_addf(out, "%s%s%s", *column == 0 ? "  " : (wraps ? "\n  " : " "), word,
                  last ? "\n" : ",");
    *column = (*column == 0 || wraps ? 2 : *column) + length;
}
