/* SPDX-License-Identifier: BSD-2-Clause
 * greeting@1: a text for the client, and a routine that makes it loud.
 *
 *   region  kind          contents
 *   base    client-reads  struct greeting, below
 *   code    code          greeting_shout, sealed
 *
 * Everything is written before the ready word and never after. No signals. */
#pragma once

#include <greeting_layout.h>
#include <sel4ish/interface.h>

enum { GREETING_TEXT = 64 };

struct greeting {
    struct sel4ish_header header;
    uint32_t visit;             /* how many clients came before */
    uint64_t text;              /* client address of char[GREETING_TEXT] */
    uint64_t shout;             /* client address of a greeting_shout_routine */
};

/* Copies the text in capitals; it ends with 0. */
typedef void greeting_shout_routine(char to[GREETING_TEXT], const char from[GREETING_TEXT]);
