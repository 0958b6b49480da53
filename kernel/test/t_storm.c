/* SPDX-License-Identifier: BSD-2-Clause
 * Storm: random calls on random capabilities, interrupted at random. No answer is expected; every invariant is, after each
 * kernel entry, and at the end all memory comes back. The numbers repeat, so a failure does. */
#include "../core/derivation.h"
#include "../core/invariants.h"
#include "fixture.h"

enum { SLOTS = 24, PLACES = 4 };
#define VA 0x10000000000ul

static word_t untyped, first; /* slot of the untyped that all comes from; of the slots that are played with */
static uint64_t state;

static uint64_t number(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % below;
}

static word_t any(void) { return first + number(SLOTS); }
/* One to call: no endpoint, at which the only thread would wait for ever. */
static word_t any_called(void)
{
    const word_t slot = any();

    return root_slot(slot)->cap.type == CAP_ENDPOINT ? first + SLOTS : slot;
}
static vaddr_t place(void) { return VA + number(PLACES) * (1ul << (number(2) ? 12 : 21)); }

/* A CNode of those in play, and a slot in it; the root, and any slot, when chance finds none. */
static word_t inner(word_t *index, word_t *depth)
{
    const word_t slot = any();
    const struct cap *cap = &root_slot(slot)->cap;

    if (cap->type == CAP_CNODE) {
        *depth = cap->size_bits + cap->extra;
        *index = cap->badge << cap->size_bits | number((word_t)1 << cap->size_bits);
        return slot;
    }
    *depth = WORD_BITS;
    *index = any();
    return ROOT_CNODE;
}

static void retype(void)
{
    static const enum object_type types[] = { OBJ_UNTYPED,     OBJ_TCB,         OBJ_ENDPOINT,   OBJ_NOTIFICATION,
                                              OBJ_CNODE,       OBJ_CNODE,       OBJ_SC,         OBJ_REPLY,
                                              OBJ_FRAME_SMALL, OBJ_FRAME_SMALL, OBJ_PAGE_TABLE, OBJ_PAGE_TABLE,
                                              OBJ_VSPACE };
    const enum object_type type = types[number(sizeof types / sizeof *types)];
    const word_t bits = type == OBJ_CNODE ? 1 + number(3) : 12 + number(3);
    const word_t from = number(4) ? untyped : any_called();

    (void)do_op(from, UntypedRetype, ARGS(type, bits, 0, 0, any(), 1 + number(2)), CAPS(ROOT_CNODE));
}

static void derive(void)
{
    word_t to, to_depth, from, from_depth;
    const word_t target = inner(&to, &to_depth), source = inner(&from, &from_depth);
    const word_t data = number(2) ? number(4) : number(4) << 6 | number(3);

    switch (number(5)) {
    case 0:
        (void)do_op(target, CNodeMint, ARGS(to, to_depth, from, from_depth, number(16), data), CAPS(source));
        return;
    case 1:
        (void)do_op(target, CNodeMove, ARGS(to, to_depth, from, from_depth), CAPS(source));
        return;
    case 2:
        (void)do_op(target, CNodeMutate, ARGS(to, to_depth, from, from_depth, data), CAPS(source));
        return;
    case 3:
        (void)do_op(target, CNodeRotate, ARGS(to, to_depth, 0, any(), WORD_BITS, 0, from, from_depth),
                    CAPS(ROOT_CNODE, source));
        return;
    default:
        (void)do_op(target, CNodeCopy, ARGS(to, to_depth, from, from_depth, number(16)), CAPS(source));
    }
}

static void take(void)
{
    word_t index, depth;
    const word_t cnode = inner(&index, &depth);

    (void)do_op(cnode, number(3) ? CNodeDelete : CNodeRevoke, ARGS(index, depth), NO_CAPS);
}

static void map(void)
{
    const word_t space = number(2) ? ROOT_VSPACE : any();

    switch (number(6)) {
    case 0:
        (void)do_op(any_called(), ARMPageUnmap, NO_ARGS, NO_CAPS);
        return;
    case 1:
        (void)do_op(any_called(), ARMPageTableUnmap, NO_ARGS, NO_CAPS);
        return;
    case 2:
        (void)do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(any()));
        return;
    case 3:
        (void)do_op(any_called(), ARMPageTableMap, ARGS(place(), 0), CAPS(space));
        return;
    default:
        (void)do_op(any_called(), ARMPageMap, ARGS(place(), number(4), number(8)), CAPS(space));
    }
}

static void touch(void)
{
    uint32_t word = 0;
    const vaddr_t va = place();

    (void)(number(2) ? host_load(va, &word, sizeof word) : host_store(va, &word, sizeof word));
}

static void storm(uint64_t seed, unsigned calls)
{
    static void (*const kinds[])(void) = { retype, retype, derive, derive, map, map, map, touch, take };

    fixture_boot();
    host_set_check(invariants_check);
    state = seed;
    untyped = object_new(OBJ_UNTYPED, 19);
    first = fixture.free;
    for (unsigned i = 0; i < calls; i++) {
        if (!number(4))
            host_raise_after(1 + (unsigned)number(5), arch_irq_timer());
        kinds[number(sizeof kinds / sizeof *kinds)]();
    }
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(untyped, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK(!derivation_has_children(root_slot(untyped)));
}

TEST(a_storm_of_calls_breaks_no_invariant) { storm(0x9e3779b97f4a7c15, 1500); }
TEST(another_storm_breaks_no_invariant) { storm(0x2545f4914f6cdd1d, 1500); }
