/* SPDX-License-Identifier: BSD-2-Clause
 * console@1: lines that a person typed. A driver (provider) edits and echoes them, and hands each to the one component
 * (client) that has the focus.
 *
 *   region    kind            contents
 *   base      client-reads    struct console_base: header, then a ring of bytes
 *   progress  provider-reads  struct console_progress: how far the client has read
 *
 * `written` only ever grows by whole lines: printable ASCII, at most CONSOLE_LINE bytes, then '\n'. A line for which
 * there is no room is not delivered, and the provider tells the person so.
 *
 * Signals: the provider signals the client after each line. The client never signals. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <sel4ish/interface.h>
#include <console_layout.h>

enum {
    CONSOLE_RING_BYTES = 2048,
    CONSOLE_LINE       = 160,   /* longest line, without its '\n' */
};

struct console_base {
    struct sel4ish_header header;
    uint32_t written;           /* provider: bytes written so far, stored with release */
    uint64_t progress;          /* client address of struct console_progress */
    uint8_t  unused[40];
    uint8_t  bytes[CONSOLE_RING_BYTES];
};

struct console_progress {
    uint32_t taken;             /* client: bytes read so far, stored with release */
};

_Static_assert(offsetof(struct console_base, written) == 12, "the header is the contract's 12 bytes");
_Static_assert(sizeof(struct console_base) <= CONSOLE_V1_BASE_BYTES, "base fits its region");
_Static_assert(sizeof(struct console_progress) <= CONSOLE_V1_PROGRESS_BYTES, "progress fits its region");
