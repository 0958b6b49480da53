/* SPDX-License-Identifier: BSD-2-Clause */
#include "heap.h"

#include <errno.h>

static uintptr_t heap_at, heap_first, heap_last;

void sel4ish_heap_set(uintptr_t start, uintptr_t end)
{
    heap_at = heap_first = start;
    heap_last = end;
}

/* Weak: a program may have a function of that name, or a heap of its own. */
__attribute__((weak)) void *sbrk(ptrdiff_t increment)
{
    uintptr_t before = heap_at;

    if (increment > 0 ? (uintptr_t)increment > heap_last - heap_at : (uintptr_t)-increment > heap_at - heap_first) {
        errno = ENOMEM;
        return (void *)-1;
    }
    heap_at += (uintptr_t)increment;
    return (void *)before;
}
