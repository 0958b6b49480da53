/* SPDX-License-Identifier: BSD-2-Clause
 * Window: the place in the loader's own address space where one frame at a time is mapped and filled. One for each size
 * of frame, so that each finds the tables that it needs. */
#pragma once

#include "loader.h"

enum { WINDOW_TABLES = 4 };

void window_open(struct loader *loader);
/* Map the frame; the result is its first byte. */
uint8_t *window_map(struct loader *loader, uint32_t frame, uint32_t size_bits);
void window_unmap(struct loader *loader, uint32_t frame, uint32_t size_bits);
