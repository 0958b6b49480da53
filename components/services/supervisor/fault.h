/* SPDX-License-Identifier: BSD-2-Clause
 * Fault: what the kernel says of a thread that it stopped, as values, and as words for a person. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum fault_kind { FAULT_CAP, FAULT_UNKNOWN_SYSCALL, FAULT_USER_EXCEPTION, FAULT_TIMEOUT, FAULT_VM, FAULT_BREAK, FAULT_OTHER };

struct fault {
    enum fault_kind kind;
    uint64_t pc;                /* every kind but FAULT_TIMEOUT and FAULT_OTHER */
    uint64_t address;           /* VM: accessed; cap: the capability's; unknown syscall: its number; other: the label */
    uint64_t syndrome;          /* VM, user exception: ESR_EL1 */
    uint64_t consumed_us;       /* time-out */
    int fetch;                  /* VM: by executing; cap: in the receive phase */
};

/* "read of 0x10 at pc 0x400120 (poke+0x8): not mapped". `function` may be null: nothing is known of the pc. */
void fault_describe(const struct fault *fault, const char *function, uint64_t into, char *text, size_t bytes);
