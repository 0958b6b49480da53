/* SPDX-License-Identifier: BSD-2-Clause
 * Random calls on the host, world after world:
 *
 *   kernel-random [--seed S] [--first WORLD] [--worlds N] [--calls N] [--table]
 *
 * A world is booted, and `calls` entries are made into its kernel; what it does follows from the seed and its number, so
 * that one world repeats what went wrong in it. --table prints "row outcome count" lines, zeros too. */
#define _DEFAULT_SOURCE
#include "host.h"

#include "../../arch/host/host.h"
#include "../test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static struct { uint64_t seed, first, worlds, calls; bool table; } options = { .seed = 1, .worlds = 10, .calls = 10000 };
static uint64_t world;

void test_check(bool ok, const char *condition, const char *file, int line)
{
    if (ok)
        return;
    fprintf(stderr, "%s:%d: %s\n", file, line, condition);
    abort();
}

void test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line)
{
    if (a == b)
        return;
    fprintf(stderr, "%s:%d: %s: %lu, %lu\n", file, line, condition, a, b);
    abort();
}

static void stopped(int number)
{
    char text[160];
    const int n = snprintf(text, sizeof text, "repeat with: kernel-random --seed %lu --first %lu --worlds 1 --calls %lu\n",
                           options.seed, world, options.calls);

    (void)!write(STDERR_FILENO, text, (size_t)n);
    signal(number, SIG_DFL);
    raise(number);
}

static void read_options(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const bool last = i + 1 == argc;

        if (!strcmp(argv[i], "--table"))
            options.table = true;
        else if (!strcmp(argv[i], "--seed") && !last)
            options.seed = strtoul(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--first") && !last)
            options.first = strtoul(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--worlds") && !last)
            options.worlds = strtoul(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--calls") && !last)
            options.calls = strtoul(argv[++i], NULL, 0);
        else {
            fprintf(stderr, "kernel-random: what is '%s'?\n", argv[i]);
            exit(2);
        }
    }
}

static _Noreturn void play(struct table *table)
{
    static struct host_play h;
    struct chance chance = { .state = (options.seed << 32 ^ world) * 0x9e3779b97f4a7c15 | 1 };

    host_play_begin(&h, table, &chance);
    while (h.calls < options.calls)
        host_play_step(&h);
    _exit(0);
}

/* Each world is a process of its own: the kernel has state that only booting the machine clears. */
static bool play_apart(struct table *table)
{
    const pid_t child = fork();
    int status = 0;

    if (!child)
        play(table);
    if (child < 0 || waitpid(child, &status, 0) != child)
        abort();
    return WIFEXITED(status) && !WEXITSTATUS(status);
}

static struct table *shared_table(void)
{
    void *p = mmap(NULL, sizeof(struct table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (p == MAP_FAILED)
        abort();
    return p;
}

static void print_table(const struct table *table)
{
    for (unsigned row = ROW_NONE + 1; row < ROWS; row++)
        for (unsigned o = 0; o < OUTCOMES_COUNT; o++)
            if (outcome_listed((enum row)row, (enum outcome_index)o))
                printf("%s %s %lu\n", row_name((enum row)row), outcome_name((enum outcome_index)o), table->count[row][o]);
}

int main(int argc, char **argv)
{
    struct table *const table = shared_table();
    const enum row unlisted = row_unlisted();

    read_options(argc, argv);
    if (unlisted) {
        fprintf(stderr, "outcomes.def has no row for %s\n", row_name(unlisted));
        return 1;
    }
    signal(SIGABRT, stopped);
    signal(SIGSEGV, stopped);
    for (world = options.first; world < options.first + options.worlds; world++)
        if (!play_apart(table))
            return 1;
    if (options.table)
        print_table(table);
    printf("calls %lu\nentries %lu\n", options.worlds * options.calls, table->entries);
    return 0;
}
