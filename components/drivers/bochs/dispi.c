/* SPDX-License-Identifier: BSD-2-Clause
 * dispi: see dispi.h. */
#include "dispi.h"

enum { OFFSET = 0x500 };                                /* of the first register, in bytes */
enum {                                                  /* registers */
    ID = 0, WIDTH = 1, HEIGHT = 2, BITS = 3, ENABLE = 4, BANK = 5, VIRTUAL_WIDTH = 6, X_OFFSET = 8, Y_OFFSET = 9,
    MEMORY_64K = 10,
};
enum { ID_MASK = 0xfff0, ID_VALUE = 0xb0c0 };
enum { OFF = 0, ON = 0x01, LINEAR = 0x40 };
enum { BITS_VALUE = 32 };

static volatile uint16_t *at(const struct dispi *dispi, unsigned n)
{
    return (volatile uint16_t *)((volatile char *)dispi->registers + OFFSET) + n;
}

bool dispi_set_mode(const struct dispi *dispi, uint16_t width, uint16_t height)
{
    if ((*at(dispi, ID) & ID_MASK) != ID_VALUE)
        return false;
    *at(dispi, ENABLE) = OFF;
    *at(dispi, WIDTH) = width;
    *at(dispi, HEIGHT) = height;
    *at(dispi, BITS) = BITS_VALUE;
    *at(dispi, BANK) = 0;
    *at(dispi, VIRTUAL_WIDTH) = width;
    *at(dispi, X_OFFSET) = 0;
    *at(dispi, Y_OFFSET) = 0;
    *at(dispi, ENABLE) = ON | LINEAR;
    return *at(dispi, WIDTH) == width && *at(dispi, HEIGHT) == height && *at(dispi, BITS) == BITS_VALUE &&
           *at(dispi, ENABLE) & ON;
}

uint32_t dispi_memory(const struct dispi *dispi)
{
    return (uint32_t)*at(dispi, MEMORY_64K) << 16;
}
