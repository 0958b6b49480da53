/* SPDX-License-Identifier: BSD-2-Clause
 * Desk: see desk.h. */
#include "desk.h"

#include <interfaces/input/input.h>

#include "layout.h"
#include "pointer.h"

/* ---- what clients are told */

static void send(struct desk *desk, unsigned pane, struct window_event event)
{
    if (pane != STACK_NONE && desk->stack.panes[pane].state == PANE_OPEN)
        desk->sink.event(desk->sink.context, pane, &event);
}

/* Where the pointer is, as that pane sees it. */
static struct window_event here(const struct desk *desk, unsigned pane, enum window_event_type type, uint16_t code,
                                int32_t value)
{
    const struct pane *p = &desk->stack.panes[pane];

    return (struct window_event){(uint16_t)type, code, value, desk->x - p->x, desk->y - p->y};
}

/* ---- what has to be drawn */

static void damage_pane(struct desk *desk, unsigned pane, struct rect r)
{
    stack_damage(&desk->stack, pane, rect_common(r, desk->screen), &desk->damage);
}

static void damage_pointer(struct desk *desk)
{
    region_add(&desk->damage, rect_common(pointer_rect(desk->x, desk->y), desk->screen));
}

static void set_focus(struct desk *desk, unsigned pane)
{
    unsigned old = desk->focus;

    if (pane == old)
        return;
    desk->focus = pane;
    if (old != STACK_NONE) {
        damage_pane(desk, old, pane_frame(&desk->stack.panes[old]));
        send(desk, old, (struct window_event){.type = WINDOW_FOCUS});
    }
    if (pane != STACK_NONE) {
        damage_pane(desk, pane, pane_frame(&desk->stack.panes[pane]));
        send(desk, pane, (struct window_event){.type = WINDOW_FOCUS, .value = 1});
    }
}

static unsigned topmost_open(const struct desk *desk)
{
    for (unsigned i = 0; i < desk->stack.count; i++)
        if (desk->stack.panes[desk->stack.order[i]].state == PANE_OPEN)
            return desk->stack.order[i];
    return STACK_NONE;
}

/* What others covered of it comes to light. */
static void raise(struct desk *desk, unsigned pane)
{
    const struct stack *stack = &desk->stack;
    struct rect frame = pane_frame(&stack->panes[pane]);

    for (unsigned i = 0; i < stack->count && stack->order[i] != pane; i++)
        region_add(&desk->damage, rect_common(rect_common(frame, pane_frame(&stack->panes[stack->order[i]])),
                                              desk->screen));
    stack_raise(&desk->stack, pane);
}

/* ---- windows that come and go */

void desk_start(struct desk *desk, struct rect screen, struct desk_sink sink)
{
    *desk = (struct desk){.focus = STACK_NONE, .grab = STACK_NONE, .drag = STACK_NONE, .sink = sink};
    desk_resize(desk, screen);
    desk->x = (screen.x0 + screen.x1) / 2;
    desk->y = (screen.y0 + screen.y1) / 2;
}

void desk_resize(struct desk *desk, struct rect screen)
{
    desk->screen = screen;
    desk->damage = (struct region){0};
    region_add(&desk->damage, screen);
    desk_pointer(desk, desk->x, desk->y);
    for (unsigned i = 0; i < desk->stack.count; i++) {
        struct pane *pane = &desk->stack.panes[desk->stack.order[i]];

        layout_place(pane, pane->x, pane->y, screen);
    }
}

/* Until somebody has arranged the windows they lie in the order of their labels, whichever comes first. */
static void insert(struct desk *desk, unsigned pane)
{
    struct stack *stack = &desk->stack;

    stack_raise(stack, pane);
    for (unsigned i = 0; !desk->touched && i + 1 < stack->count; i++) {
        unsigned below = stack->order[i + 1];

        if (stack->panes[below].label < stack->panes[pane].label)
            break;
        stack->order[i + 1] = pane;
        stack->order[i] = below;
    }
}

static bool is_seen(const struct desk *desk, unsigned pane)
{
    for (unsigned i = 0; i < desk->stack.count; i++)
        if (desk->stack.order[i] == pane)
            return true;
    return false;
}

void desk_open(struct desk *desk, unsigned pane, struct surface surface)
{
    struct pane *p = &desk->stack.panes[pane];

    if (is_seen(desk, pane))
        damage_pane(desk, pane, pane_frame(p));
    p->state = PANE_OPEN;
    p->surface = surface;
    if (p->placed)
        layout_place(p, p->x, p->y, desk->screen);
    else
        layout_cascade(p, pane, desk->screen);
    p->placed = true;
    if (!is_seen(desk, pane))
        insert(desk, pane);
    damage_pane(desk, pane, pane_frame(&desk->stack.panes[pane]));
    if (!desk->touched || desk->focus == STACK_NONE)
        set_focus(desk, topmost_open(desk));
}

void desk_gone(struct desk *desk, unsigned pane)
{
    struct pane *p = &desk->stack.panes[pane];

    p->surface.pixels = NULL;
    if (p->state != PANE_OPEN)
        return;
    p->state = PANE_GONE;
    if (desk->grab == pane)
        desk->grab = STACK_NONE;
    damage_pane(desk, pane, pane_frame(p));
    if (desk->focus == pane)
        set_focus(desk, topmost_open(desk));
}

void desk_changed(struct desk *desk, unsigned pane, struct rect r)
{
    const struct pane *p = &desk->stack.panes[pane];

    if (p->state == PANE_OPEN)
        damage_pane(desk, pane, rect_common(rect_moved(r, p->x, p->y), pane_content(p)));
}

/* The mark of a window that is no more. */
static void dismiss(struct desk *desk, unsigned pane)
{
    damage_pane(desk, pane, pane_frame(&desk->stack.panes[pane]));
    stack_remove(&desk->stack, pane);
    desk->stack.panes[pane].state = PANE_ABSENT;
}

/* ---- what a person does */

static void drag(struct desk *desk)
{
    struct pane *pane = &desk->stack.panes[desk->drag];
    struct rect before = pane_frame(pane);

    damage_pane(desk, desk->drag, before);
    layout_place(pane, desk->x + desk->drag_x, desk->y + desk->drag_y, desk->screen);
    damage_pane(desk, desk->drag, pane_frame(pane));
}

void desk_pointer(struct desk *desk, int32_t x, int32_t y)
{
    unsigned under;

    x = x < desk->screen.x0 ? desk->screen.x0 : x >= desk->screen.x1 ? desk->screen.x1 - 1 : x;
    y = y < desk->screen.y0 ? desk->screen.y0 : y >= desk->screen.y1 ? desk->screen.y1 - 1 : y;
    if (x == desk->x && y == desk->y)
        return;
    damage_pointer(desk);
    desk->x = x;
    desk->y = y;
    damage_pointer(desk);
    if (desk->drag != STACK_NONE) {
        drag(desk);
        return;
    }
    under = desk->grab != STACK_NONE || desk->buttons ? desk->grab : stack_at(&desk->stack, x, y);
    if (under != STACK_NONE &&
        (under == desk->grab || rect_holds(pane_content(&desk->stack.panes[under]), x, y)))
        send(desk, under, here(desk, under, WINDOW_MOVE, 0, 0));
}

static void hold_title(struct desk *desk, unsigned pane)
{
    desk->drag = pane;
    desk->drag_x = desk->stack.panes[pane].x - desk->x;
    desk->drag_y = desk->stack.panes[pane].y - desk->y;
}

/* The first button that goes down says what the pointer is about until all are up. */
static void press_first(struct desk *desk, uint16_t code)
{
    unsigned pane = stack_at(&desk->stack, desk->x, desk->y);
    const struct pane *p = &desk->stack.panes[pane];

    if (pane == STACK_NONE)
        return;
    desk->touched = true;
    raise(desk, pane);
    if (p->state == PANE_OPEN)
        set_focus(desk, pane);
    if (rect_holds(pane_title(p), desk->x, desk->y)) {
        if (code == INPUT_BUTTON_LEFT)
            hold_title(desk, pane);
    } else if (p->state == PANE_GONE) {
        dismiss(desk, pane);
    } else if (rect_holds(pane_content(p), desk->x, desk->y)) {
        desk->grab = pane;
    }
}

void desk_button(struct desk *desk, uint16_t code, bool pressed)
{
    uint32_t bit = code >= INPUT_BUTTON_LEFT && code < INPUT_BUTTON_LEFT + 8 ? 1u << (code - INPUT_BUTTON_LEFT) : 0;

    if (!bit || pressed == !!(desk->buttons & bit))
        return;
    if (pressed && !desk->buttons)
        press_first(desk, code);
    desk->buttons ^= bit;
    if (desk->grab != STACK_NONE)
        send(desk, desk->grab, here(desk, desk->grab, WINDOW_BUTTON, code, pressed));
    if (!desk->buttons)
        desk->grab = desk->drag = STACK_NONE;
}

void desk_key(struct desk *desk, uint16_t code, int32_t value)
{
    if (desk->focus != STACK_NONE)
        send(desk, desk->focus, (struct window_event){.type = WINDOW_KEY, .code = code, .value = value});
}

void desk_release_buttons(struct desk *desk)
{
    for (uint16_t code = INPUT_BUTTON_LEFT; code < INPUT_BUTTON_LEFT + 8; code++)
        desk_button(desk, code, false);
}

void desk_release_keys(struct desk *desk)
{
    unsigned focus = desk->focus;

    if (focus == STACK_NONE)
        return;
    send(desk, focus, (struct window_event){.type = WINDOW_FOCUS});
    send(desk, focus, (struct window_event){.type = WINDOW_FOCUS, .value = 1});
}
