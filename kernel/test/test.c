/* SPDX-License-Identifier: BSD-2-Clause
 * Runner: kernel-tests [NAME…] runs the tests that are named, or whose file (without .c) is, or all.
 * Prints a line for each and "N passed, N failed"; status 1 when one failed. --list prints the names. */
#define _DEFAULT_SOURCE
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct test *first, **last = &first;

void test_add(struct test *test)
{
    *last = test;
    last = &test->next;
}

static _Noreturn void fail(const char *condition, const char *file, int line)
{
    printf("    %s:%d: %s\n", file, line, condition);
    if (test_log()[0])
        printf("    debug channel: %s\n", test_log());
    fflush(stdout);
    _exit(1);
}

void test_check(bool ok, const char *condition, const char *file, int line)
{
    if (!ok)
        fail(condition, file, line);
}

void test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line)
{
    if (a == b)
        return;
    printf("    left %#lx (%lu), right %#lx (%lu)\n", a, a, b, b);
    fail(condition, file, line);
}

static bool in_file(const struct test *test, const char *name)
{
    const char *const slash = strrchr(test->file, '/');
    const char *const base = slash ? slash + 1 : test->file;
    const size_t length = strlen(name);

    return !strncmp(base, name, length) && (!strcmp(base + length, ".c") || !base[length]);
}

static bool wanted(const struct test *test, int count, char **names)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(test->name, names[i]) || in_file(test, names[i]))
            return true;
    return !count;
}

static _Noreturn void run_here(const struct test *test)
{
    test->run();
    test_check(!test_complaint()[0], test_complaint(), test->file, 0);
    fflush(stdout);
    _exit(0);
}

static bool passes(const struct test *test)
{
    int status = 0;
    pid_t child;

    fflush(stdout);
    child = fork();
    if (!child)
        run_here(test);
    if (child < 0 || waitpid(child, &status, 0) != child)
        abort();
    if (WIFSIGNALED(status))
        printf("    ended by signal %d\n", WTERMSIG(status));
    return WIFEXITED(status) && !WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    const bool list = argc > 1 && !strcmp(argv[1], "--list");
    unsigned passed = 0, failed = 0;

    for (const struct test *test = first; test; test = test->next) {
        if (list) {
            puts(test->name);
            continue;
        }
        if (!wanted(test, argc - 1, argv + 1))
            continue;
        if (passes(test)) {
            printf("ok   %s\n", test->name);
            passed++;
        } else {
            printf("FAIL %s\n", test->name);
            failed++;
        }
    }
    if (!list)
        printf("%u passed, %u failed\n", passed, failed);
    return failed || (!list && !passed);
}
