/* SPDX-License-Identifier: BSD-2-Clause
 * Page tables: not in the spec, because the mappings and VSpace's `tables` say which there must be. */
#pragma once

#include "loader.h"

/* How many tables all address spaces of the spec take, the loader's own windows included. */
uint64_t tables_needed(const struct spec *spec);
/* Take away all that step_tables made for that address space. */
void tables_delete(struct loader *loader, uint32_t vspace);
