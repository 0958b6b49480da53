/* SPDX-License-Identifier: BSD-2-Clause
 * Listener: see listener.h. */
#include "listener.h"

#include <lib/ring/ring.h>

void listener_lose(struct listener *listener)
{
    if (listener->base)
        ring_store(&listener->base->dropped, ++listener->dropped);
}

void listener_give(struct listener *listener, const struct input_event *events, unsigned count)
{
    if (!listener->base)
        return;
    if (ring_free(listener->written, ring_load(&listener->progress->taken), INPUT_RING) < count) {
        listener_lose(listener);
        return;
    }
    for (unsigned i = 0; i < count; i++)
        listener->base->events[listener->written++ % INPUT_RING] = events[i];
    ring_store(&listener->base->written, listener->written);
}

bool listener_wants_bell(const struct listener *listener)
{
    if (!listener->base)
        return false;
    ring_fence();
    return ring_load(&listener->progress->bell_wanted);
}
