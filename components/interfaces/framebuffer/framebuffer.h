/* SPDX-License-Identifier: BSD-2-Clause
 * framebuffer@1, framebuffer@2: a screen. A client draws into a surface of its own; the driver (provider) copies from it
 * into the memory that the display shows.
 *
 *   region   kind            contents
 *   base     client-reads    struct framebuffer_base: header, the screen's size, where the rest is, the driver's counters
 *   damage   provider-reads  struct framebuffer_damage: a ring of rectangles; version 2 only
 *   pixels   provider-reads  the surface: `height` rows, `stride` bytes apart, of `width` words 0x00RRGGBB
 *
 * The surface starts black and stays what the client drew: the driver writes nothing in it. Several clients of one
 * screen draw over each other, each copy as a whole.
 *
 * Version 1. The client draws, then rings the bell; the driver copies the whole surface, then adds 1 to `shown` and
 * signals the client. A client that waits for `shown` to move before it rings again knows what is on the screen; rings
 * that come faster may be answered by one copy.
 *
 * Version 2. The client draws, stores the rectangles that changed in the ring, then `written` (release). The driver
 * copies each rectangle once, in order, clamped to the screen, and nothing else; it stores `taken` when it has read the
 * rectangle, and `shown` (both count rectangles) when its pixels are in the display's memory: from then on the client
 * may draw there again without being seen half-way. A client that finds the ring full merges what it has left out into
 * fewer rectangles.
 *
 * Signals, version 2: the client rings the bell after storing `written` if the driver's `bell_wanted` is not 0; the
 * driver signals the client after storing `shown` if the client's `bell_wanted` is not 0; with a fence between, on
 * both sides. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <sel4ish/interface.h>
#include <framebuffer_layout.h>

enum {
    FRAMEBUFFER_RECTS = 64,     /* in the ring; a power of two */
    FRAMEBUFFER_PIXEL_BYTES = 4,
};

/* Half open: x .. x + width. What lies outside the screen is left out; no width or no height is nothing. */
struct framebuffer_rect {
    uint16_t x, y, width, height;
};

struct framebuffer_base {
    struct sel4ish_header header;
    uint32_t shown;             /* provider: copies (version 1) or rectangles (2) that are on the screen; release */
    uint64_t pixels;            /* client address of the surface, stride * height bytes */
    uint64_t damage;            /* client address of struct framebuffer_damage; 0 in version 1 */
    uint32_t width, height;     /* in pixels; these three are fixed before ready */
    uint32_t stride;            /* in bytes, a multiple of FRAMEBUFFER_PIXEL_BYTES, at least 4 * width */
    uint32_t taken;             /* provider: rectangles read so far, stored with release; version 2 */
    uint32_t bell_wanted;       /* provider: 1 while it sleeps; version 2 */
};

struct framebuffer_damage {
    uint32_t written;           /* client: rectangles written so far, stored with release */
    uint32_t bell_wanted;       /* client: 1 while it waits for `shown` */
    uint8_t  unused[56];
    struct framebuffer_rect rects[FRAMEBUFFER_RECTS];
};

_Static_assert(offsetof(struct framebuffer_base, shown) == 12, "the header is the contract's 12 bytes");
_Static_assert(sizeof(struct framebuffer_rect) == 8 && offsetof(struct framebuffer_damage, rects) == 64,
               "no hidden holes");
_Static_assert(sizeof(struct framebuffer_base) <= FRAMEBUFFER_V1_BASE_BYTES, "base fits its region");
_Static_assert(sizeof(struct framebuffer_damage) <= FRAMEBUFFER_V2_DAMAGE_BYTES, "damage fits its region");
_Static_assert(FRAMEBUFFER_V1_PIXELS_BYTES == FRAMEBUFFER_V2_PIXELS_BYTES, "one surface, whichever version");
