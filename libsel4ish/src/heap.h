/* SPDX-License-Identifier: BSD-2-Clause
 * Heap: one range, fixed when the program starts, that malloc takes from by sbrk. */
#pragma once

#include <stddef.h>
#include <stdint.h>

void sel4ish_heap_set(uintptr_t start, uintptr_t end);

/* picolibc's malloc knows no other source of memory. (void *)-1 and ENOMEM when there is no more. */
void *sbrk(ptrdiff_t increment);
