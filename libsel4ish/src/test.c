/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/test.h>

#include <stdio.h>

#include <sel4/debug.h>

static struct test *first, **last = &first;
static const char *running;
static unsigned passed, failed;
static bool ok;

/* One line of the results, straight to the debug channel: the log may be what is tested. */
static void say(const char *text)
{
    seL4_DebugPutString(text);
    seL4_DebugPutChar('\n');
}

void test_add(struct test *test)
{
    *last = test;
    last = &test->next;
}

void test_pass(const char *name)
{
    char line[160];

    passed++;
    snprintf(line, sizeof line, "result: ok %s", name);
    say(line);
}

void test_fail(const char *name, const char *file, int line, const char *text)
{
    char out[320];

    failed++;
    snprintf(out, sizeof out, "result: FAIL %s %s:%d %s", name, file, line, text);
    say(out);
}

void test_done(void)
{
    char line[64];

    snprintf(line, sizeof line, "result: done %u %u", passed, failed);
    say(line);
}

bool test_check(bool true_now, const char *condition, const char *file, int line)
{
    if (!true_now && ok) {
        ok = false;
        test_fail(running, file, line, condition);
    }
    return true_now;
}

bool test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line)
{
    char text[200];

    snprintf(text, sizeof text, "%s (%#lx, %#lx)", condition, a, b);
    return test_check(a == b, text, file, line);
}

int test_run_all(void)
{
    for (struct test *test = first; test; test = test->next) {
        running = test->name;
        ok = true;
        test->run();
        if (ok)
            test_pass(test->name);
    }
    test_done();
    return (int)failed;
}
