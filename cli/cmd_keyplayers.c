/* cmd_keyplayers.c - `spil keyplayers CASE.db`: a set of people chosen together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "cli/suggest.h"
#include "engine/base/mem.h"
#include "engine/graph/network.h"
#include "engine/interventions/keyplayer.h"
#include "engine/store/store.h"

#include <string.h>

static struct {
    const char *goal, *size, *reach, *format, *threads;
    int json, greedy;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("goal", given.goal, "fragmentation, distance or reach (default: fragmentation)",
             "GOAL"),
    OPT_TEXT("size", given.size, "sets of 1, 2, ... K (default: 3)", "K"),
    OPT_TEXT("reach", given.reach, "reach: within so many links (default: 1)", "M"),
    OPT_FLAG("greedy", given.greedy, "one by one alone: quick on large networks"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_THREADS(given.threads),
    OPT_HELP,
    OPT_END,
};

static const char *const goals[] = {"fragmentation", "distance", "reach"};

static spil_status find_goal(spil_kp_goal *out, spil_err *err)
{
    spil_suggestion near = spil_suggest_for(given.goal);
    for (int i = SPIL_KP_FRAGMENTATION; i <= SPIL_KP_REACH; i++) {
        if (strcmp(goals[i], given.goal) == 0) {
            *out = (spil_kp_goal)i;
            return SPIL_OK;
        }
        spil_suggest_weigh(&near, goals[i]);
    }
    return spil_fail(err, SPIL_USAGE, "--goal: '%s' is not fragmentation, distance or reach%s%s%s",
                     given.goal, near.best ? "; did you mean '" : "", near.best ? near.best : "",
                     near.best ? "'?" : "");
}

static spil_status add_set(spil_table *table, const spil_facts *facts, const spil_network *network,
                           const spil_kp_opts *opts, size_t k, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *set = NULL;
    double value = 0;
    bool exact = false;
    spil_str keys = SPIL_STR_INIT;
    TRY(NEW_ARRAY(set, k, err));
    TRY(spil_keyplayers_find(network->csr, opts, k, set, &value, &exact, err));
    for (size_t i = 0; i < k; i++)
        spil_str_addf(&keys, "%s%s", i > 0 ? " " : "",
                      facts->entities[network->entity[set[i]]].key);
    TRY(spil_str_status(&keys, err));
    spil_table_row(table);
    spil_table_count(table, k);
    spil_table_number(table, value);
    spil_table_text(table, exact            ? "all sets tried"
                           : opts->exchange ? "greedy with exchange"
                                            : "greedy");
    spil_table_text(table, spil_str_text(&keys));
done:
    spil_str_free(&keys);
    spil_free(set);
    return rc;
}

static spil_status find_and_show(const char *path, const spil_kp_opts *opts, uint64_t most,
                                 spil_table_format format, spil_err *err)
{
    const spil_table_column columns[] = {
        {.name = "size", .kind = SPIL_COLUMN_WHOLE},
        {.name = goals[opts->goal], .kind = SPIL_COLUMN_REAL, .places = 6},
        {.name = "search"},
        {.name = "set", .places = 90},
    };
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_facts *facts = NULL;
    spil_network *network = NULL;
    spil_table *table = NULL;
    TRY(spil_case_open(&store, path, SPIL_STORE_READ, err));
    TRY(spil_store_load_facts(&facts, store, err));
    TRY(spil_network_build(&network, facts, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t k = 1; k <= most; k++)
        TRY(add_set(table, facts, network, opts, k, err));
    rc = spil_show_table(table, format, "keyplayers", NULL, err);
done:
    spil_table_free(table);
    spil_network_free(network);
    spil_facts_free(facts);
    spil_store_close(store);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_kp_opts opts = SPIL_KP_OPTS_DEFAULTS;
    uint64_t most = 3, reach = 1;
    TRY(spil_args_read(&args, &spil_cmd_keyplayers, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_opt_uint("--size", given.size, 1, 1000, &most, err));
    TRY(spil_opt_uint("--reach", given.reach, 1, 100, &reach, err));
    TRY(spil_opt_threads(given.threads, err));
    if (given.goal)
        TRY(find_goal(&opts.goal, err));
    opts.reach = (unsigned)reach;
    opts.exchange = !given.greedy;
    if (given.greedy)
        opts.budget = 0;
    opts.progress = spil_meter();
    rc = find_and_show(args.words[0], &opts, most, format, err);
done:
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_keyplayers = {
    .name = "keyplayers",
    .arguments = "CASE.db",
    .summary = "the set of people who together hold the network, or see most of it",
    .details =
        "Chooses sets of 1, 2, ... K entities together (Borgatti 2006). The best set of three is\n"
        "seldom the three best one by one.\n"
        "  fragmentation  without the set the most pairs are cut off from each other\n"
        "  distance       without the set the others are farthest apart\n"
        "  reach          the set stands within --reach links of most others, itself included\n"
        "Shares are among those who are left. All sets are tried where that takes seconds; else\n"
        "greedy with exchange, which says so.\n"
        "\n"
        "examples:\n"
        "  spil keyplayers case.db\n"
        "  spil keyplayers case.db --goal reach --reach 2 --size 5 --format csv",
    .run = run,
};
