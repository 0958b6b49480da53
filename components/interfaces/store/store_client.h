/* SPDX-License-Identifier: BSD-2-Clause
 * Store client: asks the store, one question at a time, through the routines of the version that it is connected to.
 * Invariant: pointers are the client's checked copies; ticket is that of the last request. */
#pragma once

#include <sel4ish/client.h>

#include <interfaces/store/store.h>

struct store_client {
    struct sel4ish_connection connection;
    struct store_requests *requests;
    const struct store_responses *responses;
    store_send_routine *send;
    store_poll_routine *poll;
    uint32_t ticket;
};

/* Connection is ready: look at the page once. False if what it says cannot be, or its code is not trusted. */
bool store_client_attach(struct store_client *client);

/* Sends the request in *message and sleeps until its answer is there instead. False: it is not a request of this
 * version, or the store left. */
bool store_client_ask(struct store_client *client, struct store_message *message);
