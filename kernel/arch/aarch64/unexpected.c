/* SPDX-License-Identifier: BSD-2-Clause
 * An exception inside the kernel: always our mistake. Prints the registers, then stops the machine. */
#include "fault.h"

struct arch_frame unexpected_frame;     /* filled by unexpected_entry.S */

static void put_text(const char *text)
{
    while (*text)
        arch_putc(*text++);
}

static void put_hex(const char *name, word_t value)
{
    put_text(name);
    for (int shift = 60; shift >= 0; shift -= 4)
        arch_putc("0123456789abcdef"[value >> shift & 0xf]);
}

static void put_registers(void)
{
    for (unsigned i = 0; i < 31; i++) {
        const char name[] = { i % 4 ? ' ' : '\n', 'x', (char)('0' + i / 10), (char)('0' + i % 10), ' ', 0 };

        put_hex(name, unexpected_frame.x[i]);
    }
    put_hex(" sp  ", unexpected_frame.sp);
}

_Noreturn void arch_unexpected(word_t vector, word_t esr, word_t far)
{
    static bool entered;

    if (entered)            /* while printing: say no more */
        arch_halt();
    entered = true;
    put_hex("\nPANIC: exception in the kernel, vector ", vector);
    put_hex("\nesr ", esr);
    put_hex(" far ", far);
    put_hex(" pc ", unexpected_frame.pc);
    put_hex(" pstate ", unexpected_frame.pstate);
    put_registers();
    arch_putc('\n');
    arch_halt();
}
