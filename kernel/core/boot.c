/* SPDX-License-Identifier: BSD-2-Clause
 * Boot: gives every capability that there is to the first task, as libsel4 describes it, and starts it.
 *
 *   slots 1 .. 15         the fixed ones (enum initial_slot)
 *   then, in this order   schedcontrol, userImagePaging, userImageFrames, extraBIPages, untyped; the rest is empty
 *   address space         the program, IPC buffer page, BootInfo page, extra pages */
#include "boot.h"

#include "../object/irq.h"
#include "../object/sched_context.h"
#include "asid.h"
#include "assert.h"
#include "derivation.h"
#include "derive.h"
#include "memory.h"
#include "object.h"
#include "sched.h"
#include "thread.h"
#include "vspace.h"

enum { ROOT_PRIORITY = 255 };
#define PAGE_BYTES ((word_t)1 << ARCH_PAGE_BITS)
/* Where the pages behind the program are. */
enum { BUFFER_PAGE, BOOTINFO_PAGE, EXTRA_PAGES };

BOOT struct slot *boot_slot(const struct boot *boot, word_t index)
{
    assert(index < (word_t)1 << ROOT_CNODE_BITS);
    return cnode_slot(&boot->cnode, index);
}

BOOT APART static struct slot *put(const struct boot *boot, word_t index, const struct cap *cap)
{
    struct slot *slot = boot_slot(boot, index);

    derivation_insert(slot, cap, NULL);
    return slot;
}

BOOT APART static struct slot *put_object(struct boot *boot, word_t index, enum object_type type, unsigned size_bits)
{
    const struct cap cap = boot_object(boot, type, size_bits);

    return put(boot, index, &cap);
}

/* A control, which has no object. */
BOOT APART static void put_control(const struct boot *boot, word_t index, enum cap_type type)
{
    put(boot, index, &(struct cap){ .type = (uint8_t)type });
}

BOOT struct slot *boot_give(struct boot *boot, struct cap cap) { return put(boot, boot->next_slot++, &cap); }

BOOT static void make_cspace(struct boot *boot)
{
    boot->cnode = boot_object(boot, OBJ_CNODE, ROOT_CNODE_BITS);
    boot->cnode.extra = WORD_BITS - ROOT_CNODE_BITS;
    boot->next_slot = INITIAL_SLOTS;
    put(boot, INITIAL_CNODE, &boot->cnode);
    put_control(boot, INITIAL_IRQ_CONTROL, CAP_IRQ_CONTROL);
    put_control(boot, INITIAL_ASID_CONTROL, CAP_ASID_CONTROL);
    put_control(boot, INITIAL_DOMAIN, CAP_DOMAIN);
}

BOOT static void make_vspace(struct boot *boot)
{
    struct slot *vspace = put_object(boot, INITIAL_VSPACE, OBJ_VSPACE, 0);
    struct cap pool = boot_object(boot, OBJ_PAGE_TABLE, 0);     /* a pool is as large */

    pool.type = CAP_ASID_POOL;
    (void)asid_pool_install(pool.object, &pool.badge);          /* the first of many */
    const seL4_Error error = asid_assign(pool.object, pool.badge, vspace->cap.object, &boot->tag);
    assert(!error);
    vspace->cap.flags |= CAP_MAPPED;
    vspace->cap.aux = boot->tag;
    put(boot, INITIAL_ASID_POOL, &pool);
}

BOOT static word_t extra_bytes(const struct boot *boot)
{
    return align_up(sizeof(struct seL4_BootInfoHeader) + boot->machine->device_tree_bytes, 3);
}

/* The extra records: one, the device tree. Its pages lie in one block. */
BOOT static uint8_t *make_extra(struct boot *boot)
{
    const word_t bytes = extra_bytes(boot);
    const uint8_t *tree = boot->machine->device_tree;
    unsigned bits = ARCH_PAGE_BITS;

    while ((word_t)1 << bits < bytes)
        bits++;
    uint8_t *extra = boot_object(boot, OBJ_SC, bits).object;    /* zeros of any size */
    *(struct seL4_BootInfoHeader *)(void *)extra = (struct seL4_BootInfoHeader){ BOOTINFO_DEVICE_TREE, bytes };
    for (size_t i = 0; i < boot->machine->device_tree_bytes; i++)
        extra[sizeof(struct seL4_BootInfoHeader) + i] = tree[i];
    return extra;
}

BOOT static vaddr_t behind(const struct boot *boot, unsigned page) { return boot->end + page * PAGE_BYTES; }

BOOT static void map_extra(struct boot *boot, uint8_t *extra)
{
    boot->info->extraLen = extra_bytes(boot);
    boot->info->extraBIPages.start = boot->next_slot;
    for (word_t at = 0; at < boot->info->extraLen; at += PAGE_BYTES) {
        struct slot *frame = boot_give(boot, object_create(OBJ_FRAME_SMALL, 0, extra + at, 1, false));
        boot_map(boot, frame, behind(boot, EXTRA_PAGES) + at, RIGHT_READ | RIGHT_WRITE, true);
    }
    boot->info->extraBIPages.end = boot->next_slot;
}

BOOT static void fill_address_space(struct boot *boot, uint8_t *extra)
{
    const word_t pages = EXTRA_PAGES + (align_up(extra_bytes(boot), ARCH_PAGE_BITS) >> ARCH_PAGE_BITS);
    struct slot *bootinfo = put_object(boot, INITIAL_BOOTINFO, OBJ_FRAME_SMALL, 0);
    struct slot *buffer = put_object(boot, INITIAL_BUFFER, OBJ_FRAME_SMALL, 0);

    boot->info = bootinfo->cap.object;
    boot->info->numNodes = 1;
    boot->info->initThreadCNodeSizeBits = ROOT_CNODE_BITS;
    boot->info->ipcBuffer = behind(boot, BUFFER_PAGE);
    boot->info->schedcontrol.start = boot->next_slot;
    put_control(boot, boot->next_slot++, CAP_SCHED_CONTROL);
    boot->info->schedcontrol.end = boot->next_slot;

    boot_image_tables(boot, pages);
    boot_image_map(boot);
    boot_map(boot, buffer, behind(boot, BUFFER_PAGE), RIGHT_READ | RIGHT_WRITE, true);
    boot_map(boot, bootinfo, behind(boot, BOOTINFO_PAGE), RIGHT_READ | RIGHT_WRITE, true);
    map_extra(boot, extra);
}

/* What the thread holds is a copy of what lies in its CSpace, as if TCB_Configure had been called. */
BOOT static void hold(struct boot *boot, struct thread *t, enum thread_slot which, enum initial_slot from)
{
    struct slot *source = boot_slot(boot, from);
    struct cap cap = source->cap;

    const seL4_Error error = cap_derive(source, &cap);
    assert(!error);
    derivation_insert(thread_slot(t, which), &cap, source);
}

BOOT static struct thread *make_thread(struct boot *boot)
{
    struct thread *t = put_object(boot, INITIAL_TCB, OBJ_TCB, 0)->cap.object;

    hold(boot, t, SLOT_CSPACE, INITIAL_CNODE);
    hold(boot, t, SLOT_VSPACE, INITIAL_VSPACE);
    thread_set_buffer(t, behind(boot, BUFFER_PAGE), &boot_slot(boot, INITIAL_BUFFER)->cap);
    hold(boot, t, SLOT_BUFFER, INITIAL_BUFFER);
    t->mcp = ROOT_PRIORITY;
    thread_set_priority(t, ROOT_PRIORITY);
    arch_frame_init(&t->frame, boot->entry, 0, behind(boot, BOOTINFO_PAGE));
    return t;
}

BOOT struct thread *kernel_boot(const struct boot_machine *machine)
{
    struct boot boot = { .machine = machine, .ram_count = machine->ram_count };

    for (unsigned i = 0; i < machine->ram_count; i++)
        boot.ram[i] = machine->ram[i];
    memory_init(machine);
    cpu_init();
    irq_init();
    boot_image_find(&boot);

    make_cspace(&boot);                         /* objects from the largest to the smallest */
    uint8_t *extra = make_extra(&boot);
    make_vspace(&boot);
    fill_address_space(&boot, extra);
    struct thread *t = make_thread(&boot);
    struct slot *sc = put_object(&boot, INITIAL_SC, OBJ_SC, SC_MIN_BITS);
    boot_untypeds(&boot);
    boot.info->empty = (struct seL4_SlotRegion){ boot.next_slot, (word_t)1 << ROOT_CNODE_BITS };

    sc_bind_boot(sc->cap.object, t);
    thread_resume(t);
    return sched_next();
}
