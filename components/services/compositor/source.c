/* SPDX-License-Identifier: BSD-2-Clause
 * Source: see source.h. */
#include "source.h"

#include <lib/ring/ring.h>

void sources_start(struct sources *sources)
{
    const struct sel4ish_entry *use = NULL;

    *sources = (struct sources){0};
    while (sources->count < SOURCES && (use = sel4ish_config_next(sel4ish_config(), SEL4ISH_USE, "input", use)))
        sources->sources[sources->count++].link = (struct link){.name = "input", .use = use};
}

static bool attach(struct source *source, bool polls)
{
    const struct sel4ish_connection *c = &source->link.connection;
    const struct input_base *base = sel4ish_base(c);

    source->base = base;
    source->progress = sel4ish_data_writable(c, base->progress, sizeof *source->progress,
                                             _Alignof(struct input_progress));
    if (!source->progress)
        return false;
    source->taken = 0;
    source->dropped = ring_load(&base->dropped);
    source->gesture = (struct gesture){.range_x = *(const volatile struct input_range *)&base->x,
                                       .range_y = *(const volatile struct input_range *)&base->y};
    source->gesture.x = source->gesture.range_x.least;
    source->gesture.y = source->gesture.range_y.least;
    ring_store(&source->progress->bell_wanted, !polls);
    return true;
}

static void release_all(struct desk *desk)
{
    desk_release_buttons(desk);
    desk_release_keys(desk);
}

void sources_update(struct sources *sources, seL4_Word bits, bool polls, struct desk *desk)
{
    for (unsigned i = 0; i < sources->count; i++) {
        struct source *source = &sources->sources[i];
        enum link_news news = link_update(&source->link, bits);

        if (news == LINK_WENT)
            release_all(desk);
        if (news == LINK_CAME && !attach(source, polls))
            link_refuse(&source->link);
    }
}

/* Left-out groups are older than what is in the ring after it was empty, newer than what is before: releasing now is
 * right in the end. A driver whose counter cannot be true starts anew from where it says it is. */
static void read(struct source *source, struct desk *desk)
{
    uint32_t written = ring_load(&source->base->written), dropped = ring_load(&source->base->dropped), count;

    if (!ring_used(written, source->taken, INPUT_RING, &count))
        source->taken = written;
    for (; count; count--) {
        struct input_event event = *(const volatile struct input_event *)
            &source->base->events[source->taken++ % INPUT_RING];

        gesture_event(&source->gesture, &event, desk);
    }
    ring_store(&source->progress->taken, source->taken);
    if (dropped != source->dropped)
        release_all(desk);
    source->dropped = dropped;
}

void sources_read(struct sources *sources, struct desk *desk)
{
    for (unsigned i = 0; i < sources->count; i++)
        if (sources->sources[i].link.state == LINK_UP)
            read(&sources->sources[i], desk);
}
