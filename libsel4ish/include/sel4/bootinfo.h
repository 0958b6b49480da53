/* SPDX-License-Identifier: BSD-2-Clause
 * Finding BootInfo: the root task's start-up code keeps the address that the kernel gave it. */
#pragma once

#include <sel4/bootinfo_types.h>

SEL4ISH_C_BEGIN
/* The start-up code calls this once; a program with its own start-up code may. */
void seL4_InitBootInfo(seL4_BootInfo *bi);
/* Root tasks alone have it. */
seL4_BootInfo *seL4_GetBootInfo(void);
SEL4ISH_C_END
