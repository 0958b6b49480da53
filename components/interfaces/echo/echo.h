/* SPDX-License-Identifier: BSD-2-Clause
 * echo@1, for tests only: the client sends messages, the provider answers each, changed so that the client can tell an
 * answer from its own bytes and from any other message's answer.
 *
 *   region    kind            contents
 *   base      client-reads    struct echo_base: header, where rings and routines are
 *   answers   client-reads    struct echo_ring, written by the provider
 *   requests  provider-reads  struct echo_ring, written by the client
 *   code      code            the routines, sealed
 *
 * The answer to a message has its sequence and length, every payload byte xor ECHO_XOR, and as checksum echo_checksum()
 * of the request's payload; a message whose length is above ECHO_PAYLOAD is answered as one of length 0.
 * In a ring `sent` counts what its writer wrote, `taken` what its writer has read of the other ring.
 *
 * Signals: none when both poll. A side that sleeps sets `bell_wanted` in its ring first; the other side then signals
 * once it has written what it had, so that a batch costs each side one call (seL4_NBSendWait). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sel4ish/interface.h>
#include <echo_layout.h>

enum { ECHO_PAYLOAD = 48, ECHO_RING = 256, ECHO_XOR = 0xa5 };

struct echo_message {
    uint32_t sequence;
    uint32_t bytes;
    uint32_t checksum;
    uint32_t unused;
    uint8_t  payload[ECHO_PAYLOAD];
};

struct echo_ring {
    uint32_t sent;
    uint32_t taken;
    uint32_t bell_wanted;
    uint8_t  unused[52];
    struct echo_message slots[ECHO_RING];
};

struct echo_base {
    struct sel4ish_header header;
    uint32_t unused;
    uint64_t answers;           /* client address of struct echo_ring */
    uint64_t requests;          /* client address of struct echo_ring */
    uint64_t send;              /* client address of an echo_send_routine */
    uint64_t send_with_call;    /* the same, which makes one system call: what a test must notice */
    uint64_t poll;              /* client address of an echo_poll_routine */
};

/* False, and nothing changed, if there is no room; if there is no answer yet. */
typedef bool echo_send_routine(struct echo_ring *requests, const struct echo_ring *answers,
                               const struct echo_message *message);
typedef bool echo_poll_routine(struct echo_ring *requests, const struct echo_ring *answers,
                               struct echo_message *answer);

/* FNV-1a, 32 bits. */
static inline uint32_t echo_checksum(const uint8_t *bytes, uint32_t count)
{
    uint32_t sum = 0x811c9dc5;

    for (uint32_t i = 0; i < count; i++)
        sum = (sum ^ bytes[i]) * 0x01000193;
    return sum;
}

_Static_assert(sizeof(struct echo_message) == 64, "no hidden holes: both sides copy it as words");
_Static_assert(sizeof(struct echo_ring) <= ECHO_V1_ANSWERS_BYTES, "answers fit their region");
_Static_assert(sizeof(struct echo_ring) <= ECHO_V1_REQUESTS_BYTES, "requests fit their region");
