/* SPDX-License-Identifier: BSD-2-Clause
 * Cache maintenance by kernel address, and the fastest way to make memory zero. */
#include "port.h"

enum { LINE = 64 };     /* of most models, and what their dc zva clears */

/* Sizes in bytes, which differ between models: constant after boot. zero_bytes is what one dc zva clears; 0: forbidden. */
static size_t data_line, instruction_line, zero_bytes;
/* Instruction caches are found by physical address, so that an operation by the kernel's addresses reaches user mode's. */
static bool physical;

BOOT void arch_cache_init(void)
{
    const word_t forbidden = 0x10, physical_policy = 3;
    word_t type, zero;

    __asm__("mrs %0, ctr_el0\n\tmrs %1, dczid_el0" : "=r"(type), "=r"(zero));
    data_line = 4ul << (type >> 16 & 0xf);
    instruction_line = 4ul << (type & 0xf);
    physical = (type >> 14 & 3) == physical_policy;
    zero_bytes = zero & forbidden ? 0 : 4ul << (zero & 0xf);
}

#define EACH_LINE(operation, start, len, line)                                                                         \
    for (word_t a = (word_t)(start) & ~((line)-1); a < (word_t)(start) + (len); a += (line))                           \
        __asm__ volatile(operation ", %0" ::"r"(a) : "memory")

static void finish(void)
{
    __asm__ volatile("dsb ish" ::: "memory");
}

void arch_cache_clean(const void *start, size_t len)
{
    EACH_LINE("dc cvac", start, len, data_line);
    __asm__ volatile("dsb sy" ::: "memory");
}

/* Lines that are only partly in the range are cleaned too: what is beside it is not ours to lose. */
void arch_cache_invalidate(const void *start, size_t len)
{
    const word_t end = (word_t)start + len;

    if (!len)
        return;
    if ((word_t)start & (data_line - 1))
        arch_cache_clean_invalidate(start, 1);
    if (end & (data_line - 1))
        arch_cache_clean_invalidate((const void *)(end - 1), 1);
    EACH_LINE("dc ivac", start, len, data_line);
    __asm__ volatile("dsb sy" ::: "memory");
}

void arch_cache_clean_invalidate(const void *start, size_t len)
{
    EACH_LINE("dc civac", start, len, data_line);
    __asm__ volatile("dsb sy" ::: "memory");
}

void arch_code_publish(const void *start, size_t len)
{
    EACH_LINE("dc cvau", start, len, data_line);
    finish();
    if (physical)
        EACH_LINE("ic ivau", start, len, instruction_line);
    else
        __asm__ volatile("ic ialluis" ::: "memory");
    finish();
    __asm__ volatile("isb" ::: "memory");
}

static inline void zero_line(char *p)
{
    __asm__ volatile("dc zva, %0\n\tdc cvac, %0" ::"r"(p) : "memory");
}

void arch_zero(void *start, size_t len)
{
    char *p = start, *const end = p + len;

    if (zero_bytes == LINE && data_line == LINE) {
        if (len & LINE) {
            zero_line(p);
            p += LINE;
        }
        for (; p < end; p += 2 * LINE) {
            zero_line(p);
            zero_line(p + LINE);
        }
        __asm__ volatile("dsb sy" ::: "memory");
        return;
    }
    for (; p < end; p += 16)
        __asm__ volatile("stp xzr, xzr, [%0]" ::"r"(p) : "memory");
    arch_cache_clean(start, len);
}
