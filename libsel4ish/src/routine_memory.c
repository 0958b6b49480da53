/* SPDX-License-Identifier: BSD-2-Clause
 * What the compiler calls for copies and comparisons that it does not write out itself: linked into every sealed image.
 * Hidden, so that none of them is an entry point. */
#include <stddef.h>

#pragma GCC visibility push(hidden)
void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);
#pragma GCC visibility pop

/* Without this the compiler would see the loop for what it is, and call the function from within itself. */
#pragma GCC optimize("no-tree-loop-distribute-patterns")

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    char *t = to;
    const char *f = from;

    while (bytes--)
        *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t bytes)
{
    char *t = to;
    const char *f = from;

    if ((size_t)(t - f) >= bytes)
        return memcpy(to, from, bytes);
    while (bytes--)
        t[bytes] = f[bytes];
    return to;
}

void *memset(void *to, int value, size_t bytes)
{
    char *t = to;

    while (bytes--)
        *t++ = (char)value;
    return to;
}

int memcmp(const void *a, const void *b, size_t bytes)
{
    const unsigned char *x = a, *y = b;

    for (; bytes; bytes--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}
