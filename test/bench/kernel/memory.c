/* SPDX-License-Identifier: BSD-2-Clause
 * Rows: memory becomes objects and is taken back; frames are mapped. */
#include "bench.h"
#include "world.h"

enum { ROOT = seL4_CapInitThreadCNode, DEPTH = seL4_WordBits, MANY = 100 };
enum { FRAMES_BITS = 20, LARGE_BITS = 28 };     /* memory for every repetition's frame; 256 MiB */
#define WINDOW 0x10000000ul                     /* where nothing of the program is */

static seL4_Error retype(seL4_CPtr untyped, seL4_Word type, seL4_CPtr to, seL4_Word count)
{
    return seL4_Untyped_Retype(untyped, type, 0, ROOT, 0, 0, to, count);
}

static seL4_Error map_window(seL4_CPtr frame)
{
    return seL4_ARM_Page_Map(frame, seL4_CapInitThreadVSpace, WINDOW, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
}

/* A frame for the window, whose tables exist. */
static seL4_CPtr window_frame(void)
{
    const seL4_CPtr frame = make(seL4_ARM_SmallPageObject, 0);

    map(frame, seL4_CapInitThreadVSpace, WINDOW, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    check(seL4_ARM_Page_Unmap(frame), "unmap");
    return frame;
}

static void page_map(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr frame = window_frame();

    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_Error error = seL4_ARM_Page_Map(frame, seL4_CapInitThreadVSpace, WINDOW, seL4_ReadWrite,
                                                   seL4_ARM_Default_VMAttributes);

        took[i] = cycles() - start;
        check(error, "map");
        check(seL4_ARM_Page_Unmap(frame), "unmap");
    }
}

static void page_unmap(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr frame = window_frame();

    for (unsigned i = 0; i < REPETITIONS; i++) {
        check(map_window(frame), "map");

        const seL4_Word start = cycles();
        const seL4_Error error = seL4_ARM_Page_Unmap(frame);

        took[i] = cycles() - start;
        check(error, "unmap");
    }
}

/* Each repetition's frame is the next in memory that no object was made of. */
static void retype_frame(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr untyped = make(seL4_UntypedObject, FRAMES_BITS);

    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_CPtr to = slot_next();
        const seL4_Word start = cycles();
        const seL4_Error error = seL4_Untyped_Retype(untyped, seL4_ARM_SmallPageObject, 0, ROOT, 0, 0, to, 1);

        took[i] = cycles() - start;
        check(error, "retype");
    }
}

/* The two calls together. */
static void frame_again(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr untyped = make(seL4_UntypedObject, seL4_PageBits), frame = slot_next();

    check(retype(untyped, seL4_ARM_SmallPageObject, frame, 1), "retype");
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_Error deleted = seL4_CNode_Delete(ROOT, frame, DEPTH);
        const seL4_Error made = seL4_Untyped_Retype(untyped, seL4_ARM_SmallPageObject, 0, ROOT, 0, 0, frame, 1);

        took[i] = cycles() - start;
        check(deleted, "delete");
        check(made, "retype");
    }
}

static void frame_delete(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr untyped = make(seL4_UntypedObject, seL4_PageBits), frame = slot_next();

    for (unsigned i = 0; i < REPETITIONS; i++) {
        check(retype(untyped, seL4_ARM_SmallPageObject, frame, 1), "retype");

        const seL4_Word start = cycles();
        const seL4_Error error = seL4_CNode_Delete(ROOT, frame, DEPTH);

        took[i] = cycles() - start;
        check(error, "delete");
    }
}

/* An untyped and as many empty slots as there will be endpoints in it. */
static seL4_CPtr many_untyped(seL4_CPtr *first)
{
    const seL4_CPtr untyped = make(seL4_UntypedObject, seL4_EndpointBits + 7);

    *first = slot_next();
    for (unsigned n = 1; n < MANY; n++)
        slot_next();
    return untyped;
}

static void retype_many(seL4_Word took[REPETITIONS])
{
    seL4_CPtr first;
    const seL4_CPtr untyped = many_untyped(&first);

    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_Error error = seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, ROOT, 0, 0, first, MANY);

        took[i] = cycles() - start;
        check(error, "retype");
        check(seL4_CNode_Revoke(ROOT, untyped, DEPTH), "revoke");
    }
}

static void revoke_untyped(seL4_Word took[REPETITIONS])
{
    seL4_CPtr first;
    const seL4_CPtr untyped = many_untyped(&first);

    for (unsigned i = 0; i < REPETITIONS; i++) {
        check(retype(untyped, seL4_EndpointObject, first, MANY), "retype");

        const seL4_Word start = cycles();
        const seL4_Error error = seL4_CNode_Revoke(ROOT, untyped, DEPTH);

        took[i] = cycles() - start;
        check(error, "revoke");
    }
}

/* Untouched the first time, and without children every time. */
static void retype_large(seL4_Word took[REPETITIONS])
{
    const seL4_CPtr untyped = untyped_of(LARGE_BITS), frame = slot_next();

    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();
        const seL4_Error error = seL4_Untyped_Retype(untyped, seL4_ARM_SmallPageObject, 0, ROOT, 0, 0, frame, 1);

        took[i] = cycles() - start;
        check(error, "retype");
        check(seL4_CNode_Delete(ROOT, frame, DEPTH), "delete");
    }
}

const struct row memory_rows[] = {
    { "page_map", page_map },
    { "page_unmap", page_unmap },
    { "retype_frame", retype_frame },
    { "frame_again", frame_again },
    { "frame_delete", frame_delete },
    { "retype_many", retype_many },
    { "revoke_untyped", revoke_untyped },
    { "retype_large", retype_large },
    { 0 },
};
