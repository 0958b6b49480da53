/* SPDX-License-Identifier: BSD-2-Clause
 * Test: a sentence that is true, and the code that shows it. Each runs in a process of its own, so that the kernel
 * is booted anew for every one and a crash is one failure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* TEST(a_sentence_that_is_true) { CHECK(...); } anywhere in a file of the list in CMakeLists.txt. */
#define TEST(name)                                                                                                     \
    static void name(void);                                                                                            \
    __attribute__((constructor)) static void name##_add(void)                                                          \
    {                                                                                                                  \
        static struct test test = { #name, __FILE__, name, NULL };                                                     \
        test_add(&test);                                                                                               \
    }                                                                                                                  \
    static void name(void)

/* Reports and ends the test if the condition is false. */
#define CHECK(condition) test_check((condition), #condition, __FILE__, __LINE__)
/* As CHECK(a == b), and shows both. */
#define CHECK_EQUAL(a, b) test_equal((unsigned long)(a), (unsigned long)(b), #a " == " #b, __FILE__, __LINE__)

struct test {
    const char *name, *file;
    void (*run)(void);
    struct test *next;
};

void test_add(struct test *test);
void test_check(bool ok, const char *condition, const char *file, int line);
void test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line);

/* What the program that the tests are linked into adds to a report. */
const char *test_complaint(void);   /* "" unless something went wrong that no CHECK saw: then the test fails */
const char *test_log(void);         /* what the code under test printed */
