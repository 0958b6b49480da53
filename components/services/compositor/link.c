/* SPDX-License-Identifier: BSD-2-Clause
 * Link: see link.h. */
#include "link.h"

void link_refuse(struct link *link)
{
    sel4ish_release(&link->connection);
    link->state = LINK_DOWN;
}

static void ask(struct link *link)
{
    seL4_Error error = link->use ? sel4ish_request_entry(link->use, &link->connection)
                                 : sel4ish_request(link->name, &link->connection);

    link->state = error == seL4_NoError ? LINK_ASKED : LINK_DOWN;
    link->again = error == seL4_NotEnoughMemory;
}

/* A provider signals when it registers, when it is ready, and when it leaves. */
static seL4_Word bits_of(const struct link *link)
{
    const struct sel4ish_entry *e = NULL;
    seL4_Word bits = 0;

    if (link->use)
        return link->use->v[SEL4ISH_USE_BADGE];
    while ((e = sel4ish_config_next(sel4ish_config(), SEL4ISH_USE, link->name, e)))
        bits |= e->v[SEL4ISH_USE_BADGE];
    return bits;
}

/* Asked, signalled, and not ready: it left, or the signal is older than the question. Asking again serves both. */
enum link_news link_update(struct link *link, seL4_Word bits)
{
    bool signalled = bits && bits & bits_of(link);

    if (link->state == LINK_UP) {
        if (sel4ish_ready(&link->connection))
            return LINK_SAME;
        link_refuse(link);
        ask(link);
        return LINK_WENT;
    }
    if (link->again || (signalled && !sel4ish_ready(&link->connection))) {
        link_refuse(link);
        ask(link);
    }
    if (link->state != LINK_ASKED || !sel4ish_ready(&link->connection))
        return LINK_SAME;
    if (!sel4ish_header_true(&link->connection)) {
        link_refuse(link);
        return LINK_SAME;
    }
    link->state = LINK_UP;
    return LINK_CAME;
}
