/* SPDX-License-Identifier: BSD-2-Clause
 * Memory: the untypeds that the kernel handed over, and how much of each is used.
 *
 * Invariant: `used` is the kernel's watermark: every Retype from an untyped goes through here, in the same order. */
#pragma once

#include <sel4/sel4.h>
#include <stdbool.h>
#include <stdint.h>

struct loader;

enum { UNTYPEDS_MAX = 1024, UNTYPED_BITS_MAX = 64 };

struct untyped {
    seL4_CPtr cap;
    uint64_t paddr, bytes, used;
    bool device;
    bool reserved;                          /* holds frames at fixed places that are not carved out yet */
};

struct memory {
    struct untyped untypeds[UNTYPEDS_MAX];
    uint32_t count;
    uint32_t first_fit[UNTYPED_BITS_MAX];   /* untypeds before it have no room for that size any more */
};

/* An untyped of RAM with room for an object of 1 << bits bytes, which counts as taken. The caller retypes it at once.
 * Deterministic: the first that has room. Objects taken largest first waste nothing. object names it for a failure. */
seL4_Untyped memory_take(struct loader *loader, uint32_t bits, const char *object);
/* The untyped that holds all of these bytes; null: none does. */
struct untyped *memory_covering(struct memory *memory, uint64_t paddr, uint64_t bytes);
/* What is left over of an untyped that was cut: untyped memory again. */
void memory_add(struct loader *loader, const struct untyped *untyped);
/* Every fixed frame is carved out: the rest is memory like any other. */
void memory_unreserve(struct memory *memory);
