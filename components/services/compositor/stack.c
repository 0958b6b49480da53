/* SPDX-License-Identifier: BSD-2-Clause
 * Stack: see stack.h. */
#include "stack.h"

#include <string.h>

static unsigned depth_of(const struct stack *stack, unsigned pane)
{
    unsigned depth = 0;

    while (depth < stack->count && stack->order[depth] != pane)
        depth++;
    return depth;
}

void stack_remove(struct stack *stack, unsigned pane)
{
    unsigned depth = depth_of(stack, pane);

    if (depth == stack->count)
        return;
    stack->count--;
    memmove(&stack->order[depth], &stack->order[depth + 1], (stack->count - depth) * sizeof stack->order[0]);
}

void stack_raise(struct stack *stack, unsigned pane)
{
    stack_remove(stack, pane);
    memmove(&stack->order[1], &stack->order[0], stack->count * sizeof stack->order[0]);
    stack->order[0] = pane;
    stack->count++;
}

unsigned stack_at(const struct stack *stack, int32_t x, int32_t y)
{
    for (unsigned i = 0; i < stack->count; i++)
        if (rect_holds(pane_frame(&stack->panes[stack->order[i]]), x, y))
            return stack->order[i];
    return STACK_NONE;
}

/* What of r lies outside of the panes from depth up to, not including, end. */
static void add_uncovered(const struct stack *stack, struct rect r, unsigned depth, unsigned end,
                          struct region *damage)
{
    struct rect rest[4];
    unsigned n;

    while (depth < end && !rect_meets(r, pane_frame(&stack->panes[stack->order[depth]])))
        depth++;
    if (depth == end) {
        region_add(damage, r);
        return;
    }
    n = rect_without(r, pane_frame(&stack->panes[stack->order[depth]]), rest);
    for (unsigned i = 0; i < n; i++)
        add_uncovered(stack, rest[i], depth + 1, end, damage);
}

void stack_damage(const struct stack *stack, unsigned pane, struct rect r, struct region *damage)
{
    unsigned depth = depth_of(stack, pane);

    if (depth < stack->count && !rect_empty(r))
        add_uncovered(stack, r, 0, depth, damage);
}

static void cut(const struct stack *stack, struct rect r, unsigned depth, stack_part *part, void *context)
{
    struct rect rest[4];
    struct rect frame;
    unsigned n;

    while (depth < stack->count && !rect_meets(r, pane_frame(&stack->panes[stack->order[depth]])))
        depth++;
    if (depth == stack->count) {
        part(context, STACK_NONE, r);
        return;
    }
    frame = pane_frame(&stack->panes[stack->order[depth]]);
    part(context, stack->order[depth], rect_common(r, frame));
    n = rect_without(r, frame, rest);
    for (unsigned i = 0; i < n; i++)
        cut(stack, rest[i], depth + 1, part, context);
}

void stack_parts(const struct stack *stack, struct rect r, stack_part *part, void *context)
{
    if (!rect_empty(r))
        cut(stack, r, 0, part, context);
}
