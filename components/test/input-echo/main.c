/* SPDX-License-Identifier: BSD-2-Clause
 * Input echo: does with every group of events of one device what option `mode` says:
 *
 *   print    prints them, as type:code:value
 *   count    counts them, and those in which x and y differ or that do not end; prints the counts when a button is pressed
 *   deaf     reads none; prints what was written and dropped whenever it is rung */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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
static uint32_t told_written, told_dropped;     /* by a deaf one */

static struct input_event next(void)
{
    struct input_event event = base->events[taken++ % INPUT_RING];

    ring_store(&progress->taken, taken);
    return event;
}

static void print_group(uint32_t count)
{
    struct input_event event = {.type = INPUT_KEY};
    char text[512];
    int len = 0;

    for (; count && event.type != INPUT_SYN && len < (int)sizeof text - 32; count--) {
        event = next();
        len += snprintf(text + len, sizeof text - (size_t)len, " %u:%u:%" PRId32, event.type, event.code, event.value);
    }
    log_line("group%s", text);
}

static void count_group(uint32_t count)
{
    static uint32_t groups, torn;
    struct input_event event = {.type = INPUT_KEY};
    int32_t place[2] = {0, 0};
    bool pressed = false;

    for (; count && event.type != INPUT_SYN; count--) {
        event = next();
        if (event.type == INPUT_ABSOLUTE)
            place[event.code & 1] = event.value;
        pressed |= event.type == INPUT_KEY && event.value == INPUT_PRESSED;
    }
    groups++;
    torn += event.type != INPUT_SYN || place[0] != place[1];
    if (pressed)
        log_line("%u groups %u torn", (unsigned)groups, (unsigned)torn);
}

static void read_groups(bool prints)
{
    uint32_t count;

    while (ring_used(ring_load(&base->written), taken, INPUT_RING, &count) && count) {
        if (prints)
            print_group(count);
        else
            count_group(count);
    }
}

static void tell(void)
{
    told_written = ring_load(&base->written);
    told_dropped = ring_load(&base->dropped);
    log_line("written %u dropped %u", (unsigned)told_written, (unsigned)told_dropped);
}

/* Has something come that this one has not looked at? */
static bool news(bool reads)
{
    if (reads)
        return ring_load(&base->written) != taken;
    return ring_load(&base->written) != told_written || ring_load(&base->dropped) != told_dropped;
}

/* Until the driver rings; not at all if something came while no bell was wanted. */
static void sleep(bool reads)
{
    ring_store(&progress->bell_wanted, 1);
    ring_fence();
    if (!news(reads))
        sel4ish_event_wait();
    ring_store(&progress->bell_wanted, 0);
}

int main(void)
{
    const char *mode = sel4ish_option_text("mode", "print");
    bool reads = strcmp(mode, "deaf") != 0;

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
            read_groups(strcmp(mode, "print") == 0);
        sleep(reads);
        if (!reads)
            tell();
    }
}
