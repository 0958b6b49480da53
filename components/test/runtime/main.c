/* SPDX-License-Identifier: BSD-2-Clause
 * Runtime: what a component may expect of its start-up code and its C library. */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sel4ish/config.h>
#include <sel4ish/test.h>

enum { BLOCKS = 64 };

static int initialised = 42;
static int zeroed[1000];
static _Thread_local int thread_value = 7;
static _Thread_local int thread_zero;

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

TEST(static_data_starts_as_it_was_written)
{
    CHECK_EQUAL(initialised, 42);
    for (int i = 0; i < 1000; i++)
        CHECK(zeroed[i] == 0);
    initialised = 1;
    CHECK_EQUAL(initialised, 1);
}

TEST(thread_local_data_has_its_values)
{
    CHECK_EQUAL(thread_value, 7);
    CHECK_EQUAL(thread_zero, 0);
    thread_zero = thread_value++;
    CHECK_EQUAL(thread_zero + thread_value, 15);
}

TEST(printf_knows_numbers_floats_and_strings)
{
    char text[80];
    volatile double third = 1.0 / 3;

    snprintf(text, sizeof text, "%d %05u %-4s| %lx %lld", -5, 42u, "ab", 0xdeadbeeful, 1234567890123ll);
    CHECK(strcmp(text, "-5 00042 ab  | deadbeef 1234567890123") == 0);
    snprintf(text, sizeof text, "%.3f %g %e", third, 1e10, 12345.678);
    CHECK(strcmp(text, "0.333 1e+10 1.234568e+04") == 0);
}

TEST(floats_are_read_and_calculated)
{
    volatile double two = 2;

    CHECK(strtod("2.5e3", NULL) == 2500.0);
    CHECK(fabs(sqrt(two) * sqrt(two) - two) < 1e-15);
}

TEST(strings_are_compared_searched_and_moved)
{
    char text[32] = "abcdef";

    memmove(text + 2, text, 6);
    CHECK(strcmp(text, "ababcdef") == 0);
    CHECK(strstr(text, "bcd") == text + 3);
    CHECK(strtol("-0x10", NULL, 16) == -16);
}

TEST(qsort_sorts)
{
    int numbers[] = {5, 3, 9, -1, 0};

    qsort(numbers, 5, sizeof numbers[0], by_number);
    CHECK(numbers[0] == -1 && numbers[2] == 3 && numbers[4] == 9);
}

TEST(malloc_gives_aligned_memory_that_does_not_overlap)
{
    uint8_t *blocks[BLOCKS];

    for (unsigned i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(i * 7 + 1);
        CHECK(blocks[i] && (uintptr_t)blocks[i] % 16 == 0);
        memset(blocks[i], (int)i, i * 7 + 1);
    }
    for (unsigned i = 0; i < BLOCKS; i++)
        for (unsigned j = 0; j <= i * 7; j++)
            CHECK(blocks[i][j] == i);
    for (unsigned i = 0; i < BLOCKS; i++)
        free(blocks[i]);
}

TEST(memory_that_was_freed_is_used_again)
{
    for (unsigned i = 0; i < 1000; i++) {
        void *block = malloc(64 * 1024);

        CHECK(block);
        free(block);
    }
}

TEST(malloc_says_no_at_the_heaps_end)
{
    errno = 0;
    CHECK(!malloc(sel4ish_config()->heap_end - sel4ish_config()->heap_start + 1));
    CHECK_EQUAL(errno, ENOMEM);
}

TEST(the_config_names_this_component)
{
    CHECK(strlen(sel4ish_config()->name) > 0);
    CHECK(sel4ish_config()->label > 0);
}

int main(void)
{
    printf("runtime: %s, %.2f\n", sel4ish_config()->name, 0.25);
    return sel4ish_test_run_all();
}
