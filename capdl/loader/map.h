/* SPDX-License-Identifier: BSD-2-Clause
 * Mappings: record i of the spec is the capability `mappings + i`. */
#pragma once

#include "loader.h"

/* Take away all that step_map mapped in that address space. */
void mappings_delete(struct loader *loader, uint32_t vspace);
