/* SPDX-License-Identifier: BSD-2-Clause
 * Focus: see focus.h. */
#include "focus.h"

#include <stddef.h>
#include <string.h>

static int find(const struct focus *focus, const char *name, size_t len)
{
    for (int i = 0; i < focus->count; i++) {
        const struct focus_member *member = &focus->members[i];

        if (member->present && strlen(member->name) == len && memcmp(member->name, name, len) == 0)
            return i;
    }
    return FOCUS_NOBODY;
}

static int first_present(const struct focus *focus)
{
    for (int i = 0; i < focus->count; i++)
        if (focus->members[i].present)
            return i;
    return FOCUS_NOBODY;
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

static struct routed route_to_name(struct focus *focus, const char *name)
{
    size_t len = strcspn(name, " ");
    const char *text = skip_blanks(name + len);
    int target = find(focus, name, len);

    if (target == FOCUS_NOBODY)
        return (struct routed){.route = ROUTE_UNKNOWN, .target = FOCUS_NOBODY, .text = name};
    if (*text)
        return (struct routed){.route = ROUTE_SEND, .target = target, .text = text};
    focus->current = target;
    return (struct routed){.route = ROUTE_SWITCHED, .target = target, .text = text};
}

struct routed focus_route(struct focus *focus, const char *line)
{
    const char *text = skip_blanks(line);

    if (*text == '@')
        return route_to_name(focus, text + 1);
    if (focus->current == FOCUS_NOBODY)
        return (struct routed){.route = ROUTE_NOBODY, .target = FOCUS_NOBODY, .text = text};
    return (struct routed){.route = ROUTE_SEND, .target = focus->current, .text = text};
}

void focus_came(struct focus *focus, int member, const char *preferred)
{
    focus->members[member].present = true;
    if (focus->current == FOCUS_NOBODY || (preferred && strcmp(focus->members[member].name, preferred) == 0))
        focus->current = member;
}

void focus_went(struct focus *focus, int member)
{
    focus->members[member].present = false;
    if (focus->current == member)
        focus->current = first_present(focus);
}

const char *focus_name(const struct focus *focus)
{
    return focus->current == FOCUS_NOBODY ? NULL : focus->members[focus->current].name;
}
