/* SPDX-License-Identifier: BSD-2-Clause
 * window@1: one window on somebody's screen. A program (client) draws into its surface and says what it changed; the
 * compositor (provider) shows it, and hands over what a person does to it. Place, title and colour of a window are the
 * compositor's, from the identity that the kernel gives the client: a client cannot say who it is.
 *
 *   region   kind            contents
 *   base     client-reads    struct window_base: header, what was granted, counters, where everything is
 *   events   client-reads    struct window_events: a ring of what happened
 *   damage   provider-reads  struct window_damage: what the client asks, and a ring of changed rectangles
 *   code     code            the routines, sealed
 *   pixels   provider-reads  XRGB8888, top row first, `stride` bytes a row
 *
 * Opening: after ready the client stores the size that it would like, then `asked` = 1 (release), then rings. The
 * compositor stores what it grants, then `granted` = 1 (release), and signals. The size is between WINDOW_LEAST and
 * what the pixels hold, and stays. Only now is there a window; coordinates are relative to its content's top left
 * corner.
 *
 * Drawing: the client stores pixels, queues rectangles, stores in `frame_wanted` a number that was not there before
 * (release), and rings. When a frame that shows part of this window and all that was queued before has reached the
 * screen, the compositor stores that number in `frame_done`. A window that nothing can be seen of waits.
 *
 * Events that find the ring full are left out and counted in `lost`.
 *
 * Signals: the client rings if `bell_wanted` of the base is not 0, the compositor if `bell_wanted` of the damage is not
 * 0, each after its stores and a fence. Both may poll instead. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sel4ish/interface.h>
#include <window_layout.h>

enum {
    WINDOW_RECTS  = 64,         /* rectangles under way at once; a power of two, as is the next */
    WINDOW_EVENTS = 128,
    WINDOW_LEAST  = 64,         /* pixels, of width and height */
    WINDOW_MOST_WIDE = 1024,
    WINDOW_MOST_HIGH = 768,
};

enum window_event_type {
    WINDOW_MOVE = 1,            /* the pointer is at x, y; outside of the content while a button is held */
    WINDOW_BUTTON,              /* code: evdev's BTN_…; value: 1 pressed, 0 released */
    WINDOW_KEY,                 /* code: evdev's KEY_…; value: 1 pressed, 0 released, 2 repeated */
    WINDOW_FOCUS,               /* value: 1 keys come here now; 0 no more, and none is held */
};

struct window_event {
    uint16_t type;              /* enum window_event_type */
    uint16_t code;
    int32_t  value;
    int32_t  x, y;              /* of the pointer: MOVE, BUTTON */
};

struct window_rect {
    uint16_t x, y, width, height;
};

struct window_base {
    struct sel4ish_header header;
    uint32_t granted;           /* provider: 1 when the next three are true, release */
    uint32_t width, height;     /* pixels */
    uint32_t stride;            /* bytes, a multiple of 64 */
    uint32_t focus;             /* provider: 1 while keys come here */
    uint32_t frame_done;        /* provider: the last frame_wanted that is on the screen, release */
    uint32_t taken;             /* provider: rectangles read so far, release */
    uint32_t bell_wanted;       /* provider: 1 while it sleeps */
    uint32_t lost;              /* provider: events left out because the ring was full */
    uint64_t events;            /* client address of struct window_events */
    uint64_t damage;            /* client address of struct window_damage */
    uint64_t pixels;            /* client address of the first row */
    uint64_t queue;             /* client address of a window_queue_routine */
    uint64_t next;              /* client address of a window_next_routine */
};

struct window_events {
    uint32_t written;           /* provider: events written so far, release */
    uint8_t  unused[60];
    struct window_event slots[WINDOW_EVENTS];
};

struct window_damage {
    uint32_t asked;             /* client: 1 when the next two are there, release */
    uint32_t width, height;     /* client: the size that it would like */
    uint32_t written;           /* client: rectangles written so far, release */
    uint32_t taken;             /* client: events read so far, release */
    uint32_t frame_wanted;      /* client */
    uint32_t bell_wanted;       /* client: 1 while it sleeps */
    uint8_t  unused[36];
    struct window_rect slots[WINDOW_RECTS];
};

/* The routines work on the connection's pages, which the client names by the pointers that it checked at ready.
 *
 * queue: queues a changed rectangle. False, and nothing changed, if the ring is full or the rectangle empty.
 * next: takes one event into *event. False if there is none. */
typedef bool window_queue_routine(struct window_damage *damage, const struct window_base *base,
                                  struct window_rect rect);
typedef bool window_next_routine(struct window_damage *damage, const struct window_events *events,
                                 struct window_event *event);

_Static_assert(offsetof(struct window_base, granted) == 12, "the header is the contract's 12 bytes");
_Static_assert(sizeof(struct window_event) == 16 && sizeof(struct window_rect) == 8, "no hidden holes");
_Static_assert(sizeof(struct window_base) <= WINDOW_V1_BASE_BYTES, "base fits its region");
_Static_assert(sizeof(struct window_events) <= WINDOW_V1_EVENTS_BYTES, "events fit their region");
_Static_assert(sizeof(struct window_damage) <= WINDOW_V1_DAMAGE_BYTES, "damage fits its region");
