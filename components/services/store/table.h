/* SPDX-License-Identifier: BSD-2-Clause
 * Table: the records of the store, in order of their keys.
 * Invariant: records[0..count) have distinct keys of 1..STORE_KEY printable characters, ascending. */
#pragma once

#include <interfaces/store/store.h>

enum { TABLE_RECORDS = 256 };

struct record {
    char key[STORE_KEY + 1];
    uint8_t value_bytes;
    uint32_t count;                 /* how often it was put */
    char value[STORE_VALUE];
};

struct table {
    unsigned count;
    struct record records[TABLE_RECORDS];
};

/* One request, already copied out of the ring, to its answer. Any bytes in the request are safe. */
struct store_message table_answer(struct table *table, const struct store_message *request, unsigned version);
