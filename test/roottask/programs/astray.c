/* SPDX-License-Identifier: BSD-2-Clause
 * Astray: a program that reads, writes or calls where nothing is; nobody handles its faults. */
#include <sel4/sel4.h>

enum { NOWHERE = 0x123450 };

int main(void)
{
#if defined WRITE
    *(volatile seL4_Word *)NOWHERE = 1;
#elif defined JUMP
    ((void (*)(void))NOWHERE)();
#else
    (void)*(volatile seL4_Word *)NOWHERE;
#endif
    return 0;
}
