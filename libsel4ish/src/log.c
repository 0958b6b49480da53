/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/log.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <interfaces/log/log.h>
#include <sel4ish/client.h>
#include <sel4ish/ring.h>

#include "log_state.h"
#include "output.h"

enum { WAITING_BYTES = 2048, ROOM_YIELDS = 64 };

static struct {
    bool asked, connected;
    struct sel4ish_connection connection;
    const struct log_base *base;
    struct log_lines *lines;
    struct sel4ish_ring_writer ring;
    char waiting[WAITING_BYTES];    /* whole lines that came before log@1 */
    size_t waiting_len;
    uint32_t lost;                  /* bytes that found no room there */
    void (*divert)(const char *line, size_t len);
} state;

/* ---- the connection: each step is taken when a line comes, none waits */

static void disconnect(void)
{
    sel4ish_release(&state.connection);
    state.asked = state.connected = false;
}

/* The page is the provider's word: read each pointer once and check it. */
static bool adopt(void)
{
    const struct log_base *base = sel4ish_base(&state.connection);
    uint64_t lines = __atomic_load_n(&base->lines, __ATOMIC_RELAXED);

    state.base = base;
    state.lines = sel4ish_data_writable(&state.connection, lines, sizeof *state.lines, _Alignof(struct log_lines));
    if (!state.lines || !sel4ish_header_true(&state.connection))
        return false;
    state.ring = (struct sel4ish_ring_writer) {
        .bytes = state.lines->bytes,
        .size = LOG_RING_BYTES,
        .written = &state.lines->written,
        .taken = &base->taken,
    };
    return true;
}

static void advance(void)
{
    if (state.connected && !sel4ish_ready(&state.connection))
        disconnect();
    if (!state.asked)
        state.asked = sel4ish_request("log", &state.connection) == seL4_NoError;
    if (!state.asked || state.connected || !sel4ish_ready(&state.connection))
        return;
    state.connected = adopt();
    if (!state.connected)
        disconnect();
}

/* ---- the ring */

/* The provider sets bell_wanted and then looks at `written` once more; here it is the other way round. One of the two
 * sees the other's store. */
static void ring_bell(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (__atomic_load_n(&state.base->bell_wanted, __ATOMIC_RELAXED))
        sel4ish_ring(&state.connection);
}

static void drop(uint32_t len)
{
    __atomic_store_n(&state.lines->dropped, state.lines->dropped + len, __ATOMIC_RELAXED);
}

static void send(const char *bytes, uint32_t len)
{
    for (unsigned i = 0; !sel4ish_ring_write(&state.ring, bytes, len); i++) {
        if (i == ROOM_YIELDS || state.ring.broken) {
            drop(len);
            return;
        }
        ring_bell();
        seL4_Yield();
    }
}

/* Everything that waited, oldest first, a piece of a ring's size at a time. */
static void send_waiting(void)
{
    if (state.waiting_len)
        send(state.waiting, (uint32_t)state.waiting_len);
    state.waiting_len = 0;
    if (state.lost)
        drop(state.lost);
    state.lost = 0;
}

/* ---- */

static void keep(const char *line, size_t len)
{
    if (len + 1 > WAITING_BYTES - state.waiting_len) {
        state.lost += (uint32_t)len + 1;
        return;
    }
    memcpy(state.waiting + state.waiting_len, line, len);
    state.waiting[state.waiting_len + len] = '\n';
    state.waiting_len += len + 1;
}

void sel4ish_output_line(const char *line, size_t len)
{
    if (state.divert) {
        state.divert(line, len);
        return;
    }
    if (!sel4ish_find(SEL4ISH_USE, "log")) {
        sel4ish_output_debug(line, len);
        return;
    }
    keep(line, len);
    log_flush();
}

void log_flush(void)
{
    if (!state.waiting_len || state.divert)
        return;
    advance();
    if (!state.connected)
        return;
    send_waiting();
    ring_bell();
}

bool log_delivered(void)
{
    return !state.waiting_len;
}

void log_divert(void (*put)(const char *line, size_t len))
{
    state.divert = put;
}

void log_line(const char *format, ...)
{
    char text[240];
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (len < 0)
        return;
    sel4ish_output_finish_line();
    sel4ish_output_line(text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
}
