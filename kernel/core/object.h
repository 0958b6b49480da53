/* SPDX-License-Identifier: BSD-2-Clause
 * Object: a piece of zeroed memory that became something, and the capability that its maker gets. */
#pragma once

#include "cap.h"

/* Size of an object in bits; size_bits as Retype's caller gave it, for the types that take one. */
unsigned object_bits(enum object_type type, unsigned size_bits);
/* Make `count` objects, one behind the other, and the first capability to the first, with every right; those to the others
 * differ in the object alone. memory: zeroed, unless it is device memory or to be an untyped. */
struct cap object_create(enum object_type type, unsigned size_bits, void *memory, word_t count, bool device);
