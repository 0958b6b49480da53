/* SPDX-License-Identifier: BSD-2-Clause
 * Table: see table.h. */
#include "table.h"

#include <string.h>

/* Of a request: its key as a string. False if it is not one that a record can have. */
static bool key_take(const struct store_message *request, char key[STORE_KEY + 1])
{
    if (request->key_bytes > STORE_KEY)
        return false;
    for (unsigned i = 0; i < request->key_bytes; i++)
        if (request->key[i] <= ' ' || request->key[i] > '~')
            return false;
    memcpy(key, request->key, request->key_bytes);
    key[request->key_bytes] = 0;
    return true;
}

/* The first record whose key is not before this one; table->count if there is none. */
static unsigned lower_bound(const struct table *table, const char *key)
{
    unsigned low = 0, high = table->count;

    while (low < high) {
        unsigned middle = (low + high) / 2;

        if (strcmp(table->records[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const struct table *table, unsigned i, const char *key)
{
    return i < table->count && strcmp(table->records[i].key, key) == 0;
}

static void answer_record(struct store_message *answer, const struct record *record, unsigned version)
{
    answer->code = STORE_OK;
    answer->key_bytes = (uint8_t)strlen(record->key);
    memcpy(answer->key, record->key, answer->key_bytes);
    answer->value_bytes = record->value_bytes;
    memcpy(answer->value, record->value, record->value_bytes);
    if (version >= 2)
        answer->count = record->count;
}

static void put(struct table *table, const struct store_message *request, const char *key, unsigned version,
                struct store_message *answer)
{
    unsigned i = lower_bound(table, key);
    struct record *record = &table->records[i];

    if (!key[0] || request->value_bytes > STORE_VALUE) {
        answer->code = STORE_BAD;
        return;
    }
    if (!is_at(table, i, key)) {
        if (table->count == TABLE_RECORDS) {
            answer->code = STORE_FULL;
            return;
        }
        memmove(record + 1, record, (table->count - i) * sizeof *record);
        table->count++;
        *record = (struct record){0};
        memcpy(record->key, key, STORE_KEY + 1);
    }
    memcpy(record->value, request->value, request->value_bytes);
    record->value_bytes = request->value_bytes;
    record->count++;
    answer->code = STORE_OK;
    if (version >= 2)
        answer->count = record->count;
}

static void get(const struct table *table, const char *key, unsigned version, struct store_message *answer)
{
    unsigned i = lower_bound(table, key);

    answer->code = STORE_NOT_FOUND;
    if (!key[0])
        answer->code = STORE_BAD;
    else if (is_at(table, i, key))
        answer_record(answer, &table->records[i], version);
}

static void list(const struct table *table, const char *key, unsigned version, struct store_message *answer)
{
    unsigned i = lower_bound(table, key);

    if (is_at(table, i, key))
        i++;
    answer->code = STORE_NOT_FOUND;
    if (i < table->count)
        answer_record(answer, &table->records[i], version);
}

static void delete(struct table *table, const char *key, struct store_message *answer)
{
    unsigned i = lower_bound(table, key);
    struct record *record = &table->records[i];

    answer->code = STORE_NOT_FOUND;
    if (!key[0])
        answer->code = STORE_BAD;
    else if (is_at(table, i, key)) {
        table->count--;
        memmove(record, record + 1, (table->count - i) * sizeof *record);
        answer->code = STORE_OK;
    }
}

struct store_message table_answer(struct table *table, const struct store_message *request, unsigned version)
{
    struct store_message answer = {.ticket = request->ticket, .code = STORE_UNKNOWN};
    char key[STORE_KEY + 1];

    if (version < 2 && request->code != STORE_PUT && request->code != STORE_GET)
        return answer;
    if (!key_take(request, key)) {
        answer.code = STORE_BAD;
        return answer;
    }
    switch (request->code) {
    case STORE_PUT:
        put(table, request, key, version, &answer);
        break;
    case STORE_GET:
        get(table, key, version, &answer);
        break;
    case STORE_LIST:
        list(table, key, version, &answer);
        break;
    case STORE_DELETE:
        delete(table, key, &answer);
        break;
    default:
        break;
    }
    return answer;
}
