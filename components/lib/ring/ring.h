/* SPDX-License-Identifier: BSD-2-Clause
 * Ring: two free-running counters beside an array whose length is a power of two. One side writes entries and then
 * `written`, the other reads entries and then `taken`; each counter lives in a page that only its owner can write.
 * Invariant of an honest pair: written - taken <= length. A side never relies on the other's honesty: it keeps its own
 * counter in private memory, loads the peer's once, and checks it here before it touches an entry.
 *
 * Order: the writer fills entries, then stores `written` with release; the reader loads it with acquire. `taken`
 * likewise, so that an entry is never overwritten before it has been read. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t ring_load(const uint32_t *counter)
{
    return __atomic_load_n(counter, __ATOMIC_ACQUIRE);
}

static inline void ring_store(uint32_t *counter, uint32_t value)
{
    __atomic_store_n(counter, value, __ATOMIC_RELEASE);
}

/* A side about to sleep publishes its wish for a signal before it looks a last time; the other side publishes its work
 * before it looks for the wish. With a full barrier on both sides at least one of the two sees the other. */
static inline void ring_fence(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* Entries that the reader may take. False if the writer's counter cannot be true: then count is 0. */
static inline bool ring_used(uint32_t written, uint32_t taken, uint32_t length, uint32_t *count)
{
    uint32_t used = written - taken;

    *count = used <= length ? used : 0;
    return used <= length;
}

/* Entries that the writer may fill. 0 if the reader's counter cannot be true: a liar gets nothing more. */
static inline uint32_t ring_free(uint32_t written, uint32_t taken, uint32_t length)
{
    uint32_t used = written - taken;

    return used <= length ? length - used : 0;
}
