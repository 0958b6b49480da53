/* SPDX-License-Identifier: BSD-2-Clause
 * Table: what the store answers. */
#include <stdio.h>
#include <string.h>

#include <test.h>

#include "table.h"

static struct table table;

static struct store_message ask(unsigned version, enum store_operation operation, const char *key, const char *value)
{
    struct store_message request = {.ticket = 7, .code = (uint16_t)operation};

    request.key_bytes = (uint8_t)strlen(key);
    memcpy(request.key, key, request.key_bytes);
    request.value_bytes = (uint8_t)strlen(value);
    memcpy(request.value, value, request.value_bytes);
    return table_answer(&table, &request, version);
}

static bool has_value(const struct store_message *answer, const char *value)
{
    return answer->code == STORE_OK && answer->value_bytes == strlen(value) &&
           memcmp(answer->value, value, answer->value_bytes) == 0;
}

TEST(what_is_put_can_be_got_in_either_version)
{
    struct store_message answer;

    CHECK(ask(2, STORE_PUT, "a", "1").code == STORE_OK);
    answer = ask(1, STORE_GET, "a", "");
    CHECK(has_value(&answer, "1") && answer.ticket == 7 && answer.count == 0);
    CHECK(ask(1, STORE_PUT, "a", "2").count == 0);
    answer = ask(2, STORE_GET, "a", "");
    CHECK(has_value(&answer, "2") && answer.count == 2);
}

TEST(a_shorter_value_leaves_nothing_of_the_longer_one)
{
    struct store_message answer;

    ask(2, STORE_PUT, "a", "long value");
    ask(2, STORE_PUT, "a", "x");
    answer = ask(2, STORE_GET, "a", "");
    CHECK(has_value(&answer, "x"));
    CHECK(answer.value[1] == 0);
}

TEST(the_list_is_in_order_of_keys_and_ends)
{
    ask(2, STORE_PUT, "pear", "3");
    ask(2, STORE_PUT, "apple", "1");
    ask(2, STORE_PUT, "fig", "2");
    CHECK(strcmp(ask(2, STORE_LIST, "", "").key, "apple") == 0);
    CHECK(strcmp(ask(2, STORE_LIST, "apple", "").key, "fig") == 0);
    CHECK(strcmp(ask(2, STORE_LIST, "b", "").key, "fig") == 0);
    CHECK(strcmp(ask(2, STORE_LIST, "fig", "").key, "pear") == 0);
    CHECK(ask(2, STORE_LIST, "pear", "").code == STORE_NOT_FOUND);
}

TEST(what_is_deleted_is_gone_and_the_rest_stays)
{
    ask(2, STORE_PUT, "a", "1");
    ask(2, STORE_PUT, "b", "2");
    CHECK(ask(2, STORE_DELETE, "a", "").code == STORE_OK);
    CHECK(ask(2, STORE_DELETE, "a", "").code == STORE_NOT_FOUND);
    CHECK(ask(2, STORE_GET, "a", "").code == STORE_NOT_FOUND);
    CHECK(ask(2, STORE_GET, "b", "").code == STORE_OK);
    CHECK(ask(2, STORE_PUT, "a", "3").count == 1);
}

TEST(version_1_neither_lists_nor_deletes)
{
    ask(1, STORE_PUT, "a", "1");
    CHECK(ask(1, STORE_LIST, "", "").code == STORE_UNKNOWN);
    CHECK(ask(1, STORE_DELETE, "a", "").code == STORE_UNKNOWN);
    CHECK(ask(1, STORE_GET, "a", "").code == STORE_OK);
}

TEST(lengths_that_a_hostile_client_writes_are_refused)
{
    struct store_message request = {.code = STORE_PUT, .key_bytes = 255, .value_bytes = 1};

    memset(request.key, 'k', sizeof request.key);
    CHECK(table_answer(&table, &request, 2).code == STORE_BAD);
    request.key_bytes = 3;
    request.value_bytes = 200;
    CHECK(table_answer(&table, &request, 2).code == STORE_BAD);
    request.key_bytes = 0;
    request.value_bytes = 1;
    CHECK(table_answer(&table, &request, 2).code == STORE_BAD);
    request.key_bytes = 2;
    request.key[1] = 0;
    CHECK(table_answer(&table, &request, 2).code == STORE_BAD);
    CHECK(table.count == 0);
    request.code = 99;
    request.key[1] = 'k';
    CHECK(table_answer(&table, &request, 2).code == STORE_UNKNOWN);
}

TEST(a_full_table_says_so_and_still_replaces)
{
    char key[STORE_KEY + 1];

    for (unsigned i = 0; i < TABLE_RECORDS; i++) {
        snprintf(key, sizeof key, "key-%03u", (i * 37) % TABLE_RECORDS);
        CHECK(ask(2, STORE_PUT, key, "v").code == STORE_OK);
    }
    CHECK(ask(2, STORE_PUT, "another", "v").code == STORE_FULL);
    CHECK(ask(2, STORE_PUT, "zzz", "v").code == STORE_FULL);
    CHECK(ask(2, STORE_PUT, "key-000", "w").code == STORE_OK);
    CHECK(ask(2, STORE_DELETE, "key-255", "").code == STORE_OK);
    CHECK(ask(2, STORE_PUT, "zzz", "v").code == STORE_OK);
}
