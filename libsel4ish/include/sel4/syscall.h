/* SPDX-License-Identifier: BSD-2-Clause
 * System call numbers, from the kernel's own table. */
#pragma once

#include <sel4/macros.h>

__extension__ typedef enum {
#define SYSCALL(name, number) seL4_Sys##name = number,
#include <syscalls.def>
#undef SYSCALL
    SEL4_FORCE_LONG_ENUM(seL4_Syscall_ID)
} seL4_Syscall_ID;
