/* cmd_partners.c - `spil partners CASE.db --out DIR`: to each partner its own list, and no more.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/opt_lang.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/base/text.h"
#include "reports/coordinator.h"

#include <math.h>
#include <time.h>

static struct {
    const char *out, *disclosure, *key, *date, *lang, *models;
    int proposed;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("out", given.out, "folder to write to, a folder a partner in it; needed", "DIR"),
    OPT_TEXT("disclosure", given.disclosure, "who may see what (docs/privacy.md); needed",
             "FILE.yaml"),
    OPT_TEXT("key", given.key, "key of the pseudonyms (spil key new); needed", "FILE"),
    OPT_FLAG("proposed", given.proposed, "also what nobody has accepted yet, marked as such"),
    OPT_TEXT("date", given.date, "day of handing over (default: today)", "DATE"),
    OPT_TEXT("lang", given.lang, "language: nl or en (default: en)", "LANG"),
    OPT_TEXT("models", given.models, "folder of barrier models (default: the one that ships)",
             "DIR"),
    OPT_HELP,
    OPT_END,
};

typedef struct handing {
    spil_store *store;
    spil_result *result;
    spil_disclosure *disclosure;
    spil_secret *secret;
    spil_partner_opts opts;
    spil_lang lang;
    spil_str page; /* of the coordinator */
} handing;

static spil_status write_file(const handing *h, const spil_partner_list *list, const char *folder,
                              const spil_partner_file *file, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    char *path = NULL;
    TRY(file->write(list, h->lang, &text, err));
    TRY(spil_path_join(&path, folder, file->name, err));
    TRY(spil_write_file(path, spil_str_text(&text), text.length, err));
done:
    spil_free(path);
    spil_str_free(&text);
    return rc;
}

/* Who got what stands in the audit chain before the files are there: a list that nobody knows of is
 * worse than an entry about a list that failed. */
static spil_status note_in_audit(const handing *h, const spil_partner_list *list, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str detail = SPIL_STR_INIT;
    char day[16];
    spil_format_day(list->destroy_by, day);
    spil_str_addf(
        &detail,
        "%s, to %.80s: %zu targets, %zu of them by pseudonym, %zu only proposed, %zu left "
        "out and %zu told less of (k %zu); destroy by %s; disclosure %.12s",
        spil_partner_id(list->to->partner), list->to->recipient, list->row_count, list->pseudonyms,
        list->proposed, list->kept_back, list->blurred, list->alike, day, h->disclosure->digest);
    TRY(spil_str_status(&detail, err));
    TRY(spil_store_begin(h->store, err));
    rc = spil_store_audit(h->store, "hand over", spil_str_text(&detail), err);
    if (rc == SPIL_OK)
        rc = spil_store_commit(h->store, err);
    else
        spil_store_rollback(h->store);
done:
    spil_str_free(&detail);
    return rc;
}

static void add_agreement(spil_str *out, const char *before, double tau)
{
    spil_str_add(out, before);
    if (isnan(tau))
        spil_str_add(out, "none");
    else
        spil_str_addf(out, "%.2f", tau);
}

static void tell_price(const handing *h, const spil_privacy_price *price)
{
    spil_str text = SPIL_STR_INIT;
    const spil_pen pen = {&text, h->result, SPIL_LANG_EN, false};
    const spil_price_row *const dearest = spil_privacy_dearest(price);
    if (price->targets < 2)
        return;
    spil_str_addf(&text,
                  "  agreement with the full order of %zu (Kendall's tau-b):", price->targets);
    add_agreement(&text, " as told ", price->told);
    add_agreement(&text, ", by open facts ", price->open);
    if (dearest) {
        spil_str_add(&text, "; dearest of what is closed: ");
        spil_say_price_row(&pen, dearest);
        add_agreement(&text, ", ", dearest->without);
        add_agreement(&text, " without it and ", dearest->with_it);
        spil_str_add(&text, " with it");
    }
    spil_tell("%s", spil_str_text(&text));
    spil_str_free(&text);
}

static void tell(const handing *h, const char *folder, const spil_partner_list *list,
                 const spil_privacy_price *price)
{
    spil_tell("%s: %zu target%s, %zu by pseudonym, %zu reason%s held back", folder, list->row_count,
              list->row_count == 1 ? "" : "s", list->pseudonyms, list->held_back,
              list->held_back == 1 ? "" : "s");
    if (list->blurred || list->kept_back)
        spil_tell("  fewer than %zu by pseudonym read alike: %zu tell less, %zu left out",
                  list->alike, list->blurred, list->kept_back);
    tell_price(h, price);
}

static spil_status hand_over(handing *h, const spil_disclosed *to, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_partner_list *list = NULL;
    spil_privacy_price price = {0};
    char *folder = NULL;
    const spil_pen pen = {&h->page, h->result, h->lang, true};
    TRY(spil_path_join(&folder, given.out, spil_partner_id(to->partner), err));
    TRY(spil_partner_list_make(&list, h->result, to, h->lang, &h->opts, err));
    TRY(spil_privacy_price_of(&price, h->result, to, err));
    TRY(spil_make_folder(folder, err));
    TRY(note_in_audit(h, list, err));
    for (size_t i = 0; i < spil_partner_file_count; i++)
        TRY(write_file(h, list, folder, &spil_partner_files[i], err));
    spil_coordinator_partner(&pen, list, &price);
    tell(h, folder, list, &price);
done:
    spil_privacy_price_clear(&price);
    spil_partner_list_free(list);
    spil_free(folder);
    return rc;
}

/* A partner with work on the list and no row in the file is told of, not passed over. */
static void note_left_out(const handing *h)
{
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++) {
        size_t actions = 0;
        bool has_row = false;
        for (size_t i = 0; i < h->result->target_count; i++)
            actions += (unsigned)h->result->targets[i].barrier.partner == p;
        for (size_t i = 0; i < h->disclosure->partner_count; i++)
            has_row = has_row || (unsigned)h->disclosure->partners[i].partner == p;
        if (actions && !has_row)
            spil_note("%s has %zu targets on the list, and no row in %s: no list made",
                      spil_partner_id((spil_partner)p), actions, h->disclosure->path);
    }
}

/* Rows of a file without an owner are open to nobody but who sees all: lists of pseudonyms alone
 * are what comes of it, so it is said before. */
static void note_unowned(const handing *h)
{
    size_t unowned = 0, narrow = 0;
    for (size_t i = 0; i < h->result->source_count; i++)
        unowned += h->result->sources[i].owner[0] == '\0';
    for (size_t i = 0; i < h->disclosure->partner_count; i++)
        narrow += !h->disclosure->partners[i].all_owners;
    if (unowned && narrow)
        spil_note("%zu of %zu files came in without --owner: whom they brought goes by a pseudonym "
                  "to all but a partner with owners: all",
                  unowned, h->result->source_count);
}

static spil_status hand_over_all(handing *h, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL;
    const spil_pen pen = {&h->page, h->result, h->lang, true};
    note_unowned(h);
    spil_coordinator_begin(&pen);
    for (size_t i = 0; i < h->disclosure->partner_count; i++) {
        TRY(spil_check_stop(err));
        TRY(hand_over(h, &h->disclosure->partners[i], err));
    }
    spil_coordinator_end(&pen);
    TRY(spil_str_status(&h->page, err));
    TRY(spil_path_join(&path, given.out, "coordinator.html", err));
    TRY(spil_make_folder(given.out, err));
    TRY(spil_write_file(path, spil_str_text(&h->page), h->page.length, err));
    spil_tell("%s: for you, not for the partners: what withholding costs", path);
done:
    spil_free(path);
    return rc;
}

static spil_status needed(spil_err *err)
{
    if (!given.out)
        return spil_fail(err, SPIL_USAGE, "say where to write with --out DIR");
    if (!given.disclosure)
        return spil_fail(err, SPIL_USAGE, "say who may see what with --disclosure FILE.yaml");
    if (!given.key)
        return spil_fail(err, SPIL_USAGE,
                         "pseudonyms need a key: --key FILE (make one with: spil key new FILE)");
    return SPIL_OK;
}

static spil_status prepare(handing *h, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result_opts opts = SPIL_RESULT_OPTS_DEFAULTS;
    opts.models = given.models;
    h->opts =
        (spil_partner_opts){.proposed = given.proposed, .made = (spil_day)(time(NULL) / 86400)};
    TRY(spil_opt_lang(given.lang, &h->lang, err));
    TRY(spil_opt_day("--date", given.date, &h->opts.made, err));
    TRY(spil_disclosure_read(&h->disclosure, given.disclosure, err));
    TRY(spil_secret_read(&h->secret, given.key, err));
    h->opts.secret = h->secret;
    TRY(spil_case_open(&h->store, path, SPIL_STORE_WRITE, err));
    TRY(spil_result_load(&h->result, h->store, 0, &opts, err));
done:
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    handing h = {.lang = SPIL_LANG_EN, .page = SPIL_STR_INIT};
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_partners, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(needed(err));
    TRY(prepare(&h, args.words[0], err));
    note_left_out(&h);
    rc = hand_over_all(&h, err);
done:
    spil_str_free(&h.page);
    spil_result_free(h.result);
    spil_secret_free(h.secret);
    spil_disclosure_free(h.disclosure);
    spil_store_close(h.store);
    spil_args_free(&args);
    return rc;
}

static void list_fields(spil_str *out)
{
    spil_str_add(out, "fields:");
    for (unsigned f = 0; f < SPIL_FIELD_COUNT; f++)
        spil_str_addf(out, "%s%s", f % 8 == 0 ? "\n  " : " ",
                      spil_partner_field_id((spil_partner_field)f));
    spil_str_add(out, "\n");
}

const spil_cmd spil_cmd_partners = {
    .name = "partners",
    .arguments = "CASE.db --out DIR --disclosure FILE.yaml --key FILE",
    .summary = "to each partner its own list, with what it may see and no more",
    .details =
        "Writes DIR/<partner>/targets.csv, .xlsx and .html for each partner in the disclosure\n"
        "file: its own accepted actions, the fields opened to it, and nothing else. Targets that "
        "it\n"
        "may not know go by a pseudonym that differs from partner to partner. Each list says for\n"
        "whom it is, why, and by when it is to be destroyed; each stands in the audit chain.\n"
        "A row by pseudonym that fewer than k read like (k of the file, else 3) tells less or is\n"
        "left out. DIR/coordinator.html, for you alone, tells what withholding costs: how far the\n"
        "order of the targets agrees (Kendall's tau) with and without each field, owner and kind.\n"
        "\n"
        "examples:\n"
        "  spil partners case.db --out lists --disclosure disclosure.yaml --key ~/spil.key\n"
        "  spil partners case.db --out lists --disclosure disclosure.yaml --key ~/spil.key "
        "--proposed",
    .more_help = list_fields,
    .run = run,
};
