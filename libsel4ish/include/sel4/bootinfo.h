/* SPDX-License-Identifier: BSD-2-Clause
 * Finding BootInfo: the root task's start-up code keeps the address that the kernel gave it. */
#pragma once

#include <sel4/bootinfo_types.h>

/* The start-up code calls this once; programs need not. */
void seL4_InitBootInfo(seL4_BootInfo *bi);
/* Root tasks alone have it. */
seL4_BootInfo *seL4_GetBootInfo(void);
