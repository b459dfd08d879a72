/* opt_scope.c - which communities are scored (opt_groups.h): a list, a file of lists, or what is
 * near a person. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/opt_groups.h"
#include "loaders/text_reader.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { WITHIN_MOST = 10, AROUND_WITHIN = 2 };

static struct {
    const char *members, *file, *around, *within;
} given;

struct poptOption spil_scope_options[] = {
    OPT_TEXT("members", given.members,
             "score these entities as one community, instead of\nthose that are found", "KEY,..."),
    OPT_TEXT(
        "community-file", given.file,
        "score the communities of this list: a CSV file with\na column entity and, for several, "
        "a column community",
        "FILE"),
    OPT_TEXT("around", given.around, "score what is near this entity as one community", "KEY"),
    OPT_TEXT("within", given.within,
             "so many links away is near (default: 2 with --around,\nelse 0: the list as it is)",
             "K"),
    OPT_END,
};

/* ---- a list on the command line ---- */

static spil_status add_keys(spil_scope *scope, const char *text, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str key = SPIL_STR_INIT;
    size_t count = 0;
    for (const char *p = text; *p;) {
        size_t length = strcspn(p, ",");
        const char *const next = p + length + (p[length] == ',');
        while (length > 0 && isspace((unsigned char)*p))
            p++, length--;
        while (length > 0 && isspace((unsigned char)p[length - 1]))
            length--;
        if (length > 0) {
            spil_str_clear(&key);
            spil_str_add_n(&key, p, length);
            TRY(spil_str_status(&key, err));
            TRY(spil_scope_add(scope, &(spil_scope_member){key.text, "", "--members"}, err));
            count++;
        }
        p = next;
    }
    if (count == 0)
        rc = spil_fail(err, SPIL_USAGE, "--members: no key in '%s'", text);
done:
    spil_str_free(&key);
    return rc;
}

/* ---- a file ---- */

static bool is_word(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strcasecmp(text, *words) == 0)
            return true;
    return false;
}

static spil_status find_columns(const spil_row *row, const char *path, size_t *entity,
                                size_t *community, spil_err *err)
{
    static const char *const entities[] = {"entity", "key", "id", NULL};
    static const char *const communities[] = {"community", "group", NULL};
    *entity = *community = SIZE_MAX;
    for (size_t i = 0; i < row->count; i++) {
        if (*entity == SIZE_MAX && is_word(row->fields[i], entities))
            *entity = i;
        if (*community == SIZE_MAX && is_word(row->fields[i], communities))
            *community = i;
    }
    if (*entity == SIZE_MAX)
        return spil_fail(err, SPIL_INPUT,
                         "%s:%" PRIu64 ": found '%s', expected a header with a column 'entity' "
                         "and, for several communities, a column 'community'",
                         path, row->line, row->count ? row->fields[0] : "");
    return SPIL_OK;
}

static spil_status add_row(spil_scope *scope, const spil_row *row, const char *path, size_t entity,
                           size_t community, spil_err *err)
{
    char where[512];
    const char *const key = entity < row->count ? row->fields[entity] : "";
    (void)snprintf(where, sizeof where, "%s:%" PRIu64, path, row->line);
    if (!*key)
        return spil_fail(err, SPIL_INPUT, "%s: no entity on this line", where);
    return spil_scope_add(
        scope,
        &(spil_scope_member){key, community < row->count ? row->fields[community] : "", where},
        err);
}

static spil_status add_file(spil_scope *scope, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_text_reader *reader = NULL;
    spil_row row;
    size_t entity = SIZE_MAX, community = SIZE_MAX, count = 0;
    TRY(spil_text_reader_open(&reader, path, err));
    for (bool got, first = true;; first = false) {
        TRY(spil_text_reader_next(reader, &row, &got, err));
        if (!got)
            break;
        if (row.reason) {
            rc = spil_fail(err, SPIL_INPUT, "%s:%" PRIu64 ": %s", path, row.line, row.reason);
            goto done;
        }
        if (first) {
            TRY(find_columns(&row, path, &entity, &community, err));
        } else {
            TRY(add_row(scope, &row, path, entity, community, err));
            count++;
        }
    }
    if (count == 0)
        rc = spil_fail(err, SPIL_INPUT, "%s: no entity in it", path);
done:
    spil_text_reader_free(reader);
    return rc;
}

/* ---- all ---- */

spil_status spil_scope_given(spil_scope **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_scope *scope = NULL;
    uint64_t within = given.around ? AROUND_WITHIN : 0;
    *out = NULL;
    TRY(spil_opt_uint("--within", given.within, 0, WITHIN_MOST, &within, err));
    const int ways = !!given.members + !!given.file + !!given.around;
    if (ways > 1)
        return spil_fail(err, SPIL_USAGE,
                         "--members, --community-file and --around exclude each other");
    if (ways == 0)
        return given.within ? spil_fail(err, SPIL_USAGE,
                                        "--within needs --around, --members or --community-file")
                            : SPIL_OK;
    TRY(spil_scope_new(&scope, (unsigned)within, err));
    if (given.members)
        TRY(add_keys(scope, given.members, err));
    if (given.file)
        TRY(add_file(scope, given.file, err));
    if (given.around)
        TRY(spil_scope_add(scope, &(spil_scope_member){given.around, "", "--around"}, err));
    spil_scope_finish(scope);
    *out = scope;
    scope = NULL;
done:
    spil_scope_free(scope);
    return rc;
}
