/* mem.c - see mem.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small blocks come from calloc, large ones (rows of a graph) 64-byte aligned; both are freed by
 * free. Blocks of many megabytes ask for huge pages: a look-up at random then seldom misses the
 * table of pages, which would cost more than the look-up.
 */
#define _DEFAULT_SOURCE /* madvise */
#include "engine/base/mem.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    ALIGN_FROM = 4096,
    ALIGNMENT = 64,

    HUGE_PAGE = 1 << 21,
    ARENA_BLOCK = 1 << 16
};

static atomic_int_fast64_t live_blocks;
static atomic_int_fast64_t fail_countdown; /* 0: off; 1: the next allocation fails */

static bool must_fail(void)
{
    if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) == 0)
        return false;
    return atomic_fetch_sub(&fail_countdown, 1) == 1;
}

static spil_status no_memory(spil_err *err, size_t count, size_t size)
{
    return spil_fail(err, SPIL_NO_MEMORY, "out of memory: %zu items of %zu bytes", count, size);
}

void spil_mem_wish_huge(void *block, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    const size_t before = (HUGE_PAGE - (uintptr_t)block % HUGE_PAGE) % HUGE_PAGE;
    const size_t pages = bytes > before ? (bytes - before) / HUGE_PAGE : 0;
    if (pages > 0)
        (void)madvise((char *)block + before, pages * HUGE_PAGE, MADV_HUGEPAGE); /* a wish */
#else
    (void)block;
    (void)bytes;
#endif
}

static void *aligned_block(size_t alignment, size_t bytes)
{
    void *block = NULL;
    if (posix_memalign(&block, alignment, bytes) != 0)
        return NULL;
    if (alignment == HUGE_PAGE)
        spil_mem_wish_huge(block, bytes);
    return block;
}

static void *zeroed(size_t bytes)
{
    if (bytes < ALIGN_FROM)
        return calloc(1, bytes ? bytes : 1);
    const size_t alignment = bytes >= 4 * HUGE_PAGE ? HUGE_PAGE : ALIGNMENT;
    const size_t rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    void *const block = rounded < bytes ? NULL : aligned_block(alignment, rounded);
    if (block)
        memset(block, 0, rounded);
    return block;
}

spil_status spil_alloc(void **out, size_t count, size_t size, spil_err *err)
{
    if (size != 0 && count > SIZE_MAX / 2 / size)
        return no_memory(err, count, size);
    void *const block = must_fail() ? NULL : zeroed(count * size);
    if (!block)
        return no_memory(err, count, size);
    atomic_fetch_add(&live_blocks, 1);
    *out = block;
    return SPIL_OK;
}

spil_status spil_reserve(void **out, size_t count, size_t size, spil_err *err)
{
    if (size != 0 && count > SIZE_MAX / 2 / size)
        return no_memory(err, count, size);
    void *const block = must_fail() ? NULL : calloc(count ? count : 1, size ? size : 1);
    if (!block)
        return no_memory(err, count, size);
    atomic_fetch_add(&live_blocks, 1);
    *out = block;
    return SPIL_OK;
}

spil_status spil_resize(void **block, size_t count, size_t size, spil_err *err)
{
    if (!*block)
        return spil_alloc(block, count, size, err);
    if (size != 0 && count > SIZE_MAX / 2 / size)
        return no_memory(err, count, size);
    const size_t bytes = count * size;
    void *const moved = must_fail() ? NULL : realloc(*block, bytes ? bytes : 1);
    if (!moved)
        return no_memory(err, count, size);
    *block = moved;
    return SPIL_OK;
}

spil_status spil_copy_text(char **out, const char *text, spil_err *err)
{
    const size_t bytes = strlen(text) + 1;
    void *copy = NULL;
    const spil_status rc = spil_alloc(&copy, bytes, 1, err);
    if (rc == SPIL_OK)
        *out = memcpy(copy, text, bytes);
    return rc;
}

void spil_free(void *block)
{
    if (!block)
        return;
    atomic_fetch_sub(&live_blocks, 1);
    free(block);
}

void spil_mem_give_back(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}

int64_t spil_mem_live(void)
{
    return atomic_load(&live_blocks);
}

void spil_mem_fail_after(int64_t k)
{
    atomic_store(&fail_countdown, k);
}

/* ---- arena: a list of blocks, newest first ---- */

typedef struct arena_block {
    struct arena_block *older;
    size_t used, size;
    char text[];
} arena_block;

struct spil_arena {
    arena_block *newest;
};

spil_status spil_arena_new(spil_arena **out, spil_err *err)
{
    return NEW(*out, err);
}

void spil_arena_free(spil_arena *arena)
{
    if (!arena)
        return;
    for (arena_block *block = arena->newest; block;) {
        arena_block *const older = block->older;
        spil_free(block);
        block = older;
    }
    spil_free(arena);
}

static spil_status arena_grow(spil_arena *arena, size_t bytes, spil_err *err)
{
    const size_t size = bytes > ARENA_BLOCK ? bytes : ARENA_BLOCK;
    void *raw = NULL;
    const spil_status rc = spil_alloc(&raw, 1, sizeof(arena_block) + size, err);
    if (rc != SPIL_OK)
        return rc;
    arena_block *const block = raw;
    block->older = arena->newest;
    block->size = size;
    arena->newest = block;
    return SPIL_OK;
}

spil_status spil_arena_text(spil_arena *arena, const char **out, const char *text, size_t length,
                            spil_err *err)
{
    const size_t bytes = length + 1;
    if (!arena->newest || arena->newest->size - arena->newest->used < bytes) {
        const spil_status rc = arena_grow(arena, bytes, err);
        if (rc != SPIL_OK)
            return rc;
    }
    char *const place = arena->newest->text + arena->newest->used;
    memcpy(place, text, length);
    place[length] = '\0';
    arena->newest->used += bytes;
    *out = place;
    return SPIL_OK;
}
