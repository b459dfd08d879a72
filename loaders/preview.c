/* preview.c - see preview.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/preview.h"
#include "loaders/mapped.h"

#include <string.h>

typedef struct preview {
    spil_mapped *mapped;
    spil_preview_fn each;
    void *user;
    uint64_t most;
    spil_preview_counts *counts;
    spil_intake *intake;
    spil_str key, text;
} preview;

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* ---- one thing each ---- */

static spil_status tell(preview *p, uint64_t line, const char *what, const char *kind,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_str_status(&p->key, err));
    TRY(spil_str_status(&p->text, err));
    rc = p->each(
        &(spil_preview_row){line, what, kind, spil_str_text(&p->key), spil_str_text(&p->text)},
        p->user, err);
done:
    spil_str_clear(&p->key);
    spil_str_clear(&p->text);
    return rc;
}

static bool is_hash(const char *attribute)
{
    return strcmp(attribute, spil_hash_attribute(SPIL_HASH_BSN)) == 0 ||
           strcmp(attribute, spil_hash_attribute(SPIL_HASH_BIRTH)) == 0;
}

static spil_status tell_entity(preview *p, const spil_mapping *mapping, const spil_made *made,
                               const spil_made_entity *e, uint64_t line, spil_err *err)
{
    const bool known = mapping->entities[e->spec].known;
    p->counts->entities += !known;
    spil_str_add(&p->key, spil_made_text(made, e->key));
    if (known)
        spil_str_add(&p->text, "(must be in the case already)");
    else
        spil_str_addf(&p->text, "'%s'", or_empty(spil_made_text(made, e->label)));
    if (e->type != SPIL_NO_TEXT)
        spil_str_addf(&p->text, ", type %s", spil_made_text(made, e->type));
    for (size_t i = 0; i < e->attributes.count; i++) {
        const spil_made_attribute *const a = &made->attributes.items[e->attributes.from + i];
        spil_str_addf(&p->text, ", %s = %s", a->name,
                      is_hash(a->name) ? "(keyed hash)" : spil_made_text(made, a->value));
    }
    return tell(p, line, "entity", known ? "" : spil_entity_kind_info(e->kind)->name, err);
}

static const char *key_of(const spil_made *made, size_t entity)
{
    return spil_made_text(made, made->entities.items[entity].key);
}

static spil_status tell_link(preview *p, const spil_made *made, const spil_made_link *l,
                             uint64_t line, spil_err *err)
{
    char since[16], until[16];
    p->counts->links++;
    spil_format_day(l->since, since);
    spil_format_day(l->until, until);
    spil_str_addf(&p->key, "%s -> %s", key_of(made, l->from), key_of(made, l->to));
    spil_str_addf(&p->text, "confidence %g", l->confidence);
    if (l->type != SPIL_NO_TEXT)
        spil_str_addf(&p->text, ", type %s", spil_made_text(made, l->type));
    if (l->weight != 1)
        spil_str_addf(&p->text, ", weight %g", l->weight);
    if (since[0])
        spil_str_addf(&p->text, ", since %s", since);
    if (until[0])
        spil_str_addf(&p->text, ", until %s", until);
    for (size_t i = 0; i < l->attributes.count; i++) {
        const spil_made_attribute *const a = &made->attributes.items[l->attributes.from + i];
        spil_str_addf(&p->text, ", %s %s", a->name, spil_made_text(made, a->value));
    }
    return tell(p, line, "link", spil_link_kind_info(l->kind)->name, err);
}

static spil_status tell_role(preview *p, const spil_made *made, const spil_made_role *r,
                             uint64_t line, spil_err *err)
{
    p->counts->roles++;
    spil_str_add(&p->key, key_of(made, r->entity));
    spil_str_addf(&p->text, "model %s, step %s, confidence %g", spil_made_text(made, r->model),
                  spil_made_text(made, r->step), r->confidence);
    return tell(p, line, "role", spil_made_text(made, r->role), err);
}

static spil_status tell_signal(preview *p, const spil_made *made, const spil_made_signal *s,
                               uint64_t line, spil_err *err)
{
    char day[16];
    p->counts->signals++;
    spil_format_day(s->date, day);
    spil_str_add(&p->key, key_of(made, s->entity));
    spil_str_addf(&p->text, "strength %g, confidence %g%s%s", s->strength, s->confidence,
                  day[0] ? ", on " : "", day);
    return tell(p, line, "signal", spil_made_text(made, s->code), err);
}

/* ---- rows ---- */

static spil_status tell_row(preview *p, const spil_mapping *mapping, const spil_made *made,
                            uint64_t line, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < made->entities.count; i++)
        if (made->entities.items[i].there)
            TRY(tell_entity(p, mapping, made, &made->entities.items[i], line, err));
    for (size_t i = 0; i < made->links.count; i++)
        TRY(tell_link(p, made, &made->links.items[i], line, err));
    for (size_t i = 0; i < made->roles.count; i++)
        TRY(tell_role(p, made, &made->roles.items[i], line, err));
    for (size_t i = 0; i < made->signals.count; i++)
        TRY(tell_signal(p, made, &made->signals.items[i], line, err));
    if (made->passed_over) {
        p->counts->passed_over++;
        spil_str_add(&p->text, "the condition of the mapping (when) does not hold");
        rc = tell(p, line, "passed over", "", err);
    }
done:
    return rc;
}

static spil_status take(spil_intake *intake, const spil_row *row, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    preview *const p = user;
    const spil_made *made = NULL;
    TRY(spil_mapped_row(p->mapped, row, &made, err));
    if (!spil_intake_complained(intake))
        rc = tell_row(p, intake->header.mapping, made, row->line, err);
    intake->enough = intake->file->rows >= p->most;
done:
    return rc;
}

/* Rows that cannot be read at all come here without passing take. */
static spil_status take_reject(const spil_reject *row, void *user, spil_err *err)
{
    preview *const p = user;
    p->counts->rejected++;
    p->intake->enough = p->intake->file->rows >= p->most;
    spil_str_add(&p->text, row->reason);
    return tell(p, row->line, "reject", row->column, err);
}

static spil_status tell_drops(preview *p, const spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < intake->header.count; i++) {
        const spil_column *const column = &intake->columns[i];
        if (!column->drop)
            continue;
        spil_str_add(&p->text, column->drop);
        TRY(tell(p, 0, "drop", column->name, err));
    }
    if (intake->note.length > 0) {
        spil_str_add(&p->text, intake->note.text);
        rc = tell(p, 0, "note", "", err);
    }
done:
    return rc;
}

spil_status spil_mapping_preview(const spil_mapping *mapping, const char *path,
                                 const spil_import_opts *opts, uint64_t rows, spil_preview_fn each,
                                 void *user, spil_preview_counts *counts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *intake = NULL;
    spil_secret *secret = NULL;
    spil_import_file file = {0};
    spil_import_opts settled = *opts;
    preview p = {.each = each, .user = user, .most = rows, .counts = counts};
    *counts = (spil_preview_counts){0};
    if (!settled.grade)
        settled.grade = mapping->source.grade;
    if (opts->key)
        TRY(spil_secret_read(&secret, opts->key, err));
    settled.secret = secret;
    TRY(spil_intake_open(&intake, path, mapping, &settled, err));
    if (intake->header.shape != SPIL_SHAPE_TABLE)
        TRY(spil_fail(err, SPIL_INPUT, "%s: this is %s, and a mapping reads %s", path,
                      spil_shape_name(intake->header.shape), spil_shape_name(SPIL_SHAPE_TABLE)));
    intake->file = &file;
    p.intake = intake;
    intake->on_reject = take_reject;
    intake->on_reject_user = &p;
    TRY(spil_intake_start(intake, true, err));
    TRY(spil_mapped_new(&p.mapped, intake, err));
    TRY(spil_intake_each(intake, take, &p, err));
    counts->rows = file.rows;
    spil_intake_note_hashes(intake);
    TRY(spil_str_status(&intake->note, err));
    rc = tell_drops(&p, intake, err);
done:
    spil_mapped_free(p.mapped);
    spil_intake_free(intake);
    spil_secret_free(secret);
    spil_str_free(&p.key);
    spil_str_free(&p.text);
    return rc;
}
