/* SPDX-License-Identifier: BSD-2-Clause
 * Spin: never gives the processor away by itself. */
#include <stdio.h>

int main(void)
{
    printf("spinning\n");
    for (;;)
        __asm__ volatile("");
}
