/* SPDX-License-Identifier: BSD-2-Clause
 * The derivation tree, seL4's rule: one preorder list, parenthood computed from object, range, badge
 * and the original flag. */
#pragma once

#include "cap.h"

/* Head of the list, itself no capability: every capability in the system is found by following next from here. */
extern struct slot derivation_list;

/* Put cap into the empty slot to, as a child (or sibling, if from is not original) of from.
 * from may be null: cap is a root of the forest. An untyped that is copied is full as long as the copy lives. */
void derivation_insert(struct slot *to, const struct cap *cap, struct slot *from);
/* Put the first capabilities to `count` new objects, which lie `bytes` apart from cap.object on, into empty slots that
 * follow each other from `to` on, as children of their untyped. */
void derivation_insert_objects(struct slot *to, struct cap cap, word_t count, word_t bytes, struct slot *untyped);
/* Move to an empty slot, keeping the place in the tree. cap may differ from from's (Mutate). */
void derivation_move(struct slot *to, const struct cap *cap, struct slot *from);
void derivation_swap(struct slot *a, const struct cap *a_cap, struct slot *b, const struct cap *b_cap);
/* Take out of the list and make null. The object is not touched. */
void derivation_remove(struct slot *slot);
bool derivation_has_children(const struct slot *slot);
/* Is this the last capability to its object? Asked of types that have an end (delete.h). */
bool derivation_is_final(const struct slot *slot);
/* Is child one of parent's children? It stands somewhere behind parent in the list. */
bool derivation_is_parent(const struct slot *parent, const struct slot *child);
