/* SPDX-License-Identifier: BSD-2-Clause
 * input@1: what a person does with one keyboard or one tablet. A driver (provider) writes events, each client reads all
 * of them from a ring of its own. A system has one instance for each device.
 *
 *   region    kind            contents
 *   base      client-reads    struct input_base: header, what the device is, then a ring of events
 *   progress  provider-reads  struct input_progress: how far the client has read, whether it sleeps
 *
 * Types, codes and values are evdev's. Events come in groups, each ended by INPUT_SYN with code INPUT_SYN_REPORT; what a
 * group says happened at once. `written` grows by whole groups, of at most INPUT_GROUP events. A group for which there
 * is no room is left out whole and counted in `dropped`: keys may have gone up or down unseen, so a client that finds
 * `dropped` changed takes every key as released.
 *
 * Signals: the provider signals the client after storing `written` if `bell_wanted` is not 0, with a fence between. The
 * client never signals. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <sel4ish/interface.h>
#include <input_layout.h>

enum {
    INPUT_RING  = 256,          /* events; a power of two */
    INPUT_GROUP = 32,           /* events in a group, the one that ends it included */
};

enum input_kind { INPUT_KEYBOARD = 1, INPUT_TABLET = 2 };

/* Of evdev's numbers, those that both sides speak of by name. Key codes are those of Linux's input-event-codes.h. */
enum input_type { INPUT_SYN = 0, INPUT_KEY = 1, INPUT_RELATIVE = 2, INPUT_ABSOLUTE = 3 };
enum {
    INPUT_SYN_REPORT     = 0,
    INPUT_X = 0, INPUT_Y = 1,   /* INPUT_ABSOLUTE: a place in x or y of struct input_base */
    INPUT_WHEEL          = 8,   /* INPUT_RELATIVE: 1 up, -1 down */
    INPUT_BUTTON_LEFT    = 0x110, INPUT_BUTTON_RIGHT = 0x111, INPUT_BUTTON_MIDDLE = 0x112,
};
enum { INPUT_RELEASED = 0, INPUT_PRESSED = 1, INPUT_REPEATED = 2 };     /* values of INPUT_KEY */

struct input_event {
    uint16_t type;
    uint16_t code;
    int32_t  value;
};

struct input_range {
    int32_t least, greatest;    /* least < greatest */
};

struct input_base {
    struct sel4ish_header header;
    uint32_t written;           /* provider: events written so far, stored with release */
    uint64_t progress;          /* client address of struct input_progress */
    uint32_t dropped;           /* provider: groups left out, stored before the next `written` */
    uint32_t kind;              /* enum input_kind; fixed before ready, as are the ranges */
    struct input_range x, y;    /* of a tablet; a keyboard has 0, 0 */
    uint8_t  unused[16];
    struct input_event events[INPUT_RING];
};

struct input_progress {
    uint32_t taken;             /* client: events read so far, stored with release */
    uint32_t bell_wanted;       /* client: 1 while it sleeps */
};

_Static_assert(offsetof(struct input_base, written) == 12, "the header is the contract's 12 bytes");
_Static_assert(sizeof(struct input_event) == 8 && offsetof(struct input_base, events) == 64, "no hidden holes");
_Static_assert(sizeof(struct input_base) <= INPUT_V1_BASE_BYTES, "base fits its region");
_Static_assert(sizeof(struct input_progress) <= INPUT_V1_PROGRESS_BYTES, "progress fits its region");
