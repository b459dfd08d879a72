/* show.c - see show.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/show.h"

#include <stdio.h>
#include <time.h>

static bool times;
static spil_loudness loudness = SPIL_USUAL;

void spil_set_loudness(spil_loudness wanted)
{
    loudness = wanted;
}

spil_loudness spil_loudness_now(void)
{
    return loudness;
}

static void SPIL_PRINTF(2, 0) put_line(FILE *stream, const char *format, va_list args)
{
    char line[2048];
    spil_str plain = SPIL_STR_INIT;
    (void)vsnprintf(line, sizeof line, format, args);
    spil_add_plain_text(&plain, line);
    spil_str_add(&plain, "\n");
    (void)fputs(spil_str_status(&plain, NULL) == SPIL_OK ? plain.text : "out of memory\n", stream);
    spil_str_free(&plain);
}

void spil_note_times(bool on)
{
    times = on;
}

static void put_time(FILE *stream)
{
    char text[32];
    struct tm parts;
    const time_t now = time(NULL);
    if (gmtime_r(&now, &parts) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ ", &parts) > 0)
        (void)fputs(text, stream);
}

static void SPIL_PRINTF(1, 0) put_note(const char *format, va_list args)
{
    spil_meter_wipe();
    if (times)
        put_time(stderr);
    put_line(stderr, format, args);
}

void spil_note(const char *format, ...)
{
    if (loudness == SPIL_QUIET)
        return;
    va_list args;
    va_start(args, format);
    put_note(format, args);
    va_end(args);
}

void spil_say_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_note(format, args);
    va_end(args);
}

void spil_tell(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_line(stdout, format, args);
    va_end(args);
}

void spil_put(const spil_str *text)
{
    (void)fwrite(spil_str_text(text), 1, text->length, stdout);
}

spil_status spil_show_table(const spil_table *table, spil_table_format format, const char *command,
                            const char *members, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    if (format == SPIL_FORMAT_JSON) {
        spil_str_addf(&text, "{\"command\": \"%s\", \"shape\": 1,", command);
        if (members)
            spil_str_addf(&text, " %s,", members);
        spil_str_add(&text, " \"rows\": ");
    }
    TRY(spil_table_write(table, format, &text, err));
    if (format == SPIL_FORMAT_JSON)
        spil_str_add(&text, "}\n");
    TRY(spil_str_status(&text, err));
    spil_put(&text);
done:
    spil_str_free(&text);
    return rc;
}
