/* SPDX-License-Identifier: BSD-2-Clause
 * The loader's own CNode: one that is large enough for everything in the spec, in place of the one that it was born
 * with.
 *
 * Capabilities that the loader needs keep their slot numbers, and the new CNode contains itself where the old one did,
 * so libsel4's names hold on. Containing itself is also what lets it, and so every object in it, outlive the loader. */
#include "caps.h"
#include "table.h"

enum {
    OLD_CNODE_SLOT = 8,         /* free in every BootInfo (IOSpace exists on other machines); emptied below */
    WORD_BITS = 64,
    SCRATCH_SLOTS = 1,
    REPLY_SLOTS = 1,
    FILLERS_OF_ONE_FRAME = 70,  /* a gap is cut into at most two untypeds for each size between page and largest */
    VSPACES_OF_ONE_POOL = 1 << seL4_ASIDPoolIndexBits,
    SLOTS_OF_ONE_POOL = 2,
};

static uint64_t slots_needed(const struct loader *loader)
{
    const struct spec *spec = &loader->spec;
    const uint64_t pools = spec->counts[SPEC_VSPACES] / VSPACES_OF_ONE_POOL + 1;
    uint64_t fixed = 0;

    for (uint32_t i = 0; i < spec->counts[SPEC_FRAMES]; i++)
        fixed += spec_frame(spec, i)->flags & SPEC_FRAME_FIXED ? 1 : 0;
    return object_count(loader) + (uint64_t)spec->counts[SPEC_MAPPINGS] + tables_needed(spec) +
           fixed * FILLERS_OF_ONE_FRAME + pools * SLOTS_OF_ONE_POOL + SCRATCH_SLOTS + REPLY_SLOTS;
}

static uint32_t bits_for(uint64_t slots)
{
    uint32_t bits = 1;

    while (UINT64_C(1) << bits < slots)
        bits++;
    return bits;
}

static seL4_CPtr create(struct loader *loader, uint32_t bits)
{
    const seL4_CPtr slot = loader->boot->empty.start;
    const seL4_Untyped memory = memory_take(loader, bits + seL4_SlotBits, "cnode");

    loader_check_own(loader, "cnode", seL4_Untyped_Retype(memory, seL4_CapTableObject, bits, OWN_CNODE, 0, 0, slot, 1));
    return slot;
}

/* Itself at its usual place, and the old one beside it; then the thread looks there. */
static void enter(struct loader *loader, seL4_CPtr cnode, uint32_t bits)
{
    const seL4_Word whole_word = seL4_CNode_CapData_new(0, WORD_BITS - bits).words[0];
    const seL4_Word as_before = seL4_CNode_CapData_new(0, WORD_BITS - loader->boot->initThreadCNodeSizeBits).words[0];

    loader_check_own(loader, "cnode", seL4_CNode_Mint(cnode, seL4_CapInitThreadCNode, (uint8_t)bits, OWN_CNODE, cnode,
                                                      OWN_DEPTH, seL4_AllRights, whole_word));
    loader_check_own(loader, "old cnode",
                     seL4_CNode_Mint(cnode, OLD_CNODE_SLOT, (uint8_t)bits, OWN_CNODE, seL4_CapInitThreadCNode,
                                     OWN_DEPTH, seL4_AllRights, as_before));
    loader_check_own(loader, "thread", seL4_TCB_SetSpace(seL4_CapInitThreadTCB, seL4_CapNull, cnode, whole_word,
                                                         seL4_CapInitThreadVSpace, 0));
}

static void bring(struct loader *loader, seL4_CPtr first, seL4_CPtr end)
{
    for (seL4_CPtr slot = first; slot < end; slot++)
        loader_check_own(loader, "initial capability",
                         seL4_CNode_Move(OWN_CNODE, slot, OWN_DEPTH, OLD_CNODE_SLOT, slot, OWN_DEPTH));
}

/* What the loader needs, and what it must be able to give up. Frames of its own image stay where nobody looks. */
static void bring_all(struct loader *loader)
{
    static const seL4_CPtr wanted[] = { seL4_CapInitThreadTCB, seL4_CapInitThreadVSpace, seL4_CapIRQControl,
                                        seL4_CapASIDControl, seL4_CapInitThreadASIDPool };

    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        bring(loader, wanted[i], wanted[i] + 1);
    bring(loader, loader->boot->schedcontrol.start, loader->boot->schedcontrol.end);
    bring(loader, loader->boot->untyped.start, loader->boot->untyped.end);
    loader_check_own(loader, "domain", seL4_CNode_Delete(OLD_CNODE_SLOT, seL4_CapDomain, OWN_DEPTH));
    loader_check_own(loader, "old cnode", seL4_CNode_Delete(OWN_CNODE, OLD_CNODE_SLOT, OWN_DEPTH));
}

void step_cspace(struct loader *loader)
{
    const uint64_t slots = loader->boot->empty.start + slots_needed(loader);
    const uint32_t bits = bits_for(slots);

    enter(loader, create(loader, bits), bits);
    bring_all(loader);
    loader->objects = loader->boot->empty.start;
    loader->next_slot = loader->objects + object_count(loader);
    loader->slot_end = UINT64_C(1) << bits;
    loader->scratch = slot_next(loader);
}
