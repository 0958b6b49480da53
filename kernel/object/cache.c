/* SPDX-License-Identifier: BSD-2-Clause
 * Cache maintenance on a program's behalf. */
#include "cache.h"

#include "../arch/arch.h"
#include "../core/memory.h"
#include "../core/thread.h"

static void step(enum cache_operation operation, const uint8_t *start, size_t bytes)
{
    switch (operation) {
    case CACHE_CLEAN:
        arch_cache_clean(start, bytes);
        break;
    case CACHE_INVALIDATE:
        arch_cache_invalidate(start, bytes);
        break;
    case CACHE_CLEAN_INVALIDATE:
        arch_cache_clean_invalidate(start, bytes);
        break;
    case CACHE_UNIFY:
        arch_code_publish(start, bytes);
        break;
    }
}

seL4_Error cache_maintain(struct invocation *inv, enum cache_operation operation, uint8_t *memory, word_t start,
                          word_t end)
{
    const word_t origin = inv_arg(inv, 0) - start;

    while (start < end) {
        const word_t left = end - start, bytes = left < MEMORY_STEP_BYTES ? left : MEMORY_STEP_BYTES;

        step(operation, memory + start, bytes);
        start += bytes;
        /* Also of one who merely sends, and would have expected to find it as it was: time that nobody can take away
         * would be worse. */
        if (start < end && preempt_pending()) {
            arch_frame_set(&inv->caller->frame, 0, origin + start);
            return KERNEL_PREEMPTED;
        }
    }
    return seL4_NoError;
}
