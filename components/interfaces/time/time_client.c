/* SPDX-License-Identifier: BSD-2-Clause
 * Time client: see time_client.h. */
#include "time_client.h"

bool time_client_attach(struct time_client *client)
{
    const struct sel4ish_connection *c = &client->connection;

    client->base = sel4ish_base(c);
    client->alarm = sel4ish_data_writable(c, client->base->alarm, sizeof *client->alarm, _Alignof(struct time_alarm));
    client->now = (time_now_routine *)sel4ish_routine(c, client->base->now);
    client->sequence = 0;
    return client->alarm && client->now;
}

uint64_t time_client_now(const struct time_client *client)
{
    return client->now(client->base);
}

void time_client_set(struct time_client *client, uint64_t deadline)
{
    if (++client->sequence == 0)
        client->sequence = 1;
    client->alarm->deadline = deadline;
    __atomic_store_n(&client->alarm->sequence, client->sequence, __ATOMIC_RELEASE);
    sel4ish_ring(&client->connection);
}

bool time_client_rung(const struct time_client *client)
{
    return __atomic_load_n(&client->base->rung, __ATOMIC_ACQUIRE) == client->sequence;
}
