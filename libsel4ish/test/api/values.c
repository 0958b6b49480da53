/* SPDX-License-Identifier: BSD-2-Clause
 * The API's types and constants, as programs written for libsel4 take them for granted: this compiles, or such a program
 * does not. Not run. Programs read the sizes with the preprocessor too. */
#include <autoconf.h>
#include <sel4/sel4.h>
#include <sel4/benchmark.h>

/* Types */
#define TYPE(name) extern char has_type_##name[sizeof(name)];
TYPE(seL4_Int8) TYPE(seL4_Int16) TYPE(seL4_Int32) TYPE(seL4_Int64) TYPE(seL4_Uint8) TYPE(seL4_Uint16)
TYPE(seL4_Uint32) TYPE(seL4_Uint64) TYPE(seL4_Bool) TYPE(seL4_Word) TYPE(seL4_CPtr) TYPE(seL4_Register)
TYPE(seL4_NodeId) TYPE(seL4_PAddr) TYPE(seL4_Domain) TYPE(seL4_Time) TYPE(seL4_SlotPos) TYPE(seL4_CNode)
TYPE(seL4_TCB) TYPE(seL4_Untyped) TYPE(seL4_IRQControl) TYPE(seL4_IRQHandler) TYPE(seL4_SchedContext)
TYPE(seL4_SchedControl) TYPE(seL4_DomainSet) TYPE(seL4_ARM_Page) TYPE(seL4_ARM_PageTable) TYPE(seL4_ARM_PageDirectory)
TYPE(seL4_ARM_PageUpperDirectory) TYPE(seL4_ARM_PageGlobalDirectory) TYPE(seL4_ARM_VSpace) TYPE(seL4_ARM_ASIDControl)
TYPE(seL4_ARM_ASIDPool) TYPE(seL4_ARM_VCPU) TYPE(seL4_ARM_IOSpace) TYPE(seL4_ARM_IOPageTable)
TYPE(seL4_ARM_SIDControl) TYPE(seL4_ARM_SID) TYPE(seL4_ARM_CBControl) TYPE(seL4_ARM_CB) TYPE(seL4_ARM_VMAttributes)
TYPE(seL4_ARM_CacheType) TYPE(seL4_ARM_SMCContext) TYPE(seL4_UserContext) TYPE(seL4_IPCBuffer)
TYPE(seL4_MessageInfo_t) TYPE(seL4_CapRights_t) TYPE(seL4_CNode_CapData_t) TYPE(seL4_Fault_t) TYPE(seL4_Fault_tag_t)
TYPE(seL4_FaultType) TYPE(seL4_Error) TYPE(seL4_LookupFailureType) TYPE(seL4_ObjectType) TYPE(seL4_ModeObjectType)
TYPE(seL4_ArchObjectType) TYPE(api_object_t) TYPE(object_t) TYPE(seL4_Syscall_ID) TYPE(seL4_SchedContextFlag)
TYPE(seL4_TCBFlag) TYPE(seL4_CapFault_Msg) TYPE(seL4_UnknownSyscall_Msg) TYPE(seL4_UserException_Msg)
TYPE(seL4_VMFault_Msg) TYPE(seL4_Timeout_Msg) TYPE(seL4_TimeoutMsg) TYPE(seL4_TimeoutReply_Msg)
TYPE(seL4_VGICMaintenance_Msg) TYPE(seL4_VPPIEvent_Msg) TYPE(seL4_VCPUFault_Msg) TYPE(seL4_VCPUReg)
TYPE(seL4_BootInfo) TYPE(seL4_BootInfoHeader) TYPE(seL4_BootInfoID) TYPE(seL4_SlotRegion) TYPE(seL4_UntypedDesc)
TYPE(seL4_SchedContext_Consumed_t) TYPE(seL4_SchedContext_YieldTo_t) TYPE(seL4_TCB_SetFlags_t)
TYPE(seL4_ARM_Page_GetAddress_t) TYPE(entry_type_t) TYPE(kernel_entry_t) TYPE(seL4_CapRights) TYPE(seL4_CapData_t)
TYPE(seL4_PageFaultIpcRegisters)

/* Constants: each can be used where C wants a constant. */
#define VALUE(name) extern char has_value_##name[1 + 0 * (int)(name)];
VALUE(seL4_True) VALUE(seL4_False) VALUE(seL4_NilData) VALUE(seL4_NoError) VALUE(seL4_InvalidArgument)
VALUE(seL4_InvalidCapability) VALUE(seL4_IllegalOperation) VALUE(seL4_RangeError) VALUE(seL4_AlignmentError)
VALUE(seL4_FailedLookup) VALUE(seL4_TruncatedMessage) VALUE(seL4_DeleteFirst) VALUE(seL4_RevokeFirst)
VALUE(seL4_NotEnoughMemory) VALUE(seL4_NumErrors) VALUE(seL4_NoFailure) VALUE(seL4_InvalidRoot)
VALUE(seL4_MissingCapability) VALUE(seL4_DepthMismatch) VALUE(seL4_GuardMismatch) VALUE(seL4_InvalidPrio)
VALUE(seL4_MinPrio) VALUE(seL4_MaxPrio) VALUE(seL4_MsgLengthBits) VALUE(seL4_MsgExtraCapBits) VALUE(seL4_MsgMaxLength)
VALUE(seL4_MsgMaxExtraCaps) VALUE(seL4_CapRightsBits) VALUE(seL4_GuardSizeBits) VALUE(seL4_GuardBits)
VALUE(seL4_BadgeBits) VALUE(seL4_UntypedRetypeMaxObjects) VALUE(seL4_MinSchedContextBits)
VALUE(seL4_CoreSchedContextBytes) VALUE(seL4_RefillSizeBytes) VALUE(seL4_SchedContext_NoFlag)
VALUE(seL4_SchedContext_Sporadic) VALUE(seL4_TCBFlag_NoFlag) VALUE(seL4_TCBFlag_fpuDisabled) VALUE(seL4_TCBFlag_MASK)
VALUE(seL4_WordBits) VALUE(seL4_WordSizeBits) VALUE(seL4_SlotBits) VALUE(seL4_TCBBits) VALUE(seL4_EndpointBits)
VALUE(seL4_NotificationBits) VALUE(seL4_ReplyBits) VALUE(seL4_PageBits) VALUE(seL4_LargePageBits)
VALUE(seL4_HugePageBits) VALUE(seL4_PageTableBits) VALUE(seL4_PageTableEntryBits) VALUE(seL4_PageTableIndexBits)
VALUE(seL4_VSpaceBits) VALUE(seL4_VSpaceEntryBits) VALUE(seL4_VSpaceIndexBits) VALUE(seL4_NumASIDPoolsBits)
VALUE(seL4_ASIDPoolBits) VALUE(seL4_ASIDPoolIndexBits) VALUE(seL4_IOPageTableBits) VALUE(seL4_VCPUBits)
VALUE(seL4_ARM_VCPUBits) VALUE(seL4_MinUntypedBits) VALUE(seL4_MaxUntypedBits) VALUE(seL4_IPCBufferSizeBits)
VALUE(seL4_FastMessageRegisters) VALUE(seL4_UserTop) VALUE(seL4_UserVSpaceTop) VALUE(seL4_BootInfoFrameBits)
VALUE(seL4_BootInfoFrameSize) VALUE(seL4_DataFault) VALUE(seL4_InstructionFault) VALUE(seL4_UntypedObject)
VALUE(seL4_TCBObject) VALUE(seL4_EndpointObject) VALUE(seL4_NotificationObject) VALUE(seL4_CapTableObject)
VALUE(seL4_SchedContextObject) VALUE(seL4_ReplyObject) VALUE(seL4_NonArchObjectTypeCount)
VALUE(seL4_ARM_HugePageObject) VALUE(seL4_ARM_VSpaceObject) VALUE(seL4_ARM_SmallPageObject)
VALUE(seL4_ARM_LargePageObject) VALUE(seL4_ARM_PageTableObject) VALUE(seL4_ARM_VCPUObject)
VALUE(seL4_ARM_IOPageTableObject) VALUE(seL4_ObjectTypeCount) VALUE(seL4_ARM_PageCacheable)
VALUE(seL4_ARM_ParityEnabled) VALUE(seL4_ARM_Default_VMAttributes) VALUE(seL4_ARM_ExecuteNever) VALUE(seL4_ARM_CacheI)
VALUE(seL4_ARM_CacheD) VALUE(seL4_ARM_CacheID) VALUE(seL4_CapNull) VALUE(seL4_CapInitThreadTCB)
VALUE(seL4_CapInitThreadCNode) VALUE(seL4_CapInitThreadVSpace) VALUE(seL4_CapIRQControl) VALUE(seL4_CapASIDControl)
VALUE(seL4_CapInitThreadASIDPool) VALUE(seL4_CapIOPortControl) VALUE(seL4_CapIOSpace) VALUE(seL4_CapBootInfoFrame)
VALUE(seL4_CapInitThreadIPCBuffer) VALUE(seL4_CapDomain) VALUE(seL4_CapSMMUSIDControl) VALUE(seL4_CapSMMUCBControl)
VALUE(seL4_CapInitThreadSC) VALUE(seL4_CapSMC) VALUE(seL4_NumInitialCaps) VALUE(SEL4_BOOTINFO_HEADER_PADDING)
VALUE(SEL4_BOOTINFO_HEADER_X86_VBE) VALUE(SEL4_BOOTINFO_HEADER_X86_MBMMAP) VALUE(SEL4_BOOTINFO_HEADER_X86_ACPI_RSDP)
VALUE(SEL4_BOOTINFO_HEADER_X86_FRAMEBUFFER) VALUE(SEL4_BOOTINFO_HEADER_X86_TSC_FREQ) VALUE(SEL4_BOOTINFO_HEADER_FDT)
VALUE(SEL4_BOOTINFO_HEADER_NUM) VALUE(seL4_Fault_NullFault) VALUE(seL4_Fault_CapFault)
VALUE(seL4_Fault_UnknownSyscall) VALUE(seL4_Fault_UserException) VALUE(seL4_Fault_Timeout) VALUE(seL4_Fault_VMFault)
VALUE(seL4_CapFault_IP) VALUE(seL4_CapFault_Addr) VALUE(seL4_CapFault_InRecvPhase)
VALUE(seL4_CapFault_LookupFailureType) VALUE(seL4_CapFault_BitsLeft) VALUE(seL4_CapFault_DepthMismatch_BitsFound)
VALUE(seL4_CapFault_GuardMismatch_GuardFound) VALUE(seL4_CapFault_GuardMismatch_BitsFound)
VALUE(seL4_UnknownSyscall_X0) VALUE(seL4_UnknownSyscall_X1) VALUE(seL4_UnknownSyscall_X2)
VALUE(seL4_UnknownSyscall_X3) VALUE(seL4_UnknownSyscall_X4) VALUE(seL4_UnknownSyscall_X5)
VALUE(seL4_UnknownSyscall_X6) VALUE(seL4_UnknownSyscall_X7) VALUE(seL4_UnknownSyscall_FaultIP)
VALUE(seL4_UnknownSyscall_SP) VALUE(seL4_UnknownSyscall_LR) VALUE(seL4_UnknownSyscall_SPSR)
VALUE(seL4_UnknownSyscall_Syscall) VALUE(seL4_UnknownSyscall_Length) VALUE(seL4_UserException_FaultIP)
VALUE(seL4_UserException_SP) VALUE(seL4_UserException_SPSR) VALUE(seL4_UserException_Number)
VALUE(seL4_UserException_Code) VALUE(seL4_UserException_Length) VALUE(seL4_VMFault_IP) VALUE(seL4_VMFault_Addr)
VALUE(seL4_VMFault_PrefetchFault) VALUE(seL4_VMFault_FSR) VALUE(seL4_VMFault_Length) VALUE(seL4_Timeout_Data)
VALUE(seL4_Timeout_Consumed) VALUE(seL4_Timeout_Length) VALUE(seL4_VGICMaintenance_IDX)
VALUE(seL4_VGICMaintenance_Length) VALUE(seL4_VPPIEvent_IRQ) VALUE(seL4_VPPIEvent_Length) VALUE(seL4_VCPUFault_HSR)
VALUE(seL4_VCPUFault_Length) VALUE(seL4_VCPUReg_SCTLR) VALUE(seL4_VCPUReg_VBAR) VALUE(seL4_VCPUReg_CNTKCTL_EL1)
VALUE(seL4_VCPUReg_Num) VALUE(SEL4_MAPPING_LOOKUP_LEVEL) VALUE(SEL4_MAPPING_LOOKUP_NO_PT)
VALUE(SEL4_MAPPING_LOOKUP_NO_PD) VALUE(SEL4_MAPPING_LOOKUP_NO_PUD) VALUE(InvalidInvocation) VALUE(DomainSetSet) VALUE(DomainScheduleConfigure) VALUE(DomainScheduleSetStart)
 VALUE(UntypedRetype)
VALUE(TCBReadRegisters) VALUE(TCBWriteRegisters) VALUE(TCBCopyRegisters) VALUE(TCBConfigure) VALUE(TCBSetPriority)
VALUE(TCBSetMCPriority) VALUE(TCBSetSchedParams) VALUE(TCBSetTimeoutEndpoint) VALUE(TCBSetIPCBuffer)
VALUE(TCBSetSpace) VALUE(TCBSuspend) VALUE(TCBResume) VALUE(TCBBindNotification) VALUE(TCBUnbindNotification)
VALUE(TCBSetTLSBase) VALUE(TCBSetFlags) VALUE(CNodeRevoke) VALUE(CNodeDelete) VALUE(CNodeCancelBadgedSends)
VALUE(CNodeCopy) VALUE(CNodeMint) VALUE(CNodeMove) VALUE(CNodeMutate) VALUE(CNodeRotate) VALUE(IRQIssueIRQHandler)
VALUE(ARMIRQIssueIRQHandlerTrigger) VALUE(IRQAckIRQ) VALUE(IRQSetIRQHandler) VALUE(IRQClearIRQHandler)
VALUE(SchedControlConfigureFlags) VALUE(SchedContextConsumed) VALUE(SchedContextBind) VALUE(SchedContextUnbind)
VALUE(SchedContextUnbindObject) VALUE(SchedContextYieldTo) VALUE(ARMVSpaceClean_Data) VALUE(ARMVSpaceInvalidate_Data)
VALUE(ARMVSpaceCleanInvalidate_Data) VALUE(ARMVSpaceUnify_Instruction) VALUE(ARMPageTableMap) VALUE(ARMPageTableUnmap)
VALUE(ARMPageMap) VALUE(ARMPageUnmap) VALUE(ARMPageClean_Data) VALUE(ARMPageInvalidate_Data)
VALUE(ARMPageCleanInvalidate_Data) VALUE(ARMPageUnify_Instruction) VALUE(ARMPageGetAddress)
VALUE(ARMASIDControlMakePool) VALUE(ARMASIDPoolAssign) VALUE(nInvocationLabels) VALUE(seL4_SysCall)
VALUE(seL4_SysReplyRecv) VALUE(seL4_SysNBSendRecv) VALUE(seL4_SysNBSendWait) VALUE(seL4_SysSend) VALUE(seL4_SysNBSend)
VALUE(seL4_SysRecv) VALUE(seL4_SysNBRecv) VALUE(seL4_SysWait) VALUE(seL4_SysNBWait) VALUE(seL4_SysYield)
VALUE(seL4_SysDebugPutChar) VALUE(seL4_SysDebugDumpScheduler) VALUE(seL4_SysDebugHalt) VALUE(seL4_SysDebugCapIdentify)
VALUE(seL4_SysDebugNameThread) VALUE(seL4_SysDebugSnapshot) VALUE(seL4_NumHWBreakpoints)
VALUE(seL4_FirstBreakpoint) VALUE(seL4_FirstWatchpoint)
VALUE(seL4_DebugException_Length) VALUE(seL4_BreakOnReadWrite) VALUE(seL4_SoftwareBreakRequest)
VALUE(seL4_NumExclusiveBreakpoints) VALUE(seL4_NumExclusiveWatchpoints) VALUE(seL4_AsyncEndpointObject)
VALUE(seL4_ARM_PageDirectoryObject) VALUE(seL4_ARM_PageUpperDirectoryObject) VALUE(seL4_ARM_PageGlobalDirectoryObject)
VALUE(seL4_CapInitThreadPD) VALUE(seL4_NoFault) VALUE(seL4_CapFault) VALUE(seL4_UnknownSyscall)
VALUE(seL4_UserException) VALUE(seL4_VMFault) VALUE(SEL4_PFIPC_LABEL) VALUE(SEL4_PFIPC_LENGTH)
VALUE(SEL4_PFIPC_FAULT_IP) VALUE(SEL4_PFIPC_FAULT_ADDR) VALUE(SEL4_PFIPC_PREFETCH_FAULT) VALUE(SEL4_PFIPC_FSR)
VALUE(SEL4_EXCEPT_IPC_LABEL) VALUE(SEL4_USER_EXCEPTION_LABEL) VALUE(SEL4_USER_EXCEPTION_LENGTH)
VALUE(seL4_PageDirBits) VALUE(seL4_PageDirEntryBits) VALUE(seL4_PageDirIndexBits) VALUE(seL4_PUDBits)
VALUE(seL4_PUDEntryBits) VALUE(seL4_PUDIndexBits) VALUE(seL4_PGDBits) VALUE(seL4_PGDEntryBits)
VALUE(seL4_PGDIndexBits) VALUE(ARMPageDirectoryMap) VALUE(ARMPageDirectoryUnmap)

/* A register's place in seL4_UserContext is its place in a time-out's reply too. */
#define REGISTER(index, field, word) \
    SEL4_COMPILE_ASSERT(field##_is_word_##index, SEL4_OFFSETOF(seL4_UserContext, field) == (index) * sizeof(seL4_Word)) \
    SEL4_COMPILE_ASSERT(reply_##word##_is_word_##index, seL4_TimeoutReply_##word == (index))
REGISTER(0, pc, FaultIP) REGISTER(1, sp, SP) REGISTER(2, spsr, SPSR_EL1) REGISTER(3, x0, X0) REGISTER(4, x1, X1)
REGISTER(5, x2, X2) REGISTER(6, x3, X3) REGISTER(7, x4, X4) REGISTER(8, x5, X5) REGISTER(9, x6, X6)
REGISTER(10, x7, X7) REGISTER(11, x8, X8) REGISTER(12, x16, X16) REGISTER(13, x17, X17) REGISTER(14, x18, X18)
REGISTER(15, x29, X29) REGISTER(16, x30, X30) REGISTER(17, x9, X9) REGISTER(18, x10, X10) REGISTER(19, x11, X11)
REGISTER(20, x12, X12) REGISTER(21, x13, X13) REGISTER(22, x14, X14) REGISTER(23, x15, X15) REGISTER(24, x19, X19)
REGISTER(25, x20, X20) REGISTER(26, x21, X21) REGISTER(27, x22, X22) REGISTER(28, x23, X23) REGISTER(29, x24, X24)
REGISTER(30, x25, X25) REGISTER(31, x26, X26) REGISTER(32, x27, X27) REGISTER(33, x28, X28)
SEL4_COMPILE_ASSERT(reply_has_34_words, seL4_TimeoutReply_Length == 34)
SEL4_COMPILE_ASSERT(context_has_36_words, sizeof(seL4_UserContext) == 36 * sizeof(seL4_Word))

/* Structures with fields that programs name, in this order */
#define FIELDS(type, before, after) \
    SEL4_COMPILE_ASSERT(before##_comes_before_##after, SEL4_OFFSETOF(type, before) < SEL4_OFFSETOF(type, after))
FIELDS(seL4_BootInfo, extraLen, nodeID)
FIELDS(seL4_BootInfo, nodeID, numNodes)
FIELDS(seL4_BootInfo, numNodes, numIOPTLevels)
FIELDS(seL4_BootInfo, numIOPTLevels, ipcBuffer)
FIELDS(seL4_BootInfo, ipcBuffer, empty)
FIELDS(seL4_BootInfo, empty, sharedFrames)
FIELDS(seL4_BootInfo, sharedFrames, userImageFrames)
FIELDS(seL4_BootInfo, userImageFrames, userImagePaging)
FIELDS(seL4_BootInfo, userImagePaging, ioSpaceCaps)
FIELDS(seL4_BootInfo, ioSpaceCaps, extraBIPages)
FIELDS(seL4_BootInfo, extraBIPages, initThreadCNodeSizeBits)
FIELDS(seL4_BootInfo, initThreadCNodeSizeBits, initThreadDomain)
FIELDS(seL4_BootInfo, initThreadDomain, schedcontrol)
FIELDS(seL4_BootInfo, schedcontrol, untyped)
FIELDS(seL4_BootInfo, untyped, untypedList)
FIELDS(seL4_IPCBuffer, tag, msg)
FIELDS(seL4_IPCBuffer, msg, userData)
FIELDS(seL4_IPCBuffer, userData, caps_or_badges)
FIELDS(seL4_IPCBuffer, caps_or_badges, receiveCNode)
FIELDS(seL4_IPCBuffer, receiveCNode, receiveIndex)
FIELDS(seL4_IPCBuffer, receiveIndex, receiveDepth)
FIELDS(seL4_UntypedDesc, paddr, sizeBits)
FIELDS(seL4_UntypedDesc, sizeBits, isDevice)
FIELDS(seL4_UntypedDesc, isDevice, padding)
FIELDS(seL4_SlotRegion, start, end)
FIELDS(seL4_BootInfoHeader, id, len)
SEL4_COMPILE_ASSERT(untyped_desc_is_two_words, sizeof(seL4_UntypedDesc) == 2 * sizeof(seL4_Word))
SEL4_COMPILE_ASSERT(errors_are_printed_as_int, sizeof(seL4_Error) == sizeof(int) && sizeof(seL4_ObjectType) == sizeof(int))
SEL4_COMPILE_ASSERT(messages_are_words, sizeof(seL4_VMFault_Msg) == sizeof(long) && sizeof(seL4_Fault_tag_t) == sizeof(int))
SEL4_COMPILE_ASSERT(boot_info_fits_its_frame, sizeof(seL4_BootInfo) <= seL4_BootInfoFrameSize)
extern struct seL4_SlotRegion has_tag_slot_region;
extern struct seL4_UntypedDesc has_tag_untyped_desc;
extern struct seL4_BootInfo has_tag_boot_info;
extern struct seL4_IPCBuffer_ has_tag_ipc_buffer;
extern struct seL4_UserContext_ has_tag_user_context;
extern enum seL4_RootCNodeCapSlots has_tag_slots;

/* Configuration: what is there. What is not there is not defined: programs ask with #ifdef. */
#if !CONFIG_KERNEL_MCS || !CONFIG_ARCH_ARM || !CONFIG_ARCH_AARCH64 || CONFIG_WORD_SIZE != 64 || !CONFIG_PLAT_QEMU_ARM_VIRT
#error "the configuration is not MCS on AArch64 in QEMU"
#endif
#if CONFIG_MAX_NUM_NODES != 1 || CONFIG_NUM_DOMAINS < 1 || CONFIG_NUM_DOMAIN_SCHEDULES < 1 || CONFIG_NUM_PRIORITIES != 256
#error "numbers of the configuration"
#endif
#if CONFIG_MAX_NUM_BOOTINFO_UNTYPED_CAPS < 1 || CONFIG_RETYPE_FAN_OUT_LIMIT < 1 || CONFIG_ROOT_CNODE_SIZE_BITS < 8
#error "limits of the configuration"
#endif
#if CONFIG_BOOT_THREAD_TIME_SLICE < 1 || CONFIG_TIMER_FREQUENCY < 1 || !CONFIG_ARM_PA_SIZE_BITS_40 || \
    !CONFIG_ARM_TLS_REG_TPIDRU || !CONFIG_HAVE_FPU || !CONFIG_DEBUG_BUILD || !CONFIG_PRINTING
#error "features of the configuration"
#endif
#if defined(CONFIG_ARM_HYPERVISOR_SUPPORT) || defined(CONFIG_ENABLE_SMP_SUPPORT) || defined(CONFIG_TK1_SMMU) || \
    defined(CONFIG_ARM_SMMU) || defined(CONFIG_ALLOW_SMC_CALLS) || defined(CONFIG_ENABLE_BENCHMARKS) || \
    defined(CONFIG_KERNEL_INVOCATION_REPORT_ERROR_IPC) || defined(CONFIG_SET_TLS_BASE_SELF) || defined(CONFIG_ARCH_AARCH32)
#error "what this configuration lacks is defined"
#endif
#if seL4_PageBits != 12 || seL4_LargePageBits != 21 || seL4_HugePageBits != 30 || seL4_IPCBufferSizeBits != 10 || \
    seL4_WordSizeBits != 3 || seL4_SlotBits < 5 || seL4_TCBBits < 9 || seL4_EndpointBits < 4 || \
    seL4_NotificationBits < 5 || seL4_ReplyBits < 5 || seL4_MinSchedContextBits < 7 || seL4_PageTableBits != 12 || \
    seL4_VSpaceBits != 12 || seL4_ASIDPoolBits != 12 || seL4_MinUntypedBits != 4 || seL4_MaxUntypedBits != 47
#error "the preprocessor sees other sizes"
#endif

/* Macros that are more than a value */
LIBSEL4_UNUSED static const char has_formats[] = SEL4_PRId_word SEL4_PRIi_word SEL4_PRIu_word SEL4_PRIx_word SEL4_PRI_word
    SEL4_PRId64 SEL4_PRIi64 SEL4_PRIu64 SEL4_PRIx64;
LIBSEL4_INLINE_FUNC CONST int has_const(int a) { return a; }
LIBSEL4_INLINE PURE int has_pure(int a) { return a; }
typedef struct SEL4_PACKED { seL4_Uint8 a; seL4_Uint32 b; } has_packed;
SEL4_COMPILE_ASSERT(packed_is_packed, sizeof(has_packed) == 5)
SEL4_SIZE_SANITY(seL4_PageTableEntryBits, seL4_PageTableIndexBits, seL4_PageTableBits)
seL4_CompileTimeAssert(LIBSEL4_BIT(4) == 16)
extern LIBSEL4_THREAD_LOCAL int has_thread_local;
extern int has_offset[SEL4_OFFSETOF(seL4_BootInfo, nodeID)];
void has_statements(seL4_CapRights_t *rights);
void has_statements(seL4_CapRights_t *rights)
{
    seL4_Assert(rights != seL4_Null);
    seL4_DebugAssert(rights != 0);
    if (has_const(0) + has_pure(0))
        seL4_Fail("never");
    rights[0] = seL4_ReadWrite;
    rights[1] = seL4_AllRights;
    rights[2] = seL4_CanRead;
    rights[3] = seL4_CanWrite;
    rights[4] = seL4_CanGrant;
    rights[5] = seL4_CanGrantReply;
    rights[6] = seL4_NoWrite;
    rights[7] = seL4_NoRead;
    rights[8] = seL4_NoRights;
}
