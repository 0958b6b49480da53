/* SPDX-License-Identifier: BSD-2-Clause
 * Screen: what goes out on the wire, in order: marked lines, and below them the prompt with the line being typed.
 * A line that comes while the prompt stands takes the prompt's place, and the prompt is drawn again behind it.
 * Invariant: while `prompt` is not null, the cursor is at the end of that name's prompt and the typed text. */
#pragma once

#include <stdbool.h>

enum { SCREEN_BYTES = 8192, SCREEN_LINE_ROOM = 512 };

struct screen {
    unsigned head, tail;            /* free-running: bytes put, bytes sent */
    const char *prompt;
    char bytes[SCREEN_BYTES];
};

/* Room for one more line of anybody, prompt and all. */
bool screen_has_room(const struct screen *screen);
/* "[name] text". */
void screen_line(struct screen *screen, const char *name, const char *text);
/* "name> text"; nothing if it stands already, in place of another name's. */
void screen_prompt(struct screen *screen, const char *name, const char *text);
/* One more typed character; the last one gone; the whole text gone; the line ended. The prompt stands. */
void screen_added(struct screen *screen, char c);
void screen_erased(struct screen *screen);
void screen_cleared(struct screen *screen);
void screen_done(struct screen *screen);
/* The next byte for the wire. */
bool screen_next(const struct screen *screen, char *c);
void screen_sent(struct screen *screen);
