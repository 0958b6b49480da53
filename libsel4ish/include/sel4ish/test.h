/* SPDX-License-Identifier: BSD-2-Clause
 * Test: sentences that are true in the guest. Results go out on the debug channel, not on the log:
 *
 *   result: ok NAME
 *   result: FAIL NAME file:line text
 *   result: done PASSED FAILED
 *
 *   TEST(a_record_that_was_put_can_be_got) { CHECK(...); }
 *   int main(void) { return test_run_all(); }
 *
 * Invariant: every test that starts gives one ok or one FAIL; the first CHECK that fails ends it. */
#pragma once

#include <stdbool.h>

#include <sel4ish/run.h>

struct test {
    const char *name;
    void (*run)(void);
    struct test *next;
};

/* Tests run in the order in which they stand in the file. */
#define TEST(name) \
    static void name(void); \
    __attribute__((constructor)) static void name##_add(void) \
    { \
        static struct test test = { #name, name, 0 }; \
        test_add(&test); \
    } \
    static void name(void)

/* In a test, directly: reports and returns from it if the condition is false. */
#define CHECK(condition) \
    do { \
        if (!test_check((condition), #condition, __FILE__, __LINE__)) \
            return; \
    } while (0)

/* The same, and shows both numbers. */
#define CHECK_EQUAL(a, b) \
    do { \
        if (!test_equal((unsigned long)(a), (unsigned long)(b), #a " == " #b, __FILE__, __LINE__)) \
            return; \
    } while (0)

void test_add(struct test *test);
bool test_check(bool ok, const char *condition, const char *file, int line);
bool test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line);
/* Runs every test, prints the results and the last line. Returns the number that failed. */
int test_run_all(void);

/* For tests that are one long story: a result of its own, by name. */
void test_pass(const char *name);
void test_fail(const char *name, const char *file, int line, const char *text);
void test_done(void);
#define TEST_PASS(name) test_pass(name)
#define ASSERT(name, condition) \
    do { \
        if (!(condition)) { \
            test_fail(name, __FILE__, __LINE__, #condition); \
            test_done(); \
            sel4ish_park(); \
        } \
    } while (0)
