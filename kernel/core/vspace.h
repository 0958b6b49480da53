/* SPDX-License-Identifier: BSD-2-Clause
 * Address space: a tree of page tables under a VSpace object, named by a tag while it has an ASID.
 *
 * A tag is asid | generation << 16 (0: none). An ASID that is given out again gets the next generation, so a tag kept
 * by a frame or a connection of an address space that is gone never names another. A capability of type VSPACE with
 * CAP_MAPPED set carries the tag in aux.
 *
 * Invariant: every leaf entry is named by one frame capability (CAP_MAPPED, badge = vaddr, aux = tag) or by one live
 * end of a connection, or more where a table was taken out; no leaf is both writable and executable (arch_pte_leaf
 * sees to it). */
#pragma once

#include "../arch/arch.h"
#include "cap.h"
#include "cpu.h"

static inline unsigned level_bits(unsigned level)     /* address bits that one entry of a level covers */
{
    return ARCH_PAGE_BITS + ARCH_PT_BITS * (ARCH_PT_LEVELS - 1 - level);
}

static inline word_t tag_asid(uint32_t tag) { return tag & 0xffff; }

/* The root table of the address space that tag names; null when it is gone or has no ASID any more. */
pte_t *vspace_root(uint32_t tag);
/* Is this a VSpace capability whose address space can be mapped into? Its tag is then cap->aux. */
bool vspace_usable(const struct cap *cap);
/* Is all of start .. start + bytes - 1 user space, without wrapping? bytes > 0. */
bool vaddr_range_is_user(vaddr_t start, word_t bytes);

/* An entry of a table, and how many address bits it covers. */
struct vspace_place { pte_t *entry; unsigned bits; };

static inline enum pte_kind place_kind(struct vspace_place at) { return arch_pte_kind(*at.entry, at.bits); }
/* Does it map page, which is of that size? */
static inline bool place_maps(struct vspace_place at, unsigned size_bits, paddr_t page)
{
    return at.bits == size_bits && place_kind(at) == PTE_LEAF && arch_pte_addr(*at.entry) == page;
}
/* Go down from a root table towards vaddr to the entry that is no table, or that covers `bits` at the latest. */
struct vspace_place vspace_find(pte_t *root, vaddr_t vaddr, unsigned bits);
/* Write a leaf, of the size of that place, which is a hole or a leaf. */
void vspace_set(struct vspace_place at, uint32_t tag, vaddr_t vaddr, paddr_t page, rights_t rights, struct mem mem);

/* Could `count` leaves of 1 << size_bits be mapped from start (aligned, in user space)?
 * seL4_NoError: yes, all tables are there and every entry is a hole.
 * seL4_FailedLookup: a table is missing; *missing_bits is its level's bits, as seL4_MappingFailedLookupLevel wants: 21, 30
 * or 39.
 * seL4_DeleteFirst: something is mapped there. The address space is live. */
seL4_Error vspace_check_range(uint32_t tag, vaddr_t start, unsigned size_bits, word_t count,
                              unsigned *missing_bits) MUST_USE;
/* Write one leaf, which vspace_check_range found possible (or change the one that is there). Never fails. */
void vspace_map(uint32_t tag, vaddr_t vaddr, unsigned size_bits, paddr_t page, rights_t rights, struct mem mem);
/* Remove the leaf at vaddr if it still maps page with that size; otherwise (space, table or mapping gone) do nothing. */
void vspace_unmap(uint32_t tag, vaddr_t vaddr, unsigned size_bits, paddr_t page);
/* Put an empty table in the first hole on the way to vaddr: seL4_DeleteFirst when there is none above the last level.
 * *mapped_at: the first address it serves. */
seL4_Error vspace_map_table(uint32_t tag, vaddr_t vaddr, pte_t *table, vaddr_t *mapped_at) MUST_USE;
/* Take that table out again, if it is still there. */
void vspace_unmap_table(uint32_t tag, vaddr_t vaddr, const pte_t *table);
struct vspace_leaf { paddr_t page; unsigned size_bits; bool writable; };
/* The leaf that maps vaddr. False when there is none. */
bool vspace_leaf(uint32_t tag, vaddr_t vaddr, struct vspace_leaf *leaf);

/* Make the machine use t's address space; the empty one when its capability is to no usable VSpace, or t is null. */
void vspace_enter(const struct cpu *cpu, struct thread *t);
/* Is it what it was when t ran last? */
static inline bool vspace_known(const struct cpu *cpu, const struct thread *t)
{
    return t->space.seen == cpu->spaces_ended && t->slots[SLOT_VSPACE].slot.cap.type == CAP_VSPACE;
}
/* An address space has ended, perhaps the one that the machine uses, whatever the current thread's capability names by
 * now: the machine uses what that names, or the empty one. */
void vspace_leave_ended(void);

/* Copying and consuming frames: is this the only capability to a RAM frame, unmapped and childless?
 * seL4_InvalidCapability: not a frame, or device memory. seL4_RevokeFirst: copies. seL4_DeleteFirst: mapped. */
seL4_Error frame_check_sole(const struct slot *slot) MUST_USE;
/* A frame that an interface or a connection consumed: its capability lies in a slot of that object, has CAP_CONSUMED set
 * and extra = the object (the consumer sets both). When such a slot is deleted, whatever the way (revocation of the
 * frame's untyped, end of the object), this is called before the capability goes: remove what maps it. Defined by
 * object/connection.c. */
void frame_consumed_gone(struct slot *slot);
