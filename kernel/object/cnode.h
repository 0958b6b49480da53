/* SPDX-License-Identifier: BSD-2-Clause
 * CNode: slots, 1 << size_bits of them. */
#pragma once

#include "../core/cap.h"
#include "../core/delete.h"

extern const struct object_end cnode_end;
