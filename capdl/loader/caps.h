/* SPDX-License-Identifier: BSD-2-Clause
 * Capabilities as the spec describes them: derived from the loader's own, with rights, badge or guard. */
#pragma once

#include "loader.h"

#define OWN_CNODE seL4_CapInitThreadCNode
enum { OWN_DEPTH = 64 };

/* A slot of the loader's CNode that was never used. */
seL4_CPtr slot_next(struct loader *loader);
/* Put the capability into a slot of the CNode root. holder is blamed. */
void cap_put(struct loader *loader, uint32_t holder, seL4_CNode root, seL4_Word index, uint8_t depth,
             const struct spec_cap *cap);
/* The capability for one call: in the scratch slot until cap_return. index may be SPEC_NONE: then seL4_CapNull. */
seL4_CPtr cap_borrow(struct loader *loader, uint32_t holder, uint32_t index);
void cap_return(struct loader *loader, seL4_CPtr borrowed);
/* A table of the loader's own making, in a new slot. */
seL4_CPtr table_create(struct loader *loader, const char *object);
