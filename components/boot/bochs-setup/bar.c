/* SPDX-License-Identifier: BSD-2-Clause
 * BAR: see bar.h. */
#include "bar.h"

enum { BAR_IO = 1, BAR_TYPE = 6, BAR_FLAGS = 15 };      /* the type of a 32-bit address is 0 */

uint32_t bar_address(uint32_t value)
{
    return value & ~(uint32_t)BAR_FLAGS;
}

/* Bits of an address that the register has not are below its size: size and size - 1 share none. */
uint32_t bar_bytes(uint32_t sized)
{
    uint32_t bytes = ~bar_address(sized) + 1;

    if (sized & (BAR_IO | BAR_TYPE) || bytes & (bytes - 1))
        return 0;
    return bytes;
}

bool bar_takes(uint32_t bytes, uint64_t address)
{
    return bytes && address && address % bytes == 0 && address + bytes <= UINT64_C(1) << 32;
}
