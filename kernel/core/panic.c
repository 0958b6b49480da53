/* SPDX-License-Identifier: BSD-2-Clause
 * Panic: says where and why on the machine's own channel, and stops. */
#include "panic.h"

#include "../arch/arch.h"

static void put(const char *text)
{
    while (*text)
        arch_putc(*text++);
}

static void put_number(unsigned n)
{
    char digits[12];
    unsigned i = sizeof digits - 1;

    digits[i] = 0;
    do {
        digits[--i] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    put(&digits[i]);
}

void panic(const char *file, unsigned line, const char *what)
{
    put("PANIC ");
    put(file);
    put(":");
    put_number(line);
    put(": ");
    put(what);
    put("\n");
    arch_halt();
}
