/* SPDX-License-Identifier: BSD-2-Clause
 * Interface: the header that every connection's first page starts with, and how each side touches it.
 *
 *   offset  size  field   written by
 *   0       4     ready   the kernel: 0 before the request returns and when the connection ends;
 *                         the provider: id << 16 | version, last of all
 *   4       8     base    the kernel, before the request returns: the connection's address in the client
 *
 * Invariant: a client that read a ready word that is not 0 sees everything that the provider stored before it. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct sel4ish_header {
    uint32_t ready;
    uint32_t base_low, base_high;   /* two halves, so that no access is unaligned */
};

_Static_assert(sizeof(struct sel4ish_header) == 12, "the header is the contract's 12 bytes");
_Static_assert(_Alignof(struct sel4ish_header) == 4, "what follows may start at offset 12");

static inline uint32_t sel4ish_ready_word(uint16_t id, uint16_t version)
{
    return (uint32_t)id << 16 | version;
}

/* Client: load-acquire (ldar). */
static inline uint32_t sel4ish_header_ready(const struct sel4ish_header *header)
{
    return __atomic_load_n(&header->ready, __ATOMIC_ACQUIRE);
}

/* Provider: store-release (stlr), after everything else in the connection has been written. */
static inline void sel4ish_header_publish(struct sel4ish_header *header, uint32_t ready)
{
    __atomic_store_n(&header->ready, ready, __ATOMIC_RELEASE);
}

static inline uintptr_t sel4ish_header_base(const struct sel4ish_header *header)
{
    return (uintptr_t)header->base_low | (uintptr_t)header->base_high << 32;
}
