/* scorer_program.c - somebody's own scorer: a program in any language (--scorer FILE).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is run as `FILE FOLDER`, FOLDER holding the files of the region as a user would import them
 * (persons.csv, links.csv, ...; it keeps out of truth/), and prints a line `key,score` for each
 * entity that it ranks; all others get 0. Larger: look here first.
 */
#include "bench/models/scorer.h"

#include "engine/base/text.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 512 };

/* In single quotes, as the shell takes it word for word; a name with a quote is refused. */
static spil_status make_command(char *out, size_t size, const spil_bench_case *it, spil_err *err)
{
    if (strchr(it->program, '\'') || strchr(it->folder, '\''))
        return spil_fail(err, SPIL_USAGE, "--scorer: no quotes in the name of a program or folder");
    const int length = snprintf(out, size, "'%s' '%s'", it->program, it->folder);
    if (length < 0 || (size_t)length >= size)
        return spil_fail(err, SPIL_USAGE, "--scorer: the name is too long");
    return SPIL_OK;
}

static spil_status take_line(const spil_bench_case *it, char *line, size_t number, double *value,
                             spil_err *err)
{
    line[strcspn(line, "\r\n")] = '\0';
    char *const comma = strrchr(line, ',');
    double score;
    if (!comma || !spil_parse_double(comma + 1, &score))
        return spil_fail(err, SPIL_INPUT, "%s:%zu: expected key,score, found '%.80s'", it->program,
                         number, line);
    *comma = '\0';
    const uint32_t entity = spil_facts_find(it->facts, line);
    if (entity == UINT32_MAX)
        return spil_fail(err, SPIL_INPUT, "%s:%zu: there is no entity '%.80s'", it->program, number,
                         line);
    value[entity] = score;
    return SPIL_OK;
}

static spil_status run(const spil_bench_case *it, uint64_t seed, double *value, spil_err *err)
{
    (void)seed;
    spil_status rc = SPIL_OK;
    char command[2 * LINE], line[LINE];
    FILE *pipe = NULL;
    size_t number = 0;
    TRY(make_command(command, sizeof command, it, err));
    pipe = popen(command, "r"); /* the program is the user's own */
    if (!pipe)
        return spil_fail(err, SPIL_IO, "%s: could not be started", it->program);
    while (fgets(line, sizeof line, pipe))
        TRY(take_line(it, line, ++number, value, err));
done:
    if (pipe && pclose(pipe) != 0 && rc == SPIL_OK)
        rc = spil_fail(err, SPIL_INPUT, "%s: did not end well", it->program);
    return rc;
}

const spil_bench_scorer spil_bench_scorer_program = {.name = "program",
                                                     .summary =
                                                         "a program of the user's own (--scorer)",
                                                     .run = run,
                                                     .own = true};
