/* SPDX-License-Identifier: BSD-2-Clause
 * BootInfo of the root task: kept where libsel4's programs ask for it. */
#include <sel4/bootinfo.h>

static seL4_BootInfo *boot_info;

void seL4_InitBootInfo(seL4_BootInfo *bi)
{
    boot_info = bi;
}

seL4_BootInfo *seL4_GetBootInfo(void)
{
    return boot_info;
}
