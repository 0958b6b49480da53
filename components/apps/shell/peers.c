/* SPDX-License-Identifier: BSD-2-Clause
 * Peers: see peers.h. */
#include "peers.h"

#include <sel4ish/run.h>

void peers_start(struct peers *peers)
{
    sel4ish_release(&peers->console.connection);
    if (sel4ish_connect("console", &peers->console.connection) != seL4_NoError)
        sel4ish_stop("no console");
    if (!console_client_attach(&peers->console))
        sel4ish_stop("the console's page is not what it should be");
}

/* Connected and alive; else released and asked for anew, with a bounded number of looks at the ready word. */
static bool connected(struct sel4ish_connection *c, const char *name, bool *fresh)
{
    *fresh = false;
    if (c->use && sel4ish_ready(c))
        return true;
    sel4ish_release(c);
    if (sel4ish_request(name, c) != seL4_NoError)
        return false;
    for (int i = 0; i < SEL4ISH_CONNECT_POLLS && !sel4ish_ready(c); i++)
        seL4_Yield();
    *fresh = sel4ish_ready(c) && sel4ish_header_true(c);
    if (!*fresh)
        sel4ish_release(c);
    return *fresh;
}

bool peers_store(struct peers *peers)
{
    bool fresh;

    if (!connected(&peers->store.connection, "store", &fresh))
        return false;
    if (fresh && !store_client_attach(&peers->store)) {
        sel4ish_release(&peers->store.connection);
        return false;
    }
    return true;
}

bool peers_time(struct peers *peers)
{
    bool fresh;

    if (!connected(&peers->time.connection, "time", &fresh))
        return false;
    if (fresh && !time_client_attach(&peers->time)) {
        sel4ish_release(&peers->time.connection);
        return false;
    }
    return true;
}
