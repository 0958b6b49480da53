/* SPDX-License-Identifier: BSD-2-Clause
 * Types: everything that the API's functions take and return. A capability's type name documents an argument; to the
 * compiler each is a seL4_CPtr. */
#pragma once

#include <sel4/arch/types.h>
#include <sel4/errors.h>
#include <sel4/objecttype.h>
#include <sel4/shared_types.h>

typedef seL4_CPtr seL4_CNode;
typedef seL4_CPtr seL4_TCB;
typedef seL4_CPtr seL4_Untyped;
typedef seL4_CPtr seL4_Endpoint;
typedef seL4_CPtr seL4_Notification;
typedef seL4_CPtr seL4_Reply;
typedef seL4_CPtr seL4_IRQControl;
typedef seL4_CPtr seL4_IRQHandler;
typedef seL4_CPtr seL4_SchedContext;
typedef seL4_CPtr seL4_SchedControl;
typedef seL4_CPtr seL4_DomainSet;

typedef seL4_Word seL4_NodeId;
typedef seL4_Word seL4_PAddr;
typedef seL4_Word seL4_Domain;
typedef seL4_Word seL4_TCBFlag;
enum {
    seL4_TCBFlag_NoFlag      = 0,
    seL4_TCBFlag_fpuDisabled = 1,
    sel4ish_TCBFlag_timer    = 2,   /* may use the machine's physical timer from user mode */
};
