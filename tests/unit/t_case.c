/* t_case.c - see t_case.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t_case.h"
#include "engine/base/file.h"
#include "engine/base/str.h"
#include "engine/store/facts_detail.h"
#include "tests/unit/t.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

void t_case_open(t_case *c)
{
    spil_err err;
    *c = (t_case){.opts = SPIL_IMPORT_OPTS_DEFAULTS};
    const char *const base = getenv("TMPDIR");
    (void)snprintf(c->folder, sizeof c->folder, "%.40s/spil-test-XXXXXX", base ? base : "/tmp");
    assert_non_null(mkdtemp(c->folder));
    (void)snprintf(c->store_path, sizeof c->store_path, "%s/case.db", c->folder);
    assert_ok(spil_store_create(c->store_path, &err));
    assert_ok(spil_store_open(&c->store, c->store_path, SPIL_STORE_WRITE, &err));
}

void t_case_close(t_case *c)
{
    spil_import_summary_free(c->summary);
    spil_store_close(c->store);
    DIR *const folder = opendir(c->folder);
    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char path[400];
        (void)snprintf(path, sizeof path, "%s/%s", c->folder, entry->d_name);
        (void)unlink(path);
    }
    (void)closedir(folder);
    assert_int_equal(rmdir(c->folder), 0);
}

int t_case_setup(void **state)
{
    t_case *const c = calloc(1, sizeof *c);
    if (!c)
        return -1;
    t_case_open(c);
    *state = c;
    return 0;
}

int t_case_teardown(void **state)
{
    t_case_close(*state);
    free(*state);
    return 0;
}

const char *t_case_write(t_case *c, const char *name, const void *bytes, size_t length)
{
    static char paths[16][160];
    static size_t next;
    char *const path = paths[next++ % 16];
    (void)snprintf(path, sizeof paths[0], "%s/%s", c->folder, name);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

spil_status t_case_import(t_case *c, const char *const *paths, size_t count)
{
    spil_import_summary_free(c->summary);
    c->summary = NULL;
    c->err = (spil_err)SPIL_ERR_INIT;
    return spil_import(&c->summary, c->store, paths, count, &c->opts, &c->err);
}

spil_status t_case_import_one(t_case *c, const char *path)
{
    return t_case_import(c, &path, 1);
}

/* ---- dump ---- */

static const char *day_text(spil_day day, char room[16])
{
    spil_format_day(day, room);
    return room;
}

static void dump_entities(const spil_facts *facts, spil_str *out)
{
    for (size_t i = 0; i < facts->entity_count; i++) {
        const spil_entity *const e = &facts->entities[i];
        spil_str_addf(out, "entity %s %s '%s' type '%s'\n", spil_entity_kind_info(e->kind)->name,
                      e->key, e->label, e->type);
        for (size_t a = facts->attribute_row[i]; a < facts->attribute_row[i + 1]; a++)
            spil_str_addf(out, "%s.%s = %s\n", e->key, facts->attributes[a].name,
                          facts->attributes[a].value);
    }
}

static void dump_rest(const spil_facts *facts, spil_str *out)
{
    char since[16], until[16];
    size_t count;
    for (size_t i = 0; i < facts->link_count; i++) {
        const spil_link *const l = &facts->links[i];
        spil_str_addf(out, "link %s -> %s %s '%s' w %g c %g since '%s' until '%s'\n",
                      facts->entities[l->from].key, facts->entities[l->to].key,
                      spil_link_kind_info(l->kind)->name, l->type, l->weight, l->confidence,
                      day_text(l->since, since), day_text(l->until, until));
        const spil_detail *const details = spil_facts_details(facts, i, &count);
        for (size_t d = 0; d < count; d++)
            spil_str_addf(out, "  %s = %s\n", details[d].name, details[d].value);
    }
    for (size_t i = 0; i < facts->role_count; i++) {
        const spil_role *const r = &facts->roles[i];
        spil_str_addf(out, "role %s %s/%s/%s c %g\n", facts->entities[r->entity].key, r->model,
                      r->step, r->role, r->confidence);
    }
    for (size_t i = 0; i < facts->signal_count; i++) {
        const spil_signal *const s = &facts->signals[i];
        spil_str_addf(out, "signal %s %s s %g c %g %s\n", facts->entities[s->entity].key, s->code,
                      s->strength, s->confidence, day_text(s->date, since));
    }
}

static spil_status dump_reject(const spil_reject *row, void *user, spil_err *err)
{
    spil_str_addf(user, "reject %s:%llu [%s] %s | %s\n", spil_path_name(row->path),
                  (unsigned long long)row->line, row->column, row->reason, row->raw);
    return spil_str_status(user, err);
}

static spil_status dump_drop(const spil_drop *row, void *user, spil_err *err)
{
    spil_str_addf(user, "drop %s [%s] %llu\n", spil_path_name(row->path), row->column,
                  (unsigned long long)row->rows);
    return spil_str_status(user, err);
}

char *t_case_dump(t_case *c)
{
    spil_err err;
    spil_facts *facts = NULL;
    spil_str out = SPIL_STR_INIT;
    assert_ok(spil_store_load_facts(&facts, c->store, &err));
    assert_ok(spil_store_load_details(facts, c->store, &err));
    dump_entities(facts, &out);
    dump_rest(facts, &out);
    spil_facts_free(facts);
    assert_ok(spil_store_each_reject(c->store, dump_reject, &out, &err));
    assert_ok(spil_store_each_drop(c->store, dump_drop, &out, &err));
    char *text = NULL;
    assert_ok(spil_copy_text(&text, spil_str_text(&out), &err));
    spil_str_free(&out);
    return text;
}

void t_case_assert(t_case *c, const char *expected)
{
    char *const text = t_case_dump(c);
    assert_string_equal(text, expected);
    spil_free(text);
}

void t_case_assert_parts(t_case *c, const char *const *parts, size_t count)
{
    char *const text = t_case_dump(c);
    for (size_t i = 0; i < count; i++)
        if (!strstr(text, parts[i]))
            fail_msg("'%s' is missing in\n%s", parts[i], text);
    spil_free(text);
}

void t_case_assert_imported(t_case *c, spil_status rc)
{
    if (rc != SPIL_OK)
        fail_msg("%s", c->err.msg);
}

void t_case_assert_refused(t_case *c, const char *path, spil_status status, const char *part)
{
    char *const before = t_case_dump(c);
    assert_int_equal(t_case_import_one(c, path), status);
    if (!strstr(c->err.msg, part))
        fail_msg("message '%s' lacks '%s'", c->err.msg, part);
    assert_int_equal(c->summary->count, 0);
    t_case_assert(c, before);
    spil_free(before);
}
