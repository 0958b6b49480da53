/* SPDX-License-Identifier: BSD-2-Clause
 * Arm's types: names of capabilities by what they stand for, and how memory is mapped. */
#pragma once

#include <sel4/sel4_arch/types.h>

typedef seL4_CPtr seL4_ARM_Page;
typedef seL4_CPtr seL4_ARM_PageTable;
typedef seL4_CPtr seL4_ARM_PageDirectory;
typedef seL4_CPtr seL4_ARM_ASIDControl;
typedef seL4_CPtr seL4_ARM_ASIDPool;
typedef seL4_CPtr seL4_ARM_VCPU;
typedef seL4_CPtr seL4_ARM_IOSpace;
typedef seL4_CPtr seL4_ARM_IOPageTable;
typedef seL4_CPtr seL4_ARM_SIDControl;
typedef seL4_CPtr seL4_ARM_SID;
typedef seL4_CPtr seL4_ARM_CBControl;
typedef seL4_CPtr seL4_ARM_CB;
typedef seL4_CPtr seL4_ARM_SMC;

__extension__ typedef enum {
    seL4_ARM_PageCacheable        = 1,
    seL4_ARM_ParityEnabled        = 2,
    seL4_ARM_Default_VMAttributes = 3,
    seL4_ARM_ExecuteNever         = 4,
    SEL4_FORCE_LONG_ENUM(seL4_ARM_VMAttributes)
} seL4_ARM_VMAttributes;

__extension__ typedef enum {
    seL4_ARM_CacheI  = 1,
    seL4_ARM_CacheD  = 2,
    seL4_ARM_CacheID = 3,
    SEL4_FORCE_LONG_ENUM(seL4_ARM_CacheType)
} seL4_ARM_CacheType;

/* Trigger of an interrupt, for seL4_IRQControl_GetTrigger. */
enum { sel4ish_IRQLevel = 0, sel4ish_IRQEdge = 1 };
