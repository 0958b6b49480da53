/* SPDX-License-Identifier: BSD-2-Clause
 * Probe: a thread without a library, a stack or data of its own, that does what a table says and says on the debug
 * channel how it went. The tests put it into specs of their own; x0 is its table's address. */
#include <stdint.h>

#define INLINE static inline __attribute__((always_inline))     /* one function, at the start, which needs no stack */

enum {
#define SYSCALL(name, number) SYS_##name = number,
#include <syscalls.def>
#undef SYSCALL
};

enum operation { END, READ, WRITE, SIGNAL, WAIT };     /* as test_loader.py */

struct command {
    uint64_t operation, at, value;
};

INLINE uint64_t call(long number, uint64_t x0_in)
{
    register uint64_t x0 __asm__("x0") = x0_in;
    register uint64_t x1 __asm__("x1") = 0;
    register long x7 __asm__("x7") = number;

    __asm__ volatile("svc #0" : "+r"(x0), "+r"(x1) : "r"(x7) : "x2", "x3", "x4", "x5", "x6", "x8", "memory");
    return x0;
}

INLINE void put(char c)
{
    call(SYS_DebugPutChar, (uint64_t)c);
}

INLINE void put_number(uint64_t number)
{
    for (int shift = 60; shift >= 0; shift -= 4)
        put((char)((number >> shift & 15) < 10 ? '0' + (number >> shift & 15) : 'a' - 10 + (number >> shift & 15)));
}

/* The number of the command that went wrong, and what there was; or R. */
INLINE void report(uint64_t number, uint64_t got)
{
    put('W');
    put_number(number);
    put(' ');
    put_number(got);
    put('\n');
}

_Noreturn void probe(const struct command *command)
{
    for (uint64_t i = 0; command[i].operation != END; i++) {
        uint64_t got = command[i].value;

        switch ((enum operation)command[i].operation) {
        case READ:
            got = *(const volatile uint64_t *)command[i].at;
            break;
        case WRITE:
            *(volatile uint64_t *)command[i].at = command[i].value;
            break;
        case SIGNAL:
            call(SYS_Send, command[i].at);
            break;
        case WAIT:
            got = call(SYS_Wait, command[i].at);
            break;
        case END:
            break;
        }
        if (got != command[i].value)
            report(i, got);
    }
    put('R');
    put('\n');
    for (;;)
        call(SYS_Yield, 0);
}
