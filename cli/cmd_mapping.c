/* cmd_mapping.c - `spil mapping suggest|check|list|show`. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "loaders/limits.h"
#include "loaders/preview.h"
#include "loaders/suggest.h"

#include <inttypes.h>
#include <string.h>

static struct {
    const char *rows, *key, *out, *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("rows", given.rows, "check: so many rows of the file (default: 10)", "N"),
    OPT_TEXT("key", given.key, "check: as in an import", "FILE"),
    OPT_TEXT("out", given.out, "suggest, show: write the mapping here", "FILE"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

/* To --out or the terminal. */
static spil_status hand_over(const spil_str *text, spil_err *err)
{
    if (!given.out) {
        spil_put(text);
        return SPIL_OK;
    }
    return spil_write_file(given.out, spil_str_text(text), text->length, err);
}

/* ---- suggest ---- */

static spil_status suggest(const spil_args *args, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    TRY(spil_mapping_suggest(&text, args->words[1], err));
    TRY(hand_over(&text, err));
    spil_note("read each guess and its comment; then: spil mapping check %s %s",
              given.out ? given.out : "MAPPING.yaml", args->words[1]);
done:
    spil_str_free(&text);
    return rc;
}

/* ---- check ---- */

static const spil_table_column check_columns[] = {
    {.name = "line", .kind = SPIL_COLUMN_WHOLE},
    {.name = "what"},
    {.name = "kind", .places = 40},
    {.name = "key", .places = 50},
    {.name = "text", .label = "name and attributes, or reason", .places = 110},
};

static spil_status add_row(const spil_preview_row *row, void *user, spil_err *err)
{
    (void)err;
    spil_table *const table = user;
    spil_table_row(table);
    spil_table_count(table, row->line);
    spil_table_text(table, row->what);
    spil_table_text(table, row->kind);
    spil_table_text(table, row->key);
    spil_table_text(table, row->text);
    return SPIL_OK;
}

static void add_counts(spil_str *out, const spil_preview_counts *c)
{
    spil_str_addf(out,
                  "\"rows_read\": %" PRIu64 ", \"rejected\": %" PRIu64 ", \"passed_over\": %" PRIu64
                  ", \"entities\": %" PRIu64 ", \"links\": %" PRIu64 ", \"roles\": %" PRIu64
                  ", \"signals\": %" PRIu64,
                  c->rows, c->rejected, c->passed_over, c->entities, c->links, c->roles,
                  c->signals);
}

static spil_status check(const spil_args *args, spil_table_format format, bool *partial,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t rows = 10;
    char *path = NULL;
    spil_mapping *mapping = NULL;
    spil_table *table = NULL;
    spil_str members = SPIL_STR_INIT;
    spil_preview_counts counts;
    spil_import_opts opts = SPIL_IMPORT_OPTS_DEFAULTS;
    opts.key = given.key;
    TRY(spil_opt_uint("--rows", given.rows, 1, 100000, &rows, err));
    TRY(spil_mapping_find(&path, args->words[1], err));
    TRY(spil_mapping_read(&mapping, path, err));
    TRY(spil_table_new(&table, check_columns, sizeof check_columns / sizeof *check_columns, err));
    TRY(spil_mapping_preview(mapping, args->words[2], &opts, rows, add_row, table, &counts, err));
    add_counts(&members, &counts);
    TRY(spil_str_status(&members, err));
    TRY(spil_show_table(table, format, "mapping check", spil_str_text(&members), err));
    *partial = counts.rejected > 0;
    spil_note("of the first %" PRIu64 " rows: %" PRIu64 " rejected, %" PRIu64
              " passed over; %" PRIu64 " entities (some of them twice, perhaps), %" PRIu64
              " links, %" PRIu64 " roles, %" PRIu64 " signals. Nothing was written",
              counts.rows, counts.rejected, counts.passed_over, counts.entities, counts.links,
              counts.roles, counts.signals);
done:
    spil_str_free(&members);
    spil_table_free(table);
    spil_mapping_free(mapping);
    spil_free(path);
    return rc;
}

/* ---- list and show ---- */

static const spil_table_column list_columns[] = {
    {.name = "name"},
    {.name = "about", .places = 90},
    {.name = "path", .shown = SPIL_SHOWN_PROGRAMS},
};

static spil_status add_mapping(spil_table *table, const char *name, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL;
    spil_mapping *mapping = NULL;
    TRY(spil_mapping_find(&path, name, err));
    TRY(spil_mapping_read(&mapping, path, err));
    spil_table_row(table);
    spil_table_text(table, name);
    spil_table_text(table, mapping->about);
    spil_table_text(table, path);
done:
    spil_mapping_free(mapping);
    spil_free(path);
    return rc;
}

static spil_status list(spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_mapping_names names = {0};
    spil_table *table = NULL;
    TRY(spil_table_new(&table, list_columns, sizeof list_columns / sizeof *list_columns, err));
    TRY(spil_mapping_list(&names, err));
    for (size_t i = 0; i < names.count; i++)
        TRY(add_mapping(table, names.items[i], err));
    TRY(spil_show_table(table, format, "mapping list", NULL, err));
done:
    spil_mapping_names_free(&names);
    spil_table_free(table);
    return rc;
}

static spil_status show(const spil_args *args, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL, *bytes = NULL;
    size_t length = 0;
    spil_str text = SPIL_STR_INIT;
    TRY(spil_mapping_find(&path, args->words[1], err));
    TRY(spil_read_file(&bytes, &length, path, SPIL_MAX_MAPPING, err));
    spil_str_add_n(&text, bytes, length);
    TRY(spil_str_status(&text, err));
    rc = hand_over(&text, err);
done:
    spil_str_free(&text);
    spil_free(bytes);
    spil_free(path);
    return rc;
}

/* ---- the command ---- */

static const struct {
    const char *name;
    size_t words;
} doings[] = {{"suggest", 2}, {"check", 3}, {"list", 1}, {"show", 2}};

static spil_status find_doing(const spil_args *args, size_t *out, spil_err *err)
{
    for (size_t i = 0; i < sizeof doings / sizeof *doings; i++)
        if (strcmp(doings[i].name, args->words[0]) == 0) {
            *out = i;
            return doings[i].words == args->count
                       ? SPIL_OK
                       : spil_fail(err, SPIL_USAGE,
                                   "%s: %zu words given, expected: suggest FILE, check MAPPING "
                                   "FILE, list, or show NAME",
                                   doings[i].name, args->count - 1);
        }
    return spil_fail(err, SPIL_USAGE, "'%s' is none of suggest, check, list and show",
                     args->words[0]);
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_args args = {0};
    size_t doing = 0;
    TRY(spil_args_read(&args, &spil_cmd_mapping, options, argc, argv, 1, 3, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(find_doing(&args, &doing, err));
    rc = doing == 0   ? suggest(&args, err)
         : doing == 1 ? check(&args, format, partial, err)
         : doing == 2 ? list(format, err)
                      : show(&args, err);
done:
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_mapping = {
    .name = "mapping",
    .arguments = "suggest FILE | check MAPPING FILE | list | show NAME",
    .summary = "say what the columns of an export mean",
    .details =
        "A mapping is a small file that says what the columns of somebody's export mean: which\n"
        "entities, links, roles and signals one row makes. docs/loaders.md explains it step by\n"
        "step.\n"
        "\n"
        "suggest  writes a first mapping from the header and the first rows of an export, with\n"
        "         a comment on each guess; it shows no values of the export\n"
        "check    says what would become of the first rows; no case is needed, none is changed\n"
        "list     the mappings that ship with Spil\n"
        "show     prints one of them, to begin your own with\n"
        "\n"
        "examples:\n"
        "  spil mapping suggest export.csv --out export.yaml\n"
        "  spil mapping check export.yaml export.csv --rows 50\n"
        "  spil import case.db export.csv --mapping export.yaml\n"
        "  spil import case.db extract.csv --mapping kvk",
    .run = run,
};
