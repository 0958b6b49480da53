/* SPDX-License-Identifier: BSD-2-Clause
 * A program that ends in the middle of a line: what it said is shown. */
#include <sel4/sel4.h>

int main(void)
{
    seL4_DebugPutString("half a line");
#ifdef HALT
    seL4_DebugHalt();
#endif
    __asm__ volatile("udf #1");
    return 0;
}
