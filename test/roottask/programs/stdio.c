/* SPDX-License-Identifier: BSD-2-Clause
 * Stdio: what is written comes out in the order in which it was, whoever wrote it, and nothing is lost at the end. */
#include <stdio.h>
#include <sel4/sel4.h>

#ifndef STATUS
#define STATUS 0
#endif

int main(void)
{
    printf("one");
    fflush(stdout);
    seL4_DebugPutString(" and ");
    fprintf(stderr, "two");
    fflush(NULL);
    seL4_DebugPutChar(',');
    printf(" three\n");
    puts("whole");
    printf("half at the ");
    seL4_DebugPutString("end");
    return STATUS;
}
