/* SPDX-License-Identifier: BSD-2-Clause */
#include "panic.h"

#include "../arch/arch.h"

static void put_text(const char *text)
{
    while (*text)
        arch_putc(*text++);
}

static void put_decimal(unsigned value)
{
    char digits[10];
    unsigned count = 0;

    do
        digits[count++] = (char)('0' + value % 10);
    while ((value /= 10));
    while (count)
        arch_putc(digits[--count]);
}

_Noreturn void panic(const char *what, const char *file, unsigned line)
{
    put_text("\nPANIC: ");
    put_text(what);
    put_text(" at ");
    put_text(file);
    arch_putc(':');
    put_decimal(line);
    arch_putc('\n');
    arch_halt();
}
