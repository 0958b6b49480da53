/* SPDX-License-Identifier: BSD-2-Clause
 * Cache maintenance by kernel address, and the fastest way to make memory zero. */
#include "../arch.h"

static size_t line_bytes(unsigned shift)
{
    word_t type;

    __asm__("mrs %0, ctr_el0" : "=r"(type));
    return 4ul << (type >> shift & 0xf);
}

static size_t data_line(void) { return line_bytes(16); }
static size_t instruction_line(void) { return line_bytes(0); }

#define EACH_LINE(operation, start, len, line)                                                                         \
    for (word_t a = (word_t)(start) & ~((line)-1); a < (word_t)(start) + (len); a += (line))                           \
        __asm__ volatile(operation ", %0" ::"r"(a) : "memory")

static void finish(void)
{
    __asm__ volatile("dsb ish" ::: "memory");
}

void arch_cache_clean(const void *start, size_t len)
{
    const size_t line = data_line();

    EACH_LINE("dc cvac", start, len, line);
    __asm__ volatile("dsb sy" ::: "memory");
}

/* Lines that are only partly in the range are cleaned too: what is beside it is not ours to lose. */
void arch_cache_invalidate(const void *start, size_t len)
{
    const size_t line = data_line();
    const word_t end = (word_t)start + len;

    if (!len)
        return;
    if ((word_t)start & (line - 1))
        arch_cache_clean_invalidate(start, 1);
    if (end & (line - 1))
        arch_cache_clean_invalidate((const void *)(end - 1), 1);
    EACH_LINE("dc ivac", start, len, line);
    __asm__ volatile("dsb sy" ::: "memory");
}

void arch_cache_clean_invalidate(const void *start, size_t len)
{
    const size_t line = data_line();

    EACH_LINE("dc civac", start, len, line);
    __asm__ volatile("dsb sy" ::: "memory");
}

void arch_code_publish(const void *start, size_t len)
{
    const size_t data = data_line(), instruction = instruction_line();

    EACH_LINE("dc cvau", start, len, data);
    finish();
    EACH_LINE("ic ivau", start, len, instruction);
    finish();
    __asm__ volatile("isb" ::: "memory");
}

/* What one dc zva clears; 0: it is forbidden. Differs between models. */
static size_t zero_block(void)
{
    const word_t forbidden = 0x10;
    word_t id;

    __asm__("mrs %0, dczid_el0" : "=r"(id));
    return id & forbidden ? 0 : 4ul << (id & 0xf);
}

void arch_zero(void *start, size_t len)
{
    const size_t block = zero_block();
    char *const end = (char *)start + len;

    if (block && !(((word_t)start | len) & (block - 1)))
        for (char *p = start; p < end; p += block)
            __asm__ volatile("dc zva, %0" ::"r"(p) : "memory");
    else
        for (char *p = start; p < end; p += 16)
            __asm__ volatile("stp xzr, xzr, [%0]" ::"r"(p) : "memory");
}
