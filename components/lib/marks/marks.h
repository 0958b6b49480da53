/* SPDX-License-Identifier: BSD-2-Clause
 * Marks: places in a program that something outside it can see.
 *
 * Hints that no processor knows do nothing: an instruction counter outside (a QEMU plugin, a trace) sees them, and
 * counts what lies between. A mark for the supervisor is a "brk" with its number in x16: a supervisor with `marks: 1`
 * reports every component's counters and lets the component go on behind it; any other stops it. Neither is a system
 * call. */
#pragma once

enum { MARK_FIRST = 0x6d00 };       /* in x16: of the supervisor's first */

/* hint #0x60, 0xd5032c1f: the measured part starts. hint #0x61, 0xd5032c3f: it has ended. */
static inline void mark_start(void)
{
    __asm__ volatile("hint #0x60" ::: "memory");
}

static inline void mark_end(void)
{
    __asm__ volatile("hint #0x61" ::: "memory");
}

static inline void mark_supervisor_1(void)
{
    __asm__ volatile("mov x16, %0\n\tbrk #1" ::"i"(MARK_FIRST) : "x16", "memory");
}

static inline void mark_supervisor_2(void)
{
    __asm__ volatile("mov x16, %0\n\tbrk #2" ::"i"(MARK_FIRST + 1) : "x16", "memory");
}
