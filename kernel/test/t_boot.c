/* SPDX-License-Identifier: BSD-2-Clause
 * Boot: everything there is goes to the first task, once, and as libsel4 says. */
#include "../core/bootinfo.h"
#include "../core/invariants.h"
#include "../core/region.h"
#include "../core/vspace.h"
#include "../object/sched_context.h"
#include "fixture.h"

#include <string.h>
#include <unistd.h>

static struct seL4_BootInfo info;

static struct cap *cap_of(word_t slot) { return &root_slot(slot)->cap; }

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

TEST(the_first_task_may_run_whenever_nobody_else_does)
{
    boot();
    const struct sched_context *const sc = fixture.root->sc;
    CHECK(sc == cap_of(INITIAL_SC)->object && sc->thread == fixture.root);
    CHECK(sc->budget == sc->period && sc->count == 1 && !sc->sporadic && !sc->badge);
    CHECK(!fixture.root->domain && fixture.root->priority == 255 && fixture.root->mcp == 255);
}

TEST(the_extra_records_are_the_first_tasks_to_write)
{
    const uint32_t word = 7;

    boot();
    CHECK(info.extraLen && host_store(fixture.boot_info + 4096, &word, sizeof word));
}

/* ---- other machines */

static void boot_on(struct boot_machine machine)
{
    fixture_boot_on(machine);
    CHECK(host_load(fixture.boot_info, &info, sizeof info));
}

TEST(the_device_tree_is_handed_on_whole_however_many_pages_it_takes)
{
    enum { BYTES = 10000 };
    static uint8_t tree[BYTES], got[BYTES];
    struct seL4_BootInfoHeader header;
    struct boot_machine machine = fixture_machine();

    for (unsigned i = 0; i < BYTES; i++)
        tree[i] = (uint8_t)(i * 7);
    machine.device_tree = tree;
    machine.device_tree_bytes = BYTES;
    boot_on(machine);
    CHECK_EQUAL(info.extraBIPages.end - info.extraBIPages.start, 3);
    CHECK(host_load(fixture.boot_info + 4096, &header, sizeof header));
    CHECK_EQUAL(header.id, BOOTINFO_DEVICE_TREE);
    CHECK_EQUAL(header.len, info.extraLen);
    CHECK(header.len >= BYTES + sizeof header);
    for (unsigned i = 0; i < BYTES; i++)
        CHECK(host_load(fixture.boot_info + 4096 + sizeof header + i, &got[i], 1));
    CHECK(!memcmp(tree, got, BYTES));
}

/* Two pages, of which the first is higher. */
static void payload_at(uint64_t high, uint64_t low)
{
    enum { READ = 1, EXECUTE = 4 };
    const uint64_t header[] = { 0x64616f6c79617034, high, 2, 3 * 4096,
                                high, 4096,     4096, READ | EXECUTE,
                                low,  2 * 4096, 4096, READ };

    memcpy(arch_pointer(HOST_RAM_BASE), header, sizeof header);
    memset(arch_pointer(HOST_RAM_BASE + 4096), 0x5a, 4096);
}

TEST(each_segment_has_its_tables_and_what_is_given_lies_behind_the_highest)
{
    struct vspace_leaf leaf;
    uint32_t word;

    const struct boot_machine machine = fixture_machine();
    payload_at(0x80000000, 0x40000000);
    boot_on(machine);
    CHECK(host_fetch(0x80000000, &word, sizeof word) && word == 0x5a5a5a5a);
    CHECK(host_load(0x40000000, &word, sizeof word) && !host_fetch(0x40000000, &word, sizeof word));
    CHECK_EQUAL(host_findings(), 0);        /* what is fetched was published */
    CHECK(vspace_leaf(cap_of(INITIAL_VSPACE)->aux, 0x40000000, &leaf));
    CHECK_EQUAL(info.ipcBuffer, 0x80001000);
    CHECK_EQUAL(info.userImagePaging.end - info.userImagePaging.start,
                1 + 2 * 2); /* one of the top level, two of the others each */
    CHECK_EQUAL(fixture.root->frame.pc, 0x80000000);
}

TEST(what_is_given_may_end_where_its_table_does)
{
    uint8_t last;
    const struct boot_machine machine = fixture_machine();

    payload_at((1 << 21) - 4 * 4096, 4096);         /* and the buffer, BootInfo and its extra page behind it */
    boot_on(machine);
    CHECK_EQUAL(info.extraBIPages.end - info.extraBIPages.start, 1);
    CHECK(host_load((1 << 21) - 1, &last, sizeof last) && !host_load(1 << 21, &last, sizeof last));
    CHECK_EQUAL(info.userImagePaging.end - info.userImagePaging.start, 3);
}

TEST(what_is_given_may_lie_on_both_sides_of_a_tables_edge)
{
    const struct boot_machine machine = fixture_machine();

    payload_at(0x5fe000, 0x5fd000);
    boot_on(machine);
    CHECK_EQUAL(info.ipcBuffer, 0x5ff000);
    CHECK_EQUAL(fixture.boot_info, 0x600000);
    CHECK_EQUAL(info.userImagePaging.end - info.userImagePaging.start, 2 + 2);
}

TEST(the_first_address_space_is_as_large_as_any_other)
{
    boot();
    CHECK_EQUAL(cap_of(INITIAL_VSPACE)->size_bits, cap_of(object_new(OBJ_VSPACE, 0))->size_bits);
    CHECK_EQUAL(cap_of(INITIAL_TCB)->size_bits, cap_of(object_new(OBJ_TCB, 0))->size_bits);
}

TEST(an_object_comes_from_where_it_fits_and_is_aligned)
{
    struct boot_machine machine = fixture_machine();
    const paddr_t start = machine.ram[0].start, end = machine.ram[0].end;

    machine.ram_count = 3;
    machine.ram[0].end = end - 0x200000;
    machine.ram[1] = (struct memory_range){ end - 0x100000 + 16, end - 0x100000 + 4096 };      /* too small for most */
    machine.ram[2] =
        (struct memory_range){end - 0x80000 - 4096, end - 4096}; /* the CNode's size, and nowhere aligned */
    boot_on(machine);
    const paddr_t cnode = arch_paddr(cap_of(INITIAL_CNODE)->object);
    CHECK(cnode >= start && cnode < end - 0x200000);
    CHECK_EQUAL(cnode & (((word_t)1 << (13 + SLOT_BITS)) - 1), 0);
}

TEST(untypeds_that_the_first_task_could_not_be_told_of_are_not_made)
{
    struct boot_machine machine = fixture_machine();

    machine.device_count = BOOT_RANGES;
    for (unsigned i = 0; i < BOOT_RANGES; i++) {
        const paddr_t at = 0x10000000 + ((paddr_t)i << 24);

        machine.device[i] = (struct memory_range){ at + 4096, at + (1 << 24) - 4096 };     /* many powers of two */
    }
    boot_on(machine);
    CHECK_EQUAL(info.untyped.end - info.untyped.start, BOOTINFO_MAX_UNTYPEDS);
    CHECK_EQUAL(cap_of(info.untyped.end - 1)->type, CAP_UNTYPED);
    CHECK(slot_empty(root_slot(info.untyped.end)));
}

static void halted(void) { _exit(0); }

TEST(a_machine_without_memory_for_the_first_task_stops)
{
    struct boot_machine machine = fixture_machine();

    machine.ram[0] = (struct memory_range){ HOST_RAM_BASE + 0x10000, HOST_RAM_BASE + 0x12000 };
    host_expect_halt(halted);
    fixture_boot_on(machine);
    CHECK(false);
}
