/* SPDX-License-Identifier: BSD-2-Clause
 * Peers: the shell's connections. Each is made when a command first needs it, so that a shell without a store or a
 * clock is still a shell; a provider that left is asked for again at the next command. */
#pragma once

#include <stdbool.h>

#include <interfaces/console/console_client.h>
#include <interfaces/store/store_client.h>
#include <interfaces/time/time_client.h>

struct peers {
    struct console_client console;
    struct store_client store;
    struct time_client time;
};

/* Waits until the console is there. */
void peers_start(struct peers *peers);

/* Connected, and its provider still there. Never sleeps; false: not now. */
bool peers_store(struct peers *peers);
bool peers_time(struct peers *peers);
