/* SPDX-License-Identifier: BSD-2-Clause
 * Sizes: a program that needs more stack and more heap than a root task has unless it asks for more. */
#include <stdio.h>
#include <stdlib.h>

enum { FRAME_BYTES = 1024, DEPTH = 100, LARGE_BYTES = 1 << 20 };

static unsigned deep(unsigned level)
{
    volatile unsigned char frame[FRAME_BYTES];

    frame[level] = (unsigned char)level;
    return level ? deep(level - 1) + frame[level] : 0;
}

int main(void)
{
    char *large;

    printf("stack: sum %u\n", deep(DEPTH));
    large = malloc(LARGE_BYTES);
    printf("heap: %s\n", large ? "1 MiB" : "none");
    return 0;
}
