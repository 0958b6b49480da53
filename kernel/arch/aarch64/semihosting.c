/* SPDX-License-Identifier: BSD-2-Clause
 * Semihosting: the debug channel and the end of the machine. User mode cannot reach it (QEMU without userspace=on). */
#include "port.h"

enum { SYS_WRITE_CHARACTER = 0x03, SYS_EXIT = 0x20, EXIT_PANIC = 101 };
#define STOPPED_APPLICATION_EXIT 0x20026ul

static void call(word_t operation, const void *argument)
{
    register word_t x0 __asm__("x0") = operation;
    register const void *x1 __asm__("x1") = argument;

    __asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

void arch_putc(char c)
{
    call(SYS_WRITE_CHARACTER, &c);
}

_Noreturn void arch_halt(void)
{
    const word_t block[2] = { STOPPED_APPLICATION_EXIT, EXIT_PANIC };

    call(SYS_EXIT, block);
    for (;;)
        __asm__ volatile("wfi");
}
