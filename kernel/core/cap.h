/* SPDX-License-Identifier: BSD-2-Clause
 * Capability: a type, an object and what its holder may do with it.  Slot: the place in a CNode (or
 * in an object that consumed it) where a capability is kept, and its link in the derivation list.
 *
 * Invariants: a slot whose capability is CAP_NULL is in no list; every other slot is in the one
 * derivation list, which is a preorder walk of the derivation forest: a child stands after its parent
 * and before its parent's next sibling. Parenthood is computed (see derivation.c), not stored. */
#pragma once

#include "abi.h"

enum {                      /* cap.flags */
    CAP_DEVICE = 1,         /* untyped, frame: of device memory: never zeroed, never an IPC buffer */
    CAP_MAPPED = 2,         /* frame, page table: badge and aux name the mapping; vspace: aux is its tag */
    CAP_CONSUMED = 4,       /* frame: lies in a slot of the interface or connection that extra points to (see vspace.h) */
    CAP_WITHDRAWING = 8,    /* zombie: its object's slots are not to be touched yet (see delete.h) */
};

/* What each field means for each type; a field not named here is 0.
 *
 *   type           object         size_bits   badge           asid/aux        extra
 *   UNTYPED        first byte     of range    clean mark(*)   alignment (*)   watermark(*)   (*) see object/untyped.c
 *   TCB            struct thread
 *   ENDPOINT, NOTIFICATION  the object        badge
 *   CNODE          struct slot[]  radix       guard           guard's bits
 *   SC             struct sched_context  of object
 *   REPLY          struct reply
 *   FRAME          first byte     of frame    mapped vaddr    address space tag   consumer
 *   PAGE_TABLE     pte_t[]        12          mapped vaddr    address space tag
 *   VSPACE         pte_t[]        12                          address space tag
 *   ASID_POOL      struct asid_pool  12       first asid
 *   IRQ_HANDLER                                               irq
 *   SCHED_CONTROL                 processor
 *   SGI_SIGNAL                    irq, processor: see object/sgi.c
 *   REGISTRY       struct registry            label << 40 | instance << 32 | id << 16 | version, or 0
 *   INTERFACE, PROVIDER     struct interface
 *   CONNECTION, CLIENT      struct connection
 *   ZOMBIE         what is being taken apart  cap type it had (in aux)        slots still to empty (in extra) */
struct cap {
    uint8_t  type;          /* enum cap_type */
    rights_t rights;
    uint8_t  size_bits;
    uint8_t  flags;
    uint32_t aux;
    word_t   badge;
    void    *object;
    word_t   extra;
};

struct slot {
    struct cap cap;
    struct slot *next, *prev;   /* derivation list, preorder */
    bool original;              /* made by Retype or minted with a badge from an unbadged one: may have children */
    bool first_badged;          /* derived from an unbadged capability by giving it a badge */
};
_Static_assert(sizeof(struct slot) <= 1u << SLOT_BITS, "a slot is as large as it says");
/* A CNode's slots lie 1 << SLOT_BITS apart. */
union slot_cell { struct slot slot; uint8_t size[1u << SLOT_BITS]; };

static inline struct slot *cnode_slot(const struct cap *cnode, word_t index)
{
    return &((union slot_cell *)cnode->object)[index].slot;
}

/* The slot behind this one in the same CNode or object. */
static inline struct slot *slot_behind(struct slot *slot) { return &((union slot_cell *)(void *)slot)[1].slot; }
static inline bool slot_empty(const struct slot *s) { return s->cap.type == CAP_NULL; }
