/* SPDX-License-Identifier: BSD-2-Clause
 * Server: see server.h. Viewers of both versions take turns, each with at most a screenful, so that a client that
 * never stops drawing keeps nobody else's pixels away. */
#include "server.h"

#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/provider.h>
#include <sel4ish/run.h>

#include <lib/ring/ring.h>

#include "viewer.h"

struct screen {                         /* one version of the interface */
    const struct scanout *scanout;
    struct sel4ish_provider provider;
    struct viewer viewers[SEL4ISH_PEERS];
    bool told[SEL4ISH_PEERS];           /* this client broke its ring, and the log knows */
};

static struct screen whole, damaged;
static struct screen *const screens[] = {&damaged, &whole};

enum { SCREENS = sizeof screens / sizeof screens[0] };

static void fill_base(struct framebuffer_base *base, const struct scanout *scanout)
{
    base->width = scanout->width;
    base->height = scanout->height;
    base->stride = scanout->stride;
    base->bell_wanted = 1;
}

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct screen *screen = context;
    struct viewer *viewer = &screen->viewers[peer->n];
    size_t pixels = screen == &damaged ? FRAMEBUFFER_V2_PIXELS_OFFSET : FRAMEBUFFER_V1_PIXELS_OFFSET;

    (void)provider;
    *viewer = (struct viewer){.base = sel4ish_peer_at(peer, FRAMEBUFFER_V1_BASE_OFFSET),
                              .surface = sel4ish_peer_at(peer, pixels)};
    screen->told[peer->n] = false;
    fill_base(viewer->base, screen->scanout);
    viewer->base->pixels = sel4ish_peer_address(peer, pixels);
    if (screen == &damaged) {
        viewer->damage = sel4ish_peer_at(peer, FRAMEBUFFER_V2_DAMAGE_OFFSET);
        viewer->base->damage = sel4ish_peer_address(peer, FRAMEBUFFER_V2_DAMAGE_OFFSET);
    }
    return true;
}

/* The screen keeps what the client drew last, until somebody draws there again. */
static void ended(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct screen *screen = context;

    (void)provider;
    screen->viewers[peer->n] = (struct viewer){0};
}

static const struct sel4ish_provider_handler handler = {.fill = fill, .ended = ended};

/* Without log@1 nobody is told: a release kernel has no other channel. */
static void tell_broken(struct screen *screen, unsigned n)
{
    if (!screen->told[n] && sel4ish_find(SEL4ISH_USE, "log"))
        log_line("%s broke its damage ring: skipped", sel4ish_peer_name(&screen->provider.peers[n]));
    screen->told[n] = true;
}

/* Is there more for the next round? */
static bool turn(struct screen *screen, unsigned n)
{
    struct viewer *viewer = &screen->viewers[n];
    enum viewer_turn result = viewer_take_turn(viewer, screen->scanout);

    if (result == VIEWER_BROKEN)
        tell_broken(screen, n);
    if (result != VIEWER_IDLE && viewer_wants_bell(viewer))
        sel4ish_peer_ring(&screen->provider.peers[n]);
    return result == VIEWER_MORE;
}

static bool turns(void)
{
    bool more = false;

    for (unsigned s = 0; s < SCREENS; s++)
        for (unsigned n = 0; n < screens[s]->provider.count; n++)
            more |= turn(screens[s], n);
    return more;
}

static void want_bells(bool wanted)
{
    for (unsigned s = 0; s < SCREENS; s++)
        for (unsigned n = 0; n < screens[s]->provider.count; n++)
            viewer_want_bell(&screens[s]->viewers[n], wanted);
    ring_fence();
}

static bool anybody_waiting(void)
{
    for (unsigned s = 0; s < SCREENS; s++)
        for (unsigned n = 0; n < screens[s]->provider.count; n++)
            if (viewer_waiting(&screens[s]->viewers[n]))
                return true;
    return false;
}

static void handle(seL4_Word bits)
{
    for (unsigned s = 0; s < SCREENS; s++) {
        struct screen *screen = screens[s];

        if (bits & sel4ish_provider_bits(&screen->provider))
            sel4ish_provider_scan(&screen->provider, &handler, screen);
        for (unsigned n = 0; n < screen->provider.count; n++)
            if (screen->viewers[n].base && bits & sel4ish_peer_bits(&screen->provider.peers[n]))
                screen->viewers[n].rung = true;
    }
}

static _Noreturn void poll(void)
{
    for (;;) {
        want_bells(false);
        handle(sel4ish_event_poll());
        turns();
        seL4_Yield();
    }
}

static _Noreturn void block(void)
{
    for (;;) {
        want_bells(false);
        while (turns())
            handle(sel4ish_event_poll());
        want_bells(true);
        if (!anybody_waiting())
            handle(sel4ish_event_wait());
    }
}

static void provide(struct screen *screen, uint16_t version, const struct scanout *scanout)
{
    seL4_Error error = sel4ish_provide("framebuffer", version, &screen->provider);

    screen->scanout = scanout;
    if (error != seL4_NoError && error != seL4_IllegalOperation)
        sel4ish_stop("cannot provide framebuffer@%u", version);
}

_Noreturn void framebuffer_serve(const struct scanout *scanout)
{
    scanout_clear(scanout);
    provide(&damaged, FRAMEBUFFER_V2, scanout);
    provide(&whole, FRAMEBUFFER_V1, scanout);
    if (!damaged.provider.provide && !whole.provider.provide)
        sel4ish_stop("is not granted framebuffer@1 nor @2");
    if (strcmp(sel4ish_option_text("mode", "block"), "poll") == 0)
        poll();
    block();
}
