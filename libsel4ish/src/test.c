/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/test.h>

#include <stdio.h>

#include <sel4/debug.h>

static struct sel4ish_test *first, **last = &first;
static const char *running;
static unsigned passed, failed;
static bool ok;

/* One line of the results, straight to the debug channel: the log may be what is tested. */
static void say(const char *text)
{
    seL4_DebugPutString(text);
    seL4_DebugPutChar('\n');
}

void sel4ish_test_add(struct sel4ish_test *test)
{
    *last = test;
    last = &test->next;
}

void sel4ish_test_pass(const char *name)
{
    char line[160];

    passed++;
    snprintf(line, sizeof line, "result: ok %s", name);
    say(line);
}

void sel4ish_test_fail(const char *name, const char *file, int line, const char *text)
{
    char out[320];

    failed++;
    snprintf(out, sizeof out, "result: FAIL %s %s:%d %s", name, file, line, text);
    say(out);
}

void sel4ish_test_done(void)
{
    char line[64];

    snprintf(line, sizeof line, "result: done %u %u", passed, failed);
    say(line);
}

bool sel4ish_test_check(bool true_now, const char *condition, const char *file, int line)
{
    if (!true_now && ok) {
        ok = false;
        sel4ish_test_fail(running, file, line, condition);
    }
    return true_now;
}

bool sel4ish_test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line)
{
    char text[200];

    snprintf(text, sizeof text, "%s (%#lx, %#lx)", condition, a, b);
    return sel4ish_test_check(a == b, text, file, line);
}

int sel4ish_test_run_all(void)
{
    for (struct sel4ish_test *test = first; test; test = test->next) {
        running = test->name;
        ok = true;
        test->run();
        if (ok)
            sel4ish_test_pass(test->name);
    }
    sel4ish_test_done();
    return (int)failed;
}
