/* charset.c - see charset.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Done by hand rather than by iconv: two tables' worth of code, no dependence on the modules that
 * happen to be installed, and a broken character costs its row instead of the file.
 */
#include "loaders/charset.h"

#include <string.h>

/* Windows-1252 0x80..0x9f; 0 = no character. The rest is Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

static const struct {
    const char *bytes;
    size_t length;
    const char *what;
} magics[] = {
#define MAGIC(bytes, what) {bytes, sizeof(bytes) - 1, what},
    MAGIC("PK\x03\x04", "a zip archive or spreadsheet (xlsx, ods): unpack it, or save the sheet as "
                        "'CSV UTF-8'")
        MAGIC("\xd0\xcf\x11\xe0", "an old Office file (xls, doc): save the sheet as 'CSV UTF-8'")
            MAGIC("%PDF", "a PDF: ask for the data as CSV") MAGIC(
                "SQLite format 3", "an SQLite database: export the tables as CSV")
                MAGIC("BZh", "packed with bzip2: unpack it, or pack it with gzip") MAGIC(
                    "\xfd"
                    "7zXZ",
                    "packed with xz: unpack it, or pack it with gzip")
                    MAGIC("\x28\xb5\x2f\xfd", "packed with zstd: unpack it, or pack it with gzip")
                        MAGIC("7z\xbc\xaf", "packed with 7-Zip: unpack it, or pack it with gzip")
                            MAGIC("\x1f\x8b", "gzip within gzip: unpack it once")
#undef MAGIC
};

static size_t min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* ---- looking ---- */

static bool has_bom16(const unsigned char *bytes, size_t length)
{
    return length >= 2 &&
           ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff));
}

/* Zero bytes at even (0) or odd (1) places alone, and at a third of them at least. */
static bool zeros_at(const unsigned char *bytes, size_t length, size_t parity)
{
    size_t here = 0, elsewhere = 0;
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == 0) {
            here += i % 2 == parity;
            elsewhere += i % 2 != parity;
        }
    return elsewhere == 0 && here > 1 && here * 6 >= length;
}

static spil_charset look16(const unsigned char *bytes, size_t length)
{
    if (has_bom16(bytes, length))
        return bytes[0] == 0xff ? SPIL_CHARSET_UTF16LE : SPIL_CHARSET_UTF16BE;
    const size_t window = min_size(length, 4096);
    if (zeros_at(bytes, window, 1))
        return SPIL_CHARSET_UTF16LE;
    if (zeros_at(bytes, window, 0))
        return SPIL_CHARSET_UTF16BE;
    return SPIL_CHARSET_ASCII;
}

const char *spil_charset_not_text(const char *text, size_t length)
{
    const unsigned char *const bytes = (const unsigned char *)text;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (length >= magics[i].length && memcmp(text, magics[i].bytes, magics[i].length) == 0)
            return magics[i].what;
    if (look16(bytes, length) != SPIL_CHARSET_ASCII)
        return NULL;
    size_t controls = 0;
    bool first_line = true;
    const size_t window = min_size(length, 8192);
    for (size_t i = 0; i < window; i++) {
        const bool control = (bytes[i] < 0x20 && !strchr("\t\n\r\f\x1a\x1b", bytes[i])) ||
                             bytes[i] == 0 || bytes[i] == 0x7f;
        controls += control;
        if (control && first_line)
            return "a binary file, not text";
        first_line = first_line && bytes[i] != '\n' && bytes[i] != '\r';
    }
    return controls >= 8 && controls * 20 > window ? "a binary file, not text" : NULL;
}

/* Length of the whole sequence at bytes; 0 when it is broken, more than left when it is cut off.
 * Overlong forms and surrogates are told apart later, by spil_utf8_valid. */
static size_t sequence(const unsigned char *bytes, size_t left)
{
    const size_t need = bytes[0] < 0xc2   ? 0
                        : bytes[0] < 0xe0 ? 2
                        : bytes[0] < 0xf0 ? 3
                        : bytes[0] < 0xf5 ? 4
                                          : 0;
    for (size_t i = 1; i < need; i++) {
        if (i >= left)
            return left + 1;
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    }
    return need;
}

/* *cut: bytes at the end that begin a sequence whose rest is not here. */
static spil_charset look8(const unsigned char *bytes, size_t length, size_t *cut)
{
    size_t whole = 0, broken = 0;
    *cut = 0;
    for (size_t i = 0; i < length;) {
        if (bytes[i] < 0x80) {
            i++;
            continue;
        }
        const size_t used = sequence(bytes + i, length - i);
        if (used > length - i) {
            *cut = length - i;
            break;
        }
        whole += used > 0;
        broken += used == 0;
        i += used ? used : 1;
    }
    if (whole + broken == 0)
        return SPIL_CHARSET_ASCII;
    return broken >= whole ? SPIL_CHARSET_WINDOWS_1252 : SPIL_CHARSET_UTF8;
}

/* ---- converting ---- */

static size_t put_point(char *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xc0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xe0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (point & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (point & 0x3f));
    return 4;
}

static size_t convert_1252(const unsigned char *bytes, size_t length, char *out)
{
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = bytes[i];
        const uint32_t point = byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte;
        if (point == 0 && byte != 0)
            out[used++] = (char)byte; /* alone it is not UTF-8: its row is rejected */
        else
            used += put_point(out + used, point);
    }
    return used;
}

static uint32_t unit16(const unsigned char *bytes, bool little)
{
    return little ? (uint32_t)(bytes[0] | bytes[1] << 8) : (uint32_t)(bytes[0] << 8 | bytes[1]);
}

/* One character; 0 when the rest of it is in the next chunk. A lone surrogate comes out as the
 * three bytes that UTF-8 forbids. */
static size_t take16(const unsigned char *bytes, size_t left, bool last, bool little,
                     uint32_t *point)
{
    if (left < 2) {
        *point = 0xd800;
        return last ? left : 0;
    }
    *point = unit16(bytes, little);
    if (*point < 0xd800 || *point > 0xdbff)
        return 2;
    if (left < 4)
        return last ? 2 : 0;
    const uint32_t low = unit16(bytes + 2, little);
    if (low < 0xdc00 || low > 0xdfff)
        return 2;
    *point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
    return 4;
}

static size_t convert_16(spil_charset_reader *reader, const unsigned char *bytes, size_t length,
                         bool last, char *out)
{
    const bool little = reader->charset == SPIL_CHARSET_UTF16LE;
    size_t used = 0, at = 0;
    uint32_t point;
    /* A character that began in the chunk before. */
    while (reader->held_count > 0 && (at < length || last)) {
        while (reader->held_count < sizeof reader->held && at < length)
            reader->held[reader->held_count++] = bytes[at++];
        const size_t taken =
            take16(reader->held, reader->held_count, last && at == length, little, &point);
        if (taken == 0)
            return used;
        used += put_point(out + used, point);
        const size_t rest = reader->held_count - taken;
        if (rest <= at) { /* the rest stands in this chunk still */
            at -= rest;
            reader->held_count = 0;
        } else {
            memmove(reader->held, reader->held + taken, rest);
            reader->held_count = rest;
        }
    }
    while (at < length) {
        const size_t taken = take16(bytes + at, length - at, last, little, &point);
        if (taken == 0)
            break;
        used += put_point(out + used, point);
        at += taken;
    }
    while (at < length)
        reader->held[reader->held_count++] = bytes[at++];
    return used;
}

/* The byte order mark is passed over. */
static size_t start(spil_charset_reader *reader, const unsigned char *bytes, size_t length)
{
    reader->started = true;
    reader->charset = look16(bytes, length);
    if (reader->charset != SPIL_CHARSET_ASCII)
        return has_bom16(bytes, length) ? 2 : 0;
    if (length < 3 || memcmp(bytes, "\xef\xbb\xbf", 3) != 0)
        return 0;
    reader->charset = SPIL_CHARSET_UTF8;
    return 3;
}

/* The first byte above 127 was the last of a chunk: what follows it here decides. Writes the held
 * bytes. */
static size_t decide_held(spil_charset_reader *reader, const unsigned char *bytes, size_t length,
                          bool last, char *out)
{
    unsigned char joined[8];
    const size_t held = reader->held_count, more = min_size(length, 4);
    memcpy(joined, reader->held, held);
    if (more > 0)
        memcpy(joined + held, bytes, more);
    if (more == 0 && !last)
        return 0;
    reader->held_count = 0;
    const size_t used = sequence(joined, held + more);
    const bool broken = used == 0 || (last && used > held + more);
    reader->charset = broken ? SPIL_CHARSET_WINDOWS_1252 : SPIL_CHARSET_UTF8;
    if (reader->charset == SPIL_CHARSET_WINDOWS_1252)
        return convert_1252(joined, held, out);
    memcpy(out, joined, held);
    return held;
}

static size_t convert_undecided(spil_charset_reader *reader, const unsigned char *bytes,
                                size_t length, bool last, char *out)
{
    size_t cut;
    reader->charset = look8(bytes, length, &cut);
    if (reader->charset == SPIL_CHARSET_WINDOWS_1252)
        return convert_1252(bytes, length, out);
    const size_t now = reader->charset == SPIL_CHARSET_ASCII ? length - cut : length;
    if (now > 0)
        memcpy(out, bytes, now);
    while (reader->held_count < length - now) {
        reader->held[reader->held_count] = bytes[now + reader->held_count];
        reader->held_count++;
    }
    return last && reader->held_count > 0 ? now + decide_held(reader, bytes, 0, true, out + now)
                                          : now;
}

size_t spil_charset_convert(spil_charset_reader *reader, const char *text, size_t length, bool last,
                            char *out)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (!reader->started && length > 0) {
        const size_t mark = start(reader, bytes, length);
        bytes += mark;
        length -= mark;
    }
    if (reader->charset == SPIL_CHARSET_ASCII && reader->held_count > 0) {
        const size_t held = decide_held(reader, bytes, length, last, out);
        return held + (length > 0 ? spil_charset_convert(reader, (const char *)bytes, length, last,
                                                         out + held)
                                  : 0);
    }
    if (reader->charset == SPIL_CHARSET_ASCII)
        return convert_undecided(reader, bytes, length, last, out);
    switch (reader->charset) {
    case SPIL_CHARSET_WINDOWS_1252:
        return convert_1252(bytes, length, out);
    case SPIL_CHARSET_UTF16LE:
    case SPIL_CHARSET_UTF16BE:
        return convert_16(reader, bytes, length, last, out);
    case SPIL_CHARSET_ASCII:
    case SPIL_CHARSET_UTF8:
        break;
    }
    if (length > 0)
        memcpy(out, bytes, length);
    return length;
}

const char *spil_charset_name(spil_charset charset)
{
    switch (charset) {
    case SPIL_CHARSET_WINDOWS_1252:
        return "Windows-1252";
    case SPIL_CHARSET_UTF16LE:
        return "UTF-16 (little endian)";
    case SPIL_CHARSET_UTF16BE:
        return "UTF-16 (big endian)";
    case SPIL_CHARSET_ASCII:
    case SPIL_CHARSET_UTF8:
        break;
    }
    return "UTF-8";
}
