/* SPDX-License-Identifier: BSD-2-Clause
 * Store routines: how a client queues a request and takes an answer, in both versions. Sealed: this code runs in the
 * client, from pages that nobody can write; it touches the two rings that its caller names, and the caller's message.
 * It calls nothing and owns no data. */
#include <interfaces/store/store.h>
#include <lib/ring/ring.h>

store_send_routine store_send_1, store_send_2;
store_poll_routine store_poll_1, store_poll_2;

/* Word by word: a call of memcpy would lead out of these pages. */
static void copy(struct store_message *to, const struct store_message *from)
{
    volatile uint64_t *into = (volatile uint64_t *)to;
    const volatile uint64_t *out = (const volatile uint64_t *)from;

    for (unsigned i = 0; i < sizeof *to / sizeof *into; i++)
        into[i] = out[i];
}

static bool send(struct store_requests *requests, const struct store_responses *responses,
                 const struct store_message *request)
{
    uint32_t sent = requests->sent;

    if (request->key_bytes > STORE_KEY || request->value_bytes > STORE_VALUE)
        return false;
    if (ring_free(sent, ring_load(&responses->taken), STORE_RING) == 0)
        return false;
    copy(&requests->slots[sent % STORE_RING], request);
    ring_store(&requests->sent, sent + 1);
    return true;
}

static bool poll(struct store_requests *requests, const struct store_responses *responses, struct store_message *answer)
{
    uint32_t taken = requests->taken;
    uint32_t count;

    if (!ring_used(ring_load(&responses->sent), taken, STORE_RING, &count) || count == 0)
        return false;
    copy(answer, &responses->slots[taken % STORE_RING]);
    ring_store(&requests->taken, taken + 1);
    if (answer->key_bytes > STORE_KEY)
        answer->key_bytes = 0;
    if (answer->value_bytes > STORE_VALUE)
        answer->value_bytes = 0;
    answer->key[answer->key_bytes] = 0;
    answer->value[answer->value_bytes] = 0;
    return true;
}

bool store_send_1(struct store_requests *requests, const struct store_responses *responses,
                  const struct store_message *request)
{
    if (request->code != STORE_PUT && request->code != STORE_GET)
        return false;
    return send(requests, responses, request);
}

bool store_send_2(struct store_requests *requests, const struct store_responses *responses,
                  const struct store_message *request)
{
    if (request->code < STORE_PUT || request->code > STORE_DELETE)
        return false;
    return send(requests, responses, request);
}

bool store_poll_1(struct store_requests *requests, const struct store_responses *responses,
                  struct store_message *answer)
{
    if (!poll(requests, responses, answer))
        return false;
    answer->count = 0;              /* version 1 has no counts */
    return true;
}

bool store_poll_2(struct store_requests *requests, const struct store_responses *responses,
                  struct store_message *answer)
{
    return poll(requests, responses, answer);
}
