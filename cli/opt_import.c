/* opt_import.c - the options of an import (opt_groups.h). SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/opt_groups.h"
#include "cli/show.h"

#include <string.h>

static struct {
    const char *loader, *mapping, *key, *grade, *owner, *basis, *purpose, *keep_until, *kind,
        *entity, *merge, *decimal;
} given;

struct poptOption spil_import_options[] = {
    OPT_TEXT("loader", given.loader, "read as this format (default: look at the header)", "NAME"),
    OPT_TEXT("mapping", given.mapping,
             "what the columns of an export mean: a file, or the name of one\n"
             "that ships (spil help mapping)",
             "FILE"),
    OPT_TEXT("key", given.key,
             "key to hash citizen service numbers and dates of birth with\n"
             "(spil key new FILE); without it they are dropped",
             "FILE"),
    OPT_TEXT("grade", given.grade,
             "Admiralty code of the source, such as B2: gives the\n"
             "confidence where a row states none",
             "CODE"),
    OPT_TEXT("owner", given.owner, "whose data it is", "TEXT"),
    OPT_TEXT("basis", given.basis, "on which legal ground it is used", "TEXT"),
    OPT_TEXT("purpose", given.purpose, "to what end it is used", "TEXT"),
    OPT_TEXT("keep-until", given.keep_until, "last day that it may be kept", "DATE"),
    OPT_TEXT("kind", given.kind, "edges, networks: what a link is (default: related)", "KIND"),
    OPT_TEXT("entity", given.entity, "edges, networks: what both ends are (default: person)",
             "KIND"),
    OPT_TEXT("merge", given.merge,
             "edges: which weight holds where a pair stands twice:\n"
             "last, first, sum or max (default: last)",
             "RULE"),
    OPT_TEXT("decimal", given.decimal,
             "how tables write numbers: comma (1.234,5) or point (1234.5);\n"
             "default: point, and where ; separates what each column tells",
             "SIGN"),
    OPT_END,
};

static spil_status find_loader(const char *name, spil_err *err)
{
    for (size_t i = 0; name && i < spil_loader_count(); i++) {
        if (strcmp(name, spil_loader_describe(i).name) == 0)
            return SPIL_OK;
    }
    return name ? spil_fail(err, SPIL_USAGE,
                            "--loader: there is no loader '%s'; see spil help import", name)
                : SPIL_OK;
}

static spil_status find_merge(const char *name, spil_merge *out, spil_err *err)
{
    static const char *const rules[] = {"last", "first", "sum", "max"};
    for (size_t i = 0; name && i < sizeof rules / sizeof *rules; i++) {
        if (strcmp(name, rules[i]) == 0) {
            *out = (spil_merge)i;
            return SPIL_OK;
        }
    }
    return name ? spil_fail(err, SPIL_USAGE, "--merge: '%s' is none of last, first, sum, max", name)
                : SPIL_OK;
}

static spil_status find_decimal(const char *name, spil_import_opts *opts, spil_err *err)
{
    opts->has_decimal = name != NULL;
    opts->decimal = name && strcmp(name, "comma") == 0 ? SPIL_DECIMAL_COMMA : SPIL_DECIMAL_POINT;
    return name && opts->decimal == SPIL_DECIMAL_POINT && strcmp(name, "point") != 0
               ? spil_fail(err, SPIL_USAGE, "--decimal: '%s' is neither comma nor point", name)
               : SPIL_OK;
}

spil_status spil_import_given(spil_import_opts *opts, spil_err *err)
{
    double confidence = 0;
    spil_status rc = SPIL_OK;
    TRY(find_loader(given.loader, err));
    TRY(find_merge(given.merge, &opts->merge, err));
    TRY(find_decimal(given.decimal, opts, err));
    TRY(spil_opt_day("--keep-until", given.keep_until, &opts->keep_until, err));
    if (given.kind && !spil_link_kind_find(given.kind, &opts->link_kind))
        return spil_fail(err, SPIL_USAGE, "--kind: '%s' is no kind of link; see spil help import",
                         given.kind);
    if (given.entity && !spil_entity_kind_find(given.entity, &opts->entity_kind))
        return spil_fail(err, SPIL_USAGE,
                         "--entity: '%s' is no kind of entity; see spil help import", given.entity);
    if (given.grade && spil_grade_confidence(given.grade, &confidence, NULL) != SPIL_OK)
        return spil_fail(err, SPIL_USAGE,
                         "--grade: '%s' is no Admiralty code: A to F and 1 to 6, such as B2",
                         given.grade);
    opts->loader = given.loader;
    opts->mapping = given.mapping;
    opts->key = given.key;
    opts->grade = given.grade;
    opts->owner = given.owner;
    opts->basis = given.basis;
    opts->purpose = given.purpose;
    opts->progress = spil_meter();
done:
    return rc;
}

/* ---- help ---- */

void spil_import_more_help(spil_str *out)
{
    size_t column = 0;
    spil_str_add(out, "loaders:\n");
    for (size_t i = 0; i < spil_loader_count(); i++) {
        const spil_loader_info loader = spil_loader_describe(i);
        spil_str_addf(out, "  %-12s %s\n", loader.name, loader.summary);
    }
    spil_str_add(out, "\nkinds of link:\n");
    for (size_t k = 0; k < SPIL_LINK_KIND_COUNT; k++)
        spil_help_word(out, &column, spil_link_kind_info((spil_link_kind)k)->name,
                       k + 1 == SPIL_LINK_KIND_COUNT);
    column = 0;
    spil_str_add(out, "\nkinds of entity:\n");
    for (size_t k = 0; k < SPIL_ENTITY_KIND_COUNT; k++)
        spil_help_word(out, &column, spil_entity_kind_info((spil_entity_kind)k)->name,
                       k + 1 == SPIL_ENTITY_KIND_COUNT);
}
