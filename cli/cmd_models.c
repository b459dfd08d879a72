/* cmd_models.c - `spil models`. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/barriers/model.h"

static struct {
    const char *models, *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("models", given.models, "folder of model files (default: the one that ships)", "DIR"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

static const spil_table_column columns[] = {
    {.name = "id"},
    {.name = "name_en", .label = "name"},
    {.name = "name_nl", .label = "Dutch"},
    {.name = "version"},
    {.name = "steps", .kind = SPIL_COLUMN_WHOLE},
    {.name = "roles", .kind = SPIL_COLUMN_WHOLE},
    {.name = "signals", .kind = SPIL_COLUMN_WHOLE},
    {.name = "barriers", .kind = SPIL_COLUMN_WHOLE},
    {.name = "rules", .kind = SPIL_COLUMN_WHOLE},
    {.name = "harm", .kind = SPIL_COLUMN_REAL},
    {.name = "prior", .kind = SPIL_COLUMN_REAL},
    {.name = "reviewed_by", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "sha256", .shown = SPIL_SHOWN_PROGRAMS},
    {.name = "path", .shown = SPIL_SHOWN_PROGRAMS},
};

static void add_model(spil_table *table, const spil_model *model)
{
    size_t roles = 0, signals = 0, barriers = 0;
    for (size_t s = 0; s < model->step_count; s++) {
        roles += model->steps[s].role_count;
        signals += model->steps[s].signal_count;
        barriers += model->steps[s].barrier_count;
    }
    spil_table_row(table);
    spil_table_text(table, model->id);
    spil_table_text(table, model->names.en);
    spil_table_text(table, model->names.nl);
    spil_table_text(table, model->version);
    spil_table_count(table, model->step_count);
    spil_table_count(table, roles);
    spil_table_count(table, signals);
    spil_table_count(table, barriers);
    spil_table_count(table, model->rule_count);
    spil_table_number(table, model->harm);
    spil_table_number(table, model->prior);
    spil_table_text(table, model->reviewed_by);
    spil_table_text(table, model->digest);
    spil_table_text(table, model->path);
}

static spil_status show(const char *folder, spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_model_set *set = NULL;
    spil_table *table = NULL;
    TRY(spil_model_set_read(&set, folder, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < set->count; i++)
        add_model(table, set->models[i]);
    TRY(spil_show_table(table, format, "models", NULL, err));
    if (format == SPIL_FORMAT_TABLE)
        spil_note("read from %s", folder);
done:
    spil_table_free(table);
    spil_model_set_free(set);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_table_format format = SPIL_FORMAT_TABLE;
    char *shipped = NULL;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_models, options, argc, argv, 0, 0, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    if (!given.models)
        TRY(spil_model_folder(&shipped, err));
    rc = show(given.models ? given.models : shipped, format, err);
done:
    spil_free(shipped);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_models = {
    .name = "models",
    .arguments = "",
    .summary = "list the barrier models, and check their files",
    .details = "Lists the barrier models that communities are held against. Every file is checked\n"
               "whole: a fault is told with file and line.\n"
               "\n"
               "example:\n"
               "  spil models --models my-models",
    .run = run,
};
