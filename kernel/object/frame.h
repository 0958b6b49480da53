/* SPDX-License-Identifier: BSD-2-Clause
 * Frame: a page of memory, 1 << size_bits bytes, that can be mapped once by each capability to it. */
#pragma once

#include "../core/delete.h"

extern const struct object_end frame_end;
