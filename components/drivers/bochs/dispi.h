/* SPDX-License-Identifier: BSD-2-Clause
 * dispi: the Bochs display's mode registers, 16 bits each, in memory. QEMU, docs/specs/standard-vga.rst. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct dispi {
    volatile void *registers;       /* the display's second memory region */
};

/* Shows width * height words 0x00RRGGBB from the start of the display's memory, rows without gaps. False: the display is
 * none, or shows something else. */
bool dispi_set_mode(const struct dispi *dispi, uint16_t width, uint16_t height);
/* Bytes of the display's memory. */
uint32_t dispi_memory(const struct dispi *dispi);
