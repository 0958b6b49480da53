/* SPDX-License-Identifier: BSD-2-Clause
 * AArch64's constants: published sizes (2^n bytes), the address space's end and the layout of fault messages.
 * Allocators believe these sizes, so each comes from the kernel's table where the table has it. */
#pragma once

#include <sel4/objecttype.h>

enum {
#define OBJECT(name, enumerator, bits, text) sel4ish_ObjectBits_##name = bits,
#include <objects.def>
#undef OBJECT
};

#define seL4_WordSizeBits        3
#define seL4_WordBits            (sizeof(seL4_Word) * 8)
#define seL4_SlotBits            6
#define seL4_TCBBits             sel4ish_ObjectBits_TCB
#define seL4_EndpointBits        sel4ish_ObjectBits_ENDPOINT
#define seL4_NotificationBits    sel4ish_ObjectBits_NOTIFICATION
#define seL4_ReplyBits           sel4ish_ObjectBits_REPLY
#define seL4_PageBits            sel4ish_ObjectBits_FRAME_SMALL
#define seL4_LargePageBits       sel4ish_ObjectBits_FRAME_LARGE
#define seL4_HugePageBits        sel4ish_ObjectBits_FRAME_HUGE
#define seL4_PageTableBits       sel4ish_ObjectBits_PAGE_TABLE
#define seL4_VSpaceBits          sel4ish_ObjectBits_VSPACE
#define seL4_PageTableEntryBits  3
#define seL4_PageTableIndexBits  9
#define seL4_VSpaceEntryBits     3
#define seL4_VSpaceIndexBits     9
#define seL4_NumASIDPoolsBits    7
#define seL4_ASIDPoolBits        12
#define seL4_ASIDPoolIndexBits   9
#define seL4_MinUntypedBits      4
#define seL4_MaxUntypedBits      47
#define seL4_IPCBufferSizeBits   10
#define seL4_FastMessageRegisters 4
#define seL4_UserTop             0x00007fffffffffff

#define sel4ish_RegistryBits     sel4ish_ObjectBits_REGISTRY
#define sel4ish_InterfaceBits    sel4ish_ObjectBits_INTERFACE
#define sel4ish_ConnectionBits   sel4ish_ObjectBits_CONNECTION

#define seL4_DataFault        0
#define seL4_InstructionFault 1

typedef enum {
    seL4_UnknownSyscall_X0,
    seL4_UnknownSyscall_X1,
    seL4_UnknownSyscall_X2,
    seL4_UnknownSyscall_X3,
    seL4_UnknownSyscall_X4,
    seL4_UnknownSyscall_X5,
    seL4_UnknownSyscall_X6,
    seL4_UnknownSyscall_X7,
    seL4_UnknownSyscall_FaultIP,
    seL4_UnknownSyscall_SP,
    seL4_UnknownSyscall_LR,
    seL4_UnknownSyscall_SPSR,
    seL4_UnknownSyscall_Syscall,
    seL4_UnknownSyscall_Length,
    SEL4_FORCE_LONG_ENUM(seL4_UnknownSyscall_Msg),
} seL4_UnknownSyscall_Msg;

typedef enum {
    seL4_UserException_FaultIP,
    seL4_UserException_SP,
    seL4_UserException_SPSR,
    seL4_UserException_Number,
    seL4_UserException_Code,
    seL4_UserException_Length,
    SEL4_FORCE_LONG_ENUM(seL4_UserException_Msg),
} seL4_UserException_Msg;

typedef enum {
    seL4_VMFault_IP,
    seL4_VMFault_Addr,
    seL4_VMFault_PrefetchFault,
    seL4_VMFault_FSR,
    seL4_VMFault_Length,
    SEL4_FORCE_LONG_ENUM(seL4_VMFault_Msg),
} seL4_VMFault_Msg;

typedef enum {
    seL4_Timeout_Data,
    seL4_Timeout_Consumed,
    seL4_Timeout_Length,
    SEL4_FORCE_LONG_ENUM(seL4_Timeout_Msg),
} seL4_Timeout_Msg;
