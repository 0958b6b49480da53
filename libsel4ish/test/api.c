/* SPDX-License-Identifier: BSD-2-Clause
 * The API's signatures, as programs written for libsel4 take them for granted: this compiles, or such a program does not.
 * Not run. Each pointer's type is what the seL4 reference manual says of the function. */
#include <autoconf.h>
#include <sel4/bootinfo.h>
#include <sel4/invocation.h>
#include <sel4/macros.h>
#include <sel4/sel4.h>
#include <sel4/sel4_arch/mapping.h>
#include <sel4/types.h>

#define HAS(name, result, ...) result (*const has_##name)(__VA_ARGS__) = name;

#define W seL4_Word
#define C seL4_CPtr
#define D seL4_Uint8
#define I seL4_MessageInfo_t

/* Messages */
HAS(seL4_MessageInfo_new, I, W, W, W, W)
HAS(seL4_CapRights_new, seL4_CapRights_t, W, W, W, W)
HAS(seL4_CNode_CapData_new, seL4_CNode_CapData_t, W, W)
HAS(seL4_GetMR, W, int)
HAS(seL4_SetMR, void, int, W)
HAS(seL4_SetCap, void, int, C)
HAS(seL4_GetBadge, W, int)
HAS(seL4_SetCapReceivePath, void, C, C, W)
HAS(seL4_GetIPCBuffer, seL4_IPCBuffer *, void)
HAS(seL4_SetIPCBuffer, void, seL4_IPCBuffer *)

/* System calls */
HAS(seL4_Call, I, C, I)
HAS(seL4_Send, void, C, I)
HAS(seL4_NBSend, void, C, I)
HAS(seL4_Recv, I, C, W *, C)
HAS(seL4_NBRecv, I, C, W *, C)
HAS(seL4_ReplyRecv, I, C, I, W *, C)
HAS(seL4_NBSendRecv, I, C, I, C, W *, C)
HAS(seL4_NBSendWait, I, C, I, C, W *)
HAS(seL4_Wait, I, C, W *)
HAS(seL4_NBWait, I, C, W *)
HAS(seL4_Poll, I, C, W *)
HAS(seL4_Signal, void, C)
HAS(seL4_Yield, void, void)
HAS(seL4_CallWithMRs, I, C, I, W *, W *, W *, W *)
HAS(seL4_SendWithMRs, void, C, I, W *, W *, W *, W *)
HAS(seL4_RecvWithMRs, I, C, W *, W *, W *, W *, W *, C)
HAS(seL4_ReplyRecvWithMRs, I, C, I, W *, W *, W *, W *, W *, C)
HAS(seL4_DebugPutChar, void, char)
HAS(seL4_DebugNameThread, void, C, const char *)
HAS(seL4_DebugCapIdentify, seL4_Uint32, C)

/* Objects */
HAS(seL4_Untyped_Retype, seL4_Error, seL4_Untyped, W, W, seL4_CNode, W, W, W, W)
HAS(seL4_CNode_Copy, seL4_Error, seL4_CNode, W, D, seL4_CNode, W, D, seL4_CapRights_t)
HAS(seL4_CNode_Mint, seL4_Error, seL4_CNode, W, D, seL4_CNode, W, D, seL4_CapRights_t, W)
HAS(seL4_CNode_Move, seL4_Error, seL4_CNode, W, D, seL4_CNode, W, D)
HAS(seL4_CNode_Mutate, seL4_Error, seL4_CNode, W, D, seL4_CNode, W, D, W)
HAS(seL4_CNode_Rotate, seL4_Error, seL4_CNode, W, D, W, seL4_CNode, W, D, W, seL4_CNode, W, D)
HAS(seL4_CNode_Delete, seL4_Error, seL4_CNode, W, D)
HAS(seL4_CNode_Revoke, seL4_Error, seL4_CNode, W, D)
HAS(seL4_CNode_CancelBadgedSends, seL4_Error, seL4_CNode, W, D)
HAS(seL4_TCB_ReadRegisters, seL4_Error, seL4_TCB, seL4_Bool, D, W, seL4_UserContext *)
HAS(seL4_TCB_WriteRegisters, seL4_Error, seL4_TCB, seL4_Bool, D, W, seL4_UserContext *)
HAS(seL4_TCB_CopyRegisters, seL4_Error, seL4_TCB, seL4_TCB, seL4_Bool, seL4_Bool, seL4_Bool, seL4_Bool, D)
HAS(seL4_TCB_Configure, seL4_Error, seL4_TCB, seL4_CNode, W, C, W, W, C)
HAS(seL4_TCB_SetPriority, seL4_Error, seL4_TCB, C, W)
HAS(seL4_TCB_SetMCPriority, seL4_Error, seL4_TCB, C, W)
HAS(seL4_TCB_SetSchedParams, seL4_Error, seL4_TCB, C, W, W, C, C)
HAS(seL4_TCB_SetTimeoutEndpoint, seL4_Error, seL4_TCB, C)
HAS(seL4_TCB_SetIPCBuffer, seL4_Error, seL4_TCB, W, C)
HAS(seL4_TCB_SetSpace, seL4_Error, seL4_TCB, C, seL4_CNode, W, C, W)
HAS(seL4_TCB_Suspend, seL4_Error, seL4_TCB)
HAS(seL4_TCB_Resume, seL4_Error, seL4_TCB)
HAS(seL4_TCB_BindNotification, seL4_Error, seL4_TCB, C)
HAS(seL4_TCB_UnbindNotification, seL4_Error, seL4_TCB)
HAS(seL4_TCB_SetTLSBase, seL4_Error, seL4_TCB, W)
HAS(seL4_TCB_SetFlags, seL4_TCB_SetFlags_t, seL4_TCB, W, W)
HAS(seL4_SchedControl_ConfigureFlags, seL4_Error, seL4_SchedControl, seL4_SchedContext, seL4_Time, seL4_Time, W, W, W)
HAS(seL4_SchedControl_Configure, seL4_Error, seL4_SchedControl, seL4_SchedContext, seL4_Time, seL4_Time, W, W)
HAS(seL4_SchedContext_Bind, seL4_Error, seL4_SchedContext, C)
HAS(seL4_SchedContext_Unbind, seL4_Error, seL4_SchedContext)
HAS(seL4_SchedContext_UnbindObject, seL4_Error, seL4_SchedContext, C)
HAS(seL4_SchedContext_Consumed, seL4_SchedContext_Consumed_t, seL4_SchedContext)
HAS(seL4_SchedContext_YieldTo, seL4_SchedContext_YieldTo_t, seL4_SchedContext)
HAS(seL4_DomainSet_Set, seL4_Error, seL4_DomainSet, seL4_Uint8, seL4_TCB)
HAS(seL4_DomainSet_ScheduleConfigure, seL4_Error, seL4_DomainSet, W, seL4_Uint8, seL4_Time)
HAS(seL4_DomainSet_ScheduleSetStart, seL4_Error, seL4_DomainSet, W)
HAS(seL4_IRQControl_Get, seL4_Error, seL4_IRQControl, W, seL4_CNode, W, D)
HAS(seL4_IRQControl_GetTrigger, seL4_Error, seL4_IRQControl, W, W, seL4_CNode, W, D)
HAS(seL4_IRQHandler_Ack, seL4_Error, seL4_IRQHandler)
HAS(seL4_IRQHandler_SetNotification, seL4_Error, seL4_IRQHandler, C)
HAS(seL4_IRQHandler_Clear, seL4_Error, seL4_IRQHandler)
HAS(seL4_ARM_Page_Map, seL4_Error, seL4_ARM_Page, C, W, seL4_CapRights_t, seL4_ARM_VMAttributes)
HAS(seL4_ARM_Page_Unmap, seL4_Error, seL4_ARM_Page)
HAS(seL4_ARM_Page_GetAddress, seL4_ARM_Page_GetAddress_t, seL4_ARM_Page)
HAS(seL4_ARM_Page_Unify_Instruction, seL4_Error, seL4_ARM_Page, W, W)
HAS(seL4_ARM_PageTable_Map, seL4_Error, seL4_ARM_PageTable, C, W, seL4_ARM_VMAttributes)
HAS(seL4_ARM_PageTable_Unmap, seL4_Error, seL4_ARM_PageTable)
HAS(seL4_ARM_VSpace_Clean_Data, seL4_Error, seL4_ARM_VSpace, W, W)
HAS(seL4_ARM_ASIDControl_MakePool, seL4_Error, seL4_ARM_ASIDControl, seL4_Untyped, seL4_CNode, W, D)
HAS(seL4_ARM_ASIDPool_Assign, seL4_Error, seL4_ARM_ASIDPool, C)
HAS(seL4_GetBootInfo, seL4_BootInfo *, void)
HAS(seL4_getFault, seL4_Fault_t, I)
HAS(seL4_MappingFailedLookupLevel, W, void)

/* Constants, names of earlier versions, and the order of fields */
const seL4_Word constants[] = {
    seL4_SlotBits, seL4_TCBBits, seL4_EndpointBits, seL4_NotificationBits, seL4_ReplyBits, seL4_MinSchedContextBits,
    seL4_PageBits, seL4_LargePageBits, seL4_HugePageBits, seL4_PageTableBits, seL4_VSpaceBits, seL4_ASIDPoolBits,
    seL4_WordBits, seL4_MinUntypedBits, seL4_MaxUntypedBits, seL4_IPCBufferSizeBits, seL4_MsgMaxLength,
    seL4_MsgMaxExtraCaps, seL4_MaxPrio, seL4_CapInitThreadPD, seL4_CapInitThreadSC, seL4_AsyncEndpointObject,
    seL4_ARM_PageDirectoryObject, CONFIG_MAX_NUM_BOOTINFO_UNTYPED_CAPS, CONFIG_RETYPE_FAN_OUT_LIMIT,
};

SEL4_COMPILE_ASSERT(context_has_36_words, sizeof(seL4_UserContext) == 36 * sizeof(seL4_Word))
SEL4_COMPILE_ASSERT(x29_is_word_15, SEL4_OFFSETOF(seL4_UserContext, x29) == 15 * sizeof(seL4_Word))
SEL4_COMPILE_ASSERT(x28_is_word_33, SEL4_OFFSETOF(seL4_UserContext, x28) == 33 * sizeof(seL4_Word))
SEL4_COMPILE_ASSERT(no_refills_more, seL4_MinSchedContextBits == 8)
