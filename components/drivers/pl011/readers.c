/* SPDX-License-Identifier: BSD-2-Clause
 * Readers: the clients of console@1, and what becomes of a typed line. */
#include "serial.h"

#include <string.h>

#include <lib/ring/ring.h>

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct serial *serial = context;
    struct reader *reader = &serial->readers[peer->n];

    (void)provider;
    *reader = (struct reader){.base = sel4ish_peer_at(peer, CONSOLE_V1_BASE_OFFSET),
                              .progress = sel4ish_peer_at(peer, CONSOLE_V1_PROGRESS_OFFSET),
                              .peer = peer};
    reader->base->progress = sel4ish_peer_address(peer, CONSOLE_V1_PROGRESS_OFFSET);
    serial->members[peer->n].name = sel4ish_peer_name(peer);
    focus_came(&serial->focus, (int)peer->n, serial->preferred);
    return true;
}

static void ended(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct serial *serial = context;

    (void)provider;
    serial->readers[peer->n] = (struct reader){0};
    focus_went(&serial->focus, (int)peer->n);
}

static void put(struct reader *reader, char c)
{
    reader->base->bytes[reader->written++ % CONSOLE_RING_BYTES] = (uint8_t)c;
}

/* Whole or not at all. */
static bool deliver(struct reader *reader, const char *text)
{
    size_t len = strlen(text);

    if (ring_free(reader->written, ring_load(&reader->progress->taken), CONSOLE_RING_BYTES) < len + 1)
        return false;
    for (size_t i = 0; i < len; i++)
        put(reader, text[i]);
    put(reader, '\n');
    ring_store(&reader->base->written, reader->written);
    sel4ish_peer_ring(reader->peer);
    return true;
}

static void say_who_is_there(struct serial *serial, const char *wanted)
{
    serial_say(serial, "nobody here is called '%.*s'; type @ and one of:", (int)strcspn(wanted, " "), wanted);
    for (int i = 0; i < serial->focus.count; i++)
        if (serial->members[i].present)
            serial_say(serial, "  %s", serial->members[i].name);
}

static void line(struct serial *serial)
{
    struct routed routed = focus_route(&serial->focus, serial->editor.text);

    switch (routed.route) {
    case ROUTE_SEND:
        if (!deliver(&serial->readers[routed.target], routed.text))
            serial_say(serial, "%s does not read: line lost", serial->members[routed.target].name);
        break;
    case ROUTE_UNKNOWN:
        say_who_is_there(serial, routed.text);
        break;
    case ROUTE_NOBODY:
        serial_say(serial, "nobody listens");
        break;
    case ROUTE_SWITCHED:
        break;
    }
}

void readers_prompt(struct serial *serial)
{
    const char *name = focus_name(&serial->focus);

    screen_prompt(&serial->screen, name ? name : "nobody", serial->editor.text);
}

void readers_type(struct serial *serial, char typed)
{
    struct screen *screen = &serial->screen;
    struct line_editor *editor = &serial->editor;

    readers_prompt(serial);
    switch (line_editor_type(editor, typed)) {
    case EDIT_ADDED:
        screen_added(screen, typed);
        break;
    case EDIT_ERASED:
        screen_erased(screen);
        break;
    case EDIT_CLEARED:
        screen_cleared(screen);
        break;
    case EDIT_DONE:
        screen_done(screen);
        line(serial);
        line_editor_clear(editor);
        break;
    case EDIT_NOTHING:
        break;
    }
}

const struct sel4ish_provider_handler readers_handler = {.fill = fill, .ended = ended};
