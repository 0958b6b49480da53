/* SPDX-License-Identifier: BSD-2-Clause
 * The two functions that the compiler calls for large assignments. Nobody calls them by name. */
#include "../../core/types.h"

void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memset(void *to, int value, size_t len);

static bool aligned(const void *p, size_t len)
{
    return !(((uintptr_t)p | len) % sizeof(word_t));
}

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
    char *t = to;
    const char *f = from;

    if (aligned(to, len) && aligned(from, len)) {
        for (size_t i = 0; i < len; i += sizeof(word_t))
            *(word_t *)(void *)(t + i) = *(const word_t *)(const void *)(f + i);
        return to;
    }
    for (size_t i = 0; i < len; i++)
        t[i] = f[i];
    return to;
}

/* By words wherever they fit: what the compiler asks for often begins or ends in the middle of one. */
void *memset(void *to, int value, size_t len)
{
    const word_t byte = (uint8_t)value, word = byte * 0x0101010101010101;
    char *t = to, *const end = t + len;

    while (t < end && (uintptr_t)t % sizeof word)
        *t++ = (char)byte;
    for (; (size_t)(end - t) >= sizeof word; t += sizeof word)
        *(word_t *)(void *)t = word;
    while (t < end)
        *t++ = (char)byte;
    return to;
}
