/* SPDX-License-Identifier: BSD-2-Clause
 * Desk: what is where, who has the keys, what the pointer holds; and what has to be drawn because of it. It draws
 * nothing and knows no interface: events for clients go to its sink.
 * Invariants: focus and grab are STACK_NONE or open panes; while a pane is dragged there is no grab; a button's release
 * goes to whoever got its press. */
#pragma once

#include <interfaces/window/window.h>

#include "region.h"
#include "stack.h"

struct desk_sink {
    void (*event)(void *context, unsigned pane, const struct window_event *event);
    void *context;
};

struct desk {
    struct stack stack;
    struct rect screen;
    int32_t x, y;               /* the pointer */
    unsigned focus;             /* keys go there */
    unsigned grab;              /* the pointer's events go there while a button is held */
    unsigned drag;              /* held by its title bar */
    int32_t drag_x, drag_y;     /* from the pointer to that pane's corner */
    uint32_t buttons;           /* held: bit 0 is BTN_LEFT */
    bool touched;               /* a person has arranged the windows: new ones come on top */
    struct region damage;
    struct desk_sink sink;
};

void desk_start(struct desk *desk, struct rect screen, struct desk_sink sink);
/* All of the screen has to be drawn; it may have another size. */
void desk_resize(struct desk *desk, struct rect screen);

/* A client has a surface, checked: the pane, whose name and label are set, is seen from now on. One that had a place
 * has it again. */
void desk_open(struct desk *desk, unsigned pane, struct surface surface);
/* Its client left: what is seen of it is a mark, until somebody clicks on that or the client is back. */
void desk_gone(struct desk *desk, unsigned pane);
/* The client changed r of its content. */
void desk_changed(struct desk *desk, unsigned pane, struct rect r);

void desk_pointer(struct desk *desk, int32_t x, int32_t y);
void desk_button(struct desk *desk, uint16_t code, bool pressed);
void desk_key(struct desk *desk, uint16_t code, int32_t value);
/* Something was not heard: nothing is held any more. */
void desk_release_buttons(struct desk *desk);
void desk_release_keys(struct desk *desk);
