/* SPDX-License-Identifier: BSD-2-Clause
 * Echo client: sends messages of random length and content over echo@1 and checks every answer. Between mark_start and
 * mark_end it does nothing else: in mode `poll` no system call at all, in mode `block` one for each batch at most. */
#include <stdlib.h>
#include <string.h>

#include <sel4ish/client.h>
#include <sel4ish/config.h>
#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/test.h>

#include <interfaces/echo/echo.h>
#include <lib/marks/marks.h>
#include <lib/ring/ring.h>

struct client {
    struct sel4ish_connection connection;
    struct echo_ring *requests;
    const struct echo_ring *answers;
    echo_send_routine *send, *send_with_call;
    echo_poll_routine *poll;
    bool block, plant;
    uint32_t messages, batch;
    uint32_t batches, wrong;
};

static struct client client;

/* Marsaglia's xorshift, 32 bits: never 0. */
static uint32_t next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static struct echo_message message(uint32_t sequence)
{
    uint32_t state = (sequence + 1) * 0x9e3779b9u | 1;
    struct echo_message m = {.sequence = sequence, .bytes = next(&state) % (ECHO_PAYLOAD + 1)};

    for (uint32_t i = 0; i < m.bytes; i++)
        m.payload[i] = (uint8_t)next(&state);
    return m;
}

static bool answers(const struct echo_message *answer, uint32_t sequence)
{
    struct echo_message sent = message(sequence);

    if (answer->sequence != sequence || answer->bytes != sent.bytes ||
        answer->checksum != echo_checksum(sent.payload, sent.bytes))
        return false;
    for (uint32_t i = 0; i < sent.bytes; i++)
        if ((answer->payload[i] ^ ECHO_XOR) != sent.payload[i])
            return false;
    return true;
}

/* Messages first .. first + count, as far as there is room. How many? */
static uint32_t send(uint32_t first, uint32_t count)
{
    uint32_t sent;

    for (sent = 0; sent < count; sent++) {
        struct echo_message m = message(first + sent);
        bool planted = client.plant && first + sent == client.messages / 2;

        if (!(planted ? client.send_with_call : client.send)(client.requests, client.answers, &m))
            break;
    }
    return sent;
}

static uint32_t receive(uint32_t first)
{
    struct echo_message answer;
    uint32_t got = 0;

    for (; client.poll(client.requests, client.answers, &answer); got++)
        client.wrong += !answers(&answer, first + got);
    return got;
}

/* Signal and sleep in one call, with nothing there to be read. */
static void sleep(void)
{
    seL4_Word bits;

    ring_store(&client.requests->bell_wanted, 1);
    ring_fence();
    if (ring_load(&client.answers->sent) == client.requests->taken) {
        if (ring_load(&client.answers->bell_wanted))
            seL4_NBSendWait(client.connection.use->v[SEL4ISH_USE_DOORBELL], seL4_MessageInfo_new(0, 0, 0, 0),
                            sel4ish_config()->inbox, &bits);
        else
            seL4_Wait(sel4ish_config()->inbox, &bits);
        sel4ish_event_keep(bits);
    }
    ring_store(&client.requests->bell_wanted, 0);
}

static void exchange(uint32_t messages)
{
    uint32_t sent = 0, received = 0;

    while (received < messages) {
        uint32_t left = messages - sent;
        uint32_t end = sent + (left < client.batch ? left : client.batch);

        client.batches += left > 0;
        do {
            sent += send(sent, end - sent);
            received += receive(received);
            if (client.block && sent == end && received < end)
                sleep();
        } while (sent < end || received < end);
    }
}

static bool connect(void)
{
    const struct sel4ish_connection *c = &client.connection;
    const struct echo_base *base;

    if (sel4ish_connect("echo", &client.connection) != seL4_NoError)
        return false;
    base = sel4ish_base(c);
    client.requests = sel4ish_data_writable(c, base->requests, sizeof *client.requests, _Alignof(struct echo_ring));
    client.answers = sel4ish_data(c, base->answers, sizeof *client.answers, _Alignof(struct echo_ring));
    client.send = (echo_send_routine *)sel4ish_routine(c, base->send);
    client.send_with_call = (echo_send_routine *)sel4ish_routine(c, base->send_with_call);
    client.poll = (echo_poll_routine *)sel4ish_routine(c, base->poll);
    return client.requests && client.answers && client.send && client.send_with_call && client.poll;
}

int main(void)
{
    bool marks = sel4ish_option("marks", 0);

    client.block = strcmp(sel4ish_option_text("mode", "poll"), "block") == 0;
    client.messages = (uint32_t)sel4ish_option("messages", 10000);
    client.batch = (uint32_t)sel4ish_option("batch", 64);
    ASSERT("a_batch_fits_the_ring", client.batch >= 1 && client.batch <= ECHO_RING);
    ASSERT("the_client_connects", connect());
    log_line("start: %u messages", (unsigned)client.messages);
    exchange(client.batch);                 /* measured is what repeats: the provider too has then finished starting */
    client.batches = 0;
    (void)sel4ish_event_poll();     /* the signal that came with the ready word would cost a batch a second call */
    if (marks)
        mark_supervisor_1();
    client.plant = sel4ish_option("plant-svc", 0);
    mark_start();
    exchange(client.messages);
    mark_end();
    if (marks)
        mark_supervisor_2();
    log_line("end: %u messages in %u batches, %u wrong", (unsigned)client.messages, (unsigned)client.batches,
             (unsigned)client.wrong);
    ASSERT("every_answer_is_right", client.wrong == 0);
    TEST_PASS("every_message_was_answered");
    sel4ish_test_done();
    return 0;
}
