/* SPDX-License-Identifier: BSD-2-Clause
 * Runner: component-tests [NAME…] runs the tests that are named, or all, each in a process of its own, so that each
 * finds static data as it was written. Same framework and output as the kernel's tests, without the kernel.
 * --list prints the names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <test.h>

static struct test *first, **last = &first;

void test_add(struct test *test)
{
    *last = test;
    last = &test->next;
}

void test_check(bool ok, const char *condition, const char *file, int line)
{
    if (ok)
        return;
    printf("    %s:%d: %s\n", file, line, condition);
    fflush(stdout);
    _exit(1);
}

void test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line)
{
    if (a != b)
        printf("    left %#lx (%lu), right %#lx (%lu)\n", a, a, b, b);
    test_check(a == b, condition, file, line);
}

static bool wanted(const struct test *test, int count, char **names)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(test->name, names[i]))
            return true;
    return !count;
}

static bool passes(const struct test *test)
{
    int status = 0;
    pid_t child;

    fflush(stdout);
    child = fork();
    if (!child) {
        test->run();
        exit(0);                    /* not _exit: leaks are looked for at exit */
    }
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
        bool ok;

        if (list)
            puts(test->name);
        if (list || !wanted(test, argc - 1, argv + 1))
            continue;
        ok = passes(test);
        printf("%s %s\n", ok ? "ok  " : "FAIL", test->name);
        passed += ok;
        failed += !ok;
    }
    if (!list)
        printf("%u passed, %u failed\n", passed, failed);
    return failed || (!list && !passed);
}
