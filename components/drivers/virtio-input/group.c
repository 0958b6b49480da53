/* SPDX-License-Identifier: BSD-2-Clause
 * Group: see group.h. */
#include "group.h"

static int32_t clamp(int32_t value, struct input_range range)
{
    if (value < range.least)
        return range.least;
    return value > range.greatest ? range.greatest : value;
}

/* False: not an event of input@1. */
static bool translate(const struct group *group, struct virtio_event from, struct input_event *to)
{
    *to = (struct input_event){.type = from.type, .code = from.code, .value = (int32_t)from.value};
    switch (from.type) {
    case INPUT_KEY:
        return from.value <= INPUT_REPEATED;
    case INPUT_RELATIVE:
        return true;
    case INPUT_ABSOLUTE:
        to->value = clamp(to->value, from.code == INPUT_X ? group->x : group->y);
        return from.code == INPUT_X || from.code == INPUT_Y;
    default:
        return false;
    }
}

static enum group_state end(struct group *group)
{
    if (group->spoiled)
        return GROUP_LOST;
    if (!group->count)
        return GROUP_OPEN;              /* nothing of interest: not worth waking anybody */
    group->events[group->count++] = (struct input_event){.type = INPUT_SYN, .code = INPUT_SYN_REPORT};
    return GROUP_COMPLETE;
}

enum group_state group_add(struct group *group, struct virtio_event event)
{
    struct input_event translated;

    if (event.type == INPUT_SYN && event.code == INPUT_SYN_REPORT)
        return end(group);
    if (!translate(group, event, &translated))
        return GROUP_OPEN;
    if (group->count == INPUT_GROUP - 1)
        group->spoiled = true;
    else
        group->events[group->count++] = translated;
    return GROUP_OPEN;
}

void group_spoil(struct group *group)
{
    group->spoiled = true;
}

void group_clear(struct group *group)
{
    group->count = 0;
    group->spoiled = false;
}
