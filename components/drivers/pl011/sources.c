/* SPDX-License-Identifier: BSD-2-Clause
 * Sources: the clients of log@1 and the order in which their lines go out. */
#include "serial.h"

#include <stddef.h>

#include <lib/ring/ring.h>

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct serial *serial = context;
    struct source *source = &serial->sources[peer->n];

    (void)provider;
    *source = (struct source){.live = true,
                              .base = sel4ish_peer_at(peer, LOG_V1_BASE_OFFSET),
                              .lines = sel4ish_peer_at(peer, LOG_V1_LINES_OFFSET)};
    source->base->lines = sel4ish_peer_address(peer, LOG_V1_LINES_OFFSET);
    source->base->bell_wanted = 1;
    return true;
}

static void show(struct serial *serial, struct source *source, const char *name)
{
    uint32_t lost = lane_lost(&source->lane, source->lines);

    if (lost)
        serial_say(serial, "%s lost %u bytes of its log", name, (unsigned)lost);
    screen_line(&serial->screen, name, source->lane.text);
    lane_shown(&source->lane);
}

/* One line at most. Did the client have anything to show? */
static bool turn(struct serial *serial, unsigned n)
{
    struct source *source = &serial->sources[n];
    const char *name = sel4ish_peer_name(&serial->log.peers[n]);
    enum lane_state state;

    if (!source->live)
        return false;
    state = lane_read(&source->lane, source->lines);
    ring_store(&source->base->taken, source->lane.taken);
    if (state == LANE_BROKEN)
        serial_say(serial, "%s broke its log ring: skipped", name);
    if (state == LANE_LINE)
        show(serial, source, name);
    return state != LANE_WAITING;
}

/* The last words of a client that left: its pages are the driver's until this returns. */
static void ended(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct serial *serial = context;
    struct source *source = &serial->sources[peer->n];

    (void)provider;
    if (!source->live)
        return;
    for (unsigned bytes = 0; bytes <= LOG_RING_BYTES && turn(serial, peer->n); bytes++)
        while (!screen_has_room(&serial->screen))
            serial_send(serial);
    if (lane_finish(&source->lane) == LANE_LINE)
        show(serial, source, sel4ish_peer_name(peer));
    source->live = false;
}

bool sources_round(struct serial *serial)
{
    bool any = false;

    for (unsigned i = 0; i < serial->log.count && screen_has_room(&serial->screen); i++) {
        any |= turn(serial, serial->next_source);
        serial->next_source = (serial->next_source + 1) % serial->log.count;
    }
    return any;
}

bool sources_waiting(struct serial *serial, bool asleep)
{
    bool waiting = false;

    for (unsigned n = 0; n < serial->log.count; n++)
        if (serial->sources[n].live)
            ring_store(&serial->sources[n].base->bell_wanted, asleep);
    ring_fence();
    for (unsigned n = 0; n < serial->log.count; n++) {
        const struct source *source = &serial->sources[n];

        if (source->live && ring_load(&source->lines->written) != source->lane.taken)
            waiting = true;
    }
    return waiting;
}

const struct sel4ish_provider_handler sources_handler = {.fill = fill, .ended = ended};
