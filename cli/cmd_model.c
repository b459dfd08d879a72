/* cmd_model.c - `spil model check|show|draw|diff|new|import|export`: tools for barrier models.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/model_tools.h"
#include "cli/opt.h"
#include "cli/opt_lang.h"
#include "cli/show.h"
#include "cli/suggest.h"
#include "engine/barriers/model_write.h"
#include "engine/barriers/scripts.h"
#include "engine/base/file.h"
#include "reports/draw_model.h"
#include "reports/lang.h"

#include <string.h>

static struct {
    const char *models, *lang, *out, *file_format, *script, *table_format;
    spil_model_wish wish;
    int json, yes;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("models", given.models, "folder of model files (default: the one that ships)", "DIR"),
    OPT_TEXT("lang", given.lang, "show, draw: language, nl or en (default: en)", "LANG"),
    OPT_TEXT("out", given.out, "draw, new, import, export: file to write (default: stdout)",
             "FILE"),
    OPT_TEXT("as", given.file_format, "import, export: format of the other program",
             "crime-scripts"),
    OPT_TEXT("script", given.script, "import: id or title of the script, when the file has several",
             "NAME"),
    OPT_TEXT("from", given.wish.from, "new: begin with the steps of this model", "MODEL"),
    OPT_TEXT("name-nl", given.wish.name_nl, "new: Dutch name", "TEXT"),
    OPT_TEXT("name-en", given.wish.name_en, "new: English name", "TEXT"),
    OPT_TEXT("steps", given.wish.steps, "new: names of the steps, with commas between", "TEXT"),
    OPT_FLAG("yes", given.yes, "new: ask nothing, take what is usual"),
    OPT_FORMAT(given.table_format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

/* ---- which file ---- */

static spil_status folder_of(char **out, spil_err *err)
{
    return given.models ? spil_copy_text(out, given.models, err) : spil_model_folder(out, err);
}

static bool is_path(const char *word)
{
    const size_t length = strlen(word);
    return strchr(word, '/') || (length > 5 && strcmp(word + length - 5, ".yaml") == 0);
}

/* A path as it is; an id is looked up in the folder of models. */
static spil_status path_of(char **out, const char *word, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *folder = NULL;
    spil_str name = SPIL_STR_INIT;
    if (is_path(word))
        return spil_copy_text(out, word, err);
    spil_str_addf(&name, "%s.yaml", word);
    TRY(spil_str_status(&name, err));
    TRY(folder_of(&folder, err));
    TRY(spil_path_join(out, folder, spil_str_text(&name), err));
done:
    spil_free(folder);
    spil_str_free(&name);
    return rc;
}

static spil_status read_model(spil_model **out, const char *word, spil_err *err)
{
    char *path = NULL;
    spil_status rc = path_of(&path, word, err);
    if (rc == SPIL_OK)
        rc = spil_model_read(out, path, err);
    if (rc == SPIL_NOT_FOUND && !is_path(word))
        err->msg[0] = '\0', rc = err->code = SPIL_OK,
        rc = spil_fail(err, SPIL_NOT_FOUND, "there is no model '%.60s'; spil models lists them",
                       word);
    spil_free(path);
    return rc;
}

/* To the file that was named, else to stdout. */
static spil_status deliver(const spil_str *text, spil_err *err)
{
    spil_status rc = spil_str_status(text, err);
    if (rc != SPIL_OK || !given.out) {
        if (rc == SPIL_OK)
            spil_put(text);
        return rc;
    }
    rc = spil_write_file(given.out, text->text, text->length, err);
    if (rc == SPIL_OK)
        spil_note("wrote %s", given.out);
    return rc;
}

static spil_status language(spil_lang *lang, spil_err *err)
{
    *lang = SPIL_LANG_EN;
    return spil_opt_lang(given.lang, lang, err);
}

/* ---- actions ---- */

static spil_status check(const char *const *words, size_t count, bool *partial, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL;
    size_t all = 0;
    (void)partial;
    for (size_t i = 0; i < count; i++) {
        size_t faults = 0;
        TRY(path_of(&path, words[i], err));
        TRY(spil_tell_faults(path, &faults, err));
        all += faults;
        spil_free(path);
        path = NULL;
    }
    if (all)
        rc = spil_fail(err, SPIL_INPUT, "%zu fault%s; docs/barrier-models.md tells the format", all,
                       all == 1 ? "" : "s");
done:
    spil_free(path);
    return rc;
}

static spil_status show(const char *const *words, size_t count, bool *partial, spil_err *err)
{
    (void)partial, (void)count;
    spil_status rc = SPIL_OK;
    spil_model *model = NULL;
    spil_lang lang;
    TRY(language(&lang, err));
    TRY(read_model(&model, words[0], err));
    spil_tell_model(model, lang);
done:
    spil_model_free(model);
    return rc;
}

static spil_status draw(const char *const *words, size_t count, bool *partial, spil_err *err)
{
    (void)partial, (void)count;
    spil_status rc = SPIL_OK;
    spil_model *model = NULL;
    spil_lang lang;
    spil_str text = SPIL_STR_INIT;
    TRY(language(&lang, err));
    TRY(read_model(&model, words[0], err));
    TRY(spil_draw_model(&text, model, lang, err));
    TRY(deliver(&text, err));
done:
    spil_str_free(&text);
    spil_model_free(model);
    return rc;
}

static spil_status diff(const char *const *words, size_t count, bool *partial, spil_err *err)
{
    static const spil_table_column columns[] = {{.name = "what", .places = 60},
                                                {.name = "before", .places = 40},
                                                {.name = "after", .places = 40}};
    (void)partial, (void)count;
    spil_status rc = SPIL_OK;
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_model *first = NULL, *second = NULL;
    spil_model_changes *changes = NULL;
    spil_table *table = NULL;
    TRY(spil_opt_format(given.table_format, given.json, &format, err));
    TRY(read_model(&first, words[0], err));
    TRY(read_model(&second, words[1], err));
    TRY(spil_model_diff(&changes, first, second, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < changes->count; i++) {
        const spil_model_change *const change = &changes->items[i];
        spil_table_row(table);
        spil_table_text(table, change->path);
        spil_table_text(table, change->before ? change->before : "");
        spil_table_text(table, change->after ? change->after : "");
    }
    if (changes->count || format != SPIL_FORMAT_TABLE)
        TRY(spil_show_table(table, format, "model", NULL, err));
    else
        spil_tell("the two say the same");
done:
    spil_table_free(table);
    spil_model_changes_free(changes);
    spil_model_free(first);
    spil_model_free(second);
    return rc;
}

static spil_status format_given(spil_err *err)
{
    if (given.file_format && strcmp(given.file_format, "crime-scripts") != 0)
        return spil_fail(err, SPIL_USAGE, "--as: '%s' is unknown; crime-scripts is",
                         given.file_format);
    return SPIL_OK;
}

/* What was written is read as any model file; a script may hold more than a model takes. */
static spil_status check_written(bool *partial, spil_err *err)
{
    char *faults = NULL;
    if (!given.out)
        return SPIL_OK;
    const spil_status rc = spil_model_faults(&faults, given.out, err);
    if (rc == SPIL_OK && *faults) {
        spil_note("it has faults to mend; spil model check %s shows each: %.*s", given.out,
                  (int)strcspn(faults, "\n"), faults);
        *partial = true;
    }
    spil_free(faults);
    return rc;
}

static spil_status import(const char *const *words, size_t count, bool *partial, spil_err *err)
{
    (void)count;
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT, notes = SPIL_STR_INIT;
    TRY(format_given(err));
    TRY(spil_script_import(&text, &notes, words[0], given.script, err));
    TRY(deliver(&text, err));
    for (const char *p = spil_str_text(&notes); *p; p += strcspn(p, "\n") + 1)
        spil_note("%.*s", (int)strcspn(p, "\n"), p);
    *partial = notes.length > 0;
    TRY(check_written(partial, err));
done:
    spil_str_free(&text);
    spil_str_free(&notes);
    return rc;
}

static spil_status export(const char *const *words, size_t count, bool *partial, spil_err *err)
{
    (void)partial, (void)count;
    spil_status rc = SPIL_OK;
    spil_model *model = NULL;
    spil_lang lang;
    spil_str text = SPIL_STR_INIT;
    TRY(format_given(err));
    TRY(language(&lang, err));
    TRY(read_model(&model, words[0], err));
    TRY(spil_script_export(&text, model, lang == SPIL_LANG_NL, err));
    TRY(deliver(&text, err));
done:
    spil_str_free(&text);
    spil_model_free(model);
    return rc;
}

static spil_status make(const char *const *words, size_t count, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    char *from = NULL;
    spil_str text = SPIL_STR_INIT;
    given.wish.id = count ? words[0] : NULL;
    given.wish.yes = given.yes != 0;
    if (given.wish.from) {
        TRY(path_of(&from, given.wish.from, err));
        given.wish.from = from;
    }
    TRY(spil_model_ask(&text, &given.wish, err));
    TRY(deliver(&text, err));
done:
    spil_free(from);
    spil_str_free(&text);
    return rc;
}

static const struct {
    const char *name;
    size_t least, most;
    spil_status (*run)(const char *const *words, size_t count, bool *partial, spil_err *err);
} actions[] = {
    {"check", 1, 500, check}, {"show", 1, 1, show}, {"draw", 1, 1, draw},
    {"diff", 2, 2, diff},     {"new", 0, 1, make},  {"import", 1, 1, import},
    {"export", 1, 1, export},
};

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_model, options, argc, argv, 1, 501, err));
    if (args.helped)
        goto done;
    spil_suggestion near = spil_suggest_for(args.words[0]);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        spil_suggest_weigh(&near, actions[i].name);
        if (strcmp(actions[i].name, args.words[0]) != 0)
            continue;
        if (args.count - 1 < actions[i].least || args.count - 1 > actions[i].most)
            rc = spil_fail(err, SPIL_USAGE, "%s takes %zu model%s; see spil help model",
                           actions[i].name, actions[i].least, actions[i].least == 1 ? "" : "s");
        else
            rc = actions[i].run(args.words + 1, args.count - 1, partial, err);
        goto done;
    }
    rc = spil_fail(err, SPIL_USAGE, "there is no action '%s'%s%s%s", args.words[0],
                   near.best ? "; did you mean '" : "; see spil help model",
                   near.best ? near.best : "", near.best ? "'?" : "");
done:
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_model = {
    .name = "model",
    .arguments = "check|show|draw|diff|new|import|export MODEL...",
    .summary = "check, show, draw, compare or make a barrier model",
    .details = "A MODEL is a file, or the id of one in the folder of models.\n"
               "  check   every fault of the files, each with its line and a mark under the place\n"
               "  show    the chain in the terminal: who is needed, what shows, what stops it\n"
               "  draw    the chain as SVG\n"
               "  diff    what two models say differently, whatever the layout of the files\n"
               "  new     asks, and writes a file that is sound; --yes asks nothing\n"
               "  import  a model from the JSON of TNO's crime_scripts\n"
               "  export  a model as that JSON\n"
               "\n"
               "examples:\n"
               "  spil model check my-models/*.yaml\n"
               "  spil model show cannabis_cultivation --lang nl\n"
               "  spil model draw cocaine_import_port --out cocaine.svg\n"
               "  spil model new shop_theft --from cannabis_cultivation --yes --out shop.yaml\n"
               "  spil model export labour_exploitation --as crime-scripts --out labour.json",
    .run = run,
};
