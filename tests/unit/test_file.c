/* test_file.c - files are written aside and renamed. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/spil-file-XXXXXX";
static char path[64];

static int enter(void **state)
{
    (void)state;
    const bool made = mkdtemp(folder) != NULL;
    (void)snprintf(path, sizeof path, "%s/out.txt", folder);
    return made ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder); /* fails when something was left behind */
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *const dir = opendir(folder);
    assert_non_null(dir);
    for (const struct dirent *each; (each = readdir(dir));)
        count += each->d_name[0] != '.';
    (void)closedir(dir);
    return count;
}

static void assert_content(const char *expected)
{
    spil_err err;
    char *text = NULL;
    size_t length = 0;
    assert_ok(spil_read_file(&text, &length, path, 1000, &err));
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
    spil_free(text);
}

static void file_commit__replaces_the_old_file_with_mode_0600(void **state)
{
    (void)state;
    spil_err err;
    assert_ok(spil_write_file(path, "old", 3, &err));
    spil_outfile *file = NULL;
    assert_ok(spil_outfile_open(&file, path, &err));
    assert_true(fputs("new text", spil_outfile_stream(file)) >= 0);
    assert_content("old");
    assert_ok(spil_outfile_commit(file, &err));
    assert_content("new text");
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(files_in_folder(), 1);
}

static void file_abort__leaves_the_old_file_and_nothing_else(void **state)
{
    (void)state;
    spil_err err;
    assert_ok(spil_write_file(path, "old", 3, &err));
    spil_outfile *file = NULL;
    assert_ok(spil_outfile_open(&file, path, &err));
    assert_true(fputs("half", spil_outfile_stream(file)) >= 0);
    spil_outfile_abort(file);
    spil_outfile_abort(NULL);
    assert_content("old");
    assert_int_equal(files_in_folder(), 1);
}

static void file_open__names_a_folder_that_is_not_there(void **state)
{
    (void)state;
    spil_err err;
    spil_outfile *file = NULL;
    assert_fails(spil_outfile_open(&file, "/nonexistent/x.txt", &err), SPIL_IO,
                 "/nonexistent/x.txt: No such");
    assert_null(file);
}

static void file_open__does_not_take_the_place_of_a_device_or_folder(void **state)
{
    (void)state;
    spil_err err;
    spil_outfile *file = NULL;
    assert_fails(spil_outfile_open(&file, "/dev/null", &err), SPIL_IO, "/dev/null: is a device");
    assert_fails(spil_outfile_open(&file, folder, &err), SPIL_IO, "is a folder");
    assert_null(file);
}

static void file_read__refuses_more_than_the_limit(void **state)
{
    (void)state;
    spil_err err;
    char *text = NULL;
    size_t length = 0;
    assert_ok(spil_write_file(path, "0123456789", 10, &err));
    assert_fails(spil_read_file(&text, &length, path, 9, &err), SPIL_LIMIT, "larger than 9 bytes");
    assert_null(text);
}

static void file_make_folder__makes_missing_parents_and_names_a_file_in_the_way(void **state)
{
    (void)state;
    spil_err err;
    char deep[96];
    (void)snprintf(deep, sizeof deep, "%s/a/b", folder);
    assert_ok(spil_make_folder(deep, &err));
    assert_ok(spil_make_folder(deep, &err));
    assert_int_equal(rmdir(deep), 0);
    deep[strlen(deep) - 2] = '\0';
    assert_int_equal(rmdir(deep), 0);
    assert_ok(spil_write_file(path, "x", 1, &err));
    assert_fails(spil_make_folder(path, &err), SPIL_IO, "out.txt: Not a directory");
}

static spil_status write_once(void)
{
    return spil_write_file(path, "text", 4, NULL);
}

static void file_write__survives_lack_of_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(write_once());
    assert_int_equal(files_in_folder(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(file_commit__replaces_the_old_file_with_mode_0600),
        T(file_abort__leaves_the_old_file_and_nothing_else),
        T(file_open__names_a_folder_that_is_not_there),
        T(file_open__does_not_take_the_place_of_a_device_or_folder),
        T(file_read__refuses_more_than_the_limit),
        T(file_make_folder__makes_missing_parents_and_names_a_file_in_the_way),
        T(file_write__survives_lack_of_memory),
    };
    return cmocka_run_group_tests_name("file", tests, enter, leave);
}
