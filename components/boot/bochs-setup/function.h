/* SPDX-License-Identifier: BSD-2-Clause
 * Function: one PCI function's configuration registers, in memory. PCI Local Bus Specification 3.0, "Configuration
 * Space". */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct function {
    volatile uint32_t *config;
};

bool function_is(const struct function *function, uint16_t vendor, uint16_t device);
/* It answers no access to its memory any more. */
void function_off(const struct function *function);
/* Base address register n, the function being off, now holds that address. False: it is not one of memory, is larger than
 * `bytes`, or does not take the address. */
bool function_place(const struct function *function, unsigned n, uint64_t address, uint64_t bytes);
/* It answers accesses to its memory, and masters nothing. False: it does not. */
bool function_on(const struct function *function);
