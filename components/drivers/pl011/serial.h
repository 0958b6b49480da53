/* SPDX-License-Identifier: BSD-2-Clause
 * Serial: the driver's whole state. `log` and `console` are the two interfaces that it provides; a lane and a writer go
 * with each of their connections, under the connection's number. */
#pragma once

#include <sel4ish/provider.h>

#include <interfaces/console/console.h>

#include "focus.h"
#include "lane.h"
#include "line_editor.h"
#include "screen.h"
#include "uart.h"

/* One log client. Fields of the client's page go through lane.c alone. */
struct source {
    struct lane lane;
    bool live;
    struct log_base *base;
    const struct log_lines *lines;
};

/* One console client. */
struct reader {
    uint32_t written;               /* the driver's own count: never read back */
    struct console_base *base;
    const struct console_progress *progress;
    const struct sel4ish_peer *peer;
};

struct serial {
    struct uart uart;
    seL4_CPtr irq;
    seL4_Word irq_bits;
    struct sel4ish_provider log, console;
    struct source sources[SEL4ISH_PEERS];
    struct reader readers[SEL4ISH_PEERS];
    struct focus_member members[SEL4ISH_PEERS];
    struct focus focus;
    const char *preferred;
    const char *name;
    struct line_editor editor;
    struct screen screen;
    unsigned next_source;           /* whose turn it is */
};

/* Clients' lines: every lane gives at most one a round. Did any? */
bool sources_round(struct serial *serial);
/* Something is there that a round would show. Lanes' clients ring from now on if `asleep`. */
bool sources_waiting(struct serial *serial, bool asleep);
extern const struct sel4ish_provider_handler sources_handler;

/* What is typed, to the client that it is for; and the name of that client, with what has been typed so far. */
void readers_type(struct serial *serial, char typed);
void readers_prompt(struct serial *serial);
extern const struct sel4ish_provider_handler readers_handler;

/* The driver's own word. */
void serial_say(struct serial *serial, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Out with what the UART takes now. Everything went? */
bool serial_send(struct serial *serial);
