/* SPDX-License-Identifier: BSD-2-Clause
 * Compositor: owns the screen, the stacking order and the focus; owns no client's pixels. Provides window@1 to whoever
 * the description says, over framebuffer and input. Takes what has come, updates its state, draws once: only what is
 * damaged, and at most one frame is under way. */
#include <stdio.h>
#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/provider.h>
#include <sel4ish/run.h>

#include <lib/marks/marks.h>
#include <lib/text/text.h>

#include "frames.h"
#include "guest.h"
#include "layout.h"
#include "paint.h"
#include "screen.h"
#include "source.h"

struct compositor {
    struct sel4ish_provider provider;
    struct guest guests[PANES];
    struct desk desk;
    struct screen screen;
    struct sources sources;
    struct frames frames;
    struct bells bells;
    unsigned opened;            /* windows, ever */
    unsigned poll;              /* when so many have been opened, on a screen: look at memory alone */
    bool marks;                 /* for an instruction counter: around what makes pixels */
};

static struct compositor compositor;

_Static_assert((int)PANES == (int)SEL4ISH_PEERS, "a connection is a pane");

/* ---- clients */

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct window_base *base = sel4ish_peer_at(peer, WINDOW_V1_BASE_OFFSET);
    struct pane *pane = &compositor.desk.stack.panes[peer->n];

    (void)context;
    pane->label = peer->label;
    snprintf(pane->name, sizeof pane->name, "%s", sel4ish_peer_name(peer));
    guest_start(&compositor.guests[peer->n], base, sel4ish_peer_at(peer, WINDOW_V1_EVENTS_OFFSET),
                sel4ish_peer_at(peer, WINDOW_V1_DAMAGE_OFFSET), sel4ish_peer_at(peer, WINDOW_V1_PIXELS_OFFSET));
    base->events = sel4ish_peer_address(peer, WINDOW_V1_EVENTS_OFFSET);
    base->damage = sel4ish_peer_address(peer, WINDOW_V1_DAMAGE_OFFSET);
    base->pixels = sel4ish_peer_address(peer, WINDOW_V1_PIXELS_OFFSET);
    base->queue = sel4ish_peer_routine(provider, peer, "window_queue");
    base->next = sel4ish_peer_routine(provider, peer, "window_next");
    base->bell_wanted = !compositor.poll;
    return true;
}

static void ended(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    (void)context;
    (void)provider;
    compositor.guests[peer->n].live = compositor.guests[peer->n].opened = false;
    desk_gone(&compositor.desk, peer->n);
    log_line("%s: gone", compositor.desk.stack.panes[peer->n].name);
}

static const struct sel4ish_provider_handler handler = {.fill = fill, .ended = ended};

static void to_client(void *context, unsigned pane, const struct window_event *event)
{
    (void)context;
    guest_send(&compositor.guests[pane], event);
}

static void changed(void *context, struct rect r)
{
    const unsigned *pane = context;

    desk_changed(&compositor.desk, *pane, r);
}

static void open(unsigned n)
{
    struct pane *pane = &compositor.desk.stack.panes[n];
    struct surface surface;

    if (!guest_open(&compositor.guests[n], &surface))
        return;
    desk_open(&compositor.desk, n, surface);
    compositor.opened++;
    log_line("%s: window of %d x %d at %d, %d", pane->name, (int)surface.width, (int)surface.height, (int)pane->x,
             (int)pane->y);
}

static void read_clients(void)
{
    for (unsigned n = 0; n < compositor.provider.count; n++) {
        struct guest *guest = &compositor.guests[n];
        bool was_broken = guest->broken;

        if (!guest->live)
            continue;
        open(n);
        guest_read(guest, changed, &n);
        if (guest->broken && !was_broken)
            log_line("%s: breaks the rules of window@%d", compositor.desk.stack.panes[n].name, WINDOW_V1);
    }
}

static void ring_clients(void)
{
    for (unsigned n = 0; n < compositor.provider.count; n++) {
        const struct sel4ish_entry *connection = compositor.provider.peers[n].connection;

        if (guest_rings(&compositor.guests[n]) && connection)
            bells_add(&compositor.bells, connection->v[SEL4ISH_CONNECTION_BELL]);
    }
}

/* ---- the screen */

static void frame_shown(void)
{
    for (unsigned n = 0; n < compositor.provider.count; n++)
        if (guest_shown(&compositor.guests[n]) && !compositor.poll)
            log_line("%s: on the screen", compositor.desk.stack.panes[n].name);
}

static void draw(void)
{
    struct desk *desk = &compositor.desk;
    uint32_t drawn;

    if (compositor.marks)
        mark_start();
    drawn = paint(&compositor.screen.canvas, desk);
    if (compositor.marks)
        mark_end();
    for (unsigned n = 0; n < compositor.provider.count; n++)
        if (drawn & 1u << n)
            guest_drawn(&compositor.guests[n]);
    screen_present(&compositor.screen, &desk->damage, &compositor.bells);
    desk->damage = (struct region){0};
    frames_drawn(&compositor.frames);
}

/* ---- start */

/* "NAME X,Y": where the frame of that client's window is put at first. */
static void place(const char *text)
{
    const struct sel4ish_provider *provider = &compositor.provider;
    const char *blank = strchr(text, ' ');
    const struct sel4ish_entry *e = NULL;
    int32_t x, y;

    if (!*text)
        return;
    if (!blank || !layout_parse(blank + 1, &x, &y))
        sel4ish_stop("'%s' is not NAME X,Y", text);
    while ((e = sel4ish_config_owned(sel4ish_config(), provider->provide, SEL4ISH_CONNECTION, NULL, e))) {
        struct pane *pane = &compositor.desk.stack.panes[e->v[SEL4ISH_CONNECTION_N] % PANES];

        if (strlen(e->peer) != (size_t)(blank - text) || memcmp(e->peer, text, strlen(e->peer)) != 0)
            continue;
        pane->x = x + PANE_BORDER;
        pane->y = y + PANE_TITLE;
        pane->placed = true;
    }
}

static void place_all(void)
{
    char key[] = "place-1";

    for (; key[6] <= '8'; key[6]++)
        place(sel4ish_option_text(key, ""));
}

static void start(void)
{
    if (!text_start())
        sel4ish_stop("the font cannot be read");
    compositor.poll = (unsigned)sel4ish_option("poll", 0);
    compositor.marks = sel4ish_option("marks", 0);
    desk_start(&compositor.desk, (struct rect){0, 0, WINDOW_MOST_WIDE, WINDOW_MOST_HIGH},
               (struct desk_sink){to_client, NULL});
    screen_start(&compositor.screen);
    sources_start(&compositor.sources);
    frames_start(&compositor.frames, sel4ish_option("frame-ms", 0) * TIME_MS);
    if (sel4ish_provide("window", WINDOW_V1, &compositor.provider) != seL4_NoError)
        sel4ish_stop("cannot provide window@%d", WINDOW_V1);
    place_all();
    log_line("ready: window@%d", WINDOW_V1);
}

/* Rings whom it has to, and waits for what comes next: asleep, or polling by looking around again. */
static seL4_Word sleep(void)
{
    if (!compositor.poll)
        return bells_wait(&compositor.bells);
    bells_ring(&compositor.bells);
    if (compositor.opened < compositor.poll || compositor.screen.link.state != LINK_UP)
        return sel4ish_event_poll();
    return 0;
}

/* What has come: connections, what clients changed, what a person did. */
static void take(seL4_Word bits)
{
    if (bits & sel4ish_provider_bits(&compositor.provider))
        sel4ish_provider_scan(&compositor.provider, &handler, NULL);
    if (screen_update(&compositor.screen, bits, compositor.poll)) {
        desk_resize(&compositor.desk, compositor.screen.canvas.clip);
        log_line("screen of %d x %d", (int)rect_width(compositor.desk.screen),
                 (int)rect_height(compositor.desk.screen));
    }
    sources_update(&compositor.sources, bits, compositor.poll, &compositor.desk);
    frames_update(&compositor.frames, bits);
    sources_read(&compositor.sources, &compositor.desk);
    read_clients();
}

int main(void)
{
    seL4_Word bits = ~0ul;

    start();
    for (;;) {
        take(bits);
        screen_look(&compositor.screen);
        if (screen_ready(&compositor.screen))
            frame_shown();
        if (screen_ready(&compositor.screen) && !region_empty(&compositor.desk.damage) &&
            frames_due(&compositor.frames))
            draw();
        ring_clients();
        bits = sleep();
    }
}
