/* SPDX-License-Identifier: BSD-2-Clause
 * Store client: see store_client.h. */
#include "store_client.h"

#include <sel4ish/event.h>

#include <lib/ring/ring.h>

bool store_client_attach(struct store_client *client)
{
    const struct sel4ish_connection *c = &client->connection;
    const struct store_base *base = sel4ish_base(c);

    client->requests = sel4ish_data_writable(c, base->requests, sizeof *client->requests,
                                             _Alignof(struct store_requests));
    client->responses = sel4ish_data(c, base->responses, sizeof *client->responses, _Alignof(struct store_responses));
    client->send = (store_send_routine *)sel4ish_routine(c, base->send);
    client->poll = (store_poll_routine *)sel4ish_routine(c, base->poll);
    return client->requests && client->responses && client->send && client->poll;
}

/* An answer is there; or the store left, which signals too. */
static bool wait(struct store_client *client, struct store_message *answer)
{
    bool found;

    for (;;) {
        ring_store(&client->requests->bell_wanted, 1);
        ring_fence();
        found = client->poll(client->requests, client->responses, answer);
        if (found || !sel4ish_ready(&client->connection))
            break;
        sel4ish_event_wait_for(sel4ish_connection_bits(&client->connection));
    }
    ring_store(&client->requests->bell_wanted, 0);
    return found;
}

bool store_client_ask(struct store_client *client, struct store_message *message)
{
    message->ticket = ++client->ticket;
    if (!sel4ish_ready(&client->connection) || !client->send(client->requests, client->responses, message))
        return false;
    ring_fence();
    if (ring_load(&client->responses->bell_wanted))
        sel4ish_ring(&client->connection);
    do {
        if (!wait(client, message))
            return false;
    } while (message->ticket != client->ticket);
    return true;
}
