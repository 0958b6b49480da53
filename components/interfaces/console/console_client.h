/* SPDX-License-Identifier: BSD-2-Clause
 * Console client: reads the lines that a person typed to this component.
 * Invariant: taken is the client's own count, published in the progress page, never read back. */
#pragma once

#include <sel4ish/client.h>

#include <interfaces/console/console.h>

struct console_client {
    struct sel4ish_connection connection;
    const struct console_base *base;
    struct console_progress *progress;
    uint32_t taken;
};

/* Connection is ready: look at the page once. False if what it says cannot be. */
bool console_client_attach(struct console_client *client);

/* The next line, without its end; false if there is none. */
bool console_client_line(struct console_client *client, char text[CONSOLE_LINE + 1]);
