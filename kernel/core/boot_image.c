/* SPDX-License-Identifier: BSD-2-Clause
 * Boot image: the first task's program, which the image tool laid out in pages; they are mapped where they lie. */
#include "assert.h"
#include "boot.h"
#include "memory.h"
#include "object.h"
#include "vspace.h"

#define PAYLOAD_MAGIC 0x64616f6c79617034u       /* "4payload" */
enum { PAYLOAD_SEGMENTS = 8, SEGMENT_READ = 1, SEGMENT_WRITE = 2, SEGMENT_EXECUTE = 4 };
#define PAGE_BYTES ((word_t)1 << ARCH_PAGE_BITS)

/* The payload's first page; the segments' pages follow. */
struct boot_payload {
    uint64_t magic, entry, segment_count, total_bytes;
    struct segment { uint64_t vaddr, offset, bytes, flags; } segments[PAYLOAD_SEGMENTS];
};

BOOT static const struct boot_payload *payload(const struct boot *boot)
{
    return arch_pointer(boot->machine->payload.start);
}

BOOT void boot_image_find(struct boot *boot)
{
    const struct memory_range room = boot->machine->payload;
    const struct boot_payload *p = payload(boot);

    assert(p->magic == PAYLOAD_MAGIC && p->segment_count <= PAYLOAD_SEGMENTS);
    assert(p->total_bytes <= room.end - room.start);
    boot->entry = p->entry;
    for (unsigned i = 0; i < p->segment_count; i++) {
        const struct segment *s = &p->segments[i];

        assert(aligned(s->vaddr | s->offset | s->bytes, ARCH_PAGE_BITS));
        assert(s->offset <= p->total_bytes && s->bytes <= p->total_bytes - s->offset);
        assert(s->bytes && vaddr_range_is_user(s->vaddr, s->bytes));
        if (boot->end < s->vaddr + s->bytes)
            boot->end = s->vaddr + s->bytes;
    }
}

BOOT static void table_for(struct boot *boot, vaddr_t vaddr)
{
    unsigned missing;

    while (vspace_check_range(boot->tag, vaddr, ARCH_PAGE_BITS, 1, &missing) == seL4_FailedLookup) {
        struct slot *slot = boot_give(boot, boot_object(boot, OBJ_PAGE_TABLE, 0));
        const seL4_Error error = vspace_map_table(boot->tag, vaddr, slot->cap.object, &slot->cap.badge);

        assert(!error);
        slot->cap.flags |= CAP_MAPPED;
        slot->cap.aux = boot->tag;
    }
}

BOOT static void tables_for(struct boot *boot, vaddr_t start, word_t bytes)
{
    const word_t step = (word_t)1 << level_bits(ARCH_PT_LEVELS - 2);    /* what one table of the last level serves */

    for (vaddr_t at = start & ~(step - 1); at < start + bytes; at += step)
        table_for(boot, at);
}

BOOT void boot_image_tables(struct boot *boot, word_t pages)
{
    const struct boot_payload *p = payload(boot);

    boot->info->userImagePaging.start = boot->next_slot;
    for (unsigned i = 0; i < p->segment_count; i++)
        tables_for(boot, p->segments[i].vaddr, p->segments[i].bytes);
    tables_for(boot, boot->end, pages << ARCH_PAGE_BITS);
    boot->info->userImagePaging.end = boot->next_slot;
}

BOOT void boot_map(struct boot *boot, struct slot *frame, vaddr_t vaddr, rights_t rights, bool never_execute)
{
    const struct mem mem = { .kind = MEM_NORMAL, .never_execute = never_execute };
    unsigned missing;
    const seL4_Error error = vspace_check_range(boot->tag, vaddr, ARCH_PAGE_BITS, 1, &missing);

    assert(!error);     /* else two segments share a page */
    vspace_map(boot->tag, vaddr, ARCH_PAGE_BITS, arch_paddr(frame->cap.object), rights, mem);
    frame->cap.flags |= CAP_MAPPED;
    frame->cap.badge = vaddr;
    frame->cap.aux = boot->tag;
}

BOOT static void map_segment(struct boot *boot, const struct segment *s)
{
    const rights_t rights = RIGHT_READ | (s->flags & SEGMENT_WRITE ? RIGHT_WRITE : 0);
    const bool executable = s->flags & SEGMENT_EXECUTE;
    uint8_t *memory = arch_pointer(boot->machine->payload.start + s->offset);

    assert(!(executable && (rights & RIGHT_WRITE)));
    if (executable)
        arch_code_publish(memory, s->bytes);
    for (word_t at = 0; at < s->bytes; at += PAGE_BYTES) {
        struct slot *frame = boot_give(boot, object_create(OBJ_FRAME_SMALL, 0, memory + at, 1, false));
        boot_map(boot, frame, s->vaddr + at, rights, !executable);
    }
}

BOOT void boot_image_map(struct boot *boot)
{
    const struct boot_payload *p = payload(boot);

    boot->info->userImageFrames.start = boot->next_slot;
    for (unsigned i = 0; i < p->segment_count; i++)
        map_segment(boot, &p->segments[i]);
    boot->info->userImageFrames.end = boot->next_slot;
}
