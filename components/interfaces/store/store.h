/* SPDX-License-Identifier: BSD-2-Clause
 * store@1, store@2: records, each a key and a value, that all clients share. Version 1 puts and gets; version 2 lists
 * and deletes too, and says of each record how often it was put (its count). One table stands behind both.
 *
 *   region     kind            contents
 *   base       client-reads    struct store_base: header, where the rings and the routines are
 *   responses  client-reads    struct store_responses: a ring of answers, and how many requests were taken
 *   requests   provider-reads  struct store_requests: a ring of requests, and how many answers were taken
 *   code       code            the routines of this version, sealed
 *
 * Every request gets one answer with its ticket, in order. Keys are 1..STORE_KEY bytes of printable ASCII without
 * blanks, values 0..STORE_VALUE bytes of anything. Key and value travel with a message: neither side keeps pointers.
 *
 *   operation      answers                                                       version
 *   STORE_PUT      STORE_OK | STORE_FULL | STORE_BAD                              1, 2
 *   STORE_GET      STORE_OK with value | STORE_NOT_FOUND | STORE_BAD              1, 2
 *   STORE_LIST     STORE_OK with the first record whose key is after the
 *                  request's (empty: the first of all) | STORE_NOT_FOUND: no more    2
 *   STORE_DELETE   STORE_OK | STORE_NOT_FOUND | STORE_BAD                            2
 *
 * An operation that the version does not have is answered with STORE_UNKNOWN.
 *
 * Signals: after `sent` the client rings the provider's bell if `bell_wanted` of the responses is not 0, and the
 * provider the client's if `bell_wanted` of the requests is not 0, each with a fence between. Both may poll instead. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sel4ish/interface.h>
#include <store_layout.h>

enum {
    STORE_KEY   = 31,
    STORE_VALUE = 127,
    STORE_RING  = 16,           /* requests, and answers, under way at once */
};

enum store_operation { STORE_PUT = 1, STORE_GET, STORE_LIST, STORE_DELETE };
enum store_status { STORE_OK = 0, STORE_NOT_FOUND, STORE_FULL, STORE_BAD, STORE_UNKNOWN };

/* A request or an answer: key and value are kept whole, so that a copy of it is all that anyone needs. */
struct store_message {
    uint32_t ticket;
    uint16_t code;              /* enum store_operation, or enum store_status */
    uint8_t  key_bytes;
    uint8_t  value_bytes;
    uint32_t count;             /* answers of version 2: how often the record was put; else 0 */
    uint32_t unused;
    char     key[STORE_KEY + 1];
    char     value[STORE_VALUE + 1];
};

struct store_responses {
    uint32_t sent;              /* provider: answers written so far, release */
    uint32_t taken;             /* provider: requests read so far, release */
    uint32_t bell_wanted;       /* provider: 1 while it sleeps */
    uint8_t  unused[52];
    struct store_message slots[STORE_RING];
};

struct store_requests {
    uint32_t sent;              /* client: requests written so far, release */
    uint32_t taken;             /* client: answers read so far, release */
    uint32_t bell_wanted;       /* client: 1 while it sleeps */
    uint8_t  unused[52];
    struct store_message slots[STORE_RING];
};

struct store_base {
    struct sel4ish_header header;
    uint32_t unused;
    uint64_t responses;         /* client address of struct store_responses */
    uint64_t requests;          /* client address of struct store_requests */
    uint64_t send;              /* client address of a store_send_routine */
    uint64_t poll;              /* client address of a store_poll_routine */
};

/* The routines work on the connection's two rings, which the client names by the pointers that it checked at ready.
 *
 * send: queues *request. False, and nothing changed, if the ring is full, the key or value is too long, or the
 * operation is not of this version.
 * poll: takes one answer into *answer. False if there is none. Lengths in it are true, key and value end with 0. */
typedef bool store_send_routine(struct store_requests *requests, const struct store_responses *responses,
                                const struct store_message *request);
typedef bool store_poll_routine(struct store_requests *requests, const struct store_responses *responses,
                                struct store_message *answer);

_Static_assert(sizeof(struct store_message) == 176, "no hidden holes: both sides copy it as words");
_Static_assert(sizeof(struct store_base) <= STORE_V1_BASE_BYTES && sizeof(struct store_base) <= STORE_V2_BASE_BYTES,
               "base fits its region");
_Static_assert(sizeof(struct store_responses) <= STORE_V1_RESPONSES_BYTES, "responses fit their region");
_Static_assert(sizeof(struct store_requests) <= STORE_V1_REQUESTS_BYTES, "requests fit their region");
