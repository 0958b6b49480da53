/* SPDX-License-Identifier: BSD-2-Clause
 * Byte ring: one writer, one reader, each with a counter of its own that only ever grows (and wraps at 2^32).
 *
 *   writer's page   written, bytes[size]     size a power of two, at most 2^31
 *   reader's page   taken
 *
 * Invariants: each side keeps its own counter in private memory and only publishes it; the peer's counter is read once,
 * checked (written - taken <= size) and the copy used; a peer whose counter cannot be true is broken for good, and no
 * byte is touched for it. Writing: bytes first, then `written` with release. Reading: `written` with acquire, then bytes,
 * then `taken` with release. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct sel4ish_ring_writer {
    uint8_t *bytes;
    uint32_t size;
    uint32_t *written;
    const uint32_t *taken;
    uint32_t at;            /* what *written was last set to */
    bool broken;
};

struct sel4ish_ring_reader {
    const uint8_t *bytes;
    uint32_t size;
    const uint32_t *written;
    uint32_t *taken;
    uint32_t at;            /* what *taken was last set to */
    bool broken;
};

/* Room for how many bytes; 0 when the peer is broken. */
static inline uint32_t sel4ish_ring_room(struct sel4ish_ring_writer *w)
{
    uint32_t used = w->at - __atomic_load_n(w->taken, __ATOMIC_ACQUIRE);

    if (used > w->size)
        w->broken = true;
    return w->broken ? 0 : w->size - used;
}

/* All len bytes, or none and false. */
static inline bool sel4ish_ring_write(struct sel4ish_ring_writer *w, const void *from, uint32_t len)
{
    uint32_t start = w->at & (w->size - 1);
    uint32_t first = len < w->size - start ? len : w->size - start;

    if (len > sel4ish_ring_room(w))
        return false;
    memcpy(w->bytes + start, from, first);
    memcpy(w->bytes, (const uint8_t *)from + first, len - first);
    w->at += len;
    __atomic_store_n(w->written, w->at, __ATOMIC_RELEASE);
    return true;
}

/* How many bytes are there; 0 when the peer is broken. */
static inline uint32_t sel4ish_ring_used(struct sel4ish_ring_reader *r)
{
    uint32_t used = __atomic_load_n(r->written, __ATOMIC_ACQUIRE) - r->at;

    if (used > r->size)
        r->broken = true;
    return r->broken ? 0 : used;
}

/* At most len bytes; returns how many. */
static inline uint32_t sel4ish_ring_read(struct sel4ish_ring_reader *r, void *to, uint32_t len)
{
    uint32_t used = sel4ish_ring_used(r);
    uint32_t n = len < used ? len : used;
    uint32_t start = r->at & (r->size - 1);
    uint32_t first = n < r->size - start ? n : r->size - start;

    memcpy(to, r->bytes + start, first);
    memcpy((uint8_t *)to + first, r->bytes, n - first);
    r->at += n;
    __atomic_store_n(r->taken, r->at, __ATOMIC_RELEASE);
    return n;
}
