/* SPDX-License-Identifier: BSD-2-Clause
 * Symbols: addresses become names, and no table makes the reader leave it. */
#include <stdlib.h>
#include <string.h>

#include <test.h>

#include "symbols.h"

static const struct {
    uint32_t magic, programs;
    struct { char name[32]; uint32_t count, offset; } program[2];
    struct { uint64_t address; uint32_t size, name; } function[3];
    char names[16];
} table = {
    SYMBOLS_MAGIC, 2,
    {{"shell-a", 3, 88}, {"empty", 0, 88}},
    {{0x400000, 0x20, 136}, {0x400020, 0x10, 143}, {0x400100, 0, 148}},
    "_start\0main\0end",
};
static const struct symbols symbols = {(const uint8_t *)&table, sizeof table};
static uint64_t into;

static bool is(const char *component, uint64_t address, const char *name)
{
    const char *found = symbols_find(&symbols, component, address, &into);

    return name ? found && strcmp(found, name) == 0 : !found;
}

TEST(an_address_is_in_the_function_around_it)
{
    CHECK(is("shell-a", 0x400000, "_start") && into == 0);
    CHECK(is("shell-a", 0x40001f, "_start") && into == 0x1f);
    CHECK(is("shell-a", 0x400020, "main") && into == 0);
}

TEST(between_functions_and_before_the_first_there_is_none)
{
    CHECK(is("shell-a", 0x3fffff, NULL));
    CHECK(is("shell-a", 0x400030, NULL));
}

TEST(a_function_of_unknown_size_reaches_to_the_next)
{
    CHECK(is("shell-a", 0x400180, "end") && into == 0x80);
}

TEST(a_component_that_is_not_listed_has_no_names)
{
    CHECK(is("shell-b", 0x400000, NULL));
    CHECK(is("shell", 0x400000, NULL));
    CHECK(is("empty", 0x400000, NULL));
}

/* Every prefix, and every byte changed, in memory of exactly that size: the sanitizer sees a read outside. */
TEST(a_wrong_table_costs_no_more_than_a_name)
{
    for (size_t bytes = 0; bytes <= sizeof table; bytes++) {
        uint8_t *copy = malloc(bytes + !bytes);
        struct symbols cut = {copy, bytes};

        memcpy(copy, &table, bytes);
        symbols_find(&cut, "shell-a", 0x400020, &into);
        for (size_t i = 0; i < bytes; i++) {
            copy[i] ^= 0xff;
            symbols_find(&cut, "shell-a", 0x400020, &into);
            copy[i] ^= 0xff;
        }
        free(copy);
    }
}
