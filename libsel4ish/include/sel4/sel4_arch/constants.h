/* SPDX-License-Identifier: BSD-2-Clause
 * AArch64's constants: published sizes (2^n bytes), the address space's end and the layout of fault messages. The sizes
 * of objects are those of kernel/abi/objects.def: <sel4/objecttype.h> compares them. */
#pragma once

#include <sel4/macros.h>

#define seL4_WordBits             64
#define seL4_WordSizeBits         3
#define seL4_RegisterSizeBits     3
#define seL4_FastMessageRegisters 4
#define seL4_IPCBufferSizeBits    10

#define seL4_SlotBits             6
#define seL4_TCBBits              11
#define seL4_EndpointBits         5
#define seL4_NotificationBits     6
#define seL4_ReplyBits            6
#define seL4_PageBits             12
#define seL4_LargePageBits        21
#define seL4_HugePageBits         30
#define seL4_PageTableBits        12
#define seL4_PageTableEntryBits   3
#define seL4_PageTableIndexBits   9
#define seL4_VSpaceBits           12
#define seL4_VSpaceEntryBits      3
#define seL4_VSpaceIndexBits      9
#define seL4_NumASIDPoolsBits     7
#define seL4_ASIDPoolBits         12
#define seL4_ASIDPoolIndexBits    9
#define seL4_IOPageTableBits      12
#define seL4_ARM_VCPUBits         12
#define seL4_VCPUBits             12
#define seL4_MinUntypedBits       4
#define seL4_MaxUntypedBits       47

/* The last address that a program can have; libsel4 has two names for it on this machine. */
#define seL4_UserTop              0x00007fffffffffff
#define seL4_UserVSpaceTop        seL4_UserTop

#define sel4ish_RegistryBits      14
#define sel4ish_InterfaceBits     14
#define sel4ish_ConnectionBits    13

#define seL4_DataFault            0
#define seL4_InstructionFault     1

#ifndef __ASSEMBLER__

/* Message words of a fault, by its type. */
__extension__ typedef enum {
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
    SEL4_FORCE_LONG_ENUM(seL4_UnknownSyscall_Msg)
} seL4_UnknownSyscall_Msg;

__extension__ typedef enum {
    seL4_UserException_FaultIP,
    seL4_UserException_SP,
    seL4_UserException_SPSR,
    seL4_UserException_Number,
    seL4_UserException_Code,
    seL4_UserException_Length,
    SEL4_FORCE_LONG_ENUM(seL4_UserException_Msg)
} seL4_UserException_Msg;

__extension__ typedef enum {
    seL4_VMFault_IP,
    seL4_VMFault_Addr,
    seL4_VMFault_PrefetchFault,
    seL4_VMFault_FSR,
    seL4_VMFault_Length,
    SEL4_FORCE_LONG_ENUM(seL4_VMFault_Msg)
} seL4_VMFault_Msg;

__extension__ typedef enum {
    seL4_Timeout_Data,
    seL4_Timeout_Consumed,
    seL4_Timeout_Length,
    SEL4_FORCE_LONG_ENUM(seL4_Timeout_Msg)
} seL4_Timeout_Msg;
typedef seL4_Timeout_Msg seL4_TimeoutMsg;      /* until version 12 */

/* Words of the reply to a time-out: the registers in the order of seL4_UserContext. */
__extension__ typedef enum {
    seL4_TimeoutReply_FaultIP,
    seL4_TimeoutReply_SP,
    seL4_TimeoutReply_SPSR_EL1,
    seL4_TimeoutReply_X0,
    seL4_TimeoutReply_X1,
    seL4_TimeoutReply_X2,
    seL4_TimeoutReply_X3,
    seL4_TimeoutReply_X4,
    seL4_TimeoutReply_X5,
    seL4_TimeoutReply_X6,
    seL4_TimeoutReply_X7,
    seL4_TimeoutReply_X8,
    seL4_TimeoutReply_X16,
    seL4_TimeoutReply_X17,
    seL4_TimeoutReply_X18,
    seL4_TimeoutReply_X29,
    seL4_TimeoutReply_X30,
    seL4_TimeoutReply_X9,
    seL4_TimeoutReply_X10,
    seL4_TimeoutReply_X11,
    seL4_TimeoutReply_X12,
    seL4_TimeoutReply_X13,
    seL4_TimeoutReply_X14,
    seL4_TimeoutReply_X15,
    seL4_TimeoutReply_X19,
    seL4_TimeoutReply_X20,
    seL4_TimeoutReply_X21,
    seL4_TimeoutReply_X22,
    seL4_TimeoutReply_X23,
    seL4_TimeoutReply_X24,
    seL4_TimeoutReply_X25,
    seL4_TimeoutReply_X26,
    seL4_TimeoutReply_X27,
    seL4_TimeoutReply_X28,
    seL4_TimeoutReply_Length,
    SEL4_FORCE_LONG_ENUM(seL4_TimeoutReply_Msg)
} seL4_TimeoutReply_Msg;

/* Virtualisation is not in this configuration; libsel4 declares these enumerations in every one. */
__extension__ typedef enum {
    seL4_VGICMaintenance_IDX,
    seL4_VGICMaintenance_Length,
    SEL4_FORCE_LONG_ENUM(seL4_VGICMaintenance_Msg)
} seL4_VGICMaintenance_Msg;

__extension__ typedef enum {
    seL4_VPPIEvent_IRQ,
    seL4_VPPIEvent_Length,
    SEL4_FORCE_LONG_ENUM(seL4_VPPIEvent_Msg)
} seL4_VPPIEvent_Msg;

__extension__ typedef enum {
    seL4_VCPUFault_HSR,
    seL4_VCPUFault_Length,
    SEL4_FORCE_LONG_ENUM(seL4_VCPUFault_Msg)
} seL4_VCPUFault_Msg;

__extension__ typedef enum {
    seL4_VCPUReg_SCTLR,
    seL4_VCPUReg_TTBR0,
    seL4_VCPUReg_TTBR1,
    seL4_VCPUReg_TCR,
    seL4_VCPUReg_MAIR,
    seL4_VCPUReg_AMAIR,
    seL4_VCPUReg_CIDR,
    seL4_VCPUReg_ACTLR,
    seL4_VCPUReg_CPACR,
    seL4_VCPUReg_AFSR0,
    seL4_VCPUReg_AFSR1,
    seL4_VCPUReg_ESR,
    seL4_VCPUReg_FAR,
    seL4_VCPUReg_ISR,
    seL4_VCPUReg_VBAR,
    seL4_VCPUReg_TPIDR_EL1,
    seL4_VCPUReg_VMPIDR_EL2,
    seL4_VCPUReg_SP_EL1,
    seL4_VCPUReg_ELR_EL1,
    seL4_VCPUReg_SPSR_EL1,
    seL4_VCPUReg_CNTV_CTL,
    seL4_VCPUReg_CNTV_CVAL,
    seL4_VCPUReg_CNTVOFF,
    seL4_VCPUReg_CNTKCTL_EL1,
    seL4_VCPUReg_Num,
    SEL4_FORCE_LONG_ENUM(seL4_VCPUReg)
} seL4_VCPUReg;

#endif
