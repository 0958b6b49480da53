/* SPDX-License-Identifier: BSD-2-Clause
 * Deriving: what a copy of a capability may be. Rights and badges only ever narrow. */
#pragma once

#include "cap.h"

/* The rights that mean something on a capability of this type. */
rights_t cap_type_rights(enum cap_type type);
/* cap with its rights masked; no change for types that have none. */
void cap_mask_rights(struct cap *cap, word_t rights);
/* Give cap the badge (endpoint, notification, registry) or the guard (CNode) that data says. False: it may not be given.
 * keep: the capability is moved, not copied, so what it has as badge stays as it is. Other types take no notice. */
bool cap_set_data(struct cap *cap, word_t data, bool keep) MUST_USE;
/* Make *cap (masked and badged, from the one in slot) what a copy holds.
 * seL4_IllegalOperation: no copies of this. seL4_RevokeFirst: an untyped with children. */
seL4_Error cap_derive(const struct slot *slot, struct cap *cap) MUST_USE;
