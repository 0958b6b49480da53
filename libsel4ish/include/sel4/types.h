/* SPDX-License-Identifier: BSD-2-Clause
 * Types: everything that the API's functions take and return. A capability's type name documents an argument; to the
 * compiler each is a seL4_CPtr. */
#pragma once

#include <sel4/arch/types.h>
#include <sel4/constants.h>
#include <sel4/errors.h>
#include <sel4/mode/types.h>
#include <sel4/objecttype.h>
#include <sel4/shared_types.h>
#include <sel4/syscall.h>

#define seL4_UntypedRetypeMaxObjects CONFIG_RETYPE_FAN_OUT_LIMIT
#define seL4_NilData                 0

typedef seL4_CPtr seL4_CNode;
typedef seL4_CPtr seL4_TCB;
typedef seL4_CPtr seL4_Untyped;
typedef seL4_CPtr seL4_Endpoint;
typedef seL4_CPtr seL4_Notification;
typedef seL4_CPtr seL4_IRQControl;
typedef seL4_CPtr seL4_IRQHandler;
typedef seL4_CPtr seL4_SchedContext;
typedef seL4_CPtr seL4_SchedControl;
typedef seL4_CPtr seL4_DomainSet;

typedef seL4_Word   seL4_NodeId;
typedef seL4_Word   seL4_PAddr;
typedef seL4_Word   seL4_Domain;
typedef seL4_Uint64 seL4_Time;      /* microseconds */

#include <sel4/sel4_arch/types_gen.h>
