/* SPDX-License-Identifier: BSD-2-Clause
 * Driver: the real kernel, on the host's machine, doing what it is told on its standard input. Each run is a process of its
 * own, forked from one that has booted. For the lock-step model: see lockstep.py, which writes and reads all this.
 *
 *   run BYTES       then so many bytes of these lines:
 *   c NUMBER CAP INFO MR0 MR1 MR2 MR3 REPLY DEST [WORD VALUE]…     the thread that runs makes a call; words of its IPC buffer
 *   f …             the same, and it will be refused: then nothing may have changed
 *   r               it makes its last call again, as its registers are now
 *   n               nothing
 *   v ADDRESS FETCH WRITE                               it faults there
 *   s               the state, see state.c
 *
 * After each call: the thread that runs then, its registers, and what its message has beyond them. */
#include "state.h"

#include "../../kernel/core/invariants.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ENTRY 0x400000ul
enum { PATIENCE_SECONDS = 60 };     /* with one run, which takes far less than one */

/* The tests' fixture boots, but these are no tests. */
void test_add(struct test *test) { (void)test; }
void test_check(bool ok, const char *condition, const char *file, int line)
{
    if (ok)
        return;
    printf("%s:%d: %s\n", file, line, condition);
    fflush(stdout);
    _exit(1);
}
void test_equal(unsigned long a, unsigned long b, const char *condition, const char *file, int line)
{
    test_check(a == b, condition, file, line);
}

static uint64_t number(char **at)
{
    return strtoull(*at, at, 16);
}

/* The call's registers, and words of the buffer. */
static uint64_t prepare(char *at)
{
    struct thread *t = host_current();
    struct arch_frame *f = &t->frame;
    word_t *buffer = (word_t *)thread_buffer(t);
    const uint64_t call = number(&at);

    f->cap = number(&at);
    f->info = number(&at);
    for (unsigned i = 0; i < MSG_REGS; i++)
        f->mr[i] = number(&at);
    f->reply = number(&at);
    f->dest = number(&at);
    while (*at == ' ') {
        const uint64_t word = number(&at), value = number(&at);

        if (buffer)
            buffer[word % (sizeof(struct ipc_buffer) / sizeof(word_t))] = value;
    }
    return -call;
}

static void print_result(void)
{
    struct thread *t = host_current();

    if (!t) {
        puts("idle");
        return;
    }
    const struct arch_frame *f = &t->frame;
    const word_t *buffer = (word_t *)thread_buffer(t), length = f->info & 127, caps = f->info >> 7 & 3;
    printf("%" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64, arch_paddr(t), f->cap, f->info,
           f->mr[0], f->mr[1], f->mr[2], f->mr[3]);
    for (word_t i = MSG_REGS; buffer && i < length && i < MSG_MAX_LENGTH; i++)
        printf(" %" PRIx64, buffer[1 + i]);
    for (word_t i = 0; buffer && i < caps; i++)
        printf(" +%" PRIx64, thread_buffer(t)->caps_or_badges[i]);
    putchar('\n');
}

static void act(char *line)
{
    struct arch_frame *f;
    uint64_t before = 0, call;
    char *at = line + 1;

    if (!host_current()) {
        puts("idle");
        return;
    }
    if (*line == 'n') {
        print_result();
        return;
    }
    f = &host_current()->frame;
    f->pc = ENTRY;
    if (*line == 'v') {
        const uint64_t address = number(&at);
        const bool fetch = number(&at), write = number(&at);
        host_vm_fault(address, fetch, write);
        print_result();
        return;
    }
    call = *line == 'r' ? f->number : prepare(at);
    if (*line == 'f')
        before = state_digest();
    host_syscall(call);
    if (*line == 'f' && state_digest() != before)
        printf("refused, and yet changed: ");
    print_result();
}

static void play(char *lines)
{
    struct violation broken;

    for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
        if (*line != 's') {
            act(line);
            continue;
        }
        state_print();
        if (!invariants_hold(&broken))
            printf("invariant broken: %s\n", broken.rule);
        puts(".");
    }
    if (host_findings())
        printf("the machine found: %s\n", host_finding());
}

static void run(char *lines)
{
    int status;
    const pid_t child = fork();

    if (!child) {
        alarm(PATIENCE_SECONDS);
        play(lines);
        fflush(stdout);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0 || status)
        puts("the kernel died");
    puts("end");
    fflush(stdout);
}

int main(void)
{
    char line[64];

    fixture_boot();
    host_set_check(NULL);
    printf("%zu\n", offsetof(struct thread, slots));
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        const size_t bytes = strtoul(line + strlen("run "), NULL, 10);
        char *lines = malloc(bytes + 1);

        if (!lines || fread(lines, 1, bytes, stdin) != bytes)
            return 1;
        lines[bytes] = 0;
        run(lines);
        free(lines);
    }
    return 0;
}
