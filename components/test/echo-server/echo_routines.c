/* SPDX-License-Identifier: BSD-2-Clause
 * Echo routines: how the test's client sends a message and takes an answer. Sealed: runs in the client. */
#include <interfaces/echo/echo.h>
#include <lib/ring/ring.h>
#include <sel4/sel4.h>

echo_send_routine echo_send, echo_send_with_call;
echo_poll_routine echo_poll;

static void copy(struct echo_message *to, const struct echo_message *from)
{
    volatile uint64_t *into = (volatile uint64_t *)to;
    const volatile uint64_t *out = (const volatile uint64_t *)from;

    for (unsigned i = 0; i < sizeof *to / sizeof *into; i++)
        into[i] = out[i];
}

bool echo_send(struct echo_ring *requests, const struct echo_ring *answers, const struct echo_message *message)
{
    uint32_t sent = requests->sent;

    if (ring_free(sent, ring_load(&answers->taken), ECHO_RING) == 0)
        return false;
    copy(&requests->slots[sent % ECHO_RING], message);
    ring_store(&requests->sent, sent + 1);
    return true;
}

bool echo_send_with_call(struct echo_ring *requests, const struct echo_ring *answers,
                         const struct echo_message *message)
{
    seL4_Yield();
    return echo_send(requests, answers, message);
}

bool echo_poll(struct echo_ring *requests, const struct echo_ring *answers, struct echo_message *answer)
{
    uint32_t taken = requests->taken;
    uint32_t count;

    if (!ring_used(ring_load(&answers->sent), taken, ECHO_RING, &count) || count == 0)
        return false;
    copy(answer, &answers->slots[taken % ECHO_RING]);
    ring_store(&requests->taken, taken + 1);
    return true;
}
