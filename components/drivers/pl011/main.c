/* SPDX-License-Identifier: BSD-2-Clause
 * PL011 driver: owns the serial line. Shows the lines of its log@1 clients, each behind the name that the system gave
 * the client, and hands what is typed to its console@1 clients. Trusts no byte of theirs. */
#include "serial.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/run.h>

enum { SUPERVISOR_LABEL = 1 };      /* as the tool gives labels out */

static struct serial serial;

void serial_say(struct serial *s, const char *format, ...)
{
    char text[LOG_LINE + 1];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    screen_line(&s->screen, s->name, text);
}

/* What this program prints itself, through the C library. */
static void own_line(const char *line, size_t len)
{
    while (len && line[len - 1] == '\n')
        len--;
    serial_say(&serial, "%.*s", (int)len, line);
}

bool serial_send(struct serial *s)
{
    char c;

    for (; screen_next(&s->screen, &c); screen_sent(&s->screen))
        if (!uart_put(&s->uart, c))
            return false;
    return true;
}

/* Who gets the focus when it comes, if the description says nothing: the first in its order that is not the supervisor,
 * which is everybody's and nobody's first choice. */
static const char *first_reader(void)
{
    const struct sel4ish_entry *console = sel4ish_need(SEL4ISH_PROVIDE, "console");
    const struct sel4ish_entry *reader = NULL;

    while ((reader = sel4ish_config_owned(sel4ish_config(), console, SEL4ISH_CONNECTION, NULL, reader)))
        if (reader->v[SEL4ISH_CONNECTION_LABEL] != SUPERVISOR_LABEL)
            return reader->peer;
    return NULL;
}

static void start(void)
{
    const struct sel4ish_entry *device = sel4ish_need(SEL4ISH_DEVICE, "uart0");
    const struct sel4ish_entry *irq = sel4ish_need(SEL4ISH_IRQ, "uart0");
    const char *preferred = sel4ish_option_text("focus", "");

    serial.name = sel4ish_config()->name;
    serial.uart.registers = (volatile uint32_t *)device->v[0];
    serial.irq = irq->v[0];
    serial.irq_bits = irq->v[1];
    serial.preferred = *preferred ? preferred : first_reader();
    uart_start(&serial.uart);
    log_divert(own_line);
    if (sel4ish_provide("log", LOG_V1, &serial.log) != seL4_NoError)
        sel4ish_stop("cannot provide log@1");
    if (sel4ish_provide("console", CONSOLE_V1, &serial.console) != seL4_NoError)
        sel4ish_stop("cannot provide console@1");
    serial.focus = (struct focus){serial.members, (int)serial.console.count, FOCUS_NOBODY};
    seL4_IRQHandler_Ack(serial.irq);
}

/* Interrupts stay pending until the characters are gone, so those first. */
static void take_input(void)
{
    char typed;

    while (screen_has_room(&serial.screen) && uart_get(&serial.uart, &typed))
        readers_type(&serial, typed);
}

static void handle(seL4_Word bits)
{
    if (bits & sel4ish_provider_bits(&serial.log))
        sel4ish_provider_scan(&serial.log, &sources_handler, &serial);
    if (bits & sel4ish_provider_bits(&serial.console))
        sel4ish_provider_scan(&serial.console, &readers_handler, &serial);
    take_input();
    if (bits & serial.irq_bits)
        seL4_IRQHandler_Ack(serial.irq);
}

/* Everything that can go out now, looking for input and for clients that came or went between the rounds, so that a
 * client that never stops writing delays neither. */
static void work(void)
{
    bool sent, more = true;

    while (more) {
        more = sources_round(&serial);
        sent = serial_send(&serial);
        if (!more && sent && (serial.screen.prompt || focus_name(&serial.focus))) {
            readers_prompt(&serial);
            sent = serial_send(&serial);
        }
        uart_want_room(&serial.uart, !sent);
        if (!sent)
            return;                 /* an interrupt says when there is room */
        if (more)
            handle(sel4ish_event_poll());
    }
}

int main(void)
{
    start();
    for (;;) {
        bool blocked;

        sources_waiting(&serial, false);
        work();
        blocked = serial.screen.head != serial.screen.tail;
        if (sources_waiting(&serial, true) && !blocked)
            continue;
        handle(sel4ish_event_wait());
    }
}
