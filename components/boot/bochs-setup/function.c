/* SPDX-License-Identifier: BSD-2-Clause
 * Function: see function.h. */
#include "function.h"

#include "bar.h"

enum { IDENTITY = 0x00 / 4, COMMAND = 0x04 / 4, BARS = 0x10 / 4, BAR_COUNT = 6 };   /* 32-bit words */
enum { COMMAND_MEMORY = 2, COMMAND_ALL = 0xffff };      /* the upper half is status: zeros leave it as it is */

bool function_is(const struct function *function, uint16_t vendor, uint16_t device)
{
    return function->config[IDENTITY] == ((uint32_t)device << 16 | vendor);
}

void function_off(const struct function *function)
{
    function->config[COMMAND] = 0;
}

bool function_place(const struct function *function, unsigned n, uint64_t address, uint64_t bytes)
{
    volatile uint32_t *bar = &function->config[BARS + n];
    uint32_t size;

    if (n >= BAR_COUNT)
        return false;
    *bar = UINT32_MAX;
    size = bar_bytes(*bar);
    if (size > bytes || !bar_takes(size, address))
        return false;
    *bar = (uint32_t)address;
    return bar_address(*bar) == address;
}

bool function_on(const struct function *function)
{
    function->config[COMMAND] = COMMAND_MEMORY;
    return (function->config[COMMAND] & COMMAND_ALL) == COMMAND_MEMORY;
}
