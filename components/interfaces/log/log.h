/* SPDX-License-Identifier: BSD-2-Clause
 * log@1: lines of text. A component (client) writes them; a driver (provider) shows them, each behind the name that the
 * kernel's label gives the client.
 *
 *   region   kind            contents
 *   base     client-reads    struct log_base: header, how far the provider has read, where the ring is
 *   lines    provider-reads  struct log_lines: a ring of bytes
 *
 * Text is bytes up to '\n'. The provider shows whole lines only; it breaks a line after LOG_LINE bytes, leaves '\r'
 * out, and shows every other byte that is not printable ASCII or a tab as '?', so that nobody can write another's mark.
 * A client that finds the ring full rings the bell, waits for a bounded time, then counts in `dropped` what it leaves
 * out.
 *
 * Signals: the client rings the provider's bell after storing `written` if `bell_wanted` is not 0, with a fence
 * between. The provider never signals. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <sel4ish/interface.h>
#include <log_layout.h>

enum {
    LOG_RING_BYTES = 8192,
    LOG_LINE       = 240,       /* longest line shown in one piece */
};

struct log_base {
    struct sel4ish_header header;
    uint32_t taken;             /* provider: bytes read so far */
    uint64_t lines;             /* client address of struct log_lines */
    uint32_t bell_wanted;       /* provider: 1 while it sleeps */
};

struct log_lines {
    uint32_t written;           /* client: bytes written so far, stored with release */
    uint32_t dropped;           /* client: bytes left out because the ring was full */
    uint8_t  unused[56];
    uint8_t  bytes[LOG_RING_BYTES];
};

_Static_assert(offsetof(struct log_base, taken) == 12, "the header is the contract's 12 bytes");
_Static_assert(sizeof(struct log_base) <= LOG_V1_BASE_BYTES, "base fits its region");
_Static_assert(sizeof(struct log_lines) <= LOG_V1_LINES_BYTES, "lines fit their region");
