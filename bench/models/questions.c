/* questions.c - see measure.h: are the questions that the engine asks better than any? Each is
 * answered by the truth: yes when the generator made such a record and withheld it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench/models/measure.h"

#include "engine/base/file.h"
#include "engine/base/rng.h"
#include "engine/base/str.h"
#include "engine/base/strmap.h"
#include "engine/run/questions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ASKED = 50, RANDOM = 100000, MOST_BYTES = 1 << 30 };
enum { MODEL = 1, RECORD, ENTITY, TO, STEP, NAME, RECORDED, COLUMNS };

/* ---- what was withheld ---- */

static void key_of(spil_str *out, const char *entity, const char *model, const char *step,
                   const char *name)
{
    spil_str_clear(out);
    spil_str_addf(out, "%s %s %s %s", entity, model, step, name);
}

static spil_status keep_line(spil_strmap *withheld, char *line, spil_str *key, spil_err *err)
{
    const char *field[COLUMNS] = {"", "", "", "", "", "", "", ""};
    for (size_t c = 0; c < COLUMNS; c++) {
        field[c] = line;
        char *const comma = strchr(line, ',');
        if (!comma)
            break;
        *comma = '\0';
        line = comma + 1;
    }
    const bool signal = strcmp(field[RECORD], "signal") == 0;
    if ((!signal && strcmp(field[RECORD], "role") != 0) || strcmp(field[RECORDED], "no") != 0)
        return SPIL_OK;
    if (signal)
        key_of(key, field[ENTITY], "", "", field[NAME]);
    else
        key_of(key, field[ENTITY], field[MODEL], field[STEP], field[NAME]);
    const spil_status rc = spil_str_status(key, err);
    return rc == SPIL_OK ? spil_strmap_put(withheld, key->text, 1, err) : rc;
}

static spil_status read_withheld(spil_strmap **out, const char *folder, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL, *text = NULL;
    size_t length;
    spil_str key = SPIL_STR_INIT;
    TRY(spil_path_join(&path, folder, "truth/truth.csv", err));
    TRY(spil_read_file(&text, &length, path, MOST_BYTES, err));
    TRY(spil_strmap_new(out, err));
    for (char *line = text, *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        if (*end)
            *end++ = '\0';
        TRY(keep_line(*out, line, &key, err));
    }
done:
    spil_str_free(&key);
    spil_free(path);
    spil_free(text);
    return rc;
}

/* ---- answers ---- */

static bool is_so(const spil_strmap *withheld, const spil_bench_case *it, const spil_question *q,
                  spil_str *key)
{
    int64_t one;
    const spil_model *const model = it->models->models[q->model];
    const spil_model_step *const step = &model->steps[q->step];
    const char *const entity = it->facts->entities[q->entity].key;
    if (q->kind == SPIL_FACT_SIGNAL)
        key_of(key, entity, "", "", step->signals[q->item].code);
    else
        key_of(key, entity, model->id, step->id, step->roles[q->item].id);
    return spil_str_status(key, NULL) == SPIL_OK && spil_strmap_get(withheld, key->text, &one);
}

/* How far the answer moves the list. */
static double change_of(const spil_questions *all, const spil_question *q, bool yes)
{
    return yes && (q->place <= all->top || q->place_yes <= all->top) ? fabs(q->value_yes - q->value)
                                                                     : 0;
}

typedef struct tally {
    double change, yes, expected;
    size_t count;
} tally;

static void count(tally *t, const spil_questions *all, const spil_question *q, bool yes)
{
    t->change += change_of(all, q, yes);
    t->yes += yes;
    t->expected += q->chance;
    t->count++;
}

/* A random item of the communities that are asked about, of a random member of the kind. */
static spil_status ask_at_random(tally *t, const spil_questions *all, const spil_bench_case *it,
                                 const spil_strmap *withheld, const size_t *row,
                                 const spil_vid *member, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str key = SPIL_STR_INIT;
    spil_rng rng = spil_rng_stream(seed, 77);
    for (size_t i = 0; i < RANDOM; i++) {
        spil_question q = all->items[spil_rng_below(&rng, all->count)];
        const size_t size = row[q.community + 1] - row[q.community];
        const spil_vid v = member[row[q.community] + spil_rng_below(&rng, size)];
        bool askable = true;
        q.entity = it->network->entity[v];
        const bool yes = is_so(withheld, it, &q, &key);
        if (yes)
            TRY(spil_question_about(all, &q, q.entity, &askable, err));
        else
            q.chance = 0; /* not needed, and costly */
        if (askable)
            count(t, all, &q, yes);
    }
done:
    spil_str_free(&key);
    return rc;
}

spil_status spil_bench_questions(const spil_bench_place *at, const spil_bench_case *it,
                                 const char *folder, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_strmap *withheld = NULL;
    spil_questions all = {0};
    size_t *row = NULL;
    spil_vid *member = NULL;
    spil_str key = SPIL_STR_INIT;
    tally chosen = {0, 0, 0, 0}, random = {0, 0, 0, 0};
    const spil_questions_opts opts = {.top = SPIL_BENCH_TOP, .as_of = it->facts->newest};
    TRY(read_withheld(&withheld, folder, err));
    TRY(spil_questions_find(&all, it->facts, it->network, it->communities, it->models, &opts, err));
    TRY(spil_partition_members(&row, &member, &it->communities->best, err));
    if (all.count == 0)
        goto done;
    for (size_t i = 0; i < ASKED && i < all.count; i++)
        count(&chosen, &all, &all.items[i], is_so(withheld, it, &all.items[i], &key));
    TRY(ask_at_random(&random, &all, it, withheld, row, member, at->seed, err));
    const double mine = chosen.change / (double)chosen.count;
    const double any = random.change / (double)random.count;
    const spil_bench_row rows[] = {
        {"questions", "spil", "change_an_answer", at->setting, at->seed, mine},
        {"questions", "random", "change_an_answer", at->setting, at->seed, any},
        {"questions", "spil", "times_random", at->setting, at->seed,
         any > 0 ? mine / any : (double)NAN},
        {"questions", "spil", "yes", at->setting, at->seed, chosen.yes / (double)chosen.count},
        {"questions", "spil", "yes_expected", at->setting, at->seed,
         chosen.expected / (double)chosen.count},
        {"questions", "random", "yes", at->setting, at->seed, random.yes / (double)random.count}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        spil_bench_add(at->rows, rows[i]);
done:
    spil_str_free(&key);
    spil_strmap_free(withheld);
    spil_questions_clear(&all);
    spil_free(row);
    spil_free(member);
    return rc;
}
