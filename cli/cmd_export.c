/* cmd_export.c - `spil export CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "loaders/writer.h"

static struct {
    const char *format, *out;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("format", given.format, "csv, ftm, neo4j or i2 (default: csv)", "FORMAT"),
    OPT_TEXT("out", given.out, "folder (ftm: file) to write", "PATH"),
    OPT_HELP,
    OPT_END,
};

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_args args = {0};
    spil_export_counts counts;
    TRY(spil_args_read(&args, &spil_cmd_export, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    const char *const format = given.format ? given.format : "csv";
    const spil_writer *const writer = spil_writer_find(format);
    if (!writer)
        rc = spil_fail(err, SPIL_USAGE, "--format: '%s' is none of csv, ftm, neo4j, i2", format);
    else if (!given.out)
        rc = spil_fail(err, SPIL_USAGE, "--out is missing: the %s to write",
                       writer->folder ? "folder" : "file");
    if (rc != SPIL_OK)
        goto done;
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    TRY(spil_export_case(store, writer, given.out, &counts, err));
    spil_note(
        "wrote %s: %zu entities, %zu attributes, %zu links, %zu roles, %zu signals of %zu files",
        given.out, counts.entities, counts.attributes, counts.links, counts.roles, counts.signals,
        counts.sources);
done:
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

static void more_help(spil_str *out)
{
    spil_str_add(out, "formats:\n");
    for (size_t i = 0; i < spil_writer_count(); i++)
        spil_str_addf(out, "  %-12s %s\n", spil_writer_at(i)->name, spil_writer_at(i)->summary);
}

const spil_cmd spil_cmd_export = {
    .name = "export",
    .arguments = "CASE.db",
    .summary = "give back all that came in, for other programs",
    .details =
        "Writes every entity, attribute, link, role and signal of the case, each with the file\n"
        "and line that it came from, its grade, legal ground and the day until which it may be\n"
        "kept. What csv and ftm write gives the same content when imported into an empty case;\n"
        "neo4j gives entities, attributes and links. Runs, scores and rejected rows are not in "
        "it:\n"
        "networks with colours and positions are in the folder of a report. Only you can read "
        "what\n"
        "is written.\n"
        "\n"
        "examples:\n"
        "  spil export case.db --format csv --out case-export\n"
        "  spil export case.db --format ftm --out case.ftm.json\n"
        "  spil export case.db --format neo4j --out for-neo4j\n"
        "  spil export case.db --format i2 --out for-i2",
    .more_help = more_help,
    .run = run,
};
