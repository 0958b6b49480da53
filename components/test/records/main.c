/* SPDX-License-Identifier: BSD-2-Clause
 * Records: a client of the store that tries what the interface's header promises, in the version that it is granted. */
#include <stdio.h>
#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/run.h>
#include <sel4ish/test.h>

#include <interfaces/store/store_client.h>

enum { RECORDS = 40, ROUNDS = 50 };

static struct store_client store;

static struct store_message ask(enum store_operation operation, const char *key, const char *value)
{
    struct store_message m = {.code = (uint16_t)operation, .key_bytes = (uint8_t)strlen(key),
                              .value_bytes = (uint8_t)strlen(value)};

    memcpy(m.key, key, m.key_bytes);
    memcpy(m.value, value, m.value_bytes);
    if (!store_client_ask(&store, &m))
        m.code = UINT16_MAX;
    return m;
}

static bool newer(void)
{
    return store.connection.version >= STORE_V2;
}

TEST(what_was_put_is_got)
{
    CHECK_EQUAL(ask(STORE_PUT, "colour", "blue").code, STORE_OK);
    CHECK(strcmp(ask(STORE_GET, "colour", "").value, "blue") == 0);
    CHECK_EQUAL(ask(STORE_GET, "color", "").code, STORE_NOT_FOUND);
}

TEST(a_record_without_a_key_is_refused)
{
    CHECK_EQUAL(ask(STORE_PUT, "", "v").code, STORE_BAD);
    CHECK_EQUAL(ask(STORE_PUT, "with blank", "v").code, STORE_BAD);
}

TEST(counts_are_version_2s)
{
    const char *key = newer() ? "count" : "no-count";   /* the other client puts at the same time */
    unsigned before = ask(STORE_PUT, key, "1").count;

    CHECK_EQUAL(ask(STORE_PUT, key, "2").count, newer() ? before + 1 : 0);
    CHECK_EQUAL(ask(STORE_GET, key, "").count, newer() ? before + 1 : 0);
}

TEST(version_1s_routine_sends_no_request_of_version_2)
{
    CHECK_EQUAL(ask(STORE_LIST, "", "").code, newer() ? STORE_OK : UINT16_MAX);
    CHECK_EQUAL(ask(STORE_DELETE, "nothing", "").code, newer() ? STORE_NOT_FOUND : UINT16_MAX);
}

/* As many requests at once as the ring holds, and one that finds no room; answers come in order. */
TEST(requests_can_be_under_way_together)
{
    uint32_t first = store.ticket + 1;
    struct store_message m;

    for (unsigned i = 0; i < STORE_RING; i++) {
        m = (struct store_message){.ticket = ++store.ticket, .code = STORE_GET, .key_bytes = 1, .key = "k"};
        CHECK(store.send(store.requests, store.responses, &m));
    }
    m.ticket = 0;
    CHECK(!store.send(store.requests, store.responses, &m));
    sel4ish_ring(&store.connection);
    for (unsigned i = 0; i < STORE_RING; i++) {
        for (unsigned tries = 0; !store.poll(store.requests, store.responses, &m) && tries < 1000000; tries++)
            seL4_Yield();
        CHECK_EQUAL(m.ticket, first + i);
    }
}

TEST(many_records_are_kept_apart)
{
    char key[STORE_KEY + 1], value[STORE_VALUE + 1];

    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < RECORDS; i++) {
            snprintf(key, sizeof key, "v%u-%u", store.connection.version, i);
            snprintf(value, sizeof value, "%u of round %u", i, round);
            CHECK_EQUAL(ask(STORE_PUT, key, value).code, STORE_OK);
        }
        for (unsigned i = RECORDS; i--;) {
            snprintf(key, sizeof key, "v%u-%u", store.connection.version, i);
            snprintf(value, sizeof value, "%u of round %u", i, round);
            CHECK(strcmp(ask(STORE_GET, key, "").value, value) == 0);
        }
    }
}

int main(void)
{
    if (sel4ish_connect("store", &store.connection) != seL4_NoError || !store_client_attach(&store))
        sel4ish_stop("no store");
    return sel4ish_test_run_all();
}
