/* SPDX-License-Identifier: BSD-2-Clause
 * BAR: a PCI base address register as a value. PCI Local Bus Specification 3.0, "Base Addresses". */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Bytes behind a register in which `sized` was read after all ones were written to it; 0: no register, or not one of
 * memory with a 32-bit address. */
uint32_t bar_bytes(uint32_t sized);
/* May a register of so many bytes hold that address? */
bool bar_takes(uint32_t bytes, uint64_t address);
/* The address that a register's value holds. */
uint32_t bar_address(uint32_t value);
