/* mem.h - the one door to the heap: checked, zeroed, counted arrays, and an arena for text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * malloc, calloc, realloc, free and strdup appear in mem.c alone. Tests use the live counter to see
 * leaks and the fail switch to make the k-th allocation fail.
 */
#ifndef SPIL_BASE_MEM_H
#define SPIL_BASE_MEM_H

#include "engine/base/err.h"

/* *out becomes count * size zeroed bytes (never NULL, also for count 0), 64-byte aligned so that
 * rows start on cache lines. SPIL_NO_MEMORY on overflow or exhaustion. */
spil_status spil_alloc(void **out, size_t count, size_t size, spil_err *err) SPIL_CHECKED;
/* The same, but pages that are never touched cost no memory: room for what may grow in place. */
spil_status spil_reserve(void **out, size_t count, size_t size, spil_err *err) SPIL_CHECKED;
/* Grows or shrinks; new bytes are not zeroed; *block is untouched on failure. */
spil_status spil_resize(void **block, size_t count, size_t size, spil_err *err) SPIL_CHECKED;
spil_status spil_copy_text(char **out, const char *text, spil_err *err) SPIL_CHECKED;
void spil_free(void *block); /* NULL is allowed */

/* Large blocks of spil_alloc are in huge pages where the system has them, others (spil_reserve) on
 * request: right for those that are filled from their start on and looked up at random. */
void spil_mem_wish_huge(void *block, size_t bytes);

/* What is free in the heap goes back to the system. glibc keeps blocks of megabytes after it has
 * seen some freed, in a heap with holes: worth a call between two steps of a large work that each
 * take and free much, not in a loop. */
void spil_mem_give_back(void);

#define NEW_ARRAY(pointer, count, err)                                                             \
    spil_alloc((void **)&(pointer), (size_t)(count), sizeof *(pointer), (err))
#define NEW(pointer, err) NEW_ARRAY(pointer, 1, err)
#define RESERVE_ARRAY(pointer, count, err)                                                         \
    spil_reserve((void **)&(pointer), (size_t)(count), sizeof *(pointer), (err))
#define RESIZE_ARRAY(pointer, count, err)                                                          \
    spil_resize((void **)&(pointer), (size_t)(count), sizeof *(pointer), (err))

/* For tests: blocks alive now; let the k-th allocation from now on fail (0 = never). */
int64_t spil_mem_live(void);
void spil_mem_fail_after(int64_t k);

/* An arena holds many small texts that die together. Blocks never move, so pointers stay valid. */
typedef struct spil_arena spil_arena;
spil_status spil_arena_new(spil_arena **out, spil_err *err) SPIL_CHECKED;
void spil_arena_free(spil_arena *arena);
/* Borrowed until the arena is freed. */
spil_status spil_arena_text(spil_arena *arena, const char **out, const char *text, size_t length,
                            spil_err *err) SPIL_CHECKED;

#endif
