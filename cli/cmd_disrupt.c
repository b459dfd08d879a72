/* cmd_disrupt.c - `spil disrupt CASE.db`: what is left as people or links are taken away.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Here what may be asked is read; the work is in the files that disrupt.h names.
 */
#include "cli/disrupt.h"

#include "cli/opt.h"
#include "cli/show.h"

static struct {
    const char *strategy, *block, *steps, *reach, *alpha, *share, *length, *ties, *tie_orders,
        *sources;
    const char *missing, *draws, *recovery, *chance, *delay, *cost, *seed, *format, *plot, *threads,
        *models;
    int links, once, weighted, quick, json, list;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("strategy", given.strategy,
             "whom first: a strategy or metric, several with commas (default: betweenness)",
             "NAME"),
    OPT_FLAG("list", given.list, "list the strategies"),
    OPT_FLAG("links", given.links, "take links away: by betweenness, degree, weight or random"),
    OPT_TEXT("block", given.block, "take N at a time, on one ranking (default: 1)", "N"),
    OPT_TEXT("steps", given.steps,
             "N steps; 0: until nothing is left (default: 20 in a table, else 0)", "N"),
    OPT_FLAG("once", given.once, "rank at the start alone, not again after each step"),
    OPT_FLAG("weighted", given.weighted, "use the weights of links where a strategy can"),
    OPT_TEXT("length", given.length,
             "weighted paths: a link is 1/weight long, or weight (default: inverse)",
             "inverse|weight"),
    OPT_TEXT("reach", given.reach, "steps that collective influence and reach look (default: 1)",
             "N"),
    OPT_TEXT("alpha", given.alpha, "attenuation of Katz (default: 0.1)", "A"),
    OPT_TEXT("share", given.share, "dismantling: no component of this share (default: 0.01)", "S"),
    OPT_TEXT("sources", given.sources,
             "betweenness from N random sources: an estimate, for\nlarge networks (default: all)",
             "N"),
    OPT_TEXT("ties", given.ties, "among equals: the lowest or highest key first, or random",
             "RULE"),
    OPT_TEXT("tie-orders", given.tie_orders, "also the range over N random orders of equals", "N"),
    OPT_TEXT("missing", given.missing, "also rank without this share of the links, --draws times",
             "S"),
    OPT_TEXT("draws", given.draws, "draws of missing links (default: 20)", "N"),
    OPT_TEXT("recovery", given.recovery, "orphans relink by distance, degree or random", "RULE"),
    OPT_TEXT("chance", given.chance, "recovery: that an orphan relinks (default: 1)", "P"),
    OPT_TEXT("delay", given.delay, "recovery: steps that pass first (default: 0)", "N"),
    OPT_TEXT("cost", given.cost, "recovery: of one new link (default: 1)", "C"),
    OPT_FLAG("quick", given.quick, "leave efficiency out: on large networks it takes longest"),
    OPT_TEXT("seed", given.seed, "of all that is random (default: 1)", "N"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_TEXT("plot", given.plot, "also draw the curves", "FILE.svg"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_THREADS(given.threads),
    OPT_HELP,
    OPT_END,
};

static spil_status read_words(disrupt_asked *a, spil_err *err)
{
    static const char *const lengths[] = {"inverse", "weight"};
    static const char *const ties[] = {"lowest", "highest", "random"};
    spil_status rc = SPIL_OK;
    size_t which = 0;
    if (given.length) {
        TRY(disrupt_one_of("--length", given.length, lengths, 2, &which, err));
        a->opts.far = which == 1;
    }
    which = 0;
    if (given.ties)
        TRY(disrupt_one_of("--ties", given.ties, ties, 3, &which, err));
    a->ties = ties[which];
    if (given.recovery) {
        TRY(disrupt_one_of("--recovery", given.recovery, spil_heal_rule_names, 3, &which, err));
        a->recovery.rule = (spil_heal_rule)which;
    }
    if (given.recovery && (given.links || given.missing || given.tie_orders))
        rc = spil_fail(err, SPIL_USAGE,
                       "--recovery does not go with --links, --missing or --tie-orders");
    else if (given.links && (given.missing || given.tie_orders))
        rc = spil_fail(err, SPIL_USAGE, "--links does not go with --missing or --tie-orders");
done:
    return rc;
}

static spil_status read_options(disrupt_asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t block = 1, reach = 1, delay = 0, sources = 0;
    *a = (disrupt_asked){.strategies = given.strategy ? given.strategy : "betweenness",
                         .models = given.models,
                         .heal = given.recovery,
                         .links = given.links,
                         .quick = given.quick,
                         .has_missing = given.missing != NULL,
                         .opts = SPIL_STRATEGY_OPTS_DEFAULTS,
                         .recovery = SPIL_RECOVERY_OPTS_DEFAULTS,
                         .draws = 20};
    TRY(spil_opt_format(given.format, given.json, &a->format, err));
    a->steps = a->format == SPIL_FORMAT_TABLE ? 20 : 0;
    TRY(spil_opt_uint("--block", given.block, 1, UINT32_MAX, &block, err));
    TRY(spil_opt_uint("--steps", given.steps, 0, UINT32_MAX, &a->steps, err));
    TRY(spil_opt_uint("--reach", given.reach, 1, 100, &reach, err));
    TRY(spil_opt_uint("--sources", given.sources, 1, UINT32_MAX, &sources, err));
    TRY(spil_opt_double("--alpha", given.alpha, 0, 1, &a->opts.alpha, err));
    TRY(spil_opt_double("--share", given.share, 0, 1, &a->opts.share, err));
    TRY(spil_opt_uint("--tie-orders", given.tie_orders, 1, 100000, &a->tie_orders, err));
    TRY(spil_opt_double("--missing", given.missing, 0, 1, &a->missing, err));
    TRY(spil_opt_uint("--draws", given.draws, 1, 100000, &a->draws, err));
    TRY(spil_opt_double("--chance", given.chance, 0, 1, &a->recovery.chance, err));
    TRY(spil_opt_uint("--delay", given.delay, 0, 1000000, &delay, err));
    TRY(spil_opt_double("--cost", given.cost, 0, 1e12, &a->recovery.cost, err));
    TRY(spil_opt_uint("--seed", given.seed, 0, UINT64_MAX, &a->opts.seed, err));
    TRY(spil_opt_threads(given.threads, err));
    a->opts.block = (size_t)block;
    a->opts.reach = (unsigned)reach;
    a->opts.sources = (size_t)sources;
    a->opts.once = given.once;
    a->opts.weighted = given.weighted;
    a->recovery.delay = (unsigned)delay;
    a->recovery.seed = a->opts.seed;
    rc = read_words(a, err);
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    disrupt_asked a;
    disrupt_case c = {0};
    disrupt_curves curves = {0};
    TRY(spil_args_read(&args, &spil_cmd_disrupt, options, argc, argv, 0, 1, err));
    if (args.helped)
        goto done;
    TRY(read_options(&a, err));
    if (given.list) {
        rc = disrupt_list(a.format, err);
        goto done;
    }
    TRY(spil_args_need(&args, &spil_cmd_disrupt, 1, err));
    TRY(disrupt_case_open(&c, args.words[0], &a, err));
    TRY(disrupt_run(&curves, &c, &a, err));
    TRY(disrupt_show(&c, &curves, &a, err));
    if (given.plot)
        TRY(disrupt_draw(&curves, &a, given.plot, err));
done:
    disrupt_curves_clear(&curves);
    disrupt_case_close(&c);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_disrupt = {
    .name = "disrupt",
    .arguments = "CASE.db",
    .summary = "what is left of the network as the central ones go, and how it mends",
    .details =
        "Takes entities (or links) away, one at a time or in blocks, and shows after each step\n"
        "the largest component over its size before any removal, the number of components, the\n"
        "share of pairs that are cut off from each other (fragmentation) and how near the others\n"
        "are (efficiency), both among those who are left. R is the area under the curve.\n"
        "Where the case has an analysed run, also what is left of its chains: chain_probability,\n"
        "the mean over its scored communities of the chance of their most probable chain, and\n"
        "complete_chains, the communities in which every required step still has somebody who can\n"
        "fill it: where nobody was ever seen, somebody unseen, so it falls late; seats_held "
        "counts\n"
        "those that somebody known still fills. The strategy barriers takes out whom the run\n"
        "proposes to act against, most gain an hour first.\n"
        "Nothing is kept in the case. Among equals the lowest key goes first, unless --ties says\n"
        "otherwise; --tie-orders shows how much that choice matters, --missing how much unknown\n"
        "links do, --recovery what stands once the others have found stand-ins.\n"
        "\n"
        "examples:\n"
        "  spil disrupt case.db --strategy betweenness --block 5 --steps 6 --format csv\n"
        "  spil disrupt case.db --strategy degree,betweenness,corehd,random --plot curves.svg\n"
        "  spil disrupt case.db --strategy barriers,degree --steps 10\n"
        "  spil disrupt case.db --recovery distance --delay 2 --steps 10\n"
        "  spil disrupt case.db --missing 0.1 --draws 50 --seed 7 --json",
    .run = run,
};
