/* SPDX-License-Identifier: BSD-2-Clause
 * Hello: a root task that knows libsel4's API alone. It lists the memory that it was given, then shows that objects can
 * be made, pages mapped, a second thread called, and a fault handled. The first program to try on a new kernel. */
#include <stdio.h>
#include <string.h>

#include <sel4/sel4.h>
#include <sel4ish/test.h>
#include <sel4ish/tls.h>

enum { PAGE = 4096, WINDOW = 0x20000000 /* an address that nothing else of a root task uses */ };

static seL4_BootInfo *boot;
static seL4_CPtr next_slot;
static seL4_CPtr memory;                /* the largest untyped that is RAM */

/* ---- helpers */

static void list_untypeds(void)
{
    seL4_Word bytes = 0;
    seL4_Uint8 largest = 0;

    for (seL4_Word i = 0; i < boot->untyped.end - boot->untyped.start; i++) {
        const seL4_UntypedDesc *u = &boot->untypedList[i];

        printf("untyped %3lu: %#14lx, 2^%-2u %s\n", boot->untyped.start + i, u->paddr, u->sizeBits,
               u->isDevice ? "device" : "memory");
        if (u->isDevice)
            continue;
        bytes += 1ul << u->sizeBits;
        if (u->sizeBits > largest) {
            largest = u->sizeBits;
            memory = boot->untyped.start + i;
        }
    }
    printf("memory: %lu KiB\n", bytes >> 10);
}

/* One new object; its capability's slot, or 0. */
static seL4_CPtr make(seL4_Word type, seL4_Word size_bits)
{
    seL4_CPtr slot = next_slot++;

    if (seL4_Untyped_Retype(memory, type, size_bits, seL4_CapInitThreadCNode, 0, 0, slot, 1) != seL4_NoError)
        return 0;
    return slot;
}

/* Maps a frame, making the tables that are missing on the way, as libraries do: from what a failed Map says. */
static seL4_Error map(seL4_CPtr frame, seL4_Word vaddr, seL4_CapRights_t rights)
{
    for (int levels = 0; levels < 4; levels++) {
        seL4_Error error = seL4_ARM_Page_Map(frame, seL4_CapInitThreadVSpace, vaddr, rights,
                                             seL4_ARM_Default_VMAttributes);
        seL4_CPtr table;

        if (error != seL4_FailedLookup)
            return error;
        printf("map: %lu bits of table are missing\n", seL4_MappingFailedLookupLevel());
        table = make(seL4_ARM_PageTableObject, 0);
        error = seL4_ARM_PageTable_Map(table, seL4_CapInitThreadVSpace, vaddr, seL4_ARM_Default_VMAttributes);
        if (error != seL4_NoError)
            return error;
    }
    return seL4_FailedLookup;
}

/* A second thread in this program: its own stack, TLS block and IPC buffer. */
struct thread {
    seL4_CPtr tcb, sc;
    char stack[4 * PAGE] __attribute__((aligned(16)));
    char tls[1024] __attribute__((aligned(SEL4ISH_TLS_ALIGN)));
};

static seL4_Error thread_start(struct thread *t, void (*entry)(void), seL4_Word buffer_vaddr, seL4_CPtr fault_endpoint,
                               bool passive)
{
    seL4_UserContext registers = { .pc = (seL4_Word)entry, .sp = (seL4_Word)t->stack + sizeof t->stack };
    seL4_CPtr buffer = make(seL4_ARM_SmallPageObject, 0);
    uintptr_t tls = sel4ish_tls_make(t->tls);
    seL4_Error error;

    t->tcb = make(seL4_TCBObject, 0);
    t->sc = make(seL4_SchedContextObject, seL4_MinSchedContextBits);
    error = map(buffer, buffer_vaddr, seL4_ReadWrite);
    if (error == seL4_NoError)
        error = seL4_TCB_Configure(t->tcb, seL4_CapInitThreadCNode, 0, seL4_CapInitThreadVSpace, 0, buffer_vaddr, buffer);
    if (error == seL4_NoError)
        error = seL4_SchedControl_Configure(boot->schedcontrol.start, t->sc, 10000, 10000, 0, 0);
    if (error == seL4_NoError)
        error = seL4_TCB_SetSchedParams(t->tcb, seL4_CapInitThreadTCB, 254, 254, passive ? seL4_CapNull : t->sc,
                                        fault_endpoint);
    if (error == seL4_NoError)
        error = seL4_TCB_SetTLSBase(t->tcb, tls);
    sel4ish_tls_set_ipc_buffer(tls, (seL4_IPCBuffer *)buffer_vaddr);
    if (error == seL4_NoError)
        error = seL4_TCB_WriteRegisters(t->tcb, 1, 0, 2, &registers);
    return error;
}

/* ---- tests */

TEST(boot_info_names_the_root_tasks_own_objects)
{
    CHECK(boot->ipcBuffer == seL4_GetIPCBuffer());
    CHECK_EQUAL(boot->initThreadCNodeSizeBits, CONFIG_ROOT_CNODE_SIZE_BITS);
    CHECK_EQUAL(boot->numNodes, 1);
    CHECK_EQUAL(boot->empty.end, 1ul << CONFIG_ROOT_CNODE_SIZE_BITS);
    CHECK(boot->schedcontrol.end - boot->schedcontrol.start == 1);
    CHECK(boot->userImageFrames.end > boot->userImageFrames.start);
    CHECK(memory != 0);
}

/* What the debug kernel calls the type of a capability; 0: the slot is empty. */
static bool slots_hold_the_same(seL4_SlotRegion slots)
{
    for (seL4_CPtr i = slots.start; i < slots.end; i++)
        if (!seL4_DebugCapIdentify(i) || seL4_DebugCapIdentify(i) != seL4_DebugCapIdentify(slots.start))
            return false;
    return true;
}

TEST(the_fixed_slots_hold_what_libsel4_says_and_the_others_nothing)
{
    static const seL4_CPtr held[] = {
        seL4_CapInitThreadTCB, seL4_CapInitThreadCNode, seL4_CapInitThreadVSpace, seL4_CapIRQControl, seL4_CapASIDControl,
        seL4_CapInitThreadASIDPool, seL4_CapBootInfoFrame, seL4_CapInitThreadIPCBuffer, seL4_CapDomain, seL4_CapInitThreadSC,
    };
    unsigned count = 0;

    for (seL4_CPtr i = 0; i < seL4_NumInitialCaps; i++)
        count += seL4_DebugCapIdentify(i) != 0;
    CHECK_EQUAL(count, sizeof held / sizeof held[0]);
    for (unsigned i = 0; i < sizeof held / sizeof held[0]; i++) {
        CHECK(seL4_DebugCapIdentify(held[i]) != 0);
        for (unsigned j = 0; j < i; j++)
            CHECK(seL4_DebugCapIdentify(held[i]) != seL4_DebugCapIdentify(held[j]) ||
                  (held[i] == seL4_CapInitThreadIPCBuffer && held[j] == seL4_CapBootInfoFrame));
    }
}

TEST(the_ranges_of_boot_info_are_all_slots_in_use_and_each_holds_one_type)
{
    const seL4_SlotRegion ranges[] = { boot->schedcontrol, boot->userImagePaging, boot->userImageFrames, boot->extraBIPages,
                                       boot->untyped };
    seL4_Word used = seL4_NumInitialCaps;

    for (unsigned i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        CHECK(ranges[i].start < ranges[i].end && ranges[i].start >= seL4_NumInitialCaps && slots_hold_the_same(ranges[i]));
        used += ranges[i].end - ranges[i].start;
    }
    CHECK_EQUAL(used, boot->empty.start);
    CHECK(boot->sharedFrames.start == boot->sharedFrames.end && boot->ioSpaceCaps.start == boot->ioSpaceCaps.end);
    CHECK(boot->nodeID == 0 && boot->numIOPTLevels == 0 && boot->initThreadDomain == 0);
    CHECK_EQUAL(seL4_DebugCapIdentify(boot->empty.end - 1), 0);
}

TEST(untypeds_are_aligned_and_apart_and_each_has_its_size)
{
    const seL4_Word count = boot->untyped.end - boot->untyped.start;

    for (seL4_Word i = 0; i < count; i++) {
        const seL4_UntypedDesc *u = &boot->untypedList[i];

        CHECK(u->sizeBits >= seL4_MinUntypedBits && u->sizeBits <= seL4_MaxUntypedBits && u->isDevice <= 1);
        CHECK_EQUAL(u->paddr & (LIBSEL4_BIT(u->sizeBits) - 1), 0);
        for (seL4_Word j = 0; j < i; j++)
            CHECK(u->paddr + LIBSEL4_BIT(u->sizeBits) <= boot->untypedList[j].paddr ||
                  boot->untypedList[j].paddr + LIBSEL4_BIT(boot->untypedList[j].sizeBits) <= u->paddr);
    }
}

extern char __executable_start[], _end[];

TEST(the_nth_frame_of_the_image_is_its_nth_page)
{
    const seL4_Word pages = ((seL4_Word)_end - (seL4_Word)__executable_start + PAGE - 1) / PAGE;
    const seL4_CPtr copy = next_slot++, own = boot->userImageFrames.start + ((seL4_Word)&boot - (seL4_Word)__executable_start) / PAGE;
    seL4_BootInfo *volatile *seen = (seL4_BootInfo *volatile *)(WINDOW + 8ul * PAGE + ((seL4_Word)&boot & (PAGE - 1)));

    CHECK_EQUAL(boot->userImageFrames.end - boot->userImageFrames.start, pages);
    CHECK_EQUAL(seL4_CNode_Copy(seL4_CapInitThreadCNode, copy, 64, seL4_CapInitThreadCNode, own, 64, seL4_CanRead), seL4_NoError);
    CHECK_EQUAL(map(copy, WINDOW + 8ul * PAGE, seL4_CanRead), seL4_NoError);
    CHECK(*seen == boot);
    CHECK(seL4_ARM_Page_GetAddress(copy).paddr == seL4_ARM_Page_GetAddress(own).paddr);
}

TEST(extra_records_fill_their_length_and_one_is_a_device_tree)
{
    const char *const first = (const char *)boot + seL4_BootInfoFrameSize;
    seL4_Word at = 0, trees = 0;

    for (; at < boot->extraLen; at += ((const seL4_BootInfoHeader *)(const void *)(first + at))->len) {
        const seL4_BootInfoHeader *header = (const seL4_BootInfoHeader *)(const void *)(first + at);

        CHECK(header->len >= sizeof *header && header->id < SEL4_BOOTINFO_HEADER_NUM);
        if (header->id == SEL4_BOOTINFO_HEADER_FDT && !memcmp(header + 1, "\xd0\x0d\xfe\xed", 4))
            trees++;
    }
    CHECK(at == boot->extraLen && trees == 1);
    CHECK_EQUAL(boot->extraBIPages.end - boot->extraBIPages.start, (boot->extraLen + PAGE - 1) / PAGE);
    CHECK_EQUAL((seL4_Word)boot & (PAGE - 1), 0);
}

TEST(every_type_of_object_can_be_made)
{
    CHECK(make(seL4_TCBObject, 0) && make(seL4_EndpointObject, 0) && make(seL4_NotificationObject, 0));
    CHECK(make(seL4_ReplyObject, 0) && make(seL4_CapTableObject, 4));
    CHECK(make(seL4_SchedContextObject, seL4_MinSchedContextBits));
    CHECK(make(seL4_ARM_SmallPageObject, 0) && make(seL4_ARM_LargePageObject, 0));
    CHECK(make(seL4_ARM_PageTableObject, 0) && make(seL4_ARM_VSpaceObject, 0));
    CHECK(make(sel4ish_RegistryObject, 0) && make(sel4ish_InterfaceObject, 0) && make(sel4ish_ConnectionObject, 0));
}

TEST(a_capability_can_be_copied_minted_moved_and_deleted)
{
    seL4_CPtr notification = make(seL4_NotificationObject, 0);
    seL4_CPtr badged = next_slot++, moved = next_slot++;
    seL4_CPtr root = seL4_CapInitThreadCNode;
    seL4_Word badge = 0;

    CHECK_EQUAL(seL4_CNode_Mint(root, badged, 64, root, notification, 64, seL4_AllRights, 5), seL4_NoError);
    CHECK_EQUAL(seL4_CNode_Mint(root, badged, 64, root, notification, 64, seL4_AllRights, 5), seL4_DeleteFirst);
    CHECK_EQUAL(seL4_CNode_Move(root, moved, 64, root, badged, 64), seL4_NoError);
    seL4_Signal(moved);
    seL4_Wait(notification, &badge);
    CHECK_EQUAL(badge, 5);
    CHECK_EQUAL(seL4_CNode_Delete(root, moved, 64), seL4_NoError);
    CHECK_EQUAL(seL4_CNode_Copy(root, badged, 64, root, notification, 64, seL4_CanRead), seL4_NoError);
    CHECK_EQUAL(seL4_CNode_Revoke(root, notification, 64), seL4_NoError);
}

TEST(a_mapped_page_is_zero_and_keeps_what_is_written)
{
    volatile seL4_Word *page = (volatile seL4_Word *)(uintptr_t)WINDOW;
    seL4_CPtr frame = make(seL4_ARM_SmallPageObject, 0);

    CHECK_EQUAL(map(frame, WINDOW, seL4_ReadWrite), seL4_NoError);
    for (unsigned i = 0; i < PAGE / sizeof *page; i++)
        CHECK_EQUAL(page[i], 0);
    page[7] = 0x5e14;
    CHECK_EQUAL(page[7], 0x5e14);
    CHECK_EQUAL(seL4_ARM_Page_Map(frame, seL4_CapInitThreadVSpace, WINDOW, seL4_CanRead, seL4_ARM_Default_VMAttributes),
                seL4_NoError);
    CHECK_EQUAL(page[7], 0x5e14);
    CHECK_EQUAL(seL4_ARM_Page_Unmap(frame), seL4_NoError);
}

static struct thread server, victim;
static seL4_CPtr server_endpoint, server_reply;

/* Answers every call with its words, each plus one, and the sender's badge. */
static void serve(void)
{
    seL4_Word badge;
    seL4_MessageInfo_t info = seL4_Recv(server_endpoint, &badge, server_reply);

    for (;;) {
        seL4_Word length = seL4_MessageInfo_get_length(info);

        for (seL4_Word i = 0; i < length; i++)
            seL4_SetMR((int)i, seL4_GetMR((int)i) + 1);
        seL4_SetMR((int)length, badge);
        info = seL4_ReplyRecv(server_endpoint, seL4_MessageInfo_new(0, 0, 0, length + 1), &badge, server_reply);
    }
}

TEST(a_call_reaches_another_thread_and_its_reply_comes_back)
{
    seL4_CPtr root = seL4_CapInitThreadCNode, badged;
    seL4_MessageInfo_t info;

    server_endpoint = make(seL4_EndpointObject, 0);
    server_reply = make(seL4_ReplyObject, 0);
    badged = next_slot++;
    CHECK_EQUAL(seL4_CNode_Mint(root, badged, 64, root, server_endpoint, 64, seL4_AllRights, 0x77), seL4_NoError);
    CHECK_EQUAL(thread_start(&server, serve, WINDOW + PAGE, seL4_CapNull, false), seL4_NoError);
    for (seL4_Word length = 0; length <= 20; length += 5) {
        for (seL4_Word i = 0; i < length; i++)
            seL4_SetMR((int)i, 100 * i);
        info = seL4_Call(badged, seL4_MessageInfo_new(0, 0, 0, length));
        CHECK_EQUAL(seL4_MessageInfo_get_length(info), length + 1);
        for (seL4_Word i = 0; i < length; i++)
            CHECK_EQUAL(seL4_GetMR((int)i), 100 * i + 1);
        CHECK_EQUAL(seL4_GetMR((int)length), 0x77);
    }
}

static volatile seL4_Word *const bad_address = (volatile seL4_Word *)0x30000000;
static volatile seL4_Word victim_read;
static seL4_CPtr victim_done;

static void touch(void)
{
    victim_read = *bad_address;
    seL4_Signal(victim_done);
    for (;;)
        seL4_Wait(victim_done, NULL);
}

TEST(a_fault_is_told_to_its_handler_and_the_reply_resumes_the_thread)
{
    seL4_CPtr faults = make(seL4_EndpointObject, 0), reply = make(seL4_ReplyObject, 0);
    seL4_CPtr frame = make(seL4_ARM_SmallPageObject, 0);
    volatile seL4_Word *page = (volatile seL4_Word *)(uintptr_t)(WINDOW + 2 * PAGE);
    seL4_Fault_t fault;

    victim_done = make(seL4_NotificationObject, 0);
    CHECK_EQUAL(map(frame, (seL4_Word)page, seL4_ReadWrite), seL4_NoError);
    *page = 0x1234;
    CHECK_EQUAL(seL4_ARM_Page_Unmap(frame), seL4_NoError);
    CHECK_EQUAL(thread_start(&victim, touch, WINDOW + 3 * PAGE, faults, false), seL4_NoError);
    fault = seL4_getFault(seL4_Recv(faults, NULL, reply));
    CHECK_EQUAL(seL4_Fault_get_seL4_FaultType(fault), seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_Fault_VMFault_get_Addr(fault), bad_address);
    CHECK_EQUAL(seL4_Fault_VMFault_get_PrefetchFault(fault), 0);
    CHECK(seL4_Fault_VMFault_get_IP(fault) >= (seL4_Word)touch &&
          seL4_Fault_VMFault_get_IP(fault) < (seL4_Word)touch + 64);
    CHECK_EQUAL(map(frame, (seL4_Word)bad_address, seL4_ReadWrite), seL4_NoError);
    seL4_Send(reply, seL4_MessageInfo_new(0, 0, 0, 0));
    seL4_Wait(victim_done, NULL);
    CHECK_EQUAL(victim_read, 0x1234);
}

TEST(vector_registers_survive_a_call)
{
    volatile double a = 1.5, b = 2.25;
    double product = a * b;
    char text[32];

    seL4_Call(server_endpoint, seL4_MessageInfo_new(0, 0, 0, 0));
    snprintf(text, sizeof text, "%.4f", product);
    CHECK(!strcmp(text, "3.3750"));
}

TEST(a_thread_that_is_suspended_can_be_read)
{
    seL4_UserContext registers;

    CHECK_EQUAL(seL4_TCB_ReadRegisters(victim.tcb, 1, 0, 2, &registers), seL4_NoError);
    CHECK(registers.sp > (seL4_Word)victim.stack && registers.sp <= (seL4_Word)victim.stack + sizeof victim.stack);
}

TEST(the_refills_that_a_context_may_have_are_those_that_the_header_says)
{
    for (seL4_Word bits = seL4_MinSchedContextBits; bits <= 16; bits++) {
        seL4_Word most = seL4_MaxExtraRefills(bits);
        seL4_CPtr sc = make(seL4_SchedContextObject, bits);

        CHECK_EQUAL(seL4_SchedControl_Configure(boot->schedcontrol.start, sc, 1000, 2000, most, 0), seL4_NoError);
        CHECK_EQUAL(seL4_SchedControl_Configure(boot->schedcontrol.start, sc, 1000, 2000, most + 1, 0), seL4_RangeError);
        CHECK_EQUAL(seL4_GetMR(1), most);
    }
}

int main(void)
{
    boot = seL4_GetBootInfo();
    next_slot = boot->empty.start;
    seL4_DebugNameThread(seL4_CapInitThreadTCB, "hello");
    printf("hello: %lu free slots, IPC buffer at %p\n", boot->empty.end - boot->empty.start, (void *)boot->ipcBuffer);
    list_untypeds();
    return sel4ish_test_run_all();
}
