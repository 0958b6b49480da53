/* SPDX-License-Identifier: BSD-2-Clause
 * Link: a connection of the compositor's own, kept without ever waiting for its provider: asked for when there is a
 * reason to hope, used while its ready word stands, given back when it falls.
 * Invariant: with link_up, the connection's header was found true. */
#pragma once

#include <sel4ish/client.h>

enum link_state { LINK_DOWN, LINK_ASKED, LINK_UP };

struct link {
    const char *name;
    const struct sel4ish_entry *use;    /* one instance of it; null: whichever is newest */
    enum link_state state;
    struct sel4ish_connection connection;
    bool again;                 /* given back and not acknowledged yet, which nobody signals: ask at the next look */
};

enum link_news { LINK_SAME, LINK_CAME, LINK_WENT };

/* What has changed. bits: the events that have come (the first call needs all); without any this is a load at most. */
enum link_news link_update(struct link *link, seL4_Word bits);
/* What the provider says cannot be: give it back, and wait for another. */
void link_refuse(struct link *link);
