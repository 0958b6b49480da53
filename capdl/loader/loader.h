/* SPDX-License-Identifier: BSD-2-Clause
 * Loader: the first task. It realises the spec that travels in the image, step by step (main.c), and then leaves.
 *
 * Invariant between steps: object i of the spec, once created, is in slot `objects + i` of the loader's own CNode, as
 * the only capability that Retype made to it; what a step derives from it never goes back there. The loader decides
 * nothing: each step does what the spec says in the spec's order, and the first call that fails ends the boot. */
#pragma once

#include <sel4/sel4.h>
#include <stdint.h>

#include "../spec.h"
#include "archive.h"
#include "memory.h"

struct loader {
    const char *step;               /* what fails now would be blamed on */
    const seL4_BootInfo *boot;
    struct spec spec;
    struct archive archive;
    struct memory memory;
    seL4_CPtr next_slot, slot_end;  /* of the loader's CNode */
    seL4_CPtr scratch;              /* empty between calls: for capabilities that a call only borrows */
    seL4_CPtr objects;
    seL4_CPtr tables, mappings;     /* the first of those that step_tables and step_map made, in the spec's order */
};

/* Prints "loader: STEP: OBJECT: WHAT" on the debug channel, if there is one, and halts. */
_Noreturn void loader_fail(const struct loader *loader, const char *object, const char *what);
/* The same with the error's name, unless it is seL4_NoError. */
void loader_check(const struct loader *loader, uint32_t object, seL4_Error error);
/* For what is no object of the spec. */
void loader_check_own(const struct loader *loader, const char *object, seL4_Error error);

static inline seL4_CPtr object_cap(const struct loader *loader, uint32_t object)
{
    return loader->objects + object;
}

static inline uint32_t object_count(const struct loader *loader)
{
    return loader->spec.counts[SPEC_OBJECTS];
}

/* The statement behind it, for each object of the kind, in the order of their names. */
#define FOR_EACH(loader, object, kind_wanted)                                                                          \
    for (uint32_t object = 0; object < object_count(loader); object++)                                                 \
        if (spec_object(&(loader)->spec, object)->kind == (kind_wanted))

/* The steps, in their order. Each in the file of its name. */
void step_payload(struct loader *loader);
void step_memory(struct loader *loader);
void step_cspace(struct loader *loader);
void step_carve(struct loader *loader);
void step_objects(struct loader *loader);
void step_fill(struct loader *loader);
void step_asid(struct loader *loader);
void step_tables(struct loader *loader);
void step_map(struct loader *loader);
void step_irq(struct loader *loader);
void step_sched_contexts(struct loader *loader);
void step_cnodes(struct loader *loader);
void step_registry(struct loader *loader);
void step_threads(struct loader *loader);
void step_boot_phase(struct loader *loader);
void step_start(struct loader *loader);
void step_leave(struct loader *loader);
