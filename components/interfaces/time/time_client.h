/* SPDX-License-Identifier: BSD-2-Clause
 * Time client: reads the time, and sets this component's alarm.
 * Invariant: sequence is that of the alarm set last; 0 means none was set yet. */
#pragma once

#include <sel4ish/client.h>

#include <interfaces/time/time.h>

struct time_client {
    struct sel4ish_connection connection;
    const struct time_base *base;
    struct time_alarm *alarm;
    time_now_routine *now;
    uint32_t sequence;
};

/* Connection is ready: look at the page once. False if what it says cannot be, or its code is not trusted. */
bool time_client_attach(struct time_client *client);

/* No system call. */
uint64_t time_client_now(const struct time_client *client);
void time_client_set(struct time_client *client, uint64_t deadline);
/* Has the alarm set last come? The provider's signal says when to look. */
bool time_client_rung(const struct time_client *client);
