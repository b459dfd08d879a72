/* test_pair_sort.c - pairs come back in order, however few fit in memory.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"
#include "engine/base/aside.h"
#include "engine/base/rng.h"
#include "loaders/pair_sort.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static char folder[] = "/tmp/spil-pairs-XXXXXX";
static char beside[64];

static int enter(void **state)
{
    (void)state;
    const bool made = mkdtemp(folder) != NULL;
    (void)snprintf(beside, sizeof beside, "%s/case.db", folder);
    return made ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    return rmdir(folder); /* fails when something was left behind */
}

static int64_t least(const spil_pair_row *row)
{
    return row->from < row->to ? row->from : row->to;
}

static int64_t most(const spil_pair_row *row)
{
    return row->from < row->to ? row->to : row->from;
}

/* line: the place in which it was put */
static int in_order(const void *a, const void *b)
{
    const spil_pair_row *const x = a, *const y = b;
    if (least(x) != least(y))
        return least(x) < least(y) ? -1 : 1;
    if (most(x) != most(y))
        return most(x) < most(y) ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* Ends up to `range`, so that pairs stand often when it is small. */
static void assert_sorts(size_t count, size_t run, uint64_t range)
{
    spil_err err;
    spil_pair_sort *sort = NULL;
    spil_pair_row *rows = NULL, row;
    bool got = false;
    spil_rng rng = spil_rng_stream(count, run);
    assert_ok(NEW_ARRAY(rows, count, &err));
    assert_ok(spil_pair_sort_new(&sort, beside, run, &err));
    for (size_t i = 0; i < count; i++) {
        rows[i].from = 1 + (int64_t)spil_rng_below(&rng, range);
        rows[i].to = 1 + (int64_t)spil_rng_below(&rng, range);
        rows[i].weight = spil_rng_unit(&rng);
        rows[i].line = i;
        assert_ok(spil_pair_sort_put(sort, &rows[i], &err));
    }
    qsort(rows, count, sizeof *rows, in_order);
    for (size_t i = 0; i < count; i++) {
        assert_ok(spil_pair_sort_next(sort, &row, &got, &err));
        assert_true(got);
        assert_memory_equal(&row, &rows[i], sizeof row);
    }
    for (int again = 0; again < 2; again++) {
        assert_ok(spil_pair_sort_next(sort, &row, &got, &err));
        assert_false(got);
    }
    spil_pair_sort_free(sort);
    spil_free(rows);
}

static void pair_sort_next__gives_pairs_in_order(void **state)
{
    (void)state;
    static const uint64_t ranges[] = {1, 7, 3000, UINT64_C(1) << 40};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        assert_sorts(0, 5, ranges[i]);
        assert_sorts(5, 5, ranges[i]);    /* one full run */
        assert_sorts(6, 5, ranges[i]);    /* one row in the second */
        assert_sorts(1000, 7, ranges[i]); /* 143 runs */
        assert_sorts(20, 1, ranges[i]);
        assert_sorts(9000, 4000, ranges[i]); /* runs of several blocks */
        assert_sorts(3000, SPIL_PAIR_RUN, ranges[i]);
    }
}

static spil_status sort_some(size_t run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pair_sort *sort = NULL;
    spil_pair_row row = {0};
    bool got = true;
    TRY(spil_pair_sort_new(&sort, beside, run, err));
    for (int64_t i = 0; i < 30; i++)
        TRY(spil_pair_sort_put(sort, &(spil_pair_row){30 - i, 40, 1, 1}, err));
    while (got)
        TRY(spil_pair_sort_next(sort, &row, &got, err));
done:
    spil_pair_sort_free(sort);
    return rc;
}

static void pair_sort__survives_want_of_memory(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    assert_survives_no_memory(sort_some(100, &err));
    assert_survives_no_memory(sort_some(4, &err));
}

static int names_in_folder(void)
{
    int count = 0;
    DIR *const dir = opendir(folder);
    assert_non_null(dir);
    for (const struct dirent *each; (each = readdir(dir));)
        count += each->d_name[0] != '.';
    (void)closedir(dir);
    return count;
}

static void aside__keeps_bytes_without_a_name(void **state)
{
    (void)state;
    spil_err err;
    spil_aside *file = NULL;
    char read[6] = "";
    assert_ok(spil_aside_open(&file, beside, &err));
    assert_int_equal(names_in_folder(), 0);
    assert_ok(spil_aside_append(file, "first ", 6, &err));
    assert_ok(spil_aside_append(file, "second", 6, &err));
    assert_ok(spil_aside_read(file, 4, read, 5, &err));
    assert_string_equal(read, "t sec");
    assert_fails(spil_aside_read(file, 8, read, 5, &err), SPIL_IO, beside); /* beyond the end */
    spil_aside_free(file);
    assert_fails(spil_aside_open(&file, "/nowhere/case.db", &err), SPIL_IO, "/nowhere/case.db: ");
}

/* As a full disk would. */
static void pair_sort_put__tells_when_the_file_cannot_grow(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 100;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const spil_status rc = sort_some(4, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(rc, SPIL_IO);
    assert_non_null(strstr(err.msg, beside));
    assert_int_equal(names_in_folder(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(pair_sort_next__gives_pairs_in_order),
        T(pair_sort__survives_want_of_memory),
        T(aside__keeps_bytes_without_a_name),
        T(pair_sort_put__tells_when_the_file_cannot_grow),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
