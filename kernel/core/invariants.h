/* SPDX-License-Identifier: BSD-2-Clause
 * Invariants: what is true whenever the kernel is left, as functions over the whole state. Each returns false and says
 * which rule is broken, and by which object, slot or entry. They change nothing, allocate nothing, and are as slow
 * as they need to be: tests and debug kernels alone call them. */
#pragma once

#include "cap.h"

struct violation {
    const char *rule;
    const void *object;
};

typedef bool invariant_function(struct violation *v);

/* The derivation list is linked both ways, has no cycle, and holds no empty slot. The others walk it, so it comes
 * first. */
invariant_function invariant_list_linked;
/* A slot's children follow it without a gap, and carry no more rights and no other badge than it does. */
invariant_function invariant_children_follow;
invariant_function invariant_rights_narrow;
/* Memory is one object's: what two capabilities are about is the same, or disjoint, or one is the other's untyped. */
invariant_function invariant_objects_disjoint;
/* What was made from an untyped lies inside it, below its watermark. */
invariant_function invariant_untyped_watermark;
/* Every capability says what its type may say: consumed frames lie in their consumer, registry badges are whole. */
invariant_function invariant_caps_sound;

/* No two address spaces have one ASID, and a tag leads back to the space whose capability carries it. */
invariant_function invariant_asids_unique;
/* Every leaf is named by one mapped frame capability or one end of a connection, with no more rights than they give; by
 * more perhaps, in a space that lost a table.
 * Every table below an address space's root is named by a page table capability. No page can be both written and
 * executed. */
invariant_function invariant_entries_sound;

/* A thread's state names the queue that it is in, and every queue's threads say so. */
invariant_function invariant_queues_consistent;
/* Contexts, threads, notifications and replies name each other both ways. */
invariant_function invariant_bindings_symmetric;
/* Exactly the runnable threads with budget, without the current one, are in the ready queues. */
invariant_function invariant_ready_queues_exact;
/* Refills are sorted and sum to the budget; exactly the contexts that wait for theirs are in the release tree. */
invariant_function invariant_refills_sound;

/* Interfaces and connections are where they say, in the state that what is mapped and held amounts to. */
invariant_function invariant_registry_lists;
invariant_function invariant_connections_sound;

/* All of the above, in this order; false with the first that is broken. */
bool invariants_hold(struct violation *v);
/* Say which invariant is broken and stop; nothing if all hold. */
void invariants_check(void);

/* For the functions above. */
static inline bool violated(struct violation *v, const char *rule, const void *object)
{
    v->rule = rule;
    v->object = object;
    return false;
}

struct slot *invariant_first_slot(void);        /* of the list; null: none */
/* Does another capability of this type to this object stand before it, next to it? Then it was seen already. */
bool invariant_seen(const struct slot *slot);
