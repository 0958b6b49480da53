/* SPDX-License-Identifier: BSD-2-Clause
 * Input echo: prints every group of events of one device as type:code:value, or, with `reads: 0`, fills its ring and
 * prints what was dropped. */
#include <inttypes.h>
#include <stdio.h>

#include <sel4ish/client.h>
#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/run.h>

#include <interfaces/input/input.h>
#include <lib/ring/ring.h>

static struct sel4ish_connection connection;
static const struct input_base *base;
static struct input_progress *progress;
static uint32_t taken;

static void print_group(uint32_t count)
{
    char text[512];
    int len = 0;

    for (; count && len < (int)sizeof text - 32; count--) {
        const struct input_event *event = &base->events[taken++ % INPUT_RING];

        len += snprintf(text + len, sizeof text - (size_t)len, " %u:%u:%" PRId32, event->type, event->code,
                        event->value);
        if (event->type == INPUT_SYN)
            break;
    }
    log_line("group%s", text);
}

static void echo(void)
{
    uint32_t count;

    while (ring_used(ring_load(&base->written), taken, INPUT_RING, &count) && count) {
        print_group(count);
        ring_store(&progress->taken, taken);
    }
}

/* Until the driver rings; not at all if something has come that is read. */
static void sleep(bool reads)
{
    ring_store(&progress->bell_wanted, 1);
    ring_fence();
    if (!reads || ring_load(&base->written) == taken)
        sel4ish_event_wait();
    ring_store(&progress->bell_wanted, 0);
}

int main(void)
{
    bool reads = sel4ish_option("reads", 1);

    if (sel4ish_connect("input", &connection) != seL4_NoError)
        sel4ish_stop("no input");
    base = sel4ish_base(&connection);
    progress = sel4ish_data_writable(&connection, base->progress, sizeof *progress, _Alignof(struct input_progress));
    if (!progress)
        sel4ish_stop("input@1 points outside its connection");
    log_line("kind %u x %d..%d y %d..%d", (unsigned)base->kind, (int)base->x.least, (int)base->x.greatest,
             (int)base->y.least, (int)base->y.greatest);
    for (;;) {
        if (reads)
            echo();
        sleep(reads);
        if (!reads)
            log_line("written %u dropped %u", (unsigned)ring_load(&base->written), (unsigned)ring_load(&base->dropped));
    }
}
