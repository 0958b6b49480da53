/* SPDX-License-Identifier: BSD-2-Clause
 * Boot: everything there is goes to the first task, once, and as libsel4 says. */
#include "../core/bootinfo.h"
#include "../core/invariants.h"
#include "../core/region.h"
#include "../core/vspace.h"
#include "fixture.h"

static struct seL4_BootInfo info;

static void boot(void)
{
    fixture_boot();
    CHECK(host_load(fixture.boot_info, &info, sizeof info));
}

TEST(every_invariant_holds_when_the_first_task_starts)
{
    struct violation v;

    boot();
    CHECK(invariants_hold(&v));
}

TEST(all_free_memory_is_an_untyped_or_an_object_of_the_first_task)
{
    word_t bytes = 0;

    boot();
    for (word_t i = 0; i < (word_t)1 << info.initThreadCNodeSizeBits; i++) {
        const struct cap *cap = &root_slot(i)->cap;
        const paddr_t at = arch_paddr(cap->object);

        if (!cap_region_bits(cap) || (cap->flags & CAP_DEVICE) || at < HOST_RAM_BASE + 0x4000ul)
            continue; /* the payload and the tree are not free memory */
        bytes += (word_t)1 << cap_region_bits(cap);
    }
    /* What is lost is less than the smallest untyped and the padding of the extra records. */
    CHECK_EQUAL(bytes, HOST_RAM_BYTES - 0x4000);
}

TEST(what_the_boot_ran_on_is_an_untyped_that_the_boot_itself_did_not_touch)
{
    const uint8_t *memory = arch_pointer(FIXTURE_BOOT);

    boot();
    const struct seL4_UntypedDesc *last = &info.untypedList[info.untyped.end - info.untyped.start - 1];

    CHECK_EQUAL(last->paddr, FIXTURE_BOOT);
    CHECK_EQUAL(last->sizeBits, ARCH_PAGE_BITS);
    for (unsigned i = 0; i < 1u << ARCH_PAGE_BITS; i++)
        CHECK_EQUAL(memory[i], 'b');
}

TEST(the_fixed_slots_hold_what_libsel4_says)
{
    static const uint8_t types[INITIAL_SLOTS] = {
        [INITIAL_TCB] = CAP_TCB,
        [INITIAL_CNODE] = CAP_CNODE,
        [INITIAL_VSPACE] = CAP_VSPACE,
        [INITIAL_IRQ_CONTROL] = CAP_IRQ_CONTROL,
        [INITIAL_ASID_CONTROL] = CAP_ASID_CONTROL,
        [INITIAL_ASID_POOL] = CAP_ASID_POOL,
        [INITIAL_BOOTINFO] = CAP_FRAME,
        [INITIAL_BUFFER] = CAP_FRAME,
        [INITIAL_DOMAIN] = CAP_DOMAIN,
        [INITIAL_SC] = CAP_SC,
    };

    boot();
    for (word_t i = 0; i < INITIAL_SLOTS; i++)
        CHECK_EQUAL(root_slot(i)->cap.type, types[i]);
    CHECK_EQUAL(root_slot(info.schedcontrol.start)->cap.type, CAP_SCHED_CONTROL);
    for (word_t i = info.userImagePaging.start; i < info.userImagePaging.end; i++)
        CHECK_EQUAL(root_slot(i)->cap.type, CAP_PAGE_TABLE);
    for (word_t i = info.extraBIPages.start; i < info.extraBIPages.end; i++)
        CHECK_EQUAL(root_slot(i)->cap.type, CAP_FRAME);
    for (word_t i = info.empty.start; i < info.empty.end; i++)
        CHECK(slot_empty(root_slot(i)));
    CHECK_EQUAL(info.empty.end, (word_t)1 << info.initThreadCNodeSizeBits);
}

TEST(user_image_frames_are_in_order_and_mapped_where_the_program_is)
{
    boot();
    CHECK_EQUAL(info.userImageFrames.end - info.userImageFrames.start, 2);
    for (word_t i = 0; i < 2; i++) {
        const struct cap *frame = &root_slot(info.userImageFrames.start + i)->cap;
        struct vspace_leaf leaf;

        CHECK_EQUAL(frame->badge, 0x400000 + i * 4096);
        CHECK(vspace_leaf(frame->aux, frame->badge, &leaf) && leaf.page == arch_paddr(frame->object));
    }
}

TEST(the_first_task_can_unmap_and_reuse_its_own_image)
{
    uint32_t word;

    boot();
    host_set_check(invariants_check);
    const word_t data = info.userImageFrames.start + 1;
    CHECK_EQUAL(do_op(data, ARMPageUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(!host_load(0x401000, &word, 4));
    CHECK_EQUAL(do_op(data, ARMPageMap, ARGS(0x402000 + 0x4000, 3, 1), CAPS(ROOT_VSPACE)), seL4_NoError);
    CHECK(host_load(0x406000, &word, 4));
}

TEST(what_the_first_task_is_given_lies_behind_its_program)
{
    boot();
    CHECK(fixture.boot_info >= 0x400000 + 2 * 4096ul);
    CHECK(info.ipcBuffer >= 0x400000 + 2 * 4096ul);
}

TEST(the_extra_records_are_the_first_tasks_to_write)
{
    const uint32_t word = 7;

    boot();
    CHECK(info.extraLen && host_store(fixture.boot_info + 4096, &word, sizeof word));
}
