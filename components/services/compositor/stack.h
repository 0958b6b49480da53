/* SPDX-License-Identifier: BSD-2-Clause
 * Stack: the panes that are seen, the topmost first, and what covers what.
 * Invariant: order holds each pane that is not absent once, and no other. */
#pragma once

#include "pane.h"
#include "region.h"

enum { STACK_NONE = PANES };    /* no pane */

struct stack {
    struct pane panes[PANES];
    unsigned count;
    unsigned order[PANES];      /* indices of panes */
};

/* On top of all others, added if it is not there. */
void stack_raise(struct stack *stack, unsigned pane);
void stack_remove(struct stack *stack, unsigned pane);
/* The topmost whose frame holds the point, or STACK_NONE. */
unsigned stack_at(const struct stack *stack, int32_t x, int32_t y);
/* Adds what of r, which lies in that pane's frame, no other pane covers. */
void stack_damage(const struct stack *stack, unsigned pane, struct rect r, struct region *damage);

/* Cuts r into the parts that show one thing, and hands over each once: an index of a pane, or STACK_NONE where nothing
 * covers the backdrop. At most as deep as there are panes, and in no memory but the stack's. */
typedef void stack_part(void *context, unsigned pane, struct rect part);
void stack_parts(const struct stack *stack, struct rect r, stack_part *part, void *context);
