/* SPDX-License-Identifier: BSD-2-Clause
 * Test: sentences that are true in the guest. Results go out on the debug channel, not on the log:
 *
 *   result: ok NAME
 *   result: FAIL NAME file:line text
 *   result: done PASSED FAILED
 *
 *   TEST(a_record_that_was_put_can_be_got) { CHECK(...); }
 *   int main(void) { return sel4ish_test_run_all(); }
 *
 * Invariant: every test that starts gives one ok or one FAIL; the first CHECK that fails ends it. */
#pragma once

#include <stdbool.h>

#include <sel4ish/run.h>

struct sel4ish_test {
    const char *name;
    void (*run)(void);
    struct sel4ish_test *next;
};

/* Tests run in the order in which they stand in the file. */
#define TEST(name) \
    static void name(void); \
    __attribute__((constructor)) static void name##_add(void) \
    { \
        static struct sel4ish_test test = { #name, name, 0 }; \
        sel4ish_test_add(&test); \
    } \
    static void name(void)

/* In a test, directly: reports and returns from it if the condition is false. */
#define CHECK(condition) \
    do { \
        if (!sel4ish_test_check((condition), #condition, __FILE__, __LINE__)) \
            return; \
    } while (0)

/* The same, and shows both numbers. */
#define CHECK_EQUAL(a, b) \
    do { \
        if (!sel4ish_test_equal((unsigned long)(a), (unsigned long)(b), #a " == " #b, __FILE__, __LINE__)) \
            return; \
    } while (0)

void sel4ish_test_add(struct sel4ish_test *test);
bool sel4ish_test_check(bool ok, const char *condition, const char *file, int line);
bool sel4ish_test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line);
/* Runs every test, prints the results and the last line. Returns the number that failed. */
int sel4ish_test_run_all(void);

/* For tests that are one long story: a result of its own, by name. */
void sel4ish_test_pass(const char *name);
void sel4ish_test_fail(const char *name, const char *file, int line, const char *text);
void sel4ish_test_done(void);
#define TEST_PASS(name) sel4ish_test_pass(name)
#define ASSERT(name, condition) \
    do { \
        if (!(condition)) { \
            sel4ish_test_fail(name, __FILE__, __LINE__, #condition); \
            sel4ish_test_done(); \
            sel4ish_park(); \
        } \
    } while (0)
