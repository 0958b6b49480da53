/* SPDX-License-Identifier: BSD-2-Clause
 * Fuzzer of the device-tree reader: whatever the bytes, it stays inside them and its answer is well formed. */
#include "../arch/device_tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct device_tree tree;

    if (!device_tree_read(bytes, size, &tree))
        return 0;
    if (tree.bytes > size || tree.memory_count > DEVICE_TREE_RANGES || tree.reserved_count > DEVICE_TREE_RANGES)
        abort();
    for (unsigned i = 0; i < tree.memory_count; i++)
        if (tree.memory[i].start >= tree.memory[i].end)
            abort();
    return 0;
}
