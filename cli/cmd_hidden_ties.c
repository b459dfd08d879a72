/* cmd_hidden_ties.c - `spil hidden-ties CASE.db`: ties that may be there though nobody recorded
 * them, and how well such guesses do here. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "cli/suggest.h"
#include "engine/base/mem.h"
#include "engine/graph/network.h"
#include "engine/interventions/hidden.h"
#include "engine/store/store.h"

#include <math.h>
#include <string.h>

static struct {
    const char *by, *top, *length, *beta, *test, *draws, *seed, *format, *threads;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("by", given.by,
             "highest first by: common, adamic, resource, katz or combined (default: combined)",
             "SCORE"),
    OPT_TEXT("top", given.top, "the first K pairs alone; 0: all (default: 20)", "K"),
    OPT_TEXT("length", given.length, "look at pairs within N links, 2 to 8 (default: 4)", "N"),
    OPT_TEXT("beta", given.beta, "Katz: what a link keeps of a walk (default: 0.05)", "B"),
    OPT_TEXT("test", given.test,
             "hold out this share of the links and say how well each score finds them", "SHARE"),
    OPT_TEXT("draws", given.draws, "draws of the test (default: 20)", "N"),
    OPT_TEXT("seed", given.seed, "of the test (default: 1)", "N"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_THREADS(given.threads),
    OPT_HELP,
    OPT_END,
};

static spil_status find_score(spil_tie_score *out, spil_err *err)
{
    spil_suggestion near = spil_suggest_for(given.by);
    for (int i = 0; i < SPIL_TIE_SCORES; i++) {
        if (strcmp(spil_tie_score_names[i], given.by) == 0) {
            *out = (spil_tie_score)i;
            return SPIL_OK;
        }
        spil_suggest_weigh(&near, spil_tie_score_names[i]);
    }
    return spil_fail(err, SPIL_USAGE, "--by: there is no score '%s'%s%s%s", given.by,
                     near.best ? "; did you mean '" : "", near.best ? near.best : "",
                     near.best ? "'?" : "");
}

static spil_status show_ties(const spil_facts *facts, const spil_network *network,
                             const spil_hidden_opts *opts, spil_tie_score by, uint64_t top,
                             spil_table_format format, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "from"},
        {.name = "to"},
        {.name = "from_name", .label = "name", .shown = SPIL_SHOWN_PEOPLE},
        {.name = "to_name", .label = "name", .shown = SPIL_SHOWN_PEOPLE},
        {.name = "common", .kind = SPIL_COLUMN_WHOLE},
        {.name = "adamic", .kind = SPIL_COLUMN_REAL, .places = 4},
        {.name = "resource", .kind = SPIL_COLUMN_REAL, .places = 4},
        {.name = "katz", .kind = SPIL_COLUMN_REAL},
        {.name = "combined", .kind = SPIL_COLUMN_REAL, .places = 4},
    };
    spil_status rc = SPIL_OK;
    spil_ties *ties = NULL;
    spil_table *table = NULL;
    TRY(spil_ties_find(&ties, network->csr, opts, err));
    TRY(spil_ties_sort(ties, by, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < ties->count && (top == 0 || i < top); i++) {
        const spil_tie *const t = &ties->ties[i];
        const spil_entity *const from = &facts->entities[network->entity[t->from]];
        const spil_entity *const to = &facts->entities[network->entity[t->to]];
        spil_table_row(table);
        spil_table_text(table, from->key);
        spil_table_text(table, to->key);
        spil_table_text(table, spil_entity_name(from));
        spil_table_text(table, spil_entity_name(to));
        for (int s = 0; s < SPIL_TIE_SCORES; s++)
            spil_table_number(table, t->score[s]);
    }
    TRY(spil_show_table(table, format, "hidden-ties", NULL, err));
    if (format == SPIL_FORMAT_TABLE)
        spil_note(
            "a question to ask, not a fact; --test 0.1 says how often such guesses hold here");
done:
    spil_table_free(table);
    spil_ties_free(ties);
    return rc;
}

typedef struct sums {
    double auc, auc_squares, precision, precision_squares;
} sums;

/* Spread of the mean over the draws. */
static double error_of(double sum, double squares, double count)
{
    return count > 1 ? sqrt(fmax(0, squares - sum * sum / count) / (count - 1) / count)
                     : (double)NAN;
}

static spil_status show_test(const spil_csr *g, spil_hidden_opts *opts, double share,
                             uint64_t draws, spil_table_format format, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "score"},
        {.name = "auc", .kind = SPIL_COLUMN_REAL, .places = 4},
        {.name = "auc_error", .label = "+-", .kind = SPIL_COLUMN_REAL, .places = 4},
        {.name = "precision", .kind = SPIL_COLUMN_REAL, .places = 4},
        {.name = "precision_error", .label = "+-", .kind = SPIL_COLUMN_REAL, .places = 4},
        {.name = "held_out", .label = "held out", .kind = SPIL_COLUMN_WHOLE},
        {.name = "draws", .kind = SPIL_COLUMN_WHOLE},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    spil_tie_test test[SPIL_TIE_SCORES];
    sums sum[SPIL_TIE_SCORES] = {{0, 0, 0, 0}};
    const double n = (double)draws;
    for (uint64_t draw = 0; draw < draws; draw++) {
        TRY(spil_ties_test(g, share, draw, opts, test, err));
        for (int s = 0; s < SPIL_TIE_SCORES; s++) {
            sum[s].auc += test[s].auc;
            sum[s].auc_squares += test[s].auc * test[s].auc;
            sum[s].precision += test[s].precision;
            sum[s].precision_squares += test[s].precision * test[s].precision;
        }
    }
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (int s = 0; s < SPIL_TIE_SCORES; s++) {
        spil_table_row(table);
        spil_table_text(table, spil_tie_score_names[s]);
        spil_table_number(table, sum[s].auc / n);
        spil_table_number(table, error_of(sum[s].auc, sum[s].auc_squares, n));
        spil_table_number(table, sum[s].precision / n);
        spil_table_number(table, error_of(sum[s].precision, sum[s].precision_squares, n));
        spil_table_count(table, test[s].held_out);
        spil_table_count(table, draws);
    }
    rc = spil_show_table(table, format, "hidden-ties", NULL, err);
done:
    spil_table_free(table);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    spil_store *store = NULL;
    spil_facts *facts = NULL;
    spil_network *network = NULL;
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_hidden_opts opts = SPIL_HIDDEN_OPTS_DEFAULTS;
    spil_tie_score by = SPIL_TIE_COMBINED;
    uint64_t top = 20, length = opts.length, draws = 20;
    double share = 0.1;
    TRY(spil_args_read(&args, &spil_cmd_hidden_ties, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_opt_uint("--top", given.top, 0, UINT32_MAX, &top, err));
    TRY(spil_opt_uint("--length", given.length, 2, 8, &length, err));
    TRY(spil_opt_double("--beta", given.beta, 0, 1, &opts.beta, err));
    TRY(spil_opt_double("--test", given.test, 0, 0.9, &share, err));
    TRY(spil_opt_uint("--draws", given.draws, 1, 100000, &draws, err));
    TRY(spil_opt_uint("--seed", given.seed, 0, UINT64_MAX, &opts.seed, err));
    TRY(spil_opt_threads(given.threads, err));
    if (given.by)
        TRY(find_score(&by, err));
    opts.length = (unsigned)length;
    opts.progress = given.test ? NULL : spil_meter();
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    TRY(spil_store_load_facts(&facts, store, err));
    TRY(spil_network_build(&network, facts, err));
    rc = given.test ? show_test(network->csr, &opts, share, draws, format, err)
                    : show_ties(facts, network, &opts, by, top, format, err);
done:
    spil_network_free(network);
    spil_facts_free(facts);
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_hidden_ties = {
    .name = "hidden-ties",
    .arguments = "CASE.db",
    .summary = "pairs without a recorded link whose surroundings suggest one",
    .details =
        "Scores pairs of entities without a link by the links around them: common neighbours,\n"
        "Adamic-Adar, resource allocation, Katz, and combined (resource allocation, equals by\n"
        "Katz). A high score is a question to ask, never a fact about two people.\n"
        "--test holds out links and says for each score the chance that a held-out link scores\n"
        "above a pair without one (AUC), and the share of held-out links among the first as many\n"
        "pairs (precision).\n"
        "\n"
        "examples:\n"
        "  spil hidden-ties case.db --top 10\n"
        "  spil hidden-ties case.db --test 0.1 --draws 50 --seed 7",
    .run = run,
};
