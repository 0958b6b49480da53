/* SPDX-License-Identifier: BSD-2-Clause
 * Window client: has a window of one colour, says "shown" when that is on the screen, and then does what its option
 * says: nothing, or what a compositor must be able to bear. */
#include <stdlib.h>
#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/run.h>

#include <lib/ring/ring.h>
#include <lib/window/window.h>

static struct window window;

static void stay(void)
{
    while (window_alive(&window))
        window_wait(&window);
}

/* Rings and changes all, as fast as it can. */
static void flood(void)
{
    for (;;) {
        window_changed(&window, window.canvas.clip);
        window_show(&window);
        sel4ish_ring(&window.connection);
    }
}

/* A counter that cannot be true. */
static void lie(void)
{
    ring_store(&window.damage->written, window.damage->written + 1000);
    sel4ish_ring(&window.connection);
    stay();
}

/* Every value that its page can have, one after the other, while the compositor reads. */
static void scribble(void)
{
    uint32_t random = 1, *words = (uint32_t *)window.damage;

    for (;;) {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        words[random % (sizeof *window.damage / sizeof *words)] = random * 2654435761u;
        if (random % 64 == 0)
            sel4ish_ring(&window.connection);
    }
}

static void spin(void)
{
    for (;;)
        __asm__ volatile("");
}

static void leave(void)
{
    sel4ish_release(&window.connection);
    sel4ish_park();
}

static void die(void)
{
    abort();
}

static const struct {
    const char *name;
    void (*run)(void);
} deeds[] = {{"stay", stay}, {"flood", flood}, {"lie", lie}, {"scribble", scribble}, {"spin", spin}, {"leave", leave},
             {"die", die}};

int main(void)
{
    const char *does = sel4ish_option_text("does", "stay");

    for (;;) {
        window_open(&window, (uint32_t)sel4ish_option("width", 0), (uint32_t)sel4ish_option("height", 0));
        canvas_fill(&window.canvas, window.canvas.clip, (uint32_t)sel4ish_option("colour", 0));
        window_changed(&window, window.canvas.clip);
        window_show(&window);
        while (window_alive(&window) && !window_shown(&window))
            window_wait(&window);
        log_line("shown: %s", does);
        for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
            if (strcmp(deeds[i].name, does) == 0)
                deeds[i].run();
    }
}
