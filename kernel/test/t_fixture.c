/* SPDX-License-Identifier: BSD-2-Clause
 * What the kernel gives the first task, and that the fixture's helpers work as others rely on. */
#include "../core/bootinfo.h"
#include "fixture.h"

static struct seL4_BootInfo info;

TEST(the_first_thread_starts_at_its_entry_and_is_told_where_bootinfo_is)
{
    fixture_boot();
    CHECK(host_current() == fixture.root && this_cpu()->current == fixture.root);
    CHECK_EQUAL(fixture.root->frame.pc, 0x400000);
    CHECK(host_load(fixture.boot_info, &info, sizeof info));
    CHECK(info.untyped.end > info.untyped.start && info.empty.start == info.untyped.end);
    CHECK_EQUAL(info.initThreadCNodeSizeBits, 13);
    CHECK_EQUAL(info.ipcBuffer, fixture.root->buffer_vaddr);
}

TEST(untypeds_name_the_memory_that_bootinfo_says)
{
    bool device_seen = false;

    fixture_boot();
    CHECK(host_load(fixture.boot_info, &info, sizeof info));
    for (word_t i = 0; i < info.untyped.end - info.untyped.start; i++) {
        const struct cap *cap = &root_slot(info.untyped.start + i)->cap;

        CHECK_EQUAL(cap->type, CAP_UNTYPED);
        CHECK_EQUAL(arch_paddr(cap->object), info.untypedList[i].paddr);
        CHECK_EQUAL(cap->size_bits, info.untypedList[i].sizeBits);
        CHECK(!(cap->flags & CAP_DEVICE) == !info.untypedList[i].isDevice);
        if (info.untypedList[i].isDevice)
            device_seen = info.untypedList[i].paddr == HOST_DEVICE_BASE;
    }
    CHECK(device_seen);
}

TEST(the_first_program_may_be_fetched_and_its_data_written_and_not_the_other_way_round)
{
    uint32_t word = 0;

    fixture_boot();
    CHECK(host_fetch(0x400000, &word, 4) && !host_store(0x400000, &word, 4));
    CHECK(host_store(0x401000, &word, 4) && !host_fetch(0x401000, &word, 4));
}

TEST(the_device_tree_follows_bootinfo_as_an_extra_record)
{
    struct seL4_BootInfoHeader header;
    char first;

    fixture_boot();
    CHECK(host_load(fixture.boot_info + BOOTINFO_EXTRA_OFFSET, &header, sizeof header));
    CHECK_EQUAL(header.id, BOOTINFO_DEVICE_TREE);
    CHECK(host_load(fixture.boot_info + BOOTINFO_EXTRA_OFFSET + sizeof header, &first, 1) && first == 't');
}

TEST(an_object_can_be_made_from_untyped)
{
    fixture_boot();
    CHECK_EQUAL(root_slot(object_new(OBJ_ENDPOINT, 0))->cap.type, CAP_ENDPOINT);
}

TEST(a_thread_of_higher_priority_runs_when_it_is_started)
{
    word_t tcb;

    fixture_boot();
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(100), CAPS(ROOT_TCB)), seL4_NoError);
    tcb = thread_new(150, true);
    thread_start(tcb, 0x400000);
    CHECK(host_current() == thread_of(tcb));
    CHECK_EQUAL(host_current()->frame.pc, 0x400000);
}

TEST(the_timer_divides_time_between_threads_of_one_priority)
{
    word_t a, b;

    fixture_boot();
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(100), CAPS(ROOT_TCB)), seL4_NoError);
    a = thread_new(90, false);
    b = thread_new(90, false);
    thread_start(a, 0x400000);
    thread_start(b, 0x400000);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == thread_of(a));
    host_advance(arch_us_to_ticks(1000));
    CHECK(host_current() == thread_of(b));
    host_advance(arch_us_to_ticks(1000));
    CHECK(host_current() == thread_of(a));
}

TEST(vector_registers_follow_their_thread)
{
    word_t other;

    fixture_boot();
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(100), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK(host_fpu_use(1111) == fixture.root);
    other = thread_new(150, false);
    thread_start(other, 0x400000);
    CHECK(host_current() == thread_of(other));
    CHECK_EQUAL(host_fpu_read(), 0);
    host_fpu_use(2222);
    CHECK(host_vm_fault(0, false, false) == fixture.root);      /* nobody handles it: it stops */
    CHECK_EQUAL(host_fpu_read(), 1111);
}
