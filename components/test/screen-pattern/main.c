/* SPDX-License-Identifier: BSD-2-Clause
 * Screen pattern: a client of framebuffer that does what is typed, so that a test can say what is to be on the screen.
 *
 *   draw N               picture N into the surface, and tells nobody
 *   show X Y W H         that is damage: waits until it is shown; version 1: all is
 *   lie                  a count of damage that cannot be true
 *   storm N              N times the whole screen as damage, as fast as the ring takes it */
#include <stdlib.h>
#include <string.h>

#include <sel4ish/client.h>
#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/run.h>

#include <interfaces/console/console_client.h>
#include <interfaces/framebuffer/framebuffer.h>
#include <lib/ring/ring.h>

#include "pattern.h"

struct client {
    struct console_client console;
    struct sel4ish_connection connection;
    const struct framebuffer_base *base;
    struct framebuffer_damage *damage;      /* null: version 1 */
    uint32_t *pixels;
    uint32_t width, height, stride;         /* of the screen; stride in pixels */
    uint32_t written;                       /* rectangles; version 1: copies asked for */
};

static struct client client;

/* Asleep until shown is `wanted`; the provider rings whoever says so. */
static void wait_shown(uint32_t wanted)
{
    while (ring_load(&client.base->shown) != wanted) {
        if (client.damage)
            ring_store(&client.damage->bell_wanted, 1);
        ring_fence();
        if (ring_load(&client.base->shown) != wanted)
            sel4ish_event_wait_for(sel4ish_connection_bits(&client.connection));
    }
    if (client.damage)
        ring_store(&client.damage->bell_wanted, 0);
}

static void publish(uint32_t written)
{
    ring_store(&client.damage->written, written);
    ring_fence();
    if (ring_load(&client.base->bell_wanted))
        sel4ish_ring(&client.connection);
}

static void damage(struct framebuffer_rect rect)
{
    while (ring_free(client.written, ring_load(&client.base->taken), FRAMEBUFFER_RECTS) == 0)
        wait_shown(client.written);
    client.damage->rects[client.written++ % FRAMEBUFFER_RECTS] = rect;
    publish(client.written);
}

static void draw(char *numbers)
{
    uint32_t n = (uint32_t)strtoul(numbers, NULL, 0);

    for (uint32_t y = 0; y < client.height; y++)
        for (uint32_t x = 0; x < client.width; x++)
            client.pixels[y * client.stride + x] = pattern_pixel(n, x, y);
    log_line("drawn %u", (unsigned)n);
}

static void show(char *numbers)
{
    uint16_t v[4];

    for (int i = 0; i < 4; i++)
        v[i] = (uint16_t)strtoul(numbers, &numbers, 0);
    if (client.damage) {
        damage((struct framebuffer_rect){v[0], v[1], v[2], v[3]});
    } else {
        client.written = client.base->shown + 1;
        sel4ish_ring(&client.connection);
    }
    wait_shown(client.written);
    log_line("shown %u", (unsigned)client.base->shown);
}

/* The driver takes what it is told as the new count, having shown nothing. */
static void lie(char *numbers)
{
    (void)numbers;
    client.written += FRAMEBUFFER_RECTS + 1;
    publish(client.written);
    wait_shown(client.written);
    log_line("lied");
}

static void storm(char *numbers)
{
    unsigned long count = strtoul(numbers, NULL, 0);

    for (unsigned long i = 0; i < count; i++)
        damage((struct framebuffer_rect){0, 0, UINT16_MAX, UINT16_MAX});
    wait_shown(client.written);
    log_line("stormed");
}

static const struct {
    const char *word;
    void (*run)(char *numbers);
} commands[] = {{"draw", draw}, {"show", show}, {"lie", lie}, {"storm", storm}};

static void obey(char *line)
{
    size_t len = strcspn(line, " ");

    for (unsigned i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strlen(commands[i].word) == len && strncmp(line, commands[i].word, len) == 0)
            commands[i].run(line + len);
}

static bool attach(void)
{
    const struct sel4ish_connection *c = &client.connection;
    const struct framebuffer_base *base = sel4ish_base(c);

    client.base = base;
    client.width = base->width;
    client.height = base->height;
    client.stride = base->stride / FRAMEBUFFER_PIXEL_BYTES;
    if (!client.width || client.stride < client.width)
        return false;
    client.pixels = sel4ish_data_writable(c, base->pixels, (size_t)base->stride * client.height, sizeof(uint32_t));
    if (c->version == FRAMEBUFFER_V1)
        return client.pixels;
    client.damage = sel4ish_data_writable(c, base->damage, sizeof *client.damage, _Alignof(struct framebuffer_damage));
    return client.pixels && client.damage;
}

int main(void)
{
    char line[CONSOLE_LINE + 1];

    if (sel4ish_connect("framebuffer", &client.connection) != seL4_NoError || !attach())
        sel4ish_stop("no framebuffer");
    if (sel4ish_connect("console", &client.console.connection) != seL4_NoError ||
        !console_client_attach(&client.console))
        sel4ish_stop("no console");
    log_line("framebuffer@%u: %ux%u", client.connection.version, (unsigned)client.width, (unsigned)client.height);
    for (;;) {
        while (console_client_line(&client.console, line))
            obey(line);
        sel4ish_event_wait();
    }
}
