/* SPDX-License-Identifier: BSD-2-Clause
 * Echo server: answers every message, changed as echo.h says. In mode `poll` it makes no system call while it has a
 * client, so it looks for clients that come or go only until the first has come; in mode `block` one call a batch. */
#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/provider.h>
#include <sel4ish/run.h>

#include <interfaces/echo/echo.h>
#include <lib/ring/ring.h>

struct server {
    struct sel4ish_provider provider;
    const struct sel4ish_peer *peer;        /* the one that is served; null: none */
    const struct echo_ring *requests;
    struct echo_ring *answers;
    uint32_t taken, sent;                   /* the server's own counts: never read back */
};

static struct server server;

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct echo_base *base = sel4ish_peer_at(peer, ECHO_V1_BASE_OFFSET);

    (void)context;
    if (server.peer)
        return false;               /* one client at a time */
    server.peer = peer;
    server.requests = sel4ish_peer_at(peer, ECHO_V1_REQUESTS_OFFSET);
    server.answers = sel4ish_peer_at(peer, ECHO_V1_ANSWERS_OFFSET);
    server.taken = server.sent = 0;
    base->answers = sel4ish_peer_address(peer, ECHO_V1_ANSWERS_OFFSET);
    base->requests = sel4ish_peer_address(peer, ECHO_V1_REQUESTS_OFFSET);
    base->send = sel4ish_peer_routine(provider, peer, "echo_send");
    base->send_with_call = sel4ish_peer_routine(provider, peer, "echo_send_with_call");
    base->poll = sel4ish_peer_routine(provider, peer, "echo_poll");
    return true;
}

static void ended(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    (void)context;
    (void)provider;
    if (server.peer == peer)
        server.peer = NULL;
}

static const struct sel4ish_provider_handler handler = {.fill = fill, .ended = ended};

static struct echo_message answer(const struct echo_message *message)
{
    struct echo_message answer = {.sequence = message->sequence};

    answer.bytes = message->bytes <= ECHO_PAYLOAD ? message->bytes : 0;
    answer.checksum = echo_checksum(message->payload, answer.bytes);
    for (uint32_t i = 0; i < answer.bytes; i++)
        answer.payload[i] = message->payload[i] ^ ECHO_XOR;
    return answer;
}

/* All messages that are there and have room for their answer. How many? */
static uint32_t serve(void)
{
    struct echo_message message;
    uint32_t count, room, served;

    if (!ring_used(ring_load(&server.requests->sent), server.taken, ECHO_RING, &count))
        return 0;
    room = ring_free(server.sent, ring_load(&server.requests->taken), ECHO_RING);
    for (served = 0; served < count && served < room; served++) {
        message = *(const volatile struct echo_message *)&server.requests->slots[server.taken % ECHO_RING];
        server.answers->slots[server.sent % ECHO_RING] = answer(&message);
        ring_store(&server.answers->taken, ++server.taken);
        ring_store(&server.answers->sent, ++server.sent);
    }
    return served;
}

static void wait_for_client(void)
{
    while (!server.peer) {
        sel4ish_event_wait();
        sel4ish_provider_scan(&server.provider, &handler, NULL);
    }
}

static _Noreturn void poll(void)
{
    wait_for_client();
    for (;;)
        serve();
}

/* Signal and sleep in one call. A client that left signals as well: its answer is that there is none any more. */
static void sleep(bool ring_client)
{
    seL4_CPtr bell = ring_client ? server.peer->connection->v[SEL4ISH_CONNECTION_BELL] : seL4_CapNull;
    seL4_Word bits;

    if (bell)
        seL4_NBSendWait(bell, seL4_MessageInfo_new(0, 0, 0, 0), sel4ish_config()->inbox, &bits);
    else
        seL4_Wait(sel4ish_config()->inbox, &bits);
    if (bits & sel4ish_provider_bits(&server.provider))
        sel4ish_provider_scan(&server.provider, &handler, NULL);
}

static _Noreturn void block(void)
{
    for (;;) {
        bool answered = false;

        wait_for_client();
        ring_store(&server.answers->bell_wanted, 0);
        while (serve())
            answered = true;
        ring_store(&server.answers->bell_wanted, 1);
        ring_fence();
        if (ring_load(&server.requests->sent) == server.taken || !answered)
            sleep(answered && ring_load(&server.requests->bell_wanted));
    }
}

int main(void)
{
    if (sel4ish_provide("echo", ECHO_V1, &server.provider) != seL4_NoError)
        sel4ish_stop("cannot provide echo@1");
    log_line("ready");
    if (strcmp(sel4ish_option_text("mode", "poll"), "block") == 0)
        block();
    poll();
}
