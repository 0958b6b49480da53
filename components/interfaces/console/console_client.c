/* SPDX-License-Identifier: BSD-2-Clause
 * Console client: see console_client.h. */
#include "console_client.h"

#include <lib/ring/ring.h>

bool console_client_attach(struct console_client *client)
{
    client->base = sel4ish_base(&client->connection);
    client->progress = sel4ish_data_writable(&client->connection, client->base->progress,
                                             sizeof *client->progress, _Alignof(struct console_progress));
    client->taken = 0;
    return client->progress;
}

bool console_client_line(struct console_client *client, char text[CONSOLE_LINE + 1])
{
    uint32_t taken = client->taken;
    unsigned len = 0;
    uint32_t count;

    ring_used(ring_load(&client->base->written), taken, CONSOLE_RING_BYTES, &count);
    for (; count; count--) {
        char c = (char)client->base->bytes[taken++ % CONSOLE_RING_BYTES];

        if (c != '\n') {
            if (len < CONSOLE_LINE)
                text[len++] = c;
            continue;
        }
        text[len] = 0;
        client->taken = taken;
        ring_store(&client->progress->taken, taken);
        return true;
    }
    return false;
}
