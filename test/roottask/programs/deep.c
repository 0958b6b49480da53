/* SPDX-License-Identifier: BSD-2-Clause
 * A program whose stack is too small: it has to be told, not to write over what lies below. */
#include <stdio.h>
#include <sel4/sel4.h>
static int deeper(volatile char *above, int n)
{
    volatile char here[512];

    here[0] = above[0];
    return n ? deeper(here, n + 1) + here[0] : 0;
}
int main(void)
{
    char first[1] = { 0 };

    printf("deep: %p\n", (void *)first);
    return deeper(first, 1);
}
