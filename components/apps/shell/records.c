/* SPDX-License-Identifier: BSD-2-Clause
 * Records: see records.h. */
#include "records.h"

#include <string.h>

#include <sel4ish/log.h>

/* Says so and returns false if it does not fit or nobody answers. */
static bool ask(struct peers *peers, enum store_operation operation, const char *key, const char *value,
                struct store_message *message)
{
    *message = (struct store_message){.code = (uint16_t)operation};
    if (strlen(key) > STORE_KEY || strlen(value) > STORE_VALUE) {
        log_line("too long: a key has at most %d characters, a value %d", STORE_KEY, STORE_VALUE);
        return false;
    }
    message->key_bytes = (uint8_t)strlen(key);
    memcpy(message->key, key, message->key_bytes);
    message->value_bytes = (uint8_t)strlen(value);
    memcpy(message->value, value, message->value_bytes);
    if (peers_store(peers) && store_client_ask(&peers->store, message))
        return true;
    log_line("no store");
    return false;
}

static void say_refused(enum store_status status, const char *key)
{
    switch (status) {
    case STORE_NOT_FOUND:
        log_line("%s: no such record", key);
        break;
    case STORE_FULL:
        log_line("%s: the store is full", key);
        break;
    default:
        log_line("%s: refused", key);
        break;
    }
}

/* " (put 3 times)" in version 2, nothing in version 1. */
static void say(const struct peers *peers, const char *key, const char *text, const struct store_message *answer)
{
    if (peers->store.connection.version >= STORE_V2)
        log_line("%s%s (put %u time%s)", key, text, (unsigned)answer->count, answer->count == 1 ? "" : "s");
    else
        log_line("%s%s", key, text);
}

void records_put(struct peers *peers, const char *key, const char *value)
{
    struct store_message message;

    if (!ask(peers, STORE_PUT, key, value, &message))
        return;
    if (message.code == STORE_OK)
        say(peers, key, " stored", &message);
    else
        say_refused((enum store_status)message.code, key);
}

void records_get(struct peers *peers, const char *key)
{
    struct store_message message;
    char text[STORE_VALUE + 4] = " = ";

    if (!ask(peers, STORE_GET, key, "", &message))
        return;
    memcpy(text + 3, message.value, (size_t)message.value_bytes + 1);
    if (message.code == STORE_OK)
        say(peers, key, text, &message);
    else
        say_refused((enum store_status)message.code, key);
}

static bool newer(struct peers *peers, const char *what)
{
    if (!peers_store(peers))
        log_line("no store");
    else if (peers->store.connection.version < STORE_V2)
        log_line("%s needs store@%d: this shell is connected to version %d", what, STORE_V2,
                 peers->store.connection.version);
    else
        return true;
    return false;
}

void records_list(struct peers *peers)
{
    struct store_message message = {0};
    char after[STORE_KEY + 1] = "", text[STORE_VALUE + 4] = " = ";
    unsigned count = 0;

    if (!newer(peers, "list"))
        return;
    while (ask(peers, STORE_LIST, after, "", &message) && message.code == STORE_OK) {
        if (strcmp(message.key, after) <= 0)
            break;                  /* a store that goes backwards would never end */
        memcpy(text + 3, message.value, (size_t)message.value_bytes + 1);
        say(peers, message.key, text, &message);
        memcpy(after, message.key, sizeof after);
        count++;
    }
    log_line("%u records", count);
}

void records_delete(struct peers *peers, const char *key)
{
    struct store_message message;

    if (!newer(peers, "del") || !ask(peers, STORE_DELETE, key, "", &message))
        return;
    if (message.code == STORE_OK)
        log_line("%s deleted", key);
    else
        say_refused((enum store_status)message.code, key);
}
