/* SPDX-License-Identifier: BSD-2-Clause
 * Screen: see screen.h. Control sequences as in ECMA-48. */
#include "screen.h"

#include <stddef.h>
#include <string.h>

#define ERASE_LINE "\r\033[K"

static void put(struct screen *screen, char c)
{
    if (screen->head - screen->tail < SCREEN_BYTES)
        screen->bytes[screen->head++ % SCREEN_BYTES] = c;
}

static void put_text(struct screen *screen, const char *text)
{
    for (; *text; text++)
        put(screen, *text);
}

bool screen_has_room(const struct screen *screen)
{
    return SCREEN_BYTES - (screen->head - screen->tail) >= SCREEN_LINE_ROOM;
}

/* Up and down again: the cursor stays, but whoever reads the stream sees that the mark starts a line. */
static void take_prompt_away(struct screen *screen)
{
    if (screen->prompt)
        put_text(screen, ERASE_LINE "\033[A\n");
    screen->prompt = NULL;
}

void screen_line(struct screen *screen, const char *name, const char *text)
{
    take_prompt_away(screen);
    put(screen, '[');
    put_text(screen, name);
    put_text(screen, "] ");
    put_text(screen, text);
    put_text(screen, "\r\n");
}

void screen_prompt(struct screen *screen, const char *name, const char *text)
{
    if (screen->prompt && strcmp(screen->prompt, name) == 0)
        return;
    take_prompt_away(screen);
    put_text(screen, name);
    put_text(screen, "> ");
    put_text(screen, text);
    screen->prompt = name;
}

void screen_added(struct screen *screen, char c)
{
    put(screen, c);
}

void screen_erased(struct screen *screen)
{
    put_text(screen, "\b \b");
}

void screen_cleared(struct screen *screen)
{
    take_prompt_away(screen);
}

void screen_done(struct screen *screen)
{
    put_text(screen, "\r\n");
    screen->prompt = NULL;
}

bool screen_next(const struct screen *screen, char *c)
{
    if (screen->head == screen->tail)
        return false;
    *c = screen->bytes[screen->tail % SCREEN_BYTES];
    return true;
}

void screen_sent(struct screen *screen)
{
    screen->tail++;
}
