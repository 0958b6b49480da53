/* SPDX-License-Identifier: BSD-2-Clause
 * Stands behind kernel/core/debug.c in the kernel that the suite runs on (suite.py): system calls are wrapped by the linker,
 * and at one of many that the driver makes, all invariants are checked, with what a case left still there. Not within a
 * case: a check takes longer than the times that some are about. */
enum { EXITS = 257, DRIVER_PRIORITY = 255 };

static unsigned exits;

struct thread *__real_kernel_syscall(word_t number);
struct thread *__wrap_kernel_syscall(word_t number);

struct thread *__wrap_kernel_syscall(word_t number)
{
    struct thread *next = __real_kernel_syscall(number);

    if (next && next->priority == DRIVER_PRIORITY && ++exits % EXITS == 0)
        invariants_check();
    return next;
}
